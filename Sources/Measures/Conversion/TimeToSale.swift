import Basis
public import Dealership
import Statistics

/// How soon service visits become sales: the Kaplan–Meier share that bought by each day since the visit. DEFINITIONS 2,
/// Maturity.
public struct TimeToSale: Measure {
    public var windowDays: Int
    public var credit: ConversionSettings.Credit
    public var denominator: ConversionSettings.Denominator
    public var minimumN: Int

    public init(
        windowDays: Int, credit: ConversionSettings.Credit, denominator: ConversionSettings.Denominator, minimumN: Int
    ) {
        self.windowDays = windowDays
        self.credit = credit
        self.denominator = denominator
        self.minimumN = minimumN
    }

    public init?(_ parameters: inout some ParameterReading) {
        let usual = parameters.settings.conversion
        self.init(
            windowDays: parameters.days("window") ?? usual.windowDays,
            credit: parameters.choice("credit", ConversionSettings.Credit.self) ?? usual.credit,
            denominator: parameters.choice("denominator", ConversionSettings.Denominator.self) ?? usual.denominator,
            minimumN: parameters.minimumN())
    }

    public var inForce: [(parameter: String, value: String)] {
        [
            ("window", "\(windowDays) days"), ("credit", credit.rawValue), ("denominator", denominator.rawValue),
            ("minimum-n", String(minimumN)),
        ]
    }

    public func linking(_ usual: LinkingParameters) -> LinkingParameters {
        var own = usual
        own.windowDays = windowDays
        own.credit = credit
        return own
    }

    public func isKnown(_ header: JournalHeader) -> Bool { header.knows(.serviceVisits) && header.knows(.sales) }

    /// Days since the visit that have columns of their own, beside the window.
    static let days = [7, 14, 30, 60]

    static let parameters: [MeasureEntry.Parameter] = [
        .window, .init("credit", "last-touch or first-touch; else the dealership's"),
        .init("denominator", "visits, customers or households; else the dealership's"), .minimumN,
    ]

    public static let entry = MeasureEntry(
        name: "time-to-sale", code: "TTS", title: "Time from service visit to sale",
        summary: "The share of service visits that bought by each day since the visit, also of months not yet finished.",
        definition: """
            The Kaplan–Meier share F(t) of the period's visits (customers, households) whose credited sale came within t \
            days, counted between local dates; log–log limits from Greenwood's variance. A visit without a credited sale \
            is at risk until its window or the sales on record end, also where another visit got the credit: finished \
            months end at their rate. F(t) is printed while at least `minimum-n` are at risk on day t, or when nobody's \
            time was cut short before it. t* is the last such day within the window; finished_share_at_t_star is the \
            share of all finished months together by the same day. A customer bought with the first visit that became a \
            sale, and has else been watched as long as the latest visit. Kaplan, Meier 1958 \
            (doi:10.1080/01621459.1958.10501452); Greenwood 1926.
            """,
        dimensions: [.store, .month, .advisor, .relation, .payType, .vehicleAge, .workplace],
        columns: [
            .init("visits", "visits of the period"),
            .init("followed", "what the denominator counts: visits, customers or households"),
            .init("converted", "of the followed, those with a credited sale so far"),
            .init("mature", "of the followed, those whose window has ended by the as-of day"),
        ] + days.flatMap { columns("by_\($0)", at: "\($0)", "by day \($0); empty beyond the window or while too new") }
            + columns("by_window", at: "window", "by the window's last day")
            + [.init("t_star_days", "the last day within the window that enough have reached")]
            + columns("at_t_star", at: "t_star", "by day t*")
            + [
                .init("finished_share_at_t_star", "share of all finished months that bought by day t*"),
                .init("finished_share_at_t_star_lower", "its lower limit"),
                .init("finished_share_at_t_star_upper", "its upper limit"),
                .init("finished", "how many the finished months count together"),
                .init("half_of_sales_days", "days until half of those had bought that bought within the window"),
                .init("three_in_four_of_sales_days", "days until three in four of them had"),
                .init("nine_in_ten_of_sales_days", "days until nine in ten of them had"),
            ],
        parameters: parameters, needs: ["service_visits", "sales"])

    private static func columns(_ name: String, at: String, _ meaning: String) -> [MeasureEntry.Column] {
        [
            .init("share_\(name)", "share that bought \(meaning)"), .init("share_\(name)_lower", "its lower limit"),
            .init("share_\(name)_upper", "its upper limit"), .init("at_risk_\(at)", "still followed on that day"),
        ]
    }
}

