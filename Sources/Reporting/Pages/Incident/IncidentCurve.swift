import Basis
import Dealership
import Drawing
import Measures

/// What came in around one outage, hour by hour or day by day, with what was expected.
struct IncidentCurve {
    struct Column {
        /// `2026-10-13 09:00`, `2026-10-13`.
        var label: String
        var day: Day
        /// Of an hour 0 to 23; nil: the whole day.
        var hour: Int?
        var observed: Int?
        var expected: Double?
        var lower: Double?
        var upper: Double?
        var secondsDown: Int64
        /// On record and still unanswered at its end, of those who wrote since the first column; nil: not known.
        var waiting: Int?
    }

    let incident: Incident
    /// What it counts: a channel, `leads`, `appointments`, `visits`.
    let kind: String
    /// Hours of the night in which nothing ever happens are left out, of every day.
    let columns: [Column]
    var isByHour: Bool { columns.first?.hour != nil }

    /// Of the kind most of which was expected; nil: nothing that came in goes through the system.
    init?(_ incident: Incident) {
        let context = incident.context
        let kinds = context.labels(.incidentCurve, .kind, where: incident.slice).filter { !$0.isEmpty }
        func weight(_ kind: String) -> Double {
            let slice = incident.slice.merging([.kind: kind]) { $1 }
            var expected = 0.0
            if case .mean(let value) = context.cell(.missing, "expected", slice) { expected = value }
            return max(expected, Double(context.count(.missing, "observed", slice) ?? 0) / 1_000)
        }
        guard let kind = kinds.max(by: { (weight($0), $1) < (weight($1), $0) }) else { return nil }
        self.incident = incident
        self.kind = kind
        let slice = incident.slice.merging([.kind: kind]) { $1 }
        let waiting = context.details.waiting
        let all = context.labels(.incidentCurve, .at, where: slice).compactMap { label -> Column? in
            IncidentCurve.column(label, context, slice.merging([.at: label]) { $1 }, waiting)
        }
        let hours = Set(
            all.filter { ($0.observed ?? 0) > 0 || ($0.expected ?? 0) >= 0.3 || $0.secondsDown > 0 }.compactMap(\.hour))
        columns = all.filter { column in column.hour.map { hours.contains($0) } ?? true }
        if columns.isEmpty { return nil }
    }

    private static func column(
        _ label: String, _ context: ReportContext, _ slice: [Dimension: String], _ waiting: WaitingCurve?
    ) -> Column? {
        let parts = label.split(separator: " ")
        guard let day = parts.first.flatMap({ Day(text: $0) }) else { return nil }
        let hour = parts.count > 1 ? Int(parts[1].prefix(2)) : nil
        func number(_ column: String) -> Double? {
            switch context.cell(.incidentCurve, column, slice) {
            case .mean(let value): value
            case .count(let value): Double(value)
            default: nil
            }
        }
        return Column(
            label: label, day: day, hour: hour, observed: context.count(.incidentCurve, "observed", slice),
            expected: number("expected"), lower: number("expected_lower"), upper: number("expected_upper"),
            secondsDown: Int64(context.count(.incidentCurve, "seconds_down", slice) ?? 0),
            waiting: waiting?.counts[label])
    }

    /// Where an instant lies among the columns; what falls into hours left out lies at the next column's beginning.
    func position(_ instant: Instant) -> Double {
        let zone = incident.zone
        let day = zone.day(at: instant)
        let second = Int(zone.localSeconds(at: instant) - Int64(day.number) * 86_400)
        for (index, column) in columns.enumerated() {
            if column.day > day { return Double(index) }
            guard column.day == day else { continue }
            guard let hour = column.hour else { return Double(index) + Double(second) / 86_400 }
            if second < hour * 3_600 { return Double(index) }
            if second < (hour + 1) * 3_600 { return Double(index) + Double(second - hour * 3_600) / 3_600 }
        }
        return Double(columns.count)
    }

    /// Fewer than its band lets expect, while the system was down.
    func isShort(_ column: Column) -> Bool {
        guard column.secondsDown > 0, let observed = column.observed, let lower = column.lower else { return false }
        return Double(observed) < lower
    }

    /// The days' beginnings; of many each second, seventh.
    var ticks: [Axis.Tick] {
        var starts: [(index: Int, day: Day)] = []
        for (index, column) in columns.enumerated() where starts.last?.day != column.day {
            starts.append((index, column.day))
        }
        let step = starts.count > 16 ? 7 : starts.count > 9 ? 3 : 1
        return starts.enumerated().compactMap { order, start in
            guard order % step == 0 else { return nil }
            let hour = columns[start.index].hour
            let words =
                isByHour ? Words.weekday(start.day) : order == 0 ? Words.weekday(start.day) : Words.day(start.day)
            return Axis.Tick(Double(start.index), order == 0 ? words + (hour.map { ", \($0):00" } ?? "") : words)
        }
    }
}

extension Day {
    /// `2026-10-13`.
    init?(text: some StringProtocol) {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, let day = Day(year: parts[0], month: parts[1], day: parts[2]) else { return nil }
        self = day
    }
}

/// How many who wrote since a beginning still waited at each of some instants: exact counts that add up over groups.
public struct WaitingCurve: Hashable, Sendable {
    /// By the curve's labels.
    public var counts: [String: Int]
    public init(counts: [String: Int]) { self.counts = counts }
}
