import Basis
public import Dealership
public import Statistics

/// Who bought here and comes back for the first service. DEFINITIONS 2, Way back.
public struct WayBack: Measure {
    /// Days after the sale within which the first service must be booked; nil: nobody said.
    public var days: Int?
    public var minimumN: Int
    public init(days: Int?, minimumN: Int) {
        self.days = days
        self.minimumN = minimumN
    }

    public init?(_ parameters: inout some ParameterReading) {
        self.init(
            days: parameters.days("days") ?? parameters.settings.conversion.wayBackDays, minimumN: parameters.minimumN())
    }

    public var inForce: [(parameter: String, value: String)] {
        [("days", days.map(String.init) ?? "not said"), ("minimum-n", String(minimumN))]
    }

    public func isKnown(_ header: JournalHeader) -> Bool {
        days != nil && header.knows(.sales) && (header.knows(.serviceVisits) || header.knows(.appointments))
    }

    public static let entry = MeasureEntry(
        name: "way-back", code: "BACK", title: "Way back to service",
        summary: "Of the customers who bought a car, how many book its first service here within the days you set.",
        definition: """
            Retail sales of the period with a customer. A sale found its way back when, at most `days` days after it, a \
            service appointment of the customer was booked (cancelled ones left out; without a booking day, the day it is \
            for) or a service visit came; of the sold car, where both VINs are known. Days are counted between local dates. A \
            rate is printed when the days of all sales are over by the end of the scarcest export. For younger ones \
            share_so_far is the Kaplan–Meier share by share_days, the last day since the sale with minimum n sales still at \
            risk. Interval: Wilson 1927; of share_so_far log–log limits by Greenwood's variance (Kaplan, Meier 1958).
            """,
        dimensions: [.store, .month, .salesperson],
        columns: [
            .init("sales", "retail sales with a customer"),
            .init("back", "of these, with a first service booked within the days"),
            .init("booked", "of these, by an appointment; the others came unbooked"),
            .init("mature", "sales whose days are over"),
            .init("rate", "back / sales; empty below minimum n or while too new"),
            .init("rate_lower", "Wilson 95 % lower limit of rate"),
            .init("rate_upper", "Wilson 95 % upper limit of rate"),
            .init("back_days", "median days from the sale of those who are back; empty while too new"),
            .init("share_days", "the last day since the sale that minimum n sales have reached"),
            .init("share_so_far", "Kaplan–Meier share back by share_days"),
            .init("share_so_far_lower", "95 % lower limit of share_so_far"),
            .init("share_so_far_upper", "95 % upper limit of share_so_far"),
        ],
        parameters: [.init("days", "days after the sale at most; else the dealership's way-back"), .minimumN],
        needs: ["sales", "service_visits"])

