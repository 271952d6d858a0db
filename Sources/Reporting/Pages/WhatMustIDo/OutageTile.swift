import Basis
import Dealership
import Drawing
import Measures

/// Open hours in which a system was down.
struct OutageTile {
    let context: ReportContext
    let outages: MonthOutages
    let series: MonthSeries

    init(_ context: ReportContext, _ outages: MonthOutages, back: Int) {
        self.context = context
        self.outages = outages
        series = MonthSeries(context, back: back) { month in
            // A month of the log without an outage had none; before its first row nothing is known.
            guard let first = context.audits(.outages).compactMap(\.firstDay).min(), first.month <= month else {
                return .missing("")
            }
            let seconds = context.count(.outages, "open_seconds_down", context.at(month)) ?? 0
            return .value(Double(seconds) / 3_600)
        }
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let title = say("Hours lost to outages", context: "short")
        let goal = TilePlate.Fact(say("Limit"), outages.limit.map { Words.duration($0) } ?? say("not set"))
        guard let seconds = outages.seconds else {
            return Block(
                tile: TilePlate(
                    title: title, number: "–", goal: goal,
                    absence: RichText(absence)))
        }
        ledger.note(
            page: page, context.figure("OUT-03", context.month), "open seconds lost to outages", count: Int(seconds))
        let before = series.before.map { Int64(($0 * 3_600).rounded(.toNearestOrAwayFromZero)) }
        return Block(
            tile: TilePlate(
                title: title, number: seconds == 0 ? "0 h" : Words.duration(seconds), status: status,
                note: outages.outages == 0 ? none : Words.counted(outages.outages, "outage", "outages"),
                history: series.hasHistory ? series.readings : [], lastLabel: seconds == 0 ? "0 h" : Words.duration(seconds),
                target: outages.limit.map { Double($0) / 3_600 }, months: series.labels,
                before: series.fact(before.map { $0 == 0 ? "0 h" : Words.duration($0) }),
                goal: goal, signal: outages.isOverLimit, absence: RichText(series.hasHistory ? "" : FirstMonth.words)))
    }

    private var none: String {
        context.settings.outages.hadNone ? say("none, as stated") : say("none recorded")
    }

    private var absence: String {
        outages.isBeforeLog
            ? say("The outage log begins after \(Words.monthName(context.month)).")
            : say("Nobody has logged outages. Write them down in exports/outages.csv.")
    }

    private var status: Label? {
        guard outages.limit != nil else { return nil }
        if outages.isOverLimit { return .bad(say("over limit"), cue: .up) }
        return context.header.asOfDay >= context.month.lastDay
            ? .good(say("within limit"), cue: .check) : Label(say("month not over"))
    }
}
