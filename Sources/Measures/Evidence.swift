public import Basis
public import Dealership

/// The rows behind a figure: those counted, and those left out with the reason. Every row names its place in the exports.
public struct Evidence: Sendable {
    public struct Row: Sendable {
        /// In the order of `columns`.
        public var cells: [String]
        public var isCounted: Bool
        /// What it counted as, or why it did not.
        public var standing: String
        public var source: RowSource
    }

    public var columns: [String]
    public var rows: [Row]
}

/// Which facts a figure was taken of.
public struct EvidenceSlice: Hashable, Sendable {
    /// Nil: all months.
    public var month: Month?
    public var labels: [Dimension: String]
    public init(month: Month?, labels: [Dimension: String]) {
        self.month = month
        self.labels = labels
    }
}

extension Facts {
    /// Facts whose labels agree with the slice; `column` gives a dimension's column.
    fileprivate func selected(
        _ count: Int, _ slice: EvidenceSlice, _ column: (Dimension) -> FactColumn?
    ) -> [Int] {
        var labels = slice.labels
        if let month = slice.month { labels[.month] = month.description }
        let wanted = labels.sorted { $0.key < $1.key }.map { (column($0.key), $0.value) }
        if wanted.contains(where: { $0.0 == nil }) { return [] }
        return (0..<count).filter { fact in
            wanted.allSatisfy { column, label in column.map { $0.label($0.codes[fact]) == label } ?? false }
        }
    }

    /// `2026-10-13 09:20:31` on the store's clock.
    fileprivate func local(_ seconds: Int64, store: Int32) -> String {
        if seconds == ConversationFacts.none { return "" }
        let zone = header.zone(ofStore: Int(store))
        let text = Instant(seconds: zone.localSeconds(at: Instant(seconds: seconds))).description
        return String(text.dropLast()).split(separator: "T").joined(separator: " ")
    }

    fileprivate func local(_ moment: Moment, store: Int32) -> String {
        if moment.isMissing { return "" }
        if moment.isDateOnly { return header.zone(ofStore: Int(store)).day(at: moment.instant).description }
        return local(moment.instant.seconds, store: store)
    }
}

extension FirstResponseTime {
    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        let conversations = facts.conversations
        let targets = Targets(facts, target)
        let rows = facts.selected(conversations.count, slice) { facts.conversationColumn($0) }.map { fact in
            let store = conversations.store[fact]
            let leftOut = conversations.leftOut[fact]
            let raw = clock == .open ? conversations.openWait[fact] : conversations.wallWait[fact]
            let covered = conversations.coveredWait[fact]
            let wait = adjusted ? conversations.openWait[fact] - covered : raw
            let standing = targets.standing(fact, wait: wait)
            return Evidence.Row(
                cells: [
                    facts.journal.threads[conversations.thread[fact]], facts.header.stores[Int(store)].identifier,
                    facts.header.name(conversations.channel[fact]), facts.journal.people[conversations.credited(fact)],
                    facts.local(conversations.start[fact], store: store),
                    facts.local(conversations.reply[fact], store: store),
                    facts.local(conversations.due[fact], store: store),
                    targets.seconds(fact).map(String.init) ?? "", String(conversations.openWait[fact]),
                    String(conversations.wallWait[fact]), String(covered),
                ],
                isCounted: leftOut == .counted && standing != .noTarget,
                standing: leftOut == .counted ? standing.words : leftOut.words, source: conversations.source[fact])
        }
        return Evidence(
            columns: [
                "conversation_id", "store_id", "channel", "person_id", "asked_at", "answered_at", "due_at",
                "target_seconds", "open_seconds", "wall_seconds", "outage_seconds",
            ], rows: rows)
    }
}

