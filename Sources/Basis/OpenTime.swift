/// Opening hours written out for one zone and a range of days, so that the open time between any two instants is two
/// look-ups in a table and a subtraction. Compiled once for a store or department, used for millions of rows.
///
/// It knows nothing outside `covered` and never guesses: every question that leads there is answered nil.
public struct OpenTime: Hashable, Sendable {
    /// From the first day's start to the last day's end. Its end too can be asked for as the end of a time span.
    public let covered: Range<Instant>

    // Interval `k` of open time is [starts[k], ends[k]) in seconds since 1970 UTC, and `before[k]` open seconds lie
    // before it. Interval 0 is empty and begins where the table does, and the last start, which has no end, is the
    // greatest number: so every covered instant has an interval that begins at or before it and one that begins later.
    private let starts: [Int64]
    private let ends: [Int64]
    /// One longer than `ends`: the last entry is the open time of the whole table.
    private let before: [Int64]
    /// For each stretch of 2¹⁶ seconds (18 hours) the last interval that begins at or before its start: the first
    /// guess of every look-up, at most a few intervals short.
    private let guesses: [Int32]

    private static let stretchBits: Int64 = 16

    /// - Parameters:
    ///   - from: the first local date.
    ///   - through: the last local date; none is covered when it comes before the first.
    public init(hours: OpeningHours, zone: ZoneRules, from: Day, through: Day) {
        let start = zone.startOfDay(from)
        let end = max(start, zone.startOfDay(through + 1))
        var opened: [Range<Instant>] = []
        var day = from
        while day <= through {
            // A date that the zone skipped altogether (Samoa, 30 December 2011) has no open time.
            let date = zone.startOfDay(day)..<max(zone.startOfDay(day), zone.startOfDay(day + 1))
            for stretch in hours.stretches(on: day) {
                let opens = zone.instant(day: day, secondOfDay: stretch.lowerBound).instant
                let closes = zone.instant(day: day, secondOfDay: stretch.upperBound).instant
                // A skipped opening time may move behind the closing time: then it does not open.
                if opens < closes { opened.append((opens..<closes).clamped(to: date)) }
            }
            day = day + 1
        }
        let intervals = IntervalSet(opened).intervals
        covered = start..<end
        starts = [start.seconds] + intervals.map(\.lowerBound.seconds) + [Int64.max]
        ends = [start.seconds] + intervals.map(\.upperBound.seconds)
        var before: [Int64] = [0]
        for index in ends.indices { before.append(before[index] + ends[index] - starts[index]) }
        self.before = before
        var interval = 0
        var guesses: [Int32] = []
        for stretch in 0...((end - start) >> OpenTime.stretchBits) {
            while starts[interval + 1] <= start.seconds + stretch << OpenTime.stretchBits { interval += 1 }
            guesses.append(Int32(interval))
        }
        self.guesses = guesses
    }

    /// The last interval that begins at or before the instant; nil outside the table.
    @inline(__always)
    private func interval(at seconds: Int64) -> Int? {
        guard seconds >= covered.lowerBound.seconds, seconds <= covered.upperBound.seconds else { return nil }
        var interval = Int(guesses[Int((seconds - covered.lowerBound.seconds) >> OpenTime.stretchBits)])
        while starts[interval + 1] <= seconds { interval += 1 }
        return interval
    }

    @inline(__always)
    private func openBefore(_ seconds: Int64, interval: Int) -> Int64 {
        before[interval] + min(seconds, ends[interval]) - starts[interval]
    }
}

// MARK: - How much

extension OpenTime {
    /// Open seconds from the start of the table to the instant; nil outside the table.
    /// The open time between two instants is the difference of theirs.
    public func openBefore(_ instant: Instant) -> Int64? {
        interval(at: instant.seconds).map { openBefore(instant.seconds, interval: $0) }
    }

    /// The same for instants near one another: `hint` remembers where the last one was found. Start with 0; a wrong
    /// hint costs time, never the answer.
    public func openBefore(_ instant: Instant, hint: inout Int) -> Int64? {
        let seconds = instant.seconds
        if hint >= 0, hint < ends.count, starts[hint] <= seconds, seconds < starts[hint + 1],
            seconds <= covered.upperBound.seconds
        {
            return openBefore(seconds, interval: hint)
        }
        guard let interval = interval(at: seconds) else { return nil }
        hint = interval
        return openBefore(seconds, interval: interval)
    }

