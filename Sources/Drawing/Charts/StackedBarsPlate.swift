/// Horizontal bars of parts that add up: those still waiting by age, gross by front and back.
public struct StackedBarsPlate: FigurePlate {
    public struct Part: Hashable, Sendable {
        /// Over the first bar, in the part's tone.
        public var name: String
        public var fill: Fill
        public init(_ name: String, _ fill: Fill) {
            self.name = name
            self.fill = fill
        }
    }

    public struct Segment: Hashable, Sendable {
        public var value: Double
        /// In the bar where it fits.
        public var label: String
        public init(_ value: Double, _ label: String) {
            self.value = value
            self.label = label
        }
    }

    public struct Row: Hashable, Sendable {
        public var label: String
        /// One for each part; negative values count as nothing.
        public var segments: [Segment]
        public var total: Label
        /// Instead of segments.
        public var absence: Reading?
        /// A rule above and a bold label: the sum of the rows before.
        public var isTotal: Bool
        public init(
            _ label: String, _ segments: [Segment], total: Label, absence: Reading? = nil, isTotal: Bool = false
        ) {
            self.label = label
            self.segments = segments
            self.total = total
            self.absence = absence
            self.isTotal = isTotal
        }
    }

    public var subject: String
    public var parts: [Part]
    public var rows: [Row]
    /// Totals in a column at the right edge instead of after each bar.
    public var totalsAtRight: Bool
    public var rowHeight: Double

    public init(
        subject: String, parts: [Part], rows: [Row], totalsAtRight: Bool = false, rowHeight: Double = 24
    ) {
        self.subject = subject
        self.parts = parts
        self.rows = rows
        self.totalsAtRight = totalsAtRight
        self.rowHeight = rowHeight
    }

    /// A square of the part's fill and the space behind it: two blues are told apart by it, not by the word.
    private static let swatch = 9.0

    /// The parts' names side by side, or one under the other where they are too long for that.
    private func headHeight(width: Double, pen: Pen) -> Double {
        if parts.allSatisfy(\.name.isEmpty) { return 0 }
        return isHeadStacked(width: width, pen: pen) ? 3 + 10 * Double(parts.count) : 13
    }

