public import Basis

/// Shares against their numbers with limits that narrow: only who lies outside is named.
public struct WhoStandsOutPlate: FigurePlate {
    public struct Point: Hashable, Sendable {
        public enum Standing: Hashable, Sendable {
            case inside
            /// Outside the dashed curve (1 in 20): named quietly.
            case noted
            /// Outside the solid curve (1 in 500), on the good side.
            case praised
            /// Outside the solid curve, on the bad side: orange.
            case needsHelp
        }
        public var n: Double
        public var share: Double
        /// "T. Moss 79 %"
        public var label: String
        /// "112 of 141"
        public var note: String
        public var standing: Standing
        public init(n: Double, share: Double, label: String = "", note: String = "", standing: Standing = .inside) {
            self.n = n
            self.share = share
            self.label = label
            self.note = note
            self.standing = standing
        }
    }

    /// Limits at growing numbers; all four shares belong to the same n.
    public struct Limits: Hashable, Sendable {
        public var n: Double
        public var lower500: Double
        public var lower20: Double
        public var upper20: Double
        public var upper500: Double
        public init(n: Double, lower500: Double, lower20: Double, upper20: Double, upper500: Double) {
            self.n = n
            self.lower500 = lower500
            self.lower20 = lower20
            self.upper20 = upper20
            self.upper500 = upper500
        }
    }

    public var subject: String
    public var points: [Point]
    public var centre: ReferenceLine
    public var limits: [Limits]
    /// Under the axis: "conversations assigned".
    public var xTitle: String
    public var unit: String
    public var yAxis: Axis?
    /// Said when there are no points.
    public var absence: Reading

    public init(
        subject: String, points: [Point], centre: ReferenceLine, limits: [Limits], xTitle: String,
        unit: String = " %", yAxis: Axis? = nil, absence: Reading = .tooFew(say("too few to compare"))
    ) {
        self.subject = subject
        self.points = points
        self.centre = centre
        self.limits = limits
        self.xTitle = xTitle
        self.unit = unit
        self.yAxis = yAxis
        self.absence = absence
    }

    public func leastHeight(width: Double, pen: Pen) -> Double { 120 }

    var alternative: String {
        let named = points.filter { $0.standing != .inside }.map {
            let word: String =
                switch $0.standing {
                case .inside: ""
                case .noted: say("outside the 1 in 20 curve")
                case .praised: say("outside the 1 in 500 curve, praiseworthy")
                case .needsHelp: say("outside the 1 in 500 curve, needs help")
                }
            return "\($0.label) \(word)"
        }
        let inside = points.count - named.count
        return Spoken.list(
            "\(subject), \(centre.label)",
            points.isEmpty ? [absence.reason ?? ""] : named + [say("\(inside) inside the curves")])
    }

    /// More names than a plot has places for.
    private static let mostNames = 60

    private var drawable: [Limits] {
        limits.filter { limit in
            [limit.n, limit.lower500, limit.lower20, limit.upper20, limit.upper500].allSatisfy(\.isFinite)
        }
    }

    private struct Plan {
        var plot: Rect
        var x: LinearScale
        var y: LinearScale
        var xAxis: Axis
        var yAxis: Axis
    }

    private func plan(in area: Rect, pen: Pen) -> Plan {
        let shares = points.map(\.share) + [centre.value] + drawable.suffix(drawable.count / 2 + 1).flatMap {
            [$0.lower500, $0.upper500]
        }
        let known = points.isEmpty ? [] : shares
        var y = yAxis ?? Axis(holding: known, unit: unit, most: 6)
        if yAxis == nil, known.allSatisfy({ $0 <= 100 }), y.upper > 100 { y = y.cut(at: 100, unit: unit) }
        let x = points.isEmpty
            ? Axis(holding: []) : Axis(holding: points.map(\.n) + drawable.map(\.n), fromZero: true, most: 7)
        let small = pen.theme.style(.small, .quiet)
        let left = area.x + (y.ticks.map { pen.width($0.label, small) }.max() ?? 0) + 8
        let right = max(pen.width(centre.label, small), pen.width(say("1 in 500"), small)) + 7
        let plot = Rect(
            x: left, y: area.y + 4, width: max(area.maxX - right - left, 30), height: max(area.height - 30, 30))
        let furthest = max((points.map(\.n) + drawable.map(\.n)).filter(\.isFinite).max() ?? 1, 1e-9)
        return Plan(
            plot: plot, x: LinearScale(0, furthest * 1.02, start: plot.x, end: plot.maxX),
            y: LinearScale(y.lower, y.upper, start: plot.maxY, end: plot.y), xAxis: x, yAxis: y)
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        let plan = plan(in: area, pen: canvas.pen)
        drawAxes(plan, on: &canvas, area: area)
        guard points.contains(where: { $0.n.isFinite && $0.share.isFinite }) else {
            canvas.absence(
                absence, in: Rect(
                    x: plan.plot.x + 8, y: plan.plot.midY - 7, width: max(plan.plot.width - 16, 10), height: 14))
            return
        }
        var field = LabelField(bounds: area)
        field.block(label: Rect(x: area.x, y: plan.plot.maxY, width: area.width, height: 30))
        field.block(label: Rect(x: area.x, y: area.y, width: plan.plot.x - area.x, height: area.height))
        canvas.group(.none, clip: plan.plot) { drawLimits(plan, on: &$0, field: &field) }
        let level = plan.y.clamped(centre.value)
        canvas.horizontal(
            y: level, from: plan.plot.x, to: plan.plot.maxX, Stroke(canvas.theme.quiet, width: 1))
        field.block(from: .init(x: plan.plot.x, y: level), to: .init(x: plan.plot.maxX, y: level), width: 2.5)
        drawPoints(plan, on: &canvas, field: &field)
        drawSideLabels(plan, level: level, on: &canvas, area: area, field: &field)
        let order: [Point.Standing] = [.needsHelp, .praised, .noted]
        let named = order.flatMap { standing in
            points.filter { $0.standing == standing && $0.n.isFinite && $0.share.isFinite }
        }
        for point in named.prefix(WhoStandsOutPlate.mostNames) { drawName(of: point, plan, on: &canvas, field: &field) }
        if named.count > WhoStandsOutPlate.mostNames {
            canvas.shortened.append(Overflow.words(named.count - WhoStandsOutPlate.mostNames))
        }
    }

