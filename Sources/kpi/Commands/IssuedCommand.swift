import ArgumentParser
import Basis
import Foundation
import Programs
import Store

struct IssuedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issued",
        abstract: "Lists the reports that were issued (kpi report … --issue), or the figures of one as CSV.")

    @Argument(help: "The dealership's folder.")
    var directory: String
    @Argument(help: "An issue's number: its figures as they were issued.")
    var number: Int?

    func run() async throws {
        try await Messages(showValues: false).run {
            let store = IssuedReports(directory: directory)
            let issues = try store.issues()
            guard let number else { return write(list(issues)) }
            guard let issue = issues.first(where: { $0.number == number }) else {
                throw Rejection(
                    Diagnostic(
                        .error, "unknown-issue", "there is no issue \(number)",
                        remedies: [issues.isEmpty
                            ? "nothing was issued yet: kpi report monthly \(directory) --issue"
                            : "kpi issued \(directory) lists them"]))
            }
            write(figures(try store.figures(of: issue)))
        }
    }

    private func list(_ issues: [IssuedReport]) -> [[String]] {
        [["issue", "report", "month", "store", "about", "issued_on", "as_of", "figures", "fingerprint", "settings",
          "program"]]
            + issues.map {
                ["\($0.number)", $0.subject.report, "\($0.month)", $0.subject.store, $0.subject.about, "\($0.on)",
                 "\($0.asOf)", "\($0.figureCount)", $0.fingerprint, $0.settings, $0.program]
            }
    }

    private func figures(_ figures: [IssuedFigure]) -> [[String]] {
        [["page", "id", "label", "estimate", "lower", "upper", "n", "unit", "state", "method"]]
            + figures.map {
                ["\($0.page)", $0.id, $0.label, $0.estimate, $0.lower, $0.upper, $0.n.map(String.init) ?? "",
                 $0.unit.rawValue, $0.state.rawValue, $0.method]
            }
    }

    private func write(_ rows: [[String]]) { FileHandle.standardOutput.write(Data(DelimitedText.csv(rows))) }
}
