import Drawing
import Statistics

/// What every who-stands-out plot shows alike: its curves, and how somebody beyond them is marked.
enum StandingCurves {
    static func limits(_ limits: FunnelLimits, from least: Int, to most: Int) -> [WhoStandsOutPlate.Limits] {
        let steps = 48
        let trials = Set((0...steps).map { least + (max(most * 104 / 100, least + 1) - least) * $0 / steps }).sorted()
        return trials.compactMap { n in
            guard let warning = limits.limits(trials: n, z: FunnelLimits.warningZ),
                let action = limits.limits(trials: n, z: FunnelLimits.actionZ)
            else { return nil }
            return .init(
                n: Double(n), lower500: action.lower * 100, lower20: warning.lower * 100, upper20: warning.upper * 100,
                upper500: action.upper * 100)
        }
    }

    /// Only who is named stands apart from the others.
    static func standing(_ zone: FunnelLimits.Zone, isNamed: Bool) -> WhoStandsOutPlate.Point.Standing {
        guard isNamed else { return .inside }
        return switch zone {
        case .farAbove: .praised
        case .farBelow: .needsHelp
        case .above, .below: .noted
        case .within: .inside
        }
    }
}
