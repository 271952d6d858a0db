import Basis

/// Figures over periods: a line with likely ranges, the usual range, a target, events, and what is too new to judge.
public struct LinePlate: FigurePlate {
    public struct Period: Hashable, Sendable {
        /// Empty: no label under this period.
        public var label: String
        /// A second line: the year.
        public var sub: String
        public var bold: Bool
        public init(_ label: String, sub: String = "", bold: Bool = false) {
            self.label = label
            self.sub = sub
            self.bold = bold
        }
    }

    public struct Series: Hashable, Sendable {
        public enum Look: Hashable, Sendable {
            /// Blue line with points.
            case main
            /// Grey line with small points: the time before a change.
            case past
            /// Paler blue line with points: months before the one in question.
            case muted
            /// Blue line without points.
            case plain
            /// Dashed, without points: a budget.
            case dashed
        }
        public var name: String
        /// As many as periods or fewer; a missing value is a gap.
        public var readings: [Reading]
        /// The period of the first reading, counted from 0.
        public var from: Int
        public var look: Look
        /// At the last point, or right of it at `level`; nil: none.
        public var lastLabel: Label?
        /// What the label tells where that is not the last point: a mean.
        public var level: Double?
        /// A larger last point with end ticks on its range.
        public var emphasiseLast: Bool
        public init(
            _ name: String, _ readings: [Reading], from: Int = 0, look: Look = .main, lastLabel: Label? = nil,
            level: Double? = nil, emphasiseLast: Bool = false
        ) {
            self.name = name
            self.readings = readings
            self.from = from
            self.look = look
            self.lastLabel = lastLabel
            self.level = level
            self.emphasiseLast = emphasiseLast
        }
    }

    /// The band in which steady periods fall.
    public struct UsualRange: Hashable, Sendable {
        public var from: Int
        public var to: Int
        public var lower: Double
        public var centre: Double
        public var upper: Double
        public var label: String
        /// In blue: the range after the change.
        public var current: Bool
        /// Not final: dashed edges.
        public var provisional: Bool
        public init(
            from: Int, to: Int, lower: Double, centre: Double, upper: Double, label: String = "",
            current: Bool = false, provisional: Bool = false
        ) {
            self.from = from
            self.to = to
            self.lower = lower
            self.centre = centre
            self.upper = upper
            self.label = label
            self.current = current
            self.provisional = provisional
        }
    }

    /// A figure whose time is not over: hollow, with where earlier periods stood at the same age.
    public struct TooNew: Hashable, Sendable {
        public var period: Int
        public var reading: Reading
        public var earlier: Double?
        /// "day 31"
        public var label: String
        /// "1.9 %"
        public var value: String
        public init(period: Int, _ reading: Reading, earlier: Double? = nil, label: String, value: String = "") {
            self.period = period
            self.reading = reading
            self.earlier = earlier
            self.label = label
            self.value = value
        }
    }

    /// A vertical line at a moment; 2.0 is the border before the third period.
    public struct Event: Hashable, Sendable {
        public var at: Double
        /// Bold, left of the line: "6 Jul".
        public var date: String
        /// Right of the line.
        public var label: String
        public init(at: Double, date: String, label: String = "") {
            self.at = at
            self.date = date
            self.label = label
        }
    }

    /// A thin line at a moment that had something to do with the figure, in positions as of events. Its name stands at the
    /// foot where there is room, else it is told in the text for those who cannot see the chart.
    public struct Mark: Hashable, Sendable {
        public var at: Double
        public var name: String
        public init(at: Double, name: String) {
            self.at = at
            self.name = name
        }
    }

    /// A hatched stretch, in positions as of events.
    public struct Window: Hashable, Sendable {
        public var from: Double
        public var to: Double
        public var label: String
        /// Orange with an outline: no data there.
        public var missing: Bool
        public init(from: Double, to: Double, label: String, missing: Bool = false) {
            self.from = from
            self.to = to
            self.label = label
            self.missing = missing
        }
    }

    /// A point that is spoken of: a ring in orange and a remark.
    public struct Flag: Hashable, Sendable {
        public var series: Int
        public var period: Int
        public var label: String
        public init(series: Int, period: Int, label: String) {
            self.series = series
            self.period = period
            self.label = label
        }
    }

    public var subject: String
    public var periods: [Period]
    public var series: [Series]
    public var usual: [UsualRange]
    public var target: ReferenceLine?
    public var tooNew: [TooNew]
    public var events: [Event]
    public var windows: [Window]
    public var flags: [Flag]
    public var marks: [Mark] = []
    /// Given ticks; nil: chosen.
    public var axis: Axis?
    public var fromZero: Bool
    public var unit: String
    public var prefix: String
    /// Right-aligned under the axis: "too new: short bar shows earlier months at that age".
    public var caption: String
    public var height: Double?

    public init(
        subject: String, periods: [Period], series: [Series], usual: [UsualRange] = [],
        target: ReferenceLine? = nil, tooNew: [TooNew] = [], events: [Event] = [], windows: [Window] = [],
        flags: [Flag] = [], axis: Axis? = nil, fromZero: Bool = false, unit: String = "", prefix: String = "",
        caption: String = "", height: Double? = nil
    ) {
        self.subject = subject
        self.periods = periods
        self.series = series
        self.usual = usual
        self.target = target
        self.tooNew = tooNew
        self.events = events
        self.windows = windows
        self.flags = flags
        self.axis = axis
        self.fromZero = fromZero
        self.unit = unit
        self.prefix = prefix
        self.caption = caption
        self.height = height
    }

    public func naturalHeight(width: Double, pen: Pen) -> Double? { height }
    public func leastHeight(width: Double, pen: Pen) -> Double { height ?? 90 }

    var alternative: String {
        var parts: [String] = series.map { one in
            let known = one.readings.filter { $0.number != nil }.count
            let reasons = Set(one.readings.compactMap(\.reason)).sorted()
            let last = one.lastLabel.map { label in
                ", " + (one.level == nil
                    ? say("last \(label.spoken)", context: "value") : say("mean \(label.spoken)", context: "value"))
            } ?? ""
            let gaps = reasons.isEmpty ? "" : " (\(reasons.joined(separator: ", ")))"
            return say("\(one.name) \(known) of \(one.readings.count) periods known") + gaps + last
        }
        parts += usual.map(\.label) + [target?.label ?? ""]
        parts += tooNew.map { say("too new: \(periodName($0.period)) \($0.label) \($0.value)") }
        parts += events.map { "\($0.date) \($0.label)" } + windows.map(\.label)
        parts += marks.map { say("from \(periodName(Int($0.at.rounded(.down)))) on: \($0.name)") }
        parts += flags.map { "\(periodName($0.period)) \($0.label)" }
        return Spoken.list(subject, parts)
    }

    private func periodName(_ index: Int) -> String { periods.indices.contains(index) ? periods[index].label : "" }

    /// Everything the axis must hold.
    var values: [Double] {
        var values: [Double] = []
        for reading in series.flatMap(\.readings) + tooNew.map(\.reading) {
            if let number = reading.number { values.append(number) }
            if let likely = reading.likely { values += [likely.lower, likely.upper] }
        }
        values += usual.flatMap { [$0.lower, $0.upper] }
        values += tooNew.compactMap(\.earlier)
        if let target { values.append(target.value) }
        return values
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        let axis = axis ?? Axis(holding: values, fromZero: fromZero, unit: unit, prefix: prefix)
        let drawing = LineDrawing(plate: self, axis: axis, area: area, pen: canvas.pen)
        drawing.draw(on: &canvas)
    }
}
