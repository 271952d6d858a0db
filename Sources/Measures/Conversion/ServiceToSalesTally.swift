import Basis
public import Dealership
public import Statistics

extension ServiceToSales {
    enum Counter: Int, CaseIterable {
        case visits, matureVisits, convertedVisits, customers, matureCustomers, convertedCustomers
        case households, matureHouseholds, convertedHouseholds
        /// Visits before the first day on which sales are known.
        case unwatched
        case sales, allSales, touches, gross, front, back, withGross

        /// Units, mature, converted.
        static func of(_ denominator: ConversionSettings.Denominator) -> (Counter, Counter, Counter) {
            switch denominator {
            case .visits: (.visits, .matureVisits, .convertedVisits)
            case .customers: (.customers, .matureCustomers, .convertedCustomers)
            case .households: (.households, .matureHouseholds, .convertedHouseholds)
            }
        }
    }
    /// Days to the credited sale, and days watched without one, of what the denominator counts; among how many visits each
    /// share of a sale's credit is divided.
    enum Histogram: Int, CaseIterable { case daysToSale, daysWatched, creditParts }

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        switch view {
        case .byVisit: byVisit(facts, spec)
        case .byDeal: byDeal(facts, spec)
        }
    }

    private func byVisit(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        let visits = facts.visits
        let columns = FactColumn.columns(spec.by, visits.count) { facts.visitColumn($0) }
        var builder = TallyBuilder(counters: Counter.allCases.count, histograms: Histogram.allCases.count)
        let filter = FactFilter(spec, facts.header)
        let firstWatched = facts.firstWatchedDay
        var cells = [Int32](repeating: -1, count: visits.count)
        for visit in 0..<visits.count where filter.admits(store: visits.store[visit], day: visits.day[visit]) {
            let cell = builder.cell(FactColumn.key(columns, visit))
            cells[visit] = Int32(truncatingIfNeeded: cell)
            if let firstWatched, visits.day[visit] < firstWatched { builder.add(to: Counter.unwatched.rawValue, of: cell) }
        }
        let units = ConversionUnits(facts)
        for denominator in ConversionSettings.Denominator.allCases {
            let (all, mature, converted) = Counter.of(denominator)
            let isOwn = denominator == self.denominator
            units.forEach(denominator, cells) { cell, unit in
                builder.add(to: all.rawValue, of: cell)
                if unit.isMature { builder.add(to: mature.rawValue, of: cell) }
                if unit.isConverted { builder.add(to: converted.rawValue, of: cell) }
                let histogram = unit.isConverted ? Histogram.daysToSale : .daysWatched
                if isOwn { builder.record(unit.days, in: histogram.rawValue, of: cell) }
            }
        }
        return builder.finish { FactColumn.labels(columns, $0) }
    }

    /// Who or what got the credit is unknown of a sale that nobody is credited with.
    private static let ofTheVisit: Set<Dimension> = [.advisor, .relation, .payType, .source, .vehicleAge, .dedicated]

    private func byDeal(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        let shares = CreditShares(facts, isLinear: credit == .linear)
        let columns = FactColumn.columns(spec.by, shares.count) { facts.saleColumn($0, shares) }
        let needsCredit = spec.by.contains { Self.ofTheVisit.contains($0) }
        var builder = TallyBuilder(counters: Counter.allCases.count, histograms: Histogram.allCases.count)
        let filter = FactFilter(spec, facts.header)
        let records = facts.journal.sales
        // By cell: the sale counted there last; shares of one sale follow each other.
        var counted: [Int] = []
        for share in 0..<shares.count {
            let sale = shares.sale[share]
            let isCredited = shares.visit[share] >= 0
            if needsCredit, !isCredited { continue }
            guard filter.admits(store: facts.sales.store[sale], day: facts.sales.day[sale]) else { continue }
            let cell = builder.cell(FactColumn.key(columns, share))
            if cell == counted.count { counted.append(-1) }
            let isNew = counted[cell] != sale
            counted[cell] = sale
            if isNew { builder.add(to: Counter.allSales.rawValue, of: cell) }
            guard isCredited else { continue }
            builder.add(to: Counter.touches.rawValue, of: cell)
            builder.record(shares.parts[share], in: Histogram.creditParts.rawValue, of: cell)
            let row = facts.sales.sale[sale]
            if isNew {
                builder.add(to: Counter.sales.rawValue, of: cell)
                if records.gross[row] != .min { builder.add(to: Counter.withGross.rawValue, of: cell) }
            }
            for (amount, counter) in [
                (records.gross[row], Counter.gross), (records.frontGross[row], .front), (records.backGross[row], .back),
            ] where amount != .min {
                builder.add(shares.amount(amount, share), to: counter.rawValue, of: cell)
            }
        }
        return builder.finish { FactColumn.labels(columns, $0) }
    }

    /// A column of the other view says nothing here, which is not 0.
    public func value(_ column: String, _ tally: Tally) -> Cell {
        view == .byVisit ? valueByVisit(column, tally) : valueByDeal(column, tally)
    }

    private func valueByVisit(_ column: String, _ tally: Tally) -> Cell {
        func count(_ counter: Counter) -> Int64 { tally.counts[counter.rawValue] }
        let (all, mature, converted) = Counter.of(denominator)
        switch column {
        case "visits": return .count(count(.visits))
        case "customers": return .count(count(.customers))
        case "households": return .count(count(.households))
        case "converted": return .count(count(converted))
        case "mature": return .count(count(mature))
        case "rate", "rate_lower", "rate_upper":
            if maturity == .required {
                if count(.unwatched) > 0 { return .none }
                if count(mature) < count(all) { return .tooNew }
            }
            return Cell(
                Proportion(successes: Int(count(converted)), trials: Int(count(all))), column, minimumN: minimumN)
        default: return .none
        }
    }

    private func valueByDeal(_ column: String, _ tally: Tally) -> Cell {
        func count(_ counter: Counter) -> Int64 { tally.counts[counter.rawValue] }
        let credited = CreditSum(tally.histograms[Histogram.creditParts.rawValue])
        switch column {
        case "sales": return .count(count(.sales))
        case "all_sales": return .count(count(.allSales))
        case "touches": return .count(count(.touches))
        case "credited_sales": return .mean(credited.decimal)
        case "credited_sales_exact": return .exact(credited.description)
        case "gross_profit": return .money(Money(minorUnits: count(.gross)))
        case "front_gross": return .money(Money(minorUnits: count(.front)))
        case "back_gross": return .money(Money(minorUnits: count(.back)))
        case "sales_with_gross": return .count(count(.withGross))
        default: return .none
        }
    }
}

extension ServiceToSales {
    /// Days to the credited sale, and days watched without one, of what the denominator counts: the input of the
    /// time-to-sale curve.
    public static func days(_ tally: Tally) -> (toSale: SparseHistogram, watched: SparseHistogram) {
        (tally.histograms[Histogram.daysToSale.rawValue], tally.histograms[Histogram.daysWatched.rawValue])
    }
}
