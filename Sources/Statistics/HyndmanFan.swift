/// The nine sample quantiles of Hyndman, Fan 1996 (doi:10.1080/00031305.1996.10473566), numbered as there and in R.
///
/// This project's own quantile is type 1 (`SparseHistogram.quantile`); the others serve checks against other tools
/// (7: R, NumPy, Excel's PERCENTILE.INC; 6: Minitab, SPSS, Excel's PERCENTILE.EXC).
public enum HyndmanFan: Int, CaseIterable, Sendable {
    case type1 = 1
    case type2, type3, type4, type5, type6, type7, type8, type9

    /// m of np + m as twenty-fourths: a constant part and one that multiplies p.
    private var offset: (constant: Int, timesP: Int) {
        switch self {
        case .type1, .type2, .type4: (0, 0)
        case .type3: (-12, 0)
        case .type5: (12, 0)
        case .type6: (0, 24)
        case .type7: (24, -24)
        case .type8: (8, 8)
        case .type9: (9, 6)
        }
    }

    /// The quantile of values in ascending order; nil of none.
    ///
    /// With j = ⌊np + m⌋ and g = np + m − j it is (1 − γ)·x₍ⱼ₎ + γ·x₍ⱼ₊₁₎. j and g are found in whole numbers, so that
    /// a rank that falls exactly on an observation does.
    public func quantile(_ p: Quantile, ofSorted values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let n = values.count
        let unit = Int128(24) * Int128(p.denominator)
        let m = Int128(offset.constant) * Int128(p.denominator) + Int128(offset.timesP) * Int128(p.numerator)
        let position = Int128(24) * Int128(n) * Int128(p.numerator) + m
        var whole = position / unit
        if whole * unit > position { whole -= 1 }  // floor for negative positions (type 3)
        let j = Int(whole)
        let remainder = position - whole * unit
        let gamma: Double
        switch self {
        case .type1: gamma = remainder == 0 ? 0 : 1
        case .type2: gamma = remainder == 0 ? 0.5 : 1
        case .type3: gamma = remainder == 0 && j % 2 == 0 ? 0 : 1
        default: gamma = Double(remainder) / Double(unit)
        }
        let below = values[min(max(j, 1), n) - 1]
        let above = values[min(max(j + 1, 1), n) - 1]
        if gamma == 0 { return below }
        if gamma == 1 { return above }
        return below + gamma * (above - below)
    }
}
