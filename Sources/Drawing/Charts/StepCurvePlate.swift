public import Basis

/// Shares that grow in steps, such as how many had bought by each day: a line for each group with its likely band, the
/// groups' names at the lines' ends, and under the axis how many are still watched.
public struct StepCurvePlate: FigurePlate {
    public struct Step: Hashable, Sendable {
        public var at: Double
        /// From here on, until the next step.
        public var share: Double
        public var likely: LikelyRange?
        public init(_ at: Double, _ share: Double, likely: LikelyRange? = nil) {
            self.at = at
            self.share = share
            self.likely = likely
        }
    }

    public struct Curve: Hashable, Sendable {
        public enum Look: Hashable, Sendable {
            /// Blue, its band filled.
            case main
            /// Dark and dashed, its band between dotted lines.
            case other
            /// Paler blue and thin, without a band: what the others are compared with.
            case background
        }
        public var name: String
        /// Ascending; before the first the share is 0.
        public var steps: [Step]
        /// The line ends here, with a ring where it ends before the axis does: nobody was watched longer.
        public var until: Double
        /// After the name at the line's end: "4.1 %".
        public var value: String
        /// Small, under it: "likely 3.1 to 5.3".
        public var note: String
        public var look: Look
        /// How many are still watched, one for each tick.
        public var watched: [String]
        public init(
            _ name: String, steps: [Step], until: Double, value: String, note: String = "", look: Look = .main,
            watched: [String] = []
        ) {
            self.name = name
            self.steps = steps
            self.until = until
            self.value = value
            self.note = note
            self.look = look
            self.watched = watched
        }
    }

    /// A moment that is spoken of: a dashed line with its words.
    public struct Mark: Hashable, Sendable {
        public var at: Double
        public var label: String
        public init(at: Double, _ label: String) {
            self.at = at
            self.label = label
        }
    }

    public var subject: String
    public var curves: [Curve]
    /// Domain and ticks; the unit stands on the last: "60 days".
    public var times: Axis
    public var unit: String
    /// Domain and ticks of the shares; nil: what the curves need, from 0.
    public var shares: Axis? = nil
    /// Over the numbers under the axis: "Visits still watched".
    public var watchedTitle: String
    public var marks: [Mark]
    /// Said when no group has a line.
    public var absence: Reading

    public init(
        subject: String, curves: [Curve], times: Axis, unit: String = " %", watchedTitle: String = "",
        marks: [Mark] = [], absence: Reading = .tooFew(say("too few to draw a line"))
    ) {
        self.subject = subject
        self.curves = curves
        self.times = times
        self.unit = unit
        self.watchedTitle = watchedTitle
        self.marks = marks
        self.absence = absence
    }

    var hasWatched: Bool { curves.contains { !$0.watched.isEmpty } }

    public func leastHeight(width: Double, pen: Pen) -> Double {
        let area = Rect(x: 0, y: 0, width: width, height: 1_000)
        let drawing = StepCurveDrawing(plate: self, area: area, pen: pen)
        return drawing.top + max(60, drawing.labelsHeight) + drawing.foot
    }

    var alternative: String {
        let told = curves.map { curve in
            let watched = zip(times.ticks, curve.watched).map { say("\($1) watched at \($0.label)") }
            return ([[curve.name, curve.value].joined(separator: " "), curve.note] + watched).filter { !$0.isEmpty }
                .joined(separator: ", ")
        }
        let nothing = curves.contains { !StepCurveDrawing.usable($0).isEmpty } ? "" : absence.reason ?? ""
        return Spoken.list(subject, [nothing] + told + marks.map(\.label))
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        StepCurveDrawing(plate: self, area: area, pen: canvas.pen).draw(on: &canvas)
    }
}

/// One drawing of a `StepCurvePlate`.
struct StepCurveDrawing {
    let plate: StepCurvePlate
    let area: Rect
    let pen: Pen
    let plot: Rect
    let x: LinearScale
    let y: LinearScale
    let yAxis: Axis
    /// Over the plot, for the words of the marks.
    let top: Double
    /// Under the plot: ticks, and who is still watched.
    let foot: Double
    /// Where the names at the lines' ends begin, and how wide they may be.
    let labelsX: Double
    let labelsWidth: Double

