import Basis
public import Dealership
public import Statistics

extension ServiceToSales {
    enum Counter: Int, CaseIterable {
        case visits, mature, convertedVisits, customers, convertedCustomers
        case sales, allSales, gross, front, back, withGross
    }
    /// Days from visit to credited sale, and days watched without one.
    enum Histogram: Int, CaseIterable { case lagDays, watchedDays }

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
        // The first sale credited to each visit; a visit converts at most once.
        var saleDay = [Int32](repeating: .max, count: visits.count)
        for sale in 0..<facts.sales.count where facts.sales.visit[sale] >= 0 {
            let visit = Int(facts.sales.visit[sale])
            saleDay[visit] = min(saleDay[visit], facts.sales.day[sale].number)
        }
        var seen: Set<CustomerCell> = []
        var converted: Set<CustomerCell> = []
        let filter = FactFilter(spec, facts.header)
        for visit in 0..<visits.count where filter.admits(store: visits.store[visit], day: visits.day[visit]) {
            let cell = builder.cell(FactColumn.key(columns, visit))
            let watched = facts.lastWatchedDay(store: visits.store[visit]) - visits.day[visit]
            builder.add(to: Counter.visits.rawValue, of: cell)
            if watched >= windowDays { builder.add(to: Counter.mature.rawValue, of: cell) }
            let customer = CustomerCell(
                cell: Int32(truncatingIfNeeded: cell),
                // A visit without a customer number is its own customer.
                customer: visits.identity[visit] >= 0 ? visits.identity[visit] : -2 - Int32(truncatingIfNeeded: visit))
            if seen.insert(customer).inserted { builder.add(to: Counter.customers.rawValue, of: cell) }
            if saleDay[visit] != .max {
                builder.add(to: Counter.convertedVisits.rawValue, of: cell)
                // A store further west may sell on the day before the visit's.
                builder.record(max(0, saleDay[visit] - visits.day[visit].number), in: Histogram.lagDays.rawValue, of: cell)
                if converted.insert(customer).inserted {
                    builder.add(to: Counter.convertedCustomers.rawValue, of: cell)
                }
            } else {
                builder.record(
                    Int32(clamping: max(0, min(watched, windowDays))), in: Histogram.watchedDays.rawValue, of: cell)
            }
        }
        return builder.finish { FactColumn.labels(columns, $0) }
    }

    private struct CustomerCell: Hashable {
        var cell: Int32
        var customer: Int32
    }

    private func byDeal(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        let columns = FactColumn.columns(spec.by, facts.sales.count) { facts.saleColumn($0) }
        // Who or what got the credit is unknown of a sale that nobody is credited with.
        let needsCredit = spec.by.contains { [.advisor, .relation, .payType].contains($0) }
        var builder = TallyBuilder(counters: Counter.allCases.count, histograms: Histogram.allCases.count)
        let filter = FactFilter(spec, facts.header)
        for sale in 0..<facts.sales.count where filter.admits(store: facts.sales.store[sale], day: facts.sales.day[sale]) {
            let isCredited = facts.sales.visit[sale] >= 0
            if needsCredit, !isCredited { continue }
            let cell = builder.cell(FactColumn.key(columns, sale))
            builder.add(to: Counter.allSales.rawValue, of: cell)
            guard isCredited else { continue }
            builder.add(to: Counter.sales.rawValue, of: cell)
            let row = facts.sales.sale[sale]
            let records = facts.journal.sales
            if records.gross[row] != .min {
                builder.add(records.gross[row], to: Counter.gross.rawValue, of: cell)
                builder.add(to: Counter.withGross.rawValue, of: cell)
            }
            if records.frontGross[row] != .min { builder.add(records.frontGross[row], to: Counter.front.rawValue, of: cell) }
            if records.backGross[row] != .min { builder.add(records.backGross[row], to: Counter.back.rawValue, of: cell) }
        }
        return builder.finish { FactColumn.labels(columns, $0) }
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        func count(_ counter: Counter) -> Int64 { tally.counts[counter.rawValue] }
        let isByVisits = denominator == .visits
        let trials = isByVisits ? count(.visits) : count(.customers)
        let converted = isByVisits ? count(.convertedVisits) : count(.convertedCustomers)
        switch column {
        case "visits": return .count(count(.visits))
        case "customers": return .count(count(.customers))
        case "converted": return .count(converted)
        case "mature": return .count(count(.mature))
        case "rate", "rate_lower", "rate_upper":
            if maturity == .required, count(.mature) < count(.visits) { return .tooNew }
            return Cell(Proportion(successes: Int(converted), trials: Int(trials)), column, minimumN: minimumN)
        case "sales": return .count(count(.sales))
        case "all_sales": return .count(count(.allSales))
        case "gross_profit": return .money(Money(minorUnits: count(.gross)))
        case "front_gross": return .money(Money(minorUnits: count(.front)))
        case "back_gross": return .money(Money(minorUnits: count(.back)))
        case "sales_with_gross": return .count(count(.withGross))
        default: return .none
        }
    }
}

extension Facts {
    private func relation(_ visit: Int) -> Int32 {
        switch visits.boughtHere[visit] {
        case true: 1
        case false: 0
        case nil: -1
        }
    }
    private static func relationWords(_ code: Int32) -> String { code < 0 ? "" : code == 1 ? "loyalty" : "conquest" }

    func visitColumn(_ dimension: Dimension) -> FactColumn? {
        switch dimension {
        case .store: storeColumn(visits.store)
        case .month: monthColumn(visits.day)
        case .advisor: personColumn(visits.advisor)
        case .relation: FactColumn(codes: (0..<visits.count).map(relation), label: Facts.relationWords)
        case .payType: payTypeColumn((0..<visits.count).map { $0 })
        default: nil
        }
    }

    func saleColumn(_ dimension: Dimension) -> FactColumn? {
        let visit = sales.visit.map { Int($0) }
        switch dimension {
        case .store: return storeColumn(sales.store)
        case .month: return monthColumn(sales.day)
        case .advisor: return personColumn(visit.map { $0 >= 0 ? visits.advisor[$0] : -1 })
        case .salesperson: return personColumn(sales.sale.map { journal.sales.salesperson[$0] })
        case .relation:
            return FactColumn(codes: visit.map { $0 >= 0 ? relation($0) : -1 }, label: Facts.relationWords)
        case .payType: return payTypeColumn(visit)
        default: return nil
        }
    }

    private func payTypeColumn(_ visit: [Int]) -> FactColumn {
        FactColumn(codes: visit.map { $0 < 0 ? -1 : Int32(visits.payType[$0]?.rawValue ?? 255) }) { code in
            switch PayType(rawValue: UInt8(clamping: code)) {
            case .customer: "customer"
            case .warranty: "warranty"
            case .internal: "internal"
            case nil: ""
            }
        }
    }
}

extension ServiceToSales {
    /// Days from visit to credited sale, and days watched without one: the input of the time-to-sale curve.
    public static func days(_ tally: Tally) -> (toSale: SparseHistogram, watched: SparseHistogram) {
        (tally.histograms[Histogram.lagDays.rawValue], tally.histograms[Histogram.watchedDays.rawValue])
    }
}
