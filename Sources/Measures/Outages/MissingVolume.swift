import Basis
public import Dealership
import Statistics

/// How many conversations, leads, appointments and visits an outage kept away for good. DEFINITIONS 4.
public struct MissingVolume: Measure {
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

    /// Of a finished cell. Expected counts and variances are in millionths.
    enum Counter: Int, CaseIterable {
        case windows, tooFew, fewestWeeks, specialDays, controls
        case scaledByControls, scaledByOwnDays
        case downObserved, downExpected, downVariance
        case wholeObserved, wholeExpected, wholeVariance
    }

    public static let entry = MeasureEntry(
        name: "missing-volume", code: "MISS", title: "Missing after outages",
        summary: "Conversations, leads, appointments and visits that an outage kept away for good.",
        definition: """
            Expected minus observed while the system was down, minus what came back in the recapture time after. \
            Expected: the mean of the same hours of week in the last clean weeks (no outage of that store and kind in \
            them, no recapture time, the day's usual hours; at least 4), times the ratio of observed to expected \
            arrivals in the same hours of stores that were not hit (at most 12, the next in the roster); without such \
            stores, of the store's own clean days up to a week before and after. Days with other hours than their \
            weekday's are left out. Limits: 95 % prediction of the count that would have come, negative binomial with \
            the overdispersion measured over the week before and its clean weeks, and of windows longer than a week the \
            scatter of whole weeks (Nelson 1982; Krishnamoorthy, Peng 2011, doi:10.1016/j.jspi.2010.10.018). Who is \
            missing for good was missing at first, which bounds the upper one, and nobody is missing below 0. The \
            effect is unclear where the limits cover 0. Outages nearer to each other than the recapture time are one window. The month is that of the \
            outage's start.
            """,
        dimensions: OutageLabels.dimensions + [.kind],
        columns: [
            .init("windows", "outages, one a store and kind; those near each other once"),
            .init("windows_too_few", "of these, with fewer than 4 clean weeks: not in the other columns"),
            .init("expected", "arrivals expected while it was down"),
            .init("observed", "arrivals while it was down"),
            .init("missing_at_first", "expected - observed"),
            .init("missing_at_first_lower", "95 % lower limit"),
            .init("missing_at_first_upper", "95 % upper limit"),
            .init("returned", "of the missing, come in the recapture time"),
            .init("missing", "missing_at_first - returned, no less than 0"),
            .init("missing_lower", "95 % lower limit"),
            .init("missing_upper", "95 % upper limit"),
            .init("effect", "lost: the limits of missing are above 0; else unclear"),
            .init("clean_weeks", "weeks that the expected was taken of, the fewest"),
            .init("control_stores", "stores not hit that scaled it, the most"),
            .init("scaled_by", "stores not hit, own days or nothing"),
            .init("days_left_out", "days with other hours than usual"),
        ],
        parameters: [.answerOn],
        needs: ["outages"])

    /// Rows of windows, told from cells by two labels more: the window, and whether its own store was counted or others.
    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable { VolumeTallies.of(facts, spec) }

    public func storesBeside(_ store: Int32, _ header: JournalHeader) -> [Int32] {
        VolumeTallies.controls(of: store, header)
    }

    public func completed(_ table: TallyTable, _ spec: TableSpec) -> TallyTable {
        var cells: [[String]: Tally] = [:]
        for (labels, _, estimate) in VolumeTallies.windows(table, spec) {
            var counts = [Int64](repeating: 0, count: Counter.allCases.count)
            func set(_ counter: Counter, _ value: Int64) { counts[counter.rawValue] = value }
            func micro(_ value: Double) -> Int64 { Int64((value * VolumeCount.unit).rounded()) }
            set(.windows, 1)
            set(.tooFew, estimate.isTooFew ? 1 : 0)
            set(.fewestWeeks, estimate.count[.fewestWeeks])
            set(.specialDays, estimate.count[.specialDays])
            if !estimate.isTooFew {
                set(.controls, estimate.scale == .controls ? estimate.count[.controls] : 0)
                set(.scaledByControls, estimate.scale == .controls ? 1 : 0)
                set(.scaledByOwnDays, estimate.scale == .ownDays ? 1 : 0)
                set(.downObserved, estimate.count[.downObserved])
                set(.downExpected, micro(estimate.down.mean))
                set(.downVariance, micro(estimate.down.variance))
                set(.wholeObserved, estimate.count[.downObserved] + estimate.count[.afterObserved])
                set(.wholeExpected, micro(estimate.whole.mean))
                set(.wholeVariance, micro(estimate.whole.variance))
            }
            let tally = Tally(counts: counts, histograms: [])
            cells[labels] = cells[labels].map { MissingVolume.together($0, tally) } ?? tally
        }
        return TallyTable(cells: cells)
    }

    private static func together(_ a: Tally, _ b: Tally) -> Tally {
        var sum = a + b
        let weeks = Counter.fewestWeeks.rawValue
        let controls = Counter.controls.rawValue
        sum.counts[weeks] = min(a.counts[weeks], b.counts[weeks])
        sum.counts[controls] = max(a.counts[controls], b.counts[controls])
        return sum
    }

    /// What is missing of a finished cell; nil where its windows all have too few clean weeks.
    static func estimate(_ tally: Tally) -> MissingEstimate? {
        guard tally.counts.count == Counter.allCases.count else { return nil }
        func count(_ counter: Counter) -> Int64 { tally.counts[counter.rawValue] }
        func real(_ counter: Counter) -> Double { Double(count(counter)) / VolumeCount.unit }
        if count(.windows) == count(.tooFew) { return nil }
        return MissingEstimate(
            downObserved: Double(count(.downObserved)), down: (real(.downExpected), real(.downVariance)),
            wholeObserved: Double(count(.wholeObserved)), whole: (real(.wholeExpected), real(.wholeVariance)))
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        guard tally.counts.count == Counter.allCases.count else { return .none }
        func count(_ counter: Counter) -> Int64 { tally.counts[counter.rawValue] }
        switch column {
        case "windows": return .count(count(.windows))
        case "windows_too_few": return .count(count(.tooFew))
        case "clean_weeks": return .count(count(.fewestWeeks))
        case "days_left_out": return .count(count(.specialDays))
        default: break
        }
        guard let estimate = MissingVolume.estimate(tally) else {
            return .tooFew(TooFew(had: Int(count(.fewestWeeks)), needed: CleanHours.fewestWeeks))
        }
        let limits = estimate.missingLimits
        switch column {
        case "expected": return .mean(estimate.down.mean)
        case "observed": return .count(count(.downObserved))
        case "missing_at_first": return .mean(estimate.atFirst)
        case "missing_at_first_lower": return .mean(estimate.atFirstLimits.lowerBound)
        case "missing_at_first_upper": return .mean(estimate.atFirstLimits.upperBound)
        case "returned": return .mean(estimate.returned)
        case "missing": return .mean(estimate.missing)
        case "missing_lower": return .mean(limits.lowerBound)
        case "missing_upper": return .mean(limits.upperBound)
        case "effect": return .exact(limits.lowerBound > 0 ? "lost" : "unclear")
        case "control_stores": return .count(count(.controls))
        case "scaled_by":
            return .exact(
                count(.scaledByControls) > 0
                    ? "stores not hit" : count(.scaledByOwnDays) > 0 ? "own days" : "nothing")
        default: return .none
        }
    }
}