    init(plate: StepCurvePlate, area: Rect, pen: Pen) {
        self.plate = plate
        self.area = area
        self.pen = pen
        let small = pen.theme.style(.small, .quiet)
        let drawn = plate.curves.filter { !StepCurveDrawing.usable($0).isEmpty }
        var values = drawn.flatMap { $0.steps.map(\.share) }
        values += drawn.filter { $0.look != .background }.flatMap { $0.steps.compactMap { $0.likely?.drawable?.upper } }
        yAxis = drawn.isEmpty ? Axis(holding: []) : plate.shares ?? Axis(holding: values, fromZero: true, unit: plate.unit, most: 5)
        top = plate.marks.isEmpty ? 6 : 14
        foot = plate.hasWatched ? 16 + 12 + 11 * Double(plate.curves.count) : 16
        let ticks = (yAxis.ticks.map { pen.width($0.label, small) }.max() ?? 0) + 8
        let names = plate.hasWatched
            ? plate.curves.map { pen.width($0.name, pen.theme.style(.small, .text, bold: true)) }.max() ?? 0 : 0
        let firsts = plate.curves.compactMap(\.watched.first).map { pen.width($0, small) / 2 }.max() ?? 0
        let left = area.x + max(ticks, min(names, area.width * 0.27) + firsts + 6)
        let wants = plate.curves.map { curve in
            max(
                pen.width(StepCurveDrawing.title(curve), pen.theme.style(.body, .ink, bold: true)),
                pen.width(curve.note, small))
        }.max() ?? 0
        let unitEnd = (plate.times.ticks.last.map { pen.width($0.label, small) } ?? 0) / 2
        labelsWidth = min(wants, max(area.width * 0.3, 58))
        let right = max(area.maxX - max(labelsWidth + (drawn.isEmpty ? 0 : 12), unitEnd), left + 30)
        labelsX = right + 12
        plot = Rect(x: left, y: area.y + top, width: right - left, height: max(area.height - top - foot, 30))
        x = LinearScale(plate.times.lower, plate.times.upper, start: plot.x, end: plot.maxX)
        y = LinearScale(yAxis.lower, yAxis.upper, start: plot.maxY, end: plot.y)
    }

