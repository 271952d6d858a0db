import Basis
import Dealership
import Statistics

/// Where service customers are lost on the way to a car. DEFINITIONS 2, Funnel.
public enum ServiceFunnel {
    public static let entry = MeasureEntry(
        name: "service-funnel", code: "FUN", title: "From service visit to sale",
        summary: "Visit, lead, first two-way contact, appointment, shown, sold: how many came how far, and when.",
        definition: """
            Of the visits of the period, each followed for `window` days: a lead of the same customer on or after the \
            visit's day; after the lead a two-way contact (in one conversation the lead's owner, or anybody where it has \
            none, wrote or called, and the customer did); a sales \
            appointment booked; shown; a sale credited to the visit. A visit that reached a step has reached those before \
            it. Days are medians from the visit's day.
            """,
        dimensions: [.store, .month, .advisor, .person, .relation],
        columns: [
            .init("visits", "visits of the period"),
            .init("leads", "with a lead of the customer within the window"),
            .init("contacts", "with a two-way contact after the lead"),
            .init("appointments", "with a sales appointment booked"),
            .init("shown", "with a sales appointment kept"),
            .init("sold", "with a credited sale"),
            .init("mature", "visits whose window has ended"),
            .init("lead_days", "median days from visit to lead"),
            .init("contact_days", "median days from visit to contact"),
            .init("appointment_days", "median days from visit to booking"),
            .init("shown_days", "median days from visit to the kept appointment"),
            .init("sold_days", "median days from visit to sale"),
        ],
        needs: ["service_visits", "leads"])

    /// Counters in the order of the steps, then `mature`; histograms in the order of the steps after the visit.
    enum Step: Int, CaseIterable { case visit, lead, contact, appointment, shown, sold }

    static func tally(_ facts: Facts, _ parameters: ServiceFunnelParameters, _ spec: TableSpec) -> TallyTable {
        // Behind the steps: mature visits, then for each step whether it can be known at all.
        var builder = TallyBuilder(counters: Step.allCases.count * 2 + 1, histograms: Step.allCases.count - 1)
        let visits = facts.visits
        let paths = CustomerPaths(facts)
        let steps = (0..<visits.count).map { paths.steps(afterVisit: $0, windowDays: parameters.windowDays) }
        let columns = spec.by.compactMap { dimension in
            dimension == .person ? facts.personColumn(steps.map(\.owner)) : facts.visitColumn(dimension)
        }
        let filter = FactFilter(spec, facts.header)
        for visit in 0..<visits.count where filter.admits(store: visits.store[visit], day: visits.day[visit]) {
            let cell = builder.cell(FactColumn.key(columns, visit))
            builder.add(to: Step.visit.rawValue, of: cell)
            if facts.lastWatchedDay(store: visits.store[visit]) - visits.day[visit] >= parameters.windowDays { builder.add(to: Step.allCases.count, of: cell) }
            for (index, day) in steps[visit].days.enumerated() {
                guard let day else { continue }
                builder.add(to: index + 1, of: cell)
                builder.record(Int32(max(0, day - visits.day[visit])), in: index, of: cell)
            }
        }
        var table = builder.finish { FactColumn.labels(columns, $0) }
        for step in Step.allCases where isKnown(step, facts.header) {
            for labels in table.cells.keys { table.cells[labels]?.counts[Step.allCases.count + 1 + step.rawValue] = 1 }
        }
        return table
    }

    private static func isKnown(_ step: Step, _ header: JournalHeader) -> Bool {
        switch step {
        case .visit: true
        case .lead: header.knows(.leads)
        case .contact: header.knows(.messages)
        case .appointment, .shown: header.has(.appointments)
        case .sold: header.knows(.sales)
        }
    }

    static func value(_ column: String, _ tally: Tally, _ parameters: ServiceFunnelParameters) -> Cell {
        let counts = ["visits", "leads", "contacts", "appointments", "shown", "sold", "mature"]
        if let index = counts.firstIndex(of: column) {
            let needed = column == "mature" ? Step.sold.rawValue : index
            return tally.counts[Step.allCases.count + 1 + needed] == 0 ? .none : .count(tally.counts[index])
        }
        let days = ["lead_days", "contact_days", "appointment_days", "shown_days", "sold_days"]
        if let index = days.firstIndex(of: column) {
            return tally.histograms[index].quantile(.median).map(Cell.count) ?? .none
        }
        return .none
    }
}

/// What each customer did, by day: leads, messages both ways, sales appointments.
private struct CustomerPaths {
    struct Lead {
        var day: Day
        var owner: Int32
    }
    struct Appointment {
        var booked: Day
        var kept: Day?
    }

    private let facts: Facts
    private var leads: [Int32: [Lead]] = [:]
    /// By customer: who of ours had a conversation in which both wrote or spoke, and on which day the second of them did.
    private var contacts: [Int32: [(person: Int32, day: Day)]] = [:]
    private var appointments: [Int32: [Appointment]] = [:]
    private var saleDay: [Int32]

