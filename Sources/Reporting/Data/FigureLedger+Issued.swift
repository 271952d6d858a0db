import Basis
public import Definitions
import Drawing
import Measures
public import Programs

extension FigureLedger {
    /// Its figures as an issued report keeps them.
    public var issued: [IssuedFigure] {
        entries.map {
            IssuedFigure(
                page: $0.page, id: $0.id.description, label: $0.label, estimate: $0.estimate, lower: $0.lower,
                upper: $0.upper, n: $0.n, method: $0.method)
        }
    }
}

extension Report {
    /// The report's figures, the same whatever language, look and paper it is printed in: its pages are laid out once, in
    /// English on one paper with plain type, and nothing is drawn of them.
    public static func figures(_ definition: ReportDefinition, context: ReportContext) -> [IssuedFigure] {
        var definition = definition
        (definition.paper, definition.orientation, definition.contents) = (.letter, .landscape, false)
        return Speech.$book.withValue(.english) {
            draw(definition, context: context, measurer: FixedWidthMeasurer(characterWidth: 0.5)).ledger.issued
        }
    }
}
