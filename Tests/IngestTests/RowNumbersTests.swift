import Basis
import Testing

@testable import Ingest

@Suite("Rows by their number")
struct RowNumbersTests {
    /// Bytes of rows that are a number and nothing else, one behind the other.
    private func rows(_ numbers: [String]) -> (bytes: [UInt8], starts: [Int]) {
        var (bytes, starts) = ([UInt8](), [Int]())
        for number in numbers {
            starts.append(bytes.count)
            bytes += [UInt8](repeating: 0, count: StagedChunk.rowHeader) + [UInt8(number.utf8.count)] + Array(number.utf8)
        }
        return (bytes, starts)
    }

    @Test("each number's first row is found, with whatever room there was to begin with", arguments: [0, 10, 5_000])
    func first(expected: Int) {
        var random = SystemRandomNumberGenerator()
        let numbers = (0..<4_000).map { _ in
            ["", "RO", "appointment-2026-"].randomElement()! + String(Int.random(in: 0..<2_500, using: &random))
        }
        let (bytes, starts) = rows(numbers)
        bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            var table = RowNumbers(expected: expected)
            var known: [String: Int] = [:]
            for (number, start) in zip(numbers, starts) {
                let row = base + start
                let position = table.take(row, table.announce(row))
                #expect(position == known[number] ?? -1, "\(number)")
                if position < 0 { known[number] = known.count }
                if let first = known[number] { #expect(table[first] == base + starts[numbers.firstIndex(of: number) ?? 0]) }
            }
            #expect(table.take().count == Set(numbers).count)
        }
    }
}