    init(_ facts: Facts) {
        self.facts = facts
        saleDay = [Int32](repeating: .max, count: facts.visits.count)
        let journal = facts.journal
        let header = facts.header
        func day(_ moment: Moment, _ store: Int32) -> Day { header.zone(ofStore: Int(store)).day(at: moment.instant) }
        for lead in 0..<journal.leads.count {
            let customer = facts.identity[journal.leads.customer[lead]]
            if customer < 0 || journal.leads.createdAt[lead].instant >= facts.conversionAsOf { continue }
            leads[customer, default: []].append(
                Lead(day: day(journal.leads.createdAt[lead], journal.leads.store[lead]), owner: journal.leads.owner[lead]))
        }
        readContacts()
        let withLead = Set(leads.keys)
        for index in 0..<journal.appointments.count {
            let kind = header.name(journal.appointments.kind[index])
            let customer = facts.identity[journal.appointments.customer[index]]
            if kind == "service" || !withLead.contains(customer) { continue }
            let scheduled = journal.appointments.scheduledFor[index]
            let booked = journal.appointments.bookedAt[index]
            let store = journal.appointments.store[index]
            appointments[customer, default: []].append(
                Appointment(
                    booked: day(booked.isMissing ? scheduled : booked, store),
                    kept: journal.appointments.status[index] == .shown ? day(scheduled, store) : nil))
        }
        for sale in 0..<facts.sales.count where facts.sales.visit[sale] >= 0 {
            let visit = Int(facts.sales.visit[sale])
            saleDay[visit] = min(saleDay[visit], facts.sales.day[sale].number)
        }
        for customer in leads.keys { leads[customer]?.sort { ($0.day, $0.owner) < ($1.day, $1.owner) } }
        for customer in appointments.keys { appointments[customer]?.sort { $0.booked < $1.booked } }
    }

    /// A conversation of both sides: in one thread (without threads: by customer and day) a person of ours wrote or called,
    /// and so did the customer; a call that was taken is one at once. Days are those of the later of the two.
    private mutating func readContacts() {
        struct Sides {
            var customer: Int32
            var inbound: Day?
            var ours: [Int32: Day] = [:]
        }
        let log = facts.journal.messages
        var threads: [Int64: Sides] = [:]
        for message in 0..<log.count where !log.isAutomated[message] && log.direction[message] != .internal {
            let customer = facts.identity[log.customer[message]]
            let sent = Instant(seconds: log.sentAt[message])
            guard customer >= 0, leads[customer] != nil, sent < facts.conversionAsOf else { continue }
            let day = facts.header.zone(ofStore: Int(log.store[message])).day(at: sent)
            let thread = log.thread[message] >= 0
                ? Int64(log.thread[message]) : -1 - (Int64(customer) << 20 | Int64(day.number))
            var sides = threads[thread] ?? Sides(customer: customer)
            let wasTaken = log.outcome[message] == .answered
            if log.direction[message] == .inbound || wasTaken { sides.inbound = min(sides.inbound ?? day, day) }
            if log.direction[message] == .outbound || wasTaken, log.person[message] >= 0 {
                let person = log.person[message]
                sides.ours[person] = min(sides.ours[person] ?? day, day)
            }
            threads[thread] = sides
        }
        for sides in threads.values {
            guard let inbound = sides.inbound else { continue }
            for (person, day) in sides.ours { contacts[sides.customer, default: []].append((person, max(inbound, day))) }
        }
    }

    /// Days of lead, contact, appointment, shown, sold; nil where it did not come to that. Sold counts with or without the
    /// steps before it being on record; steps before a recorded one count on its day.
    func steps(afterVisit visit: Int, windowDays: Int) -> (days: [Day?], owner: Int32) {
        let customer = facts.visits.identity[visit]
        let from = facts.visits.day[visit]
        let window = from...(from + windowDays)
        var days = [Day?](repeating: nil, count: 5)
        var owner: Int32 = -1
        if customer >= 0, let lead = leads[customer]?.first(where: { window.contains($0.day) }) {
            days[0] = lead.day
            owner = lead.owner
            let since = lead.day...window.upperBound
            days[1] = contacts[customer]?.filter { contact in
                since.contains(contact.day) && (lead.owner < 0 || contact.person == lead.owner)
            }.map(\.day).min()
            let own = appointments[customer]?.filter { since.contains($0.booked) } ?? []
            days[2] = own.map(\.booked).min()
            days[3] = own.compactMap(\.kept).filter(window.contains).min()
        }
        if saleDay[visit] != .max { days[4] = Day(number: saleDay[visit]) }
        for step in stride(from: 3, through: 0, by: -1) where days[step] == nil { days[step] = days[step + 1] }
        return (days, owner)
    }
}
