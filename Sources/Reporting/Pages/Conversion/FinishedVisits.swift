import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Visits of the newest finished months together, up to a year of them: enough to tell kinds of visits apart.
struct FinishedVisits {
    /// One kind of visit: loyalty, a pay type, an advisor.
    struct Kind {
        /// As the table has it; "" is not on record.
        var label: String
        /// By the label; said anew for the ledger, whose labels are English.
        var naming: (String) -> String
        var share: Proportion
        var name: String { naming(label) }
    }

    /// So many months at most.
    static let most = 12

    let outcomes: VisitOutcomes
    var context: ReportContext { outcomes.context }
    /// Nil: no month is finished.
    let months: ClosedRange<Month>?

    init(_ outcomes: VisitOutcomes) {
        self.outcomes = outcomes
        // Without a gap: an unfinished month between finished ones ends the stretch.
        var first = outcomes.finished.last
        while let month = first, outcomes.finished.contains(month + -1),
            (outcomes.newest ?? month) - month + 1 < FinishedVisits.most {
            first = month + -1
        }
        months = first.flatMap { first in outcomes.finished.last.map { first...$0 } }
    }

    /// All months of the stretch, oldest first.
    var each: [Month] {
        months.map { months in (0...(months.upperBound - months.lowerBound)).map { months.lowerBound + $0 } } ?? []
    }

    /// `visits of Sep 2025 to Aug 2026`.
    var words: String { months.map { say("visits of \(Words.months($0))") } ?? say("visits") }

    /// The stretch's tally of a table by month and one more dimension.
    func tally(_ table: ReportTable, _ slice: [Dimension: String] = [:]) -> Tally? {
        each.compactMap { context.tally(table, context.at($0, slice)) }.reduce(nil as Tally?) { sum, tally in
            sum.map { $0 + tally } ?? tally
        }
    }

    func share(_ table: ReportTable, _ slice: [Dimension: String] = [:]) -> Proportion? {
        guard let tally = tally(table, slice), let spec = context.specs[table],
            case .count(let visits) = Tabulation.value("visits", of: tally, in: spec),
            case .count(let bought) = Tabulation.value("converted", of: tally, in: spec), bought <= visits
        else { return nil }
        return Proportion(successes: Int(bought), trials: Int(visits))
    }

    /// Every kind with visits; those not on record last, the others by `name`'s order of labels.
    func kinds(_ table: ReportTable, _ dimension: Dimension, name: @escaping (String) -> String) -> [Kind] {
        let labels = Set(each.flatMap { context.labels(table, dimension, where: context.at($0)) })
        return labels.sorted { ($0.isEmpty ? 1 : 0, $0) < ($1.isEmpty ? 1 : 0, $1) }.compactMap { label in
            share(table, [dimension: label]).flatMap {
                $0.trials > 0 ? Kind(label: label, naming: name, share: $0) : nil
            }
        }
    }
}

/// Kinds of visits against each other: who buys more, as far as chance allows to say.
struct KindsPanel {
    let visits: FinishedVisits
    let dimension: Dimension
    let kinds: [FinishedVisits.Kind]
    /// `Loyal customers`: who is clearly above, as the beginning of a sentence; nil: by the kind's name.
    let subject: (String) -> String
    /// `by relation`.
    let by: String
    private var context: ReportContext { visits.context }

    /// Kinds that are shown: those not on record only where they are many.
    private var shown: [FinishedVisits.Kind] {
        let all = kinds.reduce(0) { $0 + $1.share.trials }
        return kinds.filter { !$0.label.isEmpty || $0.share.trials * 20 >= all }
    }

    /// The only kind on record; nil: there are more, or none.
    var only: FinishedVisits.Kind? {
        let named = kinds.filter { !$0.label.isEmpty }
        return named.count == 1 && shown.count == 1 ? named[0] : nil
    }

    /// Something is on record of some visits.
    var isKnown: Bool { kinds.contains { !$0.label.isEmpty } }

    /// Kinds with a name and enough visits to be compared.
    private var compared: [FinishedVisits.Kind] {
        kinds.filter { !$0.label.isEmpty && $0.share.trials >= context.minimumN }
    }

    /// Two: the first less the second. More: those beyond the limits of one common rate.
    var finding: String {
        let compared = compared
        guard compared.count > 1 else {
            let isOne = kinds.count(where: { !$0.label.isEmpty }) == 1
            return "\(Words.capitalised(by)): \(isOne ? say("only one on record") : say("too few to compare"))"
        }
        if compared.count == 2 {
            let difference = NewcombeDifference(first: compared[0].share, second: compared[1].share)
            guard let limits = difference.interval(), let estimate = difference.estimate, !limits.contains(0) else {
                return say("\(Words.capitalised(by)): no clear difference")
            }
            let more = estimate > 0 ? compared[0] : compared[1]
            let (near, far) = estimate > 0 ? (limits.lower, limits.upper) : (-limits.upper, -limits.lower)
            return say("\(subject(more.label)) buy more: by \((near * 100).shown(1)) to \((far * 100).shown(1)) points")
        }
        let outside = FunnelLimits.of(compared.map(\.share), adjusted: false).value.map { limits in
            zip(compared, limits.places).filter { $0.1.zone == .farAbove || $0.1.zone == .farBelow }
        } ?? []
        guard let far = outside.max(by: { ($0.1.z.magnitude, $1.0.label) < ($1.1.z.magnitude, $0.0.label) }) else {
            return say("\(Words.capitalised(by)): no clear difference")
        }
        return far.1.z > 0
            ? say("\(subject(far.0.label)) buy more than the others")
            : say("\(subject(far.0.label)) buy less than the others")
    }

    /// The shares with their likely ranges, against all together.
    func plate(title: String = "") -> IntervalsPlate {
        let all = kinds.map(\.share).reduce(Proportion(successes: 0, trials: 0), +)
        let rows = shown.map { kind -> IntervalsPlate.Row in
            guard kind.share.trials >= context.minimumN, let value = kind.share.estimate, let limits = kind.share.wilson()
            else {
                return IntervalsPlate.Row(
                    kind.name, .tooFew(Words.tooFew(kind.share.trials, of: context.minimumN)), value: "–", tone: .text)
            }
            return IntervalsPlate.Row(
                kind.name, .value(value * 100, likely: LikelyRange(limits.lower * 100, limits.upper * 100)),
                value: Label(Words.share(value, decimals: 1), bold: true), tone: kind.label.isEmpty ? .text : .good)
        }
        let average = all.trials >= context.minimumN ? all.estimate : nil
        return IntervalsPlate(
            subject: say("Visits that bought, \(by)"), groups: [.init(title, rows: rows)],
            reference: average.map {
                ReferenceLine($0 * 100, say("all \(Words.share($0, decimals: 1))"), dashed: true)
            },
            fromZero: true, unit: " %", rowHeight: 21)
    }

    func note(page: Int, _ ledger: inout FigureLedger) {
        guard let months = visits.months else { return }
        // What is summed here has no slice of its own.
        let unnamed = kinds.count(where: \.label.isEmpty)
        for kind in kinds where kind.share.trials >= context.minimumN && (!kind.label.isEmpty || unnamed == 1) {
            ledger.note(
                page: page, context.figure("S2S-20", months, [dimension: kind.label]), "visits that bought, \(kind.name)",
                kind.share)
        }
    }
}
