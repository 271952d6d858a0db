import Basis

/// What a change did to a series: an estimate, its limits, and how they were got.
public struct Effect: Hashable, Sendable {
    /// How the estimate compares after with before.
    public enum Scale: String, Hashable, Sendable {
        /// After minus what would have been, in the series' own unit; no change is 0.
        case difference
        /// After divided by what would have been; no change is 1.
        case factor
    }

    public let scale: Scale
    public let estimate: Double
    /// Of the estimate; of its logarithm where the scale is a factor.
    public let standardError: Double
    public let interval: ConfidenceInterval
    /// The two-sided p of no change, where the method has one.
    public let p: Double?

    public init(
        scale: Scale = .difference, estimate: Double, standardError: Double, interval: ConfidenceInterval, p: Double?
    ) {
        self.scale = scale
        self.estimate = estimate
        self.standardError = standardError
        self.interval = interval
        self.p = p
    }

    /// The value that means no change.
    public var none: Double { scale == .difference ? 0 : 1 }

    /// Whether the limits leave out no change, and on which side the change then lies.
    public var direction: ProcessChart.Direction? {
        if interval.lower > none { return .up }
        if interval.upper < none { return .down }
        return nil
    }

    /// estimate ± t·error (or z, of infinite degrees), on the scale of a factor around its logarithm.
    static func around(
        _ estimate: Double, error: Double, degreesOfFreedom: Double, scale: Scale = .difference, level: Double,
        method: String
    ) -> Effect {
        let student = degreesOfFreedom.isFinite ? StudentDistribution(degreesOfFreedom: degreesOfFreedom) : nil
        let half = (student?.twoSided(level: level) ?? NormalDistribution.twoSided(level: level)) * error
        let ratio = (estimate / error).magnitude
        let p = student?.twoSidedP(ratio) ?? min(1, 2 * NormalDistribution.upperTail(ratio))
        func shown(_ value: Double) -> Double { scale == .difference ? value : exponential(value) }
        return Effect(
            scale: scale, estimate: shown(estimate), standardError: error,
            interval: ConfidenceInterval(
                lower: shown(estimate - half), upper: shown(estimate + half), level: level, method: method), p: p)
    }
}

/// Why a question to a series has no answer. A statement, never a number that is not justified.
public enum Unanswerable: Error, Hashable, Sendable, CustomStringConvertible {
    /// Too few of something: "points before the change".
    case tooFew(TooFew, of: String)
    /// All values of this are the same.
    case constant(String)
    /// A column of the model says no more than those before it.
    case dependent(String)
    /// A count below 0 or an exposure that is not above 0, at this place of the series.
    case notACount(Int)
    /// The search for the model's parameters came to nothing.
    case noFit(String)
    /// What a value has over the line lasts into the next so long that nothing before is there to compare with.
    case wanders

    public var description: String {
        switch self {
        case .tooFew(let few, let what): say("too few \(Self.words(what)): \(few.had) of \(few.needed) needed")
        case .constant(let what):
            say("\(Self.words(what)) never changes: there is nothing to tell chance from effect by")
        case .dependent(let what): say("\(what) moves exactly with what the model already has")
        case .notACount(let place): say("the value at place \(place + 1) is no count with an exposure above 0")
        case .wanders: say("the figure wanders so far by itself that before and after cannot be compared")
        case .noFit(let what): say("\(Self.words(what)) could not be fitted to this series")
        }
    }

    /// What the errors of this module and of efforts are about, in the language of the document.
    private static func words(_ what: String) -> String {
        switch what {
        case "points": say("points", context: "of a series")
        case "points before the change": say("points before the change")
        case "points after the change": say("points after the change")
        case "points for a chart": say("points for a chart")
        case "points for the model's terms": say("points for the model's terms")
        case "prediction errors": say("prediction errors")
        case "changed units with points before and after": say("changed units with points before and after")
        case "comparison units with points before and after": say("comparison units with points before and after")
        case "the series": say("the series")
        case "the series before the change": say("the series before the change")
        case "the count": say("the count")
        case "what the model leaves over": say("what the model leaves over")
        case "the prediction error": say("the prediction error")
        case "what is looked for": say("what is looked for")
        case "the change of the comparison units": say("the change of the comparison units")
        case "the figure before": say("the figure before")
        case "a regression": say("a regression")
        case "a regression of counts": say("a regression of counts")
        case "a regression with autocorrelated errors": say("a regression with autocorrelated errors")
        case "a local level": say("a local level")
        case "the bootstrap of a local level": say("the bootstrap of a local level")
        default: what
        }
    }
}
