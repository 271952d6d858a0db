import Basis

extension StoreMaker {
    /// Day by day, because who buys today comes with another car tomorrow.
    mutating func makeVisitsAndSales() {
        for day in days {
            if ordersByMonth.last?.month != day.month { ordersByMonth.append((day.month, orders)) }
            makeWebLeads(on: day)
            makeOtherSales(on: day)
            guard frame.isOpen(on: day) else { continue }
            makeVisits(on: day)
            makeMissedAppointments(on: day)
        }
        ordersByMonth.append((options.lastMonth + 1, orders))
        makeComingAppointments()
    }

    private mutating func makeVisits(on day: Day) {
        var random = stream("visits", Int(day.number))
        let count = random.poisson(frame.mean(on: day, monthly: 870 * options.size, withClosed: false))
        var moments: [(customer: Int, second: Int)] = []
        for _ in 0..<count {
            guard let customer = serviceCustomer(on: day, &random) else { continue }
            moments.append((customer, arrival(on: day, &random)))
        }
        for customer in returning.removeValue(forKey: day) ?? [] where isDue(customer, on: day) {
            moments.append((customer, arrival(on: day, &random)))
        }
        moments.sort { ($0.second, $0.customer) < ($1.second, $1.customer) }
        for (customer, second) in moments where isDue(customer, on: day) { visit(customer, day, second) }
    }

    /// Most cars come in the morning.
    private func arrival(on day: Day, _ random: inout RandomStream) -> Int {
        guard let first = frame.stretches(on: day).first else { return 36_000 }
        let length = first.upperBound - first.lowerBound - 1_800
        let share = min(random.share(), random.share())
        return (first.lowerBound + Int(Double(length) * share)) / 60 * 60
    }

    /// Three weeks pass between two visits of one customer.
    private func isDue(_ index: Int, on day: Day) -> Bool {
        customers.all[index].lastVisit.map { day - $0 >= 21 } ?? true
    }

    private func serviceCustomer(on day: Day, _ random: inout RandomStream) -> Int? {
        for _ in 0..<30 {
            let index = random.below(customers.serviced)
            if isDue(index, on: day) { return index }
        }
        return nil
    }

    private mutating func visit(_ index: Int, _ day: Day, _ second: Int) {
        var random = stream("visit", customers.all[index].contact, Int(day.number))
        let opened = frame.instant(day, second)
        customers.all[index].lastVisit = day
        visits.append((index, day, opened))
        let vehicle = customers.all[index].vehicle(on: day)
        let advisors = staff.available(.service, on: day).filter { staff.people[$0].role == "advisor" }
        let advisor = random.pick(advisors) ?? 0
        let isWarranty = random.chance(0.22)
        let hours = random.lognormal(median: 3.2, sigma: 0.9)
        let hasAppointment = random.chance(0.62)
        let second = random.chance(0.03)
        for part in 0..<(second ? 2 : 1) {
            let amount = random.lognormal(median: isWarranty ? 210 : 290, sigma: 0.8)
            let number = nextOrderNumber()
            let appointment = hasAppointment && part == 0 ? "A\(number)" : ""
            writeOrder(
                MadeOrder(
                    number: "\(number)", customer: customers.all[index].dmsNumber,
                    vin: Names.vin(serial: vehicle.serial, year: vehicle.year), year: vehicle.year,
                    mileage: max(40, (day.civil.year - vehicle.year) * 11_800 + random.below(9_000)), opened: opened,
                    closed: open.deadline(from: opened, seconds: Int64(max(0.4, hours) * 3_600)), advisor: advisor,
                    amount: Money(minorUnits: Int64(amount * 100)), pay: isWarranty && part == 0 ? "W" : "C",
                    boughtHere: customers.all[index].boughtHere, appointment: appointment))
            if !appointment.isEmpty { writeAppointment(appointment, index, day, opened, "shown", advisor, &random) }
        }
        follow(visit: visits.count - 1)
    }

    /// Numbers run on, with one in nine left for orders that were opened by mistake or for our own cars.
    mutating func nextOrderNumber() -> Int {
        orders += 1
        return orderBase + orders + (orders - 1) / 8
    }

    var orderBase: Int { frame.index * 1_000_000 + 40_000 }

