import Basis
import Dealership

/// How one export covers the days of the report's month: as usual, fewer, more, none where there should be some.
struct CoverageDays {
    enum Standing: Hashable { case usual, more, fewer, closed, missing, quiet, event, notDue }

    let context: ReportContext
    let audit: ExportAudit
    /// The report's month.
    let days: [Day]
    /// One a day of the month.
    private(set) var standings: [Standing] = []
    /// Opening hours of all that are asked about, each once.
    private let hours: [OpeningHours]

    init(context: ReportContext, audit: ExportAudit) {
        self.context = context
        self.audit = audit
        let month = context.month
        days = (0..<(month.lastDay - month.firstDay + 1)).map { month.firstDay + $0 }
        let stores = context.request.store.map { [$0] } ?? context.header.stores.map(\.identifier)
        hours = context.settings.hours.inUse(stores: stores)
        standings = judged()
    }

    /// How rarely a stretch of days without a row may come by chance before it is called missing; at the export's end,
    /// where exports are cut off, sooner.
    private static let rareInside = 0.001
    private static let rareAtEnd = 0.05
    /// Below this many rows a day an export is a log of events.
    private static let eventsADay = 0.35
    private static let weeksLooked = 8
    /// Written when something happens, however often that is.
    private static let logs: Set<StandardTable> = [
        .outages, .mailings, .remedies, .complaints, .claims, .ratings, .absences,
    ]

    private func rows(_ day: Day) -> Int { audit.rowsByDay[day] ?? 0 }

    /// Every store and department is closed on the date.
    private func isClosed(_ day: Day) -> Bool {
        !hours.isEmpty && hours.allSatisfy { $0.stretches(on: day).isEmpty }
    }

    /// Mean rows of the same weekday in the weeks before the day, days before the export's beginning left out.
    private func usual(_ day: Day) -> Double? {
        let first = audit.firstDay ?? day
        let before = (1...CoverageDays.weeksLooked).map { day + (-7 * $0) }.filter { $0 >= first && !isClosed($0) }
        guard before.count >= 2 else { return nil }
        return Double(before.reduce(0) { $0 + rows($1) }) / Double(before.count)
    }

    /// So few rows that a day without one says nothing.
    var isLog: Bool {
        if CoverageDays.logs.contains(audit.table) { return true }
        guard let first = audit.firstDay, let last = audit.lastDay else { return true }
        return Double(audit.rowsByDay.values.reduce(0, +)) / Double(last - first + 1) < CoverageDays.eventsADay
    }

    private func judged() -> [Standing] {
        let asOf = context.header.asOfDay
        if isLog {
            return days.map { $0 > asOf ? .notDue : rows($0) > 0 ? .event : .quiet }
        }
        var result = days.map { day -> Standing in
            if day > asOf { return .notDue }
            let count = rows(day)
            // Whether none was to be expected is settled below.
            if count == 0 { return .closed }
            guard let usual = usual(day), usual >= 4 else { return .usual }
            if Double(count) > usual * 1.6 { return .more }
            if Double(count) < usual * 0.6 { return .fewer }
            return .usual
        }
        markMissing(&result)
        let down = result.contains(.missing) ? outageDays : []
        for index in days.indices where result[index] == .missing && down.contains(days[index]) {
            result[index] = .fewer
        }
        return result
    }

    /// The share of open days without a row in the eight weeks before the month; days count, not rows, because rows come
    /// in clusters (a chat is many messages). Half a day is added to each side: no export is never empty.
    private var emptyShare: Double? {
        let first = context.month.firstDay
        var before = (1...(7 * CoverageDays.weeksLooked)).map { first + -$0 }
            .filter { $0 >= (audit.firstDay ?? first) && !isClosed($0) }
        // An export's first month is judged by itself, up to its last row.
        if before.count < 14, let last = audit.rowsByDay.keys.max() {
            before += days.filter { $0 >= (audit.firstDay ?? first) && $0 <= last && !isClosed($0) }
        }
        guard before.count >= 14 else { return nil }
        return (Double(before.count { rows($0) == 0 }) + 0.5) / Double(before.count + 1)
    }

    /// Stretches without a row that chance would hardly leave.
    private func markMissing(_ result: inout [Standing]) {
        markStated(&result)
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
            let open = (from..<index).count { !isClosed(days[$0]) }
            let isAtEnd = audit.statedUntil == nil && (index == days.count || result[index] == .notDue)
            var chance = 1.0
            for _ in 0..<open { chance *= emptyShare }
            if open > 0, chance <= (isAtEnd ? CoverageDays.rareAtEnd : CoverageDays.rareInside) {
                for day in from..<index where !isClosed(days[day]) { result[day] = .missing }
            }
        }
    }

    /// Days that the settings say the export does not hold.
    private func markStated(_ result: inout [Standing]) {
        for (index, day) in days.enumerated() where result[index] == .closed && !isClosed(day) {
            let isAfter = audit.statedUntil.map { day > $0 } ?? false
            let isBefore = audit.statedFrom.map { day < $0 } ?? false
            if isAfter || isBefore { result[index] = .missing }
        }
    }

    /// Days on which the export's system, or what it carries, was down for every store: thin for a reason.
    private var outageDays: Set<Day> {
        let settings = context.settings
        let channel = settings.exports.lazy.compactMap { export -> String? in
            guard export.table == audit.table, export.label == audit.name,
                case .constant(let name)? = export.columns["channel"]?.rule
            else { return nil }
            return name
        }.first
        var days: Set<Day> = []
        for outage in context.header.outages where outage.store < 0 || context.header.stores.count == 1 {
            let isSystem = !audit.system.isEmpty && outage.system == audit.system
            let isCarried = channel.map { outage.activities(settings.outages).contains($0) } ?? false
            guard isSystem || isCarried, let zone = context.header.zones.first else { continue }
            let from = zone.day(at: outage.start)
            let until = zone.day(at: max(outage.start, (outage.end ?? context.header.asOf) + -1))
            for offset in 0...min(until - from, 366) { days.insert(from + offset) }
        }
        return days
    }

    /// Thin days that an outage explains.
    var explained: [Day] {
        let down = outageDays
        return down.isEmpty ? [] : zip(days, standings).filter { $1 == .fewer && down.contains($0) }.map(\.0)
    }

    /// The export's last row, where open days without any follow it in the month that chance may well have left: whether
    /// it was cut off nobody can tell.
    var unsureEnd: (last: Day, until: Day)? {
        let due = min(context.month.lastDay, context.header.asOfDay)
        guard !isLog, audit.statedUntil == nil, let last = audit.lastDay, last < due, last >= context.month.firstDay,
            zip(days, standings).allSatisfy({ $0 <= last || $1 != .missing })
        else { return nil }
        let open = (1...(due - last)).count { !isClosed(last + $0) }
        return open >= 2 ? (last, due) : nil
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
            } else if !(standing == .closed && isClosed(day)), let from = first, let to = last {
                spans.append(Words.span(from, to))
                first = nil
            }
        }
        return spans
    }

    /// Rows of the report's month.
    var rowsInMonth: Int { days.reduce(0) { $0 + rows($1) } }
}
