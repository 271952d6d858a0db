/// Counts that fell to nothing: a regression of their logarithms has no estimate, whatever the evidence.
extension InterruptedSeries.Points {
    enum Side { case before, after }

    /// Where no event was counted; nil: there were some on either side.
    func sideWithoutEvents(_ design: SegmentedDesign) -> Side? {
        func sum(_ isAfter: Bool) -> Double {
            positions.indices.reduce(0) { design.isAfter($1) == isAfter ? $0 + values[$1] : $0 }
        }
        return sum(true) == 0 ? .after : sum(false) == 0 ? .before : nil
    }
}

extension InterruptedSeries {
    /// The exact limits of the ratio of two rates (Clopper–Pearson; see `PoissonRatio`), the first of no events.
    ///
    /// Where the counts before scatter more than chance (φ̂ > 1) or follow each other (ρ̂ > 0, the variance of a mean then
    /// being (1 + ρ) ÷ (1 − ρ) times as large; Priestley 1981, section 5.3.2), they stand for so many fewer events,
    /// rounded down.
    /// - Throws: `noFit` where not one event is left.
    init(withoutEventsAfter points: Points, _ design: SegmentedDesign, level: Double) throws(Unanswerable) {
        let all = points.positions.indices
        let (earlier, later) = (all.filter { !design.isAfter($0) }, all.filter(design.isAfter))
        func size(_ index: Int) -> Double { points.exposures?[index] ?? 1 }
        for index in all {
            let isCount = points.values[index] >= 0 && points.values[index].isFinite
            guard isCount, size(index) > 0, size(index).isFinite else { throw .notACount(index) }
        }
        let events = earlier.reduce(0.0) { $0 + points.values[$1] }
        let (sizeBefore, sizeAfter) = (earlier.reduce(0.0) { $0 + size($1) }, later.reduce(0.0) { $0 + size($1) })
        let rate = events / sizeBefore
        let residuals = earlier.map { (points.values[$0] - rate * size($0)) / (rate * size($0)).squareRoot() }
        let squares = residuals.reduce(0.0) { $0 + $1 * $1 }
        let dispersion = squares / Double(residuals.count - 1)
        let products = zip(residuals, residuals.dropFirst()).reduce(0.0) { $0 + $1.0 * $1.1 }
        let following = squares > 0 ? min(max(products / squares, 0), 0.99) : 0
        let stands = (events / max(1, dispersion) * (1 - following) / (1 + following)).rounded(.down)
        guard stands >= 1 else { throw .noFit("a regression of counts") }
        // None after says as much less as those before do: on both sides the exposure that so many events are of.
        let part = stands / events
        let before = PoissonRate(events: Int(stands), exposure: sizeBefore * part)
        let ratio = PoissonRatio(first: PoissonRate(events: 0, exposure: sizeAfter * part), second: before)
        let method = "exact limits of a ratio of counts"
        guard let limits = ratio.interval(level: level) else { throw .noFit("a regression of counts") }
        let effect = Effect(
            scale: .factor, estimate: 0, standardError: .infinity,
            interval: ConfidenceInterval(lower: 0, upper: limits.upper, level: level, method: method), p: ratio.exactP())
        model = .counts
        self.design = design
        (step, average, last, slope) = (effect, effect, effect, nil)
        count = points.positions.count
        degreesOfFreedom = count - design.basis.columnCount
        correlation = following
        deviation = dispersion.squareRoot()
        fitted = all.map { design.isAfter($0) ? 0 : rate * size($0) }
        let usual = before.garwood(level: level)
        unchangedEstimates = later.map { rate * size($0) }
        unchanged = later.map {
            ConfidenceInterval(lower: usual.lower * size($0), upper: usual.upper * size($0), level: level, method: method)
        }
        durbinWatson = try LeastSquares(points.values, on: design.basis).durbinWatson
        neweyWestLag = LeastSquares.usualLag(count: count)
        neweyWest = nil
    }
}
