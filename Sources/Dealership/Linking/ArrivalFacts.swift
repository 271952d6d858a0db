public import Basis

/// What customers begin: conversations of a channel, leads, bookings of appointments, visits.
public enum ArrivalKind: Hashable, Sendable {
    /// Conversations of a channel, by its code.
    case channel(Int32)
    case leads
    /// Leads of one source, by its code.
    case leadsOf(Int32)
    case appointments
    case visits

    /// `email`, `leads`, `leads of web`, `appointments`, `visits`.
    public func label(_ header: JournalHeader) -> String {
        switch self {
        case .channel(let code): header.name(code)
        case .leads: "leads"
        case .leadsOf(let code): "leads of \(header.name(code))"
        case .appointments: "appointments"
        case .visits: "visits"
        }
    }

    /// A number of its own, the same in every group.
    public var code: Int64 {
        switch self {
        case .channel(let code): Int64(code) * 2 + 8
        case .leadsOf(let code): Int64(code) * 2 + 9
        case .leads: 0
        case .appointments: 1
        case .visits: 2
        }
    }

    /// Where it is counted from.
    public func tables(_ header: JournalHeader) -> [StandardTable] {
        switch self {
        case .channel: [header.has(.messages) ? .messages : .conversations]
        case .leads, .leadsOf: [.leads]
        case .appointments: [.appointments]
        case .visits: [.serviceVisits]
        }
    }

    /// What comes in through an activity.
    public static func of(activity name: String, _ header: JournalHeader) -> [ArrivalKind] {
        switch Activity(rawValue: name) {
        case .visits: return [.visits, .appointments]
        case .appointments: return [.appointments]
        case .leads: return [.leads]
        case .mailings, .payments: return []
        case nil:
            let code = header.code(ofName: name)
            if code < 0 { return [] }
            let isChannel = header.settings.channels.contains { $0.name == name }
            return isChannel ? [.channel(code)] : [.channel(code), .leadsOf(code)]
        }
    }
}

/// When customers began what they begin, in order of time, by store and kind. A date without a time is in no hour and is
/// left out.
public struct ArrivalFacts: Sendable {
    /// Times in seconds since 1970, ascending, and the row of each.
    public struct Series: Sendable {
        public internal(set) var times: [Int64] = []
        public internal(set) var sources: [RowSource] = []

        mutating func add(_ time: Int64, _ source: RowSource) {
            times.append(time)
            sources.append(source)
        }

        mutating func sort() {
            let order = times.indices.sorted { (times[$0], sources[$0]) < (times[$1], sources[$1]) }
            times = order.map { times[$0] }
            sources = order.map { sources[$0] }
        }
    }

    private struct Key: Hashable {
        var store: Int32
        var kind: ArrivalKind
    }

    private var places: [Key: Int] = [:]
    private var all: [Series] = []

    /// Only of the kinds that some outage hit.
    init(_ facts: Facts) {
        let header = facts.header
        let names = Set(header.outages.flatMap { $0.activities(header.settings.outages) })
        let kinds = Set(names.flatMap { ArrivalKind.of(activity: $0, header) })
        if kinds.isEmpty { return }
        for store in facts.stores {
            for kind in kinds {
                places[Key(store: store, kind: kind)] = all.count
                all.append(Series())
            }
        }
        addConversations(facts.conversations, channels: header.names.count)
        let leads = facts.journal.leads
        for lead in 0..<leads.count {
            add(.leads, leads.store[lead], leads.createdAt[lead], leads.source[lead])
            add(.leadsOf(leads.origin[lead]), leads.store[lead], leads.createdAt[lead], leads.source[lead])
        }
        let appointments = facts.journal.appointments
        for index in 0..<appointments.count {
            add(.appointments, appointments.store[index], appointments.bookedAt[index], appointments.source[index])
        }
        let visits = facts.visits
        for visit in 0..<visits.count {
            add(.visits, visits.store[visit], visits.openedAt[visit], facts.journal.orders.source[visits.order[visit]])
        }
        for index in all.indices { all[index].sort() }
    }

    /// Most rows: found by position, not by key.
    private mutating func addConversations(_ conversations: ConversationFacts, channels: Int) {
        var place: [Int32: [Int32]] = [:]
        for (key, position) in places {
            guard case .channel(let code) = key.kind else { continue }
            var row = place[key.store] ?? [Int32](repeating: -1, count: channels)
            row[Int(code)] = Int32(position)
            place[key.store] = row
        }
        var store: Int32 = -1
        var row: [Int32] = []
        for fact in 0..<conversations.count where conversations.leftOut[fact] == .counted {
            if conversations.store[fact] != store {
                store = conversations.store[fact]
                row = place[store] ?? []
            }
            let channel = Int(conversations.channel[fact])
            guard row.indices.contains(channel), row[channel] >= 0 else { continue }
            all[Int(row[channel])].add(conversations.start[fact], conversations.source[fact])
        }
    }

    private mutating func add(_ kind: ArrivalKind, _ store: Int32, _ moment: Moment, _ source: RowSource) {
        if moment.isMissing || moment.isDateOnly { return }
        if let place = places[Key(store: store, kind: kind)] { all[place].add(moment.instant.seconds, source) }
    }

    /// Of a kind that no outage ever hit there is none.
    public func series(_ kind: ArrivalKind, store: Int32) -> Series {
        places[Key(store: store, kind: kind)].map { all[$0] } ?? Series()
    }
}

extension JournalHeader {
    /// The local days on which arrivals of a kind are on record: from the first day that its export covers, or has rows
    /// of, to the end of the scarcest. Nil: none.
    public func daysKnown(_ kind: ArrivalKind, store: Int32) -> Range<Day>? {
        let tables = kind.tables(self)
        let own = audits.filter { tables.contains($0.table) }
        let firsts = own.compactMap { $0.firstDay ?? $0.rowsByDay.keys.min() }
        guard let first = firsts.min() else { return nil }
        let end = zone(ofStore: Int(store)).day(at: asOf(of: tables))
        return first < end ? first..<end : nil
    }
}
