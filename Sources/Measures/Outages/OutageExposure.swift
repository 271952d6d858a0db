import Basis
public import Dealership

/// What was exposed to an outage, and what became of its mailings. DEFINITIONS 4.
public struct OutageExposure: Measure {
    public var answerOn: ConversationSettings.AnswerOn
    public init(answerOn: ConversationSettings.AnswerOn) { self.answerOn = answerOn }
    public init?(_ parameters: inout some ParameterReading) { self.init(answerOn: parameters.answerOn()) }

    public var inForce: [(parameter: String, value: String)] { [("answer-on", answerOn.rawValue)] }

    public func linking(_ usual: LinkingParameters) -> LinkingParameters {
        var own = usual
        own.answerOn = answerOn
        return own
    }

    public func isKnown(_ header: JournalHeader) -> Bool { header.knows(.outages) }

    enum Counter: Int, CaseIterable {
        case outages, conversations, visits, leads, appointments, mailings
        case late, early, wrong, twice, unsent, recipients, customers
        /// Not 0 where the export is there.
        case knowsConversations, knowsVisits, knowsLeads, knowsAppointments, knowsMailings

        static let kinds: [ExposureFacts.Kind: Counter] = [
            .conversation: .conversations, .visit: .visits, .lead: .leads, .appointment: .appointments,
            .mailing: .mailings,
        ]
        static let faults: [MailingFault: Counter] = [
            .late: .late, .early: .early, .wrong: .wrong, .twice: .twice, .unsent: .unsent,
        ]
    }

    public static let entry = MeasureEntry(
        name: "outage-exposure", code: "EXPO", title: "Exposed to outages",
        summary: "Conversations, visits, leads, appointments and mailings that an outage got in the way of.",
        definition: """
            Exposed: its clock ran during the outage on its activity and store. A conversation's and a lead's clock runs \
            to the first answer; a visit's from opening to closing (a day alone: that day); an appointment's is the \
            instant of booking and that of the appointment; a mailing's runs between planned and actual sending. A thing \
            exposed to several outages of a cell counts once in it. The month is that of the outage's start. A mailing is \
            late or early beyond the tolerance where the export states no fault.
            """,
        dimensions: OutageLabels.dimensions,
        columns: [
            .init("outages", "recorded outages"),
            .init("conversations", "conversations whose clock ran during the outage on their channel"),
            .init("visits", "visits open during an outage of the activity visits"),
            .init("leads", "leads waiting during an outage of the activity leads, or of one named as their source"),
            .init("appointments", "appointments booked or due during an outage of appointments or visits"),
            .init("mailings", "mailings planned or sent during an outage of the activity mailings"),
            .init("mailings_late", "of these, later than planned"),
            .init("mailings_early", "of these, earlier than planned"),
            .init("mailings_wrong", "of these, with wrong contents"),
            .init("mailings_twice", "of these, sent twice"),
            .init("mailings_unsent", "of these, not sent by the as-of instant"),
            .init("recipients", "recipients of these mailings"),
            .init("customers", "customers exposed, each once; mailings name none"),
        ],
        parameters: [.answerOn],
        needs: ["outages"])

