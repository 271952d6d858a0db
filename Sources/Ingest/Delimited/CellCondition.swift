import Basis
import Dealership

/// A column's tests, of which a row's cell must pass one.
struct CellCondition: Sendable {
    private enum Test: Sendable {
        case equals([UInt8])
        /// Texts in this order with anything between; not the empty one where `needsText`.
        case pattern([[UInt8]], needsText: Bool)
        case compares(CellTest.Comparison, Int64)
    }

    /// Position in the export; −1: the export has no such column, every cell is empty.
    let column: Int
    private let tests: [Test]
    private let decimals: ExportSettings.Decimals?

    init(column: Int, _ tests: [CellTest], decimals: ExportSettings.Decimals?) {
        self.column = column
        self.decimals = decimals
        self.tests = tests.map { test in
            switch test {
            case .equals(let text): return .equals(Array(text.utf8))
            case .compares(let comparison, let hundredths): return .compares(comparison, hundredths)
            case .matches(let pattern):
                let parts = pattern.split(separator: "*", omittingEmptySubsequences: false).map { Array($0.utf8) }
                return .pattern(parts, needsText: parts.allSatisfy(\.isEmpty))
            }
        }
    }

    func isMet(_ record: Record) -> Bool {
        let text = column < 0 ? FieldText(record.base, from: 0, to: 0) : record.text(column)
        return tests.contains { test in
            switch test {
            case .equals(let bytes): text.buffer.elementsEqual(bytes)
            case .pattern(let parts, let needsText): needsText ? !text.isEmpty : CellCondition.matches(text, parts)
            case .compares(let comparison, let hundredths):
                amount(text).map { value in
                    switch comparison {
                    case .below: value < hundredths
                    case .atMost: value <= hundredths
                    case .above: value > hundredths
                    case .atLeast: value >= hundredths
                    }
                } ?? false
            }
        }
    }

    private func amount(_ text: FieldText) -> Int64? {
        guard let decimals else { return text.money() }
        return decimals.plain(Array(text.buffer)).withUnsafeBufferPointer { bytes in
            bytes.baseAddress.flatMap { FieldText($0, from: 0, to: bytes.count).money() }
        }
    }

    private static func matches(_ text: FieldText, _ parts: [[UInt8]]) -> Bool {
        guard let first = parts.first, let last = parts.last, parts.count > 1 else { return false }
        guard text.count >= first.count + last.count, text.buffer.starts(with: first),
            text.buffer.suffix(last.count).elementsEqual(last)
        else { return false }
        var i = first.count
        let end = text.count - last.count
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            while i + part.count <= end, !(0..<part.count).allSatisfy({ text[i + $0] == part[$0] }) { i += 1 }
            guard i + part.count <= end else { return false }
            i += part.count
        }
        return true
    }
}
