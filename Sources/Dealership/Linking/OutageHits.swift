import Basis

/// A customer's record that an outage touched.
struct OutageHit {
    enum Kind: UInt8 { case conversation, visit, lead, appointment }
    /// Position in the header's outages.
    var outage: Int
    var kind: Kind
    /// The number as the record has it.
    var customer: Int32
    var store: Int32
    var start: Int64
    /// Open seconds waited for an answer; 0 of what waits for none.
    var openWait: Int64
    var isLate: Bool
    /// An appointment that was cancelled or missed.
    var isMoved: Bool
}

extension Facts {
    /// Every record that an outage touched, maintenance left out. Of outages of one system that overlap at a store the
    /// earliest has it.
    func outageHits() -> [OutageHit] {
        let places = OutagePlaces(header)
        if places.isEmpty { return [] }
        var hits = conversationHits(places)
        hits += appointmentHits(places)
        return hits
    }

    private func conversationHits(_ places: OutagePlaces) -> [OutageHit] {
        var hits: [OutageHit] = []
        let targets = header.names.map { header.settings.targets.firstResponseSeconds(channel: $0) }
        let asked = conversations
        for fact in 0..<asked.count where asked.leftOut[fact] == .counted {
            guard let outages = places[asked.store[fact], asked.channel[fact]] else { continue }
            let start = asked.start[fact]
            let stop = asked.isAnswered(fact) ? asked.reply[fact] : messagesAsOf.seconds
            let wait = Int64(asked.openWait[fact])
            let target = asked.channel[fact] >= 0 ? targets[Int(asked.channel[fact])] : nil
            for outage in places.first(of: outages, from: start, to: stop, header) {
                hits.append(
                    OutageHit(
                        outage: outage, kind: .conversation, customer: asked.customer[fact], store: asked.store[fact],
                        start: start, openWait: wait, isLate: target.map { wait > $0 } ?? true, isMoved: false))
            }
        }
        return hits
    }

    /// Booked, or due, while what carries visits was down.
    private func appointmentHits(_ places: OutagePlaces) -> [OutageHit] {
        let log = journal.appointments
        var hits: [OutageHit] = []
        for index in 0..<log.count {
            guard let outages = places[log.store[index], OutagePlaces.visits] else { continue }
            var found: [Int] = []
            for moment in [log.bookedAt[index], log.scheduledFor[index]] where !moment.isMissing && !moment.isDateOnly {
                let at = moment.instant.seconds
                for outage in places.first(of: outages, from: at, to: at, header) where !found.contains(outage) {
                    found.append(outage)
                }
            }
            let isMoved = log.status[index] == .cancelled || log.status[index] == .missed
            for outage in found {
                hits.append(
                    OutageHit(
                        outage: outage, kind: .appointment, customer: log.customer[index], store: log.store[index],
                        start: log.scheduledFor[index].instant.seconds, openWait: 0, isLate: false, isMoved: isMoved))
            }
        }
        return hits
    }
}

/// Outages by store and activity.
struct OutagePlaces {
    private var byPlace: [UInt64: [Int]] = [:]
    /// No channel: what brings customers here.
    static let visits: Int32 = -2

    init(_ header: JournalHeader) {
        for (index, outage) in header.outages.enumerated() where outage.start < header.asOf && !outage.isPlanned {
            for activity in outage.activities(header.settings.outages) {
                let code = activity == "visits" ? Self.visits : header.code(ofName: activity)
                if code == -1 { continue }
                for store in outage.storesHit(header) { byPlace[Self.key(store, code), default: []].append(index) }
            }
        }
    }

    var isEmpty: Bool { byPlace.isEmpty }

    subscript(store: Int32, activity: Int32) -> [Int]? { activity == -1 ? nil : byPlace[Self.key(store, activity)] }

    /// Those of them that a clock from `from` to `to` ran in; of one system each stretch of overlapping ones once.
    func first(of outages: [Int], from: Int64, to: Int64, _ header: JournalHeader) -> [Int] {
        var found: [Int] = []
        for index in outages {
            let outage = header.outages[index]
            let end = outage.end ?? header.asOf
            if outage.start.seconds >= max(to, from + 1) || end.seconds <= from { continue }
            let isCovered = found.contains { other in
                let known = header.outages[other]
                return known.system == outage.system && known.vendor == outage.vendor && outage.start < known.end ?? header.asOf
            }
            if !isCovered { found.append(index) }
        }
        return found
    }

    private static func key(_ store: Int32, _ activity: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: store)) << 32 | UInt64(UInt32(bitPattern: activity))
    }
}
