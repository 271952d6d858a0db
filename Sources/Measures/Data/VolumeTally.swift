import Basis
public import Dealership

extension Volume {
    enum Counter: Int, CaseIterable {
        case visits, leads, appointments, sales, conversations, messages, offChannel
        /// Not 0 where the export is there: without it a count is not known, rather than 0.
        case knowsVisits, knowsLeads, knowsAppointments, knowsSales, knowsConversations, knowsMessages, knowsOffChannel
    }

    private static func knows(_ counter: Counter, _ header: JournalHeader) -> Bool {
        switch counter {
        case .visits: header.knows(.serviceVisits)
        case .leads: header.knows(.leads)
        case .appointments: header.has(.appointments)
        case .sales: header.knows(.sales)
        case .conversations: header.knows(.messages) || header.knows(.conversations)
        case .messages, .offChannel: header.knows(.messages)
        default: false
        }
    }

    /// The columns, in the order of the counters.
    private static let names = ["visits", "leads", "appointments", "sales", "conversations", "messages", "off_channel"]

    /// Records of one kind, a column each of what they are split by.
    private struct Records {
        var counter: Counter
        var stores: [Int32]
        var days: [Day]
        /// Asked only where the table is split by hour, or a record may lie ahead.
        var seconds: (Int) -> Int64
        var channels: [Int32]?
        /// Nil: all count.
        var counts: ((Int) -> Bool)?
    }

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        var builder = TallyBuilder(counters: Counter.allCases.count, histograms: 0)
        let header = facts.header
        let filter = FactFilter(spec, header)
        var columns: [FactColumn] = []
        // A table of messages alone need not look at every repair order.
        for records in Volume.records(facts) where spec.columns.contains(Volume.names[records.counter.rawValue]) {
            columns = spec.by.map { Volume.column($0, records, facts) }
            for record in records.stores.indices {
                if !filter.isOpen, !filter.admits(store: records.stores[record], day: records.days[record]) { continue }
                if let counts = records.counts, !counts(record) { continue }
                let cell = builder.cell(FactColumn.key(columns, record))
                builder.add(to: records.counter.rawValue, of: cell)
            }
        }
        var table = builder.finish { FactColumn.labels(columns, $0) }
        let shift = Counter.knowsVisits.rawValue
        for counter in Counter.allCases where counter.rawValue < shift && Volume.knows(counter, header) {
            for labels in table.cells.keys { table.cells[labels]?.counts[counter.rawValue + shift] = 1 }
        }
        return table
    }

    private static func records(_ facts: Facts) -> [Records] {
        let journal = facts.journal
        let header = facts.header
        let asOf = header.asOf
        let days = facts.recordDays
        let (visits, sales, conversations) = (facts.visits, facts.sales, facts.conversations)
        let (leads, appointments, messages) = (journal.leads, journal.appointments, journal.messages)
        let off = header.settings.channels.filter { $0.management == .offChannel }.map { header.code(ofName: $0.name) }
        func isPast(_ message: Int) -> Bool { messages.sentAt[message] < asOf.seconds }
        return [
            Records(
                counter: .visits, stores: visits.store, days: visits.day, seconds: { visits.openedAt[$0].instant.seconds }),
            Records(
                counter: .leads, stores: leads.store, days: days.leads, seconds: { leads.createdAt[$0].instant.seconds },
                counts: { leads.createdAt[$0].instant < asOf }),
            Records(
                counter: .appointments, stores: appointments.store, days: days.appointments,
                seconds: { appointments.scheduledFor[$0].instant.seconds },
                counts: { appointments.scheduledFor[$0].instant < asOf }),
            Records(
                counter: .sales, stores: sales.store, days: sales.day,
                seconds: { journal.sales.soldAt[sales.sale[$0]].instant.seconds }),
            Records(
                counter: .conversations, stores: conversations.store, days: conversations.day,
                seconds: { conversations.start[$0] }, channels: conversations.channel,
                counts: { conversations.leftOut[$0] != .afterAsOf }),
            Records(
                counter: .messages, stores: messages.store, days: days.messages, seconds: { messages.sentAt[$0] },
                channels: messages.channel, counts: isPast),
            Records(
                counter: .offChannel, stores: messages.store, days: days.messages, seconds: { messages.sentAt[$0] },
                channels: messages.channel, counts: { off.contains(messages.channel[$0]) && isPast($0) }),
        ]
    }

    private static func column(_ dimension: Dimension, _ records: Records, _ facts: Facts) -> FactColumn {
        switch dimension {
        case .store: facts.storeColumn(records.stores)
        case .month: facts.monthColumn(records.days)
        case .day: facts.dayColumn(records.days)
        case .weekday: facts.weekdayColumn(records.days)
        case .hour: facts.hourColumn(records.stores.indices.map(records.seconds), stores: records.stores)
        default: facts.nameColumn(records.channels ?? [Int32](repeating: -1, count: records.stores.count))
        }
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        guard let counter = Volume.names.firstIndex(of: column) else { return .none }
        if tally.counts[counter + Counter.knowsVisits.rawValue] == 0 { return .none }
        return .count(tally.counts[counter])
    }
}
