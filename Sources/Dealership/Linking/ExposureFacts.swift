import Basis

/// What was exposed to an outage: conversations, visits, leads, appointments and mailings whose clock ran during it on
/// its activity. One row an outage and thing exposed; columnar, by outage, then kind, time and row of the exports.
///
/// The clock of a conversation and of a lead runs to the first answer; of a visit from opening to closing (a day alone:
/// that day); of an appointment it is the instant of booking, and that of the appointment; of a mailing it runs between
/// the planned and the actual sending.
public struct ExposureFacts: Sendable {
    public enum Kind: UInt8, Hashable, Sendable, CaseIterable { case conversation, visit, lead, appointment, mailing }

    /// Position in the header's outages.
    public private(set) var outage: [Int32] = []
    public private(set) var kind: [Kind] = []
    /// Position in the facts' conversations, visits, lead waits, or the journal's appointments, mailings.
    public private(set) var row: [Int32] = []
    /// Code in the journal's customers; −1: of no customer.
    public private(set) var customer: [Int32] = []
    /// −1: of every store (mailings).
    public private(set) var store: [Int32] = []
    /// The channel, source or other activity: `JournalHeader.activityName`.
    public private(set) var activity: [Int32] = []
    /// Seconds since 1970.
    public private(set) var start: [Int64] = []
    /// `ConversationFacts.none`: still running at the as-of instant.
    public private(set) var end: [Int64] = []
    /// Open seconds waited so far; of what nobody waits for 0.
    public private(set) var openSeconds: [Int32] = []
    public private(set) var source: [RowSource] = []

    public var count: Int { outage.count }

    init(_ facts: Facts) {
        var rows: [Row] = []
        let places = facts.outagePlaces
        let header = facts.header
        if !header.outages.isEmpty {
            ExposureFacts.addConversations(facts, places, &rows)
            ExposureFacts.addLeads(facts, places, &rows)
            ExposureFacts.addVisits(facts, places, &rows)
            ExposureFacts.addAppointments(facts, places, &rows)
            ExposureFacts.addMailings(facts, places, &rows)
        }
        rows.sort {
            ($0.outage, $0.kind.rawValue, $0.start, $0.source) < ($1.outage, $1.kind.rawValue, $1.start, $1.source)
        }
        for (position, row) in rows.enumerated() {
            // An outage of several spans, or an activity named twice, exposes a thing once.
            if position > 0, rows[position - 1].isSame(as: row) { continue }
            append(row)
        }
    }

    private struct Row {
        var outage: Int32
        var kind: Kind
        var row: Int
        var customer: Int32
        var store: Int32
        var activity: Int32
        var start: Int64
        var end: Int64
        var openSeconds: Int32 = 0
        var source: RowSource

        func isSame(as other: Row) -> Bool { outage == other.outage && kind == other.kind && row == other.row }
    }

    private mutating func append(_ exposed: Row) {
        outage.append(exposed.outage)
        kind.append(exposed.kind)
        row.append(Int32(truncatingIfNeeded: exposed.row))
        customer.append(exposed.customer)
        store.append(exposed.store)
        activity.append(exposed.activity)
        start.append(exposed.start)
        end.append(exposed.end)
        openSeconds.append(exposed.openSeconds)
        source.append(exposed.source)
    }

    private static func addConversations(_ facts: Facts, _ places: OutagePlaces, _ rows: inout [Row]) {
        let conversations = facts.conversations
        for fact in 0..<conversations.count where conversations.leftOut[fact] == .counted {
            let start = conversations.start[fact]
            let isAnswered = conversations.isAnswered(fact)
            let stop = isAnswered ? conversations.reply[fact] : facts.messagesAsOf.seconds
            let activity = conversations.channel[fact]
            for hit in places.hits(store: conversations.store[fact], activity: activity, from: start, to: stop) {
                rows.append(
                    Row(
                        outage: hit.outage, kind: .conversation, row: fact, customer: conversations.customer[fact],
                        store: conversations.store[fact], activity: activity, start: start,
                        end: conversations.reply[fact], openSeconds: conversations.openWait[fact],
                        source: conversations.source[fact]))
            }
        }
    }

