import Basis

/// Reads a record's values in the order of its columns. What cannot be read is noted, and stands for nothing meanwhile.
private struct LedgerCursor {
    private let values: [LedgerRecord.Value]
    private var position: Int
    fileprivate var isDamaged = false

    /// - Parameter skipping: so many columns first.
    init(_ record: LedgerRecord, skipping: Int = 0) {
        values = record.values
        position = skipping
    }

    private mutating func next() -> LedgerRecord.Value {
        position += 1
        guard position <= values.count else {
            isDamaged = true
            return .none
        }
        return values[position - 1]
    }

    mutating func text() -> String {
        if case .text(let text) = next() { return text }
        isDamaged = true
        return ""
    }
    mutating func whole() -> Int64 {
        if case .whole(let number) = next() { return number }
        isDamaged = true
        return 0
    }
    mutating func int() -> Int { Int(whole()) }
    mutating func flag() -> Bool { whole() != 0 }
    mutating func money() -> Money { Money(minorUnits: whole()) }
    mutating func optionalWhole() -> Int64? {
        switch next() {
        case .none: return nil
        case .whole(let number): return number
        case .text:
            isDamaged = true
            return nil
        }
    }
    mutating func optionalInt() -> Int? { optionalWhole().map { Int($0) } }
    mutating func optionalMoney() -> Money? { optionalWhole().map { Money(minorUnits: $0) } }

    /// A text that stands for a value.
    mutating func read<Value>(_ value: (String) -> Value?, else other: Value) -> Value {
        if let value = value(text()) { return value }
        isDamaged = true
        return other
    }

    mutating func day() -> Day { read({ LedgerCursor.day($0) }, else: Day(number: 0)) }
    mutating func month() -> Month { read({ Month($0) }, else: Month(number: 0)) }
    mutating func optionalDay() -> Day? {
        switch next() {
        case .none: return nil
        case .text(let text):
            if let day = LedgerCursor.day(text) { return day }
        case .whole: break
        }
        isDamaged = true
        return nil
    }
    mutating func count() -> RewardCount {
        var count = RewardCount()
        count.assigned = int()
        count.inTime = int()
        count.late = int()
        count.unanswered = int()
        count.stillWithin = int()
        return count
    }

    private static func day(_ text: String) -> Day? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2] else { return nil }
        return Day(year: year, month: month, day: day)
    }
}

extension LedgerEntry {
    /// Of the tables' rows, by position. Nil: a value is none that the program writes.
    /// - Parameter children: tables left out stay empty: rows are many, and not always wanted.
    public init?(_ record: LedgerRecord, hash: String, children: [LedgerTable: [LedgerRecord]]) {
        var cursor = LedgerCursor(record)
        let number = cursor.int()
        let kind = cursor.read({ Kind(rawValue: $0) }, else: .close)
        let on = cursor.day()
        let by = cursor.text()
        let rule = cursor.text()
        let ruleName = cursor.text()
        let version = cursor.int()
        let text = cursor.text()
        self.init(
            kind: kind, on: on, rule: rule, version: version, currency: cursor.text(), month: cursor.month())
        self.number = number
        self.by = by
        self.ruleName = ruleName
        ruleText = text
        asOf = cursor.optionalDay()
        about = cursor.optionalInt()
        person = cursor.text()
        words = cursor.text()
        let outcome = cursor.text()
        self.outcome = Outcome(rawValue: outcome)
        settingsHash = cursor.text()
        program = cursor.text()
        _ = (cursor.money(), cursor.text())
        unowned = cursor.count()
        leftInPool = cursor.optionalMoney()
        previous = cursor.text()
        self.hash = hash
        var isWhole = !cursor.isDamaged && (outcome.isEmpty || self.outcome != nil)
        for table in LedgerTable.children {
            for record in children[table] ?? [] where !read(table, record) { isWhole = false }
        }
        guard isWhole else { return nil }
    }

