import Basis
import Drawing
import Measures
import Statistics

/// Worth praising, worth a talk: in words, and only who lies outside the limits.
struct PraisePanel {
    let answers: PeopleAnswers
    let names: [String: String]
    /// People named at most.
    let limit: Int
    private var context: ReportContext { answers.context }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        if answers.nobodys > 0, answers.state == .compared {
            ledger.note(
                page: page, context.figure("RESP-05", context.month, [.person: ""]), "unanswered without an assignee",
                count: answers.nobodys)
        }
        return Block(finding, sub: "Who lies outside the curves", note: silence, plate: plate)
    }

    private var finding: String {
        switch (answers.needHelp.isEmpty, answers.praised.isEmpty) {
        case (true, true): "Nobody to single out"
        case (true, false): "Worth praising"
        case (false, true): "Worth a talk"
        case (false, false): "Worth praising, and worth a talk"
        }
    }

    private var plate: any Plate {
        // Both sides have their say where there is no room for all.
        let half = max(limit / 2, 1)
        let help = answers.needHelp.prefix(max(limit - answers.praised.count, half))
        let praise = answers.praised.prefix(max(limit - help.count, 1))
        var points = praise.map { point($0, cue: .up, tone: .good) } + help.map { point($0, cue: .down, tone: .bad) }
        let left = answers.praised.count + answers.needHelp.count - praise.count - help.count
        if left > 0 {
            points.append(.init(Label("\(Words.counted(left, "other", "others")) outside the solid curve")))
        }
        if !answers.noted.isEmpty { points.append(between) }
        return PointsPlate(
            points: points,
            emptyText: "All \(Words.count(answers.scored.count)) lie inside the curves: their shares differ no more "
                + "than their numbers of conversations let expect.")
    }

    private func title(_ person: PeopleAnswers.Person) -> String {
        let department = PersonNames.department(person.identifier, context)
        let name = names[person.identifier] ?? person.identifier
        return department.isEmpty ? name : "\(name), \(department)"
    }

    private func point(_ person: PeopleAnswers.Person, cue: Cue, tone: Tone) -> PointsPlate.Point {
        let share = person.share
        var text = "\(Words.count(share.successes)) of \(Words.count(share.trials)) in time"
        if let limits = share.wilson() { text += ", \(Words.likely(limits.lower, limits.upper))" }
        text += "."
        let side = cue == .up ? "above" : "below"
        if person.streak > 1 { text += " \(Words.spelled(person.streak)) months running \(side) the dashed curve." }
        text += cue == .up ? " Ask how it is done." : " Ask what gets in the way."
        return .init(Label(title(person), cue == .up ? nil : tone, cue: cue), RichText(text))
    }

    /// One paragraph on all between the curves.
    private var between: PointsPlate.Point {
        let shown = answers.noted.sorted { ($0.share.trials, $1.identifier) > ($1.share.trials, $0.identifier) }.prefix(4)
        var words = shown.map { person -> String in
            let name = names[person.identifier] ?? person.identifier
            let tail = person.zone == .farBelow ? ", yet on target" : ""
            return "\(PersonNames.short(name, most: 26)) \(Words.share(person.share.estimate ?? 0))\(tail)"
        }
        if answers.noted.count > shown.count { words.append("\(answers.noted.count - shown.count) more") }
        return .init(
            Label("Outside the dashed curve only", cue: .ring),
            RichText("\(Words.list(words)). This may be chance: about 1 in 20 people lies there anyway."))
    }

    /// Silence belongs to whom it was assigned, else to nobody: readers of a comparison of people must know.
    private var silence: RichText {
        guard answers.nobodys > 0 else { return "" }
        let count = Words.counted(answers.nobodys, "unanswered conversation", "unanswered conversations")
        if answers.somebodys == 0 {
            return RichText("\(count) had no assignee and count for nobody: export assigned_to.")
        }
        return RichText("\(count) had no assignee and count for nobody.")
    }
}
