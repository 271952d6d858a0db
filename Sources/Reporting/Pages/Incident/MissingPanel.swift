import Basis
import Dealership
import Drawing
import Measures

/// What never came back, by kind.
struct MissingPanel {
    let incident: Incident
    let effect: MissingEffect
    private var context: ReportContext { incident.context }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        guard !effect.kinds.isEmpty else {
            return Block(
                say("What was lost is not known"), sub: say("Never came back"),
                plate: NoticePlate(
                    say(
                        "Nothing on record comes in through it: say what it carries under outages: systems:, and export that."
                    ),
                    showsFrame: false))
        }
        for kind in effect.judged { note(kind, page: page, &ledger) }
        return Block(
            finding, sub: MissingEffect.neverCameBack(context), note: rest,
            plate: IntervalsPlate(
                subject: say("Missing for good"), groups: [.init(rows: effect.kinds.prefix(5).map(row))],
                reference: .init(0, say("none", context: "reference line")), showsAxis: false))
    }

    private var finding: String {
        guard let most = effect.lost.max(by: { ($0.missing ?? 0, $1.name) < ($1.missing ?? 0, $0.name) }) else {
            return effect.judged.isEmpty
                ? say("What is usual is not known") : say("What was lost for good: effect unclear")
        }
        return say("About \(MissingEffect.about(most.missing ?? 0)) \(Words.arrivals(most.name)) lost for good")
    }

    private func row(_ kind: MissingEffect.Kind) -> IntervalsPlate.Row {
        let name = Words.arrivalName(kind.name)
        guard let missing = kind.missing else {
            return .init(name, .tooFew(say("too few: \(kind.cleanWeeks) of \(kind.weeksNeeded) weeks")), value: "")
        }
        let reading = Reading.value(missing, likely: LikelyRange(kind.lower, kind.upper))
        return kind.isLost
            ? .init(
                name, reading,
                value: Label(MissingEffect.aboutLikely(missing, kind.lower, kind.upper), .bad, bold: true), tone: .bad)
            : .init(name, reading, value: say("effect unclear"), tone: .text, hollow: true)
    }

    private var rest: RichText {
        var parts: [String] = []
        let returned = effect.judged.filter { $0.returned >= 1 && $0.isShortAtFirst }
        if let first = returned.first {
            parts.append(
                say("About \(MissingEffect.about(first.returned)) \(Words.arrivals(first.name)) came later after all."))
        }
        let weeks = effect.judged.map(\.cleanWeeks).min()
        let controls = effect.judged.map(\.controls).max() ?? 0
        if let weeks {
            let clean = Words.count(weeks)
            let stores = Words.count(controls)
            let scaled = say(controls, ", scaled by \(stores) store not hit.", ", scaled by \(stores) stores not hit.")
            parts.append(
                say(
                    weeks, "Expected from the same hours of \(clean) clean week",
                    "Expected from the same hours of \(clean) clean weeks") + (controls > 0 ? scaled : "."))
        }
        return RichText(parts.joined(separator: " "))
    }

    private func note(_ kind: MissingEffect.Kind, page: Int, _ ledger: inout FigureLedger) {
        let slice = incident.slice.merging([.kind: kind.name]) { $1 }
        ledger.note(
            page: page, context.figure("MISS-01", incident.month, slice),
            "\(incident.title), \(Words.arrivals(kind.name)) missing for good", estimate: (kind.missing ?? 0).fixed(3),
            lower: kind.lower.fixed(3), upper: kind.upper.fixed(3), n: kind.cleanWeeks,
            method: "expected from clean weeks less observed, prediction limits (negative binomial)")
    }
}
