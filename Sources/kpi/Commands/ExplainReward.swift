import Basis
import Definitions
import Foundation
import Ingest
import Measures
import Programs

/// What stands behind a printed figure of rewards: the rule's result for the month, and the rows that it was counted from.
struct ExplainReward {
    let figure: RewardFigure
    let id: FigureID
    let folder: FolderOptions
    /// A file for the rows; `-` is standard output.
    let rows: String?

    func run(_ say: (String) -> Void) async throws(Rejection) {
        let files = RewardFolder(directory: folder.directory)
        guard let name = id.slice[.rule] else {
            throw Rejection(
                Diagnostic(
                    .error, "unknown-rule", "\(id) names no rule",
                    remedies: ["name one: \(id.code)@\(id.month);rule=\(files.identifiers.first ?? "answered-in-time")"]
                ))
        }
        let rule = try files.rule(name, folder.readSettings().value).value
        let run = try await RewardRun.read(folder, rules: [rule]) { _ throws(Rejection) in id.months }
        say("\(id)\n\(figure.title): \(figure.inShort)\n")
        let person = id.slice[.person]
        var found: [RewardRow] = []
        for result in run.results {
            var own = result
            if let person { own.people = result.people.filter { $0.person == person } }
            say(RewardTable.text(own, header: run.header))
            found += person.map { result.rows(of: $0) } ?? (figure == .unowned ? result.rows(of: "") : result.rows)
        }
        if run.results.isEmpty { say("the rule is not in force in \(id.month)") }
        let counted = found.count { [.inTime, .late, .unanswered].contains($0.standing) }
        say("rows        \(counted) counted, \(found.count - counted) left out or still within target")
        guard let rows else { return say("            --rows FILE.csv lists them") }
        let bytes = DelimitedText.csv([RewardRow.columns] + found.map(\.cells))
        if rows == "-" { FileHandle.standardOutput.write(Data(bytes)) } else { try OutputFile.write(bytes, to: rows) }
    }
}
