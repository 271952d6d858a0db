import Basis

/// A closed period's rows as they last were: as closed, then as every adjustment found them.
struct LedgerRows {
    private struct Key: Hashable {
        var store: String
        var channel: String
        var number: String
        var arrived: String
        init(_ row: RewardRow) {
            store = row.store
            channel = row.channel
            number = row.number
            arrived = row.arrived
        }
    }

    /// What became of a row.
    struct Difference {
        /// Nil: it came.
        var before: RewardRow?
        /// Nil: it went.
        var after: RewardRow?

        var ledgerRow: LedgerRow? {
            if let after { return LedgerRow(after, before == nil ? .came : .changed) }
            return before.map { LedgerRow($0, .went) }
        }
    }

    /// In the order of statements.
    private(set) var rows: [RewardRow]

    /// - Parameter entries: a closing entry, then adjustments of its period, with their rows.
    init(_ entries: [LedgerEntry]) {
        rows = entries.first?.rows.map(\.row) ?? []
        for entry in entries.dropFirst() { apply(entry.rows) }
        rows.sort(by: RewardRow.areInOrder)
    }

    private mutating func apply(_ changes: [LedgerRow]) {
        guard !changes.isEmpty else { return }
        var places: [Key: [Int]] = [:]
        for index in rows.indices.reversed() { places[Key(rows[index]), default: []].append(index) }
        var gone: Set<Int> = []
        for change in changes {
            let key = Key(change.row)
            switch change.change {
            case .came, .closed: rows.append(change.row)
            case .changed: if let place = places[key]?.popLast() { rows[place] = change.row }
            case .went: if let place = places[key]?.popLast() { gone.insert(place) }
            }
        }
        rows = rows.indices.filter { !gone.contains($0) }.map { rows[$0] }
    }

    /// What is otherwise in rows of today; where a row stands in its file is none of it.
    func differences(from today: [RewardRow]) -> [Difference] {
        var old = Dictionary(grouping: rows) { Key($0) }
        var differences: [Difference] = []
        for row in today.sorted(by: RewardRow.areInOrder) {
            let key = Key(row)
            var alike = old[key] ?? []
            // Of several with one key those that did not change belong together.
            guard let index = alike.firstIndex(where: { LedgerRows.isSame($0, row) }) ?? alike.indices.first else {
                differences.append(Difference(before: nil, after: row))
                continue
            }
            let before = alike.remove(at: index)
            old[key] = alike
            if !LedgerRows.isSame(before, row) { differences.append(Difference(before: before, after: row)) }
        }
        differences += old.values.joined().map { Difference(before: $0, after: nil) }
        return differences.sorted { a, b in
            guard let first = a.after ?? a.before, let second = b.after ?? b.before else { return false }
            return RewardRow.areInOrder(first, second)
        }
    }

    private static func isSame(_ a: RewardRow, _ b: RewardRow) -> Bool {
        var other = b
        other.source = a.source
        return a == other
    }
}

extension LedgerRows.Difference {
    /// A sentence for each person whom it concerns.
    var changes: [LedgerChange] {
        switch (before, after) {
        case (nil, let after?):
            return [LedgerChange(person: after.person, words: "\(after.title) came: \(after.state)")]
        case (let before?, nil):
            return [LedgerChange(person: before.person, words: "\(before.title) went: was \(before.state)")]
        case (let before?, let after?) where before.person != after.person:
            return [
                LedgerChange(person: before.person, words: "\(before.title) is another's: was \(before.state)"),
                LedgerChange(person: after.person, words: "\(after.title) is counted here now: \(after.state)"),
            ].filter { !$0.person.isEmpty }
        case (let before?, let after?):
            var words = "\(after.title): \(before.state)"
            if before.state != after.state { words += " → \(after.state)" }
            let parts = LedgerRows.Difference.parts(before, after)
            if !parts.isEmpty { words += " (\(parts.joined(separator: ", ")))" }
            return [LedgerChange(person: after.person, words: words)]
        case (nil, nil): return []
        }
    }

    private static func parts(_ before: RewardRow, _ after: RewardRow) -> [String] {
        var parts: [String] = []
        func add(_ what: String, _ a: Int64, _ b: Int64) {
            if a != b { parts.append("\(what) \(minutes(a)) → \(minutes(b))") }
        }
        add("outage minutes", before.outageSeconds, after.outageSeconds)
        add("leave minutes", before.absenceSeconds, after.absenceSeconds)
        add("minutes waited", before.rawSeconds, after.rawSeconds)
        if let a = before.targetSeconds, let b = after.targetSeconds { add("target minutes", a, b) }
        if before.answered != after.answered {
            parts.append("answered \(before.answered.orNever) → \(after.answered.orNever)")
        }
        if before.due != after.due, parts.isEmpty { parts.append("due \(before.due) → \(after.due)") }
        return parts
    }

    /// Whole minutes, or minutes and seconds: `35`, `35:20`.
    private static func minutes(_ seconds: Int64) -> String {
        seconds % 60 == 0 ? String(seconds / 60) : "\(seconds / 60):\(twoDigits(seconds.magnitude % 60))"
    }
}

extension String {
    fileprivate var orNever: String { isEmpty ? "never" : self }
}

extension RewardRow {
    /// How a sentence names it.
    fileprivate var title: String { number.isEmpty ? "\(channel) of \(arrived)" : number }
    fileprivate var state: String {
        standing == .leftOut && !reason.isEmpty ? "left out: \(reason)" : standing.rawValue
    }
}
