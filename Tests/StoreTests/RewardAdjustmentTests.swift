import Basis
import Testing

@testable import Programs

/// What late data makes of closed periods: the difference, its bounds and its reasons.
@Suite("Adjustments")
struct RewardAdjustmentTests {
    private static let signature = LedgerSignature(
        on: MadeLedger.day("2026-12-03"), approvers: ["Ada Approver", "Ben Boss"],
        settingsHash: String(repeating: "a1", count: 32),
        program: "kpi")

    private static func close(_ result: RewardResult) -> LedgerEntry {
        RewardClosing(result.month, signature: signature, history: LedgerHistory([]))
            .entries([result], currency: "USD", outages: [])[0]
    }

    /// Entries numbered as a ledger numbers them.
    private static func numbered(_ entries: [LedgerEntry]) -> [LedgerEntry] {
        LedgerEntry.sealed(entries, after: 0, head: LedgerEntry.none).map(\.entry)
    }

    private static func adjust(
        _ entries: [LedgerEntry], _ result: RewardResult, outages: [LedgerOutage] = []
    ) -> LedgerEntry? {
        let history = LedgerHistory(entries)
        let close = entries[0]
        return RewardAdjustment(close: close, adjusts: history.adjusts(of: close), history: history)
            .entry(result, outages: outages, signature: signature)
    }

