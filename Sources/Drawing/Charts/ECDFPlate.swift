public import Basis

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// How many were done within any time: a curve for each group, from 0 to 100 %, read off where a target stands.
///
/// Everything a histogram shows without its classes: the median is where a curve crosses 50 %.
public struct ECDFPlate: FigurePlate {
    public struct Curve: Hashable, Sendable {
        public var name: String
        /// In any order, in the unit of the axis; those that are not finite count as never.
        public var values: [Double]
        /// How many there are together with those that have no value yet; at least as many as values.
        public var total: Int
        /// After the name at the line's end: "88 %".
        public var value: String
        /// Small, under it: "half within 22 min".
        public var note: String
        public var look: StepCurvePlate.Curve.Look
        /// Half the height of the likely band, in points of per cent; nil: none.
        public var margin: Double?
        /// Where the curve crosses each of the marks: "71 %".
        public var atMarks: [Label]

        public init(
            _ name: String, _ values: [Double], total: Int? = nil, value: String = "", note: String = "",
            look: StepCurvePlate.Curve.Look = .main, margin: Double? = nil, atMarks: [Label] = []
        ) {
            self.name = name
            self.values = values
            self.total = max(total ?? values.count, values.count)
            self.value = value
            self.note = note
            self.look = look
            self.margin = margin
            self.atMarks = atMarks
        }
    }

    public var subject: String
    public var curves: [Curve]
    /// Domain and ticks: `Axis(holdingSeconds:)`, or `Axis(doublingSeconds:)` with `doubling`.
    public var axis: Axis
    /// Equal steps are equal factors: for times from seconds to days.
    public var doubling: Bool
    public var marks: [StepCurvePlate.Mark]
    /// Under the axis: "open time until the first answer".
    public var xTitle: String
    /// Said when no group has a value.
    public var absence: Reading

    public init(
        subject: String, curves: [Curve], axis: Axis, doubling: Bool = false, marks: [StepCurvePlate.Mark] = [],
        xTitle: String = "", absence: Reading = .tooFew(say("nothing to show"))
    ) {
        self.subject = subject
        self.curves = curves
        self.axis = axis
        self.doubling = doubling
        self.marks = marks
        self.xTitle = xTitle
        self.absence = absence
    }

    private var foot: Double { xTitle.isEmpty ? 0 : 11 }
    private static let percent = Axis(
        lower: 0, upper: 100,
        ticks: [.init(0, "0"), .init(25, "25"), .init(50, "50"), .init(75, "75"), .init(100, "100 %")])

    public func leastHeight(width: Double, pen: Pen) -> Double {
        max(steps.leastHeight(width: width, pen: pen), 96) + foot
    }

    var alternative: String {
        let told = curves.map { curve in
            let read = zip(marks, curve.atMarks).map { "\($0.label) \($1.spoken)" }
            let name = [curve.name, curve.value].filter { !$0.isEmpty }.joined(separator: " ")
            return ([name, curve.note] + read).filter { !$0.isEmpty }.joined(separator: ", ")
        }
        let nothing = curves.contains { $0.values.contains(where: \.isFinite) } ? "" : absence.reason ?? ""
        return Spoken.list(subject, [nothing] + told)
    }

    /// Where a value stands on the axis: itself, or its doublings.
    private func position(_ value: Double) -> Double {
        guard doubling, value.isFinite else { return value }
        return log2(max(value, max(axis.lower, 1e-9)))
    }

    private func steps(_ curve: Curve) -> StepCurvePlate.Curve {
        let sorted = curve.values.filter(\.isFinite).sorted()
        let total = Double(max(curve.total, 1))
        let margin = curve.margin.flatMap { $0.isFinite ? abs($0) : nil }
        var steps: [StepCurvePlate.Step] = []
        for (index, value) in sorted.enumerated() {
            if index + 1 < sorted.count, sorted[index + 1] == value { continue }
            let share = 100 * Double(index + 1) / total
            let likely = margin.map { LikelyRange(max(share - $0, 0), min(share + $0, 100)) }
            steps.append(StepCurvePlate.Step(position(value), share, likely: likely))
        }
        return StepCurvePlate.Curve(
            curve.name, steps: steps, until: position(axis.upper), value: curve.value, note: curve.note,
            look: curve.look)
    }

    private var steps: StepCurvePlate {
        var plate = StepCurvePlate(
            subject: subject, curves: curves.map(steps),
            times: Axis(
                lower: position(axis.lower), upper: position(axis.upper),
                ticks: axis.ticks.map { Axis.Tick(position($0.value), $0.label) }),
            marks: marks.map { StepCurvePlate.Mark(at: position($0.at), $0.label) }, absence: absence)
        plate.shares = ECDFPlate.percent
        return plate
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        let steps = steps
        let box = Rect(x: area.x, y: area.y, width: area.width, height: area.height - foot)
        let drawing = StepCurveDrawing(plate: steps, area: box, pen: canvas.pen)
        drawing.draw(on: &canvas)
        if !xTitle.isEmpty {
            canvas.text(
                xTitle, x: drawing.plot.x, baseline: area.maxY - 2.5, canvas.theme.style(.small, .quiet),
                limit: area.maxX - drawing.plot.x)
        }
        drawReadings(steps, drawing, on: &canvas)
    }

    /// A dot where a curve crosses a mark, with its words where no line runs.
    private func drawReadings(_ steps: StepCurvePlate, _ drawing: StepCurveDrawing, on canvas: inout Canvas) {
        var field = LabelField(bounds: drawing.plot)
        for curve in steps.curves {
            field.block(polyline: Decimation.line(drawing.corners(curve) { $0.share }), width: 2.5)
        }
        for mark in steps.marks where mark.at.isFinite {
            let x = drawing.x.clamped(mark.at)
            field.block(from: Point(x: x, y: drawing.plot.y), to: Point(x: x, y: drawing.plot.maxY), width: 3)
        }
        for (curve, drawn) in zip(curves, steps.curves) {
            for (mark, label) in zip(steps.marks, curve.atMarks) where mark.at.isFinite {
                let share = drawn.steps.last { $0.at <= mark.at + 1e-9 }?.share ?? 0
                let point = Point(x: drawing.x.clamped(mark.at), y: drawing.y.clamped(share))
                let color = canvas.theme.color(label.tone ?? (curve.look == .main ? .good : .text))
                canvas.circle(point, radius: 3, fill: color, stroke: Stroke(canvas.theme.white, width: 0.8))
                guard !label.isEmpty else { continue }
                let size = Size(width: canvas.pen.width(label, .body, bold: true), height: canvas.theme.bodySize)
                guard let place = field.place(LabelField.around(point, size: size, gap: 6)) else {
                    canvas.shortened.append(label.text)
                    continue
                }
                if place.needsHalo { canvas.halo(place.area, by: 1) }
                canvas.label(
                    label, x: place.area.x, baseline: place.area.y + 7.6, tone: curve.look == .main ? .good : .ink,
                    bold: true)
            }
        }
    }
}
