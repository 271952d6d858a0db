import Basis

/// Why a sale is credited to no visit.
public enum Uncredited: UInt8, Sendable, CaseIterable {
    /// The deal names no customer.
    case noCustomer
    case noVisit
    /// All the customer's visits came after the sale.
    case onlyAfter
    /// The latest visit before the sale is further back than the window.
    case beforeWindow

    public var words: String {
        switch self {
        case .noCustomer: "the deal names no customer"
        case .noVisit: "no visit of the customer"
        case .onlyAfter: "the only visit is after the sale"
        case .beforeWindow: "no visit within the window"
        }
    }
}

extension Facts {
    /// By position in `sales`; nil: credited.
    public func uncredited() -> [Uncredited?] {
        let whose = header.settings.conversion.sameCustomer == .household ? identity.household : identity.root
        // Visits are in order of time: the first of each customer is the earliest.
        var first = [Int32](repeating: -1, count: whose.count)
        for visit in stride(from: visits.count - 1, through: 0, by: -1) where visits.identity[visit] >= 0 {
            first[Int(whose[Int(visits.identity[visit])])] = Int32(truncatingIfNeeded: visit)
        }
        return (0..<sales.count).map { fact in
            if sales.visit[fact] >= 0 { return nil }
            let customer = sales.identity[fact]
            if customer < 0 { return .noCustomer }
            let visit = Int(first[Int(whose[Int(customer)])])
            if visit < 0 { return .noVisit }
            let (opened, sold) = (visits.openedAt[visit], journal.sales.soldAt[sales.sale[fact]])
            let isBefore = opened.isDateOnly || sold.isDateOnly
                ? visits.day[visit] <= sales.day[fact] : opened.instant <= sold.instant
            return isBefore ? .beforeWindow : .onlyAfter
        }
    }
}