    private struct Source: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            var x = state
            x ^= x >> 33
            x = x &* 0xff51_afd7_ed55_8ccd
            return x ^ (x >> 33)
        }
    }

    @Test(
        "10,000 periods adjusted again and again: pool and cap hold, nobody owes more than was paid"
    )
    func bounds() {
        var source = Source(state: 7)
        for _ in 0..<2_500 {
            let cap = Int64.random(in: 1...20_000, using: &source)
            let pool = Int64.random(in: cap...50_000, using: &source)
            let late: RewardRule.LateData = Bool.random(using: &source) ? .addOnly : .both
            let unit: Int64 = [1, 5, 100].randomElement(using: &source)!
            let rule = MadeLedger.rule(pool: pool, cap: cap, late: late, unit: unit)
            func amounts() -> [String: Int64] {
                var left = pool
                var amounts: [String: Int64] = [:]
                for person in 1...6 where Int.random(in: 0..<5, using: &source) > 0 {
                    let amount = min(left, Int64.random(in: 0...cap, using: &source))
                    amounts["P-\(person)"] = amount
                    left -= amount
                }
                return amounts
            }
            var entries = Self.numbered([Self.close(MadeLedger.result(amounts(), rows: [], rule: rule))])
            for _ in 0..<4 {
                let today = amounts()
                if let entry = Self.adjust(entries, MadeLedger.result(today, rows: [], rule: rule)) {
                    entries = Self.numbered(entries + [entry])
                    if late == .addOnly { #expect(entry.adjustments.allSatisfy { $0.amount >= .zero }) }
                }
                let history = LedgerHistory(entries)
                let computed = history.computed("first-answers", MadeLedger.october)
                let net = history.net("first-answers", MadeLedger.october)
                #expect(computed.values.reduce(.zero, +) <= Money(minorUnits: pool))
                #expect(net.values.allSatisfy { $0 >= .zero && $0 <= Money(minorUnits: cap) })
                if late == .both {
                    let sum = today.values.reduce(0, +)
                    if sum <= pool {
                        for (person, amount) in today { #expect((net[person] ?? .zero).minorUnits <= amount) }
                    }
                }
            }
        }
    }

    @Test("late data without an entry says why nothing is added")
    func nothingAdded() throws {
        func said(
            _ closed: [String: Int64], _ today: [String: Int64], pool: Int64, _ late: RewardRule.LateData
        ) throws -> String? {
            let rule = MadeLedger.rule(pool: pool, cap: 20_000, late: late, unit: 1)
            let entries = Self.numbered([Self.close(MadeLedger.result(closed, rows: [], rule: rule))])
            let adjustment = RewardAdjustment(close: entries[0], adjusts: [], history: LedgerHistory(entries))
            let result = MadeLedger.result(today, rows: [], rule: rule)
            let entry = adjustment.entry(result, outages: [], signature: Self.signature)
            let words = adjustment.unpaid(result)?.message
            #expect(entry == nil || words == nil)
            return words
        }
        let closed: [String: Int64] = ["P-1": 10_000, "P-2": 10_000]
        #expect(
            try said(closed, ["P-1": 10_000, "P-2": 12_000], pool: 20_000, .addOnly)
                == "2026-10: late data comes to more for 1 of 2 people; nothing of the pool of 200.00, which holds for "
                + "a month and its adjustments, is left")
        #expect(
            try said(closed, ["P-1": 9_000, "P-2": 12_000], pool: 20_000, .addOnly)?.contains(
                "more for 1 and to less for 1 of 2 people") == true)
        #expect(
            try said(closed, ["P-1": 9_000, "P-2": 10_000], pool: 40_000, .addOnly)
                == "2026-10: late data comes to less for 1 of 2 people; nobody gives anything back")
        #expect(try said(closed, closed, pool: 20_000, .addOnly) == nil)
        #expect(try said(closed, ["P-1": 9_000, "P-2": 12_000], pool: 20_000, .both) == nil)
        #expect(try said(closed, ["P-1": 9_000, "P-2": 12_000], pool: 40_000, .addOnly) == nil)
    }

    @Test("both ways: where pool and hands leave it alone, a period comes to what today's data says")
    func difference() throws {
        let rows = MadeLedger.rows()
        let entries = Self.numbered([
            Self.close(MadeLedger.result(["P-1": 15_000, "P-2": 9_950, "P-3": 0], rows: rows))
        ])
        var today = rows
        today[2].standing = .inTime
        today[2].outageSeconds = 5_700
        today.remove(at: 5)
        today.append(MadeLedger.row(50, person: "P-3", .late))
        today[0].person = "P-2"
        let entry = try #require(
            Self.adjust(entries, MadeLedger.result(["P-1": 12_500, "P-2": 9_950, "P-3": 5_000], rows: today)))
        #expect(entry.adjustments.map(\.person) == ["P-1", "P-3"])
        #expect(entry.adjustments.map(\.amount.minorUnits) == [-2_500, 5_000])
        #expect(entry.changes.contains(LedgerChange(person: "P-1", words: "C-1000 is another's: was in time")))
        #expect(
            entry.changes.contains(
                LedgerChange(person: "P-3", words: "C-1002: late → in time (outage minutes 0 → 95)")),
            "\(entry.changes)")
        #expect(entry.changes.contains(LedgerChange(person: "P-3", words: "C-1005 went: was in time")))
        #expect(entry.changes.contains(LedgerChange(person: "P-3", words: "C-1050 came: late")))
        #expect(!entry.changes.contains { $0.person == "P-2" })
        // What the entry keeps of rows leads from the closed ones to today's.
        let both = Self.numbered(entries + [entry])
        #expect(LedgerRows(both).differences(from: today).isEmpty)
        #expect(LedgerRows(both).rows == today.sorted(by: RewardRow.areInOrder))
        #expect(Self.adjust(both, MadeLedger.result(["P-1": 12_500, "P-2": 9_950, "P-3": 5_000], rows: today)) == nil)
        // And back again: the ledger holds both steps.
        let back = try #require(
            Self.adjust(both, MadeLedger.result(["P-1": 15_000, "P-2": 9_950, "P-3": 0], rows: rows)))
        #expect(back.adjustments.map(\.amount.minorUnits) == [2_500, -5_000])
        #expect(LedgerRows(both + [back]).differences(from: rows).isEmpty)
    }

    @Test("permuted rows make the same entry")
    func order() {
        var source = Source(state: 11)
        let rows = MadeLedger.rows()
        let entries = Self.numbered([Self.close(MadeLedger.result(["P-1": 15_000, "P-2": 0], rows: rows))])
        var today = rows
        for index in stride(from: 0, to: 20, by: 3) { today[index].standing = .late }
        let expected = Self.adjust(entries, MadeLedger.result(["P-1": 0, "P-2": 15_000], rows: today))
        #expect(expected != nil)
        for _ in 0..<20 {
            var result = MadeLedger.result(["P-1": 0, "P-2": 15_000], rows: today)
            result.rows.shuffle(using: &source)
            #expect(Self.adjust(entries, result) == expected)
        }
    }

    @Test("what was reversed by hand is not paid again; too much is not taken from what is gone already")
    func reversed() throws {
        let rule = MadeLedger.rule()
        let entries = Self.numbered([
            Self.close(MadeLedger.result(["P-1": 15_000, "P-2": 9_950], rows: [], rule: rule))
        ])
        let desk = LedgerDesk(LedgerHistory(entries), on: MadeLedger.day("2026-12-04"))
        let reversal = try desk.reversal(of: 1, person: "P-1", why: "paid twice", approvers: ["Ada", "Ben"])
        #expect(reversal.adjustments.map(\.amount.minorUnits) == [-15_000])
        let both = Self.numbered(entries + [reversal])
        #expect(Self.adjust(both, MadeLedger.result(["P-1": 15_000, "P-2": 9_950], rows: [], rule: rule)) == nil)
        #expect(Self.adjust(both, MadeLedger.result(["P-1": 12_000, "P-2": 9_950], rows: [], rule: rule)) == nil)
        let up = try #require(
            Self.adjust(both, MadeLedger.result(["P-1": 16_000, "P-2": 9_950], rows: [], rule: rule)))
        #expect(up.adjustments.map(\.amount.minorUnits) == [1_000])
        let own = #expect(throws: Rejection.self) {
            try desk.reversal(of: 1, person: "P-2", why: "", approvers: ["Name of P-2", "name of  p-2"])
        }
        #expect(Set(own?.diagnostics.map(\.code) ?? []) == ["paid-approver", "too-few-approvers", "nothing-said"])
        let paid = #expect(throws: Rejection.self) {
            try desk.reversal(of: 1, person: "P-1", why: "paid twice", approvers: ["name of P-2", "Ben"])
        }
        #expect(paid?.diagnostics.map(\.code) == ["paid-approver"])
    }

    @Test("who earned more than the pool has left is told so")
    func poolLeft() throws {
        let rule = MadeLedger.rule(pool: 18_000, late: .addOnly)
        let entries = Self.numbered([
            Self.close(MadeLedger.result(["P-1": 5_000, "P-2": 10_050], rows: [], rule: rule))
        ])
        let entry = try #require(
            Self.adjust(entries, MadeLedger.result(["P-1": 9_000, "P-2": 9_000], rows: [], rule: rule)))
        #expect(entry.adjustments.map(\.amount.minorUnits) == [2_950, 0])
        let words = entry.changes.map { "\($0.person): \($0.words)" }
        #expect(words.first == "P-1: the pool had 29.50 of 180.00 left")
        #expect(words.contains("P-2: the pool is divided otherwise"))
        #expect(!words.contains { $0.contains("see what concerns all") })
    }

    @Test("weeks' shares add up to the cent, whatever the week begins with")
    func weeks() {
        var source = Source(state: 3)
        for _ in 0..<2_000 {
            let month = Month(
                year: 2020 + Int.random(in: 0..<10, using: &source), month: Int.random(in: 1...12, using: &source))
            let start = Int.random(in: 0..<7, using: &source)
            let amount = Money(minorUnits: Int64.random(in: -30_000...30_000, using: &source))
            let rows = (0..<Int.random(in: 0..<40, using: &source)).map { number in
                MadeLedger.row(number, person: "P-1", number % 4 == 0 ? .leftOut : .late, month: month)
            }
            let weeks = WorkWeek.weeks(of: month, start: start, rows: rows, amount: amount)
            #expect((4...6).contains(weeks.count))
            #expect(weeks.reduce(.zero) { $0 + $1.amount } == amount)
            #expect(weeks.allSatisfy { $0.first.weekday == start && $0.last - $0.first == 6 })
            #expect(weeks.reduce(0) { $0 + $1.counted } == rows.count { $0.standing == .late })
            #expect(weeks[0].first <= month.firstDay && month.lastDay <= weeks[weeks.count - 1].last)
        }
        // 29 CFR 778.209: three of four conversations in the second week, three quarters of the bonus.
        let october = MadeLedger.october
        let rows = [1, 5, 6, 7].map { MadeLedger.row($0, person: "P-1") }
        let weeks = WorkWeek.weeks(of: october, start: 6, rows: rows, amount: Money(minorUnits: 10_001))
        #expect(weeks.map(\.amount.minorUnits) == [2_500, 7_501, 0, 0, 0])
        #expect(
            weeks.map(\.first.description) == ["2026-09-27", "2026-10-04", "2026-10-11", "2026-10-18", "2026-10-25"])
    }
}
