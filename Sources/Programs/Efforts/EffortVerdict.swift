public import Statistics

/// What is said of an effort, with the reason and the figures that it stands on. DEFINITIONS 5.
public struct EffortVerdict: Hashable, Sendable {
    public enum Finding: String, Hashable, Sendable, CaseIterable {
        case goalReached = "goal reached"
        case onCourse = "on course"
        case noClearChange = "no clear change yet"
        case tooEarly = "too early"
        case gettingWorse = "getting worse"
        case cannotTell = "cannot tell"
        /// The change begins after the last day that counts.
        case notBegun = "not begun"
    }

    /// Why.
    public enum Reason: Hashable, Sendable {
        /// Limits exclude no change; the estimate meets the goal.
        case goalMet
        /// Limits exclude no change; the goal is not met, and looks are left.
        case better
        /// The same at the last look.
        case betterButShort
        /// Limits include no change although the goal's size would have shown.
        case withinChance
        /// Limits include no change at the last look, and the goal's size would not have shown for sure.
        case tooFewToShow
        case insideDip
        case beforeFirstLook
        /// A look was taken and could not have shown the goal's size.
        case goalWouldNotShow
        /// So many periods in a row beyond the limit, up to this one.
        case stopRule(periods: Int, until: Int)
        /// Limits exclude no change on the wrong side.
        case worse
        /// Another effort on the same figure runs at the same time.
        case overlap(name: String)
        /// What is measured, where or against whom was changed after the start.
        case scopeChanged(String)
        case noFigures
        case unanswerable(Unanswerable)
        /// Known periods of all before, or after.
        case gaps(known: Int, of: Int, isBefore: Bool)
        /// No figure can be known by the goal's day.
        case goalDayTooSoon
        case ahead
    }

    public var finding: Finding
    public var reason: Reason

    public init(_ finding: Finding, _ reason: Reason) {
        self.finding = finding
        self.reason = reason
    }
}

/// What a look found.
public struct EffortResult: Hashable, Sendable {
    public var look: EffortLook
    public var study: ChangeStudy
    /// The mean before and after, in the measure's unit; of shares all counts together.
    public var before: Double
    public var after: Double
    /// After less what would have been, in the measure's unit, with limits of the look's level; nil: see the study.
    public var gain: Gain?
    public var meetsGoal: Bool

    public struct Gain: Hashable, Sendable {
        public var estimate: Double
        public var lower: Double
        public var upper: Double
        public var direction: ProcessChart.Direction? { lower > 0 ? .up : upper < 0 ? .down : nil }
    }
}

/// When the goal's size shows.
public struct EffortPower: Hashable, Sendable {
    /// By look: the share of simulated efforts in which a change of the goal's size shows at it.
    public struct AtLook: Hashable, Sendable {
        public var look: EffortLook
        public var share: Double
    }
    /// What must show, in the measure's unit.
    public var size: Double
    public var looks: [AtLook]
    /// The first look with 80 %.
    public var known: EffortLook? { looks.first { $0.share >= EffortPower.wanted }?.look }
    public static let wanted = 0.8
    public static let runs = 200

    public func share(at look: EffortLook) -> Double? { looks.first { $0.look == look }?.share }
}
