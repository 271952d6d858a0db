import Basis
import Dealership

/// What there is to know of an export before anybody believes its figures: orders of dates, what a spreadsheet program did
/// to it, clocks that may be somebody else's.
struct ExportNotes {
    let sample: ExportSample
    let recognition: Recognition

    init(_ sample: ExportSample, _ recognition: Recognition) {
        self.sample = sample
        self.recognition = recognition
    }

    var lines: [String] {
        dates() + decimals() + damage() + values() + clocks() + file()
    }

    private var some: String { sample.isWhole ? "" : " of those looked at" }

    /// Ours → the export's column.
    private var read: [(ours: StandardColumn, facts: ColumnFacts)] {
        guard let table = recognition.table else { return [] }
        return recognition.matches.compactMap { match in
            let name: String
            switch match.rule {
            case .column(let column), .phone(let column): name = column
            case .constant, .rowPlace, .phones, .joined: return nil
            }
            guard let ours = table.column(named: match.column), let facts = sample.columns.first(where: { $0.name == name })
            else { return nil }
            return (ours, facts)
        }
    }

    static func order(of recognition: Recognition, _ sample: ExportSample) -> Recognition.DateOrder {
        let times = sample.columns.filter { $0.monthFirst + $0.dayFirst + $0.eitherOrder > 0 }
        let month = times.reduce(0) { $0 + $1.monthFirst }
        let day = times.reduce(0) { $0 + $1.dayFirst }
        if month > 0, day > 0 { return .mixed }
        if month > 0 { return .monthFirst }
        if day > 0 { return .dayFirst }
        return times.isEmpty ? .none : .open
    }

    private func dates() -> [String] {
        switch recognition.dateOrder {
        case .none, .monthFirst: return []
        case .dayFirst: return ["dates are day first (D/M/YYYY): drafted so"]
        case .open:
            guard let facts = read.map(\.facts).first(where: { $0.ambiguous != nil })
                ?? sample.columns.first(where: { $0.ambiguous != nil }), let example = facts.ambiguous
            else { return [] }
            let rows = facts.eitherOrder
            return [
                "\(example): \(rows == 1 ? "the one row fits" : "all \(grouped(rows)) rows fit") both orders\(some), "
                    + "set dates: M/D/YYYY or D/M/YYYY"
            ]
        case .mixed:
            return sample.columns.filter { $0.monthFirst + $0.dayFirst > 0 }.prefix(3).map { facts in
                facts.monthFirst > 0 && facts.dayFirst > 0
                    ? "\(facts.name): \(count(facts.monthFirst)) fit M/D/YYYY alone and \(count(facts.dayFirst)) D/M/YYYY alone: two "
                        + "orders in one column, export dates as YYYY-MM-DD"
                    : "\(facts.name): \(facts.monthFirst > 0 ? "M/D/YYYY" : "D/M/YYYY"), other columns otherwise: export "
                        + "dates as YYYY-MM-DD"
            }
        }
    }

    /// Columns that are read as numbers.
    private var numbers: [ColumnFacts] {
        read.compactMap { ours, facts in
            switch ours.kind {
            case .money, .integer, .decimal: facts
            default: nil
            }
        }
    }

    var decimalMarks: Recognition.DecimalMarks {
        let commas = numbers.reduce(0) { $0 + $1.commas }
        let points = numbers.reduce(0) { $0 + $1.points }
        if commas > 0 { return points > 0 ? .mixed : .comma }
        return points == 0 && numbers.contains { $0.eitherMark > 0 } ? .open : .point
    }

    private func decimals() -> [String] {
        switch recognition.decimalMarks {
        case .point: return []
        case .comma: return ["numbers have a comma before decimals (1.234,50): drafted so"]
        case .mixed:
            let facts = numbers.filter { $0.commas + $0.points > 0 }
            let names = facts.map { "\($0.name) \($0.commas > 0 ? $0.points > 0 ? "both" : "commas" : "points")" }
            return ["decimals after commas and after points (\(names.joined(separator: ", "))): export them one way"]
        case .open:
            guard let facts = numbers.first(where: { $0.eitherMark > 0 }), let text = facts.eitherMarkText else { return [] }
            return [
                "\(facts.name) \(text): is that \(text.filter { $0 != "." }), or a point before decimals? Set decimals: comma or "
                    + "point; until then it is not read"
            ]
        }
    }

