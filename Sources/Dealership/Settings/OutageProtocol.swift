/// What the owner wrote down to be done when a system breaks: steps with deadlines. DEFINITIONS 4, Readiness.
public struct OutageProtocol: Hashable, Sendable {
    public struct Step: Hashable, Sendable {
        /// What the deadline is counted from.
        public enum From: String, Hashable, Sendable, CaseIterable {
            case start, detection
            /// Restoration, for what is done afterwards.
            case end
        }
        public enum Clock: String, Hashable, Sendable, CaseIterable { case wall, open }

        /// `acknowledge`, `tell-customers`, or a name of the owner's own.
        public var name: String
        public var withinSeconds: Int64
        public var from: From
        public var clock: Clock
        public init(name: String, withinSeconds: Int64, from: From, clock: Clock) {
            self.name = name
            self.withinSeconds = withinSeconds
            self.from = from
            self.clock = clock
        }

        /// Steps whose time the outage log itself has.
        public static let detect = "detect"
        public static let acknowledge = "acknowledge"
        public static let tellCustomers = "tell-customers"
        /// What usually follows restoration, and so counts from it.
        public static let afterCare = "after-care"
    }
    /// In the order of the file.
    public var steps: [Step]
    public init(steps: [Step]) { self.steps = steps }
}

extension OutageSettings {
    /// The steps for a system: its own, else, where it has a protocol at all, those that hold for every system.
    /// Nil: no protocol is written. Empty: it is, but nobody has entered its steps.
    public func steps(ofSystem name: String) -> [OutageProtocol.Step]? {
        guard let system = systems.first(where: { $0.name == name }), system.hasProtocol else { return nil }
        return system.protocolSteps?.steps ?? commonProtocol?.steps ?? []
    }
}
