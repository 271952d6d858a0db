import Basis
import Dealership
import Drawing
import Measures

/// What the month's outages kept away for good, by outage: as far as the limits allow to say.
struct LossPanel {
    let log: OutageLog
    /// Outages with a row of their own.
    let limit: Int
    let effects: [(entry: OutageLog.Entry, effect: MissingEffect)]
    private var context: ReportContext { log.context }

    init(log: OutageLog, limit: Int) {
        self.log = log
        self.limit = limit
        let kinds = log.context.labels(.missing, .kind, by: .outage)
        effects = log.entries.compactMap { entry in
            let effect = MissingEffect(
                log.context, .missing, [.outage: entry.identifier], kinds: kinds[entry.identifier] ?? [])
            return effect.kinds.isEmpty ? nil : (entry, effect)
        }
    }

    /// The kind of each outage with most to say: what is lost most, else what was expected most.
    private var rows: [(entry: OutageLog.Entry, kind: MissingEffect.Kind)] {
        effects.compactMap { entry, effect in
            let most = effect.lost.max { ($0.missing ?? 0, $1.name) < ($1.missing ?? 0, $0.name) }
            return (most ?? effect.judged.first ?? effect.kinds.first).map { (entry, $0) }
        }.sorted { ($0.kind.isLost ? 0 : 1) < ($1.kind.isLost ? 0 : 1) }
    }

    /// `About 11 e-mails never came back`; nil: nothing is clearly lost.
    var lost: (entry: OutageLog.Entry, kind: MissingEffect.Kind)? { rows.first { $0.kind.isLost } }
    var isKnown: Bool { effects.contains { !$0.effect.judged.isEmpty } }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let rows = self.rows
        guard !rows.isEmpty else {
            return Block(
                log.entries.isEmpty ? say("Nothing lost: no outage") : say("What was lost is not known"),
                sub: say("Never came back"),
                plate: ParagraphPlate(
                    log.entries.isEmpty
                        ? say("Where an outage is recorded, this panel says who never came back.")
                        : say("Nothing on record comes in through what was down.")))
        }
        let shown = rows.prefix(limit)
        for row in shown { note(row.entry, row.kind, page: page, &ledger) }
        return Block(
            finding, sub: MissingEffect.neverCameBack(context), note: rest(rows),
            plate: IntervalsPlate(
                subject: say("Missing for good"), groups: [.init(rows: shown.map(row))],
                reference: .init(0, say("none", context: "reference line")), showsAxis: false))
    }

    private var finding: String {
        guard let lost else {
            return isKnown ? say("What was lost for good: effect unclear") : say("What is usual is not known")
        }
        return say("About \(MissingEffect.about(lost.kind.missing ?? 0)) \(Words.arrivals(lost.kind.name)) lost")
    }

    private func row(_ row: (entry: OutageLog.Entry, kind: MissingEffect.Kind)) -> IntervalsPlate.Row {
        let (entry, kind) = row
        guard let missing = kind.missing else {
            return .init(
                entry.title, .tooFew(say("too few: \(kind.cleanWeeks) of \(kind.weeksNeeded) weeks")), value: "")
        }
        let reading = Reading.value(missing, likely: LikelyRange(kind.lower, kind.upper))
        return kind.isLost
            ? .init(
                entry.title, reading,
                value: Label(MissingEffect.aboutLikely(missing, kind.lower, kind.upper), .bad, bold: true), tone: .bad)
            : .init(entry.title, reading, value: say("effect unclear"), tone: .text, hollow: true)
    }

    private func rest(_ rows: [(entry: OutageLog.Entry, kind: MissingEffect.Kind)]) -> RichText {
        let more = rows.dropFirst(limit)
        guard !more.isEmpty else { return "" }
        let lost = more.count { $0.kind.isLost }
        return RichText(
            "\(Words.counted(more.count, "other outage", "other outages")): \(lost == 0 ? say("effect unclear") : say("\(lost) with a clear loss"))."
        )
    }

    private func note(_ entry: OutageLog.Entry, _ kind: MissingEffect.Kind, page: Int, _ ledger: inout FigureLedger) {
        guard let missing = kind.missing else { return }
        ledger.note(
            page: page, context.figure("MISS-01", context.month, [.outage: entry.identifier, .kind: kind.name]),
            "\(entry.title), \(Words.arrivals(kind.name)) missing for good", estimate: missing.fixed(3),
            lower: kind.lower.fixed(3), upper: kind.upper.fixed(3), n: kind.cleanWeeks,
            method: "expected from clean weeks less observed, prediction limits (negative binomial)")
    }
}
