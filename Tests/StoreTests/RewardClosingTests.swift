import Basis
import Programs
import Testing

/// What speaks against closing a month, and what a closed month's statements say.
@Suite("Closing")
struct RewardClosingTests {
    private static let october = MadeLedger.october

    private static func signature(_ on: String = "2026-12-03", _ approvers: [String] = ["Ada", "Ben"])
        -> LedgerSignature
    {
        LedgerSignature(on: MadeLedger.day(on), approvers: approvers, settingsHash: "", program: "kpi")
    }

    private static func history(_ entries: [LedgerEntry]) -> LedgerHistory {
        LedgerHistory(LedgerEntry.sealed(entries, after: 0, head: LedgerEntry.none).map(\.entry))
    }

    /// October closed by version 2.
    private static let closed: LedgerHistory = {
        var close = MadeLedger.close()
        close.version = 2
        close.ruleText = "version: 2\n"
        return history([close])
    }()

    private static func codes(
        _ month: Month, _ rule: RewardRule, _ history: LedgerHistory = closed,
        _ signature: LedgerSignature = signature()
    ) -> Set<String> {
        let result = MadeLedger.result(["P-1": 100], rows: [], rule: rule, month: month)
        let faults = RewardClosing(month, signature: signature, history: history).faults([rule], [result])
        #expect(faults.allSatisfy { $0.severity == .error && !$0.remedies.isEmpty })
        return Set(faults.map(\.code))
    }

    @Test("a rule, a month, a day and approvers: each fault by itself")
    func faults() {
        let next = Self.october + 1
        let same = MadeLedger.rule(version: 2, text: "version: 2\n")
        #expect(Self.codes(next, same).isEmpty)
        #expect(Self.codes(next, MadeLedger.rule(version: 2, text: "version: 2 # other\n")) == ["rule-changed"])
        #expect(Self.codes(next, MadeLedger.rule(version: 3, text: "version: 3\n")).isEmpty)
        #expect(Self.codes(next, MadeLedger.rule(version: 1)) == ["rule-version"])
        #expect(Self.codes(Self.october, same) == ["month-closed"])
        #expect(Self.codes(Self.october + -1, same) == ["earlier-month"])
        var ended = same
        ended.until = Self.october
        #expect(Self.codes(next, ended) == ["rule-not-in-force"])
        var young = same
        young.approved = MadeLedger.day("2026-12-04")
        #expect(Self.codes(next, young) == ["rule-approved-later"])
        #expect(Self.codes(next, same, Self.closed, Self.signature("2026-11-30")) == ["month-not-over"])
        #expect(Self.codes(next, same, Self.closed, Self.signature("2026-12-01")) == ["before-as-of"])
        #expect(Self.codes(Self.october, same, Self.history([]), Self.signature("2026-11-02")).isEmpty)
        #expect(
            Self.codes(next, same, Self.closed, Self.signature("2026-12-03", ["Ada", " ada "])) == ["too-few-approvers"]
        )
        #expect(
            Self.codes(next, same, Self.closed, Self.signature("2026-12-03", ["Ada", "name of P-1"])) == [
                "paid-approver"
            ])
        #expect(Self.codes(next, same, Self.closed, Self.signature("2026-12-03", ["p-1", "Ben"])) == ["paid-approver"])
    }

    @Test("a month that was passed over is told")
    func skipped() {
        let rule = MadeLedger.rule(version: 2, text: "version: 2\n")
        let closing = RewardClosing(Self.october + 3, signature: Self.signature("2027-02-03"), history: Self.closed)
        let notes = closing.notes([MadeLedger.result([:], rows: [], rule: rule, month: Self.october + 3)])
        #expect(notes.map(\.code) == ["month-skipped"])
        #expect(notes[0].message.contains("2026-11, 2026-12"))
    }

    @Test("statements: own rows, adjustments paid with the month, disputes; who left is told of an adjustment too")
    func statements() throws {
        let first = MadeLedger.close()
        var adjust = MadeLedger.adjust(first, number: 1)
        adjust.adjustments.append(
            LedgerAdjustment(
                person: "P-9", name: "Left Since", payroll: "9", before: .zero, after: Money(minorUnits: 700),
                amount: Money(minorUnits: 700)))
        adjust.changes.append(LedgerChange(person: "", words: "outage OUT-1042 changed"))
        let history = try asked([first]) { history in
            try LedgerDesk(history, on: first.on + 1).question(about: 1, person: "P-2", by: "P-2", question: "Why?")
        }
        let all = Self.history(history.entries + [adjust, MadeLedger.close(Self.october + 1)])
        let rule = MadeLedger.rule()
        let october = LedgerStatements(all).statements(of: all.entries[0], rule: rule)
        #expect(october.map(\.reward) == first.people)
        #expect(october.allSatisfy { one in one.rows.allSatisfy { $0.person == one.reward.person } })
        #expect(october.map(\.rows.count) == [8, 8])
        #expect(october.allSatisfy { $0.adjustments.isEmpty })
        #expect(october[0].disputes.isEmpty && october[1].disputes.map(\.question) == ["Why?"])
        #expect(october[0].entry?.hash == all.entries[0].hash && october[0].entry?.number == 1)
        let november = LedgerStatements(all).statements(of: all.entries[3], rule: rule)
        #expect(november.map(\.reward.person) == ["P-1", "P-2", "P-9"])
        #expect(november[0].adjustments.map(\.amount.minorUnits) == [-2_500])
        #expect(november[0].adjustments[0].reasons == ["C-1003: in time → late", "outage OUT-1042 changed"])
        #expect(november[0].amount == Money(minorUnits: 12_500))
        #expect(november[2].reward.name == "Left Since" && november[2].amount == Money(minorUnits: 700))
        #expect(all.payingMonth(of: all.entries[2]) == Self.october + 1 && all.pending.isEmpty)
    }

    private func asked(
        _ entries: [LedgerEntry], _ work: (LedgerHistory) throws -> LedgerEntry
    ) throws -> LedgerHistory {
        let history = Self.history(entries)
        return Self.history(history.entries + [try work(history)])
    }
}
