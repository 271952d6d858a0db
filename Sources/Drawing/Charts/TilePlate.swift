import Basis

/// A number that matters, its verdict, thirteen months of it, and what it is compared with.
///
/// Drawn under a block's rule: `Block(tile:)` takes its title as the finding and its signal as the thick rule.
public struct TilePlate: FigurePlate {
    public struct Fact: Hashable, Sendable {
        public var name: String
        public var value: String
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public var title: String
    /// "34", "88", "5 h 53"; "–" when there is none.
    public var number: String
    /// Small after the number: "%".
    public var unit: String
    /// "below target", with a triangle.
    public var status: Label?
    /// "likely 87.0 to 89.7 %"
    public var note: String
    /// Oldest first; gaps stay gaps.
    public var history: [Reading]
    /// The label at the last point; nil: none.
    public var lastLabel: String?
    public var target: Double?
    /// First, middle and last month.
    public var months: [String]
    /// "Last month 28"
    public var before: Fact?
    /// "Target 30", with a dashed sample before it.
    public var goal: Fact?
    /// Off target.
    public var signal: Bool
    /// Instead of the history, when there is nothing to draw: what to export or set up.
    public var absence: RichText

    public init(
        title: String, number: String, unit: String = "", status: Label? = nil, note: String = "",
        history: [Reading] = [], lastLabel: String? = nil, target: Double? = nil, months: [String] = [],
        before: Fact? = nil, goal: Fact? = nil, signal: Bool = false, absence: RichText = ""
    ) {
        self.title = title
        self.number = number
        self.unit = unit
        self.status = status
        self.note = note
        self.history = history
        self.lastLabel = lastLabel
        self.target = target
        self.months = months
        self.before = before
        self.goal = goal
        self.signal = signal
        self.absence = absence
    }

    public func naturalHeight(width: Double, pen: Pen) -> Double? { 136 }

    var alternative: String {
        var parts = [number + (unit.isEmpty ? "" : " " + unit), status?.spoken ?? "", note, absence.plain]
        parts += [before, goal].compactMap { $0 }.map { "\($0.name) \($0.value)" }
        let numbers = history.filter { $0.number != nil }.count
        if numbers > 1, let first = months.first, let last = months.last {
            parts.append(say("\(numbers) of \(history.count) months from \(first) to \(last)"))
        }
        return Spoken.list(title, parts)
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        let head = drawNumber(on: &canvas, in: area)
        let facts = before != nil || goal != nil
        let foot = area.maxY - (facts ? 20 : 4)
        let top = area.y + head
        if history.contains(where: { $0.number != nil }) {
            drawHistory(on: &canvas, in: Rect(x: area.x, y: top, width: area.width, height: foot - top))
        } else if !absence.isEmpty {
            canvas.paragraph(
                absence, x: area.x, baseline: top + 14, width: area.width, leading: 12.4,
                lines: max(Int((foot - top - 10) / 12.4), 1))
        }
        guard facts else { return }
        canvas.hairline(y: foot + 4, from: area.x, to: area.maxX)
        drawFacts(baseline: foot + 16.5, on: &canvas, area: area)
    }

    /// "Last month 28" at the left, "Target 30" at the right with a dashed sample; names give way before numbers do.
    private func drawFacts(baseline: Double, on canvas: inout Canvas, area: Rect) {
        let theme = canvas.theme
        let plain = theme.style(.body, .quiet)
        let bold = theme.style(.body, .ink, bold: true)
        func wide(_ fact: Fact?, _ style: TextStyle) -> Double {
            fact.map { canvas.pen.width(style == bold ? $0.value : $0.name, style) + (style == plain ? 5 : 0) } ?? 0
        }
        let values = wide(before, bold) + wide(goal, bold) + 8
        var spare = area.width - values
        let showsGoalName = wide(goal, plain) <= spare
        if showsGoalName { spare -= wide(goal, plain) }
        let showsBeforeName = wide(before, plain) <= spare
        if showsBeforeName { spare -= wide(before, plain) }
        if let before {
            var left = area.x
            if showsBeforeName {
                canvas.text(before.name, x: left, baseline: baseline, plain)
                left += wide(before, plain)
            } else {
                canvas.shortened.append(before.name)
            }
            canvas.text(before.value, x: left, baseline: baseline, bold, limit: area.width / 2 - 4)
        }
        guard let goal else { return }
        let value = canvas.text(
            goal.value, x: area.maxX, baseline: baseline, bold, align: .right,
            limit: before == nil ? area.width : max(area.width - wide(before, bold) - 8, area.width / 2 - 4))
        guard showsGoalName else {
            canvas.shortened.append(goal.name)
            return
        }
        let name = canvas.text(goal.name, x: value.x - 5, baseline: baseline, plain, align: .right)
        if target != nil, spare > 10 {
            canvas.horizontal(
                y: baseline - 3.2, from: name.x - 16, to: name.x - 5,
                Stroke(theme.text, width: 0.9, dash: [2.6, 1.8]))
        }
    }