    private func drawAxes(_ plan: Plan, on canvas: inout Canvas, area: Rect) {
        let theme = canvas.theme
        let style = theme.style(.small, .quiet)
        for tick in plan.yAxis.ticks {
            let y = plan.y(tick.value)
            canvas.horizontal(y: y, from: plan.plot.x, to: plan.plot.maxX, Stroke(theme.grid, width: 0.6))
            canvas.text(tick.label, x: plan.plot.x - 6, baseline: y + 2.9, style, align: .right)
        }
        let stroke = Stroke(theme.axis, width: 0.8)
        canvas.horizontal(y: plan.plot.maxY, from: plan.plot.x, to: plan.plot.maxX, stroke)
        var edge = -Double.infinity
        for tick in plan.xAxis.ticks where plan.x(tick.value) <= plan.plot.maxX + 0.1 {
            let x = plan.x(tick.value)
            canvas.vertical(x: x, from: plan.plot.maxY, to: plan.plot.maxY + 2.6, stroke)
            let width = canvas.pen.width(tick.label, style)
            guard x - width / 2 > edge + 4 else { continue }
            edge = canvas.text(tick.label, x: x - width / 2, baseline: plan.plot.maxY + 12, style).maxX
        }
        canvas.text(
            xTitle, x: plan.plot.midX, baseline: plan.plot.maxY + 23, theme.style(.small, .text), align: .center,
            limit: plan.plot.width)
    }

    private func drawLimits(_ plan: Plan, on canvas: inout Canvas, field: inout LabelField) {
        let theme = canvas.theme
        let sorted = drawable.sorted { $0.n < $1.n }
        guard !sorted.isEmpty else { return }
        func curve(_ limits: ArraySlice<Limits>, _ share: (Limits) -> Double) -> [Drawing.Point] {
            Decimation.line(limits.map { Drawing.Point(x: plan.x($0.n), y: plan.y(share($0))) })
        }
        let upper = curve(sorted[...], \.upper20)
        let lower = curve(sorted[...], \.lower20)
        canvas.polygon(upper + lower.reversed(), fill: theme.wash)
        let dashed = Stroke(theme.axis, width: 0.9, dash: [2.6, 2])
        let solid = Stroke(theme.quiet, width: 0.9)
        canvas.polyline(upper, dashed)
        canvas.polyline(lower, dashed)
        // A limit that lies at 100 % is none: the curve begins where it can be crossed. Nor can one at 0 be.
        let high = sorted[((sorted.lastIndex { $0.upper500 >= 100 }) ?? 0)...]
        let low = sorted[((sorted.lastIndex { $0.lower500 <= 0 }) ?? 0)...]
        let outer = [curve(high, \.upper500), curve(low, \.lower500)]
        for line in outer { canvas.polyline(line, solid) }
        let lines = [upper, lower] + outer
        for line in lines { field.block(polyline: line) }
    }

    private func drawPoints(_ plan: Plan, on canvas: inout Canvas, field: inout LabelField) {
        let theme = canvas.theme
        let known = points.filter { $0.n.isFinite && $0.share.isFinite }
        let seen = Decimation.dots(known) { point in
            // Who stands out is not hidden by somebody who does not.
            let shift = point.standing == .inside ? 0 : 1e5
            return Drawing.Point(x: plan.x.clamped(point.n) + shift, y: plan.y.clamped(point.share))
        }
        for point in seen {
            let center = Drawing.Point(x: plan.x.clamped(point.n), y: plan.y.clamped(point.share))
            let strong = point.standing == .praised || point.standing == .needsHelp
            let color = point.standing == .needsHelp ? theme.orange : strong ? theme.blue : theme.mid
            let radius = strong ? 4.0 : 2.8
            canvas.circle(center, radius: radius, fill: color)
            field.block(
                Rect(x: center.x - radius - 1, y: center.y - radius - 1, width: 2 * radius + 2, height: 2 * radius + 2))
        }
    }

