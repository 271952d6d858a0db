import Basis
public import Dealership
import Statistics

/// Whether sales and service see the same customer: match rate and capture rate. DEFINITIONS 2.
public struct CustomerMatch: Measure {
    /// After a visit's opening, by which its customer must be in the CRM.
    public var captureHours: Int
    public var minimumN: Int

    public init(captureHours: Int, minimumN: Int) {
        self.captureHours = captureHours
        self.minimumN = minimumN
    }

    public init?(_ parameters: inout some ParameterReading) {
        self.init(
            captureHours: parameters.count("capture-hours", in: 1...8_784) ?? parameters.settings.conversion.captureHours,
            minimumN: parameters.minimumN())
    }

    public var inForce: [(parameter: String, value: String)] {
        [("capture-hours", String(captureHours)), ("minimum-n", String(minimumN))]
    }

    public func isKnown(_ header: JournalHeader) -> Bool { header.knows(.serviceVisits) }

    public static let entry = MeasureEntry(
        name: "customer-match", code: "MATCH", title: "Service customers in the CRM",
        summary: "Which service customers the CRM knows, by which link, and whether they were in it soon after the visit.",
        definition: """
            Match rate: customers with a visit in the period who are also found in the CRM, which is every system that \
            exports leads. They are found by the same number in the same system, a serviced car that was traded in, phone \
            (E.164) or e-mail, within the stores that share customers; of several ways the one whose weakest link is the \
            strongest. What contradicts is not joined: customer-links lists every link and contradiction. \
            Capture rate: visits whose customer has a lead, or a CRM record with the time it was made, at the latest \
            `capture-hours` hours after the visit was opened (of a date without a time: after the end of the day); of the \
            visits whose hours are over by the end of the visits' and leads' exports. Customers of whom the CRM does not \
            say since when it knows them are `undated`: then there is a least and a most, and no rate. \
            Intervals: Wilson 1927.
            """,
        dimensions: [.store, .month, .advisor, .reason],
        columns: [
            .init("service_customers", "distinct customers with a visit in the period, in each row"),
            .init("matched", "of these, found in the CRM"),
            .init("match_rate", "matched / service_customers; empty below minimum n"),
            .init("match_rate_lower", "Wilson 95 % lower limit of match_rate"),
            .init("match_rate_upper", "Wilson 95 % upper limit of match_rate"),
            .init("visits", "visits of the period"),
            .init("due", "visits whose hours are over"),
            .init("captured", "of the due, those whose customer was in the CRM in time"),
            .init("undated", "of the due, those whose customer is in the CRM, since when is not said"),
            .init("capture_rate", "captured / due; empty below minimum n, and where some are undated"),
            .init("capture_rate_lower", "Wilson 95 % lower limit of capture_rate"),
            .init("capture_rate_upper", "Wilson 95 % upper limit of capture_rate"),
            .init("capture_least", "captured / due: as if no undated customer had been in the CRM in time"),
            .init("capture_most", "(captured + undated) / due: as if every one had"),
        ],
        parameters: [
            .init("capture-hours", "hours after a visit's opening by which its customer is in the CRM; else the dealership's"),
            .minimumN,
        ],
        needs: ["service_visits", "leads"])

