import Basis
import Dealership

/// A time in which arrivals of one kind may be missing in one store: outages, and the recapture time after them. Outages
/// of one cell that lie nearer to each other than that are one window.
struct VolumeWindow {
    var labels: [String]
    var store: Int32
    var kind: ArrivalKind
    /// When it was down.
    var down: IntervalSet
    /// From the first start to the end of the recapture time, or to where arrivals are known to.
    var whole: Range<Instant>

    /// The same in every group, and of no other window of the table.
    var identifier: String { "\(store) \(kind.code) \(whole.lowerBound.seconds)" }
}

extension VolumeWindow {
    /// The windows of some stores that a table asks for, in a fixed order.
    static func all(_ header: JournalHeader, _ spec: TableSpec, stores: Set<Int32>) -> [VolumeWindow] {
        let labels = OutageLabels(spec, header)
        var spans: [Key: [Range<Instant>]] = [:]
        for outage in header.outages where !outage.isPlanned {
            if outage.store >= 0, !stores.contains(outage.store) { continue }
            let kinds = Set(
                outage.activities(header.settings.outages).flatMap { ArrivalKind.of(activity: $0, header) })
            if kinds.isEmpty { continue }
            for store in outage.storesHit(header) where stores.contains(store) {
                let down = outage.down(store: store, header).intervals
                for kind in kinds {
                    let cell = labels.labels(outage, store: store) { $0 == .kind || $0 == .channel ? kind.label(header) : "" }
                    if let cell { spans[Key(labels: cell, store: store, kind: kind), default: []] += down }
                }
            }
        }
        let windows = spans.flatMap { key, ranges in split(key, IntervalSet(ranges), header) }
        return windows.sorted {
            ($0.store, $0.kind.code, $0.whole.lowerBound) != ($1.store, $1.kind.code, $1.whole.lowerBound)
                ? ($0.store, $0.kind.code, $0.whole.lowerBound) < ($1.store, $1.kind.code, $1.whole.lowerBound)
                : $0.labels.lexicographicallyPrecedes($1.labels)
        }
    }

    private struct Key: Hashable {
        var labels: [String]
        var store: Int32
        var kind: ArrivalKind
    }

    private static func split(_ key: Key, _ down: IntervalSet, _ header: JournalHeader) -> [VolumeWindow] {
        let recapture = Int64(header.settings.outages.impact.recaptureDays) * 86_400
        guard let days = header.daysKnown(key.kind, store: key.store) else { return [] }
        let known = header.zone(ofStore: Int(key.store)).startOfDay(days.upperBound)
        var windows: [VolumeWindow] = []
        for span in down.intervals where span.lowerBound < known {
            let end = min(span.upperBound + recapture, known)
            if let last = windows.last, span.lowerBound <= last.whole.upperBound {
                windows[windows.count - 1].whole = last.whole.lowerBound..<end
            } else {
                windows.append(
                    VolumeWindow(
                        labels: key.labels, store: key.store, kind: key.kind, down: .empty, whole: span.lowerBound..<end))
            }
        }
        return windows.map { window in
            var window = window
            window.down = down.intersection(window.whole)
            return window
        }
    }
}

/// A stretch of one local day: the same hours of another week are the same wall clock seven days apart.
struct DayStretch: Hashable {
    var day: Day
    /// Seconds of the wall clock, from 0 to 86,400.
    var from: Int
    var to: Int
    /// The activity was down.
    var isDown: Bool

    static func wholeDay(_ day: Day) -> DayStretch { DayStretch(day: day, from: 0, to: 86_400, isDown: false) }

    func placed(on day: Day, _ zone: ZoneRules) -> Range<Instant> {
        func instant(_ second: Int) -> Instant {
            second >= 86_400 ? zone.startOfDay(day + 1) : zone.instant(day: day, secondOfDay: second).instant
        }
        let start = instant(from)
        return start..<max(start, instant(to))
    }

    /// A range cut at local midnights and where the activity went down and came back.
    static func of(_ range: Range<Instant>, down: IntervalSet, _ zone: ZoneRules) -> [DayStretch] {
        let up = IntervalSet([range]).subtracting(down)
        let parts = down.intersection(range).intervals.map { ($0, true) } + up.intervals.map { ($0, false) }
        return parts.sorted { $0.0.lowerBound < $1.0.lowerBound }.flatMap { part, isDown -> [DayStretch] in
            var stretches: [DayStretch] = []
            var day = zone.day(at: part.lowerBound)
            while zone.startOfDay(day) < part.upperBound {
                let midnight = zone.startOfDay(day + 1)
                let from = max(part.lowerBound, zone.startOfDay(day))
                let to = min(part.upperBound, midnight)
                if from < to {
                    stretches.append(
                        DayStretch(
                            day: day, from: second(from, day, zone), to: to == midnight ? 86_400 : second(to, day, zone),
                            isDown: isDown))
                }
                day = day + 1
            }
            return stretches
        }
    }

    private static func second(_ instant: Instant, _ day: Day, _ zone: ZoneRules) -> Int {
        Int(zone.localSeconds(at: instant) - Int64(day.number) * 86_400)
    }
}
