import Basis
import Dealership
import Definitions
import Foundation
import Programs
import Store

/// The rewards' ledger of a dealership's folder. Nothing is read from it that was changed after it was written.
struct RewardLedger {
    let directory: String

    private var file: LedgerFile { LedgerFile(directory: directory) }

    /// As it was found, with what was changed.
    func reading(rows: @escaping @Sendable (LedgerEntry) -> Bool = { _ in false }) throws(Rejection) -> LedgerReading {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: directory, isDirectory: &isFolder), isFolder.boolValue else {
            throw Rejection(
                Diagnostic(
                    .error, "no-folder", at: .init(file: directory), "there is no such folder", remedies: ["check the path"]))
        }
        return try file.reading(rows: rows)
    }

    /// - Throws: `Rejection` with every finding when something was changed.
    func sound(rows: @escaping @Sendable (LedgerEntry) -> Bool = { _ in false }) throws(Rejection) -> LedgerReading {
        let reading = try reading(rows: rows)
        guard reading.findings.isEmpty else { throw Rejection(reading.findings.map(RewardLedger.diagnostic)) }
        return reading
    }

    func append(_ entries: [LedgerEntry], onto reading: LedgerReading) throws(Rejection) -> [LedgerEntry] {
        try file.append(entries, onto: reading)
    }

    static func diagnostic(_ finding: LedgerFinding) -> Diagnostic {
        var place = ""
        if let entry = finding.entry { place = "entry \(entry)" }
        if let table = finding.table, table != .entry { place += ", \(table.rawValue)" }
        if let position = finding.position { place += " \(position)" }
        if !finding.label.isEmpty, finding.table != .entry { place += " (\(finding.label))" }
        return Diagnostic(
            .error, "ledger-changed", at: .init(file: LedgerFile.name),
            place.isEmpty ? finding.words : "\(place): \(finding.words)",
            remedies: ["restore \(LedgerFile.name) from a copy that kpi rewards verify finds whole"])
    }

    /// The rule by which a period was closed, as the ledger keeps it.
    static func rule(of close: LedgerEntry, _ settings: DealershipSettings) throws(Rejection) -> RewardRule {
        try RewardFile.read(
            text: close.ruleText, file: "\(LedgerFile.name) (entry \(close.number))", identifier: close.rule,
            settings: settings
        ).value
    }
}

/// Statements of closed months, of the ledger alone: nothing is computed, no export is read.
enum StatementsFromLedger {
    /// A statement a person, by rule, then in the order of the ledger. Empty: the month is not closed (by the rule).
    /// - Parameter rule: identifiers; empty: of every rule by which the month was closed.
    /// - Throws: `Rejection` when the ledger was changed after it was written, or cannot be read.
    static func read(
        directory: String, settings: DealershipSettings, month: Month, rules: [String] = []
    ) throws(Rejection) -> [RewardStatement] {
        let reading = try RewardLedger(directory: directory).sound { entry in
            entry.kind == .close && entry.month == month && (rules.isEmpty || rules.contains(entry.rule))
        }
        let history = LedgerHistory(reading.entries)
        var statements: [RewardStatement] = []
        for close in history.closes().sorted(by: { $0.rule < $1.rule }) {
            guard close.month == month, rules.isEmpty || rules.contains(close.rule) else { continue }
            statements += LedgerStatements(history).statements(
                of: close, rule: try RewardLedger.rule(of: close, settings))
        }
        return statements
    }
}

extension RewardLedger {
    /// One entry, made of what the ledger holds, written and said.
    func write(
        on day: Day, _ make: (LedgerDesk) throws(Rejection) -> LedgerEntry
    ) throws(Rejection) {
        let reading = try sound()
        let made = try make(LedgerDesk(LedgerHistory(reading.entries), on: day))
        LedgerWords.print(try append([made], onto: reading))
    }
}
