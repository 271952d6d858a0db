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
                first: [say("For a look, never for a score: kpi rewards review has every row.")], ledger: ledger))
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
            close == 0 ? "" : say("\(Words.counted(close, "tier hangs", "tiers hang")) on a handful of answers"),
            review.jumps.isEmpty ? "" : Words.counted(review.jumps.count, "sudden jump", "sudden jumps"),
            listed == 0 ? "" : Words.counted(listed, "reply for a second look", "replies for a second look"),
        ].filter { !$0.isEmpty }
        return parts.isEmpty ? say("Nothing stands out before paying") : Words.capitalised(Words.list(parts))
    }

    var sentence: RichText {
        let refusals = rewards.standings.flatMap(\.result.refusals)
        let closed = rewards.standings.allSatisfy(\.isClosed)
        if closed { return say("The month is closed: what is found now becomes a dated adjustment.") }
        if waiting > 0 {
            return RichText(marked: say("**The month cannot be closed yet**: \(Words.count(waiting)) still within target."))
        }
        if let first = refusals.first {
            let more = refusals.count > 1 ? say(" and \(refusals.count - 1) more") : ""
            return RichText(marked: say("**The month cannot be closed yet**: \(first.message)\(more)."))
        }
        return say("Nothing keeps the month from being closed by two people who are not paid by it.")
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
                one.fewer.map { say("\($0) fewer: \(Words.money(one.below, context.settings))") },
                one.more.map { say("\($0) more: \(Words.money(one.above, context.settings))") },
            ].compactMap { $0 }
            return [
                Label(one.name), Label(say("\(Words.count(one.inTime)) of \(Words.count(one.counted))")),
                Label(money(one.pays), .ink), Label(moves.joined(separator: "; ")),
            ]
        }
        return Block(
            rows.isEmpty ? say("No tier hangs on three answers or fewer") : say("Look at these rows twice"),
            sub: say("So many answers in time more or fewer would pay something else"),
            plate: TablePlate(
                subject: say("Tiers that hang on a handful of answers"),
                columns: [
                    .init(say("Person")), .init(say("In time")), .init(say("Pays"), align: .right), .init(say("In time…"), flexible: true),
                ],
                rows: rows, rowHeight: 13.4, emptyText: say("Nobody is within three answers of another tier.")))
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
            rows.isEmpty ? say("No sudden jump") : say("Sudden jumps: ask what changed"),
            sub: say("In time against the person’s own earlier months, beyond chance"),
            plate: TablePlate(
                subject: say("Sudden jumps"),
                columns: [
                    .init(say("Person")), .init(say("Before"), align: .right), .init(say("Now"), align: .right), .init(say("Change")),
                ],
                rows: rows, rowHeight: 13.4,
                emptyText: hasEarlier
                    ? say("Everybody is as they usually are.") : say("No earlier month under the rule to hold it against.")))
    }

    func stoppedClocks(_ ledger: inout FigureLedger) -> Block {
        let people = context.labels(.stoppedClocks, .person).compactMap { person -> (name: String, counts: [Int])? in
            func count(_ column: String) -> Int { context.count(.stoppedClocks, column, [.person: person]) ?? 0 }
            guard count("listed") > 0 else { return nil }
            let known = context.header.people[person]?.name ?? ""
            let name = !known.isEmpty ? known : person.isEmpty ? say("nobody named") : person
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
            people.isEmpty ? say("No reply looks made to stop the clock") : say("Replies that may have stopped a clock"),
            sub: say("First replies: one text to many, or quicker than anybody reads"),
            plate: TablePlate(
                subject: say("Replies for a second look by person"),
                columns: [
                    .init(say("Person"), flexible: true), .init(say("Listed"), align: .right), .init(say("Of"), align: .right),
                    .init(say("Same text"), align: .right), .init(say("Too quick"), align: .right),
                    .init(say("Asked again"), align: .right),
                ],
                rows: people.map { one in .row([Label(one.name)] + one.counts.map { Label(Words.count($0)) }) },
                rowHeight: 13.4,
                emptyText: isKnown
                    ? say("None of the month.") : say("Not known: messages.csv with person_id and text_hash shows them.")))
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
            unanswered == 0 ? say("Every silence has an owner") : say("\(Words.count(unanswered)) unanswered name nobody"),
            sub: say("Without assignee: they count for nobody, and for the team where it is one"),
            plate: rows.isEmpty
                ? ParagraphPlate(say("Nothing late or unanswered is without an assignee."))
                : TablePlate(
                    subject: say("What belongs to nobody"),
                    columns: [
                        .init(say("Rule"), flexible: true), .init(say("Channel")), .init(say("Unanswered"), align: .right),
                        .init(say("Late"), align: .right),
                    ], rows: rows, rowHeight: 13.4))
    }
}