    mutating func writeOrder(_ order: MadeOrder) {
        let year = day(of: order.opened).civil.year
        let advisor = order.advisor.map { staff.people[$0].identifier }
        Self.write(order, frame, advisor, &sheets.orders[year, default: Self.orderSheet])
    }

    static let orderSheet = Sheet(Sheets.orderHeader, delimiter: "\t")

    private static func write(_ order: MadeOrder, _ frame: StoreFrame, _ advisor: String?, _ sheet: inout Sheet) {
        let isClosed = order.closed < frame.end
        sheet.begin()
        sheet.text(frame.identifier)
        sheet.text(order.number)
        sheet.number(order.customer)
        sheet.text(order.vin)
        sheet.number(order.year)
        sheet.number(order.mileage)
        if let date = order.unreadableDate { sheet.text(date) } else { sheet.american(order.opened, frame.zone) }
        if isClosed { sheet.american(order.closed, frame.zone) } else { sheet.empty() }
        sheet.text(advisor ?? "")
        sheet.money(order.amount, grouping: true)
        sheet.text(order.pay)
        sheet.text(order.status ?? (isClosed ? "C" : "O"))
        sheet.text(order.boughtHere ? "Y" : "N")
        sheet.text(order.appointment)
        sheet.end(at: order.opened.seconds)
    }
}

/// A repair order on its way into the export.
struct MadeOrder {
    var number: String
    var customer: Int
    var vin: String
    var year: Int
    var mileage: Int
    var opened: Instant
    var closed: Instant
    var advisor: Int?
    var amount: Money
    var pay: String
    var boughtHere: Bool
    var appointment = ""
    var status: String?
    var unreadableDate: String?
}

// MARK: - Service appointments

extension StoreMaker {
    private mutating func writeAppointment(
        _ identifier: String, _ customer: Int, _ day: Day, _ scheduled: Instant, _ status: String, _ advisor: Int,
        _ random: inout RandomStream
    ) {
        let bookedOn = max(frame.firstDay, min(day, frame.lastDay) + -random.within(0...13))
        let workday = frame.openDay(from: bookedOn)
        let booked = workday < day
            ? frame.instant(workday, frame.openSecond(on: workday, &random) ?? 36_000)
            : frame.instant(min(day, frame.lastDay), 25_200)
        sheets[.appointments].begin()
        sheets[.appointments].text(identifier)
        sheets[.appointments].text(frame.identifier)
        sheets[.appointments].number(customers.all[customer].dmsNumber)
        sheets[.appointments].text("service")
        sheets[.appointments].local(min(booked, frame.end + -3_600), frame.zone)
        sheets[.appointments].local(Instant(seconds: scheduled.seconds / 900 * 900), frame.zone)
        sheets[.appointments].text(status)
        sheets[.appointments].text(person(advisor))
        appointmentCar(of: customer, on: day).write(&sheets[.appointments])
        sheets[.appointments].end(at: scheduled.seconds)
    }

    private mutating func makeMissedAppointments(on day: Day) {
        var random = stream("missed appointments", Int(day.number))
        let count = random.poisson(frame.mean(on: day, monthly: 58 * options.size, withClosed: false))
        for position in 0..<count {
            let customer = random.below(customers.serviced)
            let status = random.chance(0.6) ? "missed" : "cancelled"
            writeAppointment(
                "M\(frame.index + 1)-\(day.number)-\(position)", customer, day,
                frame.instant(day, arrival(on: day, &random)), status, random.below(3), &random)
        }
    }

    /// What is booked for the days after the exports end: fewer and fewer.
    private mutating func makeComingAppointments() {
        for ahead in 1...12 {
            let day = frame.lastDay + ahead
            guard frame.isOpen(on: day) else { continue }
            var random = stream("coming appointments", ahead)
            let count = random.poisson(24 * options.size * Double(13 - ahead) / 12)
            for position in 0..<count {
                guard let customer = serviceCustomer(on: day, &random) else { continue }
                writeAppointment(
                    "B\(frame.index + 1)-\(day.number)-\(position)", customer, day,
                    frame.instant(day, arrival(on: day, &random)), "booked", random.below(3), &random)
            }
        }
    }
}
