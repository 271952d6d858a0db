import Basis

/// How far a lead gets.
struct LeadCourse {
    var owner: Int
    var isReached = false
    var hasAppointment = false
    var isShown = false
    var isSold = false
    /// Days after the lead.
    var appointmentLag = 0
    var saleLag = 0
}

extension StoreMaker {
    static let reachOfDedicated = 0.49
    static let reachOfOthers = 0.17
    private static let soldOfShownByDedicated = 0.47
    private static let soldOfShownByOthers = 0.88

    // MARK: - From service

    /// One visit in three becomes a lead; some customers buy without one.
    mutating func follow(visit: Int) {
        let (index, day, opened) = visits[visit]
        var random = stream("prospect", customers.all[index].contact, Int(day.number))
        let isLead = random.chance(0.37)
        let routed = random.chance(0.39)
        let salesperson = random.share()
        let delay = Int64(random.within(10...170)) * 60
        let course = Steps(&random)
        let buysAlone = random.chance(0.01)
        guard customers.all[index].crmNumber > 0, isLead else {
            if buysAlone, let seller = seller(on: day, salesperson) {
                sell(index, after: day, lag: course.saleLag, by: seller)
            }
            return
        }
        let isDedicated = routed && staff.hasDedicatedStarted(by: day)
        let owner = isDedicated ? staff.dedicated : seller(on: day, salesperson) ?? staff.dedicated
        let lead = course.taken(
            by: owner,
            reach: isDedicated && options.has(.dedicated) ? Self.reachOfDedicated : Self.reachOfOthers,
            soldOfShown: isDedicated && options.has(.dedicated)
                ? Self.soldOfShownByDedicated : Self.soldOfShownByOthers)
        let created = frame.readable(opened + delay)
        let isReached = writeLead("L\(orders + orderBase)", index, created, "service", lead, &random)
        if created < frame.end {
            let month = self.day(of: created).month
            if isDedicated {
                truth.leads.dedicated[month, default: .init()].leads += 1
                if isReached { truth.leads.dedicated[month, default: .init()].reached += 1 }
            } else {
                truth.leads.others[month, default: .init()].leads += 1
                if isReached { truth.leads.others[month, default: .init()].reached += 1 }
            }
        }
        if lead.isSold { sell(index, after: day, lag: lead.saleLag, by: owner) }
    }

    /// What chance has in store, drawn whether it comes to it or not.
    struct Steps {
        private let reached: Double
        private let appointment: Double
        private let shown: Double
        private let sold: Double
        private let appointmentLag: Int
        let saleLag: Int

        init(_ random: inout RandomStream) {
            reached = random.share()
            appointment = random.share()
            shown = random.share()
            sold = random.share()
            appointmentLag = 1 + Int(random.lognormal(median: 3, sigma: 0.6))
            saleLag = max(appointmentLag + 1, Int(random.lognormal(median: 11, sigma: 0.85)))
        }

        func taken(by owner: Int, reach: Double, soldOfShown: Double) -> LeadCourse {
            var course = LeadCourse(owner: owner)
            course.isReached = reached < reach
            course.hasAppointment = course.isReached && appointment < 0.7
            course.isShown = course.hasAppointment && shown < 0.73
            course.isSold = course.isShown && sold < soldOfShown
            course.appointmentLag = appointmentLag
            course.saleLag = saleLag
            return course
        }
    }

    private func seller(on day: Day, _ share: Double) -> Int? {
        let sellers = staff.available(.sales, on: day)
        return sellers.isEmpty ? nil : sellers[min(sellers.count - 1, Int(share * Double(sellers.count)))]
    }

    // MARK: - From elsewhere

    /// Web forms: customers of whom only the CRM knows until they buy.
    mutating func makeWebLeads(on day: Day) {
        var random = stream("web leads", Int(day.number))
        let count = random.poisson(frame.mean(on: day, monthly: 170 * options.size, withClosed: true))
        for position in 0..<count {
            var own = stream("web lead", Int(day.number), position)
            let isAfterHours = !frame.isOpen(on: day) || own.chance(0.4)
            let second = isAfterHours ? frame.closedSecond(on: day, &own) : frame.openSecond(on: day, &own) ?? 36_000
            let index = customers.newInCRM()
            let workday = self.day(of: open.firstRunning(from: frame.instant(day, second)))
            guard let owner = seller(on: workday, own.share()) else { continue }
            let source = own.chance(0.6) ? "web" : own.chance(0.6) ? "third-party" : "manufacturer"
            let lead = Steps(&own).taken(by: owner, reach: 0.55, soldOfShown: 0.42)
            let identifier = "W\(frame.index + 1)-\(day.number)-\(position)"
            guard let created = webLeadArrives(frame.instant(day, second), source, day, position) else { continue }
            _ = writeLead(identifier, index, created, source, lead, &own)
            if lead.isSold { sell(index, after: day, lag: lead.saleLag, by: owner) }
        }
    }

