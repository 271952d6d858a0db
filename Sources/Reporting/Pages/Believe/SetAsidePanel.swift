import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Rows that are not counted, by reason; faults in orange.
struct SetAsidePanel {
    struct Reason {
        var words: String
        var count: Int
        var isFault: Bool
    }

    let context: ReportContext
    let reasons: [Reason]
    let rowsRead: Int
    /// Cells of optional columns that could not be read, and those that name nobody known; their rows count.
    let unreadableCells: Int
    let unknownPeople: Int
    /// Deals that name no customer, and those that lost money: they count.
    let withoutCustomer: Int
    let negativeGross: Int

    private static let mostBars = 7

    init(_ context: ReportContext) {
        self.context = context
        rowsRead = context.header.audits.reduce(0) { $0 + $1.rowsRead }
        unknownPeople = context.header.audits.reduce(0) { $0 + ($1.cellsSetAside[.unknownPerson] ?? 0) }
        withoutCustomer = context.header.audits.reduce(0) { $0 + ($1.cellsSetAside[.noCustomer] ?? 0) }
        unreadableCells = context.header.audits.reduce(0) { $0 + $1.unreadableCells } - unknownPeople - withoutCustomer
        negativeGross = context.count(.matches, "negative_gross") ?? 0
        var faults: [SetAside: Int] = [:]
        for audit in context.header.audits { faults.merge(audit.setAside, uniquingKeysWith: +) }
        var reasons = faults.filter { $0.value > 0 }.map {
            Reason(words: $0.key.words, count: $0.value, isFault: $0.key.isFault)
        }
        reasons += context.leftOutByRule.filter { $0.value > 0 }.map {
            Reason(words: say(text: $0.key), count: $0.value, isFault: false)
        }
        self.reasons = reasons.sorted { ($0.isFault ? 1 : 0, -$0.count, $0.words) < ($1.isFault ? 1 : 0, -$1.count, $1.words) }
    }

    var toCorrect: Int { reasons.reduce(0) { $0 + ($1.isFault ? $1.count : 0) } }
    var byRule: Int { reasons.reduce(0) { $0 + ($1.isFault ? 0 : $1.count) } }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        guard rowsRead > 0 else {
            return Block(say("No rows read"), sub: say("Rows not counted, by reason"), plate: NoticePlate(say("The exports hold no rows."), showsFrame: false))
        }
        // Exports are of all stores, so the figures' slice is too.
        let id = FigureID("DATA-01", context.month)
        ledger.note(
            page: page, id, "rows to correct, of all rows read",
            Proportion(successes: min(toCorrect, rowsRead), trials: rowsRead))
        ledger.note(page: page, id, "rows and records left out by rule", count: byRule)
        guard !reasons.isEmpty else {
            return Block(
                say("Every row is counted"), sub: say("\(Words.count(rowsRead)) rows read"),
                plate: NoticePlate(say("No row was set aside."), showsFrame: false))
        }
        return Block(
            finding, sub: Colours.named(say("By reason, all months read. Orange: to correct")), note: note,
            plate: BarsPlate(subject: finding, rows: bars, rowHeight: 21))
    }

    var finding: String {
        if toCorrect == 0 { return say("No row to correct; \(Words.count(byRule)) left out by rule") }
        let rule = byRule > 0 ? say("; \(Words.count(byRule)) left out by rule") : ""
        return say("\(Words.counted(toCorrect, "row", "rows")) to correct\(rule)")
    }

    private var bars: [BarsPlate.Row] {
        let faults = reasons.filter(\.isFault)
        let rules = reasons.filter { !$0.isFault }
        let room = max(SetAsidePanel.mostBars - min(faults.count, 4), 1)
        return shorten(rules, to: room, rest: say("Other rules")) + shorten(faults, to: 4, rest: say("Other faults"))
    }

    private func shorten(_ reasons: [Reason], to most: Int, rest: String) -> [BarsPlate.Row] {
        var shown = reasons
        if reasons.count > most {
            let others = reasons[(most - 1)...]
            shown = reasons.prefix(most - 1) + [
                Reason(
                    words: rest, count: others.reduce(0) { $0 + $1.count },
                    isFault: others.first?.isFault ?? false)
            ]
        }
        return shown.map { reason in
            BarsPlate.Row(
                reason.words, .value(Double(reason.count)), fill: reason.isFault ? .bad : .soft,
                end: reason.isFault
                    ? Label(say("\(Words.count(reason.count)) to correct"), .bad, bold: true)
                    : Label(Words.count(reason.count), bold: true))
        }
    }

    private var note: RichText {
        var cells = unreadableCells > 0
            ? say(" \(Words.counted(unreadableCells, "cell", "cells")) of optional columns could not be read; their rows count.") : ""
        if unknownPeople > 0 {
            cells += say(" \(Words.counted(unknownPeople, "row names", "rows name")) a person not in the people export.")
        }
        if withoutCustomer > 0 {
            cells += say(" \(Words.counted(withoutCustomer, "deal names", "deals name")) no customer: they count, credited to no visit.")
        }
        if negativeGross > 0 { cells += say(" \(Words.counted(negativeGross, "deal", "deals")) lost money and count.") }
        guard toCorrect > 0 else { return RichText(say("Of \(Words.counted(rowsRead, "row", "rows")) read in all.\(cells)")) }
        let share = Words.share(Double(toCorrect) / Double(max(rowsRead, toCorrect)), decimals: 1)
        return RichText(say("\(share) of all rows to correct: kpi check lists each.\(cells)"))
    }
}
