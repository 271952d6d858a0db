import Basis
import Dealership
import Foundation
import GRDB
import Measures
import Programs
import Store

/// A folder that is gone after the test.
struct ScratchFolder: ~Copyable {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "kpi-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path()
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Entries that were made up, no value of which is that of another.
enum MadeLedger {
    static let october = Month(year: 2026, month: 10)

    static func day(_ text: String) -> Day {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        return Day(year: parts[0], month: parts[1], day: parts[2])!
    }

    static func row(
        _ number: Int, person: String, _ standing: RewardRow.Standing = .inTime, month: Month = october,
        outage: Int64 = 0
    ) -> RewardRow {
        let day = month.firstDay + number % 27
        let raw = 600 + Int64(number) * 7
        return RewardRow(
            number: "C-\(1000 + number)", store: "north", channel: number % 3 == 0 ? "sms" : "email", person: person,
            day: day,
            arrived: "\(day) 09:\(10 + number % 50):00", due: "\(day) 10:\(10 + number % 50):00",
            answered: standing == .unanswered ? "" : "\(day) 11:\(10 + number % 50):00", rawSeconds: raw + outage,
            outageSeconds: outage, absenceSeconds: 0, seconds: raw, targetSeconds: 3_600, standing: standing,
            rawStanding: outage > 0 ? .late : standing, reason: standing == .leftOut ? "withdrawn" : "",
            source: "exports/messages.csv:\(number + 2)")
    }

    static func count(_ rows: [RewardRow], raw: Bool = false) -> RewardCount {
        var count = RewardCount()
        for row in rows { count.add(row, raw: raw) }
        return count
    }

    static func person(_ id: String, _ rows: [RewardRow], _ amount: Int64) -> PersonReward {
        let own = rows.filter { $0.person == id }
        let pays = Money(minorUnits: amount)
        return PersonReward(
            person: id, name: "Name of \(id)", store: "north", department: "service", role: "advisor",
            payroll: "00\(id)",
            count: count(own), rawCount: count(own, raw: true), eligibleDays: 20, presentDays: 19, periodDays: 23,
            gates: [.init(words: "at most 5 %", found: "3.1 %", isOpen: true)], outcome: .scored, tier: 2, points: 7,
            full: Money(minorUnits: amount + 1), earned: Money(minorUnits: amount + 2), teamPart: Money(minorUnits: 3),
            amount: pays, isCapped: false, isScaledToPool: true, rawAmount: Money(minorUnits: amount + 4))
    }

    static func rule(
        pool: Int64? = nil, cap: Int64? = nil, late: RewardRule.LateData = .both, unit: Int64 = 1, version: Int = 1,
        text: String = "version: 1\n"
    ) -> RewardRule {
        let timing = FirstResponseTime(
            clock: .open, adjusted: true, silence: .count, target: .settings, answerOn: .same, minimumN: 5)
        return RewardRule(
            identifier: "first-answers", name: "First answers", version: version, approved: day("2026-06-01"),
            approvers: ["Ada Approver", "Ben Boss"], inForce: Month(year: 2026, month: 7),
            basis: .init(kind: .firstResponse, timing: timing, owner: .answered, channels: []),
            eligibility: .init(minimumN: 5, daysPresent: 5, leastAssigned: 900),
            scheme: .tiers([.init(from: 0, below: nil, pays: Money(minorUnits: 15_000))]),
            cap: cap.map { Money(minorUnits: $0) },
            pool: pool.map { Money(minorUnits: $0) }, isProRata: true,
            rounding: .init(to: Money(minorUnits: unit), mode: .halfUp),
            lateData: late, askWithinDays: 30, askWhom: "Ada Approver", text: text)
    }

    static func result(
        _ amounts: [String: Int64], rows: [RewardRow], rule: RewardRule = rule(), month: Month = october
    ) -> RewardResult {
        RewardResult(
            rule: rule, month: month, asOf: month.lastDay + 2,
            people: amounts.sorted { $0.key < $1.key }.map { person($0.key, rows, $0.value) },
            rows: rows.sorted(by: RewardRow.areInOrder), unowned: count(rows.filter(\.person.isEmpty)), teams: [],
            leftInPool: nil, refusals: [])
    }