    /// Every outage has a cell, whether anything was exposed to it or not.
    public func common(_ context: LinkingContext, _ spec: TableSpec) -> TallyTable {
        let header = context.header
        let labels = OutageLabels(spec, header)
        var outages: [[String]: Set<String>] = [:]
        for outage in header.outages where !outage.isPlanned {
            for store in outage.storesHit(header) {
                if let cell = labels.labels(outage, store: store) { outages[cell, default: []].insert(outage.identifier) }
            }
        }
        var known = [Int64](repeating: 0, count: Counter.allCases.count)
        func knows(_ counter: Counter, _ isKnown: Bool) { known[counter.rawValue] = isKnown ? 1 : 0 }
        knows(.knowsConversations, header.knows(.messages) || header.knows(.conversations))
        knows(.knowsVisits, header.knows(.serviceVisits))
        knows(.knowsLeads, header.knows(.leads))
        knows(.knowsAppointments, header.knows(.appointments))
        knows(.knowsMailings, header.knows(.mailings))
        return TallyTable(
            cells: outages.mapValues { identifiers in
                var counts = known
                counts[Counter.outages.rawValue] = Int64(identifiers.count)
                return Tally(counts: counts, histograms: [])
            })
    }

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        let exposure = facts.exposure
        let labels = OutageLabels(spec, facts.header)
        var cells: [[String]: Int] = [:]
        var names: [[String]] = []
        var things: [Thing] = []
        var people: [Thing] = []
        var places: [UInt64: Int] = [:]
        for exposed in 0..<exposure.count {
            let store = exposure.store[exposed]
            let place = UInt64(UInt32(bitPattern: exposure.outage[exposed])) << 32 | UInt64(UInt32(bitPattern: store))
            if places[place] == nil {
                let name = labels.labels(facts.header.outages[Int(exposure.outage[exposed])], store: store)
                places[place] = name.map { cells[$0] ?? names.count } ?? -1
                if let name, cells[name] == nil {
                    cells[name] = names.count
                    names.append(name)
                }
            }
            guard let cell = places[place], cell >= 0 else { continue }
            things.append(Thing(cell: cell, kind: exposure.kind[exposed].rawValue, row: exposure.row[exposed]))
            let customer = exposure.customer[exposed]
            if customer >= 0 { people.append(Thing(cell: cell, kind: 0, row: facts.identity[customer])) }
        }
        var counts = [[Int64]](repeating: [Int64](repeating: 0, count: Counter.allCases.count), count: names.count)
        for thing in Thing.once(things) {
            guard let kind = ExposureFacts.Kind(rawValue: thing.kind), let counter = Counter.kinds[kind] else { continue }
            counts[thing.cell][counter.rawValue] += 1
            if kind == .mailing { count(mailing: Int(thing.row), facts, &counts[thing.cell]) }
        }
        for person in Thing.once(people) { counts[person.cell][Counter.customers.rawValue] += 1 }
        return TallyTable(
            cells: Dictionary(uniqueKeysWithValues: zip(names, counts.map { Tally(counts: $0, histograms: []) })))
    }

    /// Something exposed in a cell.
    private struct Thing: Hashable, Comparable {
        var cell: Int
        var kind: UInt8
        var row: Int32
        static func < (a: Thing, b: Thing) -> Bool { (a.cell, a.kind, a.row) < (b.cell, b.kind, b.row) }

        static func once(_ things: [Thing]) -> [Thing] {
            let sorted = things.sorted()
            return sorted.indices.filter { $0 == 0 || sorted[$0] != sorted[$0 - 1] }.map { sorted[$0] }
        }
    }

    private func count(mailing: Int, _ facts: Facts, _ counts: inout [Int64]) {
        if let fault = facts.fault(ofMailing: mailing), let counter = Counter.faults[fault] {
            counts[counter.rawValue] += 1
        }
        counts[Counter.recipients.rawValue] += max(0, facts.journal.mailings.recipients[mailing])
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        func count(_ counter: Counter) -> Int64 { tally.counts[counter.rawValue] }
        func known(_ counter: Counter, _ flag: Counter) -> Cell { count(flag) > 0 ? .count(count(counter)) : .none }
        switch column {
        case "outages": return .count(count(.outages))
        case "conversations": return known(.conversations, .knowsConversations)
        case "visits": return known(.visits, .knowsVisits)
        case "leads": return known(.leads, .knowsLeads)
        case "appointments": return known(.appointments, .knowsAppointments)
        case "mailings": return known(.mailings, .knowsMailings)
        case "mailings_late": return known(.late, .knowsMailings)
        case "mailings_early": return known(.early, .knowsMailings)
        case "mailings_wrong": return known(.wrong, .knowsMailings)
        case "mailings_twice": return known(.twice, .knowsMailings)
        case "mailings_unsent": return known(.unsent, .knowsMailings)
        case "recipients": return known(.recipients, .knowsMailings)
        case "customers":
            let flags: [Counter] = [.knowsConversations, .knowsVisits, .knowsLeads, .knowsAppointments]
            return flags.contains { count($0) > 0 } ? .count(count(.customers)) : .none
        default: return .none
        }
    }
}

extension Facts {
    /// What went wrong with a mailing, as it says itself or as its times do.
    func fault(ofMailing index: Int) -> MailingFault? {
        let mailings = journal.mailings
        return MailingFault(
            stated: header.name(mailings.fault[index]), planned: mailings.plannedAt[index], sent: mailings.sentAt[index],
            asOf: header.asOf, tolerance: header.settings.outages.impact.mailingToleranceSeconds)
    }
}
