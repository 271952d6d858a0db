import Basis
import Dealership

/// How one export covers the days of the report's month: as usual, fewer, more, none where there should be some.
struct CoverageDays {
    enum Standing: Hashable { case usual, more, fewer, closed, missing, quiet, event, notDue }

    let context: ReportContext
    let audit: ExportAudit

    /// How rarely a stretch of days without a row may come by chance before it is called missing; at the export's end,
    /// where exports are cut off, sooner.
    private static let rareInside = 0.001
    private static let rareAtEnd = 0.05
    /// Below this many rows a day an export is a log of events.
    private static let eventsADay = 0.35
    private static let weeksLooked = 8

    var days: [Day] {
        let month = context.month
        return (0..<(month.lastDay - month.firstDay + 1)).map { month.firstDay + $0 }
    }

    private func rows(_ day: Day) -> Int { audit.rowsByDay[day] ?? 0 }

    private func isClosed(_ day: Day) -> Bool {
        guard let hours = context.settings.hours.standard else { return false }
        return hours.stretches(on: day).isEmpty
    }

    /// Mean rows of the same weekday in the weeks before the day, days before the export's beginning left out.
    private func usual(_ day: Day) -> Double? {
        let first = audit.firstDay ?? day
        let before = (1...CoverageDays.weeksLooked).map { day + (-7 * $0) }.filter { $0 >= first && !isClosed($0) }
        guard before.count >= 2 else { return nil }
        return Double(before.reduce(0) { $0 + rows($1) }) / Double(before.count)
    }

    private var isLog: Bool {
        guard let first = audit.firstDay, let last = audit.lastDay else { return true }
        return Double(audit.rowsByDay.values.reduce(0, +)) / Double(last - first + 1) < CoverageDays.eventsADay
    }

    /// One a day of the month.
    var standings: [Standing] {
        let asOf = context.header.asOfDay
        if isLog {
            return days.map { $0 > asOf ? .notDue : rows($0) > 0 ? .event : .quiet }
        }
        var result = days.map { day -> Standing in
            if day > asOf { return .notDue }
            let count = rows(day)
            if count == 0, isClosed(day) { return .closed }
            guard let usual = usual(day), usual >= 4 else { return .usual }
            if Double(count) > usual * 1.6 { return .more }
            if Double(count) < usual * 0.6 { return .fewer }
            return .usual
        }
        markMissing(&result)
        return result
    }

    /// The share of open days without a row in the eight weeks before the month; days count, not rows, because rows come
    /// in clusters (a chat is many messages). Half a day is added to each side: no export is never empty.
    private var emptyShare: Double? {
        let first = context.month.firstDay
        let before = (1...(7 * CoverageDays.weeksLooked)).map { first + -$0 }
            .filter { $0 >= (audit.firstDay ?? first) && !isClosed($0) }
        guard before.count >= 14 else { return nil }
        return (Double(before.count { rows($0) == 0 }) + 0.5) / Double(before.count + 1)
    }

    /// Stretches without a row that chance would hardly leave.
    private func markMissing(_ result: inout [Standing]) {
        guard let emptyShare else { return }
        var start: Int?
        for index in 0...days.count {
            let isEmpty = index < days.count && rows(days[index]) == 0 && result[index] != .notDue
            if isEmpty {
                if start == nil { start = index }
                continue
            }
            guard let from = start else { continue }
            start = nil
            let open = (from..<index).count { result[$0] != .closed }
            let isAtEnd = index == days.count || result[index] == .notDue
            var chance = 1.0
            for _ in 0..<open { chance *= emptyShare }
            if open > 0, chance <= (isAtEnd ? CoverageDays.rareAtEnd : CoverageDays.rareInside) {
                for day in from..<index where result[day] != .closed { result[day] = .missing }
            }
        }
    }

    /// Days missing, as spans: `29–31 Oct`.
    var missing: [String] {
        var spans: [String] = []
        var first: Day?
        var last: Day?
        for (day, standing) in zip(days, standings) + [(context.month.lastDay + 1, .usual)] {
            if standing == .missing {
                first = first ?? day
                last = day
            } else if standing != .closed, let from = first, let to = last {
                spans.append(Words.span(from, to))
                first = nil
            }
        }
        return spans
    }

    /// Rows of the report's month.
    var rowsInMonth: Int { days.reduce(0) { $0 + rows($1) } }
}
