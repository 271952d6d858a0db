import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Programs
import Statistics

/// Did our changes work? A card an effort; without efforts what moved by itself, and how a change is written down.
enum DidItWorkPage: ReportPage {
    static let tables: [ReportTable] = [.sales, .visits, .responses, .outages, .volumes]

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        if !context.efforts.isEmpty { return EffortCardsPage(context, setting).draw(&ledger) }
        let panels = MovedMeasures(context, page: setting.number).panels(&ledger)
        let rewards = rewardsBlock(context, setting, showsPoints: true, &ledger)
        let headline = say("No change is judged yet: write one down before it starts")
        let feet = PageFeet(
            context: context, setting: setting, tables: [.messages, .conversations, .serviceVisits, .sales, .outages])
        var layout = setting.layout(
            context, headline: headline, sentence: sentence(panels),
            footer: feet.footer(first: panels.isEmpty ? [] : [say("Usual range: where steady months fall.")], ledger: ledger))
        let setUp = PageRow(.init(span: 7, effort(rowHeight: panels.isEmpty ? 24 : 15.5)), .init(span: 5, rewards))
        if panels.isEmpty {
            layout.add(rows: [PageRow(.init(span: 12, nothing)), setUp])
        } else {
            var blocks = panels.map { $0.block() }
            if blocks.count == 1 { blocks.append(more(context)) }
            layout.add(rows: [
                PageRow(height: .weight(1), cells: blocks.map { .init(span: 12 / blocks.count, $0) }), setUp,
            ])
        }
        return DrawnPage(laid: layout.finish(), headline: headline)
    }

    /// Rules against their pools, or what a rule is.
    static func rewardsBlock(
        _ context: ReportContext, _ setting: PageSetting, showsPoints: Bool, _ ledger: inout FigureLedger
    ) -> Block {
        guard let rewards = context.rewards, !rewards.standings.isEmpty else {
            return RewardsPanel.missing(context.rewards, showsPoints: showsPoints)
        }
        return RewardsPanel(context: context, rewards: rewards, page: setting.number).block(&ledger)
    }

    private static func sentence(_ panels: [MovedPanel]) -> RichText {
        if panels.isEmpty { return say("Nothing is measured yet that a change could move.") }
        let moved = panels.filter { $0.standing == .above || $0.standing == .below }
        let known = panels.filter { $0.standing != .tooFew }
        if known.isEmpty {
            return RichText(say("What is usual is not known yet: that takes \(MovedPanel.leastPoints) months of figures."))
        }
        if moved.isEmpty {
            return RichText(marked: say("Meanwhile **no newest figure is outside its usual range**: ups and downs like those below are usual."))
        }
        let words = moved.map { $0.standing == .above ? say("\($0.name) above") : say("\($0.name) below") }
        return RichText(marked: say("What moved by itself: **\(Words.list(words)) the usual range.** Look for the reason first."))
    }

    private static var nothing: Block {
        Block(
            say("What moves by itself: no figures yet"), sub: say("Answered in time, sales from service, visits that bought, by month"),
            plate: NoticePlate(
                RichText(marked: say("Export **messages.csv**, or **service_visits.csv** and **sales.csv**, for some months.")),
                isMissing: true, showsFrame: false))
    }

    /// Beside a single figure: what would give more.
    private static func more(_ context: ReportContext) -> Block {
        var needs: [String] = []
        if !context.header.has(.messages), !context.header.has(.conversations) {
            needs.append(say("**messages.csv** shows who was answered in time."))
        } else if context.settings.targets.firstResponseSeconds.isEmpty,
            context.settings.targets.firstResponseSecondsElse == nil {
            needs.append(say("Targets in dealership.yaml (**first-response-time**) show who was answered in time."))
        }
        if !context.header.has(.serviceVisits) || !context.header.has(.sales) {
            needs.append(say("**service_visits.csv** and **sales.csv** show sales from service and visits that bought."))
        }
        if !context.header.has(.outages) { needs.append(say("**outages.csv** shows hours lost.")) }
        return Block(
            say("More figures, once they are exported"), sub: say("What a change could aim at"),
            plate: NoticePlate(
                RichText(marked: needs.isEmpty ? say("Other figures have no month yet.") : needs.joined(separator: " ")),
                showsFrame: false))
    }

    private static func effort(rowHeight: Double) -> Block {
        func row(_ name: String, _ text: String) -> TablePlate.Row { .row([Label(name), Label(text, .ink)]) }
        return Block(
            say("To know whether a change works, write it down before it starts"),
            sub: say("One file a change in efforts/. An example, made up; kpi effort open writes it into a history"),
            plate: TablePlate(
                subject: say("What a change effort says"),
                columns: [.init(say("To write down")), .init(say("For instance"), flexible: true)],
                rows: [
                    row(say("What changes"), say("One inbox for service e-mail, two people on it each day")),
                    row(say("Why"), say("RESP-02 in May: 83 % of e-mails answered in time")),
                    row(say("Who, and who was asked"), say("The service manager; both advisors agreed")),
                    row(say("First day"), say("6 July")),
                    row(say("One goal"), say("From 83 to 90 % in time by 31 October")),
                    row(say("Worse at first"), say("Up to 5 points for two weeks: nobody stops in the middle")),
                    row(say("When to stop"), say("Below 75 % for three weeks")),
                ], rowHeight: rowHeight))
    }
}