    private enum Counter: Int, CaseIterable { case sales, back, booked, mature }
    /// Days from the sale to the first service, and days watched without one.
    private enum Histogram: Int, CaseIterable { case backDays, watchedDays }

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        guard let days else { return TallyTable() }
        let (sales, back) = (facts.sales, facts.wayBack)
        let columns = FactColumn.columns(spec.by, sales.count) { WayBack.column($0, facts) }
        var builder = TallyBuilder(counters: Counter.allCases.count, histograms: Histogram.allCases.count)
        let filter = FactFilter(spec, facts.header)
        for sale in 0..<sales.count
        where sales.identity[sale] >= 0 && filter.admits(store: sales.store[sale], day: sales.day[sale]) {
            let cell = builder.cell(FactColumn.key(columns, sale))
            builder.add(to: Counter.sales.rawValue, of: cell)
            let watched = back.lastWatchedDay(store: sales.store[sale]) - sales.day[sale]
            if watched >= days { builder.add(to: Counter.mature.rawValue, of: cell) }
            if let lag = back.lag(sale, facts), lag <= min(days, max(0, watched)) {
                builder.add(to: Counter.back.rawValue, of: cell)
                if back.isBooked[sale] { builder.add(to: Counter.booked.rawValue, of: cell) }
                builder.record(Int32(lag), in: Histogram.backDays.rawValue, of: cell)
            } else {
                builder.record(Int32(clamping: max(0, min(watched, days))), in: Histogram.watchedDays.rawValue, of: cell)
            }
        }
        return builder.finish { FactColumn.labels(columns, $0) }
    }

    private static func column(_ dimension: Dimension, _ facts: Facts) -> FactColumn? {
        [.store, .month, .salesperson].contains(dimension) ? facts.saleColumn(dimension, CreditShares(facts, isLinear: false)) : nil
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        func count(_ counter: Counter) -> Int64 { tally.counts[counter.rawValue] }
        let isFinished = count(.mature) == count(.sales)
        switch column {
        case "sales": return .count(count(.sales))
        case "back": return .count(count(.back))
        case "booked": return .count(count(.booked))
        case "mature": return .count(count(.mature))
        case "rate", "rate_lower", "rate_upper":
            if !isFinished { return .tooNew }
            return Cell(Proportion(successes: Int(count(.back)), trials: Int(count(.sales))), column, minimumN: minimumN)
        case "back_days":
            if !isFinished { return .tooNew }
            return tally.histograms[Histogram.backDays.rawValue].quantile(.median).map(Cell.count) ?? .none
        case "share_days", "share_so_far", "share_so_far_lower", "share_so_far_upper":
            guard let soFar = soFar(tally) else {
                return .tooFew(TooFew(had: Int(count(.sales)), needed: minimumN))
            }
            switch column {
            case "share_days": return .count(Int64(soFar.days))
            case "share_so_far": return .share(soFar.share)
            case "share_so_far_lower": return .share(soFar.limits.lower)
            default: return .share(soFar.limits.upper)
            }
        default: return .none
        }
    }

    /// The curve of those back by days since the sale.
    public static func curve(_ tally: Tally) -> KaplanMeier {
        KaplanMeier(
            events: tally.histograms[Histogram.backDays.rawValue], censored: tally.histograms[Histogram.watchedDays.rawValue])
    }

    /// The share by the last day that minimum n sales have reached; nil: so many there are not.
    private func soFar(_ tally: Tally) -> (days: Int, share: Double, limits: ConfidenceInterval)? {
        guard let days else { return nil }
        let curve = WayBack.curve(tally)
        guard let last = (0...days).last(where: { curve.atRisk(Int64($0)) >= Int64(minimumN) }),
            let share = curve.share(by: Int64(last))
        else { return nil }
        return (last, share.estimate, share.interval)
    }

    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        guard let days else { return nil }
        let (journal, sales, back) = (facts.journal, facts.sales, facts.wayBack)
        let behind = VisitRows(facts)
        let customers = CustomerRows(facts)
        let rows = facts.selected(sales.count, slice) { WayBack.column($0, facts) }.map { sale -> Evidence.Row in
            let row = sales.sale[sale]
            let watched = back.lastWatchedDay(store: sales.store[sale]) - sales.day[sale]
            let lag = back.lag(sale, facts).flatMap { $0 <= min(days, max(0, watched)) ? $0 : nil }
            let standing = sales.identity[sale] < 0 ? "no customer"
                : lag != nil ? (back.isBooked[sale] ? "booked" : "came unbooked")
                : watched >= days ? "not back within the days" : "days not over"
            let came = lag.map { _ in Day(number: back.day[sale]) }.map { day in
                customers.rows(of: sales.identity[sale], [.orders, .appointments], on: day...day)
            }
            return Evidence.Row(
                cells: [
                    journal.sales.identifiers[Int32(row)], facts.header.stores[Int(sales.store[sale])].identifier,
                    facts.local(journal.sales.soldAt[row], store: sales.store[sale]),
                    journal.people[journal.sales.salesperson[row]],
                    lag.map { (sales.day[sale] + $0).description } ?? "", lag.map(String.init) ?? "",
                ], isCounted: sales.identity[sale] >= 0, standing: standing, source: journal.sales.source[row],
                restsOn: behind.rows(ofSale: row) + (came ?? []))
        }
        return Evidence(
            columns: ["sale_id", "store_id", "sold_at", "salesperson_id", "first_service_on", "days_between"], rows: rows)
    }
}

extension WayBackFacts {
    /// Days from the sale to the first service; nil: none so far. A store further west may book on the day before the sale's.
    fileprivate func lag(_ sale: Int, _ facts: Facts) -> Int? {
        day[sale] == WayBackFacts.never ? nil : max(0, Int(day[sale]) - Int(facts.sales.day[sale].number))
    }
}
