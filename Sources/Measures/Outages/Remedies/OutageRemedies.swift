import Basis
public import Dealership

/// What is due to customers whom outages hit, what they were given, and who is still owed. DEFINITIONS 4, Remedy.
public struct OutageRemedies: Measure {
    public init() {}
    public init?(_ parameters: inout some ParameterReading) { self.init() }

    public func isKnown(_ header: JournalHeader) -> Bool { header.knows(.outages) }

    public static let entry = MeasureEntry(
        name: "outage-remedies", code: "REM", title: "Remedies",
        summary: "Who is due what after an outage, who has had it, and who is still owed.",
        definition: """
            A customer (one person, however many numbers) is exposed when a conversation, lead, visit or appointment of theirs \
            was, as in outage-exposure; of outages of one system that overlap the earliest counts, maintenance does not. Due \
            is the highest rung of the owner's ladder whose conditions all hold. Waits count of whom had not waited past the \
            channel's target when the outage began (without a target: who asked during it); a rung with an amount holds after a rare outage that was not \
            ours only where the ladder says even-when-rare. It was given when remedies of the rung's kind reach its amount, or \
            one is of a kind that only a higher rung has; a remedy that is less or other leaves it owed. A customer of two \
            outages is due twice. Apologies are counted over all outages.
            """,
        dimensions: [.outage, .rung, .store, .month, .vendor, .system],
        columns: [
            .init("exposed", "customers exposed, one an outage"),
            .init("customers", "the same, each person once"),
            .init("due", "of the exposed, those a remedy is due to"),
            .init("given", "of these, those who have had it or more"),
            .init("owed", "of these, those who have not"),
            .init("lesser", "of those owed, who were given less or something else"),
            .init("without_due", "given something though nothing was due"),
            .init("over_apologised", "persons with more apologies than the ladder lets pass"),
            .init("amount_due", "amounts of what is due"),
            .init("amount_owed", "amounts of what is owed, less what was given"),
            .init("amount_given", "amounts of what was given: the cost"),
            .init("complaints", "complaints"),
            .init("solved", "of these, solved"),
            .init("declined", "of these, offer declined"),
            .init("parted", "of these, customers who left"),
            .init("open_complaints", "of these, without an outcome"),
        ],
        needs: ["outages"])

    enum Counter: Int, CaseIterable {
        case exposed, customers, due, given, owed, lesser, withoutDue, overApologised
        case amountDue, amountOwed, amountGiven, complaints, solved, declined, parted, openComplaints
        /// Not 0 where it is known: messages or appointments; a ladder; remedies; complaints.
        case knowsExposed, knowsLadder, knowsRemedies, knowsComplaints
    }

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        let header = facts.header
        let owed = facts.owed
        var cells = RemedyCells(header, spec)
        for item in owed.items {
            guard let labels = cells.labels(item.outage, rung: item.rung, store: item.store) else { continue }
            cells.add(item, labels, header)
        }
        for (index, _) in owed.complaints {
            let complaint = header.ledger.complaints[index]
            guard let outage = complaint.outage,
                let labels = cells.labels(outage, rung: nil, store: RemedyCells.store(complaint, facts))
            else { continue }
            cells.add(complaint, labels)
        }
        return TallyTable(cells: cells.cells)
    }

    /// A complaint that names no store is its outage's, whichever group knows its customer.
    public func storesBeside(_ store: Int32, _ header: JournalHeader) -> [Int32] {
        let isSaid = header.ledger.complaints.contains { complaint in
            complaint.store < 0 && complaint.outage.map { header.outages[$0].store == store } ?? false
        }
        return isSaid ? header.stores.indices.map { Int32($0) } : []
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        func count(_ counter: Counter, if known: [Counter]) -> Cell {
            known.allSatisfy { tally.counts[$0.rawValue] > 0 } ? .count(tally.counts[counter.rawValue]) : .none
        }
        func money(_ counter: Counter, if known: [Counter]) -> Cell {
            known.allSatisfy { tally.counts[$0.rawValue] > 0 }
                ? .money(Money(minorUnits: tally.counts[counter.rawValue])) : .none
        }
        switch column {
        case "exposed": return count(.exposed, if: [.knowsExposed])
        case "customers": return count(.customers, if: [.knowsExposed])
        case "due": return count(.due, if: [.knowsExposed, .knowsLadder])
        case "given": return count(.given, if: [.knowsExposed, .knowsLadder, .knowsRemedies])
        case "owed": return count(.owed, if: [.knowsExposed, .knowsLadder, .knowsRemedies])
        case "lesser": return count(.lesser, if: [.knowsExposed, .knowsLadder, .knowsRemedies])
        case "without_due": return count(.withoutDue, if: [.knowsExposed, .knowsLadder, .knowsRemedies])
        case "over_apologised": return count(.overApologised, if: [.knowsLadder, .knowsRemedies])
        case "amount_due": return money(.amountDue, if: [.knowsExposed, .knowsLadder])
        case "amount_owed": return money(.amountOwed, if: [.knowsExposed, .knowsLadder, .knowsRemedies])
        case "amount_given": return money(.amountGiven, if: [.knowsRemedies])
        case "complaints": return count(.complaints, if: [.knowsComplaints])
        case "solved": return count(.solved, if: [.knowsComplaints])
        case "declined": return count(.declined, if: [.knowsComplaints])
        case "parted": return count(.parted, if: [.knowsComplaints])
        case "open_complaints": return count(.openComplaints, if: [.knowsComplaints])
        default: return .none
        }
    }
}

