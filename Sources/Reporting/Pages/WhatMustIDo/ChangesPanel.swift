import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// No earlier report is on file, so it says so and lists what changed since the month before, as far as that is clear.
struct ChangesPanel {
    let findings: RuleFindings
    let sales: SalesTile
    let outage: OutageTile
    private var context: ReportContext { findings.context }
    private var earlier: Month { context.month + -1 }

    /// Channels with a row of their own at most.
    private static let channelsAtMost = 3

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let rows = [answeredRow(page, &ledger)].compactMap { $0 } + channelRows(page, &ledger)
            + [salesRow, boughtRow(page, &ledger), outageRow].compactMap { $0 }
        guard !rows.isEmpty else {
            return Block(
                say("Changed since the last report"),
                plate: ParagraphPlate(
                    RichText(say("No earlier report is on file, and \(Words.monthName(earlier)) has no rate to compare with."))))
        }
        return Block(
            say("Changed since the last report"),
            sub: say("None on file; \(Words.monthName(context.month)) against \(Words.monthName(earlier)) instead"),
            plate: FactsPlate(rows: rows))
    }

    private func answeredRow(_ page: Int, _ ledger: inout FigureLedger) -> FactsPlate.Row? {
        guard let difference = difference(.responses, [:]) else { return nil }
        ledger.note(
            page: page, context.figure("RESP-02", context.month),
            "answered in time, change on \(Words.monthName(earlier))", difference)
        return row(say("Answered in time"), difference)
    }

    /// Channels whose change is clear, the largest first.
    private func channelRows(_ page: Int, _ ledger: inout FigureLedger) -> [FactsPlate.Row] {
        let changes = findings.answers.channels.compactMap { channel -> (ChannelAnswers.Channel, NewcombeDifference)? in
            guard channel.hasRate, let difference = difference(.responsesByChannel, [.channel: channel.name]),
                let limits = difference.interval(), !limits.contains(0)
            else { return nil }
            return (channel, difference)
        }.sorted { ($1.1.estimate ?? 0).magnitude < ($0.1.estimate ?? 0).magnitude }
        // One channel alone is the same as all together.
        guard findings.answers.rated.count > 1 else { return [] }
        return changes.prefix(ChangesPanel.channelsAtMost).map { channel, difference in
            ledger.note(
                page: page, context.figure("RESP-02", context.month, [.channel: channel.name]),
                "\(channel.title), answered in time, change on \(Words.monthName(earlier))", difference)
            return row(say("\(channel.title), answered in time"), difference)
        }
    }

    private func difference(_ table: ReportTable, _ slice: [Dimension: String]) -> NewcombeDifference? {
        guard let now = context.answeredInTime(table, context.at(context.month, slice)),
            let before = context.answeredInTime(table, context.at(earlier, slice)),
            min(now.trials, before.trials) >= context.minimumN
        else { return nil }
        return NewcombeDifference(first: now, second: before)
    }

    private func row(_ name: String, _ difference: NewcombeDifference) -> FactsPlate.Row {
        // Rounded to whole points, before, after and their difference would not agree.
        let decimals = 1
        let before = Words.shareNumber(difference.second.estimate ?? 0, decimals: decimals)
        let now = Words.share(difference.first.estimate ?? 0, decimals: decimals)
        let change = difference.interval().map { limits in
            limits.contains(0)
                ? say("No clear change.") : "\(Words.points(difference.estimate ?? 0, limits, decimals: decimals))."
        }
        return FactsPlate.Row(
            Label(name), Label("\(before) \u{2192} \(now)", .ink, bold: true), note: change ?? "")
    }

    /// Counts of two months: clear where the exact interval of their rates a day does not hold 1.
    private var salesRow: FactsPlate.Row? {
        guard let now = sales.sales, let before = sales.series.before.map({ Int($0) }), sales.isWhole else { return nil }
        let ratio = PoissonRatio(
            first: PoissonRate(events: now, exposure: Double(context.month.lastDay.civil.day)),
            second: PoissonRate(events: before, exposure: Double(earlier.lastDay.civil.day)))
        let isClear = ratio.interval().map { !$0.contains(1) } ?? false
        let words = isClear ? (now > before ? say("Clearly more a day.") : say("Clearly fewer a day.")) : say("No clear change.")
        return FactsPlate.Row(
            say("Sales from service"), Label("\(Words.count(before)) \u{2192} \(Words.count(now))", .ink, bold: true), note: words)
    }

    private func boughtRow(_ page: Int, _ ledger: inout FigureLedger) -> FactsPlate.Row? {
        let outcomes = findings.outcomes
        guard let change = outcomes.change, let newest = outcomes.newest else { return nil }
        ledger.note(
            page: page, context.figure("S2S-02", newest), "\(outcomes.unit) that bought, change on the month before",
            change.difference)
        let name = say("\(Words.monthName(newest)) \(outcomes.unit) that bought, from \(Words.monthName(change.before))")
        return row(Words.capitalised(name), change.difference)
    }

    private var outageRow: FactsPlate.Row? {
        guard let now = findings.outages.seconds, let before = outage.series.before else { return nil }
        let seconds = Int64((before * 3_600).rounded(.toNearestOrAwayFromZero))
        func words(_ seconds: Int64) -> String { seconds == 0 ? "0 h" : Words.duration(seconds) }
        guard seconds > 0 || now > 0 else { return nil }
        return FactsPlate.Row(
            say("Hours lost to outages", context: "short"),
            Label("\(words(seconds)) \u{2192} \(words(now))", .ink, bold: true))
    }
}
