import Basis

/// Puts rows in their order of time: finds the grain, the place of each row, and what stands twice.
struct SeriesAssembly {
    let name: String
    let columns: SeriesColumns

    /// A file may name so many periods; a slip of a year's digits would ask for millions.
    static let mostPeriods = 100_000

    func table(_ rows: [SeriesRow]) throws(Rejection) -> Checked<SeriesTable> {
        let (grain, places) = try grain(rows)
        guard let last = places.max(), last < Self.mostPeriods else {
            throw refuse(
                "uneven-times", row: nil, "the times lie over \(Self.mostPeriods) periods apart",
                "correct the time that is far from the others")
        }
        let periods = SeriesPeriods(grain: grain, count: last + 1)
        try refuseTwice(rows, places, periods)
        func column(_ index: Int, _ name: String, of unit: String? = nil) -> SeriesTable.Column {
            var values = [Double?](repeating: nil, count: periods.count)
            for (row, place) in zip(rows, places) where unit == nil || row.unit == unit {
                values[place] = row.numbers[index]
            }
            return SeriesTable.Column(name, values)
        }
        let hasUnits = columns.unit != nil
        let units = hasUnits ? Set(rows.map(\.unit)).sorted() : []
        let isRate = columns.exposure != nil
        var table = SeriesTable(
            periods: periods, value: hasUnits ? .init(columns.value, []) : column(0, columns.value),
            exposure: hasUnits ? nil : columns.exposure.map { column(1, $0) },
            controls: hasUnits ? [] : columns.controls.indices.map { column($0 + (isRate ? 2 : 1), columns.controls[$0]) },
            units: units.map { column(0, $0, of: $0) })
        if hasUnits, isRate {
            // Units are compared by their rates.
            for (index, unit) in units.enumerated() {
                let exposure = column(1, "", of: unit).values
                table.units[index].values = zip(table.units[index].values, exposure).map { value, exposure in
                    guard let value, let exposure, exposure > 0 else { return nil }
                    return value / exposure
                }
            }
        }
        return Checked(table, missing(table) + above(table))
    }

    /// Counts above what they are out of, among counts that are not: one slip makes ratios of all shares.
    private func above(_ table: SeriesTable) -> [Diagnostic] {
        guard let exposure = table.exposure else { return [] }
        let known = (0..<table.periods.count).filter(table.isKnown)
        let above = known.filter { (table.value.values[$0] ?? 0) > (exposure.values[$0] ?? 0) }
        guard !above.isEmpty, above.count * 4 <= known.count else { return [] }
        let shown = above.prefix(6).map(table.periods.name).joined(separator: ", ")
        let more = above.count > 6 ? " and \(above.count - 6) more" : ""
        return [
            Diagnostic(
                .warning, "count-above-exposure", at: .init(file: name, column: columns.value),
                "\(table.value.name) is more than \(exposure.name) at \(above.count) of \(known.count) times: \(shown)"
                    + more,
                remedies: ["correct it if it is a share of them; it is read as a ratio"])
        ]
    }

    private func refuse(_ code: String, row: Int?, _ message: String, _ remedy: String) -> Rejection {
        Rejection(
            Diagnostic(
                .error, code, at: .init(file: name, row: row, column: columns.time), message, remedies: [remedy]))
    }

    /// What one period is, and each row's.
    private func grain(_ rows: [SeriesRow]) throws(Rejection) -> (SeriesPeriods.Grain, [Int]) {
        var months: [Month] = []
        var days: [Day] = []
        var numbers: [Double] = []
        for row in rows {
            switch row.time {
            case .month(let month): months.append(month)
            case .day(let day): days.append(day)
            case .number(let number): numbers.append(number)
            }
            let kinds = [months.isEmpty, days.isEmpty, numbers.isEmpty].count { !$0 }
            guard kinds == 1 else {
                throw refuse(
                    "unreadable-date", row: row.line, "this time is written otherwise than those before it",
                    "write all of them alike: 2026-10, 2026-10-31 or a number")
            }
        }
        if let first = numbers.min() { return try steps(rows, numbers, from: first) }
        if months.isEmpty, standForMonths(days) { months = days.map(\.month) }
        if let first = months.min() {
            let distances = months.map { $0 - first }
            let step = distances.reduce(0, divisor)
            return (.months(max(step, 1), first: first), distances.map { $0 / max(step, 1) })
        }
        let first = days.min() ?? Day(number: 0)
        let distances = days.map { $0 - first }
        let step = max(distances.reduce(0, divisor), 1)
        return (.days(step, first: first), distances.map { $0 / step })
    }