    private mutating func read(_ table: LedgerTable, _ record: LedgerRecord) -> Bool {
        var cursor = LedgerCursor(record, skipping: 2)
        switch table {
        case .entry: return false
        case .approval: approvers.append(cursor.text())
        case .amount: people.append(PersonReward(&cursor))
        case .leftOut: return readLeftOut(&cursor)
        case .gate:
            let owner = cursor.int()
            guard people.indices.contains(owner) else { return false }
            let words = cursor.text()
            people[owner].gates.append(.init(words: words, found: cursor.text(), isOpen: cursor.flag()))
        case .team:
            let name = cursor.text()
            let count = cursor.count()
            teams.append(
                TeamReward(
                    team: name, count: count, tier: cursor.optionalInt(), pays: cursor.money(),
                    undivided: cursor.money()))
        case .row:
            let change = cursor.read({ LedgerRow.Change(rawValue: $0) }, else: .closed)
            rows.append(LedgerRow(RewardRow(&cursor), change))
        case .outage:
            outages.append(
                LedgerOutage(
                    number: cursor.text(), system: cursor.text(), vendor: cursor.text(), channel: cursor.text(),
                    stores: cursor.text(), down: cursor.text(), digest: cursor.text()))
        case .adjustment:
            adjustments.append(
                LedgerAdjustment(
                    person: cursor.text(), name: cursor.text(), payroll: cursor.text(), before: cursor.money(),
                    after: cursor.money(), amount: cursor.money()))
        case .change: changes.append(LedgerChange(person: cursor.text(), words: cursor.text()))
        }
        return !cursor.isDamaged
    }

    private mutating func readLeftOut(_ cursor: inout LedgerCursor) -> Bool {
        let owner = cursor.text()
        let position = cursor.int()
        let times = cursor.text()
        let reason = cursor.text()
        let conversations = cursor.int()
        switch (owner, times) {
        case ("nobody", "adjusted"): unowned.leftOut[reason] = conversations
        case ("person", "adjusted") where people.indices.contains(position):
            people[position].count.leftOut[reason] = conversations
        case ("person", "raw") where people.indices.contains(position):
            people[position].rawCount.leftOut[reason] = conversations
        case ("team", "adjusted") where teams.indices.contains(position):
            teams[position].count.leftOut[reason] = conversations
        default: return false
        }
        return !cursor.isDamaged
    }
}

extension RewardRow {
    fileprivate init(_ cursor: inout LedgerCursor) {
        self.init(
            number: cursor.text(), store: cursor.text(), channel: cursor.text(), person: cursor.text(),
            day: cursor.day(),
            arrived: cursor.text(), due: cursor.text(), answered: cursor.text(), rawSeconds: cursor.whole(),
            outageSeconds: cursor.whole(), absenceSeconds: cursor.whole(), seconds: cursor.whole(),
            targetSeconds: cursor.optionalWhole(),
            standing: cursor.read({ Standing(rawValue: $0) }, else: .leftOut),
            rawStanding: cursor.read({ Standing(rawValue: $0) }, else: .leftOut), reason: cursor.text(),
            source: cursor.text())
    }
}

extension PersonReward {
    fileprivate init(_ cursor: inout LedgerCursor) {
        self.init(
            person: cursor.text(), name: cursor.text(), store: cursor.text(), department: cursor.text(),
            role: cursor.text(), payroll: cursor.text(), count: cursor.count(), rawCount: cursor.count(),
            eligibleDays: cursor.int(), presentDays: cursor.int(), periodDays: cursor.int(), gates: [],
            outcome: cursor.outcome(), tier: cursor.optionalInt(), points: cursor.optionalInt(), full: cursor.money(),
            earned: cursor.money(), teamPart: cursor.money(), amount: cursor.money(), isCapped: cursor.flag(),
            isScaledToPool: cursor.flag(), rawAmount: cursor.money())
    }
}

extension LedgerCursor {
    fileprivate mutating func outcome() -> PersonReward.Outcome {
        let kind = text()
        let found = optionalInt()
        let needed = optionalInt()
        let words = text()
        let foundWords = text()
        switch (kind, found, needed) {
        case ("scored", nil, nil): return .scored
        case ("too few", let found?, let needed?): return .tooFew(counted: found, needed: needed)
        case ("absent", let found?, let needed?): return .absent(days: found, needed: needed)
        case ("gate", nil, nil): return .gate(words: words, found: foundWords)
        case ("silence of nobody", nil, nil): return .silenceOfNobody
        default:
            isDamaged = true
            return .scored
        }
    }
}