extension TimeToSale {
    /// The visits, with the sale or how long they have been followed.
    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        ServiceToSales(
            view: .byVisit, windowDays: windowDays, credit: .init(credit), denominator: denominator, maturity: .required,
            minimumN: minimumN
        ).evidence(facts, slice)
    }

    enum Counter: Int, CaseIterable { case visits, units, mature, converted, unwatched }
    /// Days to the sale and days watched without one: of the cell, and once the table is complete of all finished months.
    enum Histogram: Int, CaseIterable { case toSale, watched, finishedToSale, finishedWatched }

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        let visits = facts.visits
        let columns = FactColumn.columns(spec.by, visits.count) { facts.visitColumn($0) }
        var builder = TallyBuilder(counters: Counter.allCases.count, histograms: Histogram.allCases.count)
        var wanted = spec
        // Finished months are compared with, whichever months are asked for; `completed` leaves those out then.
        if spec.by.contains(.month) { wanted.months = nil }
        let filter = FactFilter(wanted, facts.header)
        let firstWatched = facts.firstWatchedDay
        var cells = [Int32](repeating: -1, count: visits.count)
        for visit in 0..<visits.count where filter.admits(store: visits.store[visit], day: visits.day[visit]) {
            let cell = builder.cell(FactColumn.key(columns, visit))
            cells[visit] = Int32(truncatingIfNeeded: cell)
            builder.add(to: Counter.visits.rawValue, of: cell)
            if let firstWatched, visits.day[visit] < firstWatched { builder.add(to: Counter.unwatched.rawValue, of: cell) }
        }
        ConversionUnits(facts).forEach(denominator, cells) { cell, unit in
            builder.add(to: Counter.units.rawValue, of: cell)
            if unit.isMature { builder.add(to: Counter.mature.rawValue, of: cell) }
            if unit.isConverted { builder.add(to: Counter.converted.rawValue, of: cell) }
            builder.record(unit.days, in: (unit.isConverted ? Histogram.toSale : .watched).rawValue, of: cell)
        }
        return builder.finish { FactColumn.labels(columns, $0) }
    }

    /// Every cell learns what all finished months of its row together did, and months not asked for are left out.
    public func completed(_ table: TallyTable, _ spec: TableSpec) -> TallyTable {
        guard let place = spec.by.firstIndex(of: .month) else { return table }
        func row(_ labels: [String]) -> [String] {
            var labels = labels
            labels.remove(at: place)
            return labels
        }
        var finished: [[String]: Tally] = [:]
        for (labels, tally) in table.cells where TimeToSale.isFinished(tally) {
            finished[row(labels)] = finished[row(labels)].map { $0 + tally } ?? tally
        }
        var completed = TallyTable()
        for (labels, tally) in table.cells {
            if let months = spec.months, Month(labels[place]).map(months.contains) != true { continue }
            var tally = tally
            if let all = finished[row(labels)] {
                tally.histograms[Histogram.finishedToSale.rawValue] = all.histograms[Histogram.toSale.rawValue]
                tally.histograms[Histogram.finishedWatched.rawValue] = all.histograms[Histogram.watched.rawValue]
            }
            completed.cells[labels] = tally
        }
        return completed
    }

    /// All windows are over, and sales were on record when they began.
    static func isFinished(_ tally: Tally) -> Bool {
        tally.counts[Counter.mature.rawValue] == tally.counts[Counter.units.rawValue]
            && tally.counts[Counter.unwatched.rawValue] == 0
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        switch column {
        case "visits": return .count(tally.counts[Counter.visits.rawValue])
        case "followed": return .count(tally.counts[Counter.units.rawValue])
        case "converted": return .count(tally.counts[Counter.converted.rawValue])
        case "mature": return .count(tally.counts[Counter.mature.rawValue])
        case "finished": return finished(tally).map { .count($0.count) } ?? .none
        case "half_of_sales_days": return daysOfSales(.median, tally)
        case "three_in_four_of_sales_days": return daysOfSales(Quantile(numerator: 3, denominator: 4), tally)
        case "nine_in_ten_of_sales_days": return daysOfSales(Quantile(numerator: 9, denominator: 10), tally)
        default: break
        }
        guard let curve = curve(tally) else { return .none }
        if column == "t_star_days" { return curve.latestDay.map { .count(Int64($0)) } ?? curve.share(by: 0).asCell }
        guard let day = day(column, curve) else { return .none }
        if column.hasPrefix("at_risk") { return .count(curve.curve.atRisk(Int64(day))) }
        if column.hasPrefix("finished") { return Cell(finished(tally)?.share(by: Int64(day)), column) }
        return Cell(curve.share(by: day), column)
    }

    /// The day by which a part of those had bought that did.
    private func daysOfSales(_ part: Quantile, _ tally: Tally) -> Cell {
        curve(tally).flatMap { $0.curve.events.quantile(part) }.map { .count($0) } ?? .none
    }

    /// The day that a column's name means; nil: beyond the window, or nobody has come so far.
    private func day(_ column: String, _ curve: ConversionCurve) -> Int? {
        if column.contains("t_star") { return curve.latestDay ?? (column.hasPrefix("share") ? 0 : nil) }
        if column.contains("window") { return windowDays }
        return TimeToSale.days.first { column.split(separator: "_").contains(Substring(String($0))) && $0 <= windowDays }
    }

    /// Nil: sales of these visits are not known in full.
    public func curve(_ tally: Tally) -> ConversionCurve? {
        guard tally.counts[Counter.unwatched.rawValue] == 0 else { return nil }
        return ConversionCurve(
            toSale: tally.histograms[Histogram.toSale.rawValue], watched: tally.histograms[Histogram.watched.rawValue],
            windowDays: windowDays, minimumN: minimumN)
    }

    /// Of all finished months; nil where there are none.
    private func finished(_ tally: Tally) -> KaplanMeier? {
        let curve = KaplanMeier(
            events: tally.histograms[Histogram.finishedToSale.rawValue],
            censored: tally.histograms[Histogram.finishedWatched.rawValue])
        return curve.count > 0 ? curve : nil
    }
}
