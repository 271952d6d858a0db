import Dealership

/// How well one column of an export fits one of ours: what its name says and what stands in it.
struct ColumnFit: Sendable {
    /// 0 to 1.
    var name: Double
    /// −1 to 1; nil: it cannot be this column.
    var content: Double?
    var reason: String?

    var total: Double { content.map { name + $0 * 0.5 } ?? 0 }
    /// What stands in it says it alone.
    var isPlainByContent: Bool { content ?? 0 >= 0.9 }
    var isEnough: Bool { content.map { name >= 0.55 && $0 > -0.35 || $0 >= 0.9 || name >= 0.4 && $0 >= 0.5 } ?? false }

    init(
        _ facts: ColumnFacts, _ words: HeaderWords, as column: StandardColumn, of table: StandardTable, known: KnownNumbers,
        file: String
    ) {
        name = Synonyms.phrases(table, column.name).map { words.likeness(to: $0) }.max() ?? 0
        content = 0
        guard !facts.isEmpty else { return }
        switch column.kind {
        case .time, .personTime, .day: content = ColumnFit.time(facts, column, table)
        case .money: content = facts.share(facts.integers + facts.decimals) < 0.8 ? nil : facts.decimals > 0 ? 0.4 : 0.1
        case .integer: content = ColumnFit.integer(facts, column)
        case .decimal:
            content = facts.share(facts.integers + facts.decimals) < 0.8 ? nil : facts.greatest <= 10 ? 0.4 : 0
        case .flag, .choice: (content, reason) = ColumnFit.closed(facts, column, table)
        case .name: (content, reason) = ColumnFit.open(facts, column, table)
        case .identifier: (content, reason) = ColumnFit.identifier(facts, column, table)
        case .text: (content, reason) = ColumnFit.text(facts, column)
        }
        guard let soFar = content, let (share, other) = known.overlap(facts, as: column.name, besides: file) else { return }
        if share >= 0.5 {
            content = min(1, soFar + share)
            reason = "its values stand in \(other)"
        } else if share < 0.02, facts.distinct.count > 5, soFar < 0.9 {
            content = soFar - 0.3
        }
    }

    private static func time(_ facts: ColumnFacts, _ column: StandardColumn, _ table: StandardTable) -> Double? {
        let share = facts.share(facts.dates + facts.serials + facts.hashes)
        guard share >= 0.6 else { return nil }
        if facts.serials > facts.dates || facts.hashes > facts.dates { return 0 }
        guard facts.clocks * 2 < facts.filled else { return column.kind == .day ? 0.2 : 0.6 }
        return table.needsTime(column.name) ? -0.2 : column.kind == .day ? 0.6 : 0.4
    }

    private static func integer(_ facts: ColumnFacts, _ column: StandardColumn) -> Double? {
        // `123.456` may be thousands.
        guard facts.share(facts.integers + facts.eitherMark) >= 0.9 else { return nil }
        if column.name == "vehicle_year" { return facts.share(facts.years) > 0.9 ? 0.8 : -0.4 }
        if column.name == "mileage" { return facts.greatest > 3_000 && facts.greatest < 2_000_000 ? 0.4 : -0.3 }
        return 0.1
    }

    private static func closed(
        _ facts: ColumnFacts, _ column: StandardColumn, _ table: StandardTable
    ) -> (Double?, String?) {
        guard let words = facts.words, let known = ValueWords.table(table, column) else { return (nil, nil) }
        let share = facts.share(words.reduce(0) { $0 + (known[$1.key.lowercased()] == nil ? 0 : $1.value) })
        if share < 0.3 { return (column.kind == .flag ? nil : words.count > 12 ? nil : -0.5, nil) }
        let isTelling = words.keys.contains { $0.count > 1 && Int($0) == nil } && column.kind != .flag
        guard share >= 0.8 else { return (0.2, nil) }
        let list = words.keys.sorted().prefix(4).joined(separator: ", ")
        // Words such as `inbound` and `outbound` say it alone; `yes` and `no` say nothing.
        let isPlain = isTelling && words.count > 1 && ["direction", "pay_type"].contains(column.name)
        return (isPlain ? 0.95 : column.kind == .flag ? 0.3 : 0.6, "its values are \(list)")
    }

