import Basis

extension StoreMaker {
    mutating func makeSmallTables() {
        makePeople()
        makeRatings()
        makeMailings()
        makeRemedies()
    }

    private mutating func makePeople() {
        sheets[.stores].begin()
        for cell in [frame.identifier, frame.name, frame.zoneName, frame.sharingGroup] { sheets[.stores].text(cell) }
        sheets[.stores].end(at: Int64(frame.index))
        for (index, person) in staff.people.enumerated() {
            sheets[.people].begin()
            sheets[.people].text(person.identifier)
            sheets[.people].text(frame.identifier)
            sheets[.people].text(person.name)
            sheets[.people].text(person.department.name)
            sheets[.people].text(person.role)
            sheets[.people].text(person.isRemote ? "remote" : "on-site")
            sheets[.people].text("PAY-\(person.identifier.dropFirst())")
            if let from = person.from { sheets[.people].day(from) } else { sheets[.people].empty() }
            if let to = person.to { sheets[.people].day(to) } else { sheets[.people].empty() }
            sheets[.people].end(at: Int64(frame.index * 1_000 + index))
            for absence in person.absences {
                sheets[.absences].begin()
                sheets[.absences].text(person.identifier)
                sheets[.absences].local(frame.zone.startOfDay(absence.days.lowerBound), frame.zone)
                sheets[.absences].local(frame.zone.startOfDay(absence.days.upperBound), frame.zone)
                sheets[.absences].text(absence.reason)
                sheets[.absences].end(at: Int64(absence.days.lowerBound.number))
            }
        }
    }

    /// One visit in eight is rated, some days later.
    private mutating func makeRatings() {
        for visit in visits {
            var random = stream("rating", customers.all[visit.customer].contact, Int(visit.day.number))
            let rates = random.chance(0.12)
            let at = frame.readable(visit.opened + Int64(random.within(20...110)) * 3_600)
            let score = 1 + random.weighted([0.04, 0.05, 0.11, 0.3, 0.5])
            guard rates, at < frame.end else { continue }
            sheets[.ratings].begin()
            sheets[.ratings].number(customers.all[visit.customer].dmsNumber)
            sheets[.ratings].text(frame.identifier)
            sheets[.ratings].local(at, frame.zone)
            sheets[.ratings].number(score)
            sheets[.ratings].end(at: at.seconds)
        }
    }

    /// A service reminder every Tuesday at ten; late when the mail system is down, and now and then wrong.
    private mutating func makeMailings() {
        for day in days where day.weekday == 1 {
            var random = stream("mailing", Int(day.number))
            let planned = frame.instant(day, 36_000)
            let outage = !plan.isKnown ? nil : down[Channel.email.rawValue].intervals.first { $0.contains(planned) }
            let recipients = random.within(900...1_400)
            let slip = Int64(random.within(20...240))
            let fault = random.chance(0.02) ? "wrong" : random.chance(0.02) ? "twice" : ""
            let sent = (outage?.upperBound ?? planned) + slip + (outage == nil ? 0 : 2_400)
            sheets[.mailings].begin()
            sheets[.mailings].text("ML-\(frame.index + 1)\(day.number)")
            sheets[.mailings].text(frame.identifier)
            sheets[.mailings].local(planned, frame.zone)
            sheets[.mailings].local(sent, frame.zone)
            sheets[.mailings].number(Int(Double(recipients) * options.size))
            sheets[.mailings].text(outage == nil ? fault : "late")
            sheets[.mailings].end(at: planned.seconds)
        }
    }

    /// Of those who waited for an answer in the last month's e-mail outage, two in five have been given something.
    private mutating func makeRemedies() {
        guard plan.isKnown, let outage = plan.outages.last(where: { $0.system == .email && $0.store == nil }) else {
            return
        }
        for (position, number) in exposed.enumerated() {
            var random = stream("remedy", position)
            let isGiven = random.chance(0.4)
            let isCredit = random.chance(0.35)
            let at = open.deadline(from: outage.end, seconds: Int64(random.within(1...40)) * 1_800)
            if isGiven, at < frame.end {
                sheets[.remedies].begin()
                sheets[.remedies].text("RM-\(frame.index + 1)\(100 + position)")
                sheets[.remedies].text(outage.identifier)
                sheets[.remedies].number(number)
                sheets[.remedies].text(isCredit ? "credit" : "apology")
                sheets[.remedies].money(Money(minorUnits: isCredit ? 2_500 : 0))
                sheets[.remedies].local(at, frame.zone)
                sheets[.remedies].end(at: at.seconds)
            }
            if position % 6 == 2 { complain(position, number, outage, outage.end + 90_000) }
        }
    }

    private mutating func complain(_ position: Int, _ number: Int, _ outage: PlannedOutage, _ at: Instant) {
        guard at < frame.end else { return }
        sheets[.complaints].begin()
        sheets[.complaints].text("CP-\(frame.index + 1)\(position)")
        sheets[.complaints].number(number)
        sheets[.complaints].text(outage.identifier)
        sheets[.complaints].local(frame.readable(at), frame.zone)
        sheets[.complaints].text(position % 2 == 0 ? "free oil change" : "$50 credit")
        sheets[.complaints].text(position % 2 == 0 ? "solved" : "declined")
        sheets[.complaints].end(at: at.seconds)
    }
}

