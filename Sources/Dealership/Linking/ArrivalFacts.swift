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
    private struct Key: Hashable {
        var store: Int32
        var kind: ArrivalKind
    }

    private var times: [Key: [Int64]] = [:]

    /// Only of the kinds that some outage hit.
    init(_ facts: Facts) {
        let header = facts.header
        let names = Set(header.outages.flatMap { $0.activities(header.settings.outages) })
        let kinds = Set(names.flatMap { ArrivalKind.of(activity: $0, header) })
        var times: [Key: [Int64]] = [:]
        for store in facts.stores { for kind in kinds { times[Key(store: store, kind: kind)] = [] } }
        let conversations = facts.conversations
        for (key, _) in times {
            guard case .channel(let code) = key.kind else { continue }
            times[key] = (0..<conversations.count).filter {
                conversations.channel[$0] == code && conversations.store[$0] == key.store
                    && conversations.leftOut[$0] == .counted
            }.map { conversations.start[$0] }
        }
        func add(_ kind: ArrivalKind, _ store: Int32, _ moment: Moment) {
            if moment.isMissing || moment.isDateOnly { return }
            times[Key(store: store, kind: kind)]?.append(moment.instant.seconds)
        }
        let leads = facts.journal.leads
        for lead in 0..<leads.count {
            add(.leads, leads.store[lead], leads.createdAt[lead])
            add(.leadsOf(leads.origin[lead]), leads.store[lead], leads.createdAt[lead])
        }
        let appointments = facts.journal.appointments
        for index in 0..<appointments.count {
            add(.appointments, appointments.store[index], appointments.bookedAt[index])
        }
        for visit in 0..<facts.visits.count { add(.visits, facts.visits.store[visit], facts.visits.openedAt[visit]) }
        self.times = times.filter { !$0.value.isEmpty }.mapValues { $0.sorted() }
    }

    /// Some were ever begun.
    public func has(_ kind: ArrivalKind, store: Int32) -> Bool { times[Key(store: store, kind: kind)] != nil }

    /// Ascending, in seconds since 1970.
    public func times(_ kind: ArrivalKind, store: Int32) -> [Int64] { times[Key(store: store, kind: kind)] ?? [] }
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
