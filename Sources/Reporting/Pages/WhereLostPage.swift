import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Statistics

/// Where do we lose service customers? Funnel, rate by month, loyalty and conquest, the dedicated person, gross.
enum WhereLostPage: ReportPage {
    static let tables: [ReportTable] = [.sales, .salesByRelation, .visits, .funnel, .dedicated, .volumes]

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard context.header.has(.serviceVisits) else { return missing(context, setting).draw(ledger) }
        let outcomes = VisitOutcomes(context)
        let funnel = FunnelPanel(context, month: outcomes.newest ?? newestFinished(context))
        let page = setting.number
        var way = funnel.block(page: page, ledger: &ledger)
        // Nothing is said of steps that have not clearly changed: the page stays calm.
        let steps = FunnelSteps(context, outcomes)
        if let step = steps.changed.first, let words = steps.words(step) {
            steps.noteChange(step, page: page, &ledger)
            way.note = RichText("\(Words.capitalised(words)).")
        }
        let blocks = [
            way,
            RatePanel(outcomes: outcomes).block(page: page, ledger: &ledger),
            RelationPanel(context).block(page: page, ledger: &ledger),
            DedicatedPanel(context, month: funnel.month).block(page: page, ledger: &ledger),
            GrossPanel(context).block(page: page, ledger: &ledger),
        ]
        let headline = WhereLostHeadline(outcomes: outcomes, funnel: funnel)
        let feet = PageFeet(
            context: context, setting: setting, tables: [.serviceVisits, .sales, .leads, .appointments, .messages])
        var layout = setting.layout(
            context, headline: headline.text, sentence: headline.sentence,
            footer: feet.footer(first: [footNote(outcomes)], ledger: ledger))
        layout.add(rows: [
            PageRow(height: .weight(1), .init(span: 6, blocks[0]), .init(span: 6, blocks[1])),
            PageRow(
                height: .weight(1.05), .init(span: 4, blocks[2]), .init(span: 4, blocks[3]), .init(span: 4, blocks[4])),
        ])
        return DrawnPage(laid: layout.finish(), headline: headline.text)
    }

    /// Without sales no month is finished in full, but the way to the appointment can be followed.
    static func newestFinished(_ context: ReportContext) -> Month? {
        guard !context.header.has(.sales) else { return nil }
        return context.labels(.funnel, .month).compactMap { Month($0) }.sorted().last { month in
            month <= context.month
                && context.count(.funnel, "mature", context.at(month)) == context.count(.funnel, "visits", context.at(month))
        }
    }

    private static func footNote(_ outcomes: VisitOutcomes) -> String {
        let newest = outcomes.newest.map { say(": \(Words.monthName($0)) is the newest finished month") } ?? ""
        return outcomes.context.settings.conversion.credit == .lastTouch
            ? say("Window \(outcomes.windowDays) days\(newest). Sales are credited to the last visit.")
            : say("Window \(outcomes.windowDays) days\(newest). Sales are credited to the first visit.")
    }

    private static func missing(_ context: ReportContext, _ setting: PageSetting) -> MissingPage {
        MissingPage(
            context: context, setting: setting,
            headline: say("No service visits exported: nobody can tell where customers are lost"),
            sentence: say("Everything on this page begins with a service visit."),
            needs: [
                .init(panel: say("Which visits bought"), table: .serviceVisits, holds: say("repair orders of the DMS")),
                .init(panel: say("Which sales came from service"), table: .sales, holds: say("deals of the DMS")),
                .init(panel: say("Who was asked"), table: .leads, holds: say("leads of the CRM")),
                .init(panel: say("Who came"), table: .appointments, holds: say("appointments of the CRM")),
                .init(panel: say("Who was reached"), table: .messages, holds: say("calls, texts, e-mails")),
            ], reads: [.sales, .leads, .appointments])
    }
}

/// What page 2 says in its first two lines.
struct WhereLostHeadline {
    let outcomes: VisitOutcomes
    let funnel: FunnelPanel
    private var context: ReportContext { outcomes.context }

    var text: String {
        if !context.header.has(.sales) { return say("No sales exported: which visits bought is not known") }
        guard let newest = outcomes.newest, let share = outcomes.share(newest) else {
            return outcomes.nextFinished.map {
                say("Too new: \(Words.monthName($0.month)) can be judged from \(Words.dayAndYear($0.day)) on")
            } ?? say("Too new: no month’s \(outcomes.windowDays) days are over")
        }
        let name = Words.monthName(newest)
        switch outcomes.standing {
        case .tooFew:
            return say("\(name): \(Words.counted(share.trials, "visit", "visits")), \(Words.count(context.minimumN)) needed")
        case .above: return say("\(bought(name, share)), above the usual range")
        case .below: return say("\(bought(name, share)), below the usual range")
        case .inside, .noRange: return funnel.headline ?? bought(name, share)
        }
    }

    private func bought(_ name: String, _ share: Proportion) -> String {
        say("\(name) \(outcomes.unit): \(Words.share(share.estimate ?? 0, decimals: 1)) bought")
    }

    var sentence: RichText {
        guard context.header.has(.sales) else {
            let way = funnel.month != nil && context.header.has(.leads)
                ? say(" The way from visit to appointment is shown as far as it is known.") : ""
            return RichText(say("Please export deals as exports/sales.csv.\(way)"))
        }
        let rate = rateSentence
        let young = outcomes.young.map(\.month)
        let names = Words.list(young.map(Words.monthName))
        let tooNew = young.isEmpty ? "" : say(young.count, " \(names) is too new.", " \(names) are too new.")
        return RichText(marked: rate + tooNew)
    }

    private var rateSentence: String {
        guard let newest = outcomes.newest, let share = outcomes.share(newest) else {
            return say("A month is judged when \(outcomes.windowDays) days have passed since its last visit.")
        }
        let name = Words.monthName(newest)
        guard share.trials >= context.minimumN, let estimate = share.estimate, let limits = share.wilson() else {
            return say("\(Words.count(share.successes)) of \(name)’s \(Words.count(share.trials)) \(outcomes.unit) bought.")
        }
        let likely = Words.likely(limits.lower, limits.upper, decimals: 1)
        let bought = say("Of \(name)’s \(outcomes.unit) **\(Words.share(estimate, decimals: 1)) bought** (\(likely))")
        let change = outcomes.change.flatMap { Words.change($0.difference, on: Words.monthName($0.before)) }
        switch outcomes.standing {
        case .above: return say("\(bought), more than is usual\(change.map { ": \($0)" } ?? "").")
        case .below: return say("\(bought), less than is usual\(change.map { ": \($0)" } ?? "").")
        case .inside: return say("\(bought), inside the usual range\(change.map { ", \($0)" } ?? "").")
        case .noRange, .tooFew: return "\(bought)\(change.map { ", \($0)" } ?? say("; nothing to compare yet"))."
        }
    }
}
