import Basis
import Dealership
import Drawing
import Measures

/// Which systems have no written protocol, and what must be on file before this page can say who is owed.
struct ReadinessPanel {
    let log: OutageLog
    /// Systems with a row of their own.
    let limit: Int
    private var context: ReportContext { log.context }
    private var systems: [OutageSettings.System] { context.settings.outages.systems }

    /// Systems that broke and are not on file with a protocol, then those on file without one.
    var without: [String] {
        let named = systems.filter { !$0.hasProtocol }.map { OutageLog.title(system: $0.name) }
        let known = systems.map { OutageLog.title(system: $0.name) }
        let unknown = log.entries.filter { !$0.outage.system.isEmpty && !known.contains($0.system) }.map(\.system)
        var names: [String] = []
        for name in named + unknown where !names.contains(name) { names.append(name) }
        return names
    }

    func block() -> Block {
        let without = self.without
        let all = without.count + systems.filter(\.hasProtocol).count
        guard all > 0 else {
            return Block(
                "No system is on file", sub: "What to do when it breaks",
                plate: NoticePlate(
                    "Name your systems in dealership.yaml under outages: systems: with what stops when each is down, "
                        + "and protocol: yes where it is written down what to do then.", showsFrame: false))
        }
        let finding = without.isEmpty
            ? "Every system has a protocol"
            : all == 1 ? "\(without[0]) lacks a protocol" : "\(without.count) of \(all) systems \(without.count == 1 ? "lacks" : "lack") a protocol"
        return Block(
            finding, sub: "Is it written down what to do?", note: note(without),
            plate: FactsPlate(rows: rows(without), ruled: false))
    }

    private func rows(_ without: [String]) -> [FactsPlate.Row] {
        let broke = Set(log.systems)
        let open = without.sorted { (broke.contains($0) ? 0 : 1, $0) < (broke.contains($1) ? 0 : 1, $1) }
        var rows = open.prefix(limit).map { name in
            FactsPlate.Row(
                Label(name, .ink, bold: true, cue: .ring),
                Label(broke.contains(name) ? "none, was down" : "none", .bad, bold: true))
        }
        if open.count > limit { rows.append(.init(Label("\(open.count - limit) more", cue: .ring), Label("none", .bad, bold: true))) }
        let written = systems.filter(\.hasProtocol).map { OutageLog.title(system: $0.name) }
        if !written.isEmpty {
            let names = written.count <= 4 ? written.joined(separator: ", ") : "\(written.count) others"
            rows.append(.init(Label(names, cue: .check), Label("written", .quiet)))
        }
        return rows
    }

    private func note(_ without: [String]) -> RichText {
        without.isEmpty ? "" : "Once written: protocol: yes in dealership.yaml."
    }

    /// What would be due to whom: not yet counted, whatever is exported.
    func owed() -> Block {
        let has = context.header.has(.remedies)
        let given = context.audits(.remedies).map(\.rowsKept).reduce(0, +)
        let words = has
            ? "\(given == 0 ? "No remedy is" : Words.counted(given, "remedy is", "remedies are")) in the ledger, of all months. This report does not judge "
                + "yet what is due to whom: it will need your ladder, from an apology to a call, by what the customer lost."
            : "Keep what is given in exports/remedies.csv (remedy_id, outage_id, customer_id, kind, given_at), and decide on "
                + "a ladder: from an apology to a call, by what the customer lost. This report does not judge it yet."
        return Block(
            "Who is owed is not counted yet", sub: "Customers hit by an outage",
            plate: NoticePlate(RichText(words), isMissing: !has, showsFrame: false))
    }

    /// What vendors owe: not yet counted either.
    func claims() -> Block {
        let has = context.header.has(.claims)
        let claims = context.audits(.claims).map(\.rowsKept).reduce(0, +)
        let words = has
            ? "\(claims == 0 ? "No claim is" : Words.counted(claims, "claim is", "claims are")) on file. Days left will need each vendor’s contract: "
                + "availability promised, credit, days to claim."
            : "Keep claims in exports/claims.csv (claim_id, outage_id, asked_at), each vendor’s contract at hand."
        return Block(
            "Claims are not counted yet", sub: "Credit due from vendors",
            plate: NoticePlate(RichText(words), isMissing: !has, showsFrame: false))
    }
}
