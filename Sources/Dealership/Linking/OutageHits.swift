import Basis

/// A customer's record that an outage touched.
struct OutageHit {
    /// Position in the header's outages.
    var outage: Int
    /// The number as the record has it.
    var customer: Int32
    var store: Int32
    var start: Int64
    /// Open seconds waited for an answer; 0 of what waits for none.
    var openWait: Int64
    /// An answer came after the channel's target, or had not come when it passed.
    var isLate: Bool
    /// An appointment that was cancelled or missed.
    var isMoved: Bool
    var isLead: Bool
}

extension Facts {
    /// Every customer's record that was exposed to an outage, maintenance left out. Of outages of one system that overlap
    /// the earliest has it.
    func outageHits() -> [OutageHit] {
        struct Record: Hashable {
            var kind: ExposureFacts.Kind
            var row: Int32
        }
        let exposed = exposure
        let targets = header.names.map { header.settings.targets.firstResponseSeconds(channel: $0) }
        var outagesOf: [Record: [Int]] = [:]
        var hits: [OutageHit] = []
        for index in 0..<exposed.count where exposed.customer[index] >= 0 && exposed.store[index] >= 0 {
            let outage = Int(exposed.outage[index])
            if header.outages[outage].isPlanned { continue }
            let kind = exposed.kind[index]
            let row = Int(exposed.row[index])
            // By outage, so that the earliest comes first.
            let record = Record(kind: kind, row: exposed.row[index])
            if outagesOf[record, default: []].contains(where: { $0 == outage || overlaps($0, outage) }) { continue }
            outagesOf[record, default: []].append(outage)
            let wait = Int64(exposed.openSeconds[index])
            let activity = Int(exposed.activity[index])
            var isLate = false
            if kind == .conversation { isLate = (activity < targets.count ? targets[activity] : nil).map { wait > $0 } ?? true }
            let status = kind == .appointment ? journal.appointments.status[row] : nil
            hits.append(
                OutageHit(
                    outage: outage, customer: exposed.customer[index], store: exposed.store[index], start: exposed.start[index],
                    openWait: wait, isLate: isLate, isMoved: status == .cancelled || status == .missed, isLead: kind == .lead))
        }
        return hits
    }

    /// Of one system, the first the earlier, and not over when the other began.
    private func overlaps(_ first: Int, _ second: Int) -> Bool {
        let (a, b) = (header.outages[first], header.outages[second])
        return a.systemKey == b.systemKey && b.start < a.end ?? header.asOf
    }
}
