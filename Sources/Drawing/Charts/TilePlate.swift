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
            parts.append("\(numbers) of \(history.count) months from \(first) to \(last)")
        }
        return Spoken.list(title, parts)
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        drawNumber(on: &canvas, in: area)
        let facts = before != nil || goal != nil
        let foot = area.maxY - (facts ? 20 : 4)
        if history.contains(where: { $0.number != nil }) {
            drawHistory(
                on: &canvas, in: Rect(x: area.x, y: area.y + 44, width: area.width, height: foot - area.y - 44))
        } else if !absence.isEmpty {
            canvas.paragraph(
                absence, x: area.x, baseline: area.y + 58, width: area.width, leading: 12.4,
                lines: max(Int((foot - area.y - 54) / 12.4), 1))
        }
        guard facts else { return }
        canvas.hairline(y: foot + 4, from: area.x, to: area.maxX)
        let baseline = foot + 16.5
        if let before {
            let rich = RichText([.init(before.name + "  ", tone: .quiet), .init(before.value, emphasised: true, tone: .ink)])
            drawFact(rich, x: area.x, baseline: baseline, on: &canvas)
        }
        if let goal { drawGoal(goal, right: area.maxX, baseline: baseline, on: &canvas, area: area) }
    }

    @discardableResult
    private func drawFact(_ rich: RichText, x: Double, baseline: Double, on canvas: inout Canvas) -> Double {
        var left = x
        for run in rich.runs {
            let style = canvas.theme.style(.body, run.tone ?? .text, bold: run.emphasised)
            let name = run.emphasised ? run.text : String(run.text.reversed().drop { $0 == " " }.reversed())
            canvas.text(name, x: left, baseline: baseline, style)
            left += canvas.pen.width(name, style) + (run.emphasised ? 0 : 5)
        }
        return left
    }

    private func drawGoal(_ goal: Fact, right: Double, baseline: Double, on canvas: inout Canvas, area: Rect) {
        let theme = canvas.theme
        let bold = theme.style(.body, .ink, bold: true)
        let plain = theme.style(.body, .quiet)
        let valueLeft = right - canvas.pen.width(goal.value, bold)
        let nameLeft = valueLeft - 5 - canvas.pen.width(goal.name, plain)
        let used = before.map {
            canvas.pen.width($0.name, plain) + 5 + canvas.pen.width($0.value, bold) + 6
        } ?? 0
        let sample = nameLeft - 17 > area.x + used
        canvas.text(goal.value, x: valueLeft, baseline: baseline, bold)
        // A long fact at the left leaves no room for the name; the value stays.
        if nameLeft > area.x + used { canvas.text(goal.name, x: nameLeft, baseline: baseline, plain) }
        if sample {
            canvas.horizontal(
                y: baseline - 3.2, from: nameLeft - 16, to: nameLeft - 5,
                Stroke(theme.ink, width: 0.9, dash: [2.6, 1.8]))
        }
    }

    private func drawNumber(on canvas: inout Canvas, in area: Rect) {
        let theme = canvas.theme
        let baseline = area.y + 29
        var style = theme.style(.tileNumber, .ink)
        let unitStyle = theme.style(.verdict, .text)
        let statusWidth = max(
            status.map { canvas.pen.width($0, .body, bold: true) } ?? 0,
            canvas.pen.width(note, theme.style(.body, .text)))
        let unitWidth = unit.isEmpty ? 0 : canvas.pen.width(unit, unitStyle) + 3
        let limit = area.width - unitWidth - 8 - min(statusWidth, area.width * 0.6)
        while canvas.pen.width(number, style) > limit, style.size > 16 { style.size -= 1 }
        let box = canvas.text(number, x: area.x - 1, baseline: baseline, style, limit: area.width - unitWidth)
        canvas.text(
            unit, x: box.maxX + 3, baseline: baseline,
            TextStyle(size: 14, color: theme.text, family: .display, tabular: false))
        let room = area.maxX - box.maxX - unitWidth - 6
        if let status {
            canvas.label(
                status, x: area.maxX, baseline: area.y + 11, bold: true, align: .right, limit: room)
        }
        canvas.text(
            note, x: area.maxX, baseline: area.y + 25, theme.style(.body, .text), align: .right, limit: room)
    }

    private func drawHistory(on canvas: inout Canvas, in area: Rect) {
        let theme = canvas.theme
        let axisY = area.maxY - 16
        let labelStyle = theme.style(.body, signal ? .bad : .good, bold: true)
        let labelWidth = lastLabel.map { canvas.pen.width($0, labelStyle) + 8 } ?? 4
        let right = area.maxX - max(labelWidth, 22)
        let numbers = history.compactMap(\.number) + [target].compactMap { $0 }
        let low = numbers.min() ?? 0
        let high = numbers.max() ?? 1
        let scale = LinearScale(low, high, start: axisY - 7, end: area.y + 8)
        let count = max(history.count - 1, 1)
        func x(_ index: Int) -> Double { area.x + 3 + (right - area.x - 3) * Double(index) / Double(count) }
        if let target {
            canvas.horizontal(
                y: scale(target), from: area.x + 3, to: right, Stroke(theme.ink, width: 0.8, dash: [2.6, 2]))
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
        for index in history.indices { canvas.vertical(x: x(index), from: y, to: y + 2.6, stroke) }
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
        for dot in dots { canvas.circle(dot, radius: 1.4, fill: theme.blue) }
    }
}
