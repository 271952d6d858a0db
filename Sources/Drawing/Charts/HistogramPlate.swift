/// How many fall into each class, with a gap and a line where the target lies; part of each column may be set off.
public struct HistogramPlate: FigurePlate {
    public struct Bin: Hashable, Sendable {
        /// "0–5"
        public var label: String
        public var total: Reading
        public var totalLabel: String
        /// The darker part at the foot of the column.
        public var part: Double?
        public var partLabel: String
        /// A wider gap before this class: "no answer".
        public var apart: Bool
        public init(
            _ label: String, _ total: Reading, totalLabel: String, part: Double? = nil, partLabel: String = "",
            apart: Bool = false
        ) {
            self.label = label
            self.total = total
            self.totalLabel = totalLabel
            self.part = part
            self.partLabel = partLabel
            self.apart = apart
        }
    }

    public var subject: String
    public var bins: [Bin]
    /// The target lies before this bin; later ones are late, in orange. nil: no target.
    public var targetBefore: Int?
    /// Top left of the target line, right-aligned: "88 % in time: 2,032".
    public var inTime: [Label]
    /// Right of the target line: "Target 60 min", "9 % late: 205".
    public var late: [Label]
    /// Over the last columns, at the right edge: "3 % still waiting: 61".
    public var waiting: [Label]

    public init(
        subject: String, bins: [Bin], targetBefore: Int? = nil, inTime: [Label] = [], late: [Label] = [],
        waiting: [Label] = []
    ) {
        self.subject = subject
        self.bins = bins
        self.targetBefore = targetBefore
        self.inTime = inTime
        self.late = late
        self.waiting = waiting
    }

    public func leastHeight(width: Double, pen: Pen) -> Double { 100 }

    var alternative: String {
        let words = (inTime + late + waiting).map(\.spoken)
        let columns = bins.map { bin in
            let part = bin.partLabel.isEmpty ? "" : " (\(bin.partLabel))"
            return "\(bin.label) \(Spoken.reading(bin.total, label: bin.totalLabel))\(part)"
        }
        return Spoken.list(subject, words + columns)
    }

    /// Left edges and width of the columns.
    private struct Plan {
        var lefts: [Double]
        var width: Double
        var line: Double?
        var base: Double
        var scale: LinearScale
    }

    private func plan(in area: Rect, captions: Double) -> Plan {
        let count = Double(max(bins.count, 1))
        let gap = min(area.width / count * 0.08, 4)
        let targetGap = targetBefore == nil ? 0.0 : 16
        let apart = bins.indices.filter { bins[$0].apart && $0 > 0 && $0 != targetBefore }
        let apartGap = 12.0
        let inner = area.width - 4 - targetGap - apartGap * Double(apart.count) - gap * (count - 1)
        let width = min(max(inner / count, 1e-6), 60)
        var lefts: [Double] = []
        var x = area.x + 4
        var line: Double?
        for index in bins.indices {
            if index == targetBefore {
                line = x - gap / 2 + targetGap / 2
                x += targetGap
            } else if apart.contains(index) {
                x += apartGap
            }
            lefts.append(x)
            x += width + gap
        }
        let base = area.maxY - 15
        let high = bins.compactMap(\.total.number).max() ?? 1
        return Plan(
            lefts: lefts, width: width, line: line, base: base,
            scale: LinearScale(0, max(high, 1e-9), start: base, end: area.y + captions + 13))
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        let theme = canvas.theme
        // Captions may stand over low columns; the columns shrink only as far as their labels would touch one.
        var plan = plan(in: area, captions: 0)
        for lines in 1...3 where strikesCaption(plan, pen: canvas.pen, area: area) {
            plan = self.plan(in: area, captions: 13 * Double(lines))
        }
        let step = area.width / Double(max(bins.count, 1))
        let seen = Decimation.columns(bins.count, step: step) { bins[$0].total.number ?? -1 }
        for index in seen { draw(index, plan, on: &canvas) }
        canvas.horizontal(y: plan.base, from: area.x, to: area.maxX, Stroke(theme.axis, width: 0.8))
        if let line = plan.line {
            canvas.vertical(
                x: line, from: area.y, to: plan.base + 3, Stroke(theme.ink, width: theme.targetWidth))
        }
        drawLabels(plan, on: &canvas, area: area)
        drawCaptions(lineX: plan.line, on: &canvas, area: area)
    }

