import Basis
import Dealership
import Statistics

/// What is counted for a window before anything is concluded: in integers, so that stores of other sharing groups add to
/// it exactly. Expected counts and their errors are in millionths.
struct VolumeCount {
    enum Field: Int, CaseIterable {
        /// Stretches of the window that have too few clean weeks; the fewest that one has; days with unusual hours.
        case tooFew, fewestWeeks, specialDays
        /// While it was down: arrivals, expected, squared error of the expected of Poisson counts.
        case downObserved, downExpected, downError
        /// In the recapture time.
        case afterObserved, afterExpected, afterError
        /// On the days beside.
        case besideObserved, besideExpected, besideError
        /// Stores that were not hit, in the window's hours.
        case controls, controlObserved, controlExpected, controlError
        /// Pearson's sum over the week's days before, and its degrees of freedom.
        case dispersion, degrees
        /// Of a window longer than a week: the mean of clean weeks' counts, and their squared relative scatter.
        case weekMean, weekScatter
    }

    static let unit = 1_000_000.0
    var values = [Int64](repeating: 0, count: Field.allCases.count)

    subscript(field: Field) -> Int64 {
        get { values[field.rawValue] }
        set { values[field.rawValue] = newValue }
    }

    func real(_ field: Field) -> Double { Double(self[field]) / VolumeCount.unit }
}

/// Counts the windows of a table, or one store's part in them.
struct VolumeCounting {
    private let facts: Facts
    private var known: [Place: CleanHours?] = [:]

    private struct Place: Hashable {
        var store: Int32
        var kind: ArrivalKind
    }

    init(_ facts: Facts) { self.facts = facts }

    mutating func hours(_ kind: ArrivalKind, store: Int32) -> CleanHours? {
        let place = Place(store: store, kind: kind)
        if let known = known[place] { return known }
        let found = CleanHours(facts, kind: kind, store: store)
        known[place] = .some(found)
        return found
    }

    /// The window's own store. Nil: nothing of the kind is on record.
    mutating func count(_ window: VolumeWindow) -> VolumeCount? {
        guard let hours = hours(window.kind, store: window.store) else { return nil }
        var count = VolumeCount()
        count[.fewestWeeks] = .max
        var down = ExpectedSum()
        var after = ExpectedSum()
        for stretch in hours.stretches(window) where hours.isKnown(stretch.day) {
            if hours.isSpecial(stretch.day) {
                count[.specialDays] += 1
                continue
            }
            let history = hours.history(stretch)
            let weeks = history?.counts.count ?? 0
            count[.fewestWeeks] = min(count[.fewestWeeks], Int64(weeks))
            guard let history, weeks >= CleanHours.fewestWeeks else {
                count[.tooFew] += 1
                continue
            }
            count[stretch.isDown ? .downObserved : .afterObserved] += hours.count(stretch)
            if stretch.isDown { down.add(stretch, history) } else { after.add(stretch, history) }
        }
        if count[.fewestWeeks] == .max { count[.fewestWeeks] = 0 }
        (count[.downExpected], count[.downError]) = down.micro
        (count[.afterExpected], count[.afterError]) = after.micro
        addDaysBeside(window, hours, &count)
        return count
    }

    private func addDaysBeside(_ window: VolumeWindow, _ hours: CleanHours, _ count: inout VolumeCount) {
        var beside = ExpectedSum()
        var weeks: [[Int64]] = []
        for (position, day) in hours.daysBeside(window).enumerated() {
            let stretch = DayStretch.wholeDay(day)
            guard let history = hours.history(stretch), history.counts.count >= CleanHours.fewestWeeks else { continue }
            if position < 7 { weeks.append(history.counts) }
            if position < 7, let dispersion = Dispersion(history.counts) {
                count[.dispersion] += dispersion.micro
                count[.degrees] += dispersion.degrees
            }
            guard hours.isClean(stretch) else { continue }
            count[.besideObserved] += hours.count(stretch)
            beside.add(stretch, history)
        }
        (count[.besideExpected], count[.besideError]) = beside.micro
        if window.whole.upperBound - window.whole.lowerBound > 7 * 86_400 { VolumeCounting.addScatter(weeks, &count) }
    }

    /// How far whole clean weeks differ.
    private static func addScatter(_ days: [[Int64]], _ count: inout VolumeCount) {
        let weeks = days.map(\.count).min() ?? 0
        let totals = (0..<weeks).map { week in Double(days.reduce(0) { $0 + $1[week] }) }
        guard let mean = Moments.mean(totals), let variance = Moments.variance(totals), mean > 0 else { return }
        count[.weekMean] = Int64((mean * VolumeCount.unit).rounded())
        count[.weekScatter] = Int64((variance / (mean * mean) * VolumeCount.unit).rounded())
    }

    /// A store that was not hit, in the same hours by its own wall clock. Nil: it cannot be held against the window's.
    mutating func countControl(_ window: VolumeWindow, store: Int32) -> VolumeCount? {
        let own = facts.header.zone(ofStore: Int(window.store))
        guard let hours = hours(window.kind, store: store) else { return nil }
        var count = VolumeCount()
        var sum = ExpectedSum()
        for stretch in DayStretch.of(window.whole, down: window.down, own) {
            // Who was down as well says nothing of what would have come.
            guard hours.isClean(stretch), let history = hours.history(stretch),
                history.counts.count >= CleanHours.fewestWeeks
            else { continue }
            count[.controlObserved] += hours.count(stretch)
            sum.add(stretch, history)
        }
        if sum.isEmpty { return nil }
        count[.controls] = 1
        (count[.controlExpected], count[.controlError]) = sum.micro
        return count
    }
}

/// The sum of expected counts, and the squared error that it has of Poisson counts. The same hours of the same weeks may be
/// expected of several weeks of a long outage: their error then counts as often as they do, squared.
private struct ExpectedSum {
    private struct Key: Hashable {
        var nearest: Day
        var from: Int
        var to: Int
    }

    private var expected = 0.0
    private var parts: [Key: (times: Double, sum: Double, weeks: Double)] = [:]
    private var order: [Key] = []

    var isEmpty: Bool { order.isEmpty }

    mutating func add(_ stretch: DayStretch, _ history: (nearest: Day, counts: [Int64])) {
        let sum = Double(history.counts.reduce(0, +))
        let weeks = Double(history.counts.count)
        expected += sum / weeks
        let key = Key(nearest: history.nearest, from: stretch.from, to: stretch.to)
        if parts[key] == nil { order.append(key) }
        parts[key] = ((parts[key]?.times ?? 0) + 1, sum, weeks)
    }

    var micro: (expected: Int64, error: Int64) {
        var error = 0.0
        for key in order {
            guard let part = parts[key] else { continue }
            error += part.times * part.times * part.sum / (part.weeks * part.weeks)
        }
        return (Int64((expected * VolumeCount.unit).rounded()), Int64((error * VolumeCount.unit).rounded()))
    }
}

/// How far the counts of one hour of week scatter about their mean, against Poisson counts.
private struct Dispersion {
    var micro: Int64
    var degrees: Int64

    /// Nil: none ever came.
    init?(_ counts: [Int64]) {
        let sum = Double(counts.reduce(0, +))
        if sum == 0 || counts.count < 2 { return nil }
        let mean = sum / Double(counts.count)
        let squares = counts.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
        micro = Int64((squares / mean * VolumeCount.unit).rounded())
        degrees = Int64(counts.count - 1)
    }
}