    /// Rows of three people and of nobody, every standing among them.
    static func rows(_ month: Month = october) -> [RewardRow] {
        (0..<24).map { number in
            let standings: [RewardRow.Standing] = [.inTime, .inTime, .late, .unanswered, .leftOut]
            let person = number == 23 ? "" : ["P-1", "P-2", "P-3"][number % 3]
            return row(number, person: person, standings[number % 5], month: month, outage: number == 4 ? 2_100 : 0)
        }
    }

    /// A closing entry with rows in every table that one may have.
    static func close(_ month: Month = october, amounts: [String: Int64] = ["P-1": 15_000, "P-2": 9_950]) -> LedgerEntry
    {
        let rows = rows(month)
        var entry = LedgerEntry(
            kind: .close, on: month.lastDay + 3, rule: "first-answers", version: 1, currency: "USD", month: month)
        entry.ruleName = "First answers"
        entry.ruleText = "version: 1\n"
        entry.approvers = ["Ada Approver", "Ben Boss"]
        entry.asOf = month.lastDay + 2
        entry.settingsHash = String(repeating: "a1", count: 32)
        entry.program = "kpi 0.1.0"
        entry.unowned = count(rows.filter(\.person.isEmpty) + [row(80, person: "", .leftOut)])
        entry.leftInPool = Money(minorUnits: 55_050)
        entry.people = amounts.sorted { $0.key < $1.key }.map { person($0.key, rows, $0.value) }
        entry.people[0].outcome = .tooFew(counted: 4, needed: 20)
        entry.people[1].outcome = .gate(words: "at most 5 %", found: "7 %")
        entry.teams = [
            TeamReward(
                team: "north", count: count(rows), tier: 1, pays: Money(minorUnits: 5_000),
                undivided: Money(minorUnits: 2))
        ]
        entry.rows = rows.sorted(by: RewardRow.areInOrder).map { LedgerRow($0) }
        entry.outages = [
            LedgerOutage(
                number: "OUT-1042", system: "mail", vendor: "Mailco", channel: "email", stores: "north south",
                down: "2026-10-13 09:00:00 to 2026-10-13 10:05:00", digest: String(repeating: "b2", count: 32))
        ]
        return entry
    }

    static func adjust(_ close: LedgerEntry, number: Int) -> LedgerEntry {
        var entry = LedgerEntry(
            kind: .adjust, on: close.on + 30, rule: close.rule, version: close.version, currency: "USD",
            month: close.month,
            about: number, words: "late data")
        entry.approvers = close.approvers
        entry.adjustments = [
            LedgerAdjustment(
                person: "P-1", name: "Name of P-1", payroll: "007", before: Money(minorUnits: 15_000),
                after: Money(minorUnits: 12_500), amount: Money(minorUnits: -2_500))
        ]
        entry.changes = [LedgerChange(person: "P-1", words: "C-1003: in time → late")]
        entry.rows = [LedgerRow(row(3, person: "P-1", .late), .changed), LedgerRow(row(99, person: "P-2"), .came)]
        entry.approvers = ["Ada Approver", "Ben Boss"]
        return entry
    }

    /// A ledger of five entries: a period closed, adjusted, asked about and answered, and the next one.
    static func fill(_ file: LedgerFile) throws {
        let first = close()
        try file.append([first], onto: file.reading())
        let desk = LedgerDesk(LedgerHistory(try file.reading().entries), on: first.on + 4)
        try file.append(
            [desk.question(about: 1, person: "P-2", by: "P-2", question: "I was off")], onto: file.reading())
        let answering = LedgerDesk(LedgerHistory(try file.reading().entries), on: first.on + 6)
        try file.append(
            [answering.answer(to: 2, by: "Ada", answer: "Right", outcome: .upheld)], onto: file.reading())
        try file.append([adjust(first, number: 1), close(october + 1)], onto: file.reading())
    }

    /// Changes what is stored, past the ledger: triggers are put aside and made again afterwards.
    static func tamper(_ file: LedgerFile, attaching other: String? = nil, _ work: (Database) throws -> Void) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        if let other { configuration.prepareDatabase { try $0.execute(sql: "ATTACH '\(other)' AS other") } }
        let queue = try DatabaseQueue(path: file.path, configuration: configuration)
        try queue.write { db in
            let triggers = try Row.fetchAll(db, sql: "SELECT name, sql FROM main.sqlite_master WHERE type = 'trigger'")
                .map { ($0["name"] as String, $0["sql"] as String) }
            for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger.0)") }
            try work(db)
            for trigger in triggers { try db.execute(sql: trigger.1) }
        }
        try queue.close()
    }
}
