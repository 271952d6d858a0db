import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Programs

/// What do we pay, and is it fair? Rules against their pools, the spread of rewards, what outages changed, whose silence is
/// nobody's, what earlier months brought.
enum RewardsPage: ReportPage {
    static let tables: [ReportTable] = []

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard let rewards = context.rewards, !rewards.standings.isEmpty else {
            return NoRewards(context, setting).draw(ledger)
        }
        let panel = RewardsPanel(context: context, rewards: rewards, page: setting.number)
        let standings = rewards.standings
        let fairness = RewardFairness(context: context, rewards: rewards, page: setting.number)
        var pools = panel.block(rowHeight: 26, &ledger)
        pools.finding = say("Each rule against its pool")
        let left = [pools, fairness.spared(&ledger)]
        let right = spreads(standings, context) + fairness.next(&ledger)
        let people = fairness.people(&ledger)
        let below =
            [PageRow.Cell(span: 4, blocks: [fairness.nobody(&ledger), fairness.earlier(&ledger)])]
            + people.map { .init(span: 8 / max(people.count, 1), $0) }
        let feet = PageFeet(context: context, setting: setting, tables: [])
        var layout = setting.layout(
            context, headline: panel.finding, sentence: sentence(standings, context),
            footer: feet.footer(
                first: [say("A person’s own counts; outages and approved leave are taken out of the times.")], ledger: ledger
            ))
        layout.add(rows: [
            PageRow(.init(span: 5, blocks: left), .init(span: 7, blocks: right)), PageRow(cells: below),
        ])
        return DrawnPage(laid: layout.finish(), headline: panel.finding)
    }

    private static func sentence(_ standings: [RewardStanding], _ context: ReportContext) -> RichText {
        let people = Set(standings.flatMap(\.people).map(\.person))
        let paid = Set(standings.flatMap(\.paid).map(\.person))
        let isClosed = standings.allSatisfy(\.isClosed)
        let all = Words.counted(people.count, "person", "people")
        var parts = [
            isClosed
                ? say("\(Words.count(paid.count)) of \(all) were paid.")
                : say("\(Words.count(paid.count)) of \(all) would be paid.")
        ]
        let counts = standings.reduce(RewardCount()) { $0 + $1.count }
        if let target = context.settings.targets.answeredInTimePermille, counts.counted > 0,
            standings.count == 1 || standings.allSatisfy({ $0.rule.basis.kind == standings[0].rule.basis.kind })
        {
            let share = TierShare(inTime: counts.inTime, counted: counts.counted, bounds: [target]).text ?? ""
            parts.append(say("Of what is counted \(share) was in time, target \(TierShare.bound(target))."))
        }
        if !isClosed { parts.append(say("**A preview: nobody is paid by this page.**")) }
        return RichText(marked: parts.joined(separator: " "))
    }

    /// A plot for each rule, two at most: the others stand in their bars.
    private static func spreads(_ standings: [RewardStanding], _ context: ReportContext) -> [Block] {
        let shown = standings.filter { !$0.people.isEmpty }.prefix(2)
        guard !shown.isEmpty else {
            return [
                Block(
                    say("Nobody is in these rules’ reach"),
                    plate: NoticePlate(
                        say("people.csv says who is in which department and role; the rules say who may be paid."),
                        showsFrame: false))
            ]
        }
        return shown.map { RewardSpread($0, context).block }
    }
}

/// How the people of a rule lie, a dot each, nobody named.
struct RewardSpread {
    private let standing: RewardStanding
    private let context: ReportContext

    init(_ standing: RewardStanding, _ context: ReportContext) {
        self.standing = standing
        self.context = context
    }

    private func money(_ amount: Money) -> String { Words.exact(amount, context.settings.currency) }

    var block: Block {
        switch standing.rule.scheme {
        case .tiers(let tiers): shares(tiers)
        case .points, .none: amounts
        }
    }

    private func isScored(_ person: PersonReward) -> Bool { person.outcome == .scored }

    private func shares(_ tiers: [RewardRule.Tier]) -> Block {
        let known = standing.people.filter { $0.count.counted > 0 }
        let scored = known.filter(isScored)
        func count(_ tier: Int) -> Int { scored.count { $0.tier == tier } }
        let best = tiers.indices.filter { count($0) > 0 }.map {
            say("\(Words.count(count($0))) at \(money(tiers[$0].pays))")
        }
        let below = scored.count { $0.tier == nil }
        let parts = best + (below > 0 ? [say("\(Words.count(below)) below the tiers")] : [])
        return Block(
            "\(standing.rule.name): \(parts.isEmpty ? say("nobody scored") : Words.list(parts))",
            sub: sub(known.count - scored.count),
            plate: SpreadPlate(
                subject: say("Answered in time by person, with what each tier pays"),
                dots: known.map {
                    .init(Double($0.count.inTime) * 100 / Double($0.count.counted), hollow: !isScored($0))
                },
                bands: tiers.enumerated().map { index, tier in
                    .init(from: Double(tier.from) / 10, Words.money(tier.pays, context.settings), count: count(index))
                }, xTitle: say("in time, of each person’s own")))
    }

    private var amounts: Block {
        let paid = standing.paid
        let unit = String(Words.money(.zero, context.settings).filter { !$0.isNumber }.drop { $0.isWhitespace })
        let most = paid.map(\.amount).max() ?? .zero
        let found = paid.isEmpty
            ? say("nobody is paid") : say("\(Words.counted(paid.count, "person", "people")), at most \(money(most))")
        return Block(
            "\(standing.rule.name): \(found)",
            sub: sub(standing.people.count { !isScored($0) }),
            plate: SpreadPlate(
                subject: say("Rewards by person"),
                dots: standing.people.map { .init(Double($0.amount.minorUnits) / 100, hollow: !isScored($0)) },
                bands: standing.rule.cap.map {
                    [.init(from: Double($0.minorUnits) / 100, say("cap", context: "chart"), count: paid.count { $0.isCapped })]
                } ?? [],
                unit: "", most: nil,
                xTitle: say("reward in \(unit.isEmpty ? context.settings.currency : unit), a dot a person")))
    }

    private func sub(_ hollow: Int) -> String {
        say("A dot a person, alike ones stacked; no ranking")
            + (hollow > 0 ? say(". Hollow: not scored (\(Words.count(hollow)))") : "")
    }
}

/// What pages on rewards say where no rule pays for the month.
struct NoRewards {
    let context: ReportContext
    let setting: PageSetting

    init(_ context: ReportContext, _ setting: PageSetting) {
        self.context = context
        self.setting = setting
    }

    func draw(_ ledger: FigureLedger) -> DrawnPage {
        let block = RewardsPanel.missing(context.rewards, showsPoints: true)
        let feet = PageFeet(context: context, setting: setting, tables: [])
        var layout = setting.layout(
            context, headline: block.finding, sentence: say("Without a rule nobody is paid, and nothing is to review."),
            footer: feet.footer(first: [], ledger: ledger))
        let needs = NoticePlate(
            RichText(
                marked:
                    say("""
                        A file a rule in **rewards/**, for instance rewards/answered-in-time.yaml: measure, who is eligible, tiers or \
                        points, pool, two approvers who are not paid by it, in force from. **kpi check** proves it before use; \
                        **kpi rewards try** says what it would have meant. kpi sample writes two.
                        """)), showsFrame: false)
        layout.add(rows: [
            PageRow(.init(span: 12, Block(say("What this page needs"), plate: needs))), PageRow(.init(span: 12, block)),
        ])
        return DrawnPage(laid: layout.finish(), headline: block.finding)
    }
}
