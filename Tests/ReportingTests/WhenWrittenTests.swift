import Basis
import Dealership
import Definitions
import Drawing
@testable import Measures
@testable import Reporting
import Testing

@Suite struct WhenWrittenTests {
    private func month(hours: Bool = true, _ fill: (inout TinyReport) -> Void = { _ in }) throws -> TinyReport {
        var report = TinyReport()
        report.export(.messages)
        if hours {
            let day = try ClockInterval.list("08:00-18:00")
            report.settings.hours = HoursSettings(
                standard: OpeningHours(week: [day, day, day, day, day, day, []], exceptions: [:]))
        }
        report.conversations("email", day: 5, inTime: 95, late: 5)
        fill(&report)
        return report
    }

    private static let staffed = StaffingSettings(shifts: ["sales": []])

    @Test func withoutMessagesThePageSaysWhatToExport() {
        let drawn = TinyReport().draw(.whenWritten)
        #expect(drawn.headline == "No messages exported: nobody can tell when customers write")
        #expect(drawn.ledger.entries.isEmpty)
    }

    @Test func whatComesAfterHoursLeads() throws {
        let drawn = try month {
            $0.arrivals("email", open: 60, after: 30, late: 15)
            $0.arrivals("sms", open: 10, after: 0)
        }.draw(.whenWritten)
        #expect(drawn.headline == "30 % write when we are closed; half of them wait 10 min from opening")
        #expect(drawn.words.contains("After hours is answered less in time than open hours"))
        let own = drawn.ledger.entries.first { $0.id.code == "RESP-12" && $0.id.slice == [.arrival: "after hours"] }
        #expect(own?.estimate == "30")
        #expect(!drawn.ledger.entries.contains { $0.id.slice[.channel] == "sms" })
    }

    @Test func fewAfterHoursHaveNoHalf() throws {
        let drawn = try month { $0.arrivals("email", open: 90, after: 10) }.draw(.whenWritten)
        #expect(drawn.headline == "10 % write when we are closed")
        #expect(drawn.words.contains("too few"))
        let none = try month { $0.arrivals("email", open: 90, after: 0) }.draw(.whenWritten)
        #expect(none.headline == "Nobody wrote after hours")
    }

    @Test func withoutHoursNobodyIsSaidToWriteAfterThem() throws {
        let drawn = try month(hours: false) { $0.arrivals("email", open: 100, after: 0) }.draw(.whenWritten)
        #expect(drawn.headline == "Most write on Monday from 10:00 to 11:00")
        #expect(drawn.words.contains("Enter hours:"))
        #expect(drawn.words.contains("No opening hours given"))
    }

    @Test func withoutStaffingThereIsNoLoad() throws {
        let drawn = try month { $0.traffic(weekday: 1, hour: 10, 40) }.draw(.whenWritten)
        #expect(drawn.words.contains("Who is on duty is not known"))
        #expect(drawn.words.contains("staffing:"))
        #expect(drawn.words.contains("Most comes on Monday from 10:00 to 11:00"))
        #expect(!drawn.ledger.entries.contains { $0.id.code == "TRAF-02" })
    }

    @Test func loadIsMessagesByPeopleOnDuty() throws {
        let drawn = try month {
            $0.settings.staffing = Self.staffed
            $0.traffic(weekday: 1, hour: 10, 40, staffed: 8)
            $0.traffic(weekday: 2, hour: 11, 24, staffed: 12)
        }.draw(.whenWritten)
        #expect(drawn.words.contains("Monday from 10:00 to 11:00: 5.0 for each person on duty"))
        #expect(drawn.words.contains("Hardest hours, against a usual 3.2 for each"))
        let whole = drawn.ledger.entries.first { $0.id.code == "TRAF-02" && $0.id.slice.isEmpty }
        #expect(whole?.estimate == "3.200")
    }

    @Test func openHoursWithoutAnybodyAreASignal() throws {
        let drawn = try month {
            $0.settings.staffing = Self.staffed
            $0.traffic(weekday: 1, hour: 10, 40, staffed: 8)
            $0.traffic(weekday: 6, hour: 16, 25)
            // Closed, and too few to say: neither is a gap.
            $0.traffic(weekday: 7, hour: 16, 50)
            $0.traffic(weekday: 6, hour: 9, 5)
        }.draw(.whenWritten)
        #expect(drawn.words.contains("One open hour of the week has customers and nobody on duty."))
        #expect(drawn.words.contains("Saturday at 16:00 nobody is on duty"))
    }

    @Test func conversationsAloneShowNoTraffic() throws {
        let drawn = try month().draw(.whenWritten)
        #expect(drawn.words.contains("Messages and calls by hour are not known"))
    }
}
