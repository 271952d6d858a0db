import Basis
import Dealership
import Drawing
import Measures
import Programs
import Statistics

/// Each rule against its pool: on the rewards' own page and on page 6 of the monthly report.
struct RewardsPanel {
    let context: ReportContext
    let rewards: ReportRewards
    let page: Int

    private func money(_ amount: Money) -> String { Words.money(amount, context.settings) }
    private var standings: [RewardStanding] { rewards.standings }
    private var total: Money { standings.reduce(.zero) { $0 + $1.total } }
    private var isClosed: Bool { !standings.isEmpty && standings.allSatisfy(\.isClosed) }

    /// `Rewards: $2,480 of October’s $3,000`; a preview says that it is one.
    var finding: String {
        let pools = standings.compactMap(\.rule.pool)
        let month = Words.monthName(rewards.month)
        guard pools.count == standings.count, !pools.isEmpty else {
            return isClosed
                ? say("Rewards: \(money(total)) for \(month)") : say("Rewards, not closed yet: \(money(total)) for \(month)")
        }
        let pool = money(pools.reduce(.zero, +))
        return isClosed
            ? say("Rewards: \(money(total)) of \(month)’s \(pool)")
            : say("Rewards, not closed yet: \(money(total)) of \(month)’s \(pool)")
    }

    /// Whether two people closed the month, and who could not be scored.
    var remark: String {
        let few = standings.reduce(0) { $0 + $1.tooFew.count }
        let waiting = standings.reduce(0) { $0 + $1.result.rows.count { $0.standing == .stillWithin } }
        var parts: [String] = []
        if isClosed, let entry = standings.compactMap(\.entry).first {
            parts.append(say("Closed on \(Words.day(entry.on))."))
        } else if waiting > 0 {
            parts.append(say("Cannot be closed yet: \(Words.count(waiting)) still within target."))
        } else {
            parts.append(say("Nobody is paid until two people close the month."))
        }
        if few > 0 { parts.append(say("\(Words.counted(few, "person has", "people have")) too few to score.")) }
        return parts.joined(separator: " ")
    }

    func note(_ ledger: inout FigureLedger) {
        for one in standings {
            let slice: [Dimension: String] = [.rule: one.rule.identifier]
            ledger.note(
                page: page, context.figure(RewardFigure.paid.rawValue, rewards.month, slice),
                "\(one.rule.name): \(one.isClosed ? "paid" : say("would pay"))",
                estimate: one.total.description, n: one.people.count)
            ledger.note(
                page: page, context.figure(RewardFigure.inTime.rawValue, rewards.month, slice),
                "\(one.rule.name): in time", Proportion(successes: one.count.inTime, trials: one.count.counted))
            if let pool = one.rule.pool {
                ledger.note(
                    page: page, context.figure(RewardFigure.pool.rawValue, rewards.month, slice),
                    "\(one.rule.name): pool",
                    estimate: pool.description)
            }
        }
    }

    /// - Parameter rowHeight: of a rule's bar.
    func block(rowHeight: Double = 25, _ ledger: inout FigureLedger) -> Block {
        note(&ledger)
        let shown = standings.prefix(5)
        let rest = standings.count - shown.count
        let most = standings.compactMap { Double(max($0.rule.pool ?? .zero, $0.total).minorUnits) }.max() ?? 0
        return Block(
            finding, sub: say("By each person’s or team’s own counts. Line: the rule’s pool"),
            note: RichText(
                remark
                    + (rest > 0 ? say(" \(Words.counted(rest, "more rule", "more rules")) on the rewards’ own page.") : "")),
            plate: BarsPlate(
                subject: say("Rewards by rule"), columns: [isClosed ? say("Paid") : say("Would pay"), ""], rows: shown.map(bar),
                upper: most > 0 ? most / 100 : nil, track: true,
                rowHeight: rowHeight))
    }

    private func bar(_ one: RewardStanding) -> BarsPlate.Row {
        let people = one.paid.count
        let left: Label =
            if one.cannotBeScored { Label.bad(say("cannot be scored"), cue: .ring) } else if let left = one.left {
                Label(left > .zero ? say("\(money(left)) left") : say("pool used up"))
            } else { Label(say("no pool")) }
        return BarsPlate.Row(
            one.rule.name, labelNote: people == 0 ? say("nobody", context: "paid") : Words.counted(people, "person", "people"),
            .value(Double(one.total.minorUnits) / 100), fill: .medium,
            limit: one.rule.pool.map { Double($0.minorUnits) / 100 },
            cells: [Label(money(one.total), .ink, bold: true), left])
    }

    /// Where no rule pays for the month.
    static func missing(_ rewards: ReportRewards?, showsPoints: Bool) -> Block {
        let others = rewards?.others ?? []
        let sub: String
        if let next = others.filter({ rule in rewards.map { rule.inForce > $0.month } ?? false }).min(by: {
            $0.inForce < $1.inForce
        }) {
            sub = say("None in force this month; \(next.name) from \(Words.month(next.inForce))")
        } else {
            sub =
                others.isEmpty
                ? say("One file a rule in rewards/; kpi sample writes two")
                : say("None of \(others.count) is in force this month")
        }
        let points = PointsPlate(points: [
            .init(
                say("Fair to whom it hits"),
                say("Times without outages and approved absence; who has too few cases is not scored.")),
            .init(say("A person’s own counts"), say("Fixed tiers, no ranks: what one earns takes nothing from another.")),
            .init(say("Closed for good"), say("A closed month stays as it was paid; late data becomes a dated adjustment.")),
        ])
        return Block(
            others.isEmpty ? say("Rewards need a rule that two people approved") : say("No reward rule pays for this month"),
            sub: sub,
            plate: showsPoints
                ? points
                : NoticePlate(
                    say("A person’s own counts, fixed tiers, no ranks; a closed month stays as it was paid."),
                    showsFrame: false))
    }
}