    private func damage() -> [String] {
        var lines: [String] = []
        for (ours, facts) in read {
            if facts.shortened > 0, let text = facts.shortenedText {
                lines.append("\(ours.name) \(text) in \(count(facts.shortened)): shortened by Excel, export as text")
            }
            if facts.hashes > 0 {
                lines.append(
                    "\(ours.name) ######## in \(count(facts.hashes)): too narrow a column in Excel, widen it and export again")
            }
            switch ours.kind {
            case .time, .day, .personTime:
                if facts.serials > 0, facts.serials + facts.dates > 0 {
                    lines.append(
                        "\(ours.name) is a number such as 45950 in \(count(facts.serials)): a day as Excel counts, format the "
                            + "column as date and export again")
                }
            case .identifier:
                if let line = lostZeros(ours, facts) { lines.append(line) }
            default: break
            }
        }
        return lines
    }

    /// Numbers of one width of which few are shorter have often lost zeros in front.
    private func lostZeros(_ ours: StandardColumn, _ facts: ColumnFacts) -> String? {
        let whole = facts.widths.values.reduce(0, +)
        guard whole > 50, whole == facts.filled, facts.leadingZeros == 0, facts.distinct.count > 20,
            let widest = facts.widths.keys.max(), widest >= 4, let most = facts.widths[widest]
        else { return nil }
        let shorter = whole - most
        guard shorter > 0, shorter * 100 < whole * 15, Double(facts.greatest) > 0.5 * power(widest) else { return nil }
        return "\(ours.name) has \(widest) digits, fewer in \(count(shorter)): were zeros in front lost in Excel? If so, "
            + "export as text"
    }

    private func power(_ digits: Int) -> Double { (0..<digits).reduce(1.0) { value, _ in value * 10 } }

    private func values() -> [String] {
        guard let table = recognition.table else { return [] }
        return recognition.matches.compactMap { match in
            guard !match.unknownValues.isEmpty, let column = table.column(named: match.column) else { return nil }
            guard case .choice(let names) = column.kind else { return nil }
            let words = match.unknownValues.prefix(5).joined(separator: ", ")
            return "\(match.column): what is \(words)? Say it under values: as one of \(names.joined(separator: ", "))"
        }
    }

    private func clocks() -> [String] {
        guard let table = recognition.table, let column = table.occurrenceColumn,
            let facts = read.first(where: { $0.ours.name == column })?.facts
        else { return [] }
        var lines: [String] = []
        if facts.clocks * 2 < facts.filled, facts.filled > 0, facts.dates > 0, table.needsTime(column) {
            lines.append("\(facts.name) has no time of day: waits cannot be told by it")
        }
        if facts.offsets > 0, facts.offsets < facts.clocks {
            lines.append("\(facts.name) says the zone in \(count(facts.offsets)) and not in the others: which clock is that?")
        }
        if facts.offsets == 0, facts.clocks > 100, let from = ExportNotes.busiestHours(facts.hours), from >= 10, from <= 15,
            !table.isRoundTheClock
        {
            lines.append(
                "most is at \(from):00 to \((from + 12) % 24):00 by \(facts.name): is that UTC? If so, time-zone: UTC at "
                    + "this export")
        }
        return lines
    }

    /// Where the busiest twelve hours begin; nil where they are hardly busier than the others.
    static func busiestHours(_ hours: [Int]) -> Int? {
        let all = hours.reduce(0, +)
        let sums = (0..<24).map { start in (0..<12).reduce(0) { $0 + hours[(start + $1) % 24] } }
        guard let most = sums.max(), most * 10 > all * 8 else { return nil }
        return sums.firstIndex(of: most)
    }

    private func file() -> [String] {
        var lines: [String] = []
        if !sample.isUTF8 { lines.append("letters that are not UTF-8: save it as CSV UTF-8, or names lose them") }
        if sample.repeatedHeaders > 0 {
            lines.append("the header comes again \(sample.repeatedHeaders == 1 ? "once" : "\(sample.repeatedHeaders) times") among the rows")
        }
        if sample.rowCount == 0 { lines.append("a header and no rows") }
        if !sample.isWhole {
            lines.append("\(grouped(sample.rowCount)) rows from all over the file were looked at, not every one")
        }
        let empty = read.filter { $0.facts.isEmpty && $0.facts.rows > 0 && $0.ours.isRequired }.map(\.facts.name)
        if !empty.isEmpty { lines.append("nothing stands in \(empty.joined(separator: ", "))") }
        return lines
    }

    private func count(_ rows: Int) -> String { "\(grouped(rows)) row\(rows == 1 ? "" : "s")\(some)" }

    private func grouped(_ number: Int) -> String { ExportNotes.grouped(number) }

    static func grouped(_ number: Int) -> String {
        let digits = Array(String(number))
        return String(digits.enumerated().flatMap { index, digit in
            index > 0 && (digits.count - index) % 3 == 0 ? [",", digit] : [digit]
        })
    }
}

extension StandardTable {
    /// Rows come at night as well: outages, monitors, mailings.
    fileprivate var isRoundTheClock: Bool {
        switch self {
        case .outages, .outageUpdates, .monitorEvents, .mailings, .leads: true
        default: false
        }
    }
}
