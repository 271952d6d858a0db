import Basis

/// Which booked service customers are worth a word from sales, as the owner says it: every condition of `allOf` and, where
/// there are any, at least one of `anyOf`. DEFINITIONS 2, Coverage of prospects.
public struct ProspectRule: Hashable, Sendable {
    /// Whole numbers from `least` to `most`; nil: no limit on that side.
    public struct Limits: Hashable, Sendable {
        public var least: Int?
        public var most: Int?
        public init(least: Int?, most: Int?) {
            self.least = least
            self.most = most
        }
        public func contains(_ value: Int) -> Bool {
            if let least, value < least { return false }
            if let most, value > most { return false }
            return true
        }
    }

    public enum Condition: Hashable, Sendable {
        /// Years from the model year to the appointment's.
        case vehicleAge(Limits)
        /// As last read before the appointment.
        case mileage(Limits)
        /// Whole months since the customer bought the car here.
        case monthsSincePurchase(Limits)
        /// The lease ends on the appointment's day or at most so many days after it.
        case leaseEnd(withinDays: Int)
        case recall(Bool)
        case boughtHere(Bool)
        /// Who paid for the car's last repair order; in the order of the cases.
        case payType([PayType])

        public var kind: Kind {
            switch self {
            case .vehicleAge: .vehicleAge
            case .mileage: .mileage
            case .monthsSincePurchase: .monthsSincePurchase
            case .leaseEnd: .leaseEnd
            case .recall: .recall
            case .boughtHere: .boughtHere
            case .payType: .payType
            }
        }

        /// As `dealership.yaml` says it, in one line.
        public var words: String {
            switch self {
            case .vehicleAge(let limits): say("vehicle-age \(limits.words)")
            case .mileage(let limits): say("mileage \(limits.words)")
            case .monthsSincePurchase(let limits): say("months-since-purchase \(limits.words)")
            case .leaseEnd(let days): say("lease-end-within \(days) days")
            case .recall(let wanted): wanted ? say("recall yes") : say("recall no")
            case .boughtHere(let wanted): wanted ? say("bought-here yes") : say("bought-here no")
            case .payType(let types): say("pay-type \(types.map(\.word).joined(separator: say(" or ", context: "rule")))")
            }
        }
    }

    /// What a condition looks at; the label of the dimension `reason`.
    public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
        case vehicleAge, mileage, monthsSincePurchase, leaseEnd, recall, boughtHere, payType
        public var label: String {
            switch self {
            case .vehicleAge: "vehicle-age"
            case .mileage: "mileage"
            case .monthsSincePurchase: "months-since-purchase"
            case .leaseEnd: "lease-end"
            case .recall: "recall"
            case .boughtHere: "bought-here"
            case .payType: "pay-type"
            }
        }
    }

    public var allOf: [Condition]
    public var anyOf: [Condition]
    /// A word from sales counts from so many days before the visit's day to its end.
    public var beforeDays: Int
    /// Whose word counts: the department of people, as the people export names it.
    public var department: String

    public init(allOf: [Condition], anyOf: [Condition], beforeDays: Int, department: String) {
        self.allOf = allOf
        self.anyOf = anyOf
        self.beforeDays = beforeDays
        self.department = department
    }

    /// The whole rule in one line.
    public var words: String {
        let all = allOf.map(\.words).joined(separator: say(" and ", context: "rule"))
        let any = anyOf.map(\.words).joined(separator: say(" or ", context: "rule"))
        if all.isEmpty { return any }
        return any.isEmpty ? all : say("\(all), and \(any)", context: "rule")
    }
}

extension ProspectRule.Limits {
    public var words: String {
        switch (least, most) {
        case (let least?, let most?): say("\(least) to \(most)", context: "rule")
        case (let least?, nil): say("\(least) or more", context: "rule")
        case (nil, let most?): say("\(most) at most", context: "rule")
        case (nil, nil): say("any", context: "rule")
        }
    }
}

extension PayType {
    /// As an export says it.
    public var word: String { PayType.names[Int(rawValue)] }
    public init?(word: String) {
        guard let position = PayType.names.firstIndex(of: word) else { return nil }
        self.init(rawValue: UInt8(position))
    }
}
