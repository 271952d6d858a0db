public import Basis
public import Dealership
public import Programs

/// Reads the history beside an effort (`efforts/one-inbox.history.jsonl`) and puts both together.
public enum EffortHistoryFile {
    /// `one-inbox.history.jsonl` beside `one-inbox.yaml`.
    public static let ending = ".history.jsonl"

    /// What was changed after it was written is in the history's `damage`, and a warning.
    public static func read(text: String, file: String) -> Checked<EffortHistory> {
        var history = EffortHistory()
        var diagnostics: [Diagnostic] = []
        func damaged(_ row: Int, _ message: String) {
            history.damage.append("line \(row): \(message)")
            diagnostics.append(
                Diagnostic(
                    .warning, FaultCode.historyChanged.rawValue, at: .init(file: file, row: row), message,
                    remedies: ["restore the file from a copy; what it says of the goal cannot be relied on"]))
        }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last == "" {
            lines.removeLast()
        } else {
            damaged(lines.count, "the last line was cut off")
        }
        for (index, line) in lines.enumerated() {
            let row = index + 1
            let isWhole = EffortEntry.isWhole(line: line)
            if !isWhole { damaged(row, "the line was changed after it was written: its hash is another") }
            guard let entry = entry(String(line), file: file) else {
                if isWhole { damaged(row, "the line is no entry of a history") }
                continue
            }
            if isWhole, entry.number != row || entry.previous != history.head {
                damaged(row, "the line does not follow the one before it: one was taken out, put in or moved")
            }
            if let last = history.entries.last, entry.on < last.on {
                damaged(row, "\(entry.on) lies before the entry above it, of \(last.on)")
            }
            history.entries.append(entry)
        }
        return Checked(history, diagnostics)
    }

    private static func entry(_ line: String, file: String) -> EffortEntry? {
        guard let root = try? Composer.root(of: line, file: file) else { return nil }
        var reader = Reader(file: file, schema: .effortFile)
        guard let fields = reader.entries(root, of: "an entry") else { return nil }
        func word(_ key: String) -> String? { fields.first { $0.key == key }?.word }
        guard let number = word("seq").flatMap({ Int($0) }),
            let act = word("act").flatMap({ EffortEntry.Act(rawValue: $0) }),
            let on = fields.first(where: { $0.key == "on" }).flatMap({ reader.day($0) }), let by = word("by"),
            let text = word("text"), let previous = word("previous"), let hash = word("hash")
        else { return nil }
        return EffortEntry(
            number: number, on: on, act: act, by: by, note: word("note") ?? "",
            outcome: word("outcome").flatMap { EffortEntry.Outcome(rawValue: $0) }, text: text, previous: previous,
            hash: hash)
    }
}

extension EffortFile {
    /// An effort and its history: what was moved after the start, or edited past the history, is a warning.
    public static func record(
        text: String, file: String, identifier: String, history: String?, settings: DealershipSettings
    ) throws(Rejection) -> Checked<EffortRecord> {
        let effort = try read(text: text, file: file, identifier: identifier, settings: settings)
        guard let history else {
            return Checked(EffortRecord(effort.value), effort.diagnostics)
        }
        let read = EffortHistoryFile.read(
            text: history, file: String(file.dropLast(file.hasSuffix(".yaml") ? 5 : 0)) + EffortHistoryFile.ending)
        let versions = read.value.entries.compactMap { entry -> EffortRecord.Version? in
            let own = try? EffortFile.read(text: entry.text, file: file, identifier: identifier, settings: settings)
            return own.map { EffortRecord.Version(entry: entry, effort: $0.value) }
        }
        let record = EffortRecord(
            effort: effort.value, history: read.value, versions: versions,
            isEditedUnlogged: read.value.entries.last.map { $0.text != text } ?? false)
        return Checked(record, effort.diagnostics + read.diagnostics + faults(of: record, file: file))
    }

    private static func faults(of record: EffortRecord, file: String) -> [Diagnostic] {
        var faults: [Diagnostic] = []
        let name = record.effort.identifier
        if record.isEditedUnlogged {
            let differences = record.unlogged.map(\.words)
            let what = differences.isEmpty ? "in words or blanks only" : differences.joined(separator: "; ")
            faults.append(
                Diagnostic(
                    .warning, FaultCode.editedPastHistory.rawValue, at: .init(file: file),
                    "the file was edited past its history: \(what)",
                    remedies: ["kpi effort amend \(name) writes it down, or take the edit back"]))
        }
        let moved = record.sinceStart.filter { $0.movesTheGoal || $0.subject == .scope }
        if !record.versions.isEmpty, !moved.isEmpty {
            faults.append(
                Diagnostic(
                    .warning, FaultCode.goalMoved.rawValue, at: .init(file: file),
                    "changed after the start: \(moved.map(\.words).joined(separator: "; "))",
                    remedies: ["the verdict stands on what was declared; close this effort and open another"]))
        }
        if record.isOpenedLate, let first = record.versions.first {
            faults.append(
                Diagnostic(
                    .warning, FaultCode.openedLate.rawValue, at: .init(file: file),
                    "the history begins on \(first.entry.on), after the start on \(first.effort.start)",
                    remedies: ["open an effort before it begins: kpi effort open \(name)"]))
        }
        return faults
    }
}
