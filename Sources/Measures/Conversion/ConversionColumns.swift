import Basis
import Dealership

/// One visit's share of a sale's credit: all of it with last and first touch, 1/k of it with linear.
struct CreditShares {
    /// Positions in the facts' sales.
    var sale: [Int] = []
    /// Positions in the visits; −1: no visit is credited.
    var visit: [Int] = []
    /// Among how many visits the sale is shared, and which of them this one is.
    var parts: [Int32] = []
    var part: [Int32] = []

    var count: Int { sale.count }

    init(_ facts: Facts, isLinear: Bool) {
        let sales = facts.sales
        let touches = isLinear ? facts.touches : nil
        sale.reserveCapacity(sales.count)
        for index in 0..<sales.count {
            let touched = touches?[index]
            guard let touched, touched.count > 1 else {
                add(index, touched.map { $0.first.map(Int.init) ?? -1 } ?? Int(sales.visit[index]), parts: 1, part: 0)
                continue
            }
            for (part, visit) in touched.enumerated() {
                add(index, Int(visit), parts: Int32(touched.count), part: Int32(part))
            }
        }
    }

    private mutating func add(_ index: Int, _ visit: Int, parts: Int32, part: Int32) {
        sale.append(index)
        self.visit.append(visit)
        self.parts.append(parts)
        self.part.append(part)
    }

    /// This share of an amount: whole minor units that add up to it exactly, the earliest visits taking the remainder.
    func amount(_ whole: Int64, _ share: Int) -> Int64 {
        let parts = Int64(self.parts[share])
        if parts == 1 { return whole }
        let base = whole.floorDivided(by: parts)
        return base + (Int64(part[share]) < whole - base * parts ? 1 : 0)
    }
}

extension Facts {
    private func relation(_ visit: Int) -> Int32 {
        switch visits.boughtHere[visit] {
        case true: 1
        case false: 0
        case nil: -1
        }
    }
    private static func relationWords(_ code: Int32) -> String { code < 0 ? "" : code == 1 ? "loyalty" : "conquest" }

    func visitColumn(_ dimension: Dimension) -> FactColumn? {
        switch dimension {
        case .store: storeColumn(visits.store)
        case .month: monthColumn(visits.day)
        case .day: dayColumn(visits.day)
        case .workplace: workplaceColumn(visits.advisor)
        case .source: nameColumn(visitSources)
        default: creditedColumn(dimension, (0..<visits.count).map { $0 })
        }
    }

    func saleColumn(_ dimension: Dimension, _ shares: CreditShares) -> FactColumn? {
        switch dimension {
        case .store: storeColumn(shares.sale.map { sales.store[$0] })
        case .month: monthColumn(shares.sale.map { sales.day[$0] })
        case .day: dayColumn(shares.sale.map { sales.day[$0] })
        case .salesperson: personColumn(shares.sale.map { journal.sales.salesperson[sales.sale[$0]] })
        case .workplace: workplaceColumn(shares.sale.map { journal.sales.salesperson[sales.sale[$0]] })
        case .source:
            nameColumn(zip(shares.sale, shares.visit).map { $1 < 0 ? -1 : source(ofVisit: $1, sale: $0) })
        default: creditedColumn(dimension, shares.visit)
        }
    }

    /// What a visit, or the visit that got the credit, is; "" where there is none.
    private func creditedColumn(_ dimension: Dimension, _ visit: [Int]) -> FactColumn? {
        switch dimension {
        case .advisor: personColumn(visit.map { $0 >= 0 ? visits.advisor[$0] : -1 })
        case .relation: FactColumn(codes: visit.map { $0 >= 0 ? relation($0) : -1 }, label: Facts.relationWords)
        case .payType: payTypeColumn(visit)
        case .vehicleAge:
            FactColumn(codes: visit.map { $0 >= 0 ? VehicleAge.code(visits.vehicleYear[$0], on: visits.day[$0]) : -1 }) {
                VehicleAge.label($0)
            }
        case .dedicated: dedicatedColumn(visit)
        default: nil
        }
    }

    private func payTypeColumn(_ visit: [Int]) -> FactColumn {
        FactColumn(codes: visit.map { $0 < 0 ? -1 : Int32(visits.payType[$0]?.rawValue ?? 255) }) { code in
            switch PayType(rawValue: UInt8(clamping: code)) {
            case .customer: "customer"
            case .warranty: "warranty"
            case .internal: "internal"
            case nil: ""
            }
        }
    }

    /// Whose lead the visit became: a dedicated person's, another's; "" without a lead that somebody has.
    private func dedicatedColumn(_ visit: [Int]) -> FactColumn {
        let sides = dedicatedSides
        let owner = funnel.owner
        return FactColumn(codes: visit.map { $0 < 0 || owner[$0] < 0 ? -1 : sides[Int(owner[$0])] }) {
            $0 < 0 ? "" : $0 == 0 ? "dedicated" : "others"
        }
    }

    /// By person: 0 dedicated to service customers, 1 not.
    var dedicatedSides: [Int32] {
        (0..<Int32(journal.people.count)).map { code in
            header.people[journal.people[code]].map(header.isDedicated) == true ? 0 : 1
        }
    }
}

/// Classes of a car's age in years at the visit: the calendar year of the visit less the model year. A car of next year's
/// model is new.
enum VehicleAge {
    private static let classes = [(2, "0-2"), (5, "3-5"), (8, "6-8")]

    /// −1: not on record, or no year that a car could be of.
    static func code(_ year: Int32, on day: Day) -> Int32 {
        let age = Int32(day.civil.year) - year
        guard year >= 1900, age >= -1 else { return -1 }
        return Int32(classes.firstIndex { age <= $0.0 } ?? classes.count)
    }

    static func label(_ code: Int32) -> String {
        code < 0 ? "" : Int(code) < classes.count ? classes[Int(code)].1 : "9+"
    }
}