    static func title(_ curve: StepCurvePlate.Curve) -> String {
        [curve.name, curve.value].filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// What can be drawn of a curve; empty: nothing of it.
    static func usable(_ curve: StepCurvePlate.Curve) -> [StepCurvePlate.Step] {
        guard curve.until.isFinite else { return [] }
        return curve.steps.filter { $0.at.isFinite && $0.share.isFinite && $0.at <= curve.until }
    }

    // MARK: Names at the ends

    private struct EndLabel {
        var curve: StepCurvePlate.Curve
        var lines: [Pen.Line]
        var end: Point
        var height: Double
        var top = 0.0
    }

    private func endLabel(_ curve: StepCurvePlate.Curve) -> EndLabel {
        let tone: Tone = curve.look == .main ? .good : .ink
        let lines = pen.lines(
            RichText(StepCurveDrawing.title(curve)), size: .body, tone: tone, bold: curve.look != .background,
            width: labelsWidth)
        let last = StepCurveDrawing.usable(curve).last?.share ?? 0
        let end = Point(x: x.clamped(curve.until), y: y.clamped(last))
        let height = 10.5 * Double(lines.count) + (curve.note.isEmpty ? 0 : 10)
        return EndLabel(curve: curve, lines: lines, end: end, height: height)
    }

    private var endLabels: [EndLabel] {
        plate.curves.filter { !StepCurveDrawing.usable($0).isEmpty }.map(endLabel)
    }

    /// What the names need one under the other.
    var labelsHeight: Double { endLabels.reduce(0) { $0 + $1.height + 2 } }

    /// Each as near to its line's end as the others let it, in the order of the ends, inside the plot.
    private var placed: [EndLabel] {
        var labels = endLabels.sorted { ($0.end.y, $0.curve.name) < ($1.end.y, $1.curve.name) }
        var floor = area.y
        for index in labels.indices {
            labels[index].top = max(labels[index].end.y - 5, floor)
            floor = labels[index].top + labels[index].height + 2
        }
        var ceiling = plot.maxY
        for index in labels.indices.reversed() {
            labels[index].top = min(labels[index].top, ceiling - labels[index].height)
            ceiling = labels[index].top - 2
        }
        return labels
    }

    // MARK: Drawing

    func draw(on canvas: inout Canvas) {
        drawAxes(on: &canvas)
        let labels = placed
        guard !labels.isEmpty else {
            canvas.absence(
                plate.absence,
                in: Rect(x: plot.x + 8, y: plot.midY - 7, width: max(area.maxX - plot.x - 16, 10), height: 14))
            drawWatched(on: &canvas)
            return
        }
        for look in [StepCurvePlate.Curve.Look.main, .other] {
            for label in labels where label.curve.look == look { drawBand(label.curve, on: &canvas) }
        }
        drawMarks(on: &canvas)
        for look in [StepCurvePlate.Curve.Look.background, .other, .main] {
            for label in labels where label.curve.look == look { drawLine(label, on: &canvas) }
        }
        for label in labels { draw(label, on: &canvas) }
        drawWatched(on: &canvas)
    }

    private func drawAxes(on canvas: inout Canvas) {
        let theme = pen.theme
        let small = theme.style(.small, .quiet)
        for tick in yAxis.ticks {
            let height = y(tick.value)
            if tick.value != yAxis.lower {
                canvas.horizontal(y: height, from: plot.x, to: plot.maxX, Stroke(theme.grid, width: 0.6))
            }
            canvas.text(tick.label, x: plot.x - 6, baseline: height + 2.9, small, align: .right)
        }
        let stroke = Stroke(theme.axis, width: 0.8)
        canvas.horizontal(y: plot.maxY, from: plot.x, to: plot.maxX, stroke)
        let shown = shownTicks
        for (index, tick) in plate.times.ticks.enumerated() where tick.value.isFinite {
            let at = x.clamped(tick.value)
            canvas.vertical(x: at, from: plot.maxY, to: plot.maxY + 2.6, stroke)
            guard shown.contains(index) else { continue }
            canvas.text(tick.label, x: tickLeft(index), baseline: plot.maxY + 12, small)
        }
    }

    /// The number stands under its tick, its unit beyond it.
    private func tickLeft(_ index: Int) -> Double {
        let small = pen.theme.style(.small, .quiet)
        let tick = plate.times.ticks[index]
        let bare = String(tick.label.prefix { $0 != " " })
        let left = x.clamped(tick.value) - pen.width(bare, small) / 2
        return min(left, area.maxX - pen.width(tick.label, small))
    }

    /// The first and the last tick, and of the others those that have room, with what stands under them.
    private var shownTicks: Set<Int> {
        let small = pen.theme.style(.small, .quiet)
        let ticks = plate.times.ticks
        let order = [ticks.count - 1, 0] + Array(ticks.indices.dropFirst().dropLast())
        var taken: [(Double, Double)] = []
        var shown: Set<Int> = []
        for index in order where ticks.indices.contains(index) && ticks[index].value.isFinite && !shown.contains(index) {
            let at = x.clamped(ticks[index].value)
            let numbers = plate.curves.compactMap { $0.watched.indices.contains(index) ? $0.watched[index] : nil }
            let half = (numbers.map { pen.width($0, small) }.max() ?? 0) / 2
            let left = min(tickLeft(index), at - half)
            let right = max(tickLeft(index) + pen.width(ticks[index].label, small), at + half)
            guard taken.allSatisfy({ left > $0.1 + 5 || right < $0.0 - 5 }) else { continue }
            taken.append((left, right))
            shown.insert(index)
        }
        return shown
    }

    /// The corners of a line that holds each value until the next.
    func corners(_ curve: StepCurvePlate.Curve, _ value: (StepCurvePlate.Step) -> Double) -> [Point] {
        let steps = StepCurveDrawing.usable(curve)
        guard let first = steps.first else { return [] }
        var level = first.at > plate.times.lower ? y.clamped(0) : y.clamped(value(first))
        var points = [Point(x: x.clamped(plate.times.lower), y: level)]
        for step in steps {
            let at = x.clamped(step.at)
            let next = y.clamped(value(step))
            points.append(Point(x: at, y: level))
            points.append(Point(x: at, y: next))
            level = next
        }
        points.append(Point(x: x.clamped(curve.until), y: level))
        return points
    }

    private func drawBand(_ curve: StepCurvePlate.Curve, on canvas: inout Canvas) {
        guard StepCurveDrawing.usable(curve).contains(where: { $0.likely?.drawable != nil }) else { return }
        let upper = corners(curve) { $0.likely?.drawable?.upper ?? $0.share }
        let lower = corners(curve) { $0.likely?.drawable?.lower ?? $0.share }
        if curve.look == .main {
            canvas.polygon(Decimation.line(upper) + Decimation.line(lower).reversed(), fill: pen.theme.pale)
        } else {
            let dotted = Stroke(pen.theme.axis, width: 0.7, dash: [0.8, 1.8])
            canvas.polyline(upper, dotted)
            canvas.polyline(lower, dotted)
        }
    }

    private func stroke(_ look: StepCurvePlate.Curve.Look) -> Stroke {
        switch look {
        case .main: Stroke(pen.theme.blue, width: 1.7)
        case .other: Stroke(pen.theme.text, width: 1.4, dash: [4, 2])
        case .background: Stroke(pen.theme.mid, width: 1.1)
        }
    }

    private func drawLine(_ label: EndLabel, on canvas: inout Canvas) {
        let stroke = stroke(label.curve.look)
        canvas.polyline(corners(label.curve) { $0.share }, stroke)
        guard label.end.x < plot.maxX - 1 else { return }
        canvas.hollow(label.end, radius: 2.8, stroke.color, width: 1.2)
    }

    /// The name, with a thin line to it from where its own line ends.
    private func draw(_ label: EndLabel, on canvas: inout Canvas) {
        let middle = label.top + 5
        let leader = Stroke(pen.theme.axis, width: 0.6)
        if label.end.x < plot.maxX - 1 {
            canvas.horizontal(y: label.end.y, from: label.end.x + 3.4, to: plot.maxX, leader)
        }
        canvas.segment(Point(x: plot.maxX, y: label.end.y), Point(x: labelsX - 3, y: middle), leader)
        var baseline = label.top + 8.3
        for line in label.lines {
            canvas.draw(line, x: labelsX, baseline: baseline)
            baseline += 10.5
        }
        canvas.text(
            label.curve.note, x: labelsX, baseline: baseline - 0.6, pen.theme.style(.small, .text),
            limit: max(labelsWidth, 20))
    }

    private func drawMarks(on canvas: inout Canvas) {
        var field = LabelField(bounds: Rect(x: area.x, y: area.y, width: area.width, height: 13))
        let style = pen.theme.style(.small, .text)
        for mark in plate.marks where mark.at.isFinite {
            let at = x.clamped(mark.at)
            canvas.vertical(
                x: at, from: plot.y - 1, to: plot.maxY, Stroke(pen.theme.quiet, width: 0.9, dash: [2.4, 2]))
            let width = pen.width(mark.label, style)
            let lefts = [at - width / 2, at - width, at, plot.maxX - width, plot.x]
            guard let place = field.place(lefts.map { Rect(x: $0, y: area.y, width: width, height: 9) }) else {
                canvas.shortened.append(mark.label)
                continue
            }
            canvas.text(mark.label, x: place.area.x, baseline: place.area.y + 7, style)
        }
    }

    private func drawWatched(on canvas: inout Canvas) {
        guard plate.hasWatched else { return }
        let small = pen.theme.style(.small, .quiet)
        var baseline = plot.maxY + 26
        canvas.text(plate.watchedTitle, x: area.x, baseline: baseline, small, limit: area.width)
        let shown = shownTicks
        let first = plate.curves.compactMap(\.watched.first).map { pen.width($0, small) / 2 }.max() ?? 0
        for curve in plate.curves {
            baseline += 11
            let style = pen.theme.style(.small, curve.look == .main ? .good : .ink, bold: curve.look != .background)
            canvas.text(curve.name, x: area.x, baseline: baseline, style, limit: max(plot.x - first - 4 - area.x, 12))
            for (index, number) in curve.watched.enumerated() where shown.contains(index) {
                canvas.text(
                    number, x: x.clamped(plate.times.ticks[index].value), baseline: baseline,
                    pen.theme.style(.small, .text), align: .center)
            }
        }
    }
}
