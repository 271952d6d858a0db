import Basis
import Drawing
import Programs

/// The rows of a statement that somebody may want to question: late, unanswered, left out.
struct StatementRows {
    let rows: [RewardRow]

    static let rowHeight = 13.2

    /// Those that cost something first, each kind in the order of time.
    init(_ statement: RewardStatement) {
        rows = statement.rows.filter { $0.standing != .inTime }
            .sorted { a, b in
                let (first, second) = (StatementRows.rank(a.standing), StatementRows.rank(b.standing))
                return first == second ? RewardRow.areInOrder(a, b) : first < second
            }
    }

    private static func rank(_ standing: RewardRow.Standing) -> Int {
        switch standing {
        case .late: 0
        case .unanswered: 1
        case .stillWithin: 2
        case .leftOut: 3
        case .inTime: 4
        }
    }

    var finding: String {
        let (late, unanswered) = (count(.late), count(.unanswered))
        let (within, leftOut) = (count(.stillWithin), count(.leftOut))
        let parts = [
            late == 0 ? nil : Words.counted(late, "late", "late", context: "conversations"),
            unanswered == 0 ? nil : Words.counted(unanswered, "unanswered", "unanswered", context: "conversations"),
            within == 0
                ? nil : Words.counted(within, "still within target", "still within target", context: "conversations"),
            leftOut == 0 ? nil : Words.counted(leftOut, "left out", "left out", context: "conversations"),
        ].compactMap { $0 }
        return parts.isEmpty ? say("Nothing was late, unanswered or left out") : Words.capitalised(Words.list(parts))
    }

    private func count(_ standing: RewardRow.Standing) -> Int { rows.count { $0.standing == standing } }

    /// The first so many.
    func table(_ most: Int) -> TablePlate {
        let shown = rows.prefix(max(most, 0))
        let hasOutage = rows.contains { $0.outageSeconds > 0 }
        let hasLeave = rows.contains { $0.absenceSeconds > 0 }
        var columns: [TablePlate.Column] = [.init(say("Number")), .init(say("Arrived")), .init(say("Due")), .init(say("Answered"))]
        if hasOutage { columns.append(.init(say("Outage"), align: .right)) }
        if hasLeave { columns.append(.init(say("Leave"), align: .right)) }
        columns.append(.init(channel.map { say("\($0): counts as") } ?? say("Counts as"), flexible: true))
        return TablePlate(
            subject: say("Conversations late, unanswered or left out"), columns: columns,
            rows: shown.map { row in
                var cells = [
                    Label(StatementRows.short(row.number), .ink, bold: true), Label(StatementRows.time(row.arrived)),
                    Label(StatementRows.time(row.due, after: row.arrived)),
                    Label(StatementRows.time(row.answered, after: row.arrived)),
                ]
                if hasOutage { cells.append(Label(StatementRows.minutes(row.outageSeconds))) }
                if hasLeave { cells.append(Label(StatementRows.minutes(row.absenceSeconds))) }
                return .row(cells + [Label(words(row))])
            }, rowHeight: StatementRows.rowHeight, emptyText: say("none", context: "conversations"))
    }

    /// A number as long as a line is shown by its two ends; the CSV has it whole.
    static func short(_ number: String) -> String {
        if number.isEmpty { return say("no number") }
        return number.count <= 14 ? number : "\(number.prefix(6))\u{2026}\(number.suffix(6))"
    }

    /// `2026-10-13 09:20:31` as `Tue 13 Oct 09:20`, on the day of the time before it as `09:20`; what is written otherwise
    /// stays.
    static func time(_ text: String, after earlier: String = "") -> String {
        if text.isEmpty { return "\u{2013}" }
        let parts = text.split(separator: " ")
        if parts.count > 1, parts[0] == earlier.prefix(10) { return String(parts[1].prefix(5)) }
        let numbers = (parts.first ?? "").split(separator: "-").compactMap { Int($0) }
        guard numbers.count == 3, let day = Day(year: numbers[0], month: numbers[1], day: numbers[2]) else {
            return text
        }
        return Words.weekday(day) + (parts.count > 1 ? " \(parts[1].prefix(5))" : "")
    }

    private static func minutes(_ seconds: Int64) -> String {
        seconds <= 0 ? "\u{2013}" : say("\(Words.count(Int((seconds + 30) / 60))) min")
    }

    /// The one channel of all rows, which is then said once; nil: there are several, or none.
    var channel: String? {
        guard let first = rows.first?.channel, !first.isEmpty, rows.allSatisfy({ $0.channel == first }) else { return nil }
        return Words.channel(first)
    }

    /// `Text, 35 min late`; of one channel alone `35 min late`.
    func words(_ row: RewardRow) -> String {
        let channel = row.channel.isEmpty || self.channel != nil ? "" : "\(Words.channel(row.channel)), "
        switch row.standing {
        case .late:
            guard let target = row.targetSeconds, row.seconds > target else { return channel + say("late", context: "one conversation") }
            return channel + say("\(Words.duration(row.seconds - target)) late")
        case .unanswered: return channel + say("no answer")
        case .stillWithin: return channel + say("still within target", context: "one conversation")
        case .leftOut: return Words.inside(say(text: row.reason))
        case .inTime: return channel + say("in time", context: "one conversation")
        }
    }
}
