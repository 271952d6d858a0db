import Basis
import Dealership

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

    static func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        var builder = TallyBuilder(counters: Counter.allCases.count, histograms: 0)
        let header = facts.header
        let filter = FactFilter(spec, header)
        func count(_ counter: Counter, _ seconds: Int64, store: Int32, channel: Int32 = -1) {
            let zone = header.zone(ofStore: Int(store))
            let instant = Instant(seconds: seconds)
            let day = zone.day(at: instant)
            guard filter.admits(store: store, day: day) else { return }
            let codes = spec.by.map { dimension -> Int32 in
                switch dimension {
                case .store: store
                case .month: day.month.number
                case .day: day.number
                case .channel: channel
                case .weekday: Int32(day.weekday + 1)
                case .hour:
                    Int32((zone.localSeconds(at: instant) - Int64(day.number) * 86_400) / 3_600)
                default: 0
                }
            }
            let cell = builder.cell(
                CellKey(
                    codes.count > 0 ? codes[0] : 0, codes.count > 1 ? codes[1] : 0, codes.count > 2 ? codes[2] : 0,
                    codes.count > 3 ? codes[3] : 0))
            builder.add(to: counter.rawValue, of: cell)
        }
        let journal = facts.journal
        for visit in 0..<facts.visits.count {
            count(.visits, facts.visits.openedAt[visit].instant.seconds, store: facts.visits.store[visit])
        }
        for lead in 0..<journal.leads.count where journal.leads.createdAt[lead].instant < header.asOf {
            count(.leads, journal.leads.createdAt[lead].instant.seconds, store: journal.leads.store[lead])
        }
        for index in 0..<journal.appointments.count where journal.appointments.scheduledFor[index].instant < header.asOf {
            count(
                .appointments, journal.appointments.scheduledFor[index].instant.seconds,
                store: journal.appointments.store[index])
        }
        for sale in 0..<facts.sales.count {
            count(
                .sales, journal.sales.soldAt[facts.sales.sale[sale]].instant.seconds, store: facts.sales.store[sale])
        }
        for fact in 0..<facts.conversations.count where facts.conversations.leftOut[fact] != .afterAsOf {
            count(
                .conversations, facts.conversations.start[fact], store: facts.conversations.store[fact],
                channel: facts.conversations.channel[fact])
        }
        let off = Set(header.settings.channels.filter { $0.management == .offChannel }.map { header.code(ofName: $0.name) })
        for message in 0..<journal.messages.count where journal.messages.sentAt[message] < header.asOf.seconds {
            let channel = journal.messages.channel[message]
            count(.messages, journal.messages.sentAt[message], store: journal.messages.store[message], channel: channel)
            if off.contains(channel) {
                count(.offChannel, journal.messages.sentAt[message], store: journal.messages.store[message], channel: channel)
            }
        }
        var table = builder.finish { key in
            spec.by.enumerated().map { position, dimension in
                let code = key[position]
                switch dimension {
                case .store: return header.stores[Int(code)].identifier
                case .month: return Month(number: code).description
                case .day: return Day(number: code).description
                case .channel: return header.name(code)
                case .hour: return twoDigits(code)
                default: return String(code)
                }
            }
        }
        let shift = Counter.knowsVisits.rawValue
        for counter in Counter.allCases where counter.rawValue < shift && knows(counter, header) {
            for labels in table.cells.keys { table.cells[labels]?.counts[counter.rawValue + shift] = 1 }
        }
        return table
    }

    static func value(_ column: String, _ tally: Tally) -> Cell {
        let names = ["visits", "leads", "appointments", "sales", "conversations", "messages", "off_channel"]
        guard let counter = names.firstIndex(of: column) else { return .none }
        if tally.counts[counter + Counter.knowsVisits.rawValue] == 0 { return .none }
        return .count(tally.counts[counter])
    }
}
