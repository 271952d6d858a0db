import Basis
import Foundation
import Sample
import Testing

/// From the machine's zone files (package `tzdata`).
func zone(_ name: String) -> ZoneRules {
    guard let data = FileManager.default.contents(atPath: "/usr/share/zoneinfo/" + name),
        let rules = try? ZoneRules(identifier: name, tzif: [UInt8](data))
    else { return .utc }
    return rules
}

func make(
    seed: UInt64 = 1, stores: Int = 1, months: Int = 4, size: Double = 0.12, without: Set<SampleFeature> = []
) -> SampleDealership {
    sampleDealership(
        SampleOptions(seed: seed, stores: stores, months: months, size: size, without: without), zones: zone)
}

/// An export's rows by column name; lines before the header and a last line of totals are left out.
struct Rows {
    var columns: [String]
    var cells: [[String]]
    var lines: [String]

    init(_ made: SampleDealership, _ path: String, key: String) throws {
        let file = try #require(made.files.first { $0.path == "exports/" + path })
        let delimiter: Character = path.hasSuffix(".tsv") ? "\t" : ","
        var lines = file.text.split(separator: "\n").map(String.init)
        lines.removeFirst(lines.firstIndex { $0.contains(key) } ?? 0)
        columns = Rows.split(lines.removeFirst(), delimiter)
        if path.hasSuffix(".tsv") { lines.removeLast() }
        self.lines = lines
        cells = lines.map { Rows.split($0, delimiter) }
    }

    private static func split(_ line: String, _ delimiter: Character) -> [String] {
        var cells = [""]
        var isQuoted = false
        for character in line {
            if character == "\"" {
                isQuoted.toggle()
            } else if character == delimiter, !isQuoted {
                cells.append("")
            } else {
                cells[cells.count - 1].append(character)
            }
        }
        return cells
    }

    subscript(column: String) -> [String] {
        guard let index = columns.firstIndex(of: column) else { return [] }
        return cells.map { $0[index] }
    }
}
