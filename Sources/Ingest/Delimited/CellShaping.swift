import Basis
import Dealership

/// What a mapping does with a text between the export's cell and our column, as bytes.
struct CellShaping: Sendable {
    struct Split: Sendable {
        var separator: [UInt8]
        var part: ExportSettings.Split.Part
    }
    var splits: [Split] = []
    var cut: [UInt8] = []
    var strip: Set<UInt8> = []
    var dropsLeadingZeros = false
    var prefix: [UInt8] = []
    var values: [[UInt8]: [UInt8]] = [:]
    var unit: ExportSettings.Unit?
    /// Of numbers, where it is stated.
    var decimals: ExportSettings.Decimals?
    var fallback: [UInt8] = []

    /// Nil: the cell is read as it is.
    /// - Parameter decimals: of the file's numbers.
    init?(_ column: ExportSettings.Column?, _ kind: StandardColumn.Kind, decimals: ExportSettings.Decimals?) {
        switch kind {
        case .money, .integer, .decimal: self.decimals = column?.decimals ?? decimals
        default: self.decimals = nil
        }
        guard let column, column.isShaped else {
            if self.decimals == nil { return nil }
            return
        }
        splits = column.split.map { Split(separator: Array($0.separator.utf8), part: $0.part) }
        cut = Array(column.cut.utf8)
        strip = Set(column.strip.utf8)
        dropsLeadingZeros = column.dropsLeadingZeros
        prefix = Array(column.prefix.utf8)
        values = Dictionary(
            column.values.map { (Array($0.key.utf8), Array($0.value.utf8)) }, uniquingKeysWith: { a, _ in a })
        unit = column.unit
        fallback = Array((column.fallback ?? "").utf8)
    }

    /// The parts of a cell that are read: one, but for sums.
    func parts(_ cell: [UInt8]) -> [[UInt8]] {
        var parts = [cell]
        for split in splits {
            parts = parts.flatMap { part -> [[UInt8]] in
                let all = CellShaping.pieces(of: part, between: split.separator)
                switch split.part {
                case .all: return all
                case .firstFilled: return [all.first { !CellShaping.trimmed($0).isEmpty } ?? []]
                case .at(let place):
                    let index = place > 0 ? place - 1 : all.count + place
                    return [all.indices.contains(index) ? all[index] : []]
                }
            }
        }
        return decimals.map { decimals in parts.map { decimals.plain($0) } } ?? parts
    }

    /// What follows split and sum.
    func shaped(_ text: [UInt8]) -> [UInt8] {
        var text = CellShaping.trimmed(text)
        if !cut.isEmpty, text.starts(with: cut) { text.removeFirst(cut.count) }
        if !strip.isEmpty { text.removeAll { strip.contains($0) } }
        if dropsLeadingZeros, let first = text.firstIndex(where: { $0 != 0x30 }) ?? text.indices.last {
            text.removeFirst(first)
        }
        if !text.isEmpty { text = prefix + text }
        if let translated = values[text] { text = translated }
        if let unit, !text.isEmpty { text = CellShaping.converted(text, unit) }
        return text.isEmpty ? fallback : text
    }

    private static func trimmed(_ text: [UInt8]) -> [UInt8] {
        text.withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { Array(FieldText($0, from: 0, to: bytes.count).buffer) } ?? []
        }
    }

    private static func pieces(of text: [UInt8], between separator: [UInt8]) -> [[UInt8]] {
        guard let first = separator.first else { return [text] }
        var pieces: [[UInt8]] = []
        var start = 0
        var i = 0
        while i + separator.count <= text.count {
            if text[i] == first, text[i..<(i + separator.count)].elementsEqual(separator) {
                pieces.append(Array(text[start..<i]))
                i += separator.count
                start = i
            } else {
                i += 1
            }
        }
        pieces.append(Array(text[start...]))
        return pieces
    }

    /// Cents as an amount, kilometres as whole miles; what is no number stays as it is and is noted as such when read.
    private static func converted(_ text: [UInt8], _ unit: ExportSettings.Unit) -> [UInt8] {
        text.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return text }
            let field = FieldText(base, from: 0, to: bytes.count)
            switch unit {
            case .cents: return field.integer().map { amount($0) } ?? text
            case .kilometers:
                // A mile is 1.609344 km exactly; half a mile counts up.
                guard let kilometers = field.integer(), abs(kilometers) < 1 << 40 else { return text }
                return Array(String((kilometers * 2_000_000 + 1_609_344).floorDivided(by: 3_218_688)).utf8)
            case .miles, .seconds, .minutes, .hours: return text
            }
        }
    }

    private static func amount(_ cents: Int64) -> [UInt8] {
        let (whole, rest) = cents.magnitude.quotientAndRemainder(dividingBy: 100)
        return Array("\(cents < 0 ? "-" : "")\(whole).\(rest < 10 ? "0" : "")\(rest)".utf8)
    }

    /// The sum of numbers as a column's kind writes them; empty where all are, and the first one that is no number instead.
    static func sum(_ texts: [[UInt8]], _ kind: StandardColumn.Kind) -> [UInt8] {
        var sum: Int64 = 0
        var isEmpty = true
        for text in texts {
            let read = text.withUnsafeBufferPointer { bytes -> (isEmpty: Bool, value: Int64?) in
                guard let base = bytes.baseAddress else { return (true, nil) }
                let field = FieldText(base, from: 0, to: bytes.count)
                if field.isEmpty { return (true, nil) }
                switch kind {
                case .money: return (false, field.money())
                case .decimal: return (false, field.thousandths())
                default: return (false, field.integer())
                }
            }
            if read.isEmpty { continue }
            isEmpty = false
            guard let value = read.value else { return text }
            let (total, overflow) = sum.addingReportingOverflow(value)
            if overflow { return text }
            sum = total
        }
        if isEmpty { return [] }
        switch kind {
        case .money: return amount(sum)
        case .decimal:
            let (whole, rest) = sum.magnitude.quotientAndRemainder(dividingBy: 1_000)
            let digits = String(rest)
            let padded = String(repeating: "0", count: 3 - digits.count) + digits
            return Array("\(sum < 0 ? "-" : "")\(whole).\(padded)".utf8)
        default: return Array(String(sum).utf8)
        }
    }
}