    /// The number, with verdict and note at its right, or under it when there is no room.
    /// - Returns: the height used.
    private func drawNumber(on canvas: inout Canvas, in area: Rect) -> Double {
        let theme = canvas.theme
        let baseline = area.y + 29
        var style = theme.style(.tileNumber, .ink)
        let body = theme.style(.body, .text)
        let unitWidth = unit.isEmpty ? 0 : canvas.pen.width(unit, theme.style(.verdict)) + 3
        let side = max(
            status.map { canvas.pen.width($0, .body, bold: true) } ?? 0, canvas.pen.width(note, body))
        let beside = canvas.pen.width(number, style) + unitWidth + 8 + side <= area.width
        while canvas.pen.width(number, style) + unitWidth > area.width, style.size > 14 { style.size -= 1 }
        let box = canvas.text(number, x: area.x - 1, baseline: baseline, style, limit: area.width - unitWidth)
        canvas.text(
            unit, x: box.maxX + 3, baseline: baseline,
            TextStyle(size: 14, color: theme.text, family: .display, tabular: false))
        if beside {
            if let status {
                canvas.label(status, x: area.maxX, baseline: area.y + 11, bold: true, align: .right)
            }
            canvas.text(note, x: area.maxX, baseline: area.y + 25, body, align: .right)
            return 40
        }
        var y = baseline + 14
        if let status {
            canvas.label(status, x: area.x, baseline: y, bold: true, limit: area.width)
            y += 12
        }
        if !note.isEmpty {
            canvas.text(note, x: area.x, baseline: y, body, limit: area.width)
            y += 12
        }
        return y - area.y - 4
    }

    private func drawHistory(on canvas: inout Canvas, in area: Rect) {
        let theme = canvas.theme
        let axisY = area.maxY - 16
        let labelStyle = theme.style(.body, signal ? .bad : .good, bold: true)
        let labelWidth = lastLabel.map { canvas.pen.width($0, labelStyle) + 8 } ?? 4
        let right = area.maxX - max(labelWidth, 22)
        let target = target.flatMap { $0.isFinite ? $0 : nil }
        let numbers = history.compactMap(\.number) + [target].compactMap { $0 }
        let low = numbers.min() ?? 0
        let high = numbers.max() ?? 1
        let scale = LinearScale(low, high, start: axisY - 7, end: area.y + 8)
        let count = max(history.count - 1, 1)
        func x(_ index: Int) -> Double { area.x + 3 + (right - area.x - 3) * Double(index) / Double(count) }
        if let target {
            canvas.horizontal(
                y: scale(target), from: area.x + 3, to: right, Stroke(theme.text, width: 0.8, dash: [2.6, 2]))
        }
        drawAxis(on: &canvas, y: axisY, area: area, right: right, x: x)
        drawLine(on: &canvas, scale: scale, x: x)
        guard let last = history.last?.number else { return }
        let point = Point(x: x(history.count - 1), y: scale(last))
        canvas.circle(point, radius: 3.1, fill: signal ? theme.orange : theme.blue)
        canvas.text(lastLabel ?? "", x: point.x + 6, baseline: point.y + 3.3, labelStyle)
    }

    private func drawAxis(on canvas: inout Canvas, y: Double, area: Rect, right: Double, x: (Int) -> Double) {
        let theme = canvas.theme
        let stroke = Stroke(theme.axis, width: 0.7)
        canvas.horizontal(y: y, from: area.x, to: right, stroke)
        let isDense = history.count > Decimation.from
        for index in history.indices where !isDense { canvas.vertical(x: x(index), from: y, to: y + 2.6, stroke) }
        let style = theme.style(.small, .quiet)
        guard let first = months.first else { return }
        let firstBox = canvas.text(first, x: area.x, baseline: y + 11.5, style)
        guard months.count > 1, let last = months.last else { return }
        let lastLeft = min(right + 6, area.maxX) - canvas.pen.width(last, style)
        guard lastLeft > firstBox.maxX + 4 else { return }
        canvas.text(last, x: lastLeft, baseline: y + 11.5, style)
        guard months.count > 2 else { return }
        let wide = canvas.pen.width(months[1], style)
        let middle = (area.x + 3 + right) / 2 - wide / 2
        if middle > firstBox.maxX + 6, middle + wide < lastLeft - 6 {
            canvas.text(months[1], x: middle, baseline: y + 11.5, style)
        }
    }

    private func drawLine(on canvas: inout Canvas, scale: LinearScale, x: (Int) -> Double) {
        let theme = canvas.theme
        var run: [Point] = []
        var dots: [Point] = []
        for (index, reading) in history.enumerated() {
            if let value = reading.number {
                let point = Point(x: x(index), y: scale(value))
                run.append(point)
                dots.append(point)
            } else {
                canvas.polyline(run, Stroke(theme.blue, width: theme.seriesWidth, cap: .round))
                run = []
            }
        }
        canvas.polyline(run, Stroke(theme.blue, width: theme.seriesWidth, cap: .round))
        for dot in dots where history.count <= Decimation.from { canvas.circle(dot, radius: 1.4, fill: theme.blue) }
    }
}
