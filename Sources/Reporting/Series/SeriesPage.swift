import Basis
public import Drawing
public import Statistics

/// One page on one series: the series with its change, what the change did, and how far that can be trusted.
public enum SeriesPage {
    /// - Parameter file: as the foot names the source.
    public static func draw(
        _ study: ChangeStudy, file: String, format: PageFormat, measurer: any TextMeasurer
    ) -> DrawnPage {
        let words = SeriesWords(study)
        let periods = study.table.periods
        let headline = words.headline
        var layout = PageLayout(
            format: format, measurer: measurer,
            header: PageHeader(
                question: question(study), headline: headline, sentence: RichText(words.sentence),
                place: study.table.value.name, period: say("\(periods.name(0)) to \(periods.name(periods.count - 1))")),
            footer: PageFooter(first: method(study), second: say("Source: \(file)"), page: 1, pages: 1))
        let charts = SeriesCharts(study)
        let main = Block(charts.title, sub: charts.sub, plate: charts.main)
        let facts = Block(say("The numbers"), sub: charts.numbersSub, plate: FactsPlate(rows: SeriesFacts(study).rows))
        var rows = [PageRow(height: .weight(1.25), .init(span: 8, main), .init(span: 4, facts))]
        let trust = Block(say("How this was judged"), plate: PointsPlate(points: SeriesFacts(study).points))
        if let second = charts.second {
            rows.append(PageRow(height: .weight(1), .init(span: 7, second), .init(span: 5, trust)))
        } else {
            rows.append(PageRow(.init(span: 12, trust)))
        }
        layout.add(rows: rows)
        return DrawnPage(laid: layout.finish(), headline: headline)
    }

    private static func question(_ study: ChangeStudy) -> String {
        study.settings.method == .xmr ? say("Is it out of the ordinary?") : say("Did the change work?")
    }

    private static func method(_ study: ChangeStudy) -> String {
        switch study.answer {
        case .interrupted(let fit):
            switch fit.model {
            case .autoregressive: say("Method: segmented regression, AR(1) by REML, Kenward–Roger t.")
            case .counts: say("Method: segmented regression, quasi-Poisson, z or AR(1) t, the wider.")
            case .neweyWest: say("Method: segmented regression, least squares, Newey–West, t.")
            }
        case .counterfactual(let impact, _):
            say("""
                Method: local level, maximum likelihood, parametric bootstrap, \(impact.replicates) series, \
                seed \(impact.seed).
                """)
        case .comparison: say("Method: difference in differences, t over controls.")
        case .chart: say("Method: XmR chart, moving ranges screened once.")
        case .shares: say("Method: Laney P\u{2032} chart, moving ranges screened once.")
        case .none: say("No method gave an answer.")
        }
    }
}
