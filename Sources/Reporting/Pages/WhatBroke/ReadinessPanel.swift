import Basis
import Dealership
import Drawing
import Measures

/// Which systems have no written protocol, and how the others' were kept.
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

    /// The same without a figure: nothing is known of how steps were kept.
    func written() -> Block {
        var ledger = FigureLedger()
        return block(page: 0, ledger: &ledger)
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let without = self.without
        let all = without.count + systems.filter(\.hasProtocol).count
        guard all > 0 else {
            return Block(
                say("No system is on file"), sub: say("What to do when it breaks"),
                plate: NoticePlate(
                    say(
                        """
                        Name your systems in dealership.yaml under outages: systems: with what stops when each is down, \
                        and protocol: yes where it is written down what to do then.
                        """), showsFrame: false))
        }
        for system in systems { note(system, page: page, &ledger) }
        let finding =
            without.isEmpty
            ? (keptTogether ?? say("Every system has a protocol"))
            : all == 1
                ? say("\(without[0]) lacks a protocol")
                : say(
                    without.count, "\(without.count) of \(all) systems lacks a protocol",
                    "\(without.count) of \(all) systems lack a protocol")
        return Block(
            finding, plate: FactsPlate(rows: rows(without), ruled: false, rowHeight: 13.5))
    }

    private func rows(_ without: [String]) -> [FactsPlate.Row] {
        let broke = Set(log.systems)
        let open = without.sorted { (broke.contains($0) ? 0 : 1, $0) < (broke.contains($1) ? 0 : 1, $1) }
        var rows = open.prefix(limit).map { name in
            FactsPlate.Row(
                Label(name, .ink, bold: true, cue: .ring),
                Label(broke.contains(name) ? say("none, was down") : say("none", context: "protocol"), .bad, bold: true)
            )
        }
        if open.count > limit {
            rows.append(
                .init(
                    Label(say("\(open.count - limit) more"), cue: .ring),
                    Label(say("none", context: "protocol"), .bad, bold: true)))
        }
        let written = systems.filter(\.hasProtocol)
        let used = written.filter { (steps($0)?.due ?? 0) > 0 }
        // One by name, the others together: the panel has the height of a few rows.
        if let first = used.first, let own = steps(first) {
            rows.append(keptRow(OutageLog.title(system: first.name), own.kept, own.due))
        }
        let others = used.dropFirst()
        let sums = others.compactMap(steps).reduce((0, 0)) { ($0.0 + $1.kept, $0.1 + $1.due) }
        if !others.isEmpty {
            let name =
                others.count == 1
                ? others.first.map { OutageLog.title(system: $0.name) } ?? ""
                : Words.counted(others.count, "other", "others", context: "systems")
            rows.append(keptRow(name, sums.0, sums.1))
        }
        if used.isEmpty, !written.isEmpty {
            let names = written.map { OutageLog.title(system: $0.name) }
            rows.append(
                .init(
                    Label(
                        names.count <= 3
                            ? names.joined(separator: ", ")
                            : Words.counted(names.count, "other", "others", context: "systems"), cue: .check),
                    Label(say("written"), .quiet)))
        }
        return rows
    }

    private func keptRow(_ name: String, _ kept: Int, _ due: Int) -> FactsPlate.Row {
        let isWhole = kept == due
        let words = say(due, "\(kept) of \(due) step kept", "\(kept) of \(due) steps kept", context: "row")
        return .init(
            Label(name, cue: isWhole ? .check : .clock),
            Label(words, isWhole ? .quiet : .ink, bold: !isWhole))
    }

    /// Steps of a system's protocol in the month's outages, those whose deadline came.
    private func steps(_ system: OutageSettings.System) -> (kept: Int, due: Int)? {
        let slice: [Dimension: String] = [.system: system.name]
        guard let due = context.count(.protocols, "due", slice), let kept = context.count(.protocols, "kept", slice)
        else { return nil }
        return (kept, due)
    }

    /// `5 of 6 steps kept`, of all systems.
    private var keptTogether: String? {
        let all = systems.compactMap(steps)
        let due = all.reduce(0) { $0 + $1.due }
        let kept = all.reduce(0) { $0 + $1.kept }
        return due == 0
            ? nil : say(due, "\(kept) of \(due) step of protocols kept", "\(kept) of \(due) steps of protocols kept")
    }

    private func note(_ system: OutageSettings.System, page: Int, _ ledger: inout FigureLedger) {
        guard page > 0, let steps = steps(system), steps.due > 0 else { return }
        ledger.note(
            page: page, context.figure("PROT-01", context.month, [.system: system.name]),
            "\(OutageLog.title(system: system.name)), protocol’s steps kept", estimate: String(steps.kept), n: steps.due
        )
    }

    /// Where no ladder is decided on.
    static func noLadder(_ context: ReportContext) -> Block {
        let has = context.settings.ladder != nil
        return Block(
            has ? say("Who is owed is not known without a log") : say("Who is owed is not decided"),
            sub: say("Customers hit by an outage"),
            plate: NoticePlate(
                has
                    ? say(
                        "Your ladder is on file. Once outages are recorded, everybody whom one hit stands here with what is due."
                    )
                    : say(
                        "Decide what a customer gets whom an outage hits, from an apology to a call, under ladder: in dealership.yaml."
                    ),
                showsFrame: false))
    }
}
