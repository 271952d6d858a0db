public import Statistics

/// The share that bought by each day since the visit, as far as it can be said.
public struct ConversionCurve: Sendable {
    /// What can be said of one day.
    public enum Standing: Sendable {
        case tooFew(TooFew)
        /// Too few have been followed so long.
        case tooNew
        /// `isComplete`: everybody has been followed so long, or bought before.
        case known(share: Double, limits: ConfidenceInterval, isComplete: Bool)
    }

    public let curve: KaplanMeier
    public let windowDays: Int
    public let minimumN: Int

    public init(toSale: SparseHistogram, watched: SparseHistogram, windowDays: Int, minimumN: Int) {
        curve = KaplanMeier(events: toSale, censored: watched)
        self.windowDays = windowDays
        self.minimumN = minimumN
    }

    /// Everybody has been followed through this day, or bought before it.
    public func isComplete(_ day: Int) -> Bool { (curve.censored.min ?? .max) >= Int64(day) }

    private func isSaid(_ day: Int) -> Bool {
        curve.count >= Int64(minimumN) && (isComplete(day) || curve.atRisk(Int64(day)) >= Int64(minimumN))
    }

    /// t*: the last day within the window of which something can be said; nil: of none.
    public var latestDay: Int? { (0...windowDays).last(where: isSaid) }

    public func share(by day: Int) -> Standing {
        guard curve.count >= Int64(minimumN) else { return .tooFew(TooFew(had: Int(curve.count), needed: minimumN)) }
        guard isSaid(day), let share = curve.share(by: Int64(day)) else { return .tooNew }
        return .known(share: share.estimate, limits: share.interval, isComplete: isComplete(day))
    }
}

extension ConversionCurve.Standing {
    var asCell: Cell {
        switch self {
        case .tooFew(let tooFew): .tooFew(tooFew)
        case .tooNew: .tooNew
        case .known(let share, _, _): .share(share)
        }
    }
}

extension Cell {
    /// The share, or as the column's name ends a limit of it.
    init(_ standing: ConversionCurve.Standing, _ column: String) {
        guard case .known(let share, let limits, _) = standing else {
            self = standing.asCell
            return
        }
        self.init((share, limits), column)
    }

    init(_ share: (estimate: Double, interval: ConfidenceInterval)?, _ column: String) {
        guard let share else {
            self = .none
            return
        }
        self = .share(
            column.hasSuffix("_lower") ? share.interval.lower
                : column.hasSuffix("_upper") ? share.interval.upper : share.estimate)
    }
}