    /// Dates that are all first days or all last days of months (or one same day of each) stand for their months.
    private func standForMonths(_ days: [Day]) -> Bool {
        guard Set(days.map(\.month)).count > 1 else { return false }
        return days.allSatisfy { $0 == $0.month.lastDay } || Set(days.map(\.civil.day)).count == 1
    }

    private func divisor(_ a: Int, _ b: Int) -> Int {
        var (a, b) = (a, b)
        while b != 0 { (a, b) = (b, a % b) }
        return a
    }

    /// Numbers at equal steps; gaps are whole multiples.
    private func steps(
        _ rows: [SeriesRow], _ numbers: [Double], from first: Double
    ) throws(Rejection) -> (SeriesPeriods.Grain, [Int]) {
        let sorted = Set(numbers).sorted()
        let step = zip(sorted, sorted.dropFirst()).map { $1 - $0 }.min() ?? 1
        var places: [Int] = []
        for (row, number) in zip(rows, numbers) {
            let place = (number - first) / step
            guard place < Double(Self.mostPeriods), (place - place.rounded()).magnitude < 1e-6 * max(1, place) else {
                throw refuse(
                    "uneven-times", row: row.line, "the times are not evenly spaced",
                    "give one row a period; periods without a value may be left out")
            }
            places.append(Int(place.rounded()))
        }
        return (.numbers(step, first: first), places)
    }

    private func refuseTwice(_ rows: [SeriesRow], _ places: [Int], _ periods: SeriesPeriods) throws(Rejection) {
        var seen: [String: [Int: Int]] = [:]
        var faults: [Diagnostic] = []
        for (row, place) in zip(rows, places) {
            if let line = seen[row.unit]?[place] {
                let whose = row.unit.isEmpty ? "" : " of \(row.unit)"
                faults.append(
                    Diagnostic(
                        .error, "duplicate-time", at: .init(file: name, row: row.line, column: columns.time),
                        "\(periods.name(place))\(whose) stands in row \(line) already",
                        remedies: [
                            columns.unit == nil
                                ? "keep one row a \(periods.one), or name the column that tells units apart with --unit"
                                : "keep one row a \(periods.one) and unit"
                        ]))
            } else {
                seen[row.unit, default: [:]][place] = row.line
            }
        }
        guard faults.isEmpty else { throw Rejection(faults) }
    }

    /// A warning that names what is not known.
    private func missing(_ table: SeriesTable) -> [Diagnostic] {
        let periods = table.periods
        func warning(_ gone: [Int], of column: String) -> Diagnostic? {
            guard !gone.isEmpty else { return nil }
            let shown = gone.prefix(6).map(periods.name).joined(separator: ", ")
            let more = gone.count > 6 ? " and \(gone.count - 6) more" : ""
            return Diagnostic(
                .warning, "missing-value", at: .init(file: name, column: column),
                "\(gone.count) of \(periods.count) \(periods.one)s have no value: \(shown)\(more)",
                remedies: ["fill them in; they are passed over, not taken as 0"])
        }
        let lists = table.units.isEmpty
            ? [table.value] + [table.exposure].compactMap { $0 } + table.controls : table.units
        return lists.compactMap { column in
            warning(column.values.indices.filter { column.values[$0] == nil }, of: column.name)
        }
    }
}
