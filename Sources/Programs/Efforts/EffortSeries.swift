public import Basis
public import Dealership
public import Measures
public import Statistics

/// A measure of an effort over its periods: weeks counted from the start's weekday, or calendar months.
public struct EffortSeries: Hashable, Sendable {
    /// Where a period lies.
    public enum Stage: Hashable, Sendable {
        /// Before what another effort on the same figure settled to: no baseline.
        case earlier
        case before
        /// The month that the start cuts in two.
        case starting
        case dip
        case after
    }

    public struct Point: Hashable, Sendable {
        public var stage: Stage
        /// In the measure's unit; nil: see `missing`.
        public var value: Double?
        /// Of shares: what of what.
        public var share: Proportion?
        /// Why there is no value.
        public var missing: String
        /// The figure will come: its time is not over.
        public var isTooNew: Bool
        /// Of shares too new: what has come so far, which only grows. No verdict stands on it.
        public var soFar: Proportion?
        /// The share of the period's open time under an outage.
        public var outage: Double
        /// An outage covered more than the owner's limit, and the effort leaves such periods out.
        public var isLeftOut: Bool

        public init(
            stage: Stage, value: Double?, share: Proportion? = nil, missing: String = "", isTooNew: Bool = false,
            soFar: Proportion? = nil, outage: Double = 0, isLeftOut: Bool = false
        ) {
            self.stage = stage
            self.value = value
            self.share = share
            self.missing = missing
            self.isTooNew = isTooNew
            self.soFar = soFar
            self.outage = outage
            self.isLeftOut = isLeftOut
        }
    }

    public let measure: EffortMeasure
    public let periods: SeriesPeriods
    public let points: [Point]

    public init(measure: EffortMeasure, periods: SeriesPeriods, points: [Point]) {
        self.measure = measure
        self.periods = periods
        self.points = points
    }

    /// A share of fewer is no point of a series: one answer more or less would move it by a fifth and more.
    public static let leastTrials = 5

    public func days(_ position: Int) -> ClosedRange<Day> { EffortSeries.days(periods, position) }

    static func days(_ periods: SeriesPeriods, _ position: Int) -> ClosedRange<Day> {
        switch periods.grain {
        case .months(let step, let first):
            (first + position * step).firstDay...(first + (position + 1) * step + -1).lastDay
        case .days(let step, let first): first + position * step...first + ((position + 1) * step - 1)
        case .numbers: Day(number: 0)...Day(number: 0)
        }
    }

    /// The first period after the dip; where there is none yet, the number of periods.
    public var settled: Int { points.firstIndex { $0.stage == .after } ?? points.count }
    /// The first period that the change touches.
    public var started: Int {
        points.firstIndex { [.starting, .dip, .after].contains($0.stage) } ?? points.count
    }

    /// Whether a point takes part in a verdict taken on a day.
    public func counts(_ position: Int, on day: Day) -> Bool {
        let point = points[position]
        return (point.stage == .before || point.stage == .after) && point.value != nil && !point.isLeftOut
            && days(position).upperBound + measure.lagDays <= day
    }

    /// Positions that count, before or after.
    public func positions(_ stage: Stage, on day: Day) -> [Int] {
        points.indices.filter { points[$0].stage == stage && counts($0, on: day) }
    }

    public func values(_ stage: Stage, on day: Day) -> [Double] {
        positions(stage, on: day).compactMap { points[$0].value }
    }

    /// As methods take it: periods that do not count on the day are unknown.
    public func table(on day: Day) -> SeriesTable {
        let values = points.indices.map { counts($0, on: day) ? points[$0].value : nil }
        guard measure.unit == .count else { return SeriesTable(periods: periods, value: .init(measure.title, values)) }
        // Months differ in length: a count is taken of its days.
        let lengths = points.indices.map { Optional(Double(days($0).upperBound - days($0).lowerBound + 1)) }
        return SeriesTable(periods: periods, value: .init(measure.title, values), exposure: .init("days", lengths))
    }
}

