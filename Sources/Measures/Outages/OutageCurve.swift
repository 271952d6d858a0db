import Basis
public import Dealership
import Statistics

/// What came in around an outage against what was expected, hour by hour or day by day: the series behind its picture.
public struct OutageCurve: Measure {
    public var answerOn: ConversationSettings.AnswerOn
    public init(answerOn: ConversationSettings.AnswerOn) { self.answerOn = answerOn }
    public init?(_ parameters: inout some ParameterReading) { self.init(answerOn: parameters.answerOn()) }

    public var inForce: [(parameter: String, value: String)] { [("answer-on", answerOn.rawValue)] }

    public func linking(_ usual: LinkingParameters) -> LinkingParameters {
        var own = usual
        own.answerOn = answerOn
        return own
    }

    public func isKnown(_ header: JournalHeader) -> Bool { header.knows(.outages) }

    /// Expected counts, errors and variances are in millionths.
    enum Counter: Int, CaseIterable { case stretches, known, observed, expected, error, secondsDown }

    /// Longer outages are drawn by days.
    private static let longestByHours: Int64 = 2 * 86_400

    public static let entry = MeasureEntry(
        name: "outage-curve", code: "CURVE", title: "Around an outage",
        summary: "What came in around an outage against what was expected, by hour, or by day where it lasted over two days.",
        definition: """
            From a day before the outage (drawn by days: a week) to the end of the recapture time. Expected and limits are \
            those of missing-volume, of each hour or day by itself: 95 % of them lie between the limits where nothing is \
            wrong. Hours and days are those of each store's wall clock. Days with other hours than their weekday's, and \
            hours with fewer than 4 clean weeks, have no expected count.
            """,
        dimensions: OutageLabels.dimensions + [.kind, .at],
        columns: [
            .init("observed", "arrivals"),
            .init("expected", "arrivals expected"),
            .init("expected_lower", "95 % lower limit"),
            .init("expected_upper", "95 % upper limit"),
            .init("seconds_down", "wall-clock seconds down, of all stores together"),
        ],
        parameters: [.answerOn],
        needs: ["outages"])

    /// Rows of windows as missing-volume has them, and with one label more the hours or days of each.
    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        var table = VolumeTallies.of(facts, spec)
        let own = Set(facts.stores)
        var counting = VolumeCounting(facts)
        for window in VolumeWindow.all(facts.header, spec, stores: own) {
            guard let hours = counting.hours(window.kind, store: window.store) else { continue }
            for (label, stretch) in OutageCurve.stretches(window, facts.header.zone(ofStore: Int(window.store))) {
                guard hours.isKnown(stretch.day) else { continue }
                var labels = window.labels
                if let place = spec.by.firstIndex(of: .at) { labels[place] = label }
                let tally = OutageCurve.count(stretch, window, hours, facts.header.zone(ofStore: Int(window.store)))
                table.merge(TallyTable(cells: [labels + [window.identifier, "hours", ""]: tally]))
            }
        }
        return table
    }

    private static func stretches(_ window: VolumeWindow, _ zone: ZoneRules) -> [(String, DayStretch)] {
        let first = zone.day(at: window.whole.lowerBound)
        let last = zone.day(at: window.whole.upperBound + -1)
        let longest = window.down.intervals.last.map { $0.upperBound - window.whole.lowerBound } ?? 0
        if longest > longestByHours {
            return (0...(last - first + 7)).map { first + ($0 - 7) }.map { ($0.description, DayStretch.wholeDay($0)) }
        }
        return (0...(last - first + 1)).map { first + ($0 - 1) }.flatMap { day in
            (0..<24).map { hour in
                (
                    "\(day) \(twoDigits(hour)):00",
                    DayStretch(day: day, from: hour * 3_600, to: hour * 3_600 + 3_600, isDown: false)
                )
            }
        }
    }

    private static func count(
        _ stretch: DayStretch, _ window: VolumeWindow, _ hours: CleanHours, _ zone: ZoneRules
    ) -> Tally {
        var counts = [Int64](repeating: 0, count: Counter.allCases.count)
        counts[Counter.stretches.rawValue] = 1
        counts[Counter.observed.rawValue] = hours.count(stretch)
        counts[Counter.secondsDown.rawValue] = window.down.intersection(stretch.placed(on: stretch.day, zone)).seconds
        if !hours.isSpecial(stretch.day), let history = hours.history(stretch)?.counts,
            history.count >= CleanHours.fewestWeeks
        {
            let sum = Double(history.reduce(0, +))
            let weeks = Double(history.count)
            counts[Counter.known.rawValue] = 1
            counts[Counter.expected.rawValue] = Int64((sum / weeks * VolumeCount.unit).rounded())
            counts[Counter.error.rawValue] = Int64((sum / weeks / weeks * VolumeCount.unit).rounded())
        }
        return Tally(counts: counts, histograms: [])
    }

    public func storesBeside(_ store: Int32, _ header: JournalHeader) -> [Int32] {
        VolumeTallies.controls(of: store, header)
    }

    /// Every hour is scaled as its window is.
    public func completed(_ table: TallyTable, _ spec: TableSpec) -> TallyTable {
        let place = spec.by.firstIndex(of: .at)
        var estimates: [[String]: VolumeEstimate] = [:]
        for (labels, window, estimate) in VolumeTallies.windows(table, spec) {
            estimates[OutageCurve.key(labels, window, place)] = estimate
        }
        var cells: [[String]: Tally] = [:]
        for (labels, tally) in table.rows where labels.count == spec.by.count + 3 {
            let own = Array(labels.prefix(spec.by.count))
            guard let estimate = estimates[OutageCurve.key(own, labels[spec.by.count], place)] else { continue }
            var scaled = tally
            let law = estimate.predicted(
                Double(tally.counts[Counter.expected.rawValue]) / VolumeCount.unit,
                Double(tally.counts[Counter.error.rawValue]) / VolumeCount.unit)
            if tally.counts[Counter.known.rawValue] > 0 {
                scaled.counts[Counter.expected.rawValue] = Int64((law.mean * VolumeCount.unit).rounded())
                scaled.counts[Counter.error.rawValue] = Int64((law.variance * VolumeCount.unit).rounded())
            }
            cells[own] = cells[own].map { $0 + scaled } ?? scaled
        }
        return TallyTable(cells: cells)
    }

    private static func key(_ labels: [String], _ window: String, _ place: Int?) -> [String] {
        var key = labels + [window]
        if let place { key[place] = "" }
        return key
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        guard tally.counts.count == Counter.allCases.count else { return .none }
        func count(_ counter: Counter) -> Int64 { tally.counts[counter.rawValue] }
        func real(_ counter: Counter) -> Double { Double(count(counter)) / VolumeCount.unit }
        switch column {
        case "observed": return .count(count(.observed))
        case "seconds_down": return .count(count(.secondsDown))
        default: break
        }
        // Of several stores all must be known, or the sum would be too low.
        guard count(.known) == count(.stretches) else { return .none }
        let limits = PredictedCount(mean: real(.expected), variance: real(.error)).limits()
        switch column {
        case "expected": return .mean(real(.expected))
        case "expected_lower": return .count(Int64(limits.lowerBound))
        case "expected_upper": return .count(Int64(limits.upperBound))
        default: return .none
        }
    }
}
