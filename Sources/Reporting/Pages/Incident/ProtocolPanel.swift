import Basis
import Dealership
import Drawing
import Measures

/// How the outage kept the protocol of its system, step by step.
struct ProtocolPanel {
    let incident: Incident
    let records: [ProtocolRecord]
    private var context: ReportContext { incident.context }
    private var settings: OutageSettings { context.settings.outages }

    init(_ incident: Incident) {
        self.incident = incident
        let header = incident.context.header
        let position = header.outages.firstIndex { $0.identifier == incident.outage.identifier }
        let all = ProtocolRecords(LinkingContext(header: header, parameters: LinkingParameters(header.settings)))
        records = all.records.filter { $0.outage == position }
    }

    var due: [ProtocolRecord] {
        records.filter { [.kept, .late, .missed, .notRecorded].contains($0.standing) }
    }
    func count(_ standing: ProtocolRecord.Standing) -> Int { records.count { $0.standing == standing } }

    /// The headline's part: `2 of 6 steps kept`; nil: no steps to keep.
    var inShort: String? {
        let (kept, due) = (count(.kept), due.count)
        return due == 0 ? nil : say(due, "\(kept) of \(due) step kept", "\(kept) of \(due) steps kept")
    }
    var hasProtocol: Bool { settings.steps(ofSystem: incident.outage.system) != nil }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        if incident.outage.isPlanned {
            return Block(
                say("Planned work has no protocol to keep"), sub: say("Steps when it breaks"), plate: ParagraphPlate("")
            )
        }
        guard hasProtocol else {
            return Block(
                say("No protocol is written for \(Words.system(incident.system.lowercasedFirst))"),
                sub: say("What to do when it breaks"),
                signal: true,
                plate: NoticePlate(
                    say(
                        """
                        Write down who does what by when: tell the vendor, tell customers, work around it, care afterwards. Enter the \
                        steps under outages: systems: in dealership.yaml (protocol:), each with within:.
                        """), showsFrame: false))
        }
        guard !records.isEmpty else {
            return Block(
                say("A protocol is written; its steps are not on file"), sub: say("What to do when it breaks"),
                plate: NoticePlate(
                    say(
                        "Enter each step with its deadline under protocol: in dealership.yaml; this panel then says which were kept."
                    ),
                    showsFrame: false))
        }
        note(page: page, &ledger)
        return Block(
            finding, sub: sub, signal: count(.missed) + count(.late) > 0, note: note,
            plate: ChecklistPlate(subject: say("Steps of the protocol"), rows: records.map(row), rowHeight: 17))
    }

    private var finding: String {
        guard let inShort else { return say("No step was due") }
        let parts = [
            (count(.late), say("late", context: "step")), (count(.missed), say("missed", context: "step")),
            (count(.notRecorded), say("not recorded")),
        ]
        .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return parts.isEmpty
            ? (due.count == 1 ? say("The one step was kept") : say("All \(due.count) steps were kept"))
            : "\(inShort), \(Words.list(parts))"
    }

    private var sub: String { say("Your own protocol for \(incident.system): due and done") }

    private func row(_ record: ProtocolRecord) -> ChecklistPlate.Row {
        let first = incident.zone.day(at: incident.outage.start)
        let due = record.dueAt.map { incident.words($0, without: first) } ?? "–"
        let done = record.doneAt.map { incident.words($0, without: first) } ?? "–"
        let (standing, words) = standing(record)
        return .init(ProtocolPanel.name(record.step.name), due: due, done: done, standing, words: words)
    }

    private func standing(_ record: ProtocolRecord) -> (ChecklistPlate.Standing, String) {
        switch record.standing {
        case .kept: return (.kept, say("kept", context: "step"))
        case .late:
            guard let due = record.dueAt, let done = record.doneAt, !incident.isDayPrecise else {
                return (.late, say("late", context: "step"))
            }
            return (.late, say("late by \(Words.duration(done - due))"))
        case .missed: return (.missed, say("missed", context: "step"))
        case .notRecorded: return (.notRecorded, say("not recorded"))
        case .running: return (.notYetDue, say("not yet due"))
        case .notNeeded: return (.notYetDue, say("over before due"))
        }
    }

    /// `tell-customers` → `Tell customers`.
    static func name(_ step: String) -> String {
        step.split(separator: "-").joined(separator: " ").capitalizedFirst
    }

    private var note: RichText {
        let unknown = count(.notRecorded)
        return unknown == 0
            ? "" : RichText(say("Record steps in exports/outage_steps.csv (outage_id, step, done_at, by)."))
    }

    private func note(page: Int, _ ledger: inout FigureLedger) {
        for (code, label, standing) in [
            ("PROT-01", "steps kept", ProtocolRecord.Standing.kept), ("PROT-02", "steps late", .late),
            ("PROT-03", "steps missed", .missed), ("PROT-04", "steps not recorded", .notRecorded),
        ] {
            ledger.note(
                page: page, context.figure(code, incident.month, incident.slice), "\(incident.title), \(label)",
                estimate: String(count(standing)), n: due.count)
        }
    }
}

extension String {
    /// What stands at the beginning of a line.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

    /// A system's name inside a sentence; names that are written large stay so.
    var lowercasedFirst: String {
        if Speech.book.capitalizesNouns { return self }
        let second = dropFirst().first
        if let second, second.isUppercase { return self }
        return prefix(1).lowercased() + dropFirst()
    }
}
