import Basis
import Dealership

extension ExportSettings {
    /// The mapping with what its `values-file:` say, each read as two columns, theirs and ours, behind a header.
    func withValues(in directory: String) throws(Rejection) -> ExportSettings {
        var export = self
        var faults: [Diagnostic] = []
        for column in table.columns {
            guard let mapped = columns[column.name], let file = mapped.valuesFile else { continue }
            do throws(Rejection) {
                let values = try ValuesFile(name: file, column: column).read("\(directory)/\(file)", at: mapped.location)
                // What stands in the mapping itself goes before.
                export.columns[column.name]?.values.merge(values) { own, _ in own }
            } catch {
                faults += error.diagnostics
            }
        }
        if !faults.isEmpty { throw Rejection(faults) }
        return export
    }
}

/// A list of codes and what they mean, in a file of the dealership's folder.
private struct ValuesFile {
    let name: String
    let column: StandardColumn

    func read(_ path: String, at location: Diagnostic.Location?) throws(Rejection) -> [String: String] {
        let bytes: ExportBytes
        do throws(Rejection) {
            bytes = try ExportBytes(path: path, name: name)
        } catch {
            throw Rejection(error.diagnostics.map { fault in location.map { fault.at($0) } ?? fault })
        }
        var text = [UInt8](repeating: 0, count: bytes.count + 8)
        var failure: Rejection?
        text.withUnsafeMutableBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            do throws(Rejection) { _ = try bytes.read(from: 0, count: bytes.count, into: base) } catch { failure = error }
        }
        if let failure { throw failure }
        return try values(text, bytes.count)
    }

    private func values(_ text: [UInt8], _ count: Int) throws(Rejection) -> [String: String] {
        var values: [String: String] = [:]
        var faults: [Diagnostic] = []
        var bounds = [FieldBounds](repeating: FieldBounds(start: 0, end: 0, isQuoted: false, isEscaped: false), count: 8)
        let delimiter: UInt8 = text.prefix { $0 != 0x0A }.contains(0x3B) ? 0x3B
            : text.prefix { $0 != 0x0A }.contains(0x09) ? 0x09 : 0x2C
        text.withUnsafeBufferPointer { bytes in
            bounds.withUnsafeMutableBufferPointer { bounds in
                guard let base = bytes.baseAddress else { return }
                var splitter = RecordSplitter(
                    base: base, count: count, delimiter: delimiter,
                    position: text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0, isLast: true)
                var isHeader = true
                while true {
                    let line = splitter.lines + 1
                    guard case .record(let fields) = splitter.next(bounds) else { break }
                    let record = Record(base: base, bounds: bounds, count: min(fields, bounds.count))
                    if isHeader || !record.hasText(from: 0) {
                        isHeader = false
                        continue
                    }
                    let theirs = String(decoding: record.unescaped(0), as: UTF8.self)
                    let ours = String(decoding: record.unescaped(1), as: UTF8.self)
                    if let fault = fault(theirs, ours, fields, line, values) {
                        faults.append(fault)
                    } else {
                        values[theirs] = ours
                    }
                }
            }
        }
        if values.isEmpty, faults.isEmpty {
            faults.append(
                Diagnostic(
                    .error, "bad-values-file", at: .init(file: name), "the file has no values",
                    remedies: ["write a header, then a row each: their value, ours"]))
        }
        if !faults.isEmpty { throw Rejection(faults) }
        return values
    }

    private func fault(
        _ theirs: String, _ ours: String, _ fields: Int, _ line: Int, _ known: [String: String]
    ) -> Diagnostic? {
        func fault(_ message: String, _ remedy: String) -> Diagnostic {
            Diagnostic(
                .error, "bad-values-file", at: .init(file: name, row: line), message, remedies: [remedy],
                value: theirs)
        }
        if fields != 2 { return fault("the row does not have two columns", "write their value, then ours") }
        if let other = known[theirs], other != ours {
            return fault("this value stands in the file twice, for two of ours", "keep one of them")
        }
        let choices: [String]
        switch column.kind {
        case .choice(let names): choices = names
        case .flag: choices = ["yes", "no", "true", "false", "1", "0"]
        default: return nil
        }
        if choices.contains(ours) { return nil }
        return fault("the second column is no value of \(column.name)", "choose one of \(choices.joined(separator: ", "))")
    }
}
