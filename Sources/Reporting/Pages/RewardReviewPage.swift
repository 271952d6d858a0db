import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Programs
import Statistics

/// What should I look at before I pay? Tiers on a handful of answers, sudden jumps, stopped clocks, what belongs to nobody.
/// It scores nobody and changes nothing.
enum RewardReviewPage: ReportPage {
    static let tables: [ReportTable] = [.stoppedClocks]

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard let rewards = context.rewards, !rewards.standings.isEmpty else {
            return NoRewards(context, setting).draw(ledger)
        }
        let panels = RewardReviewPanels(context: context, rewards: rewards, page: setting.number)
        let rows = [
            PageRow(.init(span: 6, panels.closeCalls(&ledger)), .init(span: 6, panels.jumps(&ledger))),
            PageRow(.init(span: 6, panels.stoppedClocks(&ledger)), .init(span: 6, panels.nobody(&ledger))),
        ]
        let feet = PageFeet(context: context, setting: setting, tables: [.messages, .conversations])
        var layout = setting.layout(
            context, headline: panels.headline, sentence: panels.sentence,
            footer: feet.footer(
                first: ["For a look, never for a score: kpi rewards review has every row."], ledger: ledger))
        layout.add(rows: rows)
        return DrawnPage(laid: layout.finish(), headline: panels.headline)
    }
}

struct RewardReviewPanels {
    let context: ReportContext
    let rewards: ReportRewards
    let page: Int
    private let review: RewardReview

    init(context: ReportContext, rewards: ReportRewards, page: Int) {
        self.context = context
        self.rewards = rewards
        self.page = page
        review = RewardReview(rewards.results, month: rewards.month)
    }

    private static let most = 11

    private func money(_ amount: Money) -> String { Words.exact(amount, context.settings.currency) }
    private func rule(_ identifier: String) -> String {
        rewards.rules.first { $0.identifier == identifier }?.name ?? identifier
    }
    private var listed: Int { context.count(.stoppedClocks, "listed") ?? 0 }
    private var waiting: Int {
        rewards.standings.reduce(0) { $0 + $1.result.rows.count { $0.standing == .stillWithin } }
    }

    var headline: String {
        let close = review.closeCalls.count
        let parts = [
            close == 0 ? "" : "\(Words.counted(close, "tier hangs", "tiers hang")) on a handful of answers",
            review.jumps.isEmpty ? "" : Words.counted(review.jumps.count, "sudden jump", "sudden jumps"),
            listed == 0 ? "" : Words.counted(listed, "reply for a second look", "replies for a second look"),
        ].filter { !$0.isEmpty }
        return parts.isEmpty ? "Nothing stands out before paying" : Words.capitalised(Words.list(parts))
    }

    var sentence: RichText {
        let refusals = rewards.standings.flatMap(\.result.refusals)
        let closed = rewards.standings.allSatisfy(\.isClosed)
        if closed { return "The month is closed: what is found now becomes a dated adjustment." }
        if waiting > 0 {
            return RichText(marked: "**The month cannot be closed yet**: \(Words.count(waiting)) still within target.")
        }
        if let first = refusals.first {
            let more = refusals.count > 1 ? " and \(refusals.count - 1) more" : ""
            return RichText(marked: "**The month cannot be closed yet**: \(first.message)\(more).")
        }
        return "Nothing keeps the month from being closed by two people who are not paid by it."
    }

    /// Rows under their rules' names; where all are of one rule without.
    private func byRule<Item>(_ items: [Item], _ own: (Item) -> String, _ cells: (Item) -> [Label]) -> [TablePlate.Row]
    {
        let rules = Set(items.map(own)).sorted { (rule($0), $0) < (rule($1), $1) }
        return rules.flatMap { one in
            (rules.count > 1 ? [TablePlate.Row.group(number: "", title: rule(one))] : [])
                + items.filter { own($0) == one }.map { .row(cells($0)) }
        }
    }

    func closeCalls(_ ledger: inout FigureLedger) -> Block {
        for one in review.closeCalls {
            ledger.note(
                page: page,
                context.figure(RewardFigure.margin.rawValue, rewards.month, [.rule: one.rule, .person: one.person]),
                "\(one.name): answers to another tier", count: one.fewest)
        }
        let rows = byRule(review.closeCalls, \.rule) { one in
            let moves = [
                one.fewer.map { "\($0) fewer: \(Words.money(one.below, context.settings))" },
                one.more.map { "\($0) more: \(Words.money(one.above, context.settings))" },
            ].compactMap { $0 }
            return [
                Label(one.name), Label("\(Words.count(one.inTime)) of \(Words.count(one.counted))"),
                Label(money(one.pays), .ink), Label(moves.joined(separator: "; ")),
            ]
        }
        return Block(
            rows.isEmpty ? "No tier hangs on three answers or fewer" : "Look at these rows twice",
            sub: "So many answers in time more or fewer would pay something else",
            plate: TablePlate(
                subject: "Tiers that hang on a handful of answers",
                columns: [
                    .init("Person"), .init("In time"), .init("Pays", align: .right), .init("In time…", flexible: true),
                ],
                rows: rows, rowHeight: 13.4, emptyText: "Nobody is within three answers of another tier."))
    }

