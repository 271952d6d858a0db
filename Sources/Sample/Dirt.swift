import Basis

/// Faults as exports have them, each in rows of its own: without them every other row stays as it is.
extension StoreMaker {
    mutating func addDirt() {
        repeatRows()
        for (position, entry) in ordersByMonth.dropLast().enumerated() {
            addOrders(entry.month, from: entry.first, to: ordersByMonth[position + 1].first)
            addMail(entry.month, position)
            addDirtyAppointments(entry.month)
        }
        addSkippedTime()
        addStrangers()
    }

    private func count(_ monthly: Double, _ random: inout RandomStream) -> Int {
        max(1, random.poisson(monthly * options.size))
    }

    private mutating func plant(_ fault: SampleTruth.Fault) { truth.faults[fault, default: 0] += 1 }

    /// Some twenty rows a month that an export holds twice.
    private mutating func repeatRows() {
        var random = stream("repeated rows")
        for _ in 0..<options.months {
            for (export, monthly) in [(Export.email, 5.0), (.texts, 5), (.calls, 4), (.leads, 1)] {
                let rows = sheets[export].count
                guard rows > 0 else { continue }
                for _ in 0..<count(monthly, &random) {
                    sheets[export].repeatRow(random.below(rows))
                    plant(.repeatedRow)
                }
            }
        }
        for year in sheets.orders.keys.sorted() {
            guard let rows = sheets.orders[year]?.count, rows > 0 else { continue }
            for _ in 0..<max(1, rows / 160) {
                sheets.orders[year]?.repeatRow(random.below(rows))
                plant(.repeatedRow)
            }
        }
    }

    private static let unreadable = ["02/30/2026 9:15", "13/13/2026 8:05", "00/00/0000 0:00", "n/a", "7/1/26 25:10"]

    /// Void and internal orders, work on cars just sold, unreadable dates, numbers cut short; they take the order
    /// numbers that were left for them.
    private mutating func addOrders(_ month: Month, from first: Int, to last: Int) {
        var random = stream("dirty orders", Int(month.number))
        let kinds: [(SampleTruth.Fault, Double)] = [
            (.voidOrder, 44), (.internalOrder, 36), (.preparationOrder, 15), (.unreadableDate, 6), (.shortVIN, 2),
        ]
        let house = customers.extraInDMS(0, isNew: month == options.firstDay.month)
        let sold = sales.filter { $0.soldOn.month == month && !$0.isWholesale && $0.soldOn > month.firstDay }
        var gap = first / 8
        for (fault, monthly) in kinds {
            for _ in 0..<count(monthly, &random) {
                let day = frame.openDay(from: month.firstDay + random.below(26))
                guard day.month == month else { continue }
                let opened = frame.instant(day, (frame.openSecond(on: day, &random) ?? 36_000) / 60 * 60)
                let number = gap < last / 8 ? "\(orderBase + 9 * (gap + 1))" : "\(orderBase + 900_000 + gap)"
                gap += 1
                var order = MadeOrder(
                    number: number, customer: house, vin: "", year: day.civil.year, mileage: random.below(90_000),
                    opened: opened, closed: opened + 7_200, advisor: nil,
                    amount: Money(minorUnits: Int64(random.within(0...60_000))), pay: "C", boughtHere: false)
                guard dirty(&order, fault, sold, day, &random) else { continue }
                writeOrder(order)
                plant(fault)
            }
        }
    }

