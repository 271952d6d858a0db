import ArgumentParser
import Basis
import Definitions
import Measures

struct MeasuresCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measures", abstract: "What can be measured: every measure with its definition and columns.")

    @Argument(help: "One measure or figure; default: all in a line each.")
    var name: String?

    func run() throws {
        guard let name else {
            for entry in Catalog.measures { print("\(pad(entry.name, 22))\(entry.summary)") }
            print("\nFigures on pages, for `kpi explain`:")
            for figure in Figures.all { print("\(pad(figure.code, 22))\(figure.title): \(figure.inShort)") }
            return
        }
        if let figure = Figures.figure(name) {
            print("\(figure.code)  \(figure.title)\n\n\(figure.inShort)\n\ncolumn \(figure.column)")
            return
        }
        guard let entry = Catalog.measure(named: name) else {
            var remedies = ["kpi measures lists them all"]
            let names = Catalog.measures.map(\.name) + Figures.all.map(\.code)
            if let near = nearestName(to: name, among: names) { remedies.insert("did you mean \(near)?", at: 0) }
            Messages(showValues: false).print([
                Diagnostic(.error, "unknown-measure", "there is no measure \(name)", remedies: remedies)
            ])
            throw ExitCode(1)
        }
        print("\(entry.name)  (\(entry.code))\n\(entry.summary)\n\n\(entry.definition)\n")
        print("by      \(entry.dimensions.map(\.rawValue).joined(separator: ", "))")
        if !entry.needs.isEmpty { print("needs   \(entry.needs.joined(separator: ", "))") }
        if !entry.parameters.isEmpty {
            print("parameters")
            for parameter in entry.parameters { print("  \(pad(parameter.name, 26))\(parameter.meaning)") }
        }
        print("columns")
        for column in entry.columns { print("  \(pad(column.name, 26))\(column.meaning)") }
    }

    private func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }
}

/// The diagnostic of a store that is not there.
func unknownStore(_ name: String, among stores: [String]) -> Diagnostic {
    var remedies = ["one of: \(stores.prefix(12).joined(separator: ", "))\(stores.count > 12 ? ", ..." : "")"]
    if let near = nearestName(to: name, among: stores) { remedies.insert("did you mean \(near)?", at: 0) }
    return Diagnostic(.error, "unknown-store", "there is no store \(name)", remedies: remedies)
}
