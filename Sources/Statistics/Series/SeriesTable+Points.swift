public import Basis

extension SeriesPeriods {
    /// The season that series of this grain get by themselves: two harmonics of a year where they are months and reach
    /// over 24.
    public var season: Season? {
        if case .months(1, _) = grain, count >= Season.leastMonths { return .ofMonths }
        return nil
    }
}

extension SeriesTable {
    /// The known points, as regressions take them.
    func points(change: Int) -> InterruptedSeries.Points {
        let known = (0..<periods.count).filter(isKnown)
        func values(_ column: Column) -> [Double] { known.compactMap { column.values[$0] } }
        return InterruptedSeries.Points(
            positions: known, values: values(value), exposures: exposure.map(values),
            controls: controls.map { .init($0.name, values($0)) }, change: change)
    }
}
