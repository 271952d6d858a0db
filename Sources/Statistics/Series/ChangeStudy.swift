public import Basis

/// One question put to a series: did a change show, and by which method. What cannot be answered says why.
public struct ChangeStudy: Hashable, Sendable {
    public enum Method: String, CaseIterable, Hashable, Sendable {
        /// Process chart; with a change its limits begin anew there.
        case xmr
        /// Interrupted time series.
        case its
        /// Local level counterfactual with controls.
        case counterfactual
        /// Difference in differences.
        case did
    }

    public enum Answer: Hashable, Sendable {
        case chart(ProcessChart, RunsTest?)
        /// Of shares, a stretch before the change and one after it.
        case shares([LaneyChart], RunsTest?)
        case interrupted(InterruptedSeries)
        case counterfactual(Counterfactual, InnovationTests?)
        case comparison(DifferenceInDifferences)
        case none(Unanswerable)
    }

    public struct Settings: Hashable, Sendable {
        public var method: Method
        /// The first changed period, counted from 0.
        public var change: Int?
        public var slope: Bool
        /// The values are counts although nothing says what they are out of.
        public var counts: Bool
        public var season: Season?
        /// Names of the units that changed.
        public var treated: [String]
        public var replicates: Int
        public var seed: UInt64
        /// Of limits.
        public var level: Double

        public init(
            method: Method, change: Int? = nil, slope: Bool = false, counts: Bool = false, season: Season? = nil,
            treated: [String] = [], replicates: Int = 999, seed: UInt64 = 1, level: Double = 0.95
        ) {
            self.method = method
            self.change = change
            self.slope = slope
            self.counts = counts
            self.season = season
            self.treated = treated
            self.replicates = replicates
            self.seed = seed
            self.level = level
        }
    }

    public let table: SeriesTable
    public let settings: Settings
    public let answer: Answer
    /// Known periods before the change and from it on; without a change all are before.
    public let before: Int
    public let after: Int

    public init(_ table: SeriesTable, _ settings: Settings) {
        self.table = table
        self.settings = settings
        let known = (0..<table.periods.count).filter(table.isKnown)
        let change = settings.change ?? table.periods.count
        before = known.count { $0 < change }
        after = known.count - before
        do throws(Unanswerable) {
            answer = try Self.answer(table, settings, change: change)
        } catch {
            answer = .none(error)
        }
    }

    private static func answer(_ table: SeriesTable, _ settings: Settings, change: Int) throws(Unanswerable) -> Answer {
        switch settings.method {
        case .xmr:
            return try chart(table, change: settings.change)
        case .its:
            let isCount = settings.counts || table.exposure != nil
            let fit = try InterruptedSeries(
                table.points(change: change), model: isCount ? .counts : .autoregressive, slope: settings.slope,
                season: settings.season, level: settings.level)
            // A level that wanders without end has no before to compare with: its limits would look like a result.
            if fit.model == .autoregressive, let correlation = fit.correlation, correlation > 0.9899 {
                throw .wanders
            }
            return .interrupted(fit)
        case .counterfactual:
            return try counterfactual(table, settings, change: change)
        case .did:
            let units = table.units.map { DifferenceInDifferences.UnitSeries($0.name, $0.values) }
            return .comparison(
                try DifferenceInDifferences(
                    treated: units.filter { settings.treated.contains($0.name) },
                    controls: units.filter { !settings.treated.contains($0.name) }, change: change,
                    level: settings.level))
        }
    }

    /// Points that a usual range is made of at the least; under 12 it is provisional.
    static let leastCharted = 8

    private static func chart(_ table: SeriesTable, change: Int?) throws(Unanswerable) -> Answer {
        let points = table.points(change: change ?? table.periods.count)
        let rates = points.exposures.map { zip(points.values, $0).map { $0 / $1 } } ?? points.values
        let first = points.positions.count { $0 < points.change }
        let ofWhat = change == nil ? "points" : "points before the change"
        guard first >= leastCharted else { throw .tooFew(TooFew(had: first, needed: leastCharted), of: ofWhat) }
        // A figure that never moved has no usual range: whatever comes next would lie outside.
        guard rates.prefix(first).contains(where: { $0 != rates[0] }) else {
            throw .constant(change == nil ? "the series" : "the series before the change")
        }
        let runs = RunsTest.of(rates, baseline: change == nil ? nil : first).value
        if let exposures = points.exposures, let shares = shares(points.values, exposures) {
            let stretches = [Array(shares.prefix(first)), Array(shares.dropFirst(first))].filter { !$0.isEmpty }
            return .shares(
                try stretches.map { stretch throws(Unanswerable) in
                    switch LaneyChart.of(stretch) {
                    case .estimated(let chart): chart
                    case .tooFew(let few): throw .tooFew(few, of: "points for a chart")
                    }
                }, runs)
        }
        guard rates.allSatisfy(\.isFinite) else {
            throw .notACount(rates.firstIndex { !$0.isFinite }.map { points.positions[$0] } ?? 0)
        }
        switch ProcessChart.of(rates, rebasedAt: change == nil ? [] : [first]) {
        case .estimated(let chart): return .chart(chart, runs)
        case .tooFew(let few): throw .tooFew(few, of: "points for a chart")
        }
    }

    /// Whole numbers of whole numbers; nil where the values are none.
    private static func shares(_ values: [Double], _ exposures: [Double]) -> [Proportion]? {
        let pairs = zip(values, exposures)
        let areShares = pairs.allSatisfy { value, exposure in
            value >= 0 && exposure > 0 && value <= exposure && exposure < 1e15 && value == value.rounded()
                && exposure == exposure.rounded()
        }
        return areShares ? pairs.map { Proportion(successes: Int($0), trials: Int($1)) } : nil
    }

    private static func counterfactual(
        _ table: SeriesTable, _ settings: Settings, change: Int
    ) throws(Unanswerable) -> Answer {
        let known = (0..<table.periods.count).map(table.isKnown)
        func values(_ column: SeriesTable.Column) -> [Double] {
            known.indices.map { known[$0] ? column.values[$0] ?? .nan : .nan }
        }
        var regressors = table.controls.map(values)
        for harmonic in 1..<(1 + max(0, settings.season?.harmonics ?? 0)) {
            guard let season = settings.season else { continue }
            let waves = known.indices.map { wave(turns: Double($0) * Double(harmonic) / season.length) }
            regressors += [waves.map(\.sine), waves.map(\.cosine)]
        }
        var own = known.indices.map { known[$0] ? table.value.values[$0] : nil }
        if let exposure = table.exposure {
            for i in own.indices { own[i] = own[i].flatMap { value in exposure.values[i].map { value / $0 } } }
            if let bad = own.firstIndex(where: { $0.map(\.isFinite) == false }) { throw .notACount(bad) }
        }
        let impact = try Counterfactual(
            own, regressors: regressors, change: change, level: settings.level, replicates: settings.replicates,
            seed: settings.seed)
        let tests = try? InnovationTests(impact.model.innovations.compactMap { $0 })
        return .counterfactual(impact, tests)
    }

    /// The effect that the method's verdict stands on; charts have none.
    public var effect: Effect? {
        switch answer {
        case .interrupted(let fit): fit.average
        case .counterfactual(let impact, _): impact.average
        case .comparison(let found): found.effect
        case .chart, .shares, .none: nil
        }
    }
}