    /// Who walks in and buys, and cars that go to other dealers.
    mutating func makeOtherSales(on day: Day) {
        guard frame.isOpen(on: day) else { return }
        var random = stream("other sales", Int(day.number))
        for _ in 0..<random.poisson(frame.mean(on: day, monthly: 34 * options.size, withClosed: false)) {
            let index = customers.newInCRM()
            if let owner = seller(on: day, random.share()) { sell(index, after: day, lag: 0, by: owner) }
        }
        for _ in 0..<random.poisson(frame.mean(on: day, monthly: 9 * options.size, withClosed: false)) {
            let index = customers.newInCRM()
            if let owner = seller(on: day, random.share()) {
                sell(index, after: day, lag: 0, by: owner, isWholesale: true)
            }
        }
    }

    // MARK: - Sales

    /// Writes the deal unless it lies behind the end of the exports or the customer bought half a year ago.
    private mutating func sell(_ index: Int, after day: Day, lag: Int, by seller: Int, isWholesale: Bool = false) {
        var random = stream("sale", customers.all[index].contact, Int(day.number))
        let serviced = customers.all[index].dmsNumber > 0
        let soldOn = frame.openDay(from: day + lag)
        if let last = customers.all[index].soldOn, soldOn - last < 180 { return }
        let tradesIn = random.chance(0.45)
        let record = random.share()
        let front = 1_230 + 700 * random.normal()
        let back = random.lognormal(median: isWholesale ? 1 : 740, sigma: 0.6)
        let isReversed = random.chance(0.025)
        let reversedOn = soldOn + random.within(4...35)
        let comesBack = random.chance(0.45)
        let firstService = random.within(35...150)
        let isEarlierCar = customers.all[index].vehicle(on: soldOn)
        guard soldOn <= frame.lastDay else { return }
        // Three in four deals stand under the number that service knows; the others were typed anew.
        var sale = MadeSale(
            customer: index, soldOn: soldOn, isLinked: true, isWholesale: isWholesale,
            gross: Money(minorUnits: Int64(front * 100)) + Money(minorUnits: Int64(back * 100)),
            reversedOn: isReversed && reversedOn <= frame.lastDay ? reversedOn : nil,
            boughtHere: customers.all[index].boughtHere)
        let (deal, serial) = customers.nextDeal(index)
        var number = customers.all[index].dmsNumber
        var isTradeKnown = serviced && tradesIn
        if !serviced {
            number = customers.newInDMS(index, .both)
            customers.all[index].dmsNumber = number
            customers.all[index].isFound = true
        } else if record >= 0.75 {
            let agreement: Customers.Agreement = record < 0.87 ? .phone : record < 0.93 ? .mail : .neither
            number = customers.newInDMS(index, agreement)
            if agreement == .neither {
                isTradeKnown = record < 0.985
                sale.isLinked = isTradeKnown
            }
        }
        sale.deal = "D\(frame.index + 1)-\(deal)"
        sale.number = number
        sale.vin = Names.vin(serial: serial, year: soldOn.civil.year)
        sales.append(sale)
        writeDeal(
            sale, tradeIn: isTradeKnown ? Names.vin(serial: isEarlierCar.serial, year: isEarlierCar.year) : "", seller,
            front: Money(minorUnits: Int64(front * 100)), back: Money(minorUnits: Int64(back * 100)),
            lease: isWholesale ? nil : leaseEnd(ofDeal: serial, soldOn: soldOn))
        guard !isWholesale else { return }
        customers.all[index].soldOn = soldOn
        customers.all[index].soldSerial = serial
        customers.all[index].boughtHere = true
        if !serviced, comesBack { returning[frame.openDay(from: soldOn + firstService), default: []].append(index) }
    }

