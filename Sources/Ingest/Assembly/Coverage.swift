import Basis
public import Dealership

extension StagedExports {
    /// Finds dates that lie ahead of everything else, and the as-of instant: as given, else the end of the last day that
    /// any export covers.
    mutating func settleCoverage(asOf: Instant?) {
        let dense = tables.filter { $0.audit.rowsByDay.values.reduce(0, +) >= 50 }
        var latest: Day?
        for table in dense {
            let end = table.audit.statedUntil ?? StagedExports.plausibleEnd(table.audit.rowsByDay)
            if let end { latest = max(latest ?? end, end) }
        }
        if latest == nil {
            // Few rows everywhere: a date more than a year after the middle one of the last dates is no date.
            let ends = tables.compactMap { $0.audit.statedUntil ?? StagedExports.plausibleEnd($0.audit.rowsByDay) }.sorted()
            if let middle = ends.isEmpty ? nil : ends[(ends.count - 1) / 2] {
                latest = ends.last { $0 <= middle + 366 }
            }
        }
        let zone = header.zones.first ?? .utc
        if let asOf { latest = max(latest ?? .init(number: .min), zone.day(at: asOf)) }
        for index in tables.indices {
            guard let latest, tables[index].export.table.occurrenceColumn != nil else { continue }
            let limit = tables[index].audit.statedUntil.map { max($0, latest) } ?? (latest + StagedExports.graceDays)
            tables[index].lastPlausibleDay = limit
            for day in tables[index].audit.rowsByDay.keys where day > limit {
                tables[index].audit.rowsByDay[day] = nil
                tables[index].hasDaysAhead = true
            }
        }
        let lastDay = tables.compactMap { $0.audit.lastDay }.max() ?? Day(number: 0)
        let zonesInUse = Set(header.stores.map(\.zone)).union([0])
        header.asOf = asOf
            ?? zonesInUse.map { header.zones[$0].startOfDay(lastDay + 1) }.max() ?? Instant(seconds: 0)
        // Not the day of that instant in the dealership's own zone: stores further west end their day later.
        header.asOfDay = asOf.map { zone.day(at: $0 + -1) } ?? lastDay
    }

    /// Days past the end of the others that a sparse export may still reach.
    private static let graceDays = 31

    /// The last day before a gap that cannot be one: more than a month before a sliver of the rows, or more than a year
    /// before at most half of them.
    static func plausibleEnd(_ rowsByDay: [Day: Int]) -> Day? {
        let days = rowsByDay.keys.sorted()
        guard var end = days.last else { return nil }
        let total = rowsByDay.values.reduce(0, +)
        var behind = 0
        for index in stride(from: days.count - 1, to: 0, by: -1) {
            behind += rowsByDay[days[index]] ?? 0
            if behind * 2 > total { break }
            let gap = days[index] - days[index - 1]
            if gap > 366 || (gap > graceDays && behind * 100 <= total) { end = days[index - 1] }
        }
        return end
    }
}

extension StagedExports {
    /// Some export of the table has the column, or its mapping makes it.
    public func hasColumn(_ column: String, of table: StandardTable) -> Bool {
        tables.contains { staged in
            staged.export.table == table
                && staged.layouts.values.contains { layout in
                    layout.fields.contains { field in
                        if field.column.name != column { return false }
                        if case .absent = field.source { return false }
                        return true
                    }
                }
        }
    }
}
