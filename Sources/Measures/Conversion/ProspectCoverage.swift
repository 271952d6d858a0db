import Basis
public import Dealership
import Statistics

/// Of the booked service customers worth a word, how many got one from sales. DEFINITIONS 2, Coverage of prospects.
public struct ProspectCoverage: Measure {
    /// Nil: the dealership has no rule, and nothing can be said.
    public var rule: ProspectRule?
    public var minimumN: Int
    public init(rule: ProspectRule?, minimumN: Int) {
        self.rule = rule
        self.minimumN = minimumN
    }

    public init?(_ parameters: inout some ParameterReading) {
        var rule = parameters.settings.prospects
        if let days = parameters.days("before") { rule?.beforeDays = days }
        self.init(rule: rule, minimumN: parameters.minimumN())
    }

    public var inForce: [(parameter: String, value: String)] {
        guard let rule else { return [("rule", "none: write prospects: in dealership.yaml")] }
        return [
            ("rule", rule.words), ("before", "\(rule.beforeDays) days"), ("department", rule.department),
            ("minimum-n", String(minimumN)),
        ]
    }

    public func isKnown(_ header: JournalHeader) -> Bool {
        rule != nil && header.has(.appointments) && header.knows(.messages)
    }

    public static let entry = MeasureEntry(
        name: "prospect-coverage", code: "COV", title: "Coverage of prospects",
        summary: "Of the booked service customers worth a word, how many sales wrote to or called by the visit's day.",
        definition: """
            Service appointments whose day is over, cancelled ones left out, one a customer, car, store and day. A prospect \
            is one for which every condition of `all-of` and one of `any-of` of the rule `prospects:` in dealership.yaml \
            holds, by what was on record before the appointment's day: the appointment's own columns, else the car's last \
            repair orders and its deal. Whose car cannot be judged by it is counted apart (not_known), never as a \
            prospect. Contacted: from `before` days before the day to its end a person of the department wrote, called \
            or took the customer's call; machines do not count. Person is who has the customer's latest lead from before the day, else who \
            sold to the customer last. A prospect stands under every reason that holds: reasons do not add up. \
            Interval: Wilson 1927.
            """,
        dimensions: [.store, .month, .person, .advisor, .reason],
        columns: [
            .init("appointments", "booked service appointments whose day is over"),
            .init("prospects", "of these, those that qualify"),
            .init("contacted", "prospects whom sales wrote to or called by the end of the day"),
            .init("contacted_before", "of these, first on a day before the visit's"),
            .init("contacted_same_day", "of these, first on the visit's day"),
            .init("coverage", "contacted / prospects; empty below minimum n"),
            .init("coverage_lower", "Wilson 95 % lower limit of coverage"),
            .init("coverage_upper", "Wilson 95 % upper limit of coverage"),
            .init("not_qualifying", "appointments that do not qualify"),
            .init("not_known", "appointments of whose car too little is on record"),
        ],
        parameters: [.init("before", "days before the visit from which a word counts; else the dealership's"), .minimumN],
        needs: ["appointments", "messages"])

