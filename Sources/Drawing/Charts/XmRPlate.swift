import Basis

/// Single values over periods with their limits, and under them, on the same periods, how far each lies from the one
/// before: what is out of the ordinary is ringed and numbered by its rule.
public struct XmRPlate: FigurePlate {
    /// Limits that hold over some periods, and those of the moving ranges.
    public struct Stretch: Hashable, Sendable {
        public var from: Int
        public var to: Int
        public var lower: Double
        public var centre: Double
        public var upper: Double
        public var meanRange: Double
        public var rangeLimit: Double
        /// Too few periods for limits that stay: dashed.
        public var provisional: Bool
        public init(
            from: Int, to: Int, lower: Double, centre: Double, upper: Double, meanRange: Double, rangeLimit: Double,
            provisional: Bool = false
        ) {
            self.from = from
            self.to = to
            self.lower = lower
            self.centre = centre
            self.upper = upper
            self.meanRange = meanRange
            self.rangeLimit = rangeLimit
            self.provisional = provisional
        }
    }

    /// A period that is out of the ordinary.
    public struct Signal: Hashable, Sendable {
        public var period: Int
        /// By which of the rules, counted from 0; several are several signals.
        public var rule: Int
        /// "outage week"; empty: only the number of the rule.
        public var label: String
        /// The moving range is what stands out.
        public var inRange: Bool
        public init(period: Int, rule: Int, label: String = "", inRange: Bool = false) {
            self.period = period
            self.rule = rule
            self.label = label
            self.inRange = inRange
        }
    }

    public var subject: String
    public var periods: [LinePlate.Period]
    /// As many as periods.
    public var readings: [Reading]
    /// The first of a stretch has none.
    public var ranges: [Reading]
    public var stretches: [Stretch]
    public var signals: [Signal]
    /// In order: "outside the limits", "eight in a row on one side".
    public var rules: [String]
    /// Behind the last stretch's lines: upper, centre, lower; and the limit of the ranges.
    public var limitLabels: [String]
    public var rangeLabel: String
    /// Over the lower plot: "From one week to the next".
    public var rangeTitle: String
    public var unit: String
    public var prefix: String

    public init(
        subject: String, periods: [LinePlate.Period], readings: [Reading], ranges: [Reading], stretches: [Stretch],
        signals: [Signal] = [], rules: [String] = [], limitLabels: [String] = [], rangeLabel: String = "",
        rangeTitle: String = "", unit: String = "", prefix: String = ""
    ) {
        self.subject = subject
        self.periods = periods
        self.readings = readings
        self.ranges = ranges
        self.stretches = stretches
        self.signals = signals
        self.rules = rules
        self.limitLabels = limitLabels
        self.rangeLabel = rangeLabel
        self.rangeTitle = rangeTitle
        self.unit = unit
        self.prefix = prefix
    }

    var hasValues: Bool { readings.contains { $0.number != nil } }
    var usedRules: [Int] { Set(signals.map(\.rule)).filter(rules.indices.contains).sorted() }

    public func leastHeight(width: Double, pen: Pen) -> Double {
        let key = XmRDrawing.key(self, width: width, pen: pen)
        return (rangeTitle.isEmpty ? 130 : 142) + 11 * Double(key.count)
    }

    var alternative: String {
        guard hasValues else {
            return Spoken.list(subject, [readings.compactMap(\.reason).first ?? say("no figures yet")])
        }
        let known = readings.count { $0.number != nil }
        let told = signals.map { signal in
            let period = periods.indices.contains(signal.period) ? periods[signal.period].label : ""
            let rule = rules.indices.contains(signal.rule) ? rules[signal.rule] : ""
            return [period, signal.label, rule].filter { !$0.isEmpty }
                .joined(separator: " ")
        }
        let range = rangeLabel.isEmpty ? "" : "\(rangeTitle) \(rangeLabel)"
        return Spoken.list(subject, [say("\(known) of \(readings.count) periods known")] + limitLabels + [range] + told)
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        XmRDrawing(plate: self, area: area, pen: canvas.pen).draw(on: &canvas)
    }
}