extension EffortSeries {
    /// The table that a series is made from: a row a day or month and label.
    public static func spec(
        _ effort: Effort, _ measure: EffortMeasure, name: String, store: String?, byStore: Bool = false
    ) -> TableSpec {
        let splitsStores = byStore || !effort.stores.isEmpty
        let stores: [Dimension] = splitsStores && measure.slice[.store] == nil ? [.store] : []
        return TableSpec(
            name: name, request: measure.request,
            by: [effort.period == .week ? .day : .month] + measure.dimensions + stores,
            columns: [measure.column] + measure.successes + measure.trials, store: store)
    }

    /// What a series is put together from.
    public struct Source {
        public var table: TallyTable
        public var spec: TableSpec
        public var header: JournalHeader
        /// Nothing after this day counts.
        public var cut: Day
        /// The share of open time under an outage, by days.
        public var outage: (ClosedRange<Day>) -> Double
        /// The first day of the baseline where another effort moved the figure before.
        public var baselineFrom: Day?
        /// Only these stores; empty: all.
        public var stores: [String]

        public init(
            table: TallyTable, spec: TableSpec, header: JournalHeader, cut: Day, stores: [String] = [],
            baselineFrom: Day? = nil, outage: @escaping (ClosedRange<Day>) -> Double = { _ in 0 }
        ) {
            self.table = table
            self.spec = spec
            self.header = header
            self.cut = cut
            self.stores = stores
            self.baselineFrom = baselineFrom
            self.outage = outage
        }
    }

    /// Nil: the exports do not hold a whole period.
    public init?(_ effort: Effort, _ measure: EffortMeasure, _ source: Source) {
        guard let covered = EffortSeries.covered(measure, source.header, cut: source.cut),
            let periods = EffortSeries.periods(effort, covered)
        else { return nil }
        var tallies = [Tally?](repeating: nil, count: periods.count)
        let labels = measure.dimensions.map { measure.slice[$0] ?? "" }
        let storePlace = source.spec.by.firstIndex(of: .store)
        for (key, tally) in source.table.cells {
            guard let first = key.first, Array(key.dropFirst().prefix(labels.count)) == labels,
                let position = EffortSeries.position(first, periods)
            else { continue }
            if let storePlace, measure.slice[.store] == nil, !source.stores.isEmpty,
                !source.stores.contains(key[storePlace]) { continue }
            tallies[position] = tallies[position].map { $0 + tally } ?? tally
        }
        let limit = Double(source.header.settings.efforts.outagePermille) / 1_000
        let points = tallies.indices.map { position -> Point in
            let days = EffortSeries.days(periods, position)
            var point = EffortSeries.point(measure, tallies[position], source.spec)
            // A later export knows what was not known on the day: neither verdict nor chart of that day may.
            if days.upperBound + measure.lagDays > source.cut, !point.isTooNew, point.value != nil {
                (point.value, point.share, point.missing, point.isTooNew) = (nil, nil, say("too new"), true)
            }
            point.stage = EffortSeries.stage(effort, days, source.baselineFrom)
            point.outage = source.outage(days)
            point.isLeftOut = effort.outages == .leaveOut && point.outage > limit
            return point
        }
        self.init(measure: measure, periods: periods, points: points)
    }

    private static func stage(_ effort: Effort, _ days: ClosedRange<Day>, _ baselineFrom: Day?) -> Stage {
        if days.upperBound < effort.start {
            return baselineFrom.map { days.lowerBound < $0 } == true ? .earlier : .before
        }
        if days.lowerBound < effort.start { return .starting }
        return days.lowerBound < effort.settled ? .dip : .after
    }

