import Basis
import Testing

struct OpenTimeTests {
    private static let always = OpeningHours(week: Array(repeating: [.wholeDay], count: 7))

    private func table(
        _ week: [String: String], zone: String = "America/Chicago", from: String = "2026-10-01",
        through: String = "2026-11-30", exceptions: [String: String] = [:]
    ) throws -> OpenTime {
        var hours = OpeningHours()
        for (days, text) in week { hours.set(try ClockInterval.list(text), on: try Weekdays.list(days)) }
        for (date, text) in exceptions { hours.exceptions[JSON.text(date).day] = try ClockInterval.list(text) }
        return try OpenTime(
            hours: hours, zone: .installed(zone), from: JSON.text(from).day, through: JSON.text(through).day)
    }

    private func at(_ text: String) -> Instant { JSON.text(text).instant }

    private let weekdays = ["mon-fri": "07:30-12:00, 13:00-18:00", "sat": "08:00-13:00"]

    // MARK: - Days that are not 24 hours

    @Test(arguments: [
        ("America/Chicago", "2026-03-08", 82_800), ("America/Chicago", "2026-11-01", 90_000),
        ("America/Chicago", "2026-06-01", 86_400), ("Australia/Lord_Howe", "2026-04-05", 88_200),
        ("Australia/Lord_Howe", "2026-10-04", 84_600), ("Pacific/Apia", "2011-12-30", 0),
        ("America/Sao_Paulo", "2015-10-18", 82_800), ("America/Sao_Paulo", "2016-02-20", 90_000),
    ])
    func openAllDay(zone: String, date: String, seconds: Int64) throws {
        let rules = try ZoneRules.installed(zone)
        let day = JSON.text(date).day
        let hours = try #require(OpenTimeTests.always)
        let table = OpenTime(hours: hours, zone: rules, from: day + -3, through: day + 3)
        #expect(table.openSeconds(from: rules.startOfDay(day), to: rules.startOfDay(day + 1)) == seconds)
        // Open without a break: one interval.
        #expect(table.intervals(from: table.covered.lowerBound, to: table.covered.upperBound) == [table.covered])
    }

    @Test(arguments: [
        // The clock goes from 02:00 to 03:00: an hour less between 01:00 and 04:00.
        ("01:00-04:00", "2026-03-08", 7_200),
        // Both ends skipped: 03:15 to 03:45. One skipped: until 03:30.
        ("02:15-02:45", "2026-03-08", 1_800), ("01:00-02:30", "2026-03-08", 5_400),
        // The skipped opening moves to 03:50, behind the closing.
        ("02:50-03:10", "2026-03-08", 0),
        // The clock shows 01:00 to 02:00 twice; the first 01:30 is meant, 02:00 is after both.
        ("01:00-04:00", "2026-11-01", 14_400), ("01:15-01:45", "2026-11-01", 1_800),
        ("01:30-02:00", "2026-11-01", 5_400), ("00:30-01:30", "2026-11-01", 3_600),
    ])
    func boundariesResolveAsWallClocksDo(hours: String, date: String, seconds: Int64) throws {
        let table = try table(["sun": hours], from: date, through: date)
        #expect(table.openSeconds(from: table.covered.lowerBound, to: table.covered.upperBound) == seconds)
    }

    @Test func aSkippedDateIsNotMadeUpForOnTheNext() throws {
        // Samoa had no Friday 30 December 2011; its Saturday stays closed.
        let table = try table(
            ["thu,fri": "09:00-17:00"], zone: "Pacific/Apia", from: "2011-12-28", through: "2012-01-02")
        #expect(table.openSeconds(from: table.covered.lowerBound, to: table.covered.upperBound) == 28_800)
    }

