import Basis
import Dealership
import Definitions
import Foundation
import Programs
import Store

/// Earlier periods computed anew by the rules that the ledger keeps, on the exports of today.
struct RewardAdjusting {
    let reading: LedgerReading
    let history: LedgerHistory
    /// Rules as they were when periods were closed, one a text.
    private let rules: [String: RewardRule]
    private let problems: [Diagnostic]

    /// - Parameter identifiers: of the rules whose closed periods are looked at.
    init(_ ledger: RewardLedger, _ settings: DealershipSettings, rules identifiers: Set<String>) throws(Rejection) {
        reading = try ledger.sound { identifiers.contains($0.rule) && ($0.kind == .close || $0.kind == .adjust) }
        history = LedgerHistory(reading.entries)
        var rules: [String: RewardRule] = [:]
        var problems: [Diagnostic] = []
        for close in history.closes() where identifiers.contains(close.rule) {
            let key = RewardAdjusting.key(close.rule, close.ruleText)
            guard rules[key] == nil else { continue }
            do throws(Rejection) {
                rules[key] = try RewardLedger.rule(of: close, settings)
            } catch {
                problems.append(RewardAdjusting.unreadable(close, error))
            }
        }
        self.rules = rules
        self.problems = problems
        closes = history.closes().filter { rules[RewardAdjusting.key($0.rule, $0.ruleText)] != nil }
    }

    /// The settings may have given up a channel that the rule names: that stops no later month.
    private static func unreadable(_ close: LedgerEntry, _ fault: Rejection) -> Diagnostic {
        Diagnostic(
            .warning, "not-adjusted", at: .init(file: "rewards/\(close.rule).yaml"),
            "\(close.month) stays as entry \(close.number) has it: its rule can no longer be read: "
                + (fault.diagnostics.first?.message ?? ""),
            remedies: ["see what was changed in dealership.yaml since"])
    }

    /// The periods that are looked at.
    let closes: [LedgerEntry]

    /// What must be computed beside the rules of today.
    func rules(beside today: [RewardRule]) -> [RewardRule] {
        let own = Set(today.map { RewardAdjusting.key($0.identifier, $0.text) })
        return rules.filter { !own.contains($0.key) }.sorted { $0.key < $1.key }.map(\.value)
    }

    var firstMonth: Month? { closes.map(\.month).min() }
    var lastMonth: Month? { closes.map(\.month).max() }

    /// The entries that late data makes, in the order in which the periods were closed, and why a period was let be.
    func entries(_ run: RewardRun, _ signature: LedgerSignature) -> Checked<[LedgerEntry]> {
        var found = Checked<[LedgerEntry]>([], problems)
        for close in closes {
            let (adjustment, result) = pair(close, run)
            let obstacles = adjustment.obstacles(result, header: run.header)
            found.diagnostics += obstacles
            guard obstacles.isEmpty, let result else { continue }
            let outages = LedgerOutage.list(run.header, close.month)
            if let entry = adjustment.entry(result, outages: outages, signature: signature) {
                found.value.append(entry)
            }
        }
        return found
    }

    /// What late data makes of people's amounts without an entry that pays it.
    func unpaid(_ run: RewardRun) -> [Diagnostic] {
        closes.compactMap { close in
            let (adjustment, result) = pair(close, run)
            guard let result, adjustment.obstacles(result, header: run.header).isEmpty else { return nil }
            return adjustment.unpaid(result)
        }
    }

    private func pair(_ close: LedgerEntry, _ run: RewardRun) -> (RewardAdjustment, RewardResult?) {
        let key = RewardAdjusting.key(close.rule, close.ruleText)
        let result = run.results.first {
            $0.month == close.month && RewardAdjusting.key($0.rule.identifier, $0.rule.text) == key
        }
        return (RewardAdjustment(close: close, adjusts: history.adjusts(of: close), history: history), result)
    }

    private static func key(_ rule: String, _ text: String) -> String { "\(rule)\u{0}\(text)" }
}
