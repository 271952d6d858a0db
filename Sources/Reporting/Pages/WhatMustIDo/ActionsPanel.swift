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
    /// How many are shown: as many as the report's definition asks for and the page has room for.
    let limit: Int
    private var shown: [ProposedAction] { Array(fired.prefix(limit)) }

    private static var numerals: [String] {
        [
            say("one"), say("two"), say("three"), say("four"), say("five"), say("six"), say("seven"), say("eight"),
            say("nine"), say("ten"),
        ]
    }

    /// - Parameters:
    ///   - width, height: of the block, in points.
    init(
        context: ReportContext, setting: PageSetting, findings: RuleFindings, fired: [ProposedAction], width: Double,
        height: Double, pen: Pen
    ) {
        func panel(_ limit: Int) -> ActionsPanel {
            ActionsPanel(context: context, setting: setting, findings: findings, fired: fired, limit: limit)
        }
        var limit = min(setting.definition[.actions], fired.count)
        // What stands under the last action may give way.
        let room = height + ActionsPlate.space
        while limit > 1, panel(limit).block.naturalHeight(width: width, pen: pen) ?? 0 > room { limit -= 1 }
        self = panel(limit)
    }

    private init(
        context: ReportContext, setting: PageSetting, findings: RuleFindings, fired: [ProposedAction], limit: Int
    ) {
        self.context = context
        self.setting = setting
        self.findings = findings
        self.fired = fired
        self.limit = limit
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        for action in shown {
            guard let evidence = action.evidence else { continue }
            switch evidence.value {
            case .share(let share): ledger.note(page: page, evidence.figure, evidence.label, share)
            case .count(let count): ledger.note(page: page, evidence.figure, evidence.label, count: count)
            }
        }
        return block
    }

    private var block: Block {
        guard !shown.isEmpty else {
            let clear = self.clear
            return Block(
                clear.isEmpty ? say("Nothing can be judged yet") : say("No rule asks for anything"),
                plate: ActionsPlate(actions: [], none: RichText(noneWords(clear))))
        }
        let finding = shown.count == 1
            ? (fired.count == 1 ? say("Do this one thing") : say("Do this first")) : say("Do these \(number(shown.count)) things")
        return Block(finding, note: RichText(more), plate: ActionsPlate(actions: shown.map(action), none: ""))
    }

    private func number(_ count: Int) -> String {
        let numerals = ActionsPanel.numerals
        return numerals.indices.contains(count - 1) ? numerals[count - 1] : Words.count(count)
    }

    /// Which rules were asked, in plain words: silence must not look like a failure.
    private func noneWords(_ clear: [String]) -> String {
        clear.isEmpty
            ? say("""
                Answers, leads, outages and exports are looked at; nothing of them is there for \
                \(Words.monthName(context.month)).
                """)
            : say("Looked at, and found nothing: \(Words.list(clear)).")
    }

    private var clear: [String] {
        var clear: [String] = []
        if findings.answers.all.conversations > 0 { clear += [say("channels against their targets"), say("customers still waiting")] }
        if context.header.has(.leads), findings.outcomes.newest != nil { clear.append(say("leads before contact")) }
        if findings.outages.seconds != nil { clear.append(say("outages")) }
        if !clear.isEmpty { clear.append(say("exports with missing days or faults")) }
        return clear
    }

    private var more: String {
        let rest = fired.dropFirst(shown.count)
        guard !rest.isEmpty else { return "" }
        let pages = Set(rest.compactMap { setting.numbers[$0.page] }).sorted().map(String.init)
        let list = Words.list(pages)
        let place = pages.isEmpty ? "" : say(pages.count, ": see page \(list)", ": see pages \(list)")
        return say("\(Words.counted(rest.count, "more thing", "more things")) to do\(place).")
    }

    private func action(_ proposed: ProposedAction) -> ActionsPlate.Action {
        let owner = proposed.subjects.compactMap { context.settings.owners[$0] }.first ?? context.settings.owners["default"]
        let days = proposed.subjects.compactMap { context.settings.dueInDays[$0] }.first
            ?? context.settings.dueInDays["default"]
        let number = setting.numbers[proposed.page]
        let code = proposed.evidence.map { " (\($0.figure.code))" } ?? ""
        return ActionsPlate.Action(
            title: proposed.title, text: RichText(proposed.text + code), owner: owner?.name ?? say("No owner named"),
            role: owner == nil ? say("owners: in dealership.yaml") : owner?.role ?? "",
            due: days.map { say("by \(Words.weekday(context.header.asOfDay + $0))") } ?? "",
            pageLabel: number.map { say("page \($0)") } ?? "", page: number,
            share: proposed.part.map { Double($0.count) / Double(max($0.whole, 1)) },
            shareLabel: proposed.part?.words ?? "")
    }
}
