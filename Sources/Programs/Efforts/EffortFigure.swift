/// A figure that pages print of an effort; `kpi explain` takes its id: `CHG-01@2026-10;effort=one-inbox`.
public enum EffortFigure: String, Hashable, Sendable, CaseIterable {
    case gain = "CHG-01"
    case before = "CHG-02"
    case after = "CHG-03"
    case guardGain = "CHG-04"
    case power = "CHG-05"
    case cumulative = "CHG-06"
    case comparison = "CHG-07"

    public var title: String {
        switch self {
        case .gain: "Change since the effort"
        case .before: "Before the effort"
        case .after: "Since the dip"
        case .guardGain: "Change of a guard measure"
        case .power: "Would show by the look"
        case .cumulative: "All that came of it"
        case .comparison: "Against stores that did not change"
        }
    }

    public var inShort: String {
        switch self {
        case .gain:
            "segmented regression with AR(1) errors by REML (counts: quasi-Poisson); limits at the look's alpha, spent "
                + "over the declared looks by O'Brien and Fleming"
        case .before: "all that counts before the start; periods under outages left out where the effort says so"
        case .after: "all that counts after the declared dip"
        case .guardGain: "the same regression of the guard's figure, 95 % limits"
        case .power: "share of simulated efforts in which a change of the goal's size shows at the look"
        case .cumulative: "observed less a local level carried on from before, added up; limits by parametric bootstrap"
        case .comparison: "difference in differences, t limits over stores that did not change"
        }
    }
}
