import Basis
import Testing

struct OpeningHoursTests {
    private func hours(_ week: [String: String], _ exceptions: [String: String] = [:]) throws -> OpeningHours {
        var hours = OpeningHours()
        for (days, text) in week { hours.set(try ClockInterval.list(text), on: try Weekdays.list(days)) }
        for (date, text) in exceptions { hours.exceptions[JSON.text(date).day] = try ClockInterval.list(text) }
        return hours
    }

    // MARK: - Text

    @Test(arguments: [
        ("07:30-12:00, 13:00-18:00", "07:30-12:00, 13:00-18:00"),
        (" 7:30 - 12:00,13:00–18:00 ", "07:30-12:00, 13:00-18:00"),
        ("22:00-06:00", "22:00-06:00"), ("00:00-24:00", "00:00-24:00"), ("18:00-00:00", "18:00-24:00"),
        ("18:00-24:00", "18:00-24:00"), ("closed", ""), ("Closed ", ""),
    ])
    func readsHours(text: String, read: String) throws {
        #expect(try ClockInterval.list(text).map(\.description).joined(separator: ", ") == read)
    }

    @Test(arguments: [
        ("", "empty"), ("  ", "empty"), ("open", "interval"), ("8-18", "time of day"), ("08:00", "interval"),
        ("08:00-12:00,", "interval"), ("08:00-12:00-18:00", "interval"), ("08:00-25:00", "time of day"),
        ("08:00-24:30", "time of day"), ("08:60-12:00", "time of day"), ("8:00am-5:00pm", "time of day"),
        ("+8:00-12:00", "time of day"), ("08:00-12:+5", "time of day"), ("24:00-06:00", "24:00"),
        ("09:00-09:00", "same time"), ("00:00-00:00", "same time"), ("08.00-12.00", "time of day"),
    ])
    func refusesHours(text: String, because: String) {
        let fault = #expect(throws: HoursFault.self) { try ClockInterval.list(text) }
        #expect(fault?.message.contains(because) == true, "\(fault?.message ?? "")")
        #expect(fault?.remedy.isEmpty == false)
    }

    @Test(arguments: [
        ("mon", [0]), ("mon-fri", [0, 1, 2, 3, 4]), ("sat", [5]), ("mon,wed", [0, 2]),
        ("Mon-Thu, sat", [0, 1, 2, 3, 5]), ("sat-mon", [0, 5, 6]), ("sun,mon,sun", [0, 6]), ("mon–tue", [0, 1]), ("wed-wed", [2]),
    ])
    func readsWeekdays(text: String, days: [Int]) throws {
        #expect(try Weekdays.list(text) == days)
    }

    @Test(arguments: [
        ("monday", "write mon"), ("tues", "write tue"), ("", "write mon, tue"), ("mon-", "write mon, tue"),
        ("weekend", "write wed"), ("mon-wed-fri", "like mon-fri"), ("holiday", "write mon, tue"),
    ])
    func refusesWeekdays(text: String, remedy: String) {
        let fault = #expect(throws: HoursFault.self) { try Weekdays.list(text) }
        #expect(fault?.remedy.contains(remedy) == true, "\(fault?.remedy ?? "")")
    }

    @Test func printsWhatItReads() throws {
        let hours = try hours(["mon-fri": "07:30-12:00, 13:00-18:00", "sat": "22:00-06:00"], ["2026-11-26": "closed"])
        let lines = hours.description.split(separator: "\n")
        #expect(lines.count == 8)
        #expect(lines[0] == "mon: 07:30-12:00, 13:00-18:00")
        #expect(lines[6] == "sun: closed")
        #expect(lines[7] == "2026-11-26: closed")
    }

    // MARK: - Intervals

    @Test func anIntervalLastsUpToADay() {
        #expect(ClockInterval(start: 79_200, end: 21_600) == ClockInterval(start: 79_200, end: 108_000))
        #expect(ClockInterval(start: 0, end: 0) == .wholeDay)
        #expect(ClockInterval(start: 0, end: 86_400) == .wholeDay)
        #expect(ClockInterval(start: 3_600, end: 90_000)?.end == 90_000)
        for (start, end) in [(-1, 60), (86_400, 90_000), (3_600, 90_001), (0, 86_401), (7_200, -90_000)] {
            #expect(ClockInterval(start: start, end: end) == nil)
        }
    }

    @Test func aWeekHasSevenDays() {
        #expect(OpeningHours(week: [[.wholeDay]]) == nil)
        #expect(OpeningHours(week: Array(repeating: [], count: 7)) == OpeningHours())
    }

    @Test func stretchesOfADate() throws {
        // 2026-10-05 is a Monday.
        let monday = JSON.text("2026-10-05").day
        let plain = try hours(["mon": "08:00-12:00, 11:00-13:00, 13:00-14:00, 22:00-06:00", "tue": "05:00-07:00"])
        #expect(plain.stretches(on: monday) == [28_800..<50_400, 79_200..<86_400])
        #expect(plain.stretches(on: monday + 1) == [0..<25_200])
        #expect(plain.stretches(on: monday + 2) == [])
    }

    @Test func anExceptionReplacesTheDateAndYesterdaysTail() throws {
        let monday = JSON.text("2026-10-05").day
        // Every night from 22:00 to 06:00, but Tuesday is closed and Wednesday shorter.
        let nights = try hours(["mon-sun": "22:00-06:00"], ["2026-10-06": "closed", "2026-10-07": "23:00-01:00"])
        #expect(nights.stretches(on: monday) == [0..<21_600, 79_200..<86_400])
        #expect(nights.stretches(on: monday + 1) == [])
        #expect(nights.stretches(on: monday + 2) == [82_800..<86_400])
        // The exception's own tail reaches into Thursday.
        #expect(nights.stretches(on: monday + 3) == [0..<3_600, 79_200..<86_400])
    }
}
