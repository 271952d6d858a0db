/// What was changed in a ledger after it was written, as exactly as can be told.
public struct LedgerFinding: Hashable, Sendable {
    /// Nil: the file as a whole.
    public var entry: Int?
    public var table: LedgerTable?
    public var position: Int?
    /// What the row is about: a conversation's number, a person.
    public var label: String
    public var columns: [String]
    /// A sentence without a full stop.
    public var words: String

    public init(
        entry: Int? = nil, table: LedgerTable? = nil, position: Int? = nil, label: String = "", columns: [String] = [],
        _ words: String
    ) {
        self.entry = entry
        self.table = table
        self.position = position
        self.label = label
        self.columns = columns
        self.words = words
    }
}

/// A row as a table stores it.
public struct StoredRecord: Hashable, Sendable {
    public var record: LedgerRecord
    public var checks: String
    public var hash: String
    /// The texts hold bytes that no text shows.
    public var hasHiddenBytes: Bool
    public init(record: LedgerRecord, checks: String, hash: String, hasHiddenBytes: Bool = false) {
        self.record = record
        self.checks = checks
        self.hash = hash
        self.hasHiddenBytes = hasHiddenBytes
    }

    var label: String { value(record.table.label) }

    func value(_ column: String) -> String {
        guard let index = record.table.columns.firstIndex(where: { $0.name == column }), index < record.values.count
        else {
            return ""
        }
        switch record.values[index] {
        case .none: return ""
        case .whole(let number): return String(number)
        case .text(let text): return text
        }
    }

    /// The columns that were changed, as far as can be told.
    /// - Parameter isWhole: the hash is that of the values.
    func changedColumns(isWhole: Bool) -> [String] {
        let columns = record.changedColumns(by: checks)
        if isWhole { return columns == [] ? [] : ["checks"] }
        guard let columns else { return ["checks"] }
        return columns.isEmpty ? [hasHiddenBytes ? "a text" : "hash"] : columns
    }
}

/// Follows a ledger entry by entry and holds every row against its hash, every entry against its rows and the one
/// before.
public struct LedgerAudit: Sendable {
    public private(set) var findings: [LedgerFinding] = []
    /// The number and hash of the last entry.
    public private(set) var last = 0
    public private(set) var head = LedgerEntry.none
    private var isLastWhole = true

    public init() {}

    /// - Parameters:
    ///   - stored: entries come in the order of their numbers.
    ///   - children: its rows, each table by position.
    public mutating func add(_ stored: StoredRecord, children: [LedgerTable: [StoredRecord]]) {
        let number = Int(stored.value("number")) ?? 0
        let before = findings.count
        if number > last + 1 {
            let words = number > last + 2 ? "entries to \(number - 1) are missing" : "the entry is missing"
            findings.append(LedgerFinding(entry: last + 1, table: .entry, words))
        }
        let isFollowing = findings.count == before
        var seal = LedgerSeal(stored.record)
        let changed = stored.record.changedColumns(by: stored.checks)
        let counts = changed?.contains("contents") == true ? nil : LedgerEntry.counts(stored.value("contents"))
        for table in LedgerTable.children {
            let rows = children[table] ?? []
            audit(rows, of: table, entry: number, expected: counts.map { $0[table] ?? 0 } ?? rows.count)
            seal.add(table, hashes: rows.map(\.hash))
        }
        let isSound = findings.count == before
        let isWhole = seal.finish() == stored.hash && !stored.hasHiddenBytes
        let columns = stored.changedColumns(isWhole: isWhole || !isSound && changed == [])
        if !columns.isEmpty {
            findings.append(
                LedgerFinding(
                    entry: number, table: .entry, columns: columns,
                    columns == ["hash"]
                        ? "hash is not that of what is stored: it was changed, or a row with its own hash"
                        : "\(columns.joined(separator: ", ")) changed after the entry was written"))
        }
        if isFollowing, isLastWhole, stored.value("previous_hash") != head, !columns.contains("previous_hash") {
            findings.append(
                LedgerFinding(
                    entry: number, table: .entry, columns: ["previous_hash"],
                    "the entry does not follow the one before: one was put in, taken out or changed with its hash"))
        }
        isLastWhole = isWhole
        last = number
        head = stored.hash
    }

    private mutating func audit(_ rows: [StoredRecord], of table: LedgerTable, entry: Int, expected: Int) {
        var next = 0
        for stored in rows {
            let position = Int(stored.value("position")) ?? 0
            note(missing: next..<max(next, position), of: table, entry: entry)
            next = max(next, position) + 1
            let isWhole = stored.record.hash == stored.hash && !stored.hasHiddenBytes
            let columns = stored.changedColumns(isWhole: isWhole)
            if position >= expected {
                findings.append(
                    LedgerFinding(
                        entry: entry, table: table, position: position, label: stored.label,
                        "the row was added after the entry was written"))
            } else if !columns.isEmpty {
                findings.append(
                    LedgerFinding(
                        entry: entry, table: table, position: position, label: stored.label, columns: columns,
                        "\(columns.joined(separator: ", ")) changed after the entry was written"))
            }
        }
        note(missing: next..<max(next, expected), of: table, entry: entry)
    }

    private mutating func note(missing rows: Range<Int>, of table: LedgerTable, entry: Int) {
        guard let last = rows.last else { return }
        let words = rows.count == 1 ? "the row is missing" : "rows to \(last) are missing"
        findings.append(LedgerFinding(entry: entry, table: table, position: rows.lowerBound, words))
    }
}
