import Basis

/// One zone's conversions with the last day remembered: rows near each other in a file are near each other in time.
struct WallClock {
    private let zone: ZoneRules
    private var localDay: Int32 = .min
    private var localStart: Int64 = 0
    private var localIsPlain = false
    private var utcDay: Int64 = .min
    private var utcOffset: Int64 = 0
    private var utcIsPlain = false
    /// Instants of the local day asked for last, as far as they are of one day in UTC; and that day.
    private var knownFrom: Int64 = .max
    private var knownTo: Int64 = .min
    private var known: Int32 = 0

    init(_ zone: ZoneRules) { self.zone = zone }

    /// As `ZoneRules.instant`, at a few nanoseconds for days on which the clock is not changed.
    @inline(__always)
    mutating func instant(day: Day, secondOfDay: Int) -> (instant: Instant, kind: LocalTimeKind) {
        if day.number != localDay { remember(localDay: day) }
        if localIsPlain { return (Instant(seconds: localStart + Int64(secondOfDay)), .exact) }
        return zone.instant(day: day, secondOfDay: secondOfDay)
    }

    @inline(__always)
    mutating func startOfDay(_ day: Day) -> Instant {
        if day.number != localDay { remember(localDay: day) }
        return Instant(seconds: localStart)
    }

    @inline(__always)
    mutating func day(at instant: Instant) -> Day {
        let seconds = instant.seconds
        return seconds >= knownFrom && seconds < knownTo ? Day(number: known) : otherDay(at: instant)
    }

    @inline(never)
    private mutating func otherDay(at instant: Instant) -> Day {
        let day = instant.seconds.floorDivided(by: 86_400)
        if day != utcDay { remember(utcDay: day) }
        let offset = utcIsPlain ? utcOffset : Int64(zone.utcOffset(at: instant))
        let local = (instant.seconds + offset).floorDivided(by: 86_400)
        if utcIsPlain {
            knownFrom = max(day * 86_400, local * 86_400 - offset)
            knownTo = min((day + 1) * 86_400, (local + 1) * 86_400 - offset)
            known = Int32(truncatingIfNeeded: local)
        }
        return Day(number: Int32(truncatingIfNeeded: local))
    }

    private mutating func remember(localDay day: Day) {
        localDay = day.number
        localStart = zone.startOfDay(day).seconds
        // A day is plain when its offset is the same from a day before to a day after: no gap, no repetition.
        let before = zone.utcOffset(at: Instant(seconds: localStart - 86_400))
        let after = zone.utcOffset(at: Instant(seconds: localStart + 2 * 86_400))
        localIsPlain = before == after && zone.utcOffset(at: Instant(seconds: localStart)) == before
            && zone.utcOffset(at: Instant(seconds: localStart + 86_400)) == before
    }

    private mutating func remember(utcDay day: Int64) {
        utcDay = day
        utcOffset = Int64(zone.utcOffset(at: Instant(seconds: day * 86_400)))
        utcIsPlain = Int64(zone.utcOffset(at: Instant(seconds: (day + 1) * 86_400))) == utcOffset
    }
}