    private static func point(_ measure: EffortMeasure, _ tally: Tally?, _ spec: TableSpec) -> Point {
        var point = Point(
            stage: .before, value: nil, share: nil, missing: say("no data"), isTooNew: false, outage: 0,
            isLeftOut: false)
        guard let tally else {
            // The exports cover the period and hold nothing of it: of a count that is an answer.
            if measure.unit == .count { point.value = 0 }
            return point
        }
        let cell = Tabulation.value(measure.column, of: tally, in: spec)
        switch cell {
        case .tooNew:
            point.isTooNew = true
            point.missing = say("too new")
        case .count(let value), .seconds(let value): point.value = Double(value)
        case .share(let value), .mean(let value): point.value = value
        case .money(let value): point.value = Double(value.minorUnits) / 100
        case .tooFew(let few): point.missing = few.description
        case .over: point.missing = say("silence reaches into it")
        case .exact, .none: break
        }
        guard let share = share(measure, tally, spec) else { return point }
        if point.isTooNew {
            point.soFar = share.trials >= leastTrials ? share : nil
            return point
        }
        if share.trials >= leastTrials {
            (point.share, point.value) = (share, share.estimate)
        } else {
            point.value = nil
            point.missing = TooFew(had: share.trials, needed: leastTrials).description
        }
        return point
    }

    private static func share(_ measure: EffortMeasure, _ tally: Tally, _ spec: TableSpec) -> Proportion? {
        func sum(_ columns: [String]) -> Int? {
            var total = 0
            for column in columns {
                guard case .count(let value) = Tabulation.value(column, of: tally, in: spec) else { return nil }
                total += Int(value)
            }
            return columns.isEmpty ? nil : total
        }
        guard let successes = sum(measure.successes), let trials = sum(measure.trials), successes <= trials else {
            return nil
        }
        return Proportion(successes: successes, trials: trials)
    }

    private static func position(_ label: String, _ periods: SeriesPeriods) -> Int? {
        let position: Int
        switch periods.grain {
        case .months(_, let first):
            guard let month = Month(label) else { return nil }
            position = month - first
        case .days(let step, let first):
            guard let day = Day(label), day >= first else { return nil }
            position = (day - first) / step
        case .numbers: return nil
        }
        return (0..<periods.count).contains(position) ? position : nil
    }

    /// The days that all needed exports cover, up to the cut.
    private static func covered(_ measure: EffortMeasure, _ header: JournalHeader, cut: Day) -> ClosedRange<Day>? {
        let needs = measure.request.entry.needs.compactMap { StandardTable(rawValue: $0) }
        // Without one of its exports there is no figure, not a series of gaps.
        guard needs.allSatisfy(header.knows) else { return nil }
        var first: Day?
        var last = min(cut, header.asOfDay)
        let tables = needs.isEmpty ? Set(header.audits.map(\.table)) : Set(needs)
        for table in tables.sorted(by: { $0.rawValue < $1.rawValue }) {
            let audits = header.audits.filter { $0.table == table }
            if let day = audits.compactMap(\.firstDay).min() { first = first.map { max($0, day) } ?? day }
            // An export may end with a weekend or holiday.
            if let day = header.lastDay(of: table) { last = min(last, day + 3) }
        }
        guard let first, first <= last else { return nil }
        return first...last
    }

    /// Whole periods only.
    private static func periods(_ effort: Effort, _ covered: ClosedRange<Day>) -> SeriesPeriods? {
        switch effort.period {
        case .month:
            let first = covered.lowerBound.civil.day <= 3 ? covered.lowerBound.month : covered.lowerBound.month + 1
            let end = covered.upperBound
            let last = end == end.month.lastDay ? end.month : end.month + -1
            return last < first ? nil : SeriesPeriods(grain: .months(1, first: first), count: last - first + 1)
        case .week:
            // Rows may begin a day or two into the first week: a store is closed on Sundays.
            let back = (effort.start - covered.lowerBound + 2).floored(by: 7)
            let first = effort.start + back * -7
            let count = (covered.upperBound - first + 1).floored(by: 7)
            return count < 1 ? nil : SeriesPeriods(grain: .days(7, first: first), count: count)
        }
    }
}

extension Int {
    /// Division that rounds down.
    fileprivate func floored(by divisor: Int) -> Int {
        let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? quotient - 1 : quotient
    }
}

extension Day {
    /// Reads `2026-10-31`; nil for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]) else {
            return nil
        }
        self.init(year: year, month: month, day: day)
    }
}
