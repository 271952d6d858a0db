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
            return Block("Nothing to do", plate: ActionsPlate(actions: [], none: RichText(noneWords)))
        }
        let finding = shown.count == 1
            ? "Do this one thing" : "Do these \(ActionsPanel.numerals[min(shown.count, 5) - 1]) things"
        return Block(finding, note: RichText(more), plate: ActionsPlate(actions: shown.map(action), none: ""))
    }

    /// Which rules were asked, in plain words: silence must not look like a failure.
    private var noneWords: String {
        "No channel is clearly below target, nobody of \(Words.monthName(context.month)) still waits, no outage asks for "
            + "anything, and no export ends early or is faulty, as far as exports are there."
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
