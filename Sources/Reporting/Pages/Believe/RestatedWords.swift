import Basis
import Dealership
import Measures
import Programs

/// What page 7 says of figures that were issued before and read otherwise today.
struct RestatedWords {
    let context: ReportContext

    var text: String {
        let all = context.restatements
        if all.isEmpty { return say("No earlier report is on file, so nothing can be restated.") }
        return all.map(sentence).joined(separator: " ")
    }

    private func sentence(_ restatement: Restatement) -> String {
        let month = Words.month(restatement.issue.month)
        let day = Words.day(restatement.issue.asOfDay)
        let count = restatement.changes.count
        guard let largest = restatement.largest else {
            return say("The report of \(month), as of \(day), still reads the same.")
        }
        var sentences = [say(
            count, "\(Words.count(count)) figure of the report of \(month), as of \(day), reads otherwise today.",
            "\(Words.count(count)) figures of the report of \(month), as of \(day), read otherwise today.")]
        sentences.append(say("Most of all \(words(largest))."))
        let since = restatement.count(.since)
        if since == count {
            sentences.append(say("They follow from what came after that day."))
        } else if since > 0 {
            let (late, after) = (Words.count(count - since), Words.count(since))
            sentences.append(say("\(late) by late or corrected rows, \(after) by what came after that day."))
        } else {
            sentences.append(say("By late or corrected rows."))
        }
        if restatement.isOtherwiseSet { sentences.append(say("The settings were changed since, too.")) }
        return sentences.joined(separator: " ")
    }

    /// `sales from service, Sep 2026: 33 → 31`.
    private func words(_ change: Restatement.Change) -> String {
        say("\(name(change.then)): \(shown(change.then)) → \(shown(change.now))", context: "restated")
    }

    private func name(_ figure: IssuedFigure) -> String {
        guard let id = FigureID(figure.id), let definition = Figures.figure(id.code) else { return figure.id }
        var parts = [Words.inside(say(text: definition.title))]
        for (dimension, label) in id.slice.sorted(by: { $0.key < $1.key }) where dimension != .store {
            parts.append(words(dimension, label))
        }
        parts.append(id.isOverMonths ? Words.months(id.months) : Words.monthAndYear(id.month))
        return parts.joined(separator: ", ")
    }

    private func words(_ dimension: Dimension, _ label: String) -> String {
        switch dimension {
        case .channel: Words.inside(Words.channel(label))
        case .person, .advisor, .salesperson: context.header.people[label]?.name ?? label
        case .weekday: Int(label).flatMap { (1...7).contains($0) ? Words.longDayNames[$0 - 1] : nil } ?? label
        case .hour: "\(label):00"
        default: label
        }
    }

    /// As pages print it.
    func shown(_ figure: IssuedFigure) -> String {
        guard let number = figure.number else { return say("no figure", context: "restated") }
        let text: String
        switch figure.unit {
        case .share: text = Words.share(number, decimals: figure.decimals)
        case .points:
            let size = (number.magnitude * 100).shown(figure.decimals)
            let sign = number < 0 ? "\u{2212}" : "+"
            text = say("\(sign)\(size) points", context: "restated")
        case .seconds: text = Words.duration(Int64(number.rounded()))
        case .money:
            text = Words.money(Money(minorUnits: Int64((number * 100).rounded())), context.settings)
        case .count: text = Words.count(Int(number))
        case .number: text = number.shown(number.magnitude < 100 ? 1 : 0)
        }
        return figure.state == .over ? say("over \(text)", context: "restated") : text
    }
}
