/// Texts of cells, made fit for one line of delimited text.
enum CellText {
    /// Appends the text: line breaks, tabs and other controls are spaces, `_x000D_` is the character it stands for.
    static func append(_ text: UnsafeBufferPointer<UInt8>, to line: inout [UInt8]) {
        var start = 0
        for i in 0..<text.count where text[i] < 0x20 || text[i] == 0x7F || text[i] == 0x5F {
            if i < start { continue }
            if text[i] == 0x5F {
                guard let scalar = escaped(text, i) else { continue }
                line.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<i]))
                line.append(contentsOf: scalar.value < 0x20 ? [0x20] : Array(String(Character(scalar)).utf8))
                start = i + 7
            } else {
                line.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<i]))
                line.append(0x20)
                start = i + 1
            }
        }
        if start < text.count { line.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...])) }
    }

    /// What `_xHHHH_` at `i` stands for.
    private static func escaped(_ text: UnsafeBufferPointer<UInt8>, _ i: Int) -> Unicode.Scalar? {
        guard i + 6 < text.count, text[i + 1] == 0x78, text[i + 6] == 0x5F else { return nil }
        var value: UInt32 = 0
        for k in (i + 2)...(i + 5) {
            switch text[k] {
            case 0x30...0x39: value = value << 4 | UInt32(text[k] - 0x30)
            case 0x41...0x46: value = value << 4 | UInt32(text[k] - 0x37)
            case 0x61...0x66: value = value << 4 | UInt32(text[k] - 0x57)
            default: return nil
            }
        }
        return Unicode.Scalar(value)
    }
}
