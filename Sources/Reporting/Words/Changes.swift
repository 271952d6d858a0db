import Measures
import Statistics

extension Words {
    /// A difference of shares with its interval: `+33 points, likely 22 to 43`; a fall: `−8 points, likely 2 to 14`.
    static func points(_ difference: Double, _ limits: ConfidenceInterval, decimals: Int = 0) -> String {
        let isFall = difference < 0
        let (near, far) = isFall ? (-limits.upper, -limits.lower) : (limits.lower, limits.upper)
        return "\(isFall ? "\u{2212}" : "+")\((difference.magnitude * 100).fixed(decimals)) points, likely "
            + "\((near * 100).fixed(decimals)) to \((far * 100).fixed(decimals))"
    }

    /// `up 0.9 points on July (likely 0.2 to 1.6)`, or `no clear change on July`.
    static func change(_ difference: NewcombeDifference, on before: String, decimals: Int = 1) -> String? {
        guard let estimate = difference.estimate, let limits = difference.interval() else { return nil }
        if limits.contains(0) { return "no clear change on \(before)" }
        let isFall = estimate < 0
        let (near, far) = isFall ? (-limits.upper, -limits.lower) : (limits.lower, limits.upper)
        return "\(isFall ? "down" : "up") \((estimate.magnitude * 100).fixed(decimals)) points on \(before) (likely "
            + "\((near * 100).fixed(decimals)) to \((far * 100).fixed(decimals)))"
    }
}
