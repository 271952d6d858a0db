import Basis
import Testing

/// The table against a walk through the minutes of the local clock, on random hours around the days when clocks change.
struct OpenTimeWalkTests {
    static let places = [
        ("America/Chicago", "2026-03-08"), ("America/Chicago", "2026-11-01"), ("Europe/Berlin", "2025-10-26"),
        ("Australia/Lord_Howe", "2026-04-05"), ("Australia/Lord_Howe", "2026-10-04"),
        ("America/Sao_Paulo", "2015-10-18"), ("America/Sao_Paulo", "2016-02-21"), ("America/St_Johns", "2007-11-04"),
        ("Pacific/Apia", "2011-12-30"), ("Asia/Kolkata", "2026-01-15"),
    ]

    @Test(arguments: places, 1...4)
    func agreesWithTheWalk(place: (zone: String, date: String), seed: Int) throws {
        var source = SeededSource(seed: UInt64(seed))
        let zone = try ZoneRules.installed(place.zone)
        let middle = JSON.text(place.date).day
        let days = (middle + -2)...(middle + 2)
        let hours = randomHours(around: middle, &source)
        let table = OpenTime(hours: hours, zone: zone, from: days.lowerBound, through: days.upperBound)
        let walk = MinuteWalk(hours: hours, zone: zone, days: days)
        #expect(table.covered == walk.start..<walk.end)
        var hint = 0
        for _ in 0..<40 {
            let a = Instant(seconds: Int64.random(in: walk.start.seconds...walk.end.seconds, using: &source))
            let b = Instant(seconds: Int64.random(in: a.seconds...walk.end.seconds, using: &source))
            let open = walk.openSeconds(a, b)
            #expect(table.openSeconds(from: a, to: b) == open)
            #expect(table.openBefore(a, hint: &hint) == table.openBefore(a))
            #expect(table.intervals(from: a, to: b).map { IntervalSet($0).seconds } == open)
            #expect(table.openSeconds(in: IntervalSet([a..<b])) == open)
            if a < walk.end { #expect(table.isOpen(at: a) == walk.isOpen(a)) }
            // Half of the amounts are whole minutes, so that they land on openings and closings.
            let amount = Int64.random(in: 1...150_000, using: &source)
            let round = Bool.random(using: &source) ? amount : max(60, amount / 3_600 * 3_600)
            let start = Bool.random(using: &source) ? a : Instant(seconds: a.seconds / 900 * 900)
            guard start >= walk.start else { continue }
            #expect(table.deadline(from: start, open: round) == walk.deadline(start, round))
            #expect(table.latestStart(to: start, open: round) == walk.latestStart(start, round))
        }
    }

    /// Up to three intervals a weekday at any quarter of an hour, which may overlap and pass midnight, and an exception
    /// on about every third date.
    private func randomHours(around day: Day, _ source: inout SeededSource) -> OpeningHours {
        func intervals() -> [ClockInterval] {
            (0..<Int.random(in: 0...3, using: &source)).compactMap { _ in
                let start = Int.random(in: 0..<96, using: &source) * 900
                return ClockInterval(start: start, end: Int.random(in: 0...96, using: &source) * 900)
            }
        }
        var hours = OpeningHours()
        for weekday in 0..<7 { hours.set(intervals(), on: [weekday]) }
        for step in -4...4 where Int.random(in: 0..<3, using: &source) == 0 {
            hours.exceptions[day + step] = intervals()
        }
        return hours
    }
}

/// What the table must say, worked out the long way: which minutes are open, one by one. It knows the zone only through
/// what its clock shows at each minute.
private struct MinuteWalk {
    var start: Instant
    var end: Instant
    private var isOpenInMinute: [Bool]

    init(hours: OpeningHours, zone: ZoneRules, days: ClosedRange<Day>) {
        // The clock at each minute of UTC, with room for zones far from it.
        let origin = Int64(days.lowerBound.number - 2) * 1_440
        let shown = (0..<Int64((days.upperBound - days.lowerBound + 6) * 1_440)).map {
            zone.localSeconds(at: Instant(seconds: (origin + $0) * 60)) / 60
        }
        /// The first minute at which the clock shows a time; a skipped time is looked for behind its gap.
        func minute(_ day: Day, _ minuteOfDay: Int) -> Int {
            let wanted = Int64(day.number) * 1_440 + Int64(minuteOfDay)
            if let found = shown.firstIndex(of: wanted) { return found }
            let behind = shown.firstIndex { $0 > wanted } ?? 0
            let gap = shown[behind] - shown[behind - 1] - 1
            return shown.firstIndex(of: wanted + gap) ?? 0
        }
        var open = Array(repeating: false, count: shown.count)
        var day = days.lowerBound
        while day <= days.upperBound {
            // 1,441 entries: after the last minute it is closed.
            var clock = Array(repeating: false, count: 1_441)
            let own = hours.exceptions[day] ?? hours.week[day.weekday]
            for interval in own { for m in interval.start / 60..<min(1_440, interval.end / 60) { clock[m] = true } }
            if hours.exceptions[day] == nil {
                let yesterday = day + -1
                for interval in hours.exceptions[yesterday] ?? hours.week[yesterday.weekday] {
                    for m in 0..<max(0, interval.end / 60 - 1_440) { clock[m] = true }
                }
            }
            let date = minute(day, 0)..<minute(day + 1, 0)
            var opening: Int?
            for m in 0...1_440 {
                if clock[m], opening == nil { opening = m }
                if !clock[m], let from = opening {
                    let (first, last) = (minute(day, from), minute(day, m))
                    for m in date where m >= first && m < last { open[m] = true }
                    opening = nil
                }
            }
            day = day + 1
        }
        let (first, last) = (minute(days.lowerBound, 0), minute(days.upperBound + 1, 0))
        isOpenInMinute = Array(open[first..<last])
        start = Instant(seconds: (origin + Int64(first)) * 60)
        end = Instant(seconds: (origin + Int64(last)) * 60)
    }

    func isOpen(_ instant: Instant) -> Bool { isOpenInMinute[Int((instant - start) / 60)] }

    /// Seconds of a minute that lie in [a, b), if it is open.
    private func seconds(_ minute: Int, _ a: Instant, _ b: Instant) -> Int64 {
        let from = start + Int64(minute) * 60
        return isOpenInMinute[minute] ? max(0, min(b, from + 60) - max(a, from)) : 0
    }

    func openSeconds(_ a: Instant, _ b: Instant) -> Int64 {
        isOpenInMinute.indices.reduce(0) { $0 + seconds($1, a, b) }
    }

    func deadline(_ a: Instant, _ open: Int64) -> Instant? {
        var left = open
        for minute in isOpenInMinute.indices {
            let here = seconds(minute, a, end)
            if here >= left { return max(a, start + Int64(minute) * 60) + left }
            left -= here
        }
        return nil
    }

    func latestStart(_ a: Instant, _ open: Int64) -> Instant? {
        var left = open
        for minute in isOpenInMinute.indices.reversed() {
            let here = seconds(minute, start, a)
            if here >= left { return min(a, start + Int64(minute + 1) * 60) + -left }
            left -= here
        }
        return nil
    }
}
