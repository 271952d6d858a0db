import Basis
import Foundation
import Ingest
import Measures

/// The rows of one file of one sharing group as an engine counted them, not knowing what kpi partial saw.
struct ControlCount {
    var place: PartialState.Place
    var rows: Int64
    /// Sum and exclusive or of the CRC-32 of the lines, where the engine has such a function.
    var sum: UInt64?
    var xor: UInt32?

    /// CSV or tab-separated, with or without a header: group, file, rows, sum, xor; the last two may be left out.
    static func read(_ path: String) throws(Rejection) -> [ControlCount] {
        // What is no ordinary file has no contents: nothing was counted.
        let found = FileManager.default.contents(atPath: path)
            ?? (FileManager.default.fileExists(atPath: path) ? Data() : nil)
        guard let found, let text = String(data: found, encoding: .utf8) else {
            throw Rejection(
                Diagnostic(.error, "no-file", at: .init(file: path), "there is no such file", remedies: ["check the path"]))
        }
        var counts: [ControlCount] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let cells = line.split(separator: line.contains("\t") ? "\t" : ",", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "\"\r")) }
            if line.isEmpty || (index == 0 && cells.first == "group") { continue }
            let (sum, xor) = (cells.count > 3 ? cells[3] : "", cells.count > 4 ? cells[4] : "")
            guard cells.count >= 3, let rows = Int64(cells[2]), sum.isEmpty || UInt64(sum) != nil,
                xor.isEmpty || UInt32(xor) != nil
            else {
                throw Rejection(
                    Diagnostic(
                        .error, "control-unreadable", at: .init(file: path, row: index + 1),
                        "this is no count: group, file, rows, and sum and xor where they are known",
                        remedies: ["write it with the job's own SQL or script"]))
            }
            counts.append(
                ControlCount(
                    place: .init(group: cells[0], file: cells[1]), rows: rows, sum: UInt64(sum), xor: UInt32(xor)))
        }
        return counts
    }

    private static func words(_ group: String) -> String {
        group.isEmpty ? "rows of unknown stores" : "sharing group \(group)"
    }

    /// - Throws: `Rejection` (`rows-not-proved`) with every file of a group whose rows differ from the count's.
    static func verify(_ counts: [ControlCount], _ state: PartialState) throws(Rejection) {
        var faults: [Diagnostic] = []
        func differ(_ place: PartialState.Place, _ what: String) {
            faults.append(
                Diagnostic(
                    .error, "rows-not-proved", at: .init(file: place.file), "\(words(place.group)): \(what)",
                    remedies: [
                        "run the partition again: rows were lost, came twice or changed on their way",
                        "if the data changed between the two, count and tally one snapshot",
                    ]))
        }
        // A sharing group of which there is nothing is told once, not file by file.
        let missing = Set(counts.lazy.filter { $0.rows > 0 }.map(\.place.group)).subtracting(state.groups)
        for group in missing.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            let rows = counts.reduce(0) { $0 + ($1.place.group == group ? $1.rows : 0) }
            faults.append(
                Diagnostic(
                    .error, "rows-not-proved",
                    "no partial state has \(words(group)), \(rows) row\(rows == 1 ? "" : "s")",
                    remedies: ["give the partial states of all partitions", "or run the one that is missing"]))
        }
        var counted: Set<PartialState.Place> = []
        for count in counts where !missing.contains(count.place.group) {
            guard counted.insert(count.place).inserted else {
                differ(count.place, "the control count has it twice")
                continue
            }
            let proof = state.proof[count.place] ?? .init()
            if proof.rows != count.rows {
                differ(count.place, "\(proof.rows) rows were tallied, \(count.rows) were counted")
            } else if let sum = count.sum, sum != proof.sum {
                differ(count.place, "\(count.rows) rows as counted, but not the same: their sums differ")
            } else if let xor = count.xor, xor != proof.xor {
                differ(count.place, "\(count.rows) rows as counted, but not the same: their checks differ")
            }
        }
        for place in state.proof.keys.sorted() where !counted.contains(place) {
            differ(place, "\(state.proof[place]?.rows ?? 0) rows were tallied, none were counted")
        }
        guard faults.isEmpty else { throw Rejection(faults) }
    }
}

/// Counts a job's lines as they are written.
struct RowCounting {
    private var proof: [PartialState.Place: PartialState.Proof] = [:]

    /// - Parameter lines: whole ones, each with its line break.
    mutating func add(_ lines: [UInt8]) {
        for line in lines.split(separator: 0x0A) {
            let parts = line.split(separator: 0x09, maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { continue }
            let place = PartialState.Place(
                group: String(decoding: parts[0], as: UTF8.self), file: String(decoding: parts[1], as: UTF8.self))
            proof[place, default: .init()].add(RowLine.checksum(Array(line)))
        }
    }

    /// Group, file, rows, sum and xor, with tabs between them.
    var text: String {
        proof.sorted { $0.key < $1.key }
            .map { "\($0.group)\t\($0.file)\t\($1.rows)\t\($1.sum)\t\($1.xor)\n" }.joined()
    }
}
