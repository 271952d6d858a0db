public import Basis

/// Somebody of the people export. Who moved from one department or store to another has a row for each, with its days.
public struct Person: Hashable, Sendable {
    /// Where somebody worked from one day to another.
    public struct Stint: Hashable, Sendable {
        public var store: Int32
        public var department: String
        public var role: String
        /// Nil: from the beginning, to the end.
        public var from: Day?
        public var to: Day?
        public init(store: Int32, department: String, role: String, from: Day?, to: Day?) {
            self.store = store
            self.department = department
            self.role = role
            self.from = from
            self.to = to
        }

        public func holds(_ day: Day) -> Bool { (from.map { $0 <= day } ?? true) && (to.map { day <= $0 } ?? true) }

        public func overlaps(_ other: Stint) -> Bool {
            let startsInTime = other.to.flatMap { end in from.map { $0 <= end } } ?? true
            let endsInTime = other.from.flatMap { start in to.map { start <= $0 } } ?? true
            return startsInTime && endsInTime
        }

        public func isSamePlace(as other: Stint) -> Bool {
            store == other.store && department == other.department && role == other.role
        }
    }

    public var identifier: String
    /// Of the latest stint, as department, role and days are.
    public var store: Int32
    public var name: String
    public var department: String
    public var role: String
    public var isRemote: Bool?
    public var payrollIdentifier: String
    public var activeFrom: Day?
    public var activeTo: Day?
    /// All of them, in order of their days; none overlaps another.
    public var stints: [Stint]

    public init(
        identifier: String, store: Int32, name: String, department: String, role: String, isRemote: Bool?,
        payrollIdentifier: String, activeFrom: Day?, activeTo: Day?
    ) {
        self.identifier = identifier
        self.store = store
        self.name = name
        self.department = department
        self.role = role
        self.isRemote = isRemote
        self.payrollIdentifier = payrollIdentifier
        self.activeFrom = activeFrom
        self.activeTo = activeTo
        stints = [Stint(store: store, department: department, role: role, from: activeFrom, to: activeTo)]
    }

    /// The same person at another place, at other times: what stands for the person is the later one's.
    public func moved(_ other: Person) -> Person {
        var latest = isBefore(other) ? other : self
        latest.stints = (stints + other.stints).sorted { Person.isEarlier($0.from, than: $1.from) }
        return latest
    }

    private func isBefore(_ other: Person) -> Bool { Person.isEarlier(activeFrom, than: other.activeFrom) }

    private static func isEarlier(_ a: Day?, than b: Day?) -> Bool {
        guard let b else { return false }
        return a.map { $0 < b } ?? true
    }
}
