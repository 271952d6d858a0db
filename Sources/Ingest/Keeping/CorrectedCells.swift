import Basis
import Dealership

/// Which cells a corrected row has otherwise than the one before it, by the export's own columns.
struct CorrectedCells {
    private let hasQuotes: Bool
    /// By the store's code.
    private let forms: [Int: (delimiter: UInt8, names: [String])]

    init(_ forms: [(code: Int, form: KeptForm)], hasQuotes: Bool) {
        self.hasQuotes = hasQuotes
        self.forms = Dictionary(
            forms.map { code, form in
                (code, (form.delimiter, CorrectedCells.cells(form.header, form.delimiter, hasQuotes: hasQuotes)))
            }, uniquingKeysWith: { first, _ in first })
    }

    /// In the order of the columns now; those of the old row that are no more at the end.
    func changes(_ text: [UInt8], form: Int, from before: [UInt8], form formBefore: Int) -> [RowCorrection.Change] {
        let now = named(text, form)
        let old = named(before, formBefore)
        let names = now.map(\.name) + old.map(\.name).filter { name in !now.contains { $0.name == name } }
        return names.compactMap { name in
            let (a, b) = (old.first { $0.name == name }?.cell ?? "", now.first { $0.name == name }?.cell ?? "")
            return a == b ? nil : RowCorrection.Change(column: name, before: a, now: b)
        }
    }

    private func named(_ text: [UInt8], _ form: Int) -> [(name: String, cell: String)] {
        guard let form = forms[form] else { return [] }
        return zip(form.names, CorrectedCells.cells(text, form.delimiter, hasQuotes: hasQuotes)).map { ($0, $1) }
    }

    private static func cells(_ text: [UInt8], _ delimiter: UInt8, hasQuotes: Bool) -> [String] {
        let bounds = UnsafeMutableBufferPointer<FieldBounds>.allocate(capacity: text.count + 2)
        defer { bounds.deallocate() }
        bounds.initialize(repeating: FieldBounds(start: 0, end: 0, isQuoted: false, isEscaped: false))
        let padded = text + [0x0A] + [UInt8](repeating: 0, count: 16)
        return padded.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return [] }
            var splitter = RecordSplitter(
                base: base, count: text.count + 1, delimiter: delimiter, position: 0, isLast: true, hasQuotes: hasQuotes)
            guard case .record(let fields) = splitter.next(bounds) else { return [] }
            let record = Record(base: base, bounds: bounds, count: min(fields, bounds.count))
            return (0..<record.count).map { String(decoding: record.unescaped($0), as: UTF8.self) }
        }
    }
}