    private func strikesCaption(_ plan: Plan, pen: Pen, area: Rect) -> Bool {
        func widest(_ labels: [Label]) -> Double { labels.map { pen.width($0, .body, bold: true) }.max() ?? 0 }
        let line = plan.line ?? area.maxX
        let crowded = widest(late) + widest(waiting) + 10 > area.maxX - line - 8
        let under = crowded ? late.count + waiting.count : waiting.count
        let captions: [(from: Double, to: Double, lines: Int)] = [
            (line - 6 - widest(inTime), line, inTime.count), (line, line + 6 + widest(late), late.count),
            (area.maxX - widest(waiting), area.maxX, under),
        ]
        return bins.indices.contains { index in
            let left = plan.lefts[index] - 4
            let right = plan.lefts[index] + plan.width + 4
            let top = plan.scale(max(bins[index].total.number ?? 0, 0)) - 13
            return captions.contains {
                $0.lines > 0 && left < $0.to && right > $0.from && top < area.y + 13 * Double($0.lines)
            }
        }
    }

    private func draw(_ index: Int, _ plan: Plan, on canvas: inout Canvas) {
        let theme = canvas.theme
        let bin = bins[index]
        let late = targetBefore.map { index >= $0 } ?? false
        let left = plan.lefts[index]
        let middle = left + plan.width / 2
        guard let total = bin.total.number else {
            let style = theme.style(.small, .quiet)
            let reason = bin.total.reason ?? "–"
            canvas.text(
                canvas.pen.width(reason, style) <= plan.width + 3 ? reason : "–", x: middle, baseline: plan.base - 5,
                style, align: .center)
            return
        }
        let top = plan.scale(max(total, 0))
        let split = bin.part != nil
        canvas.rect(
            Rect(x: left, y: top, width: plan.width, height: plan.base - top),
            fill: late ? (split ? theme.peach : theme.orange) : theme.sky)
        if let part = bin.part {
            let partTop = plan.scale(min(StackedBarsPlate.usable(part), max(total, 0)))
            canvas.rect(
                Rect(x: left, y: partTop, width: plan.width, height: plan.base - partTop),
                fill: late ? theme.orange : theme.blue)
            let style = theme.style(.small, .inverse, bold: true)
            if plan.base - partTop > 11, canvas.pen.width(bin.partLabel, style) <= plan.width - 2 {
                canvas.text(
                    bin.partLabel, x: middle, baseline: (plan.base + partTop) / 2 + 3, style, align: .center)
            }
        }
        let style = theme.style(.body, late ? .bad : .ink, bold: late)
        if canvas.pen.width(bin.totalLabel, style) <= plan.width + 4 {
            canvas.text(bin.totalLabel, x: middle, baseline: top - 4, style, align: .center)
        }
    }

    private func drawLabels(_ plan: Plan, on canvas: inout Canvas, area: Rect) {
        let style = canvas.theme.style(.small, .text)
        var edge = -Double.infinity
        for index in bins.indices {
            let width = canvas.pen.width(bins[index].label, style)
            let middle = plan.lefts[index] + plan.width / 2
            let left = min(max(middle - width / 2, area.x), area.maxX - width)
            // Labels that do not fit side by side are left out; the classes run on.
            guard left > edge + 3 else { continue }
            edge = canvas.text(bins[index].label, x: left, baseline: plan.base + 11.5, style).maxX
        }
    }

    private func drawCaptions(lineX: Double?, on canvas: inout Canvas, area: Rect) {
        let line = lineX ?? area.maxX
        for (index, label) in inTime.enumerated() {
            canvas.label(
                label, x: line - (lineX == nil ? 0 : 6), baseline: area.y + 7.5 + 13 * Double(index),
                tone: .good, bold: index == 0, align: .right, limit: line - area.x - 8)
        }
        let room = area.maxX - line - 8
        let waitingWidth = waiting.map { canvas.pen.width($0, .body, bold: true) }.max() ?? 0
        let lateWidth = late.map { canvas.pen.width($0, .body, bold: true) }.max() ?? 0
        let together = waitingWidth + lateWidth + 10 <= room
        if room < 20, !late.isEmpty { canvas.shortened += late.map(\.text) }
        for (index, label) in late.enumerated() where room >= 20 {
            canvas.label(
                label, x: line + 6, baseline: area.y + 7.5 + 13 * Double(index), tone: .ink, bold: index < 2,
                limit: room)
        }
        let shift = together ? 0 : Double(late.count)
        for (index, label) in waiting.enumerated() where room >= 20 || lineX == nil {
            canvas.label(
                label, x: area.maxX, baseline: area.y + 7.5 + 13 * (Double(index) + shift), tone: .bad,
                bold: index == 0, align: .right, limit: lineX == nil ? area.width : room)
        }
    }
}
