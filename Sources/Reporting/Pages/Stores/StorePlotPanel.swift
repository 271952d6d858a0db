import Basis
import Drawing
import Measures
import Statistics

/// Stores' shares against how many stand behind each: the plot, and in words what the curves support.
struct StorePlotPanel {
    enum Figure { case answers, sales }

    let comparison: StoreComparison
    let figure: Figure
    /// Stores spoken of at most; the plot names all beyond the solid curves.
    let limit: Int
    private var context: ReportContext { comparison.context }
    private var standing: StoreStanding { figure == .answers ? comparison.answers : comparison.sales }
    private var decimals: Int { figure == .answers ? 0 : 1 }

    private func words(_ share: Double) -> String { Words.share(share, decimals: decimals) }

    func plot(page: Int, ledger: inout FigureLedger) -> Block {
        let sub = figure == .answers
            ? say("Answered in time in \(Words.monthName(context.month)) by store, against how many were judged")
            : say("Visits that bought by store, against how many visits; \(comparison.visits.words)")
        guard let limits = standing.limits else {
            return Block(title, sub: sub, plate: NoticePlate(RichText(absence)))
        }
        note(page: page, &ledger)
        let points = standing.members.map { member -> WhoStandsOutPlate.Point in
            let share = member.share.estimate ?? 0
            let isBeyond = member.zone == .farAbove || member.zone == .farBelow
            return .init(
                n: Double(member.share.trials), share: share * 100,
                label: isBeyond ? "\(member.name) \(words(share))" : "",
                standing: StandingCurves.standing(member.zone, isNamed: isBeyond))
        }
        return Block(
            title, sub: sub, note: RichText(wideness),
            plate: WhoStandsOutPlate(
                subject: figure == .answers ? say("Answered in time by store") : say("Visits that bought by store"),
                points: points, centre: ReferenceLine(limits.centre * 100, say("average \(words(limits.centre))")),
                limits: StandingCurves.limits(
                    limits, from: context.minimumN,
                    to: standing.members.map(\.share.trials).max() ?? context.minimumN),
                xTitle: figure == .answers ? say("conversations judged") : comparison.visits.outcomes.unit))
    }

    private func note(page: Int, _ ledger: inout FigureLedger) {
        for member in standing.members {
            switch figure {
            case .answers:
                ledger.note(
                    page: page, context.figure("RESP-02", context.month, [.store: member.identifier]),
                    "Answered in time, \(member.name)", member.share)
            case .sales:
                guard let months = comparison.visits.months else { continue }
                ledger.note(
                    page: page, context.figure("S2S-02", months, [.store: member.identifier]),
                    "Visits that bought, \(member.name)", member.share)
            }
        }
    }

    /// How far stores differ by more than chance, which the curves allow for.
    private var wideness: String {
        let few = standing.tooFew == 0
            ? "" : say(" \(Words.counted(standing.tooFew, "store", "stores")) with fewer than \(Words.count(context.minimumN)) not shown.")
        guard standing.widening > 1 else {
            let isNamed = standing.members.contains { $0.zone == .farAbove || $0.zone == .farBelow }
            return (isNamed
                ? say("Apart from those named, stores differ no more than chance explains.")
                : say("Stores differ no more than chance explains.")) + few
        }
        return say(
            "Stores differ by more than chance: the curves are \(standing.widening.shown(1)) times as wide as for chance alone.")
            + few
    }

    private var absence: String {
        if standing.isEmpty {
            return figure == .answers
                ? say("No store has a conversation judged in \(Words.monthName(context.month)).")
                : say("No store has visits whose window is over.")
        }
        return say("Fewer than two stores with \(Words.count(context.minimumN)): nothing to compare.")
    }

    var title: String {
        guard standing.limits != nil else {
            return figure == .answers ? say("Answers: too few to compare") : say("Sales: too few to compare")
        }
        let (low, high) = (standing.helped.count, standing.praised.count)
        let parts = [
            low == 0 ? "" : say(low, "one store is below what chance explains", "\(low) stores are below what chance explains"),
            high == 0 ? "" : low == 0
                ? say(high, "one store is above what chance explains", "\(high) stores are above what chance explains")
                : say(high, "one is above", "\(high) are above"),
        ].filter { !$0.isEmpty }
        let finding = parts.isEmpty ? say("no store stands out") : parts.joined(separator: ", ")
        return figure == .answers ? say("Answers: \(finding)") : say("Sales: \(finding)")
    }

    /// Who lies outside, as far as the curves support it, and what chance alone would put there.
    func list() -> Block {
        let kept = Array(standing.helped.prefix(max(limit - 1, 1)))
        let praised = Array(standing.praised.prefix(max(limit - kept.count, 1)))
        let finding = figure == .answers ? say("Who stands out in answers") : say("Who stands out in sales")
        return Block(
            finding, sub: chance,
            plate: PointsPlate(
                points: kept.map { point($0, isGood: false) } + praised.map { point($0, isGood: true) } + rest(kept.count + praised.count),
                emptyText: standing.limits == nil
                    ? absence : say("Every store lies within what the range of all explains.")))
    }

    private var chance: String {
        guard standing.limits != nil else { return "" }
        let solid = standing.helped.count + standing.praised.count
        let dashed = solid + standing.noted.count
        return say("""
            Beyond the dashed curves \(Words.count(dashed)), by chance about \(expected(standing.expectedBeyondDashed)); beyond \
            the solid ones \(Words.count(solid)), by chance about \(expected(standing.expectedBeyondSolid))
            """)
    }

    private func expected(_ count: Double) -> String {
        count >= 1 ? Words.count(Int(count.rounded())) : count.shown(count >= 0.1 ? 1 : 2)
    }

    private func rest(_ shown: Int) -> [PointsPlate.Point] {
        let rest = standing.helped.count + standing.praised.count - shown
        guard rest > 0 else { return [] }
        return [
            PointsPlate.Point(
                Label(say("and \(Words.counted(rest, "more store", "more stores"))")), RichText(say("All stand in the figures file.")))
        ]
    }

    private func point(_ member: StoreStanding.Member, isGood: Bool) -> PointsPlate.Point {
        let share = member.share
        let usual = Words.count(Int((Double(share.trials) * standing.centre).rounded()))
        let (had, all) = (Words.count(share.successes), Words.count(share.trials))
        let text = figure == .answers
            ? say("\(words(share.estimate ?? 0)): \(had) of \(all) in time; at the average of all it would be \(usual).")
            : say("\(words(share.estimate ?? 0)): \(had) of \(all) bought; at the average of all it would be \(usual).")
        return PointsPlate.Point(Label(member.name, isGood ? nil : .bad, cue: isGood ? .up : .down), RichText(text))
    }
}