extension SampleFolder {
    /// The outage log and the claims that followed. Nothing where outages are left out.
    mutating func writeOutages(_ plan: OutagePlan, _ frames: [StoreFrame]) {
        if plan.isKnown {
            for outage in plan.outages {
                writeOutage(outage)
                writeSteps(outage, frames[outage.store ?? 0])
                writeClaim(outage, frames[outage.store ?? 0], lastMonth: options.lastMonth)
            }
            truth.outages.outages = plan.outages.count
            for frame in frames {
                let month = frame.instant(options.lastMonth.firstDay, 0)..<frame.end
                for system in PlannedOutage.System.allCases {
                    let hits = plan.outages.filter { $0.system == system && plan.hits($0, frame) }
                    let down = IntervalSet(hits.map { $0.start..<$0.end }).intersection(month)
                    truth.outages.openSecondsLastMonth += down.intersection(frame.open).seconds
                }
            }
        }
        if options.has(.dirt), options.months > 1 { writeImpossibleOutage(frames[0]) }
    }

    private mutating func writeOutage(_ outage: PlannedOutage) {
        sheets[.outages].begin()
        sheets[.outages].text(outage.identifier)
        sheets[.outages].text(outage.store.map { "S\($0 + 1)" } ?? "")
        sheets[.outages].text(outage.system.vendor)
        sheets[.outages].text(outage.system.name)
        let instants = [
            outage.start, outage.end, outage.start + outage.detected, outage.start + outage.acknowledged,
            outage.notified.map { outage.start + $0 },
        ]
        for instant in instants {
            if let instant { sheets[.outages].utc(instant) } else { sheets[.outages].empty() }
        }
        sheets[.outages].text(outage.isExternal ? "yes" : "no")
        if outage.isExternal {
            sheets[.outages].utc(outage.start + outage.vendorStartsLater)
            sheets[.outages].utc(outage.end + -outage.vendorEndsEarlier)
        } else {
            sheets[.outages].empty()
            sheets[.outages].empty()
        }
        sheets[.outages].end(at: outage.start.seconds)
    }

    /// Longer outages that were the vendor's were claimed; of the last month's only the scheduler's, so far in vain.
    private mutating func writeClaim(_ outage: PlannedOutage, _ frame: StoreFrame, lastMonth: Month) {
        let isLast = frame.zone.month(at: outage.start) == lastMonth
        let isClaimed = isLast ? outage.system == .scheduler : outage.end - outage.start > 2_700
        guard outage.isExternal, isClaimed else { return }
        let asked = outage.end + 4 * 86_400
        let amount = (outage.end - outage.start) / 60 * 24
        guard asked < frame.end else { return }
        sheets[.claims].begin()
        sheets[.claims].text("CL-\(outage.identifier.dropFirst(4))")
        sheets[.claims].text(outage.identifier)
        sheets[.claims].utc(asked)
        if isLast { sheets[.claims].empty() } else { sheets[.claims].utc(asked + 9 * 86_400) }
        sheets[.claims].money(Money(minorUnits: amount))
        if isLast { sheets[.claims].empty() } else { sheets[.claims].money(Money(minorUnits: amount / 2)) }
        sheets[.claims].text(isLast ? "" : "a second route")
        sheets[.claims].end(at: asked.seconds)
    }

    /// What the outage log has no column for: a work-around, mostly in time, and after-care where customers were told.
    private mutating func writeSteps(_ outage: PlannedOutage, _ frame: StoreFrame) {
        var random = RandomStream(options.seed, "outage steps", outage.store ?? -1, Int(outage.start.seconds / 60))
        let around = outage.start + outage.detected + Int64(random.within(5...70)) * 60
        let after = outage.end + Int64(random.within(4...60)) * 3_600
        let isAround = random.chance(0.8)
        let by = random.chance(0.5) ? "Jordan Ellis" : "Sam Okafor"
        guard [.email, .phone, .payments].contains(outage.system) else { return }
        func add(_ step: String, _ at: Instant?) {
            sheets[.outageSteps].begin()
            sheets[.outageSteps].text(outage.identifier)
            sheets[.outageSteps].text(step)
            if let at { sheets[.outageSteps].utc(at) } else { sheets[.outageSteps].empty() }
            sheets[.outageSteps].text(at == nil ? "" : by)
            sheets[.outageSteps].end(at: outage.start.seconds)
        }
        // Not done, and somebody wrote that down.
        if around < outage.end { add("work-around", isAround ? around : nil) }
        if outage.notified != nil, outage.system == .email, after < frame.end { add("after-care", after) }
    }

    private mutating func writeImpossibleOutage(_ frame: StoreFrame) {
        let start = frame.instant((options.lastMonth + -1).firstDay + 9, 51_000)
        writeOutage(
            PlannedOutage(
                identifier: "OUT-0999", store: 0, system: .payments, start: start, end: start + -3_600, detected: 300,
                acknowledged: 600, notified: nil, isExternal: false))
        truth.faults[.outageEndsBeforeStart, default: 0] += 1
    }
}
