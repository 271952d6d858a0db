import Basis
import Yams

/// The YAML parser's complaints in words for somebody who does not write YAML for a living.
enum SyntaxFault {
    /// - Parameter rows: of the file: a parser that misses something at its end names the row below.
    static func diagnostic(for error: any Error, file: String, rows: Int) -> Diagnostic {
        var found = diagnostic(for: error, file: file)
        let row = found.location?.row
        found.location?.row = row.map { min($0, max(1, rows)) }
        return found
    }

    private static func diagnostic(for error: any Error, file: String) -> Diagnostic {
        guard let error = error as? YamlError else { return fault("the file cannot be read as YAML", [], file, nil) }
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            return explained(problem, context, mark, file)
        default:
            return fault("the file cannot be read as YAML", ["save it again as plain text in UTF-8"], file, nil)
        }
    }

    private static func explained(
        _ problem: String, _ context: YamlError.Context?, _ mark: Mark, _ file: String
    ) -> Diagnostic {
        let opened = context?.mark.line
        if context?.text.contains("quoted scalar") == true {
            return fault(
                "a quotation mark is opened here and not closed", ["close it at the end of the value"], file, opened)
        }
        if context?.text.contains("alias") == true || problem == "found undefined alias" {
            return fault(
                "a value cannot begin with * unless it stands in quotes", ["write \"*…\" in quotes"], file, mark.line)
        }
        if context?.text.contains("flow mapping") == true {
            return fault(
                "a { is opened here and not closed", ["close it with }, and put a comma between the entries"], file,
                opened)
        }
        if context?.text.contains("flow sequence") == true {
            return fault(
                "a [ is opened here and not closed", ["close it with ], and put a comma between the items"], file,
                opened)
        }
        switch problem {
        case "mapping values are not allowed in this context":
            return fault(
                "a colon stands where no key can be",
                ["put a value that has a colon in quotes", "or indent the line like its neighbours"], file, mark.line)
        case "could not find expected ':'":
            return fault(
                "a key has no colon", ["write `key: value`"], file, opened ?? mark.line)
        case "did not find expected key", "did not find expected '-' indicator":
            return fault(
                "the line is not indented like its neighbours, or a value goes on after its closing quote",
                ["indent entries of one block by the same number of spaces"], file, mark.line)
        case "found character that cannot start any token":
            return fault(
                "a value begins with a character that YAML keeps for itself (@ or `)", ["put the value in quotes"],
                file, mark.line)
        case "but found another document":
            return fault(
                "a second document begins here (---)", ["keep one definition in a file"], file, mark.line)
        default:
            return fault("the line is not YAML: \(problem)", ["compare it with the lines around it"], file, mark.line)
        }
    }

    private static func fault(_ message: String, _ remedies: [String], _ file: String, _ row: Int?) -> Diagnostic {
        Diagnostic(.error, FaultCode.syntax.rawValue, at: .init(file: file, row: row), message, remedies: remedies)
    }
}
