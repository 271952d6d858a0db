/// One record's fields.
struct Record {
    let base: UnsafePointer<UInt8>
    let bounds: UnsafeMutableBufferPointer<FieldBounds>
    /// Fields there are; asking for one behind gives an empty text.
    let count: Int

    @inline(__always)
    func text(_ column: Int) -> FieldText {
        guard column < count else { return FieldText(base, from: 0, to: 0) }
        return FieldText(base, from: bounds[column].start, to: bounds[column].end)
    }

    /// There is a text in one of the cells from this one on.
    func hasText(from column: Int) -> Bool { (column..<max(column, count)).contains { !text($0).isEmpty } }

    func unescaped(_ column: Int) -> [UInt8] {
        let text = self.text(column)
        guard column < count, bounds[column].isEscaped else { return Array(text.buffer) }
        var bytes: [UInt8] = []
        var i = 0
        while i < text.count {
            bytes.append(text[i])
            i += text[i] == 0x22 && i + 1 < text.count && text[i + 1] == 0x22 ? 2 : 1
        }
        return bytes
    }

    /// Exports end with sums; such a row's first words say so: `Total`, `Grand total: 120`, `Rows: 120`.
    var looksLikeTotal: Bool {
        for index in 0..<count {
            let text = self.text(index)
            if text.isEmpty { continue }
            let words = String(decoding: text.buffer.prefix(24), as: UTF8.self).lowercased()
                .split { !$0.isLetter }
            guard let first = words.first else { return false }
            // `Summit Motors` and `Total Auto` are names: nothing but a known word may come before the figure.
            let known: Set<Substring> = ["total", "totals", "subtotal", "sum", "count", "rows", "records", "grand", "report", "of"]
            return first != "of" && first != "report" && words.allSatisfy(known.contains)
                || words.starts(with: ["report", "total"])
        }
        return false
    }
}
