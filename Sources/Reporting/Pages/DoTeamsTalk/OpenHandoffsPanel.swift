import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Handoffs without a word, by how long they have waited.
struct OpenHandoffsPanel {
    let pairs: HandoffPairs
    private var context: ReportContext { pairs.context }

    private struct Age {
        var label: String
        /// Days of 24 hours, upper end not included.
        var days: Range<Int64>
    }
    private let ages = [
        Age(label: say("Same day"), days: 0..<1), Age(label: say("1 to 3 days"), days: 1..<4),
        Age(label: say("4 to 7 days"), days: 4..<8), Age(label: say("Over 7 days"), days: 8..<100_000),
    ]

    private func count(_ histogram: SparseHistogram, _ age: Age) -> Int {
        let before = age.days.lowerBound == 0 ? 0 : histogram.count(through: age.days.lowerBound * 86_400 - 1)
        return Int(histogram.count(through: age.days.upperBound * 86_400 - 1) - before)
    }

    /// Nil where no handoff is known of: the matrix says what to export.
    func block() -> Block? {
        guard pairs.handoffs > 0 else { return nil }
        let total = pairs.unanswered
        let day = Words.day(context.header.asOfDay)
        guard total > 0 else {
            return Block(
                say("No handoff is left without an answer"), sub: say("As of \(day), those within target left out"),
                plate: halves)
        }
        let all = SparseHistogram.merging(pairs.pairs.map(\.ages))
        let most = pairs.mostUnanswered
        let over = count(all, ages[3])
        let finding = over == total
            ? total == 1 ? say("It has waited over a week") : say("All \(Words.count(total)) have waited over a week")
            : over > 0
                ? say("\(Words.count(over)) of the \(Words.count(total)) have waited over a week")
                : say("\(Words.counted(total, "handoff has", "handoffs have")) no answer yet")
        let rows = ages.map { age -> StackedBarsPlate.Row in
            let sum = count(all, age)
            let own = most.map { count($0.ages, age) } ?? sum
            let label = { (value: Int) in value > 0 ? Words.count(value) : "" }
            var segments = [StackedBarsPlate.Segment(Double(own), label(own))]
            if most != nil { segments.append(.init(Double(sum - own), label(sum - own))) }
            return .init(age.label, segments, total: Label(Words.count(sum), bold: true))
        }
        let parts: [StackedBarsPlate.Part] = most.map {
            [.init($0.words, .bad), .init(say("all others"), .soft)]
        } ?? [.init("", .soft)]
        return Block(
            finding, sub: say("Unanswered on \(day), by days since sent"),
            plate: StackPlate(
                StackedBarsPlate(subject: say("Unanswered handoffs by age"), parts: parts, rows: rows, rowHeight: 19), halves))
    }

    /// How long the answers took, slowest receivers first.
    private var halves: FactsPlate {
        let rows = receivers.prefix(3).map { name, half in
            FactsPlate.Row(Label(Words.departmentTitle(name)), Label(Words.wait(half)))
        }
        return FactsPlate(
            title: rows.isEmpty ? "" : say("Half answered within"), rows: Array(rows), rowHeight: 14)
    }

    private var receivers: [(String, Cell)] {
        let month = context.at(context.month)
        let named = context.labels(.handoffs, .toDepartment, where: month).compactMap { name -> (String, Cell)? in
            let slice = month.merging([.toDepartment: name]) { $1 }
            guard (context.count(.handoffs, "handoffs", slice) ?? 0) >= context.minimumN else { return nil }
            return (name, context.cell(.handoffs, "p50", slice))
        }
        func seconds(_ cell: Cell) -> Int64 {
            switch cell {
            case .seconds(let value): value
            case .over(let value): value + 1
            default: -1
            }
        }
        return named.sorted { (seconds($1.1), $0.0) < (seconds($0.1), $1.0) }
    }
}
