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
            finding, sub: "Is it written down what to do when it breaks?", note: note(without),
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
        without.isEmpty ? "" : "Once it is written: protocol: yes under outages: systems: in dealership.yaml."
    }

    /// What would be due to whom: not yet counted, whatever is exported.
    func owed() -> Block {
        let given = context.audits(.remedies).map(\.rowsKept).reduce(0, +)
        let hasLedger = context.header.has(.remedies)
        let claims = context.audits(.claims).map(\.rowsKept).reduce(0, +)
        let remedyWords = hasLedger
            ? "\(Words.counted(given, "remedy is", "remedies are")) in the ledger. What is due to whom needs your ladder: "
                + "from an apology to a call, by what the customer lost."
            : "To see who is owed, keep remedies given as exports/remedies.csv (remedy_id, outage_id, customer_id, kind, "
                + "given_at), and decide on a ladder: from an apology to a call, by what the customer lost."
        let claimWords = context.header.has(.claims)
            ? "\(Words.counted(claims, "claim is", "claims are")) on file. Days left need each vendor’s contract: the "
                + "availability promised, the credit, the days to claim."
            : "To see days left to claim, keep claims as exports/claims.csv (claim_id, outage_id, asked_at), and have each "
                + "vendor’s contract at hand: the availability promised, the credit, the days to claim."
        return Block(
            "Who is owed is not counted yet", sub: "Remedies and claims are not judged by this report yet",
            plate: StackPlate(
                ParagraphPlate("Customers", isHeading: true),
                NoticePlate(RichText(remedyWords), isMissing: !hasLedger, showsFrame: false),
                ParagraphPlate("Vendors", isHeading: true),
                NoticePlate(RichText(claimWords), isMissing: !context.header.has(.claims), showsFrame: false), gap: 5))
    }
}
