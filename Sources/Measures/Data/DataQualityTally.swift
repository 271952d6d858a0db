import Basis
public import Dealership

extension DataQuality {
    enum Counter: Int, CaseIterable {
        case rows, setAside, serviceCustomers, matched, bySameNumber, byTradeIn, byPhone, byEmail
        /// Exports counted in the cell: its rows are known.
        case exports
        case sales, negativeGross, withoutCustomer
    }

    /// Rows of the exports are of the header; split by export and reason.
    public func common(_ context: LinkingContext, _ spec: TableSpec) -> TallyTable {
        let header = context.header
        var table = TallyTable()
        guard spec.by.allSatisfy({ $0 == .export || $0 == .reason }) else { return table }
        for audit in header.audits {
            func add(_ reason: String, rows: Int, setAside: Int) {
                let labels = spec.by.map { $0 == .export ? audit.name : reason }
                var counts = [Int64](repeating: 0, count: Counter.allCases.count)
                counts[Counter.exports.rawValue] = 1
                counts[Counter.rows.rawValue] = Int64(rows)
                counts[Counter.setAside.rawValue] = Int64(setAside)
                table.merge(TallyTable(cells: [labels: Tally(counts: counts, histograms: [])]))
            }
            add("", rows: audit.rowsRead, setAside: spec.by.contains(.reason) ? 0 : audit.rowsSetAside)
            guard spec.by.contains(.reason) else { continue }
            for (reason, rows) in audit.setAside { add(reason.code, rows: 0, setAside: rows) }
        }
        return table
    }

    /// Service customers of the period who are also found in the CRM, and by which link.
    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        guard spec.by.allSatisfy({ $0 == .store || $0 == .month }) else { return TallyTable() }
        var table = sales(facts, spec)
        table.merge(serviceCustomers(facts, spec))
        return table
    }

    private func sales(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        let (sales, records) = (facts.sales, facts.journal.sales)
        let columns = FactColumn.columns(spec.by, sales.count) {
            $0 == .store ? facts.storeColumn(sales.store) : facts.monthColumn(sales.day)
        }
        var builder = TallyBuilder(counters: Counter.allCases.count, histograms: 0)
        let filter = FactFilter(spec, facts.header)
        for sale in 0..<sales.count where filter.admits(store: sales.store[sale], day: sales.day[sale]) {
            let cell = builder.cell(FactColumn.key(columns, sale))
            builder.add(to: Counter.sales.rawValue, of: cell)
            let gross = records.gross[sales.sale[sale]]
            if gross < 0, gross != .min { builder.add(to: Counter.negativeGross.rawValue, of: cell) }
            if sales.identity[sale] < 0 { builder.add(to: Counter.withoutCustomer.rawValue, of: cell) }
        }
        return builder.finish { FactColumn.labels(columns, $0) }
    }

    private func serviceCustomers(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        guard let found = facts.customersInCRM() else { return TallyTable() }
        let visits = facts.visits
        let columns = FactColumn.columns(spec.by, visits.count) { facts.visitColumn($0) }
        var builder = TallyBuilder(counters: Counter.allCases.count, histograms: 0)
        var seen: Set<UInt64> = []
        let filter = FactFilter(spec, facts.header)
        for visit in 0..<visits.count
        where visits.identity[visit] >= 0 && filter.admits(store: visits.store[visit], day: visits.day[visit]) {
            let cell = builder.cell(FactColumn.key(columns, visit))
            let customer = visits.identity[visit]
            guard seen.insert(UInt64(UInt32(truncatingIfNeeded: cell)) << 32 | UInt64(UInt32(bitPattern: customer))).inserted
            else { continue }
            builder.add(to: Counter.serviceCustomers.rawValue, of: cell)
            guard let link = found[Int(customer)] else { continue }
            builder.add(to: Counter.matched.rawValue, of: cell)
            builder.add(to: Counter.bySameNumber.rawValue + Int(link.rawValue), of: cell)
        }
        return builder.finish { FactColumn.labels(columns, $0) }
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        let knowsRows = tally.counts[Counter.exports.rawValue] > 0
        // No service customer at all: nobody could be looked for.
        let knowsCustomers = tally.counts[Counter.serviceCustomers.rawValue] > 0
        let knowsSales = tally.counts[Counter.sales.rawValue] > 0
        switch column {
        case "rows": return knowsRows ? .count(tally.counts[Counter.rows.rawValue]) : .none
        case "set_aside": return knowsRows ? .count(tally.counts[Counter.setAside.rawValue]) : .none
        case "service_customers":
            return knowsCustomers ? .count(tally.counts[Counter.serviceCustomers.rawValue]) : .none
        case "matched": return knowsCustomers ? .count(tally.counts[Counter.matched.rawValue]) : .none
        case "negative_gross": return knowsSales ? .count(tally.counts[Counter.negativeGross.rawValue]) : .none
        case "sales_without_customer": return knowsSales ? .count(tally.counts[Counter.withoutCustomer.rawValue]) : .none
        default: return .none
        }
    }
}

extension DataQuality {
    /// How the matched customers were found, strongest link first.
    public static func links(_ tally: Tally) -> [(link: Identity.Link, customers: Int)] {
        Identity.Link.allCases.map { ($0, Int(tally.counts[Counter.bySameNumber.rawValue + Int($0.rawValue)])) }
    }
}