    private mutating func writeDeal(
        _ sale: MadeSale, tradeIn: String, _ seller: Int, front: Money, back: Money, lease: Day?
    ) {
        sheets[.deals].begin()
        sheets[.deals].text(sale.deal)
        sheets[.deals].text(frame.identifier)
        sheets[.deals].number(sale.number)
        sheets[.deals].text(sale.vin)
        sheets[.deals].text(tradeIn)
        sheets[.deals].day(sale.soldOn)
        sheets[.deals].text(person(seller))
        sheets[.deals].money(front)
        sheets[.deals].money(back)
        sheets[.deals].text(sale.isWholesale ? "wholesale" : "retail")
        if let reversed = sale.reversedOn { sheets[.deals].day(reversed) } else { sheets[.deals].empty() }
        if let lease { sheets[.deals].day(lease) } else { sheets[.deals].empty() }
        sheets[.deals].end(at: Int64(sale.soldOn.number))
    }
}

// MARK: - Leads and what follows them

extension StoreMaker {
    /// The lead, the attempts to reach the customer, the appointment. Whether the customer answered by the end.
    private mutating func writeLead(
        _ identifier: String, _ index: Int, _ created: Instant, _ source: String, _ lead: LeadCourse,
        _ random: inout RandomStream
    ) -> Bool {
        let wait = Int64(random.lognormal(median: 48, sigma: 0.9) * 60)
        let channel: Channel = random.chance(0.6) ? .sms : .email
        let calls = random.weighted([0.2, 0.55, 0.25])
        let answersAfter = Int64(random.lognormal(median: 95, sigma: 0.9) * 60)
        let draws = TalkDraws(&random)
        let startDay = day(of: created)
        customers.all[index].busy.append(startDay...(startDay + 12))
        guard created < frame.end else { return false }
        let number = customers.all[index].crmNumber
        let isLost = !lead.isReached && self.day(of: created) + 30 < frame.lastDay
        sheets[.leads].begin()
        sheets[.leads].text(identifier)
        sheets[.leads].text(frame.identifier)
        sheets[.leads].number(number)
        sheets[.leads].local(created, frame.zone)
        sheets[.leads].text(source)
        sheets[.leads].text(person(lead.owner))
        sheets[.leads].text(isLost ? "lost" : lead.isSold ? "sold" : lead.isReached ? "working" : "open")
        sheets[.leads].end(at: created.seconds)
        let first = answer(on: channel, to: created, seconds: wait)
        let thread = "LD-" + identifier
        write(Line(channel, thread, 1, number, .outbound, lead.owner, .sales, first.given))
        for call in 0..<calls {
            let at = answer(on: .phone, to: first.given, seconds: Int64(call * 2 + 1) * 9_000).given
            if !lead.isReached {
                write(
                    Line(
                        .phone, thread + "P", call + 1, number, .outbound, lead.owner, .sales, at,
                        outcome: .voicemail))
            }
        }
        guard lead.isReached else { return false }
        let asked = frame.readable(first.due + answersAfter)
        let delay = draws.delay(channel, inTime: 0.93, lateness: staff.people[lead.owner].lateness)
        let reply = answer(on: channel, to: asked, seconds: delay)
        // An exchange that the end of the exports would cut in two has not begun.
        guard asked < frame.end, reply.due < frame.end else { return false }
        write(Line(channel, thread, 2, number, .inbound, nil, .sales, asked))
        write(Line(channel, thread, 3, number, .outbound, lead.owner, .sales, reply.given))
        let isHere = absence(of: lead.owner, from: asked, to: reply.due) == nil
        writeConversation(
            thread, asked: first.due, Assignment(to: isHere ? lead.owner : nil, at: created), status: "closed", channel,
            reply.given)
        record(thread, channel, asked: asked, reply: reply, delay: delay)
        if lead.hasAppointment { writeSalesAppointment(identifier, number, lead, after: reply.due) }
        return true
    }

    private mutating func writeSalesAppointment(
        _ lead: String, _ number: Int, _ course: LeadCourse, after reply: Instant
    ) {
        let booked = frame.readable(reply + 1_200)
        guard booked < frame.end else { return }
        let day = frame.openDay(from: self.day(of: booked) + course.appointmentLag)
        let scheduled = frame.instant(day, 36_000 + course.saleLag % 7 * 3_600)
        let status = scheduled >= frame.end ? "booked" : course.isShown ? "shown" : "missed"
        sheets[.crmAppointments].begin()
        sheets[.crmAppointments].text("SA-" + lead)
        sheets[.crmAppointments].text(frame.identifier)
        sheets[.crmAppointments].number(number)
        sheets[.crmAppointments].text("sales")
        sheets[.crmAppointments].local(booked, frame.zone)
        sheets[.crmAppointments].local(scheduled, frame.zone)
        sheets[.crmAppointments].text(status)
        sheets[.crmAppointments].text(person(course.owner))
        sheets[.crmAppointments].text(lead)
        sheets[.crmAppointments].end(at: booked.seconds)
    }
}
