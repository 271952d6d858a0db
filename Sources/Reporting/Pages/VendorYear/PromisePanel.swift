import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Availability of every vendor by month against its contract.
struct PromisePanel {
    let year: VendorYear
    /// Vendors with a row of their own.
    let limit: Int
    private var context: ReportContext { year.context }
    private var shown: [VendorYear.Vendor] {
        let those = year.underContract.isEmpty ? [] : year.underContract
        return Array(those.prefix(limit))
    }

    /// - Parameter isNarrow: three columns at the right, not six.
    func block(page: Int, isNarrow: Bool = false, ledger: inout FigureLedger) -> Block {
        guard !year.underContract.isEmpty else {
            return Block(
                say("No contract is on file"), sub: say("What vendors promise, and whether they keep it"),
                plate: NoticePlate(
                    say(
                        """
                        Enter what each vendor promises under contracts: in dealership.yaml: vendor, availability of a month, monthly \
                        fee, credit tiers, days to claim. The months then stand here, each kept or missed.
                        """),
                    showsFrame: false))
        }
        let months = context.months
        let rows = shown.map { row($0, months, page: page, &ledger) }
        let columns = [
            say("Missed"), say("Outages"), say("Down in all"), say("Back after, mean", context: "column"),
            say("Credit due", context: "column"), say("Received"),
        ]
        let kept = isNarrow ? [0, 2, 4] : Array(columns.indices)
        return Block(
            finding, sub: sub, note: note,
            plate: PromisePlate(
                subject: say("Availability by month against the contract"), periods: MonthTicks.texts(months),
                rows: rows.map { row in
                    PromisePlate.Row(
                        row.label, note: row.note, cells: row.cells, totals: kept.map { row.totals[$0] })
                }, columns: kept.map { columns[$0] }, rowHeight: 36))
    }

    private var finding: String {
        let missed = year.thatMissed
        guard let worst = missed.max(by: { ($0.missed ?? 0, $1.name) < ($1.missed ?? 0, $0.name) }) else {
            return year.underContract.count == 1
                ? say("\(year.underContract[0].name) kept its promise in every month")
                : say("Every vendor kept its promise in every month")
        }
        let months = worst.missed ?? 0
        if missed.count > 1 {
            return say(
                months, "\(missed.count) vendors missed their promise, \(worst.name) in \(months) month",
                "\(missed.count) vendors missed their promise, \(worst.name) in \(months) months")
        }
        return year.underContract.count == 1
            ? say(
                months, "\(worst.name) missed its promise in \(months) month",
                "\(worst.name) missed its promise in \(months) months")
            : say(
                months, "\(worst.name) missed its promise in \(months) month; the others kept theirs",
                "\(worst.name) missed its promise in \(months) months; the others kept theirs")
    }

    private var sub: String {
        say(
            "Dot: promise kept. Column below the line: how far short, with the availability reached. Ring: month not over. Dash: no contract"
        )
    }

    private func row(
        _ vendor: VendorYear.Vendor, _ months: [Month], page: Int, _ ledger: inout FigureLedger
    ) -> PromisePlate.Row {
        let cells = months.map { cell(vendor, $0, page: page, &ledger) }
        noteYear(vendor, page: page, &ledger)
        let missed = vendor.missed ?? 0
        let of = say("\(missed) of \(vendor.contractMonths ?? 0)")
        return PromisePlate.Row(
            vendor.name, note: vendor.contract.map { say("\($0.availability.shown) promised") } ?? "", cells: cells,
            totals: [
                missed > 0 ? .bad(of, cue: .down) : Label(of), Label(Words.count(vendor.outages)),
                Label(vendor.wallSeconds == 0 ? say("none", context: "downtime") : Words.duration(vendor.wallSeconds)),
                label(year.cell(vendor, "mean_seconds_to_restore")), label(year.cell(vendor, "credit_due")),
                label(year.cell(vendor, "credit_received")),
            ])
    }

