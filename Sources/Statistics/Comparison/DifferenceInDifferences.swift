/// Whether units that changed moved otherwise than units that did not.
///
/// Each unit's change is its mean after less its mean before; the effect is the treated units' mean change less the
/// controls'. With one treated unit and m controls of variance s² the limits are ± t s√(1 + 1/m) on m − 1 degrees: the
/// spread of the controls' own changes is the yardstick (Donald, Lang 2007, doi:10.1162/rest.89.2.221), whatever the
/// autocorrelation within units. With k treated √(1/k + 1/m).
public struct DifferenceInDifferences: Hashable, Sendable {
    /// Controls that the limits ask for at the least.
    public static let leastControls = 5
    public static let method = "difference in differences, t over controls"

    /// A unit's series on the common periods, nil where missing.
    public struct UnitSeries: Hashable, Sendable {
        public let name: String
        public let values: [Double?]

        public init(_ name: String, _ values: [Double?]) {
            self.name = name
            self.values = values
        }
    }

    /// A unit's part in the comparison.
    public struct UnitChange: Hashable, Sendable {
        public let name: String
        public let before: Double
        public let after: Double
        /// After less before.
        public var change: Double { after - before }
        /// By least squares over the known points before the change, a period; nil of fewer than three.
        public let slopeBefore: Double?
    }

    public let treated: [UnitChange]
    public let controls: [UnitChange]
    /// Names of units without a point before or after: they could not take part.
    public let leftOut: [String]
    public let effect: Effect
    /// The treated units' slope before less the controls', a period: where its limits leave out 0 the units were drifting
    /// apart already. Nil where a slope cannot be had of five controls and one treated.
    public let slopeGap: Effect?

    public init(
        treated: [UnitSeries], controls: [UnitSeries], change: Int, level: Double = 0.95
    ) throws(Unanswerable) {
        let all = (treated + controls).map { (unit: $0, change: Self.change(of: $0, at: change)) }
        leftOut = all.filter { $0.change == nil }.map(\.unit.name)
        let moved = all.prefix(treated.count).compactMap(\.change)
        let stayed = all.dropFirst(treated.count).compactMap(\.change)
        guard !moved.isEmpty else {
            throw .tooFew(TooFew(had: 0, needed: 1), of: "changed units with points before and after")
        }
        guard stayed.count >= Self.leastControls else {
            throw .tooFew(
                TooFew(had: stayed.count, needed: Self.leastControls),
                of: "comparison units with points before and after")
        }
        self.treated = moved
        self.controls = stayed
        guard let effect = Self.gap(moved.map(\.change), stayed.map(\.change), level: level) else {
            throw .constant("the change of the comparison units")
        }
        self.effect = effect
        let slopes = (moved.compactMap(\.slopeBefore), stayed.compactMap(\.slopeBefore))
        let hasSlopes = !slopes.0.isEmpty && slopes.1.count >= Self.leastControls
        slopeGap = hasSlopes ? Self.gap(slopes.0, slopes.1, level: level) : nil
    }

    private static func gap(_ moved: [Double], _ stayed: [Double], level: Double) -> Effect? {
        guard let mean = Moments.mean(moved), let other = Moments.mean(stayed),
            let spread = Moments.standardDeviation(stayed), spread > 0
        else { return nil }
        let error = spread * (1 / Double(moved.count) + 1 / Double(stayed.count)).squareRoot()
        return .around(
            mean - other, error: error, degreesOfFreedom: Double(stayed.count - 1), level: level, method: method)
    }

    private static func change(of unit: UnitSeries, at change: Int) -> UnitChange? {
        let before = unit.values.indices.prefix(max(0, change)).filter { unit.values[$0] != nil }
        let after = unit.values.dropFirst(max(0, change)).compactMap { $0 }
        let values = before.compactMap { unit.values[$0] }
        guard let first = Moments.mean(values), let second = Moments.mean(after) else { return nil }
        var slope: Double?
        if before.count >= 3 {
            let middle = before.reduce(0.0) { $0 + Double($1) } / Double(before.count)
            let squares = before.reduce(0.0) { $0 + (Double($1) - middle) * (Double($1) - middle) }
            slope = zip(before, values).reduce(0.0) { $0 + (Double($1.0) - middle) * ($1.1 - first) } / squares
        }
        return UnitChange(name: unit.name, before: first, after: second, slopeBefore: slope)
    }
}