extension ServiceToSales {
    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        view == .byDeal ? deals(facts, slice) : visits(facts, slice)
    }

    private func deals(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence {
        let journal = facts.journal
        var rows = facts.selected(facts.sales.count, slice) { facts.saleColumn($0) }.map { fact -> Evidence.Row in
            let row = facts.sales.sale[fact]
            let visit = Int(facts.sales.visit[fact])
            let store = facts.sales.store[fact]
            let gross = journal.sales.gross[row]
            return Evidence.Row(
                cells: [
                    journal.sales.identifiers[Int32(row)], facts.header.stores[Int(store)].identifier,
                    facts.local(journal.sales.soldAt[row], store: store),
                    journal.people[journal.sales.salesperson[row]],
                    visit >= 0 ? journal.orders.identifiers[Int32(facts.visits.order[visit])] : "",
                    visit >= 0 ? facts.visits.day[visit].description : "",
                    visit >= 0 ? String(facts.sales.day[fact] - facts.visits.day[visit]) : "",
                    gross == .min ? "" : Money(minorUnits: gross).description,
                ],
                isCounted: visit >= 0, standing: visit >= 0 ? "credited" : "no visit within the window",
                source: journal.sales.source[row])
        }
        for (sale, reason) in facts.sales.leftOut {
            let store = journal.sales.store[sale]
            let day = facts.header.zone(ofStore: Int(store)).day(at: journal.sales.soldAt[sale].instant)
            if let month = slice.month, day.month != month { continue }
            rows.append(
                Evidence.Row(
                    cells: [
                        journal.sales.identifiers[Int32(sale)], facts.header.stores[Int(store)].identifier,
                        facts.local(journal.sales.soldAt[sale], store: store),
                        journal.people[journal.sales.salesperson[sale]], "", "", "", "",
                    ], isCounted: false, standing: reason.words, source: journal.sales.source[sale]))
        }
        return Evidence(
            columns: [
                "sale_id", "store_id", "sold_at", "salesperson_id", "visit_id", "visit_day", "days_between", "gross_profit",
            ], rows: rows)
    }

    private func visits(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence {
        let journal = facts.journal
        let visits = facts.visits
        var sale = [Int](repeating: -1, count: visits.count)
        for index in stride(from: facts.sales.count - 1, through: 0, by: -1) where facts.sales.visit[index] >= 0 {
            let visit = Int(facts.sales.visit[index])
            if sale[visit] < 0 || facts.sales.day[index] <= facts.sales.day[sale[visit]] { sale[visit] = index }
        }
        var rows = facts.selected(visits.count, slice) { facts.visitColumn($0) }.map { visit -> Evidence.Row in
            let store = visits.store[visit]
            let lastDay = facts.header.zone(ofStore: Int(store)).day(at: facts.conversionAsOf + -1)
            let isMature = lastDay - visits.day[visit] >= windowDays
            let index = sale[visit]
            return Evidence.Row(
                cells: [
                    journal.orders.identifiers[Int32(visits.order[visit])], facts.header.stores[Int(store)].identifier,
                    facts.local(visits.openedAt[visit], store: store), String(visits.orders[visit]),
                    journal.people[visits.advisor[visit]],
                    index >= 0 ? journal.sales.identifiers[Int32(facts.sales.sale[index])] : "",
                    index >= 0 ? String(facts.sales.day[index] - visits.day[visit]) : "",
                ],
                isCounted: true, standing: index >= 0 ? "bought" : isMature ? "did not buy" : "window not over",
                source: journal.orders.source[visits.order[visit]])
        }
        for (order, reason) in visits.leftOut {
            let store = journal.orders.store[order]
            let day = facts.header.zone(ofStore: Int(store)).day(at: journal.orders.openedAt[order].instant)
            if let month = slice.month, day.month != month { continue }
            rows.append(
                Evidence.Row(
                    cells: [
                        journal.orders.identifiers[Int32(order)], facts.header.stores[Int(store)].identifier,
                        facts.local(journal.orders.openedAt[order], store: store), "",
                        journal.people[journal.orders.advisor[order]], "", "",
                    ], isCounted: false, standing: reason.words, source: journal.orders.source[order]))
        }
        return Evidence(
            columns: ["visit_id", "store_id", "opened_at", "orders", "advisor_id", "sale_id", "days_between"], rows: rows)
    }
}

extension OutageImpact {
    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        let header = facts.header
        let stores = header.stores.indices.filter { header.stores[$0].group == facts.journal.group }
        var rows: [Evidence.Row] = []
        for outage in header.outages {
            for store in stores where outage.store < 0 || Int(outage.store) == store {
                let zone = header.zone(ofStore: store)
                let end = min(outage.end ?? header.asOf, header.asOf)
                var span = outage.start..<max(outage.start, end)
                if let month = slice.month {
                    let window = zone.startOfDay(month.firstDay)..<zone.startOfDay((month + 1).firstDay)
                    guard let part = span.part(in: window) else { continue }
                    span = part
                }
                let labels: [Dimension: String] = [
                    .outage: outage.identifier, .store: header.stores[store].identifier, .vendor: outage.vendor,
                    .system: outage.system, .channel: outage.channel,
                ]
                guard outage.start < header.asOf, slice.labels.allSatisfy({ labels[$0.key] == $0.value }) else { continue }
                let table = facts.calendars.tables[facts.calendars.index(store: Int32(store), department: -1)]
                rows.append(
                    Evidence.Row(
                        cells: [
                            outage.identifier, header.stores[store].identifier, outage.vendor, outage.system, outage.channel,
                            facts.local(outage.start.seconds, store: Int32(store)),
                            outage.end.map { facts.local($0.seconds, store: Int32(store)) } ?? "still open",
                            String(span.upperBound - span.lowerBound),
                            String(table.openSeconds(from: span.lowerBound, to: span.upperBound) ?? 0),
                        ], isCounted: true, standing: "counted", source: outage.source))
            }
        }
        return Evidence(
            columns: [
                "outage_id", "store_id", "vendor", "system", "channel", "started_at", "ended_at", "wall_seconds",
                "open_seconds",
            ], rows: rows)
    }
}

extension Handoffs {
    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        let handoffs = facts.handoffs
        let rows = facts.selected(handoffs.count, slice) { facts.handoffColumn($0, handoffs) }.map { fact -> Evidence.Row in
            let store = handoffs.store[fact]
            let standing = standing(wait: handoffs.openWait[fact], isAnswered: handoffs.isAnswered(fact))
            return Evidence.Row(
                cells: [
                    facts.journal.threads[handoffs.thread[fact]], facts.header.stores[Int(store)].identifier,
                    facts.header.name(handoffs.from[fact]), facts.header.name(handoffs.to[fact]),
                    facts.local(handoffs.sent[fact], store: store), facts.local(handoffs.reply[fact], store: store),
                    String(handoffs.openWait[fact]), String(handoffs.wallWait[fact]),
                ], isCounted: standing != .noTarget, standing: standing.words, source: handoffs.source[fact])
        }
        return Evidence(
            columns: [
                "conversation_id", "store_id", "department", "to_department", "handed_over_at", "answered_at",
                "open_seconds", "wall_seconds",
            ], rows: rows)
    }
}
