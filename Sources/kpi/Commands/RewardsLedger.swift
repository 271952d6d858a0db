import ArgumentParser
import Basis
import Foundation
import Programs
import Store

/// Whether anything was changed in the ledger after it was written.
struct VerifyRewards: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Holds every row of the ledger against its hash, every entry against its rows and the entry before.",
        discussion: """
            What a chain of hashes cannot show is its tail cut off whole. Keep the head that every closing prints \
            elsewhere, and compare it: --head.
            """)

    @Argument(help: "The dealership's folder.")
    var directory: String
    @Option(help: "A head that was kept: it must be the hash of an entry.")
    var head: String?

    func run() async throws {
        let messages = Messages(showValues: false, limit: nil)
        try await messages.run {
            let reading = try RewardLedger(directory: directory).reading()
            var faults = reading.findings.map(RewardLedger.diagnostic)
            if let head { faults += heads(head.lowercased(), reading) }
            if faults.isEmpty { faults += try unused() }
            if !faults.isEmpty { throw Rejection(faults) }
            if reading.last == 0 {
                print("nothing was closed yet")
                return
            }
            print(
                "\(reading.last) \(reading.last == 1 ? "entry" : "entries"), \(reading.rowCount) rows: as they were written"
            )
            print("head \(reading.head) (entry \(reading.last)): keep it elsewhere")
            if let head, head.lowercased() != reading.head,
                let entry = reading.entries.first(where: { $0.hash == head.lowercased() })
            {
                print("the head given is that of entry \(entry.number): what follows was written since")
            }
        }
    }

    /// Bytes that belong to no record.
    private func unused() throws(Rejection) -> [Diagnostic] {
        switch try LedgerFile(directory: directory).packing() {
        case .packed: return []
        case .loose:
            Messages(showValues: false).print([
                Diagnostic(
                    .warning, "ledger-not-packed", at: .init(file: LedgerFile.name),
                    "the command that wrote last was ended early, or used another SQLite: the records are whole, unused bytes "
                        + "cannot be looked at",
                    remedies: ["the next entry packs the file"]),
            ])
            return []
        case .changed(let offset):
            return [
                Diagnostic(
                    .error, "ledger-changed", at: .init(file: LedgerFile.name),
                    "byte \(offset) of the file, which belongs to no record, changed after the last entry was written",
                    remedies: ["restore \(LedgerFile.name) from a copy that kpi rewards verify finds whole"]),
            ]
        }
    }

    private func heads(_ head: String, _ reading: LedgerReading) -> [Diagnostic] {
        guard !reading.entries.contains(where: { $0.hash == head }) else { return [] }
        return [
            Diagnostic(
                .error, "ledger-cut", at: .init(file: LedgerFile.name),
                "no entry has the hash \(head): entries were cut off, or written anew, after it was noted",
                remedies: ["restore \(LedgerFile.name) from a copy", "check that the head was noted whole: 64 digits"])
        ]
    }
}

struct ListLedger: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "What the ledger holds, entry by entry: closed, adjusted, reversed, asked, answered.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, csv }

    @Argument(help: "The dealership's folder.")
    var directory: String
    @Option(help: "One entry only, with everybody's amounts and the rule's text; with csv, its rows.")
    var entry: Int?
    @Option(help: "text, json, or csv for the rows of an entry.")
    var format: Format = .text

    func run() async throws {
        let messages = Messages(showValues: false)
        try await messages.run {
            let (wanted, isWithRows) = (entry, format == .csv)
            let reading = try RewardLedger(directory: directory).sound { $0.number == wanted && isWithRows }
            let history = LedgerHistory(reading.entries)
            var entries = reading.entries
            if let entry {
                guard let one = history.entry(entry) else {
                    throw Rejection(
                        Diagnostic(
                            .error, "unknown-entry", "there is no entry \(entry): the last one is \(reading.last)",
                            remedies: ["kpi rewards ledger lists them"]))
                }
                entries = [one]
            }
            switch format {
            case .text: print(text(entries, history))
            case .json:
                print(
                    JSONValue.list(entries.map { LedgerWords.json($0, paidWith: history.payingMonth(of: $0)) })
                        .rendered())
            case .csv: try printRows(entries)
            }
        }
    }

    private func text(_ entries: [LedgerEntry], _ history: LedgerHistory) -> String {
        if entries.isEmpty { return "nothing was closed yet" }
        if entry != nil { return entries.map(LedgerWords.details).joined(separator: "\n") }
        var lines = entries.flatMap(LedgerWords.lines)
        let open = entries.filter { $0.kind == .dispute && history.answer(to: $0) == nil }
        if !open.isEmpty {
            lines.append("open questions: \(open.map { "entry \($0.number)" }.joined(separator: ", "))")
        }
        if !history.pending.isEmpty {
            let pending = history.pending.map { "entry \($0.number)" }.joined(separator: ", ")
            lines.append("to be paid with the next month that is closed: \(pending)")
        }
        lines.append("head \(entries.last?.hash ?? "")")
        return lines.joined(separator: "\n")
    }

    private func printRows(_ entries: [LedgerEntry]) throws(Rejection) {
        guard entry != nil else {
            throw Rejection(
                Diagnostic(
                    .error, "no-output", "--format csv lists the rows of one entry", remedies: ["give --entry 3"]))
        }
        let rows = entries.flatMap(\.rows).map { [$0.change.rawValue] + $0.row.cells }
        FileHandle.standardOutput.write(Data(DelimitedText.csv([["change"] + RewardRow.columns] + rows)))
    }
}
