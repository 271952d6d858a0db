import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Programs

/// What would a changed rule have meant? Who gains, who loses, how much by month.
enum RewardTrialPage: ReportPage {
    static let tables: [ReportTable] = []

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard let trial = context.rewards?.trials.first else { return nothing(context, setting, ledger) }
        let words = TrialWords(trial, currency: context.settings.currency)
        words.note(page: setting.number, context, &ledger)
        let feet = PageFeet(context: context, setting: setting, tables: [])
        var layout = setting.layout(
            context, headline: words.finding, sentence: RichText(words.sentence),
            footer: feet.footer(
                first: [say("The same rows under both rules: people might have worked otherwise under another one.")],
                ledger: ledger))
        let changed = trial.gaining.count + trial.losing.count
        layout.add(rows: [
            PageRow(
                .init(
                    span: 7,
                    Block(
                        changed == 0 ? say("Nobody gains, nobody loses") : say("Who gains, who loses"), sub: words.sub,
                        plate: words.people)),
                .init(span: 5, Block(say("By month"), sub: say("What both would have paid in all"), plate: words.byMonth)))
        ])
        return DrawnPage(laid: layout.finish(), headline: words.finding)
    }

    private static func nothing(_ context: ReportContext, _ setting: PageSetting, _ ledger: FigureLedger) -> DrawnPage {
        guard let rewards = context.rewards, !rewards.rules.isEmpty else {
            return NoRewards(context, setting).draw(ledger)
        }
        let headline = say("No changed rule is written down")
        let feet = PageFeet(context: context, setting: setting, tables: [])
        var layout = setting.layout(
            context, headline: headline,
            sentence: say("A change of a rule is looked at on past months before two people approve it."),
            footer: feet.footer(first: [], ledger: ledger))
        let needs = NoticePlate(
            RichText(
                marked:
                    say("""
                        **kpi rewards try NEW.yaml** with --months says who would have gained and who lost. A file in **rewards/** with \
                        the same name, a higher version and a later month in force is drawn here by itself.
                        """)),
            showsFrame: false)
        layout.add(rows: [PageRow(.init(span: 12, Block(say("What this page needs"), plate: needs)))])
        return DrawnPage(laid: layout.finish(), headline: headline)
    }
}