    private func label(_ cell: Cell) -> Label {
        switch cell {
        case .mean(let seconds): Label(Words.duration(Int64(seconds.rounded(.toNearestOrAwayFromZero))))
        case .money(let amount): Label(Words.money(amount, context.settings))
        case .tooFew(let few): Label(few.had == 0 ? "–" : say("too few"), .quiet)
        default: Label("–", .quiet)
        }
    }

    private func cell(
        _ vendor: VendorYear.Vendor, _ month: Month, page: Int, _ ledger: inout FigureLedger
    ) -> PromisePlate.Cell {
        let slice = context.at(month, [.vendor: vendor.name])
        guard context.tally(.contractMonths, slice) != nil else {
            // In force, but the outage log does not reach there.
            let day = month.firstDay
            return vendor.contract?.isInForce(day) ?? false ? (month > context.month ? .ahead : .unknown) : .none
        }
        guard case .share(let reached) = context.cell(.contractMonths, "availability", slice) else { return .unknown }
        ledger.note(
            page: page, FigureID("VEND-01", month, [.vendor: vendor.name]),
            "\(vendor.name), availability of \(Words.month(month))", estimate: reached.fixed(6),
            n: context.count(.contractMonths, "seconds", slice))
        if (context.count(.contractMonths, "missed", slice) ?? 0) > 0 {
            guard case .share(let promised) = context.cell(.contractMonths, "promised", slice) else {
                return .missed(100, PromisePanel.percent(reached))
            }
            return .missed(max(promised - reached, 0) * 100, PromisePanel.percent(reached, below: promised))
        }
        return (context.count(.contractMonths, "contract_months", slice) ?? 0) > 0 ? .kept : .ahead
    }

    /// As few decimals as show that it lies below the promise.
    static func percent(_ share: Double, below promised: Double) -> String {
        let places = (1...3).first { cut(share, $0) < promised * 100 - 1e-9 } ?? 3
        return cut(share, places).shown(places)
    }

    /// What is short of a promise by a hundredth must not print as the promise: cut, not rounded.
    static func percent(_ share: Double) -> String {
        let places = share >= 0.999 ? 3 : share >= 0.99 ? 2 : 1
        return cut(share, places).shown(places)
    }

    /// In percent.
    private static func cut(_ share: Double, _ decimals: Int) -> Double {
        var scale = 100.0
        for _ in 0..<decimals { scale *= 10 }
        return (share * scale).rounded(.down) / (scale / 100)
    }

    private func noteYear(_ vendor: VendorYear.Vendor, page: Int, _ ledger: inout FigureLedger) {
        let until = context.month
        let months = (until + -(year.monthsWanted - 1))...until
        for (code, label, column) in [
            ("SCORE-01", "months below the promise", "missed"), ("SCORE-02", "outages", "outages"),
            ("SCORE-03", "seconds down by the clock", "wall_seconds_down"),
            ("SCORE-04", "mean seconds until it was back", "mean_seconds_to_restore"),
            ("SCORE-05", "credit due by contract", "credit_due"), ("SCORE-06", "credit received", "credit_received"),
        ] {
            let cell = year.cell(vendor, column)
            guard !cell.plain.isEmpty else { continue }
            ledger.note(
                page: page, FigureID(code, months, [.vendor: vendor.name]), "\(vendor.name), \(label)", cell,
                n: vendor.contractMonths ?? year.months)
        }
    }

    private var note: RichText {
        var parts: [String] = []
        let more = year.underContract.count - shown.count
        if more > 0 {
            parts.append(
                say("\(Words.counted(more, "other vendor", "other vendors")) under contract: kpi tables has them."))
        }
        let without = year.vendors.filter { ($0.contractMonths ?? 0) == 0 }
        if !without.isEmpty {
            let names = without.count <= 4 ? Words.list(without.map(\.name)) : say("\(without.count) vendors")
            parts.append(say("No contract on file: \(names)."))
        }
        return RichText(parts.joined(separator: " "))
    }
}