    private func drawSideLabels(
        _ plan: Plan, level: Double, on canvas: inout Canvas, area: Rect, field: inout LabelField
    ) {
        let style = canvas.theme.style(.small, .ink)
        let x = plan.plot.maxX + 5
        canvas.text(centre.label, x: x, baseline: level + 2.9, style)
        field.block(label: Rect(x: x, y: level - 5, width: area.maxX - x, height: 10))
        guard let last = drawable.max(by: { $0.n < $1.n }) else { return }
        let quiet = canvas.theme.style(.small, .quiet)
        if last.lower500 <= 0 {
            // Small shares have no lower curve: the upper ones are named.
            var ceiling = level - 5
            for (label, share) in [(say("1 in 20"), last.upper20), (say("1 in 500"), last.upper500)] {
                let y = min(plan.y.clamped(share), ceiling - 5)
                guard y > plan.plot.y else { continue }
                canvas.text(label, x: x, baseline: y + 2.9, quiet)
                field.block(label: Rect(x: x, y: y - 5, width: area.maxX - x, height: 10))
                ceiling = y - 5
            }
            return
        }
        var floor = level + 5
        for (label, share) in [(say("1 in 20"), last.lower20), (say("1 in 500"), last.lower500)] {
            let y = max(plan.y.clamped(share), floor + 5)
            guard y < plan.plot.maxY else { continue }
            canvas.text(label, x: x, baseline: y + 2.9, quiet)
            field.block(label: Rect(x: x, y: y - 5, width: area.maxX - x, height: 10))
            floor = y + 5
        }
    }

    private func drawName(of point: Point, _ plan: Plan, on canvas: inout Canvas, field: inout LabelField) {
        let center = Drawing.Point(x: plan.x.clamped(point.n), y: plan.y.clamped(point.share))
        let strong = point.standing != .noted
        let tone: Tone = point.standing == .needsHelp ? .bad : strong ? .good : .text
        let label = Label(
            point.label, tone, bold: strong, cue: point.standing == .needsHelp ? .down : nil)
        let size: TypeSize = strong ? .body : .small
        let note = canvas.theme.style(.small, .text)
        let indent = label.cue == nil ? 0 : Pen.cueAdvance(canvas.theme.bodySize)
        // A long name stands in lines.
        let lines = canvas.pen.lines(
            RichText(point.label), size: size, tone: tone, bold: strong, width: max(plan.plot.width * 0.45, 60))
        let named = indent + (lines.map(\.width).max() ?? 0)
        let hasNote = strong && !point.note.isEmpty
        let width = max(named, hasNote ? indent + canvas.pen.width(point.note, note) : 0)
        let height = (strong ? 10.0 : 9.5) * Double(max(lines.count, 1)) + (hasNote ? 10 : 0)
        let box = Drawing.Size(width: width, height: height)
        let around = LabelField.around(center, size: box, gap: 8) + LabelField.around(center, size: box, gap: 28)
        // A name beyond the solid curve would say that its point is.
        let near = strong ? [] : around.filter { !isBeyond($0, plan) }
        guard let place = field.place(near) ?? field.place(around) else {
            canvas.shortened.append(point.label)
            return
        }
        drawLeader(from: center, to: place.area, on: &canvas)
        if place.needsHalo { canvas.halo(place.area, by: 1) }
        var baseline = place.area.y + 7.6
        for (index, line) in lines.enumerated() {
            let text = line.pieces.map(\.text).joined()
            let first = Label(text, tone, bold: strong, cue: index == 0 ? label.cue : nil)
            canvas.label(first, x: place.area.x + (index == 0 ? 0 : indent), baseline: baseline, size: size)
            baseline += 10
        }
        if hasNote { canvas.text(point.note, x: place.area.x + indent, baseline: baseline, note) }
    }

    /// Whether the middle of a label lies outside the 1 in 500 curves.
    private func isBeyond(_ box: Rect, _ plan: Plan) -> Bool {
        let nearest = drawable.min { abs(plan.x($0.n) - box.midX) < abs(plan.x($1.n) - box.midX) }
        guard let nearest else { return false }
        return box.midY < plan.y(nearest.upper500) || box.midY > plan.y(nearest.lower500)
    }

    /// A line from the point to a label that does not stand beside it.
    private func drawLeader(from center: Drawing.Point, to box: Rect, on canvas: inout Canvas) {
        let x = min(max(center.x, box.x), box.maxX)
        let y = min(max(center.y, box.y), box.maxY)
        let (dx, dy) = (x - center.x, y - center.y)
        let length = (dx * dx + dy * dy).squareRoot()
        guard length > 9 else { return }
        let start = Drawing.Point(x: center.x + dx / length * 4, y: center.y + dy / length * 4)
        let end = Drawing.Point(x: x - dx / length * 1.5, y: y - dy / length * 1.5)
        canvas.segment(start, end, Stroke(canvas.theme.quiet, width: 0.7))
    }
}
