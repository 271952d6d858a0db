import Basis

/// An entry with its number and hash, and the rows of all tables that hold it.
public struct SealedEntry: Hashable, Sendable {
    public var entry: LedgerEntry
    /// By table, in order; the entry's own row is not among them.
    public var children: [(LedgerTable, [LedgerRecord])] { LedgerTable.children.map { ($0, records[$0] ?? []) } }
    private var records: [LedgerTable: [LedgerRecord]]
    /// By table and row, as the tables store them.
    public private(set) var hashes: [LedgerTable: [String]]
    public private(set) var record: LedgerRecord

    /// - Parameter previous: the hash of the entry before.
    init(_ entry: LedgerEntry, number: Int, previous: String) {
        var own = entry
        own.number = number
        own.previous = previous
        records = own.childRecords
        hashes = records.mapValues { $0.map(\.hash) }
        record = own.record(records.mapValues(\.count))
        var seal = LedgerSeal(record)
        for table in LedgerTable.children { seal.add(table, hashes: hashes[table] ?? []) }
        own.hash = seal.finish()
        self.entry = own
    }
}

extension LedgerEntry {
    /// Entries in a row, numbered and chained onto a ledger's last one.
    /// - Parameters:
    ///   - last: the number of the ledger's last entry; 0: there is none.
    ///   - head: its hash.
    public static func sealed(_ entries: [LedgerEntry], after last: Int, head: String) -> [SealedEntry] {
        var sealed: [SealedEntry] = []
        var previous = head
        for (index, entry) in entries.enumerated() {
            let one = SealedEntry(entry, number: last + 1 + index, previous: previous)
            previous = one.entry.hash
            sealed.append(one)
        }
        return sealed
    }

    /// - Parameter counts: of its rows in the other tables.
    func record(_ counts: [LedgerTable: Int]) -> LedgerRecord {
        let values: [LedgerRecord.Value] =
            [
                .of(number), .text(kind.rawValue), .text(on.description), .text(by), .text(rule), .text(ruleName),
                .of(version), .text(ruleText), .text(currency), .text(month.description), .of(asOf?.description),
                .of(about), .text(person), .text(words), .text(outcome?.rawValue ?? ""), .text(settingsHash),
                .text(program), .of(total), .text(LedgerEntry.contents(counts)),
            ] + LedgerRecord.counts(unowned) + [.of(leftInPool), .text(previous)]
        return LedgerRecord(.entry, values)
    }

    /// How many rows an entry has in which table: `ledger_approval 2, ledger_amount 6, …`.
    static func contents(_ counts: [LedgerTable: Int]) -> String {
        LedgerTable.children.compactMap { table in counts[table].map { "\(table.rawValue) \($0)" } }.joined(
            separator: ", ")
    }

    /// What `contents` of a record says.
    static func counts(_ contents: String) -> [LedgerTable: Int] {
        var counts: [LedgerTable: Int] = [:]
        for part in contents.split(separator: ",") {
            let words = part.split(separator: " ")
            guard words.count == 2, let table = LedgerTable(rawValue: String(words[0])) else { continue }
            counts[table] = Int(words[1])
        }
        return counts
    }