    private enum Counter: Int, CaseIterable { case appointments, prospects, before, sameDay, notQualifying, notKnown }

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        guard let rule else { return TallyTable() }
        let prospects = facts.prospects(rule)
        let lines = ProspectLines(prospects, byReason: spec.by.contains(.reason))
        let columns = FactColumn.columns(spec.by, lines.fact.count) { lines.column($0, facts, prospects) }
        var builder = TallyBuilder(counters: Counter.allCases.count, histograms: 0)
        let filter = FactFilter(spec, facts.header)
        for line in lines.fact.indices {
            let fact = lines.fact[line]
            guard prospects.isOver[fact], filter.admits(store: prospects.store[fact], day: prospects.day[fact]) else { continue }
            let cell = builder.cell(FactColumn.key(columns, line))
            builder.add(to: Counter.appointments.rawValue, of: cell)
            switch prospects.standing[fact] {
            case .doesNotQualify: builder.add(to: Counter.notQualifying.rawValue, of: cell)
            case .notKnown: builder.add(to: Counter.notKnown.rawValue, of: cell)
            case .qualifies:
                builder.add(to: Counter.prospects.rawValue, of: cell)
                guard prospects.contactedAt[fact] != ProspectFacts.never else { continue }
                let counter: Counter = prospects.wasContactedBefore(fact, facts) ? .before : .sameDay
                builder.add(to: counter.rawValue, of: cell)
            }
        }
        return builder.finish { FactColumn.labels(columns, $0) }
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        func count(_ counter: Counter) -> Int64 { tally.counts[counter.rawValue] }
        let contacted = count(.before) + count(.sameDay)
        switch column {
        case "appointments": return .count(count(.appointments))
        case "prospects": return .count(count(.prospects))
        case "contacted": return .count(contacted)
        case "contacted_before": return .count(count(.before))
        case "contacted_same_day": return .count(count(.sameDay))
        case "coverage", "coverage_lower", "coverage_upper":
            let share = Proportion(successes: Int(contacted), trials: Int(count(.prospects)))
            return Cell(share, column, minimumN: minimumN)
        case "not_qualifying": return .count(count(.notQualifying))
        case "not_known": return .count(count(.notKnown))
        default: return .none
        }
    }

    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        guard let rule else { return nil }
        let prospects = facts.prospects(rule)
        let lines = ProspectLines(prospects, byReason: slice.labels[.reason] != nil)
        let journal = facts.journal
        let customers = CustomerRows(facts)
        func row(
            _ index: Int, cells: [String], isCounted: Bool, _ standing: String, restsOn: [RowSource] = []
        ) -> Evidence.Row {
            let log = journal.appointments
            let own = [
                log.identifiers[Int32(index)], facts.header.stores[Int(log.store[index])].identifier,
                facts.local(log.scheduledFor[index], store: log.store[index]),
            ]
            return Evidence.Row(cells: own + cells, isCounted: isCounted, standing: standing, source: log.source[index], restsOn: restsOn)
        }
        var rows = facts.selected(lines.fact.count, slice) { lines.column($0, facts, prospects) }.map { line -> Evidence.Row in
            let fact = lines.fact[line]
            let (day, customer) = (prospects.day[fact], prospects.identity[fact])
            let known = customers.rows(of: customer, [.orders, .sales, .leads], on: Day(number: .min)...day)
            let words = customers.rows(of: customer, [.messages], on: (day + -rule.beforeDays)...day)
            let isProspect = prospects.standing[fact] == .qualifies && prospects.isOver[fact]
            return row(
                prospects.appointment[fact],
                cells: [
                    prospects.met[fact].map(\.kind.label).joined(separator: " "),
                    prospects.unknown[fact].map(\.kind.label).joined(separator: " "), journal.people[prospects.owner[fact]],
                    prospects.contactedAt[fact] == ProspectFacts.never
                        ? "" : facts.local(prospects.contactedAt[fact], store: prospects.store[fact]),
                    journal.people[prospects.contactedBy[fact]],
                ], isCounted: isProspect, prospects.words(fact), restsOn: known + words)
        }
        for (index, reason) in prospects.leftOut {
            let labels: [Dimension: String] = [
                .store: facts.header.stores[Int(journal.appointments.store[index])].identifier,
                .month: facts.recordDays.appointments[index].month.description,
                .advisor: journal.people[journal.appointments.person[index]],
            ]
            if slice.holds(labels) {
                rows.append(row(index, cells: ["", "", "", "", ""], isCounted: false, reason.words))
            }
        }
        return Evidence(
            columns: [
                "appointment_id", "store_id", "scheduled_for", "met", "not_known", "person_id", "contacted_at", "contacted_by",
            ], rows: rows)
    }
}

/// One line an appointment; by reason one for each condition that holds of a prospect.
private struct ProspectLines {
    var fact: [Int] = []
    /// −1: none.
    private var reason: [Int32] = []

    init(_ prospects: ProspectFacts, byReason: Bool) {
        for index in 0..<prospects.count {
            let kinds = byReason && prospects.standing[index] == .qualifies
                ? Set(prospects.met[index].map { Int32($0.kind.rawValue) }).sorted() : []
            for kind in kinds.isEmpty ? [-1] : kinds {
                fact.append(index)
                reason.append(kind)
            }
        }
    }

    func column(_ dimension: Dimension, _ facts: Facts, _ prospects: ProspectFacts) -> FactColumn? {
        switch dimension {
        case .store: facts.storeColumn(fact.map { prospects.store[$0] })
        case .month: facts.monthColumn(fact.map { prospects.day[$0] })
        case .person: facts.personColumn(fact.map { prospects.owner[$0] })
        case .advisor: facts.personColumn(fact.map { facts.journal.appointments.person[prospects.appointment[$0]] })
        case .reason:
            FactColumn(codes: reason) { ProspectRule.Kind(rawValue: UInt8(clamping: $0 < 0 ? 255 : $0))?.label ?? "" }
        default: nil
        }
    }
}

extension ProspectFacts {
    /// First on a day before the visit's, by the store's clock.
    fileprivate func wasContactedBefore(_ fact: Int, _ facts: Facts) -> Bool {
        contactedAt[fact] < facts.header.zone(ofStore: Int(store[fact])).startOfDay(day[fact]).seconds
    }

    fileprivate func words(_ fact: Int) -> String {
        if !isOver[fact] { return "day not over" }
        switch standing[fact] {
        case .doesNotQualify: return "does not qualify"
        case .notKnown: return "too little on record"
        case .qualifies: return contactedAt[fact] == ProspectFacts.never ? "not contacted" : "contacted"
        }
    }
}