    /// Seconds that elapse in [from, to) while open. Nil when `from` is after `to`, which is a fault of the data and
    /// not 0, or when the table does not cover both.
    public func openSeconds(from: Instant, to: Instant) -> Int64? {
        guard from <= to, let first = openBefore(from), let last = openBefore(to) else { return nil }
        return last - first
    }

    /// Seconds of the set that are open; nil when the table does not cover all of it.
    public func openSeconds(in set: IntervalSet) -> Int64? {
        var sum: Int64 = 0
        for interval in set.intervals {
            guard let seconds = openSeconds(from: interval.lowerBound, to: interval.upperBound) else { return nil }
            sum += seconds
        }
        return sum
    }
}

// MARK: - Until when

extension OpenTime {
    /// The least instant t with open time(from, t) ≥ `open`: what ends exactly at closing ends at closing, and no
    /// time at all ends where it began, open or not. Nil when the amount is negative or ends after the table.
    public func deadline(from: Instant, open: Int64) -> Instant? {
        guard open >= 0, let here = interval(at: from.seconds) else { return nil }
        if open == 0 { return from }
        let past = openBefore(from.seconds, interval: here)
        guard open <= before[before.count - 1] - past else { return nil }
        let target = past + open
        // Deadlines are near: double the step until one interval lies behind the target, then halve.
        var low = here
        var step = 1
        while low + step < ends.count, before[low + step] < target {
            low += step
            step *= 2
        }
        let interval = firstInterval(from: low, to: min(low + step, ends.count)) { before[$0 + 1] >= target }
        return Instant(seconds: starts[interval] + target - before[interval])
    }

    /// The latest instant t with open time(t, to) ≥ `open`: when to begin at the latest so as to be done by `to`.
    /// What reaches back exactly to an opening begins at that opening, no time at all at `to`. Nil when the amount is
    /// negative or reaches before the table.
    public func latestStart(to: Instant, open: Int64) -> Instant? {
        guard open >= 0, let here = interval(at: to.seconds) else { return nil }
        if open == 0 { return to }
        let target = openBefore(to.seconds, interval: here) - open
        guard target >= 0 else { return nil }
        let interval = firstInterval(from: 0, to: here) { before[$0 + 1] > target }
        return Instant(seconds: starts[interval] + target - before[interval])
    }

    /// The first of the intervals for which the condition holds, which then holds for all later ones; `to` if none.
    @inline(__always)
    private func firstInterval(from: Int, to: Int, where holds: (Int) -> Bool) -> Int {
        var (low, high) = (from, to)
        while low < high {
            let middle = (low + high) / 2
            if holds(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

// MARK: - When

extension OpenTime {
    /// Open at its opening instant, no longer at its closing instant. Nil where the table does not cover the instant.
    public func isOpen(at instant: Instant) -> Bool? {
        guard covered.contains(instant), let interval = interval(at: instant.seconds) else { return nil }
        return instant.seconds < ends[interval]
    }

    /// The first opening later than the instant, whether it is open then or not; nil when the table holds none.
    public func nextOpening(after instant: Instant) -> Instant? {
        guard let interval = interval(at: instant.seconds), interval + 1 < ends.count else { return nil }
        return Instant(seconds: starts[interval + 1])
    }

    /// The instant itself while open, otherwise the next opening: where a clock that counts open time starts to run.
    /// Nil when the table holds none.
    public func firstOpen(from instant: Instant) -> Instant? {
        isOpen(at: instant) == true ? instant : nextOpening(after: instant)
    }

    /// The open intervals within [from, to), cut at its ends, ascending. Nil when `from` is after `to` or the table
    /// does not cover both.
    public func intervals(from: Instant, to: Instant) -> [Range<Instant>]? {
        guard from <= to, let first = interval(at: from.seconds), let last = interval(at: to.seconds) else {
            return nil
        }
        return (first...last).compactMap { index in
            let start = max(starts[index], from.seconds)
            let end = min(ends[index], to.seconds)
            return start < end ? Instant(seconds: start)..<Instant(seconds: end) : nil
        }
    }
}

extension OpenTime: CustomStringConvertible {
    /// `36000 open seconds in 2 intervals, 2026-10-01T05:00:00Z/2026-10-02T05:00:00Z`.
    public var description: String {
        "\(before[before.count - 1]) open seconds in \(ends.count - 1) intervals, "
            + "\(covered.lowerBound)/\(covered.upperBound)"
    }
}
