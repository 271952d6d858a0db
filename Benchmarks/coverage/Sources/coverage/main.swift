import Foundation
import Statistics

/// A line a cell, as soon as it is done: `table, before, after, errors, of what, n, share, ±`, in percent.
func tell(
    _ table: String, _ length: (before: Int, after: Int), _ correlation: Double, _ what: String,
    _ counts: [(String, Int)], of n: Int
) {
    for (name, count) in counts {
        let p = Double(count) / Double(max(1, n))
        let margin = 1.96 * (p * (1 - p) / Double(max(1, n))).squareRoot()
        let line = [
            table, "\(length.before)", "\(length.after)", "\(correlation)", what, name, "\(n)",
            String(format: "%.2f", 100 * p), String(format: "%.2f", 100 * margin),
        ]
        print(line.joined(separator: "\t"))
    }
    fflush(nil)
}

let correlations = [0.0, 0.2, 0.4]
typealias Length = (before: Int, after: Int)
let lengths: [Length] = [(24, 12), (36, 24), (60, 24)]
let shorter: [Length] = [(12, 12), (24, 3), (12, 3), (8, 4)]
let arguments = CommandLine.arguments.dropFirst()
let runs = 0..<(arguments.compactMap { Int($0) }.first ?? 10_000)
let named = arguments.filter { Int($0) == nil }
/// `looks` are all kinds of efforts, `looks:counts` is one.
func wants(_ table: String) -> Bool { named.isEmpty || named.contains { $0.split(separator: ":").first.map(String.init) == table } }
func wants(_ table: String, _ kind: String) -> Bool {
    named.isEmpty || named.contains(table) || named.contains("\(table):\(kind)")
}

if wants("its") {
    for length in lengths + shorter {
        for change in CoverageSimulation.Change.allCases {
            for correlation in correlations {
                let cell = try CoverageSimulation.interrupted(length, correlation, change, runs: runs, comparing: true)
                tell(
                    "its", length, correlation, change.rawValue,
                    [("held", cell.held), ("newey-west", cell.neweyWest)], of: cell.runs)
            }
        }
    }
}
if wants("looks") {
    for kind in LookSimulation.Kind.allCases where wants("looks", kind.rawValue) {
        for correlation in correlations {
            let found = try LookSimulation.run(kind, correlation: correlation, runs: runs)
            let length: Length = kind == .months ? (24, 12) : (36, 23)
            tell(
                "looks", length, correlation, kind.rawValue,
                [("reached", found.reached), ("worse", found.worse), ("alarmed", found.alarmed)], of: found.runs)
        }
    }
}
if wants("did") {
    for length in lengths {
        for controls in [5, 6, 10] {
            for correlation in correlations {
                let cell = try CoverageSimulation.comparison(length, correlation, controls: controls, runs: runs)
                tell("did", length, correlation, "\(controls) controls", [("held", cell.held)], of: cell.runs)
            }
        }
    }
}
if wants("counts") {
    for length in lengths + shorter.prefix(1) {
        for mean in [40.0, 8] {
            for change in [CoverageSimulation.Change.step, .none] {
                for correlation in correlations {
                    let cell = try CoverageSimulation.counts(length, correlation, change, mean: mean, runs: runs)
                    let what = "\(change.rawValue), mean \(mean)"
                    tell("counts", length, correlation, what, [("held", cell.held)], of: cell.runs)
                }
            }
        }
    }
}
if wants("counterfactual") {
    for hasControl in [true, false] {
        for length in lengths {
            for (correlation, wandering) in [(0.0, 0.2), (0.0, 0.0), (0.2, 0), (0.4, 0)] {
                let cell = try CoverageSimulation.counterfactual(
                    length, correlation, wandering: wandering, hasControl: hasControl, runs: runs, replicates: 149)
                let level = wandering > 0 ? ", level wanders by \(wandering)" : ""
                tell(
                    "counterfactual", length, correlation, (hasControl ? "a control" : "no control") + level,
                    [("held", cell.held)], of: cell.runs)
            }
        }
    }
}