    enum Counter: Int, CaseIterable { case customers, matched, visits, due, captured, undated }

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        guard let crm = facts.inCRM else { return TallyTable() }
        let visits = facts.visits
        let columns = FactColumn.columns(spec.by, visits.count) { column($0, facts, crm) }
        let captures = Captures(facts, crm, hours: captureHours)
        var builder = TallyBuilder(counters: Counter.allCases.count, histograms: 0)
        var seen: Set<UInt64> = []
        let filter = FactFilter(spec, facts.header)
        for visit in 0..<visits.count
        where visits.identity[visit] >= 0 && filter.admits(store: visits.store[visit], day: visits.day[visit]) {
            let cell = builder.cell(FactColumn.key(columns, visit))
            let customer = visits.identity[visit]
            builder.add(to: Counter.visits.rawValue, of: cell)
            switch captures.standing(visit) {
            case .notDue: break
            case .captured:
                builder.add(to: Counter.due.rawValue, of: cell)
                builder.add(to: Counter.captured.rawValue, of: cell)
            case .undated:
                builder.add(to: Counter.due.rawValue, of: cell)
                builder.add(to: Counter.undated.rawValue, of: cell)
            case .later, .never: builder.add(to: Counter.due.rawValue, of: cell)
            }
            let key = UInt64(UInt32(truncatingIfNeeded: cell)) << 32 | UInt64(UInt32(bitPattern: customer))
            guard seen.insert(key).inserted else { continue }
            builder.add(to: Counter.customers.rawValue, of: cell)
            if crm.link[Int(customer)] != nil { builder.add(to: Counter.matched.rawValue, of: cell) }
        }
        return builder.finish { FactColumn.labels(columns, $0) }
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        func count(_ counter: Counter) -> Int { Int(tally.counts[counter.rawValue]) }
        switch column {
        case "service_customers": return .count(Int64(count(.customers)))
        case "matched": return .count(Int64(count(.matched)))
        case "match_rate", "match_rate_lower", "match_rate_upper":
            return Cell(Proportion(successes: count(.matched), trials: count(.customers)), column, minimumN: minimumN)
        case "visits": return .count(Int64(count(.visits)))
        case "due": return .count(Int64(count(.due)))
        case "captured": return .count(Int64(count(.captured)))
        case "undated": return .count(Int64(count(.undated)))
        case "capture_rate", "capture_rate_lower", "capture_rate_upper":
            if count(.undated) > 0 { return .none }
            return Cell(Proportion(successes: count(.captured), trials: count(.due)), column, minimumN: minimumN)
        case "capture_least":
            return Cell(Proportion(successes: count(.captured), trials: count(.due)), column, minimumN: minimumN)
        case "capture_most":
            return Cell(
                Proportion(successes: count(.captured) + count(.undated), trials: count(.due)), column, minimumN: minimumN)
        default: return .none
        }
    }

    private func column(_ dimension: Dimension, _ facts: Facts, _ crm: CustomersInCRM) -> FactColumn? {
        guard dimension == .reason else { return facts.visitColumn(dimension) }
        return FactColumn(codes: facts.visits.identity.map { $0 < 0 ? -1 : Int32(crm.link[Int($0)]?.rawValue ?? 255) }) { code in
            Identity.Link(rawValue: UInt8(clamping: code))?.label ?? ""
        }
    }
}

extension CustomerMatch {
    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        let columns = ["visit_id", "store_id", "opened_at", "advisor_id", "customer", "found_by", "crm_since"]
        guard let crm = facts.inCRM else { return Evidence(columns: columns, rows: []) }
        let (visits, journal) = (facts.visits, facts.journal)
        let captures = Captures(facts, crm, hours: captureHours)
        let (behind, customers) = (VisitRows(facts), CustomerRows(facts))
        let rows = facts.selected(visits.count, slice) { column($0, facts, crm) }.filter { visits.identity[$0] >= 0 }
            .map { visit -> Evidence.Row in
                let order = visits.order[visit]
                let customer = Int(visits.identity[visit])
                let store = visits.store[visit]
                return Evidence.Row(
                    cells: [
                        journal.orders.identifiers[Int32(truncatingIfNeeded: order)],
                        facts.header.stores[Int(store)].identifier, facts.local(visits.openedAt[visit], store: store),
                        journal.people[visits.advisor[visit]], journal.customers[journal.orders.customer[order]],
                        crm.link[customer]?.label ?? "", facts.local(crm.since[customer], store: store),
                    ],
                    isCounted: true, standing: captures.standing(visit).words, source: journal.orders.source[order],
                    restsOn: behind.rows(ofVisit: visit) + customers.records(of: visits.identity[visit]))
            }
        return Evidence(columns: columns, rows: rows)
    }
}

extension Identity.Link {
    /// As tables of results have it.
    var label: String {
        switch self {
        case .sameNumber: "number"
        case .tradeIn: "trade-in"
        case .phone: "phone"
        case .email: "email"
        }
    }
}

/// Whether each visit's customer was in the CRM in time.
private struct Captures {
    enum Standing {
        /// The hours are not over.
        case notDue
        case captured
        /// In the CRM, nobody says since when.
        case undated
        case later, never
        var words: String {
            switch self {
            case .notDue: "hours not over"
            case .captured: "in the CRM in time"
            case .undated: "in the CRM, since when is not said"
            case .later: "in the CRM later"
            case .never: "not in the CRM"
            }
        }
    }

    let facts: Facts
    let crm: CustomersInCRM
    let seconds: Int64
    let asOf: Instant

    init(_ facts: Facts, _ crm: CustomersInCRM, hours: Int) {
        self.facts = facts
        self.crm = crm
        seconds = Int64(hours) * 3_600
        asOf = facts.header.asOf(of: [.serviceVisits, .leads])
    }

    func standing(_ visit: Int) -> Standing {
        let opened = facts.visits.openedAt[visit]
        let from = opened.isDateOnly
            ? facts.header.zone(ofStore: Int(facts.visits.store[visit])).startOfDay(facts.visits.day[visit] + 1)
            : opened.instant
        let deadline = from + seconds
        if deadline > asOf { return .notDue }
        let customer = Int(facts.visits.identity[visit])
        let since = crm.since[customer]
        if !since.isMissing, since.instant <= deadline { return .captured }
        if crm.hasUndated[customer] { return .undated }
        return crm.link[customer] == nil ? .never : .later
    }
}
