import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Who stands out: each person's share answered in time against the number of conversations, with limits.
struct StandOutPanel {
    let answers: PeopleAnswers
    let names: [String: String]
    private var context: ReportContext { answers.context }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let sub = "Answered in time by person. Outside the solid curve: 1 in 500"
        switch answers.state {
        case .nothing:
            return notice(
                "No conversation in \(Words.monthName(context.month))",
                "Export the month’s messages, with who answered in person_id.", isMissing: true)
        case .nobodyNamed:
            return notice(
                "No answer names a person",
                "Map person_id, who wrote or took the call, in messages, and assigned_to in conversations. "
                    + "This panel then shows who stands out.", isMissing: true)
        case .noTarget:
            return notice(
                "No target is set, so nothing is in time or late",
                "Set targets: first-response-time: in dealership.yaml, for each channel or for all.")
        case .tooFew:
            return notice(
                "Too few conversations a person to compare",
                "Fewer than two people have \(Words.count(context.minimumN)) conversations or more in "
                    + "\(Words.monthName(context.month)). Nobody is scored on fewer.")
        case .compared:
            note(page: page, &ledger)
            return Block(finding, sub: sub, note: remark, plate: plate)
        }
    }

    private func notice(_ finding: String, _ text: String, isMissing: Bool = false) -> Block {
        Block(
            finding, sub: "Answered in time by person",
            plate: NoticePlate(RichText(text), isMissing: isMissing))
    }

    private var finding: String {
        let (below, above) = (answers.needHelp, answers.praised)
        func name(_ person: PeopleAnswers.Person) -> String {
            PersonNames.short(names[person.identifier] ?? person.identifier, most: 24)
        }
        switch (below.count, above.count) {
        case (0, 0):
            let inside = answers.scored.allSatisfy { $0.zone != .farBelow }
            return inside ? "All \(Words.count(answers.scored.count)) lie inside the solid curves" : "Who is below is on target"
        case (1, 0): return "\(name(below[0])) lies below the solid curve"
        case (0, 1): return "\(name(above[0])) lies above the solid curve"
        case (1, 1): return "\(name(below[0])) lies below the curves, \(name(above[0])) above"
        default:
            return "Of \(Words.count(answers.scored.count)) people \(Words.count(below.count)) lie below the solid curves, "
                + "\(Words.count(above.count)) above"
        }
    }

    private var remark: RichText {
        var parts: [String] = []
        let few = answers.unscored.count
        if few > 0 {
            parts.append(
                "\(Words.counted(few, "person", "people")) with fewer than \(Words.count(context.minimumN)) conversations "
                    + "\(few == 1 ? "is" : "are") not scored.")
        }
        if let limits = answers.limits, limits.overdispersion > 1.5 {
            parts.append("People differ by more than chance alone, so the curves are wider.")
        }
        if !context.header.has(.people) { parts.append("Export people.csv for names and departments.") }
        return RichText(parts.joined(separator: " "))
    }

    private var plate: any Plate {
        guard let limits = answers.limits else { return ParagraphPlate("") }
        let named = Set((answers.praised + answers.needHelp).prefix(8).map(\.identifier))
        // In a crowd only a few of those between the curves can be named.
        let quiet = Set(answers.noted.sorted { $0.share.trials > $1.share.trials }.prefix(4).map(\.identifier))
        let points = answers.scored.map { person -> WhoStandsOutPlate.Point in
            let share = person.share.estimate ?? 0
            let name = PersonNames.short(names[person.identifier] ?? person.identifier, most: 22)
            var standing = WhoStandsOutPlate.Point.Standing.inside
            if named.contains(person.identifier) {
                standing = person.zone == .farAbove ? .praised : .needsHelp
            } else if quiet.contains(person.identifier) {
                standing = .noted
            }
            return WhoStandsOutPlate.Point(
                n: Double(person.share.trials), share: share * 100, label: "\(name) \(Words.share(share))",
                note: "\(Words.count(person.share.successes)) of \(Words.count(person.share.trials))", standing: standing)
        }
        return WhoStandsOutPlate(
            subject: "Answered in time by person", points: points,
            centre: ReferenceLine(limits.centre * 100, "average \(Words.share(limits.centre))"), limits: curves(limits),
            xTitle: "conversations answered, or assigned and not answered")
    }

    /// The curves at some sixty numbers from the minimum to the busiest person's.
    private func curves(_ limits: FunnelLimits) -> [WhoStandsOutPlate.Limits] {
        let counts = answers.scored.map(\.share.trials)
        guard let least = counts.min(), let most = counts.max() else { return [] }
        let from = min(least, context.minimumN)
        let step = max((most - from) / 60, 1)
        let places = Set(stride(from: from, through: most, by: step)).union([from, most]).sorted()
        return places.compactMap { n in
            guard let warning = limits.limits(trials: n, z: FunnelLimits.warningZ),
                let action = limits.limits(trials: n, z: FunnelLimits.actionZ)
            else { return nil }
            return WhoStandsOutPlate.Limits(
                n: Double(n), lower500: action.lower * 100, lower20: warning.lower * 100, upper20: warning.upper * 100,
                upper500: action.upper * 100)
        }
    }

    private func note(page: Int, _ ledger: inout FigureLedger) {
        if let limits = answers.limits {
            let all = answers.scored.map(\.share).reduce(Proportion(successes: 0, trials: 0), +)
            ledger.note(
                page: page, context.figure("RESP-09", context.month, [.person: "scored"]),
                "answered in time on average, \(limits.places.count) people", all)
        }
        for person in answers.scored {
            ledger.note(
                page: page, context.figure("RESP-09", context.month, [.person: person.identifier]),
                "answered in time by \(names[person.identifier] ?? person.identifier)", person.share)
        }
    }
}
