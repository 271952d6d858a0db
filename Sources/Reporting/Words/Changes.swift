import Basis
import Measures
import Statistics

extension Words {
    /// Both ends of an interval of shares in points, as many decimals as it takes that an end that is not 0 does not
    /// print as 0: `0.04 to 0.71`.
    private static func ends(_ near: Double, _ far: Double, decimals: Int) -> String {
        let isNone = near != 0 && (near * 100).shown(decimals) == 0.0.shown(decimals)
        let shown = isNone && decimals < 2 ? decimals + 1 : decimals
        return say("\((near * 100).shown(shown)) to \((far * 100).shown(shown))")
    }

    /// A difference of shares with its interval: `+33 points, likely 22 to 43`; a fall: `−8 points, likely 2 to 14`.
    static func points(_ difference: Double, _ limits: ConfidenceInterval, decimals: Int = 0) -> String {
        let isFall = difference < 0
        let (near, far) = isFall ? (-limits.upper, -limits.lower) : (limits.lower, limits.upper)
        let size = (isFall ? "\u{2212}" : "+") + (difference.magnitude * 100).shown(decimals)
        return say("\(size) points, likely \(ends(near, far, decimals: decimals))")
    }

    /// `up 0.9 points since July (likely 0.2 to 1.6)`, or `no clear change since July`.
    static func change(_ difference: NewcombeDifference, on before: String, decimals: Int = 1) -> String? {
        guard let estimate = difference.estimate, let limits = difference.interval() else { return nil }
        if limits.contains(0) { return say("no clear change since \(before)") }
        let isFall = estimate < 0
        let (near, far) = isFall ? (-limits.upper, -limits.lower) : (limits.lower, limits.upper)
        let size = (estimate.magnitude * 100).shown(decimals)
        let range = ends(near, far, decimals: decimals)
        return isFall
            ? say("down \(size) points since \(before) (likely \(range))")
            : say("up \(size) points since \(before) (likely \(range))")
    }
}
