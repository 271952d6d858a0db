import Basis
import Dealership
import Drawing
import Measures
import Programs

/// What page 7 says of figures that were issued before and read otherwise today: a row an issue.
struct RestatedWords {
    let context: ReportContext

    var plate: FactsPlate {
        FactsPlate(
            title: say("Restated since the last report"), rows: context.restatements.map(row), rowHeight: 14.4,
            emptyText: say("No earlier report is on file, so nothing can be restated."))
    }

    private func row(_ restatement: Restatement) -> FactsPlate.Row {
        let (month, day) = (Words.month(restatement.issue.month), Words.day(restatement.issue.asOfDay))
        let count = restatement.changes.count
        let title = Label(say("\(month), as of \(day)", context: "issued report"))
        guard let largest = restatement.largest else { return .init(title, Label(say("reads the same"))) }
        let value = Label(Words.counted(count, "figure", "figures"), bold: true)
        let words = "\(name(largest.then, of: restatement.issue)): \(shown(largest.then)) → \(shown(largest.now))"
        return .init(title, value, note: "\(why(restatement)): \(words)")
    }

    private func why(_ restatement: Restatement) -> String {
        let since = restatement.count(.since)
        let rows = restatement.changes.count - since
        if rows == 0 { return say("By what came after, most of all") }
        if restatement.isOtherwiseSet { return say("By rows or changed settings, most of all") }
        if since == 0 { return say("By late or corrected rows, most of all") }
        return say("\(Words.count(rows)) by rows, \(Words.count(since)) by what came after; most of all")
    }

    /// `sales from service, Sep 2026`; the month where it is not the issue's own.
    private func name(_ figure: IssuedFigure, of issue: IssuedReport) -> String {
        // What an effort or a reward did has no definition but its own words.
        guard let id = FigureID(figure.id), let definition = Figures.figure(id.code) else { return figure.label }
        var parts = [Words.inside(say(text: definition.title))]
        for (dimension, label) in id.slice.sorted(by: { $0.key < $1.key }) where dimension != .store {
            parts.append(words(dimension, label))
        }
        if id.isOverMonths { parts.append(Words.months(id.months)) }
        if !id.isOverMonths, id.month != issue.month { parts.append(Words.monthAndYear(id.month)) }
        return parts.joined(separator: ", ")
    }

    private func words(_ dimension: Dimension, _ label: String) -> String {
        switch dimension {
        case .channel: Words.inside(Words.channel(label))
        case .person, .advisor, .salesperson: context.header.people[label]?.name ?? label
        case .weekday: Int(label).flatMap { (1...7).contains($0) ? Words.longDayNames[$0 - 1] : nil } ?? label
        case .hour: "\(label):00"
        case .relation: Words.inside(say(text: label.prefix(1).uppercased() + label.dropFirst()))
        default: label
        }
    }

    /// As pages print it.
    private func shown(_ figure: IssuedFigure) -> String {
        guard let number = figure.number else { return say("no figure", context: "restated") }
        let text: String
        switch figure.unit {
        case .share: text = Words.share(number, decimals: figure.decimals)
        case .points:
            let size = (number.magnitude * 100).shown(figure.decimals)
            let sign = number < 0 ? "\u{2212}" : "+"
            text = say("\(sign)\(size) points", context: "restated")
        case .seconds:
            let seconds = Int64(number.rounded())
            text = (seconds < 0 ? "\u{2212}" : "") + Words.duration(abs(seconds))
        case .money:
            text = Words.money(Money(minorUnits: Int64((number * 100).rounded())), context.settings)
        case .count: text = Words.count(Int(number))
        case .number: text = number.shown(number.magnitude < 100 ? 1 : 0)
        }
        return figure.state == .over ? say("over \(text)", context: "restated") : text
    }
}