    func jumps(_ ledger: inout FigureLedger) -> Block {
        for one in review.jumps {
            ledger.note(
                page: page,
                context.figure(RewardFigure.jump.rawValue, rewards.month, [.rule: one.rule, .person: one.person]),
                "\(one.name): against \(Words.months(one.months))", one.difference)
        }
        let rows = byRule(review.jumps, \.rule) { one in
            let words = one.difference.interval().map { Words.points(one.difference.estimate ?? 0, $0) } ?? ""
            return [
                Label(one.name), Label(Words.share(one.before.estimate ?? 0)),
                Label(Words.share(one.now.estimate ?? 0), .ink), Label(words),
            ]
        }
        let hasEarlier = rewards.standings.contains { !rewards.earlier($0.rule).isEmpty }
        return Block(
            rows.isEmpty ? "No sudden jump" : "Sudden jumps: ask what changed",
            sub: "In time against the person’s own earlier months, beyond chance",
            plate: TablePlate(
                subject: "Sudden jumps",
                columns: [
                    .init("Person"), .init("Before", align: .right), .init("Now", align: .right), .init("Change"),
                ],
                rows: rows, rowHeight: 13.4,
                emptyText: hasEarlier
                    ? "Everybody is as they usually are." : "No earlier month under the rule to hold it against."))
    }

    func stoppedClocks(_ ledger: inout FigureLedger) -> Block {
        let people = context.labels(.stoppedClocks, .person).compactMap { person -> (name: String, counts: [Int])? in
            func count(_ column: String) -> Int { context.count(.stoppedClocks, column, [.person: person]) ?? 0 }
            guard count("listed") > 0 else { return nil }
            let known = context.header.people[person]?.name ?? ""
            let name = !known.isEmpty ? known : person.isEmpty ? "nobody named" : person
            return (
                name,
                [count("listed"), count("first_replies"), count("same_text"), count("too_quick"), count("asked_again")]
            )
        }.sorted { ($1.counts[0], $0.name) < ($0.counts[0], $1.name) }
        if listed > 0 {
            ledger.note(
                page: page, context.figure("STOP-01", context.month), "Replies for a second look", count: listed)
        }
        let isKnown = (context.count(.stoppedClocks, "first_replies") ?? 0) > 0
        return Block(
            people.isEmpty ? "No reply looks made to stop the clock" : "Replies that may have stopped a clock",
            sub: "First replies: one text to many, or quicker than anybody reads",
            plate: TablePlate(
                subject: "Replies for a second look by person",
                columns: [
                    .init("Person", flexible: true), .init("Listed", align: .right), .init("Of", align: .right),
                    .init("Same text", align: .right), .init("Too quick", align: .right),
                    .init("Asked again", align: .right),
                ],
                rows: people.map { one in .row([Label(one.name)] + one.counts.map { Label(Words.count($0)) }) },
                rowHeight: 13.4,
                emptyText: isKnown
                    ? "None of the month." : "Not known: messages.csv with person_id and text_hash shows them."))
    }

    func nobody(_ ledger: inout FigureLedger) -> Block {
        var rows: [TablePlate.Row] = []
        for one in review.unowned {
            let byChannel = Dictionary(
                grouping: one.rows.filter { $0.standing == .unanswered || $0.standing == .late }, by: \.channel)
            for (channel, found) in byChannel.sorted(by: { $0.key < $1.key }) {
                rows.append(
                    .row([
                        Label(rule(one.rule)), Label(Words.channel(channel)),
                        Label(Words.count(found.count { $0.standing == .unanswered })),
                        Label(Words.count(found.count { $0.standing == .late })),
                    ]))
            }
        }
        let unanswered = review.unowned.reduce(0) { $0 + $1.count.unanswered }
        return Block(
            unanswered == 0 ? "Every silence has an owner" : "\(Words.count(unanswered)) unanswered name nobody",
            sub: "Without assignee: they count for nobody, and for the team where it is one",
            plate: rows.isEmpty
                ? ParagraphPlate("Nothing late or unanswered is without an assignee.")
                : TablePlate(
                    subject: "What belongs to nobody",
                    columns: [
                        .init("Rule", flexible: true), .init("Channel"), .init("Unanswered", align: .right),
                        .init("Late", align: .right),
                    ], rows: rows, rowHeight: 13.4))
    }
}