/// The cells of one group's table.
private struct RemedyCells {
    private(set) var cells: [[String]: Tally] = [:]
    private let header: JournalHeader
    private let spec: TableSpec
    private let filter: FactFilter
    private var persons: [[String]: Set<Int32>] = [:]
    private var apologised: [[String]: Set<Int32>] = [:]

    init(_ header: JournalHeader, _ spec: TableSpec) {
        self.header = header
        self.spec = spec
        filter = FactFilter(spec, header)
    }

    /// Nil: not of the table's store or months.
    func labels(_ index: Int, rung: Int?, store: Int32) -> [String]? {
        let outage = header.outages[index]
        let day = header.zone(ofStore: Int(max(store, 0))).day(at: outage.start)
        guard filter.admits(store: store, day: day) else { return nil }
        return spec.by.map { dimension in
            switch dimension {
            case .outage: outage.identifier
            case .rung: rung.map { String($0 + 1) } ?? ""
            case .store: store >= 0 ? header.stores[Int(store)].identifier : ""
            case .month: day.month.description
            case .vendor: outage.vendor
            case .system: outage.system
            default: ""
            }
        }
    }

    /// Where the complaint says no store: its outage's, else the group's first.
    static func store(_ complaint: OutageLedger.Complaint, _ facts: Facts) -> Int32 {
        if complaint.store >= 0 { return complaint.store }
        if let outage = complaint.outage, facts.header.outages[outage].store >= 0 {
            return facts.header.outages[outage].store
        }
        return Int32(facts.header.stores.firstIndex { $0.group == facts.journal.group } ?? 0)
    }

    private mutating func add(_ amount: Int64 = 1, _ counter: OutageRemedies.Counter, _ labels: [String]) {
        if cells[labels] == nil { cells[labels] = empty }
        cells[labels]?.counts[counter.rawValue] += amount
    }

    private var empty: Tally {
        var counts = [Int64](repeating: 0, count: OutageRemedies.Counter.allCases.count)
        let exposed: [StandardTable] = [.messages, .conversations, .appointments]
        counts[OutageRemedies.Counter.knowsExposed.rawValue] = exposed.contains { header.knows($0) } ? 1 : 0
        counts[OutageRemedies.Counter.knowsLadder.rawValue] = header.settings.ladder == nil ? 0 : 1
        counts[OutageRemedies.Counter.knowsRemedies.rawValue] = header.has(.remedies) ? 1 : 0
        counts[OutageRemedies.Counter.knowsComplaints.rawValue] = header.has(.complaints) ? 1 : 0
        return Tally(counts: counts, histograms: [])
    }

    mutating func add(_ item: OwedFacts.Item, _ labels: [String], _ header: JournalHeader) {
        if item.isExposed {
            add(1, .exposed, labels)
            if persons[labels, default: []].insert(item.customer).inserted { add(1, .customers, labels) }
        }
        if item.isOverApologised, apologised[labels, default: []].insert(item.customer).inserted {
            add(1, .overApologised, labels)
        }
        add(item.given.minorUnits, .amountGiven, labels)
        if item.standing == .givenWithoutDue { add(1, .withoutDue, labels) }
        guard let rung = item.rung, let ladder = header.settings.ladder else { return }
        let amount = ladder.rungs[rung].amount?.minorUnits ?? 0
        add(1, .due, labels)
        add(amount, .amountDue, labels)
        guard item.isOwed else { return add(1, .given, labels) }
        add(1, .owed, labels)
        add(max(0, amount - item.given.minorUnits), .amountOwed, labels)
        if item.standing == .lesser { add(1, .lesser, labels) }
    }

    mutating func add(_ complaint: OutageLedger.Complaint, _ labels: [String]) {
        add(1, .complaints, labels)
        switch complaint.outcome {
        case .solved: add(1, .solved, labels)
        case .declined: add(1, .declined, labels)
        case .parted: add(1, .parted, labels)
        case .open: add(1, .openComplaints, labels)
        }
    }
}
