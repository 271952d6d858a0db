import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// The newest finished month's rate by visits, by customers and by households: the same sales, three denominators.
struct CountedWaysPanel {
    struct Way {
        var unit: ConversionSettings.Denominator
        var code: String
        var share: Proportion
        var name: String { ConversionWords.title(unit) }
    }

    let outcomes: VisitOutcomes
    private var context: ReportContext { outcomes.context }

    private func ways(_ month: Month) -> [Way] {
        guard let tally = context.tally(.visits, context.at(month)) else { return [] }
        let codes: [ConversionSettings.Denominator: String] = [.visits: "S2S-20", .customers: "S2S-21", .households: "S2S-22"]
        return ConversionSettings.Denominator.allCases.compactMap { unit in
            // One tally counts all three.
            let measure = Figures.byVisit(context.settings, of: unit).measure
            guard case .count(let trials) = measure.value(unit.rawValue, tally), trials > 0,
                case .count(let bought) = measure.value("converted", tally), bought <= trials, let code = codes[unit]
            else { return nil }
            return Way(unit: unit, code: code, share: Proportion(successes: Int(bought), trials: Int(trials)))
        }
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let sub = outcomes.newest.map { say("The same sales of \(Words.month($0)), counted three ways") }
            ?? say("The same sales of a finished month, counted three ways")
        guard let month = outcomes.newest else {
            return Block(
                say("Counted three ways: not yet"), sub: sub, plate: NoticePlate(say("No month is finished yet.")))
        }
        let ways = ways(month)
        for way in ways where way.share.trials >= context.minimumN {
            ledger.note(page: page, context.figure(way.code, month), "\(way.unit.rawValue) that bought", way.share)
        }
        let rows = ways.map { way -> TablePlate.Row in
            let isOurs = way.unit == context.settings.conversion.denominator
            let name = Label(way.name, bold: isOurs ? true : nil)
            let counts = Label(say("\(Words.count(way.share.successes)) of \(Words.count(way.share.trials))"))
            guard way.share.trials >= context.minimumN, let estimate = way.share.estimate, let limits = way.share.wilson()
            else { return .row([name, counts, Label(say("too few"), .quiet), ""]) }
            return .row([
                name, counts, Label(Words.share(estimate, decimals: 1), bold: true),
                Label("\((limits.lower * 100).shown(1))–\((limits.upper * 100).shown(1))"),
            ])
        }
        return Block(
            finding(ways), sub: sub,
            plate: TablePlate(
                columns: [
                    .init(say("Counted by")), .init(say("Bought"), align: .right), .init(say("Share"), align: .right),
                    .init(say("Likely"), align: .right),
                ], rows: rows, rowHeight: 15.5))
    }

    private func finding(_ ways: [Way]) -> String {
        let ours = ways.first { $0.unit == context.settings.conversion.denominator }
        guard let share = ours?.share, share.successes > 0, share.trials >= context.minimumN else {
            return say("By visit, by customer, by household")
        }
        let one = Int((Double(share.trials) / Double(share.successes)).rounded())
        if one < 2 { return say("By visit, by customer, by household") }
        return outcomes.told(
            visits: say("One in \(Words.count(one)) visits ends in a sale"),
            customers: say("One in \(Words.count(one)) customers ends in a sale"),
            households: say("One in \(Words.count(one)) households ends in a sale"))
    }
}

/// Of the report month's sales, those from service.
struct ByDealPanel {
    let context: ReportContext

    /// Nil: no sales on record for the month.
    var share: Proportion? {
        let month = context.at(context.month)
        guard let all = context.count(.sales, "all_sales", month), let ours = context.count(.sales, "sales", month),
            ours <= all, all > 0
        else { return nil }
        return Proportion(successes: ours, trials: all)
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let month = Words.monthName(context.month)
        let sub = say("By month of sale, whenever the visit was")
        guard let share else {
            return Block(say("No sales on record for \(month)"), sub: sub, plate: ParagraphPlate(""))
        }
        ledger.note(page: page, context.figure("S2S-01", context.month), "of all sales, those from service", share)
        guard share.trials >= context.minimumN, let estimate = share.estimate else {
            return Block(
                say(
                    share.trials, "\(Words.count(share.successes)) of \(month)’s \(Words.count(share.trials)) sale from service",
                    "\(Words.count(share.successes)) of \(month)’s \(Words.count(share.trials)) sales from service"),
                sub: sub, plate: ShareBarPlate(title: "", parts: [], absence: .tooFew(Words.tooFew(share.trials, of: context.minimumN))))
        }
        let rest = share.trials - share.successes
        return Block(
            say("\(Words.share(estimate)) of \(month)’s sales came from service"), sub: sub,
            plate: ShareBarPlate(
                title: "",
                parts: [
                    .init(say("from service"), Double(share.successes), Words.count(share.successes), .strong),
                    .init(say("not from service"), Double(rest), Words.count(rest), .pale),
                ]))
    }
}
