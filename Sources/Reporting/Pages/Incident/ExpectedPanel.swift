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
                "What should have come is not known", sub: "Expected against observed",
                plate: NoticePlate(
                    "Say what it carries under outages: systems: in dealership.yaml (activities:), and export what comes in there.",
                    showsFrame: false))
        }
        return Block(
            finding, sub: "While it was down, against the same hours of clean weeks", note: note,
            plate: TablePlate(
                subject: "Expected and observed",
                columns: [
                    .init("", flexible: true), .init("Expected", align: .right), .init("Came", align: .right),
                    .init("Came later", align: .right), .init("Missing", align: .right), .init("likely", align: .right),
                ], rows: effect.kinds.prefix(ExpectedPanel.most).map { .row(cells($0)) }, rowHeight: 15.5))
    }

    private var finding: String {
        let short = effect.kinds.filter(\.isShortAtFirst)
        guard let first = short.first else {
            return effect.judged.isEmpty ? "What is usual is not known" : "What came lies within what is usual"
        }
        if first.isLost { return "\(Words.arrivalName(first.name)): fewer came, and not all came later" }
        return first.returned >= 1
            ? "\(Words.arrivalName(first.name)): fewer came, some came later" : "\(Words.arrivalName(first.name)): fewer came while it was down"
    }

    private func cells(_ kind: MissingEffect.Kind) -> [Label] {
        let name = Label(Words.arrivalName(kind.name), .ink)
        guard let missing = kind.missing else {
            let few = Label("too few: \(kind.cleanWeeks) of \(kind.weeksNeeded) weeks", .quiet)
            return [name, Label("–", .quiet), Label("–", .quiet), Label("–", .quiet), Label("–", .quiet), few]
        }
        let later = kind.isShortAtFirst ? MissingEffect.about(kind.returned) : "–"
        let head = [name, Label(MissingEffect.about(kind.expected)), Label(Words.count(kind.observed)), Label(later)]
        guard kind.isLost else { return head + [Label("unclear", .quiet), Label("")] }
        let range = MissingEffect.likely(kind.lower, kind.upper).dropFirst("likely ".count)
        return head + [.bad(MissingEffect.about(missing), cue: .down), Label(String(range), .quiet)]
    }

    private var note: RichText {
        let more = effect.kinds.count - ExpectedPanel.most
        let days = Words.counted(context.settings.outages.impact.recaptureDays, "day", "days")
        return RichText("Came later: within \(days) of its end." + (more > 0 ? " And \(more) more kinds." : ""))
    }
}
