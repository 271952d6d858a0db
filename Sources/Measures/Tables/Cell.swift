public import Basis
public import Statistics

/// One printed figure of a table. "Too few" and "longer than anybody was watched" are values of their own; nothing is 0
/// because it is unknown.
public enum Cell: Hashable, Sendable {
    case count(Int64)
    case seconds(Int64)
    /// Longer than this: silence reaches into the quantile.
    case over(Int64)
    case share(Double)
    /// A mean of seconds.
    case mean(Double)
    case money(Money)
    case tooFew(TooFew)
    /// Not all windows are over.
    case tooNew
    /// A number that a decimal would round, in its exact form: `89/6`.
    case exact(String)
    /// Nothing to say.
    case none

    init(_ quantile: TimeQuantile?) {
        switch quantile {
        case .at(let time): self = .seconds(time)
        case .over(let time): self = .over(time)
        case nil: self = .none
        }
    }

    /// A share, or as the column's name ends its Wilson 95 % limit; "too few" below the minimum n.
    init(_ proportion: Proportion, _ column: String, minimumN: Int) {
        if proportion.trials < minimumN {
            self = .tooFew(TooFew(had: proportion.trials, needed: minimumN))
        } else if column.hasSuffix("_lower") {
            self.init(share: proportion.wilson()?.lower)
        } else if column.hasSuffix("_upper") {
            self.init(share: proportion.wilson()?.upper)
        } else {
            self.init(share: proportion.estimate)
        }
    }

    init(share: Double?) { self = share.map(Cell.share) ?? .none }

    /// As machines read it: plain decimals; shares with six decimals; empty where there is no figure.
    public var plain: String {
        switch self {
        case .count(let value), .seconds(let value): String(value)
        case .over(let value): ">\(value)"
        case .share(let value): value.fixed(6)
        case .mean(let value): value.fixed(3)
        case .money(let value): value.description
        case .exact(let text): text
        case .tooFew, .tooNew, .none: ""
        }
    }
}

extension Double {
    /// Decimal notation with so many places, rounded half away from zero; no locale, no exponent.
    public func fixed(_ places: Int) -> String {
        guard isFinite else { return "" }
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let scaled = (magnitude * scale).rounded(.toNearestOrAwayFromZero)
        guard scaled < 9e18 else { return "" }
        let whole = UInt64(scaled)
        let divisor = UInt64(scale)
        let sign = self < 0 && whole > 0 ? "-" : ""
        if places == 0 { return "\(sign)\(whole)" }
        let rest = String(whole % divisor)
        return "\(sign)\(whole / divisor).\(String(repeating: "0", count: places - rest.count))\(rest)"
    }
}
