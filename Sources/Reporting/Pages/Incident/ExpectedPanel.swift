import Basis
import Dealership
import Drawing
import Measures

/// What was expected while it was down, what came, what came later after all, and what is missing: kind by kind.
struct ExpectedPanel {
    let incident: Incident
    let effect: MissingEffect
    private var context: ReportContext { incident.context }
    private static let most = 7

    func block() -> Block {
        guard !effect.kinds.isEmpty else {
            return Block(
                say("What should have come is not known"), sub: say("Expected against observed"),
                plate: NoticePlate(
                    say(
                        "Say what it carries under outages: systems: in dealership.yaml (activities:), and export what comes in there."
                    ),
                    showsFrame: false))
        }
        return Block(
            finding, sub: say("While it was down, against the same hours of clean weeks"), note: note,
            plate: TablePlate(
                subject: say("Expected and observed"),
                columns: [
                    .init("", flexible: true), .init(say("Expected"), align: .right), .init(say("Came"), align: .right),
                    .init(say("Came later"), align: .right), .init(say("Missing"), align: .right),
                    .init(say("likely", context: "column"), align: .right),
                ], rows: effect.kinds.prefix(ExpectedPanel.most).map { .row(cells($0)) }, rowHeight: 15.5))
    }

    private var finding: String {
        let short = effect.kinds.filter(\.isShortAtFirst)
        guard let first = short.first else {
            return effect.judged.isEmpty
                ? say("What is usual is not known") : say("What came lies within what is usual")
        }
        if first.isLost { return say("\(Words.arrivalName(first.name)): fewer came, and not all came later") }
        return first.returned >= 1
            ? say("\(Words.arrivalName(first.name)): fewer came, some came later")
            : say("\(Words.arrivalName(first.name)): fewer came while it was down")
    }

    private func cells(_ kind: MissingEffect.Kind) -> [Label] {
        let name = Label(Words.arrivalName(kind.name), .ink)
        guard let missing = kind.missing else {
            let few = Label(say("too few: \(kind.cleanWeeks) of \(kind.weeksNeeded) weeks"), .quiet)
            return [name, Label("–", .quiet), Label("–", .quiet), Label("–", .quiet), Label("–", .quiet), few]
        }
        let later = kind.isShortAtFirst ? MissingEffect.about(kind.returned) : "–"
        let head = [name, Label(MissingEffect.about(kind.expected)), Label(Words.count(kind.observed)), Label(later)]
        guard kind.isLost else { return head + [Label(say("unclear"), .quiet), Label("")] }
        let range = MissingEffect.range(kind.lower, kind.upper)
        return head + [.bad(MissingEffect.about(missing), cue: .down), Label(range, .quiet)]
    }

    private var note: RichText {
        let more = effect.kinds.count - ExpectedPanel.most
        let days = context.settings.outages.impact.recaptureDays
        let later = say(
            days, "Came later: within \(Words.count(days)) day of its end.",
            "Came later: within \(Words.count(days)) days of its end.")
        return RichText(later + (more > 0 ? say(" And \(more) more kinds.") : ""))
    }
}
