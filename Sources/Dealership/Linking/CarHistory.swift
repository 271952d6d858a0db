public import Basis

/// What is on record of a customer's car before a day. What is not on record is nil, never 0.
public struct KnownCar: Hashable, Sendable {
    /// Code in the journal's vehicles; −1: no VIN.
    public var vehicle: Int32 = -1
    public var year: Int?
    public var mileage: Int?
    /// When the mileage was read; nil: the appointment says it.
    public var mileageDay: Day?
    /// When the customer bought it here.
    public var purchaseDay: Day?
    public var boughtHere: Bool?
    public var payType: PayType?
    public var leaseEnd: Day?
    public var recall: Bool?
}

/// Repair orders and deals by customer and by car, in order of time: which car a customer drives, and what is known of it.
struct CarHistory {
    private let facts: Facts
    private let orderDays: [Day]
    private let ordersOfCustomer: RecordsByCode
    private let ordersOfVehicle: RecordsByCode
    /// Positions in the facts' sales.
    private let salesOfCustomer: RecordsByCode
    private let isSold: [Bool]

    init(_ facts: Facts) {
        self.facts = facts
        let journal = facts.journal
        let (orders, sales) = (journal.orders, facts.sales)
        let days = facts.days(orders.store) { orders.openedAt[$0].instant.seconds }
        orderDays = days
        let asOf = facts.header.asOf
        // Work on cars of our own says nothing of a customer's.
        let counts = (0..<orders.count).map { order in
            orders.status[order] != .void && orders.payType[order] != .internal && orders.openedAt[order].instant < asOf
        }
        func precedes(_ a: Int, _ b: Int) -> Bool {
            let (x, y) = (orders.openedAt[a].raw, orders.openedAt[b].raw)
            return x != y ? x < y : orders.identifiers[Int32(a)] < orders.identifiers[Int32(b)]
        }
        var ofCustomer = RecordsByCode(codes: journal.customers.count, records: orders.count) {
            counts[$0] ? facts.identity[orders.customer[$0]] : -1
        }
        ofCustomer.sort(by: precedes)
        ordersOfCustomer = ofCustomer
        var ofVehicle = RecordsByCode(codes: journal.vehicles.count, records: orders.count) {
            counts[$0] ? orders.vehicle[$0] : -1
        }
        ofVehicle.sort(by: precedes)
        ordersOfVehicle = ofVehicle
        var deals = RecordsByCode(codes: journal.customers.count, records: sales.count) { sales.identity[$0] }
        deals.sort { a, b in
            if sales.day[a] != sales.day[b] { return sales.day[a] < sales.day[b] }
            let (x, y) = (Int32(sales.sale[a]), Int32(sales.sale[b]))
            return journal.sales.identifiers[x] < journal.sales.identifiers[y]
        }
        salesOfCustomer = deals
        var isSold = [Bool](repeating: false, count: journal.vehicles.count)
        for sale in 0..<sales.count where journal.sales.vehicle[sales.sale[sale]] >= 0 {
            isSold[Int(journal.sales.vehicle[sales.sale[sale]])] = true
        }
        self.isSold = isSold
    }

    /// The latest deal of a customer before a day: position in the facts' sales.
    func lastSale(of customer: Int32, before day: Day) -> Int? {
        salesOfCustomer[customer].last { facts.sales.day[Int($0)] < day }.map { Int($0) }
    }

    /// The car an appointment is for: the one it names, else the one the customer came with or bought last. A VIN that is
    /// not 17 long and that nothing else names is a slip, and says nothing.
    func car(ofAppointment index: Int, of customer: Int32, on day: Day) -> KnownCar {
        let log = facts.journal.appointments
        let named = log.vehicle[index]
        var car = KnownCar()
        if named >= 0, isKnown(named) || facts.journal.vehicles[named].utf8.count == 17 {
            car = self.car(named, of: customer, before: day)
        } else if let last = lastCar(of: customer, before: day) {
            car = last
        }
        if log.vehicleYear[index] > 0 { car.year = Int(log.vehicleYear[index]) }
        if log.mileage[index] > 0 {
            car.mileage = Int(log.mileage[index])
            car.mileageDay = nil
        }
        let lease = log.leaseEnd[index]
        if !lease.isMissing { car.leaseEnd = facts.header.zone(ofStore: Int(log.store[index])).day(at: lease.instant) }
        car.recall = log.recall[index]
        return car
    }

    private func isKnown(_ vehicle: Int32) -> Bool { isSold[Int(vehicle)] || !ordersOfVehicle[vehicle].isEmpty }

    private func lastCar(of customer: Int32, before day: Day) -> KnownCar? {
        let order = ordersOfCustomer[customer].last { orderDays[Int($0)] < day }.map { Int($0) }
        let sale = lastSale(of: customer, before: day)
        if let sale, order.map({ orderDays[$0] <= facts.sales.day[sale] }) ?? true {
            let vehicle = facts.journal.sales.vehicle[facts.sales.sale[sale]]
            if vehicle >= 0 { return car(vehicle, of: customer, before: day) }
            var car = KnownCar()
            take(sale, into: &car)
            return car
        }
        guard let order else { return nil }
        let vehicle = facts.journal.orders.vehicle[order]
        if vehicle >= 0 { return car(vehicle, of: customer, before: day) }
        // Without a VIN an order is its own car.
        var car = KnownCar()
        take(order: order, into: &car)
        return car
    }

    private func car(_ vehicle: Int32, of customer: Int32, before day: Day) -> KnownCar {
        var car = KnownCar()
        car.vehicle = vehicle
        for order in ordersOfVehicle[vehicle].reversed() where orderDays[Int(order)] < day {
            take(order: Int(order), into: &car)
        }
        let sales = facts.journal.sales
        let bought = salesOfCustomer[customer].last {
            facts.sales.day[Int($0)] < day && sales.vehicle[facts.sales.sale[Int($0)]] == vehicle
        }
        if let bought { take(Int(bought), into: &car) }
        return car
    }

    /// What later orders have not said.
    private func take(order: Int, into car: inout KnownCar) {
        let orders = facts.journal.orders
        if car.year == nil, orders.vehicleYear[order] > 0 { car.year = Int(orders.vehicleYear[order]) }
        if car.mileage == nil, orders.mileage[order] > 0 {
            car.mileage = Int(orders.mileage[order])
            car.mileageDay = orderDays[order]
        }
        car.payType = car.payType ?? orders.payType[order]
        car.boughtHere = car.boughtHere ?? orders.boughtHere[order]
    }

    private func take(_ sale: Int, into car: inout KnownCar) {
        car.purchaseDay = facts.sales.day[sale]
        car.boughtHere = true
        let row = facts.sales.sale[sale]
        let lease = facts.journal.sales.leaseEnd[row]
        if car.leaseEnd == nil, !lease.isMissing {
            car.leaseEnd = facts.header.zone(ofStore: Int(facts.sales.store[sale])).day(at: lease.instant)
        }
    }
}
