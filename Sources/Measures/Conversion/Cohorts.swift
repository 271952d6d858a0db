public import Dealership
import Statistics

/// The cohort triangle: of the visits of each month, the share that bought by so many days since the visit. DEFINITIONS 2,
/// Maturity. A heat map is drawn of `month` × `since`.
public struct Cohorts: Measure {
    /// Parameters and unit are those of the time-to-sale curve.
    public var time: TimeToSale
    public init(_ time: TimeToSale) { self.time = time }

    public init?(_ parameters: inout some ParameterReading) {
        guard let time = TimeToSale(&parameters) else { return nil }
        self.time = time
    }

    public var inForce: [(parameter: String, value: String)] { time.inForce }
    public func linking(_ usual: LinkingParameters) -> LinkingParameters { time.linking(usual) }
    public func isKnown(_ header: JournalHeader) -> Bool { time.isKnown(header) }

    /// Days since the visit at which the cohorts are looked at: those below the window, and the window.
    public var days: [Int] {
        [7, 14, 21, 30, 45, 60, 90, 120, 180, 270, 365, 540, 730, 1_095, 1_825, 2_555].filter { $0 < time.windowDays }
            + [time.windowDays]
    }

    /// `007`, `060`: labels in the order of their days.
    public static func label(_ days: Int) -> String {
        let text = String(days)
        return String(repeating: "0", count: max(0, 3 - text.count)) + text
    }

    public static let entry = MeasureEntry(
        name: "cohorts", code: "COH", title: "Cohorts of service visits",
        summary: "Of each month's service visits the share that bought within 7, 14, 21, 30, 45, 60 … days: the triangle.",
        definition: """
            Of the period's visits (customers, households) the Kaplan–Meier share with a credited sale by so many days \
            since the visit (dimension `since`, three digits; without it the window). Printed while at least `minimum-n` \
            are at risk on that day or nobody's time was cut short before it; else too new. Where `complete` is less than \
            `followed` the cell is young and drawn hollow. Log–log limits from Greenwood's variance. Kaplan, Meier 1958 \
            (doi:10.1080/01621459.1958.10501452).
            """,
        dimensions: [.store, .month, .advisor, .relation, .payType, .vehicleAge, .workplace, .since],
        columns: [
            .init("visits", "visits of the period"),
            .init("followed", "what the denominator counts: visits, customers or households"),
            .init("converted", "of the followed, those with a credited sale by that day"),
            .init("at_risk", "still followed on that day, not having bought before it"),
            .init("complete", "followed through that day, or bought by it"),
            .init("share", "share that bought by that day"), .init("share_lower", "its lower limit"),
            .init("share_upper", "its upper limit"),
        ],
        parameters: TimeToSale.parameters, needs: ["service_visits", "sales"])

    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        var visits = slice
        visits.labels[.since] = nil
        let day = slice.labels[.since].flatMap { Int($0) } ?? time.windowDays
        guard var evidence = time.evidence(facts, visits), let days = evidence.columns.firstIndex(of: "days_between") else {
            return nil
        }
        for row in evidence.rows.indices {
            if let passed = Int(evidence.rows[row].cells[days]), passed > day { evidence.rows[row].standing = "bought later" }
        }
        return evidence
    }

    enum Counter: Int, CaseIterable { case visits, units, converted, atRisk, complete, unwatched }
    /// Both as of the cohort's day: whoever bought later, or was followed longer, was followed until that day.
    enum Histogram: Int, CaseIterable { case toSale, watched }

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        let visits = facts.visits
        var columns = FactColumn.columns(spec.by, visits.count) { facts.visitColumn($0) }
        var builder = TallyBuilder(counters: Counter.allCases.count, histograms: Histogram.allCases.count)
        let filter = FactFilter(spec, facts.header)
        let units = ConversionUnits(facts)
        let firstWatched = facts.firstWatchedDay
        let place = spec.by.firstIndex(of: .since)
        for day in place == nil ? [time.windowDays] : days {
            if let place {
                columns[place] = FactColumn(codes: [Int32](repeating: Int32(day), count: visits.count)) {
                    Cohorts.label(Int($0))
                }
            }
            var cells = [Int32](repeating: -1, count: visits.count)
            for visit in 0..<visits.count where filter.admits(store: visits.store[visit], day: visits.day[visit]) {
                let cell = builder.cell(FactColumn.key(columns, visit))
                cells[visit] = Int32(truncatingIfNeeded: cell)
                builder.add(to: Counter.visits.rawValue, of: cell)
                if let firstWatched, visits.day[visit] < firstWatched {
                    builder.add(to: Counter.unwatched.rawValue, of: cell)
                }
            }
            units.forEach(time.denominator, cells) { cell, unit in
                let bought = unit.isConverted && unit.days <= Int32(day)
                builder.add(to: Counter.units.rawValue, of: cell)
                if bought { builder.add(to: Counter.converted.rawValue, of: cell) }
                if unit.days >= Int32(day) { builder.add(to: Counter.atRisk.rawValue, of: cell) }
                if bought || unit.days >= Int32(day) { builder.add(to: Counter.complete.rawValue, of: cell) }
                builder.record(
                    min(unit.days, Int32(day)), in: (bought ? Histogram.toSale : .watched).rawValue, of: cell)
            }
        }
        return builder.finish { FactColumn.labels(columns, $0) }
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        func count(_ counter: Counter) -> Int64 { tally.counts[counter.rawValue] }
        switch column {
        case "visits": return .count(count(.visits))
        case "followed": return .count(count(.units))
        case "converted": return .count(count(.converted))
        case "at_risk": return count(.unwatched) > 0 ? .none : .count(count(.atRisk))
        case "complete": return .count(count(.complete))
        case "share", "share_lower", "share_upper":
            if count(.unwatched) > 0 { return .none }
            if count(.units) < Int64(time.minimumN) {
                return .tooFew(TooFew(had: Int(count(.units)), needed: time.minimumN))
            }
            if count(.complete) < count(.units), count(.atRisk) < Int64(time.minimumN) { return .tooNew }
            let curve = KaplanMeier(
                events: tally.histograms[Histogram.toSale.rawValue], censored: tally.histograms[Histogram.watched.rawValue])
            // Where anybody came so far, the last time there is is the cohort's day.
            return Cell(curve.share(by: curve.steps.last?.time ?? 0), column)
        default: return .none
        }
    }
}
