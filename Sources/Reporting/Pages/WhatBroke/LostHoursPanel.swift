import Basis
import Dealership
import Drawing
import Measures

/// Hours lost by month against the limit, and which share of the month's open hours each system worked.
struct LostHoursPanel {
    let log: OutageLog
    /// Systems with a row of their own.
    let limit: Int
    private var context: ReportContext { log.context }
    private var lost: Int64 { log.openTogether }

    /// First month that the log can tell of.
    private var firstMonth: Month? {
        context.audits(.outages).compactMap(\.firstDay).min()?.month
    }

    /// Nil: the log does not reach there.
    private func lost(_ month: Month) -> Int64? {
        // A conversation that waited into an outage gives its own month a cell, before the log's first month, too.
        guard let firstMonth, firstMonth <= month else { return nil }
        if let seconds = context.count(.outages, "open_seconds_down", context.at(month)) { return Int64(seconds) }
        if case .ends(let day) = log.coverage, day < month.lastDay { return nil }
        return 0
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        for month in context.months {
            guard let seconds = lost(month) else { continue }
            ledger.note(
                page: page, context.figure("OUT-03", month), "open seconds lost, \(Words.month(month))",
                .count(seconds), n: context.count(.outages, "outages", context.at(month)) ?? 0)
        }
        let isOver = log.limit.map { lost > $0 } ?? false
        let systems = availability(page: page, &ledger)
        return Block(
            finding,
            sub: (log.hasHours ? say("Open hours, all systems") : say("Hours, all systems"))
                + (log.limit == nil ? say("; no limit is set") : ""),
            signal: isOver, note: note,
            plate: systems.map { StackPlate(line(isOver, height: $0.rows.count > 2 ? nil : 150), $0, gap: 10) }
                ?? StackPlate(line(isOver, height: 150)))
    }

    private var finding: String {
        if lost == 0 { return log.hasHours ? say("No open hour lost") : say("No hour lost") }
        let words = Words.duration(lost)
        guard let limit = log.limit else { return say("\(words) lost", context: "hours") }
        return lost > limit
            ? say("\(words) lost, limit \(Words.duration(limit))") : say("\(words) lost, within the limit")
    }

    private func line(_ isOver: Bool, height: Double?) -> LinePlate {
        let months = context.months
        let readings = months.map { month -> Reading in
            lost(month).map { .value(Double($0) / 3_600) } ?? .missing(say("no log"))
        }
        let periods = months.enumerated().map { index, month -> LinePlate.Period in
            let isLast = index == months.count - 1
            let isNamed = index == 0 || isLast || (index % 3 == 0 && index < months.count - 2)
            return LinePlate.Period(
                isNamed ? Words.shortMonth(month) : "",
                sub: isNamed && (index == 0 || isLast) ? "\(month.year)" : "", bold: isLast)
        }
        let words = lost == 0 ? say("none", context: "downtime") : Words.duration(lost)
        return LinePlate(
            subject: say("Hours lost to outages by month"), periods: periods,
            series: [
                .init(
                    say("hours lost"), readings, lastLabel: isOver ? .bad(words, cue: .up) : .good(words),
                    emphasiseLast: false)
            ],
            target: log.limit.map { ReferenceLine(Double($0) / 3_600, say("limit \(Words.duration($0))")) },
            fromZero: true,
            unit: " h", height: height
        ).marked(with: context.effortRecords, of: ["outage-impact"], from: months.first)
    }

    /// One row a system, the least available first; nil where no system went down and none is on file.
    private func availability(page: Int, _ ledger: inout FigureLedger) -> TablePlate? {
        let slice = context.at(context.month)
        var rows: [(name: String, down: Int64, share: Double)] = []
        for system in context.labels(.downtimeBySystem, .system, where: slice) where !system.isEmpty {
            let own = context.at(context.month, [.system: system])
            guard let down = context.count(.downtimeBySystem, "open_seconds_down", own),
                let outages = context.count(.downtimeBySystem, "outages", own), outages > 0,
                case .share(let share) = context.cell(.downtimeBySystem, "availability", own)
            else { continue }
            rows.append((system, Int64(down), share))
            ledger.note(
                page: page, context.figure("OUT-02", context.month, [.system: system]),
                "\(OutageLog.title(system: system)), availability", estimate: share.fixed(6),
                n: context.count(.downtimeBySystem, "open_seconds", own))
        }
        rows.sort { ($0.share, $0.name) < ($1.share, $1.name) }
        let quiet = context.settings.outages.systems.map(\.name).filter { name in !rows.contains { $0.name == name } }
        guard !rows.isEmpty else { return nil }
        var table = rows.prefix(limit).map { row in
            TablePlate.Row.row([
                Label(OutageLog.title(system: row.name)), Label(Words.duration(row.down)),
                Label(LostHoursPanel.percent(row.share), bold: true),
            ])
        }
        if rows.count > limit {
            let rest = rows.dropFirst(limit)
            table.append(
                .row([
                    Label(Words.counted(rest.count, "other", "others", context: "systems"), .quiet),
                    Label(Words.duration(rest.reduce(0) { $0 + $1.down })), Label("–", .quiet),
                ]))
        }
        if !quiet.isEmpty, log.coverage == .whole {
            let name =
                quiet.count == 1
                ? OutageLog.title(system: quiet[0]) : Words.counted(quiet.count, "other", "others", context: "systems")
            table.append(
                .row([
                    Label(name, .quiet), Label(say("none", context: "downtime"), .quiet), Label(Words.share(1), .quiet),
                ]))
        }
        return TablePlate(
            subject: say("Availability by system"),
            columns: [
                .init(say("System"), flexible: true), .init(say("Down"), align: .right),
                .init(say("Available"), align: .right),
            ], rows: table)
    }

    /// Availability is read by its second decimal: 99.95 % is not 100 %.
    private static func percent(_ share: Double) -> String {
        share < 1 && share > 0.9999 ? say("over 99.99 %") : say("\((share * 100).shown(2)) %", context: "share")
    }

    private var note: RichText {
        guard let firstMonth, let first = context.months.first, firstMonth > first else { return "" }
        return RichText(say("The outage log begins in \(Words.month(firstMonth))."))
    }
}
