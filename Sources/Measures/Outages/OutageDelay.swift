import Basis
public import Dealership
import Statistics

/// How much longer customers waited because of an outage. DEFINITIONS 4.
public struct OutageDelay: Measure {
    public var answerOn: ConversationSettings.AnswerOn
    public init(answerOn: ConversationSettings.AnswerOn) { self.answerOn = answerOn }
    public init?(_ parameters: inout some ParameterReading) { self.init(answerOn: parameters.answerOn()) }

    public var inForce: [(parameter: String, value: String)] { [("answer-on", answerOn.rawValue)] }

    public func linking(_ usual: LinkingParameters) -> LinkingParameters {
        var own = usual
        own.answerOn = answerOn
        return own
    }

    public func isKnown(_ header: JournalHeader) -> Bool {
        header.knows(.outages) && (header.knows(.messages) || header.knows(.conversations))
    }

    /// Excess in thousandths of a second, variance in squared seconds, the third moment in cubes of six seconds: all of
    /// sums over the compared, so that they add up over channels, stores and outages.
    enum Counter: Int, CaseIterable { case exposed, compared, references, waited, excess, variance, third, lacking, found }

    /// Fewer conversations of clean weeks say nothing of how long one waits.
    static let fewestReferences = 10

    public static let entry = MeasureEntry(
        name: "outage-delay", code: "DELAY", title: "Longer waits by outages",
        summary: "How much longer customers waited for a first answer because of an outage.",
        definition: """
            Exposed conversations: those begun during an outage of their channel, or waiting when it began. Each wait, in \
            open seconds, is held against the waits of conversations exposed alike in clean weeks: begun in the same hours \
            of week on the same store and channel, or waiting at the same hour, with no outage, recovery or recapture time \
            there (last clean weeks, at least 10 conversations). A wait counts up to a bound, the outage's own open length \
            and a stated time more; who was waiting longer than that already when it began cannot be compared. Silence \
            counts: the mean is the area under the Kaplan-Meier curve up to the bound (Irwin 1949, \
            doi:10.1017/S0022172400014443; Royston, Parmar 2013, doi:10.1186/1471-2288-13-152). Limits: 95 % prediction of \
            what these conversations would have waited, by the clean weeks' variance (at least that between weeks) and \
            skewness (Cornish-Fisher), half a wait more to the bound added (Jeffreys), and the error of their mean. Unclear \
            where the limits cover 0. The month is that of the outage's start.
            """,
        dimensions: OutageLabels.dimensions + [.channel],
        columns: [
            .init("exposed", "conversations whose clock ran during the outage"),
            .init("compared", "of these, held against clean weeks"),
            .init("references", "conversations of clean weeks they were held against"),
            .init("mean_wait_seconds", "mean wait of the compared up to the bound, open seconds"),
            .init("expected_wait_seconds", "what it would have been, open seconds"),
            .init("excess_mean_seconds", "mean_wait_seconds - expected_wait_seconds"),
            .init("excess_mean_seconds_lower", "95 % lower limit"),
            .init("excess_mean_seconds_upper", "95 % upper limit"),
            .init("excess_seconds", "the excess of all compared together, open seconds"),
            .init("excess_seconds_lower", "95 % lower limit"),
            .init("excess_seconds_upper", "95 % upper limit"),
            .init("effect", "delayed: the limits are above 0; else unclear"),
        ],
        parameters: [.answerOn],
        needs: ["outages", "messages"])

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        var table = TallyTable()
        if facts.header.outages.isEmpty { return table }
        let own = Set(facts.stores)
        var comparing = WaitComparing(facts)
        for window in VolumeWindow.all(facts.header, spec, stores: own) {
            guard case .channel = window.kind, let comparison = comparing.compare(window) else { continue }
            table.merge(TallyTable(cells: [window.labels: OutageDelay.tally(comparison)]))
        }
        return table
    }

    private static func tally(_ comparison: WaitComparison) -> Tally {
        var counts = [Int64](repeating: 0, count: Counter.allCases.count)
        counts[Counter.exposed.rawValue] = Int64(comparison.exposed)
        counts[Counter.compared.rawValue] = comparison.compared
        counts[Counter.references.rawValue] = comparison.references
        counts[Counter.lacking.rawValue] = comparison.lacking
        counts[Counter.found.rawValue] = comparison.found
        counts[Counter.waited.rawValue] = Int64((comparison.waited * 1_000).rounded())
        counts[Counter.excess.rawValue] = Int64((comparison.excess * 1_000).rounded())
        counts[Counter.variance.rawValue] = Int64(comparison.variance.rounded())
        counts[Counter.third.rawValue] = Int64((comparison.third / 216).rounded())
        return Tally(counts: counts, histograms: [])
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        func count(_ counter: Counter) -> Int64 { tally.counts[counter.rawValue] }
        switch column {
        case "exposed": return .count(count(.exposed))
        case "compared": return .count(count(.compared))
        case "references": return .count(count(.references))
        default: break
        }
        let compared = Double(count(.compared))
        if compared == 0 {
            let had = Int(count(.found) / max(1, count(.lacking)))
            return count(.lacking) == 0 ? .none : .tooFew(TooFew(had: had, needed: OutageDelay.fewestReferences))
        }
        let waited = Double(count(.waited)) / 1_000
        let excess = Double(count(.excess)) / 1_000
        let limits = OutageDelay.limits(
            excess, variance: Double(count(.variance)), third: Double(count(.third)) * 216)
        switch column {
        case "mean_wait_seconds": return .mean(waited / compared)
        case "expected_wait_seconds": return .mean((waited - excess) / compared)
        case "excess_mean_seconds": return .mean(excess / compared)
        case "excess_mean_seconds_lower": return .mean(limits.lowerBound / compared)
        case "excess_mean_seconds_upper": return .mean(limits.upperBound / compared)
        case "excess_seconds": return .mean(excess)
        case "excess_seconds_lower": return .mean(limits.lowerBound)
        case "excess_seconds_upper": return .mean(limits.upperBound)
        case "effect": return .exact(limits.lowerBound > 0 ? "delayed" : "unclear")
        default: return .none
        }
    }

    /// The sum that would have been waited is skewed to the long side; what was waited less its limits is the excess.
    private static func limits(_ excess: Double, variance: Double, third: Double) -> ClosedRange<Double> {
        let deviation = variance.squareRoot()
        if deviation == 0 { return excess...excess }
        let z = NormalDistribution.twoSided(level: 0.95)
        let shift = (z * z - 1) * third / (deviation * deviation * deviation) / 6
        // Beyond this the expansion no longer rises with z; a sum so skewed is of one or two waits.
        let bent = min(max(shift, -z / 2), z / 2)
        return (excess - deviation * (z + bent))...(excess - deviation * (-z + bent))
    }
}