    var childRecords: [LedgerTable: [LedgerRecord]] {
        var records: [LedgerTable: [LedgerRecord]] = [:]
        func add(_ table: LedgerTable, _ values: [LedgerRecord.Value]) {
            let place: [LedgerRecord.Value] = [.of(number), .of(records[table]?.count ?? 0)]
            records[table, default: []].append(LedgerRecord(table, place + values))
        }
        func addLeftOut(_ count: RewardCount, _ owner: String, _ position: Int, _ times: String) {
            for (reason, conversations) in count.leftOut.sorted(by: { $0.key < $1.key }) {
                add(.leftOut, [.text(owner), .of(position), .text(times), .text(reason), .of(conversations)])
            }
        }
        for name in approvers { add(.approval, [.text(name)]) }
        addLeftOut(unowned, "nobody", 0, "adjusted")
        for (position, person) in people.enumerated() {
            add(.amount, person.values)
            addLeftOut(person.count, "person", position, "adjusted")
            addLeftOut(person.rawCount, "person", position, "raw")
            for gate in person.gates {
                add(.gate, [.of(position), .text(gate.words), .text(gate.found), .of(gate.isOpen)])
            }
        }
        for (position, team) in teams.enumerated() {
            add(
                .team,
                [.text(team.team)] + LedgerRecord.counts(team.count) + [
                    .of(team.tier), .of(team.pays), .of(team.undivided),
                ])
            addLeftOut(team.count, "team", position, "adjusted")
        }
        for row in rows { add(.row, [.text(row.change.rawValue)] + row.row.values) }
        for outage in outages { add(.outage, outage.texts.map { .text($0) }) }
        for one in adjustments {
            add(
                .adjustment,
                [
                    .text(one.person), .text(one.name), .text(one.payroll), .of(one.before), .of(one.after),
                    .of(one.amount),
                ])
        }
        for change in changes { add(.change, [.text(change.person), .text(change.words)]) }
        return records
    }
}

extension LedgerOutage {
    var texts: [String] { [number, system, vendor, channel, stores, down, digest] }
}

extension LedgerRecord {
    static func counts(_ count: RewardCount) -> [Value] {
        [count.assigned, count.inTime, count.late, count.unanswered, count.stillWithin].map { .of($0) }
    }
}

extension LedgerRecord.Value {
    static func of(_ number: Int) -> Self { .whole(Int64(number)) }
    static func of(_ flag: Bool) -> Self { .whole(flag ? 1 : 0) }
    static func of(_ money: Money) -> Self { .whole(money.minorUnits) }
    static func of(_ number: Int?) -> Self { number.map { .whole(Int64($0)) } ?? .none }
    static func of(_ money: Money?) -> Self { money.map { .whole($0.minorUnits) } ?? .none }
    static func of(_ text: String?) -> Self { text.map { .text($0) } ?? .none }
}

extension RewardRow {
    var values: [LedgerRecord.Value] {
        [
            .text(number), .text(store), .text(channel), .text(person), .text(day.description), .text(arrived),
            .text(due),
            .text(answered), .whole(rawSeconds), .whole(outageSeconds), .whole(absenceSeconds), .whole(seconds),
            targetSeconds.map { .whole($0) } ?? .none, .text(standing.rawValue), .text(rawStanding.rawValue),
            .text(reason),
            .text(source),
        ]
    }
}

extension PersonReward {
    var values: [LedgerRecord.Value] {
        let end: [LedgerRecord.Value] = [
            .of(tier), .of(points), .of(full), .of(earned), .of(teamPart), .of(amount), .of(isCapped),
            .of(isScaledToPool),
            .of(rawAmount),
        ]
        let days: [LedgerRecord.Value] = [.of(eligibleDays), .of(presentDays), .of(periodDays)]
        let who: [LedgerRecord.Value] = [person, name, store, department, role, payroll].map { .text($0) }
        return who + LedgerRecord.counts(count) + LedgerRecord.counts(rawCount) + days + outcomeValues + end
    }

    private var outcomeValues: [LedgerRecord.Value] {
        switch outcome {
        case .scored: [.text("scored"), .none, .none, .text(""), .text("")]
        case .tooFew(let counted, let needed): [.text("too few"), .of(counted), .of(needed), .text(""), .text("")]
        case .absent(let days, let needed): [.text("absent"), .of(days), .of(needed), .text(""), .text("")]
        case .gate(let words, let found): [.text("gate"), .none, .none, .text(words), .text(found)]
        case .silenceOfNobody: [.text("silence of nobody"), .none, .none, .text(""), .text("")]
        }
    }
}
