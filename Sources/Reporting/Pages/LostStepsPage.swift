import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Statistics

/// Where do we lose them? The steps from visit to sale, each against the month before and its target, the days between,
/// and the worst step over the months.
enum LostStepsPage: ReportPage {
    static let tables: [ReportTable] = [.visits, .funnel]

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard context.header.has(.serviceVisits), context.header.has(.leads) else {
            return missing(context, setting).draw(ledger)
        }
        let outcomes = VisitOutcomes(context)
        let steps = FunnelSteps(context, outcomes)
        let funnel = FunnelPanel(context, month: steps.month)
        let page = setting.number
        let blocks = [
            funnel.block(page: page, ledger: &ledger), StepChangesPanel(steps: steps).block(page: page, ledger: &ledger),
            DaysBetweenPanel(steps: steps).block(), StepOverMonthsPanel(steps: steps).block(page: page, ledger: &ledger),
        ]
        let headline = LostStepsHeadline(outcomes: outcomes, funnel: funnel, steps: steps)
        let feet = PageFeet(
            context: context, setting: setting, tables: [.serviceVisits, .leads, .messages, .appointments, .sales])
        var layout = setting.layout(
            context, headline: headline.text, sentence: headline.sentence,
            footer: feet.footer(first: [ConversionWords.foot(outcomes)], ledger: ledger))
        layout.add(rows: [
            PageRow(height: .weight(1.05), .init(span: 6, blocks[0]), .init(span: 6, blocks[1])),
            PageRow(height: .weight(1), .init(span: 5, blocks[2]), .init(span: 7, blocks[3])),
        ])
        return DrawnPage(laid: layout.finish(), headline: headline.text)
    }

    private static func missing(_ context: ReportContext, _ setting: PageSetting) -> MissingPage {
        guard context.header.has(.serviceVisits) else {
            return ConversionMissing.page(context, setting, say("nobody can tell where they are lost"))
        }
        return MissingPage(
            context: context, setting: setting, headline: say("No leads exported: nobody can tell where they are lost"),
            sentence: say("Between the visit and the sale stand a lead, a conversation and an appointment."),
            needs: [
                .init(panel: say("Who was asked"), table: .leads, holds: say("leads of the CRM")),
                .init(panel: say("Who was reached"), table: .messages, holds: say("calls, texts, e-mails")),
                .init(panel: say("Who came to look"), table: .appointments, holds: say("appointments of the CRM")),
                .init(panel: say("Who bought"), table: .sales, holds: say("deals of the DMS")),
            ], reads: [.serviceVisits])
    }
}

/// What the page says in its first two lines.
struct LostStepsHeadline {
    let outcomes: VisitOutcomes
    let funnel: FunnelPanel
    let steps: FunnelSteps
    private var context: ReportContext { outcomes.context }

    var text: String {
        guard let month = steps.month else { return ConversionWords.tooNew(outcomes) }
        guard funnel.hasEnough else {
            return say("""
                \(Words.monthName(month)): \(Words.counted(funnel.leads ?? 0, "lead", "leads")) from visits, \
                \(Words.count(context.minimumN)) needed
                """)
        }
        return funnel.headline ?? say("No step loses more than the others")
    }

    var sentence: RichText {
        guard steps.month != nil, let before = steps.before else {
            return RichText(say("The steps are followed for \(outcomes.windowDays) days after each visit."))
        }
        let changed = steps.changed.compactMap(steps.words)
        let missed = steps.steps.filter(\.isMissed).map { Words.inside($0.name) }
        var parts: [String] = []
        if changed.isEmpty {
            parts.append(say("No step has clearly changed since \(Words.monthName(before))."))
        } else {
            parts.append("\(Words.capitalised(Words.list(changed))).")
        }
        if !missed.isEmpty { parts.append(say("Clearly below target: \(Words.list(missed)).")) }
        return RichText(parts.joined(separator: " "))
    }
}
