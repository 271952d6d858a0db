import Basis
import Foundation
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
        guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8) else {
            throw Rejection(
                Diagnostic(.error, "no-file", at: .init(file: path), "there is no such file", remedies: ["check the path"]))
        }
        var counts: [ControlCount] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let cells = line.split(separator: line.contains("\t") ? "\t" : ",", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "\"\r")) }
            if line.isEmpty || (index == 0 && cells.first == "group") { continue }
            guard cells.count >= 3, let rows = Int64(cells[2]) else {
                throw Rejection(
                    Diagnostic(
                        .error, "control-unreadable", at: .init(file: path, row: index + 1),
                        "this is no count: group, file, rows, and sum and xor where they are known",
                        remedies: ["write it with the job's own SQL or script"]))
            }
            counts.append(
                ControlCount(
                    place: .init(group: cells[0], file: cells[1]), rows: rows,
                    sum: cells.count > 3 ? UInt64(cells[3]) : nil, xor: cells.count > 4 ? UInt32(cells[4]) : nil))
        }
        return counts
    }

    /// - Throws: `Rejection` (`rows-not-proved`) with every file of a group whose rows differ from the count's.
    static func verify(_ counts: [ControlCount], _ state: PartialState) throws(Rejection) {
        var faults: [Diagnostic] = []
        func differ(_ place: PartialState.Place, _ what: String) {
            let group = place.group.isEmpty ? "rows of unknown stores" : "sharing group \(place.group)"
            faults.append(
                Diagnostic(
                    .error, "rows-not-proved", at: .init(file: place.file), "\(group): \(what)",
                    remedies: [
                        "run the partition again: rows were lost, came twice or changed on their way",
                        "if the data changed between the two, count and tally one snapshot",
                    ]))
        }
        var counted: Set<PartialState.Place> = []
        for count in counts {
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