    /// Makes the order the fault it is to be; false where there is nothing to make it of.
    private mutating func dirty(
        _ order: inout MadeOrder, _ fault: SampleTruth.Fault, _ sold: [MadeSale], _ day: Day,
        _ random: inout RandomStream
    ) -> Bool {
        switch fault {
        case .voidOrder:
            let customer = customers.all[random.below(customers.serviced)]
            let vehicle = customer.vehicle(on: day)
            order.customer = customer.dmsNumber
            order.vin = Names.vin(serial: vehicle.serial, year: vehicle.year)
            order.amount = .zero
            order.status = "V"
        case .internalOrder:
            order.vin = Names.vin(serial: customers.extraSerial(), year: order.year - 3)
            order.pay = "I"
        case .preparationOrder:
            guard let sale = random.pick(sold) else { return false }
            order.opened = frame.instant(frame.openDay(from: sale.soldOn + -3), 34_200)
            let day = self.day(of: order.opened)
            guard day < sale.soldOn, day >= frame.firstDay else { return false }
            order.closed = order.opened + 5_400
            order.customer = sale.number
            order.vin = sale.vin
        case .unreadableDate:
            order.customer = extraInDMS()
            order.vin = Names.vin(serial: customers.extraSerial(), year: order.year - 5)
            order.unreadableDate = random.pick(Self.unreadable)
        default:
            order.customer = extraInDMS()
            order.vin = String(Names.vin(serial: customers.extraSerial(), year: order.year - 5).dropLast())
            truth.visits[day.month, default: 0] += 1
            truth.serviceCustomers += 1
        }
        return true
    }

    private mutating func extraInDMS() -> Int {
        extras += 1
        return customers.extraInDMS(extras, isNew: true)
    }

    private mutating func extraInCRM() -> Int {
        extras += 1
        return customers.extraInCRM(extras)
    }

    /// E-mails with unreadable dates, and answers whose clock runs ahead of the question's.
    private mutating func addMail(_ month: Month, _ position: Int) {
        var random = stream("dirty mail", Int(month.number))
        for number in 0..<count(3, &random) {
            let customer = extraInCRM()
            sheets[.email].begin()
            let thread = "EX\(frame.index + 1)\(month.number)\(number)"
            sheets[.email].text(thread + "-1")
            sheets[.email].text(thread)
            sheets[.email].text(frame.identifier)
            sheets[.email].number(customer)
            let date = random.pick(Self.unreadable) ?? ""
            for cell in ["inbound", "", "service", date, "no", ""] { sheets[.email].text(cell) }
            sheets[.email].end(at: frame.instant(month.firstDay + random.below(27), 43_200).seconds)
            plant(.unreadableDate)
        }
        guard position % 2 == 1 else { return }
        let day = frame.openDay(from: month.firstDay + 3 + random.below(18))
        let asked = frame.instant(day, 39_600 + random.below(7_200))
        let thread = "EY\(frame.index + 1)\(month.number)"
        let customer = extraInCRM()
        write(Line(.email, thread, 1, customer, .inbound, nil, .service, asked))
        write(Line(.email, thread, 2, customer, .outbound, 1, .service, asked + -95))
        record(thread, .email, asked: asked, reply: nil, delay: 0)
        plant(.replyBeforeQuestion)
    }

    /// Service customers whose phone number the CRM also has of somebody else.
    private mutating func addStrangers() {
        var random = stream("numbers given again")
        var taken: Set<Int> = []
        for position in 0..<count(14, &random) {
            let index = random.below(customers.serviced)
            guard !customers.isFirm(index), taken.insert(index).inserted else { continue }
            customers.strangerInCRM(position, phoneOf: index)
            plant(.numberGivenAgain)
        }
        if taken.isEmpty {
            customers.strangerInCRM(0, phoneOf: (0..<customers.serviced).first { !customers.isFirm($0) } ?? 0)
            plant(.numberGivenAgain)
        }
    }

    /// A mail at half past two in the night in which the clock is put forward, answered in the morning.
    private mutating func addSkippedTime() {
        for day in days {
            let (instant, kind) = frame.zone.instant(day: day, secondOfDay: 9_000)
            guard kind == .skipped else { continue }
            let thread = "EZ\(frame.index + 1)\(day.number)"
            let customer = extraInCRM()
            let reply = answer(on: .email, to: instant, seconds: 900)
            sheets[.email].begin()
            sheets[.email].text(thread + "-1")
            sheets[.email].text(thread)
            sheets[.email].text(frame.identifier)
            sheets[.email].number(customer)
            for cell in ["inbound", "", "service", "\(day) 02:30:00", "no", ""] { sheets[.email].text(cell) }
            sheets[.email].end(at: instant.seconds)
            write(Line(.email, thread, 2, customer, .outbound, 1, .service, reply.given))
            record(thread, .email, asked: instant, reply: reply, delay: 900)
            plant(.skippedLocalTime)
        }
    }
}
