import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Statistics

/// What the rules ask for, most customers first.
struct ActionsPanel {
    let context: ReportContext
    let setting: PageSetting
    let findings: RuleFindings
    let fired: [ProposedAction]
    private var shown: [ProposedAction] { Array(fired.prefix(setting.definition[.actions])) }

    private static let numerals = ["one", "two", "three", "four", "five"]

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        for action in shown {
            guard let evidence = action.evidence else { continue }
            switch evidence.value {
            case .share(let share): ledger.note(page: page, evidence.figure, evidence.label, share)
            case .count(let count): ledger.note(page: page, evidence.figure, evidence.label, count: count)
            }
        }
        guard !shown.isEmpty else {
            let clear = self.clear
            return Block(
                clear.isEmpty ? "Nothing can be judged yet" : "No rule asks for anything",
                plate: ActionsPlate(actions: [], none: RichText(noneWords(clear))))
        }
        let finding = shown.count == 1
            ? "Do this one thing" : "Do these \(ActionsPanel.numerals[min(shown.count, 5) - 1]) things"
        return Block(finding, note: RichText(more), plate: ActionsPlate(actions: shown.map(action), none: ""))
    }

    /// Which rules were asked, in plain words: silence must not look like a failure.
    private func noneWords(_ clear: [String]) -> String {
        clear.isEmpty
            ? "Answers, leads, outages and exports are looked at; nothing of them is there for "
                + "\(Words.monthName(context.month))."
            : "Looked at, and found nothing: \(Words.list(clear))."
    }

    private var clear: [String] {
        var clear: [String] = []
        if findings.answers.all.conversations > 0 { clear += ["channels against their targets", "customers still waiting"] }
        if context.header.has(.leads), findings.outcomes.newest != nil { clear.append("leads before contact") }
        if findings.outages.seconds != nil { clear.append("outages") }
        if !clear.isEmpty { clear.append("exports with missing days or faults") }
        return clear
    }

    private var more: String {
        let rest = fired.dropFirst(shown.count)
        guard !rest.isEmpty else { return "" }
        let pages = Set(rest.compactMap { setting.numbers[$0.page] }).sorted().map(String.init)
        let place = pages.isEmpty ? "" : ": page\(pages.count == 1 ? "" : "s") \(Words.list(pages))"
        return "\(Words.counted(rest.count, "more thing concerns", "more things concern")) fewer customers\(place)."
    }

    private func action(_ proposed: ProposedAction) -> ActionsPlate.Action {
        let owner = proposed.subjects.compactMap { context.settings.owners[$0] }.first ?? context.settings.owners["default"]
        let days = proposed.subjects.compactMap { context.settings.dueInDays[$0] }.first
            ?? context.settings.dueInDays["default"]
        let number = setting.numbers[proposed.page]
        let code = proposed.evidence.map { " (\($0.figure.code))" } ?? ""
        return ActionsPlate.Action(
            title: proposed.title, text: RichText(proposed.text + code), owner: owner?.name ?? "No owner named",
            role: owner == nil ? "owners: in dealership.yaml" : owner?.role ?? "",
            due: days.map { "by \(Words.weekday(context.header.asOfDay + $0))" } ?? "",
            pageLabel: number.map { "page \($0)" } ?? "", page: number,
            share: proposed.part.map { Double($0.count) / Double(max($0.whole, 1)) },
            shareLabel: proposed.part?.words ?? "")
    }
}
