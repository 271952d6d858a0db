import Basis
import Dealership

/// What one store's arrivals of a kind usually are: the same hours of week of the last clean weeks.
///
/// A week is clean in some hours when neither an outage of the kind nor the recapture time after one lies in them, when
/// the day has its usual opening hours, and when arrivals are on record.
struct CleanHours {
    /// Fewer clean weeks say nothing.
    static let fewestWeeks = 4
    /// How far back clean weeks are looked for, over those that are asked for.
    private static let weeksBeyond = 18

    private let times: [Int64]
    private let sources: [RowSource]
    private let zone: ZoneRules
    private let hours: OpeningHours?
    private let weeks: Int
    private let dirty: IntervalSet
    private let known: Range<Day>

    /// Nil: nothing of the kind is on record in the store.
    init?(_ facts: Facts, kind: ArrivalKind, store: Int32) {
        let header = facts.header
        let series = facts.arrivals.series(kind, store: store)
        guard let first = series.times.first, let known = header.daysKnown(kind, store: store) else { return nil }
        times = series.times
        sources = series.sources
        zone = header.zone(ofStore: Int(store))
        hours = header.settings.hours.hours(store: header.stores[Int(store)].identifier, department: nil)
        weeks = header.settings.outages.impact.weeks
        dirty = CleanHours.dirty(header, kind: kind, store: store)
        let begin = max(known.lowerBound, zone.day(at: Instant(seconds: first)))
        self.known = min(begin, known.upperBound)..<known.upperBound
    }

    private static func dirty(_ header: JournalHeader, kind: ArrivalKind, store: Int32) -> IntervalSet {
        let recapture = Int64(header.settings.outages.impact.recaptureDays) * 86_400
        var ranges: [Range<Instant>] = []
        for outage in header.outages where outage.hits(store: store) {
            let kinds = outage.activities(header.settings.outages).flatMap { ArrivalKind.of(activity: $0, header) }
            guard kinds.contains(kind) else { continue }
            ranges += outage.down(store: store, header).intervals.map { $0.lowerBound..<($0.upperBound + recapture) }
        }
        return IntervalSet(ranges)
    }

    /// Arrivals on record in the range.
    func count(_ range: Range<Instant>) -> Int64 {
        Int64(position(range.upperBound.seconds) - position(range.lowerBound.seconds))
    }

    private func position(_ seconds: Int64) -> Int {
        var (low, high) = (0, times.count)
        while low < high {
            let middle = (low + high) / 2
            if times[middle] < seconds { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Their rows.
    func arrivals(_ range: Range<Instant>) -> [(at: Int64, source: RowSource)] {
        (position(range.lowerBound.seconds)..<position(range.upperBound.seconds)).map { (times[$0], sources[$0]) }
    }

    /// The day is closed, or has other hours than its weekday.
    func isSpecial(_ day: Day) -> Bool {
        guard let hours, let own = hours.exceptions[day] else { return false }
        return own != hours.week[day.weekday]
    }

    /// Nothing disturbs the stretch.
    func isClean(_ stretch: DayStretch) -> Bool {
        known.contains(stretch.day) && !isSpecial(stretch.day)
            && dirty.intersection(stretch.placed(on: stretch.day, zone)).isEmpty
    }

    func isKnown(_ day: Day) -> Bool { known.contains(day) }

    /// The same hours in clean weeks before, the nearest first.
    func cleanWeeks(_ stretch: DayStretch) -> [DayStretch] {
        var found: [DayStretch] = []
        var back = 1
        while found.count < weeks, back <= weeks + CleanHours.weeksBeyond {
            let day = stretch.day + (-7 * back)
            if day < known.lowerBound { break }
            let placed = DayStretch(day: day, from: stretch.from, to: stretch.to, isDown: false)
            if isClean(placed) { found.append(placed) }
            back += 1
        }
        return found
    }

    /// The day of the nearest of them, and the count in each.
    func history(_ stretch: DayStretch) -> (nearest: Day, counts: [Int64])? {
        let weeks = cleanWeeks(stretch)
        return weeks.first.map { ($0.day, weeks.map { count($0) }) }
    }

    func instants(_ stretch: DayStretch) -> Range<Instant> { stretch.placed(on: stretch.day, zone) }

    func count(_ stretch: DayStretch) -> Int64 { count(stretch.placed(on: stretch.day, zone)) }

    func stretches(_ window: VolumeWindow) -> [DayStretch] { DayStretch.of(window.whole, down: window.down, zone) }

    /// The local days before a window and after it that show how busy it was then.
    func daysBeside(_ window: VolumeWindow) -> [Day] {
        let first = zone.day(at: window.whole.lowerBound)
        let last = zone.day(at: window.whole.upperBound + -1)
        return (1...7).map { first + -$0 } + (1...7).map { last + $0 }
    }
}
