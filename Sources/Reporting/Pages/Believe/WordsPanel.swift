import Basis
import Dealership
import Drawing
import Measures

/// What the report's words mean, in short: the figures that its pages print, and the words of every page.
struct WordsPanel {
    let context: ReportContext
    /// Codes that the pages before printed.
    let printed: Set<String>

    func block(width: Double, height: Double, pen: Pen) -> Block {
        let all = points
        // What does not fit whole is left out and told of; the most needed stand first.
        let count = PointsPlate(points: all, runIn: true).fitting(height: height, note: 20, width: width, pen: pen)
        let rest = all.count - count
        let more: RichText = rest > 0
            ? RichText(say("\(Words.count(rest)) more codes: kpi explain says what each means.")) : ""
        return Block(say("Words in short"), note: more, plate: PointsPlate(points: Array(all.prefix(count)), runIn: true))
    }

    private var points: [PointsPlate.Point] {
        let figures = Figures.all.filter { printed.contains($0.code) }
        func point(_ figure: FigureDefinition) -> PointsPlate.Point {
            PointsPlate.Point(Label("\(say(text: figure.title)):"), RichText("\(say(text: figure.inShort)). \(figure.code)"))
        }
        let leading = ["RESP-02", "S2S-01"]
        let first = leading.compactMap { code in figures.first { $0.code == code } }.map(point)
        let order = ["OUT-03", "RESP-06", "S2S-02", "S2S-04"]
        func rank(_ figure: FigureDefinition) -> Int { order.firstIndex(of: figure.code) ?? order.count }
        let later = figures.filter { !leading.contains($0.code) }.enumerated()
            .sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map { point($0.element) }
        return first + general + later
    }

    private var general: [PointsPlate.Point] {
        let window = context.settings.conversion.windowDays
        var points = [
            PointsPlate.Point(say("Likely:"), say("the range holds the true figure in 19 of 20 cases.")),
            PointsPlate.Point(say("Clearly:"), say("the whole likely range is past the target.")),
            PointsPlate.Point(say("Usual range:"), say("where steady months fall.")),
        ]
        if context.header.has(.serviceVisits), context.header.has(.sales) {
            points.append(PointsPlate.Point(say("Too new:"), RichText(say("the \(window) days after the visit are not over."))))
        }
        return points
    }
}
