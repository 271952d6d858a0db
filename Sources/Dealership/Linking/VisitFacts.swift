public import Basis

/// Service visits: a customer's repair orders on one vehicle at one store on one day, prospects only.
public struct VisitFacts: Sendable {
    public enum LeftOut: String, Sendable, CaseIterable {
        case void, dealerOwned = "dealer-owned", preparation, afterAsOf = "after-as-of"
        public var words: String {
            switch self {
            case .void: say(later: "Void repair order")
            case .dealerOwned: say(later: "Dealer-owned car")
            case .preparation: say(later: "The car just sold")
            case .afterAsOf: say(later: "After the as-of day")
            }
        }
    }

    public var store: [Int32] = []
    public var identity: [Int32] = []
    public var vehicle: [Int32] = []
    public var day: [Day] = []
    /// Earliest opening; a date alone where the export has no time.
    public var openedAt: [Moment] = []
    public var advisor: [Int32] = []
    public var boughtHere: [Bool?] = []
    public var payType: [PayType?] = []
    /// The car’s model year; below 0: not on record.
    public var vehicleYear: [Int32] = []
    /// The first order, and how many there were.
    public var order: [Int] = []
    public var orders: [Int] = []
    /// Orders left out by rule, with the rule.
    public var leftOut: [(order: Int, reason: LeftOut)] = []

    public var count: Int { store.count }

    init(_ journal: GroupJournal, identity: Identity, header: JournalHeader, asOf: Instant) {
        let orders = journal.orders
        let deliveries = VehicleHistory(journal, identity, header, asOf)
        var position: [Key: Int] = [:]
        position.reserveCapacity(orders.count)
        for index in VisitFacts.inOrder(orders) {
            let opened = orders.openedAt[index]
            let vehicle = orders.vehicle[index]
            let storeCode = orders.store[index]
            let day = header.zone(ofStore: Int(storeCode)).day(at: opened.instant)
            let reason = VisitFacts.reason(orders, index, asOf)
                ?? (deliveries.wasInStock(vehicle, of: identity[orders.customer[index]], at: opened, day) ? .preparation : nil)
            if let reason {
                leftOut.append((index, reason))
                continue
            }
            let key = Key(
                store: storeCode, identity: identity[orders.customer[index]],
                vehicle: vehicle >= 0 ? vehicle : -1 - Int32(truncatingIfNeeded: index), day: day)
            if let visit = position[key] {
                self.orders[visit] += 1
                boughtHere[visit] = boughtHere[visit] ?? orders.boughtHere[index]
                if vehicleYear[visit] < 0 { vehicleYear[visit] = orders.vehicleYear[index] }
                continue
            }
            position[key] = count
            store.append(storeCode)
            self.identity.append(key.identity)
            self.vehicle.append(vehicle)
            self.day.append(day)
            openedAt.append(opened)
            advisor.append(orders.advisor[index])
            boughtHere.append(orders.boughtHere[index])
            payType.append(orders.payType[index])
            vehicleYear.append(orders.vehicleYear[index])
            order.append(index)
            self.orders.append(1)
        }
    }

    private struct Key: Hashable {
        var store: Int32
        var identity: Int32
        var vehicle: Int32
        var day: Day

        func hash(into hasher: inout Hasher) {
            hasher.combine(UInt64(UInt32(bitPattern: identity)) << 32 | UInt64(UInt32(bitPattern: vehicle)))
            hasher.combine(UInt64(UInt32(bitPattern: store)) << 32 | UInt64(UInt32(bitPattern: day.number)))
        }
    }

    /// By time, then number: the same whatever the order of the rows.
    private static func inOrder(_ orders: GroupJournal.Orders) -> [Int] {
        struct Opening {
            var at: Int64
            var order: Int32
        }
        let identifiers = orders.identifiers
        return orders.openedAt.enumerated().map { Opening(at: $1.raw, order: Int32(truncatingIfNeeded: $0)) }
            .sorted { $0.at != $1.at ? $0.at < $1.at : identifiers.precedes($0.order, $1.order) }
            .map { Int($0.order) }
    }

    private static func reason(
        _ orders: GroupJournal.Orders, _ index: Int, _ asOf: Instant
    ) -> LeftOut? {
        if orders.openedAt[index].instant >= asOf { return .afterAsOf }
        if orders.status[index] == .void { return .void }
        if orders.payType[index] == .internal { return .dealerOwned }
        return nil
    }
}

/// When each car was traded in and delivered, to tell work on a car in stock from a customer's visit. Deals up to the as-of.
struct VehicleHistory {
    /// By sale.
    private let soldAt: [Moment]
    private let soldOn: [Day]
    private let vehicle: [Int32]
    private let buyer: [Int32]
    /// Sales by vehicle sold, by vehicle traded in and by whose they are.
    private let deliveries: PositionsByCode
    private let tradeIns: PositionsByCode
    private let purchases: PositionsByCode

    init(_ journal: GroupJournal, _ identity: Identity, _ header: JournalHeader, _ asOf: Instant) {
        let sales = journal.sales
        func known(_ codes: [Int32]) -> [Int32] { codes.indices.map { sales.soldAt[$0].instant < asOf ? codes[$0] : -1 } }
        soldAt = sales.soldAt
        soldOn = (0..<sales.count).map { header.zone(ofStore: Int(sales.store[$0])).day(at: sales.soldAt[$0].instant) }
        vehicle = sales.vehicle
        deliveries = PositionsByCode(known(sales.vehicle), count: journal.vehicles.count)
        tradeIns = PositionsByCode(known(sales.tradeIn), count: journal.vehicles.count)
        buyer = sales.customer.indices.map { sales.kind[$0] == .wholesale ? -1 : identity[sales.customer[$0]] }
        purchases = PositionsByCode(known(buyer), count: journal.customers.count)
    }

    /// The car was delivered at or after this time, and not traded in between: it was ours. Work on a car that its owner
    /// traded in later was a visit, also when the car was sold again. Where deals name no trade-in, one is taken for granted of
    /// whoever brought this car and bought another one before it was delivered.
    func wasInStock(_ vehicle: Int32, of customer: Int32, at moment: Moment, _ day: Day) -> Bool {
        guard vehicle >= 0, !deliveries.range(ofCode: vehicle).isEmpty else { return false }
        func isNotBefore(_ sale: Int32) -> Bool {
            let at = soldAt[Int(sale)]
            return at.isDateOnly || moment.isDateOnly ? soldOn[Int(sale)] >= day : at.instant >= moment.instant
        }
        let later = deliveries[vehicle].filter(isNotBefore)
        guard let delivered = later.map({ soldAt[Int($0)].instant }).min() else { return false }
        func isBetween(_ sale: Int32) -> Bool { isNotBefore(sale) && soldAt[Int(sale)].instant <= delivered }
        if tradeIns[vehicle].contains(where: isBetween) { return false }
        // Of two cars that one buys, neither was traded in for the other.
        if customer < 0 || later.contains(where: { buyer[Int($0)] == customer }) { return true }
        return !purchases[customer].contains { self.vehicle[Int($0)] != vehicle && isBetween($0) }
    }
}
