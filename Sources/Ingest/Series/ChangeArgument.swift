public import Basis

extension SeriesPeriods {
    /// The first period that begins at or after a time as the file writes them: `1983-02`, `2026-07-06`, `1899`. Nil for
    /// what is no such time; it may lie outside the series.
    public func position(of text: String, dayFirst: Bool = false) -> Int? {
        guard let time = SeriesCell.time(text, dayFirst: dayFirst) else { return nil }
        func up(_ distance: Int, _ step: Int) -> Int { distance <= 0 ? -(-distance / step) : (distance + step - 1) / step }
        switch (grain, time) {
        case (.months(let step, let first), .month(let month)): return up(month - first, step)
        case (.months(let step, let first), .day(let day)):
            return up(day.month - first + (day == day.month.firstDay ? 0 : 1), step)
        case (.days(let step, let first), .day(let day)): return up(day - first, step)
        case (.days(let step, let first), .month(let month)): return up(month.firstDay - first, step)
        case (.numbers(let step, let first), .number(let number)):
            let place = ((number - first) / step - 1e-9).rounded(.up)
            return place.magnitude < 1e9 ? Int(place) : nil
        case (.months(12, let first), .number(let year)) where year == year.rounded() && (0..<10_000).contains(year):
            return up(Month(year: Int(year), month: 1) - first, 12)
        default: return nil
        }
    }
}