    private static func open(
        _ facts: ColumnFacts, _ column: StandardColumn, _ table: StandardTable
    ) -> (Double?, String?) {
        guard let words = facts.words else {
            // A list of sources may be long; one of numbers is none.
            return facts.share(facts.lettered) > 0.8 && facts.distinct.count * 3 < facts.filled ? (0, nil) : (nil, nil)
        }
        guard facts.share(facts.dates) < 0.5 else { return (nil, nil) }
        guard let known = ValueWords.table(table, column) else {
            return (facts.share(facts.lettered) > 0.5 ? 0.2 : -0.2, nil)
        }
        let share = facts.share(words.reduce(0) { $0 + (known[$1.key.lowercased()] == nil ? 0 : $1.value) })
        let isPlain = share >= 0.8 && column.name != "to_department" && words.keys.contains { $0.count > 2 }
        return (share >= 0.5 ? (isPlain ? 0.9 : 0.6) : words.count > 15 ? nil : -0.1,
            share >= 0.8 ? "its values are \(words.keys.sorted().prefix(4).joined(separator: ", "))" : nil)
    }

    private static func identifier(
        _ facts: ColumnFacts, _ column: StandardColumn, _ table: StandardTable
    ) -> (Double?, String?) {
        if column.name == "vin" || column.name == "trade_vin" {
            if facts.share(facts.vins) >= 0.6 { return (column.name == "vin" ? 1 : 0.8, "17 characters, a vehicle's number") }
            return facts.isNearlyUnique && facts.share(facts.dates) < 0.1 && facts.vins > 0 ? (0.3, nil) : (-0.2, nil)
        }
        let isOther = facts.share(facts.dates - facts.widths[8, default: 0]) > 0.5 || facts.share(facts.decimals) > 0.5
            || facts.share(facts.emails) > 0.5 || facts.share(facts.vins) > 0.6
        if isOther, column.name != "text_hash" { return (nil, nil) }
        if column == table.columns.first, table.isNumbered {
            if facts.isUnique { return (0.5, "every value is different") }
            return (facts.isNearlyUnique ? 0.3 : facts.filled < facts.rows || facts.distinct.count * 2 < facts.filled ? -0.5 : 0, nil)
        }
        switch column.name {
        case "store_id": return facts.distinct.count > 600 || facts.share(facts.phones) > 0.5 ? (nil, nil) : (0.1, nil)
        case "customer_id": return facts.distinct.count < 3 && facts.filled > 20 ? (-0.3, nil) : (0.1, nil)
        case "text_hash": return (facts.spaced > 0 && facts.filled > 0 ? 0 : 0, nil)
        case "person_id", "advisor_id", "salesperson_id", "owner_id", "assigned_to":
            return facts.isUnique && facts.filled > 20 && table != .people ? (-0.4, nil) : (0.1, nil)
        default: return (0.1, nil)
        }
    }

    private static func text(_ facts: ColumnFacts, _ column: StandardColumn) -> (Double?, String?) {
        switch column.name {
        case "phone": return facts.share(facts.phones) >= 0.6 ? (1, "telephone numbers") : (-0.3, nil)
        case "email": return facts.share(facts.emails) >= 0.6 ? (1, "e-mail addresses") : (-0.3, nil)
        case "name":
            return facts.share(facts.lettered) < 0.5 || facts.share(facts.vins + facts.emails + facts.dates) > 0.5
                ? (nil, nil) : (0.2, nil)
        default: return facts.share(facts.dates) > 0.8 ? (-0.3, nil) : (0.1, nil)
        }
    }
}

extension StandardTable {
    /// The first column numbers the rows, each once.
    var isNumbered: Bool {
        switch self {
        case .ratings, .absences, .outageSteps, .outageUpdates, .monitorEvents: false
        default: true
        }
    }
}
