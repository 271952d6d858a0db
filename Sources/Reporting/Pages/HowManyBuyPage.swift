import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Statistics

/// How many of our service customers buy? The rate by month, counted three ways, and who buys more than the others.
enum HowManyBuyPage: ReportPage {
    static let tables: [ReportTable] = [
        .sales, .visits, .visitsByRelation, .visitsByPayType, .visitsBySource, .visitsByVehicleAge,
    ]

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard context.header.has(.serviceVisits), context.header.has(.sales) else {
            return ConversionMissing.page(context, setting, say("nobody can tell how many buy")).draw(ledger)
        }
        let outcomes = VisitOutcomes(context)
        let visits = FinishedVisits(outcomes)
        let page = setting.number
        let rate = RatePanel(outcomes: outcomes).block(page: page, ledger: &ledger)
        let ways = CountedWaysPanel(outcomes: outcomes).block(page: page, ledger: &ledger)
        let deals = ByDealPanel(context: context)
        let deal = deals.block(page: page, ledger: &ledger)
        let kinds = KindsOfVisits(visits: visits).cells(page: page, ledger: &ledger)
        let headline = HowManyBuyHeadline(outcomes: outcomes, deals: deals)
        let feet = PageFeet(context: context, setting: setting, tables: [.serviceVisits, .sales, .leads])
        var layout = setting.layout(
            context, headline: headline.text, sentence: headline.sentence,
            footer: feet.footer(first: [ConversionWords.foot(outcomes)], ledger: ledger))
        layout.add(rows: [
            PageRow(height: .weight(1.15), .init(span: 8, rate), .init(span: 4, ways, deal)),
            PageRow(height: .weight(1), cells: kinds),
        ])
        return DrawnPage(laid: layout.finish(), headline: headline.text)
    }
}

/// What the page says in its first two lines.
struct HowManyBuyHeadline {
    let outcomes: VisitOutcomes
    let deals: ByDealPanel
    private var context: ReportContext { outcomes.context }

    var text: String {
        guard let newest = outcomes.newest, let share = outcomes.share(newest) else {
            return ConversionWords.tooNew(outcomes)
        }
        let name = Words.monthName(newest)
        guard share.trials >= context.minimumN, let estimate = share.estimate else {
            let (had, needed) = (Words.count(share.trials), Words.count(context.minimumN))
            return outcomes.told(
                visits: say("\(name): \(had) visits, \(needed) needed"),
                customers: say("\(name): \(had) customers, \(needed) needed"),
                households: say("\(name): \(had) households, \(needed) needed"))
        }
        let rate = Words.share(estimate, decimals: 1)
        let bought = outcomes.told(
            visits: say("\(rate) of \(name)’s service visits bought"),
            customers: say("\(rate) of \(name)’s service customers bought"),
            households: say("\(rate) of \(name)’s service households bought"))
        switch outcomes.standing {
        case .above: return say("\(bought), above the usual range")
        case .below: return say("\(bought), below the usual range")
        case .inside: return say("\(bought), as is usual")
        case .noRange, .tooFew: return bought
        }
    }

    var sentence: RichText {
        var parts: [String] = []
        if let newest = outcomes.newest, let share = outcomes.share(newest), share.trials >= context.minimumN,
            let limits = share.wilson() {
            let change = outcomes.change.flatMap { Words.change($0.difference, on: Words.monthName($0.before)) }
            parts.append(
                say("""
                    \(Words.count(share.successes)) of \(Words.count(share.trials)), \
                    \(Words.likely(limits.lower, limits.upper, decimals: 1))\(change.map { "; \($0)" } ?? "").
                    """))
        }
        let young = outcomes.young.map(\.month)
        if !young.isEmpty {
            let names = Words.list(young.map(Words.monthName))
            parts.append(say(young.count, "\(names) is too new.", "\(names) are too new."))
        }
        if let share = deals.share {
            parts.append(
                say("""
                    Of \(Words.monthName(context.month))’s sales **\(Words.count(share.successes)) of \
                    \(Words.count(share.trials))** came from service.
                    """))
        }
        return RichText(marked: parts.joined(separator: " "))
    }
}

/// Words that several pages of the conversion report share.
enum ConversionWords {
    static func foot(_ outcomes: VisitOutcomes) -> String {
        let newest = outcomes.newest.map { say(": \(Words.monthName($0)) is the newest finished month") } ?? ""
        return outcomes.context.settings.conversion.credit == .lastTouch
            ? say("Window \(outcomes.windowDays) days\(newest). Sales are credited to the last visit.")
            : say("Window \(outcomes.windowDays) days\(newest). Sales are credited to the first visit.")
    }

    /// A unit as a row's or a column's title.
    static func title(_ unit: ConversionSettings.Denominator) -> String {
        switch unit {
        case .visits: say("Visits")
        case .customers: say("Customers")
        case .households: say("Households")
        }
    }

    static func tooNew(_ outcomes: VisitOutcomes) -> String {
        outcomes.nextFinished.map {
            say("Too new: \(Words.monthName($0.month)) can be judged from \(Words.dayAndYear($0.day)) on")
        } ?? say("Too new: no month’s \(outcomes.windowDays) days are over")
    }

    /// In a narrow column.
    static func shortRelation(_ label: String) -> String {
        label == "loyalty" ? say("Loyalty", context: "short") : say("Conquest", context: "short")
    }

    static func relation(_ label: String) -> String {
        switch label {
        case "loyalty": say("Loyalty")
        case "conquest": say("Conquest")
        default: say("Not on record")
        }
    }
}

extension VisitOutcomes {
    /// The sentence for what is counted.
    func told(visits: String, customers: String, households: String) -> String {
        switch context.settings.conversion.denominator {
        case .visits: visits
        case .customers: customers
        case .households: households
        }
    }
}

/// A page of the conversion report without visits or sales.
enum ConversionMissing {
    static func page(_ context: ReportContext, _ setting: PageSetting, _ then: String) -> MissingPage {
        let what = context.header.has(.serviceVisits) ? say("No sales exported") : say("No service visits exported")
        return MissingPage(
            context: context, setting: setting, headline: "\(what): \(then)",
            sentence: say("From a service visit to a sale: both are needed."),
            needs: [
                .init(
                    panel: say("Who came for service"), table: .serviceVisits, holds: say("repair orders of the DMS")),
                .init(panel: say("Who bought"), table: .sales, holds: say("deals of the DMS")),
                .init(panel: say("Who was asked"), table: .leads, holds: say("leads of the CRM")),
                .init(panel: say("Who came to look"), table: .appointments, holds: say("appointments of the CRM")),
                .init(panel: say("Who was reached"), table: .messages, holds: say("calls, texts, e-mails")),
            ], reads: [.serviceVisits, .sales, .leads])
    }
}