    private func isHeadStacked(width: Double, pen: Pen) -> Bool {
        let style = pen.theme.style(.small, .text, bold: true)
        return parts.reduce(-14) { $0 + StackedBarsPlate.swatch + pen.width($1.name, style) + 14 } > width
    }

    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        headHeight(width: width, pen: pen) + rowHeight * Double(max(rows.count, 1)) + 2
    }
    public func leastHeight(width: Double, pen: Pen) -> Double {
        headHeight(width: width, pen: pen) + 13 * Double(min(max(rows.count, 1), 5)) + 2
    }

    var alternative: String {
        let told = rows.map { row in
            if let reason = row.absence?.reason { return "\(row.label) \(reason)" }
            let split = zip(parts, row.segments).filter { $1.value > 0 && !$0.name.isEmpty }
                .map { "\($0.name) \($1.label)" }
            return "\(row.label) \(row.total.spoken)" + (split.count > 1 ? " (\(split.joined(separator: ", ")))" : "")
        }
        return Spoken.list(subject, told)
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        let pen = canvas.pen
        let labels = RowLabels(rows.map { ($0.label, $0.isTotal) }, most: area.width * 0.4, pen: pen)
        let start = area.x + labels.width + 8
        let totals = rows.map { pen.width($0.total, .body, bold: true) }.max() ?? 0
        let end = max(area.maxX - totals - 9, start + 20)
        let sums = rows.map { $0.segments.reduce(0) { $0 + StackedBarsPlate.usable($1.value) } }
        let scale = LinearScale(0, max(sums.max() ?? 1, 1e-9), start: start, end: end)
        let headHeight = headHeight(width: area.width, pen: pen)
        let fit = Overflow.rows(rows.count, height: area.height - headHeight - 2, floor: 13, ceiling: rowHeight)
        let top = area.y + headHeight
        if headHeight > 0 { drawParts(on: &canvas, area: area, scale: scale) }
        for (index, row) in rows.prefix(fit.shown).enumerated() {
            let middle = top + fit.each * (Double(index) + 0.5)
            if row.isTotal {
                canvas.horizontal(
                    y: middle - fit.each / 2, from: area.x, to: area.maxX, Stroke(canvas.theme.axis, width: 0.8))
            }
            labels.draw(
                row.label, on: &canvas, x: area.x, middle: middle, rowHeight: fit.each, bold: row.isTotal)
            draw(row, middle: middle, each: fit.each, scale: scale, right: area.maxX, on: &canvas)
        }
        let bottom = top + fit.each * Double(fit.shown)
        canvas.vertical(x: start, from: top, to: bottom, Stroke(canvas.theme.axis, width: 0.8))
        if fit.shown < rows.count {
            canvas.text(
                Overflow.words(rows.count - fit.shown), x: area.x, baseline: bottom + 9.5,
                canvas.theme.style(.body, .quiet))
        }
    }

    static func usable(_ value: Double) -> Double { value.isFinite ? max(value, 0) : 0 }

    /// The parts' names over the first bar: each where its part begins, or one after the other.
    private func drawParts(on canvas: inout Canvas, area: Rect, scale: LinearScale) {
        var edge = -Double.infinity
        var sum = 0.0
        let isStacked = isHeadStacked(width: area.width, pen: canvas.pen)
        let swatch = StackedBarsPlate.swatch
        func square(_ part: Part, x: Double, baseline: Double) {
            canvas.rect(Rect(x: x, y: baseline - 5.6, width: 6, height: 6), fill: canvas.theme.color(part.fill))
        }
        for (index, part) in parts.enumerated() {
            defer {
                if let first = rows.first, first.segments.indices.contains(index) {
                    sum += StackedBarsPlate.usable(first.segments[index].value)
                }
            }
            if part.name.isEmpty { continue }
            let tone: Tone = part.fill == .bad ? .bad : part.fill == .strong ? .good : .text
            let style = canvas.theme.style(.small, tone, bold: true)
            let width = canvas.pen.width(part.name, style)
            if isStacked {
                let left = max(min(scale.start, area.maxX - width - swatch), area.x)
                let baseline = area.y + 7 + 10 * Double(index)
                square(part, x: left, baseline: baseline)
                canvas.text(part.name, x: left + swatch, baseline: baseline, style, limit: area.width - swatch)
                continue
            }
            let aligned = totalsAtRight ? scale(sum) : scale.start
            let left = min(max(aligned, edge + 14), area.maxX - width - swatch)
            if left > edge + 4 {
                square(part, x: left, baseline: area.y + 7)
                edge = canvas.text(part.name, x: left + swatch, baseline: area.y + 7, style).maxX
            } else {
                canvas.shortened.append(part.name)
            }
        }
    }

    private func draw(
        _ row: Row, middle: Double, each: Double, scale: LinearScale, right: Double, on canvas: inout Canvas
    ) {
        let theme = canvas.theme
        let thick = min(15, max(each * 0.6, 8))
        let baseline = middle + 3.3
        if let absence = row.absence, absence.reason != nil {
            canvas.absence(
                absence, in: Rect(
                    x: scale.start, y: middle - thick / 2, width: scale.end - scale.start, height: thick))
            canvas.label(row.total, x: right, baseline: baseline, tone: .ink, bold: true, align: .right)
            return
        }
        var sum = 0.0
        for (index, (part, segment)) in zip(parts, row.segments).enumerated() {
            let value = StackedBarsPlate.usable(segment.value)
            let left = scale(sum)
            sum += value
            let width = scale(sum) - left
            let gap = sum > value && value > 0 ? 1.0 : 0
            canvas.rect(
                Rect(x: left + gap, y: middle - thick / 2, width: width - gap, height: thick),
                fill: theme.color(part.fill))
            let style = theme.style(.body, theme.tone(on: part.fill), bold: part.fill == .bad)
            guard part.fill != .badPale, canvas.pen.width(segment.label, style) + 8 <= width else { continue }
            if index == 0 || totalsAtRight {
                canvas.text(segment.label, x: left + 5, baseline: baseline, style)
            } else {
                canvas.text(segment.label, x: left + width - 5, baseline: baseline, style, align: .right)
            }
        }
        if totalsAtRight {
            canvas.label(row.total, x: right, baseline: baseline, tone: .ink, bold: true, align: .right)
        } else {
            canvas.label(row.total, x: scale(sum) + 6, baseline: baseline, tone: .ink, bold: true)
        }
    }
}
