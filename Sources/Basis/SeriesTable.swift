/// What a series' times count: whole periods of one length from its first on, so that gaps are seen.
public struct SeriesPeriods: Hashable, Sendable {
    public enum Grain: Hashable, Sendable {
        /// So many months from one to the next: 1, 3 for quarters, 12 for years.
        case months(Int, first: Month)
        /// So many days: 1, 7 for weeks.
        case days(Int, first: Day)
        /// Plain numbers at equal steps.
        case numbers(Double, first: Double)
    }

    public let grain: Grain
    /// From the first to the last, gaps included.
    public let count: Int

    public init(grain: Grain, count: Int) {
        self.grain = grain
        self.count = count
    }

    /// `2026-10`, `2026-10-05`, `1871`.
    public func name(_ position: Int) -> String {
        switch grain {
        case .months(let step, let first): (first + position * step).description
        case .days(let step, let first): (first + position * step).description
        case .numbers(let step, let first): Self.plain(first + Double(position) * step)
        }
    }

    /// The last day of a period of months or days; nil of plain numbers.
    public func lastDay(_ position: Int) -> Day? {
        switch grain {
        case .months(let step, let first): (first + (position + 1) * step + -1).lastDay
        case .days(let step, let first): first + ((position + 1) * step - 1)
        case .numbers: nil
        }
    }

    /// "month", "week", "day", "period".
    public var one: String {
        switch grain {
        case .months(1, _): "month"
        case .months(3, _): "quarter"
        case .months(12, _): "year"
        case .days(1, _): "day"
        case .days(7, _): "week"
        default: "period"
        }
    }

    private static func plain(_ value: Double) -> String {
        value == value.rounded() && value.magnitude < 1e15 ? String(Int(value)) : "\(value)"
    }
}

/// A series with what it is out of and what may explain it, or several units' series: what a question about a change is
/// put to. Every list has one place a period, nil where nothing is known.
public struct SeriesTable: Hashable, Sendable {
    public struct Column: Hashable, Sendable {
        public var name: String
        public var values: [Double?]

        public init(_ name: String, _ values: [Double?]) {
            self.name = name
            self.values = values
        }
    }

    public var periods: SeriesPeriods
    public var value: Column
    public var exposure: Column?
    public var controls: [Column]
    /// With units: each one's values by its name, in order of names; `value` then has the name of the column alone.
    public var units: [Column]

    public init(
        periods: SeriesPeriods, value: Column, exposure: Column? = nil, controls: [Column] = [], units: [Column] = []
    ) {
        self.periods = periods
        self.value = value
        self.exposure = exposure
        self.controls = controls
        self.units = units
    }

    /// Periods at which something that the analysis needs is missing.
    public var missing: [Int] {
        (0..<periods.count).filter { !isKnown($0) }
    }

    /// Whether everything that the analysis needs is known there.
    public func isKnown(_ position: Int) -> Bool {
        if !units.isEmpty { return units.contains { $0.values[position] != nil } }
        return value.values[position] != nil && (exposure.map { $0.values[position] != nil } ?? true)
            && controls.allSatisfy { $0.values[position] != nil }
    }
}