    /// By activity `leads`, or one of their source's name.
    private static func addLeads(_ facts: Facts, _ places: OutagePlaces, _ rows: inout [Row]) {
        let waits = facts.leadWaits
        let all = facts.header.code(of: .leads)
        for fact in 0..<waits.count where waits.leftOut[fact] == .counted {
            let start = waits.start[fact]
            let stop = waits.isAnswered(fact) ? waits.reply[fact] : facts.messagesAsOf.seconds
            for activity in Set([all, waits.channel[fact]]).sorted() where activity >= 0 {
                for hit in places.hits(store: waits.store[fact], activity: activity, from: start, to: stop) {
                    rows.append(
                        Row(
                            outage: hit.outage, kind: .lead, row: fact, customer: waits.customer[fact],
                            store: waits.store[fact], activity: activity, start: start, end: waits.reply[fact],
                            openSeconds: waits.openWait[fact], source: waits.source[fact]))
                }
            }
        }
    }

    private static func addVisits(_ facts: Facts, _ places: OutagePlaces, _ rows: inout [Row]) {
        let visits = facts.visits
        let orders = facts.journal.orders
        let activity = facts.header.code(of: .visits)
        for visit in 0..<visits.count {
            let order = visits.order[visit]
            let opened = visits.openedAt[visit]
            let closed = order < orders.closedAt.count ? orders.closedAt[order] : .missing
            let zone = facts.header.zone(ofStore: Int(visits.store[visit]))
            let endOfDay = zone.startOfDay(visits.day[visit] + 1)
            var end = closed.isMissing ? endOfDay : closed.instant
            if closed.isDateOnly, !closed.isMissing { end = zone.startOfDay(zone.day(at: closed.instant) + 1) }
            if end < opened.instant { end = endOfDay }
            let stop = min(end, facts.header.asOf)
            let hits = places.hits(
                store: visits.store[visit], activity: activity, from: opened.instant.seconds, to: stop.seconds)
            for hit in hits {
                rows.append(
                    Row(
                        outage: hit.outage, kind: .visit, row: visit, customer: orders.customer[order],
                        store: visits.store[visit], activity: activity, start: opened.instant.seconds,
                        end: end > facts.header.asOf ? ConversationFacts.none : end.seconds,
                        source: orders.source[order]))
            }
        }
    }

    /// Booked, or due, while the scheduler was down: by activity `appointments`, or `visits`.
    private static func addAppointments(_ facts: Facts, _ places: OutagePlaces, _ rows: inout [Row]) {
        let appointments = facts.journal.appointments
        let activities = [Activity.appointments, .visits].map { facts.header.code(of: $0) }
        for index in 0..<appointments.count {
            let moments = [appointments.bookedAt[index], appointments.scheduledFor[index]]
            for moment in moments where !moment.isMissing && !moment.isDateOnly {
                let at = moment.instant.seconds
                if at >= facts.header.asOf.seconds { continue }
                for activity in activities {
                    for hit in places.hits(store: appointments.store[index], activity: activity, from: at, to: at + 1) {
                        rows.append(
                            Row(
                                outage: hit.outage, kind: .appointment, row: index,
                                customer: appointments.customer[index], store: appointments.store[index],
                                activity: activity, start: at, end: at, source: appointments.source[index]))
                    }
                }
            }
        }
    }

    private static func addMailings(_ facts: Facts, _ places: OutagePlaces, _ rows: inout [Row]) {
        let mailings = facts.journal.mailings
        let activity = facts.header.code(of: .mailings)
        for index in 0..<mailings.count {
            let times = [mailings.plannedAt[index], mailings.sentAt[index]].filter { !$0.isMissing && !$0.isDateOnly }
                .map(\.instant.seconds)
            guard let first = times.min(), let last = times.max(), first < facts.header.asOf.seconds else { continue }
            let isUnsent = mailings.sentAt[index].isMissing
            let stop = isUnsent ? facts.header.asOf.seconds : last
            let stores = mailings.store[index] >= 0 ? [mailings.store[index]] : facts.stores
            for store in stores {
                for hit in places.hits(store: store, activity: activity, from: first, to: stop) {
                    rows.append(
                        Row(
                            outage: hit.outage, kind: .mailing, row: index, customer: -1, store: mailings.store[index],
                            activity: activity, start: first, end: isUnsent ? ConversationFacts.none : last,
                            source: mailings.source[index]))
                }
            }
        }
    }
}

extension Facts {
    /// Codes of the sharing group's stores.
    public var stores: [Int32] {
        header.stores.indices.filter { header.stores[$0].group == journal.group }.map { Int32($0) }
    }
}