    @Test func pastMidnightIntoAnException() throws {
        let open = try table(
            ["mon-sun": "22:00-06:00"], exceptions: ["2026-10-06": "closed", "2026-10-07": "23:00-01:00"])
        // Chicago in October is five hours behind UTC.
        let intervals = try #require(open.intervals(from: at("2026-10-05T12:00:00Z"), to: at("2026-10-08T12:00:00Z")))
        #expect(
            intervals == [
                at("2026-10-06T03:00:00Z")..<at("2026-10-06T05:00:00Z"),
                at("2026-10-08T04:00:00Z")..<at("2026-10-08T06:00:00Z"),
            ])
    }

    @Test func theFirstDayHasItsYesterdaysTail() throws {
        let open = try table(["mon-sun": "22:00-06:00"], from: "2026-10-05", through: "2026-10-05")
        #expect(open.openSeconds(from: open.covered.lowerBound, to: open.covered.upperBound) == 28_800)
        #expect(open.isOpen(at: open.covered.lowerBound) == true)
    }

    // MARK: - Edges of intervals

    @Test func deadlinesAtTheEdges() throws {
        let open = try table(weekdays)
        // Friday 2 October 2026: 07:30 is 12:30 UTC, 12:00 is 17:00, 13:00 is 18:00, 18:00 is 23:00.
        let opening = at("2026-10-02T12:30:00Z")
        #expect(open.deadline(from: opening, open: 16_200) == at("2026-10-02T17:00:00Z"))
        #expect(open.deadline(from: opening, open: 16_201) == at("2026-10-02T18:00:01Z"))
        #expect(open.deadline(from: opening + -5, open: 1) == opening + 1)
        #expect(open.deadline(from: at("2026-10-02T23:00:00Z"), open: 1) == at("2026-10-03T13:00:01Z"))
        let night = at("2026-10-02T04:00:00Z")
        #expect(open.deadline(from: night, open: 0) == night)
        #expect(open.deadline(from: night, open: -1) == nil)
    }

    @Test func latestStartsAtTheEdges() throws {
        let open = try table(weekdays)
        let closing = at("2026-10-02T23:00:00Z")
        #expect(open.latestStart(to: closing, open: 18_000) == at("2026-10-02T18:00:00Z"))
        #expect(open.latestStart(to: closing, open: 18_001) == at("2026-10-02T16:59:59Z"))
        #expect(open.latestStart(to: closing + 500, open: 1) == closing + -1)
        #expect(open.latestStart(to: closing + 500, open: 0) == closing + 500)
        #expect(open.latestStart(to: closing, open: -1) == nil)
    }

    @Test func openingsAndBeingOpen() throws {
        let open = try table(weekdays)
        let opening = at("2026-10-02T12:30:00Z")
        let noon = at("2026-10-02T17:00:00Z")
        #expect([opening + -1, opening, noon + -1, noon].map { open.isOpen(at: $0) } == [false, true, true, false])
        #expect(open.nextOpening(after: opening + -1) == opening)
        #expect(open.nextOpening(after: opening) == noon + 3_600)
        #expect(open.firstOpen(from: opening + -1) == opening)
        #expect(open.firstOpen(from: opening + 7) == opening + 7)
        #expect(open.firstOpen(from: noon) == noon + 3_600)
    }

    @Test func openPartOfOutages() throws {
        let open = try table(weekdays)
        let noon = at("2026-10-02T17:00:00Z")
        let outages = IntervalSet([(noon + -600)..<(noon + 4_200), (noon + 40_000)..<(noon + 40_100)])
        #expect(open.openSeconds(in: outages) == 1_200)
        #expect(open.openSeconds(in: .empty) == 0)
        let uncovered = IntervalSet([at("2027-01-01T00:00:00Z")..<at("2027-01-02T00:00:00Z")])
        #expect(open.openSeconds(in: outages.union(uncovered)) == nil)
    }

    // MARK: - Outside the table

    @Test func saysNothingAboutWhatItDoesNotCover() throws {
        let open = try table(weekdays)
        let (first, last) = (open.covered.lowerBound, open.covered.upperBound)
        #expect(first == at("2026-10-01T05:00:00Z"))
        #expect(last == at("2026-12-01T06:00:00Z"))
        #expect(open.openBefore(first) == 0)
        let all = try #require(open.openBefore(last))
        #expect(all > 0)
        for outside in [first + -1, last + 1, Instant(seconds: .min), Instant(seconds: .max)] {
            var hint = 3
            #expect(open.openBefore(outside) == nil)
            #expect(open.openBefore(outside, hint: &hint) == nil)
            #expect(open.isOpen(at: outside) == nil)
            #expect(open.nextOpening(after: outside) == nil)
            #expect(open.firstOpen(from: outside) == nil)
            #expect(open.deadline(from: outside, open: 0) == nil)
            #expect(open.latestStart(to: outside, open: 0) == nil)
            #expect(open.openSeconds(from: min(first, outside), to: max(first, outside)) == nil)
            #expect(open.intervals(from: min(first, outside), to: max(first, outside)) == nil)
        }
        // The end is covered as an end, not as a moment.
        #expect(open.isOpen(at: last) == nil)
        #expect(open.nextOpening(after: last) == nil)
        #expect(open.deadline(from: first, open: all) == at("2026-12-01T00:00:00Z"))
        #expect(open.deadline(from: first, open: all + 1) == nil)
        #expect(open.deadline(from: first, open: .max) == nil)
        #expect(open.latestStart(to: last, open: all) == at("2026-10-01T12:30:00Z"))
        #expect(open.latestStart(to: last, open: all + 1) == nil)
        #expect(open.openSeconds(from: last, to: first) == nil)
        #expect(open.intervals(from: last, to: first) == nil)
    }

    @Test func aRangeOfNoDaysCoversNothing() throws {
        let open = try table(weekdays, from: "2026-10-02", through: "2026-10-01")
        #expect(open.covered.isEmpty)
        #expect(open.isOpen(at: open.covered.lowerBound) == nil)
        #expect(open.deadline(from: open.covered.lowerBound, open: 1) == nil)
    }

    @Test func neverOpenIsAnAnswer() throws {
        let open = try table([:])
        let (first, last) = (open.covered.lowerBound, open.covered.upperBound)
        #expect(open.openSeconds(from: first, to: last) == 0)
        #expect(open.isOpen(at: first) == false)
        #expect(open.nextOpening(after: first) == nil)
        #expect(open.deadline(from: first, open: 1) == nil)
        #expect(open.intervals(from: first, to: last) == [])
    }

    @Test func printsAsText() throws {
        let open = try table(weekdays, from: "2026-10-01", through: "2026-10-01")
        #expect(open.description == "34200 open seconds in 2 intervals, 2026-10-01T05:00:00Z/2026-10-02T05:00:00Z")
    }
}
