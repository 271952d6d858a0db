import Basis
public import Dealership

/// What sales from service brought, and by what they were touched on the way. DEFINITIONS 2, Gross.
public struct ServiceGross: Measure {
    public var windowDays: Int
    public var credit: ConversionSettings.Credit
    public init(windowDays: Int, credit: ConversionSettings.Credit) {
        self.windowDays = windowDays
        self.credit = credit
    }

    public init?(_ parameters: inout some ParameterReading) {
        let usual = parameters.settings.conversion
        self.init(
            windowDays: parameters.days("window") ?? usual.windowDays,
            credit: parameters.choice("credit", ConversionSettings.Credit.self) ?? usual.credit)
    }

    public var inForce: [(parameter: String, value: String)] {
        [("window", "\(windowDays) days"), ("credit", credit.rawValue)]
    }

    public func linking(_ usual: LinkingParameters) -> LinkingParameters {
        var own = usual
        own.windowDays = windowDays
        own.credit = credit
        return own
    }

    public func isKnown(_ header: JournalHeader) -> Bool { header.knows(.serviceVisits) && header.knows(.sales) }

    public static let entry = MeasureEntry(
        name: "service-gross", code: "GROSS", title: "Gross of sales from service",
        summary: "What the credited sales of a month brought, front and back, by what they were touched by.",
        definition: """
            The sales of the period that are credited to a visit (as in service-to-sales, view by-deal), with their front \
            and back gross. Averages are over the sales that have that gross on record; sales_with_gross says how many. \
            A sale's touch is the furthest step on record between its visit and its own day: appointment (a sales \
            appointment was booked), contact (a two-way contact), lead, or none. What a touch is followed by it need not \
            have caused. Gross per visit is a column of service-funnel, by the month of the visit.
            """,
        dimensions: [
            .store, .month, .touch, .advisor, .salesperson, .relation, .payType, .source, .vehicleAge, .workplace, .dedicated,
        ],
        columns: GrossColumns.columns,
        parameters: [.window, .init("credit", "last-touch or first-touch")],
        needs: ["service_visits", "sales"])

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        let sales = facts.sales
        let columns = FactColumn.columns(spec.by, sales.count) { column($0, facts) }
        var builder = TallyBuilder(counters: GrossColumns.counters, histograms: 0)
        let filter = FactFilter(spec, facts.header)
        for sale in 0..<sales.count where sales.visit[sale] >= 0 && filter.admits(store: sales.store[sale], day: sales.day[sale]) {
            let cell = builder.cell(FactColumn.key(columns, sale))
            GrossColumns.add(sales.sale[sale], facts.journal.sales, to: &builder, of: cell, base: 0)
        }
        return builder.finish { FactColumn.labels(columns, $0) }
    }

    public func value(_ column: String, _ tally: Tally) -> Cell { GrossColumns.value(column, tally, base: 0) ?? .none }

    private func column(_ dimension: Dimension, _ facts: Facts) -> FactColumn? {
        dimension == .touch ? facts.saleTouchColumn() : facts.saleColumn(dimension, CreditShares(facts, isLinear: false))
    }

    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        let journal = facts.journal
        let touch = facts.saleTouchColumn()
        let behind = VisitRows(facts)
        let credited = facts.selected(facts.sales.count, slice) { column($0, facts) }.filter { facts.sales.visit[$0] >= 0 }
        let rows = credited.map { fact -> Evidence.Row in
            let row = facts.sales.sale[fact]
            let store = facts.sales.store[fact]
            func money(_ amount: Int64) -> String { amount == .min ? "" : Money(minorUnits: amount).description }
            let label = touch.label(touch.codes[fact])
            return Evidence.Row(
                cells: [
                    journal.sales.identifiers[Int32(row)], facts.header.stores[Int(store)].identifier,
                    facts.local(journal.sales.soldAt[row], store: store),
                    journal.orders.identifiers[Int32(facts.visits.order[Int(facts.sales.visit[fact])])],
                    money(journal.sales.frontGross[row]), money(journal.sales.backGross[row]), money(journal.sales.gross[row]),
                ],
                isCounted: true, standing: label.isEmpty ? "none on record" : label, source: journal.sales.source[row],
                restsOn: behind.rows(ofSale: row) + behind.rows(ofVisit: Int(facts.sales.visit[fact])))
        }
        return Evidence(
            columns: ["sale_id", "store_id", "sold_at", "visit_id", "front_gross", "back_gross", "gross_profit"], rows: rows)
    }
}
