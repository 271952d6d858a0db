/// A season as sine and cosine pairs.
public struct Season: Hashable, Sendable {
    /// In periods: 12 for months.
    public let length: Double
    /// How many pairs, of length, length ÷ 2, …
    public let harmonics: Int

    public init(length: Double, harmonics: Int = 2) {
        self.length = length
        self.harmonics = harmonics
    }

    /// Two harmonics of a year in months; they need 24 months.
    public static let ofMonths = Season(length: 12, harmonics: 2)
    public static let leastMonths = 24
}

/// The terms of an interrupted time series: Y = β₀ + β₁T + β₂X + β₃(T − T₀)X, with season and controls where asked.
///
/// T counts the periods from 1, X is 0 before the change and 1 from it on, T₀ is the last period before it. Lopez Bernal,
/// Cummins, Gasparrini 2017 (doi:10.1093/ije/dyw098).
public struct SegmentedDesign: Hashable, Sendable {
    public static let intercept = "level"
    public static let trend = "trend"
    public static let step = "step"
    public static let slope = "slope"

    /// Of the known points, in whole periods, rising.
    public let positions: [Int]
    /// The first changed period.
    public let change: Int
    public let hasSlope: Bool
    public let season: Season?
    public let basis: OrthonormalDesign

    /// - Parameter controls: other series at the same points, named; each becomes a term.
    public init(
        positions: [Int], change: Int, trend: Bool = true, slope: Bool = false, season: Season? = nil,
        controls: [(name: String, values: [Double])] = []
    ) throws(Unanswerable) {
        let first = positions.first ?? 0
        let counted = positions.map { Double($0 - first + 1) }
        let since = positions.map { max(0, Double($0 - change + 1)) }
        var columns = [(name: Self.intercept, values: [Double](repeating: 1, count: positions.count))]
        if trend { columns.append((Self.trend, counted)) }
        columns.append((Self.step, positions.map { $0 >= change ? 1 : 0 }))
        if slope { columns.append((Self.slope, since)) }
        for harmonic in 1..<(1 + max(0, season?.harmonics ?? 0)) {
            guard let season else { continue }
            let waves = positions.map { wave(turns: Double($0 - first) * Double(harmonic) / season.length) }
            columns.append(("sine \(harmonic)", waves.map(\.sine)))
            columns.append(("cosine \(harmonic)", waves.map(\.cosine)))
        }
        columns += controls
        self.positions = positions
        self.change = change
        hasSlope = slope
        self.season = season
        basis = try OrthonormalDesign(columns)
    }

    /// The term's place among the coefficients.
    public func place(of term: String) -> Int? { basis.names.firstIndex(of: term) }

    /// Whether a point lies after the change.
    public func isAfter(_ index: Int) -> Bool { positions[index] >= change }

    /// What the effect over all points after the change is made of: the step, and the slope times its mean.
    public var meanEffect: [Double] {
        var weights = [Double](repeating: 0, count: basis.columnCount)
        let after = positions.filter { $0 >= change }
        guard !after.isEmpty else { return weights }
        if let place = place(of: Self.step) { weights[place] = 1 }
        if let place = place(of: Self.slope) {
            weights[place] = after.reduce(0) { $0 + Double($1 - change + 1) } / Double(after.count)
        }
        return weights
    }

    /// What the effect at the last point is made of.
    public var lastEffect: [Double] {
        var weights = [Double](repeating: 0, count: basis.columnCount)
        guard let last = positions.last, last >= change else { return weights }
        if let place = place(of: Self.step) { weights[place] = 1 }
        if let place = place(of: Self.slope) { weights[place] = Double(last - change + 1) }
        return weights
    }

    /// A point's terms as if nothing had changed.
    func unchanged(_ index: Int) -> [Double] {
        var row = basis.row(index)
        for term in [Self.step, Self.slope] { if let place = place(of: term) { row[place] = 0 } }
        return row
    }
}
