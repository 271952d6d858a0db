import Basis
public import Dealership
import Measures

/// What a report on one outage needs of the facts themselves: which sharing groups, and what of each.
public struct IncidentDetails: Sendable {
    private let outage: Outage
    private let position: Int
    /// The curve's kind and its columns; without one nobody's waiting is drawn.
    private let kind: String
    private let labels: [String]
    private let hasLadder: Bool
    public let parameters: LinkingParameters

    /// Nil: the report is on no outage.
    public init?(_ context: ReportContext) {
        guard let incident = Incident(context),
            let position = context.header.outages.firstIndex(where: { $0.identifier == incident.outage.identifier })
        else { return nil }
        outage = incident.outage
        self.position = position
        let curve = IncidentCurve(incident)
        kind = curve?.kind ?? ""
        labels = curve?.columns.map(\.label) ?? []
        hasLadder = context.settings.ladder != nil
        parameters = LinkingParameters(context.settings)
    }

    /// The sharing groups that it hit.
    public func groups(_ header: JournalHeader) -> [Int] {
        Set(outage.storesHit(header).map { header.stores[Int($0)].group }).sorted()
    }

    /// One sharing group's part.
    public func details(_ facts: Facts) -> ReportDetails {
        ReportDetails(waiting: waiting(facts), owed: hasLadder ? owed(facts) : nil)
    }

    private func owed(_ facts: Facts) -> [OwedCustomer] {
        let header = facts.header
        return facts.owed.items.compactMap { item -> OwedCustomer? in
            guard item.outage == position, item.isOwed, let rung = item.rung else { return nil }
            return OwedCustomer(
                number: facts.journal.customers[item.number], store: header.stores[Int(item.store)].name, rung: rung,
                waited: item.waited > 0 ? item.waited : nil,
                cost: item.isMoved
                    ? say("visit moved")
                    : item.isAnswerLate ? say("answer late") : item.waited > 0 ? say("had to wait") : say("was hit"),
                hasLesser: item.standing == .lesser)
        }
    }

    /// Who wrote since the curve's beginning and had no answer at each column's end.
    private func waiting(_ facts: Facts) -> WaitingCurve? {
        let header = facts.header
        let known = kind == "leads" ? facts.leadWaits : facts.conversations
        let channel = header.code(ofName: kind)
        guard !labels.isEmpty, kind == "leads" || channel >= 0, header.has(.messages) || header.has(.conversations)
        else { return nil }
        var ends: [Int32: [(label: String, from: Int64, to: Int64)]] = [:]
        for store in outage.storesHit(header) where header.stores[Int(store)].group == facts.journal.group {
            let zone = header.zone(ofStore: Int(store))
            ends[store] = labels.compactMap { label in
                IncidentDetails.span(label, zone).map { (label, $0.lowerBound.seconds, $0.upperBound.seconds) }
            }.filter { $0.to <= facts.messagesAsOf.seconds }
        }
        // What lies ahead in every store is not known; what has passed in one is.
        let passed = Set(ends.values.flatMap { $0.map(\.label) })
        var counts = Dictionary(uniqueKeysWithValues: passed.map { ($0, 0) })
        for fact in 0..<known.count
        where known.leftOut[fact] == .counted && (kind == "leads" || known.channel[fact] == channel) {
            guard let columns = ends[known.store[fact]], let first = columns.first, let last = columns.last else {
                continue
            }
            let start = known.start[fact]
            let stop = known.isAnswered(fact) ? known.reply[fact] : Int64.max
            guard start >= first.from, start < last.to else { continue }
            for column in columns where start < column.to && column.to <= stop { counts[column.label, default: 0] += 1 }
        }
        return WaitingCurve(counts: counts)
    }

    /// What a column's label covers by a store's clock.
    static func span(_ label: String, _ zone: ZoneRules) -> Range<Instant>? {
        let parts = label.split(separator: " ")
        guard let day = parts.first.flatMap({ Day(text: $0) }) else { return nil }
        guard parts.count > 1, let hour = Int(parts[1].prefix(2)) else {
            return zone.startOfDay(day)..<zone.startOfDay(day + 1)
        }
        let from = zone.instant(day: day, secondOfDay: hour * 3_600).instant
        let to = hour == 23 ? zone.startOfDay(day + 1) : zone.instant(day: day, secondOfDay: (hour + 1) * 3_600).instant
        return from..<max(from, to)
    }
}

extension ReportDetails {
    /// Another sharing group's part: counts add up, customers are listed together.
    public mutating func merge(_ other: ReportDetails) {
        if let more = other.waiting {
            waiting =
                waiting.map { own in
                    WaitingCurve(counts: own.counts.merging(more.counts, uniquingKeysWith: +))
                } ?? more
        }
        if let more = other.owed { owed = ((owed ?? []) + more).sorted(by: OwedCustomer.comesFirst) }
    }
}
