public import Basis

/// How a sum is made: a bar for each part where the one before ended, those that take away to the left, then the total.
/// A reading's likely range is a line over its bar, from where the part begins.
public struct WaterfallPlate: FigurePlate {
    public struct Row: Hashable, Sendable {
        public enum Kind: Hashable, Sendable {
            /// Adds to what stands before, or takes away where it is negative.
            case part
            /// What has come together so far: a bar from 0.
            case total
        }
        public var label: String
        public var reading: Reading
        public var kind: Kind
        /// Of what adds; what takes away is outlined.
        public var fill: Fill
        /// "$30,700"
        public var value: Label
        /// Counts and averages, one for each column.
        public var cells: [Label]
        public init(
            _ label: String, _ reading: Reading, kind: Kind = .part, fill: Fill = .soft, value: Label, cells: [Label] = []
        ) {
            self.label = label
            self.reading = reading
            self.kind = kind
            self.fill = fill
            self.value = value
            self.cells = cells
        }
    }

    public var subject: String
    public var columns: [String]
    public var rows: [Row]
    public var rowHeight: Double
    /// Said when there are no rows.
    public var absence: Reading

    public init(
        subject: String, columns: [String] = [], rows: [Row], rowHeight: Double = 20,
        absence: Reading = .tooFew(say("nothing to add up"))
    ) {
        self.subject = subject
        self.columns = columns
        self.rows = rows
        self.rowHeight = rowHeight
        self.absence = absence
    }

    private var head: Double { columns.isEmpty ? 2 : 15 }
    private static let floor = 13.0

    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        head + rowHeight * Double(max(rows.count, 1)) + 2
    }
    public func leastHeight(width: Double, pen: Pen) -> Double {
        head + WaterfallPlate.floor * Double(max(min(rows.count, 6), 1)) + 2
    }

    var alternative: String {
        let told = rows.map { row in
            let value = Spoken.reading(row.reading, label: row.value.spoken)
            let cells = zip(columns, row.cells).map { "\($0) \($1.spoken)" }.filter { !$0.hasSuffix(" ") }
            return "\(row.label) " + ([value] + cells).filter { !$0.isEmpty }.joined(separator: ", ")
        }
        return Spoken.list(subject, rows.isEmpty ? [absence.reason ?? ""] : told)
    }

    /// From where to where each row's bar goes.
    private var spans: [(from: Double, to: Double)?] {
        var sum = 0.0
        return rows.map { row in
            guard let value = row.reading.number, value.magnitude < 1e15 else { return nil }
            if row.kind == .total {
                sum = value
                return (0, value)
            }
            defer { sum += value }
            return (sum, sum + value)
        }
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        let pen = canvas.pen
        let theme = canvas.theme
        guard !rows.isEmpty else {
            canvas.absence(absence, in: Rect(x: area.x, y: area.y + head, width: area.width, height: 14))
            return
        }
        let side = SideColumns(columns, rows: rows.map(\.cells), right: area.maxX, pen: pen, boldFirst: false)
        let labels = RowLabels(
            rows.map { ($0.label, $0.kind == .total) }, most: (side.left - area.x) * 0.4, pen: pen)
        let values = rows.map { pen.width($0.value, .body, bold: true) }.max() ?? 0
        let start = area.x + labels.width + 8
        let end = max(side.left - values - 12, start + 16)
        let spans = self.spans
        let ranges = zip(rows, spans).map { row, span in span.flatMap { range(row, from: $0.from) } }
        var ends: [Double] = [0]
        for case let span? in spans { ends += [span.from, span.to] }
        for case let range? in ranges { ends += [range.lower, range.upper] }
        let scale = LinearScale(ends.min() ?? 0, max(ends.max() ?? 1, (ends.min() ?? 0) + 1e-9), start: start, end: end)
        let fit = Overflow.rows(
            rows.count, height: area.height - head - 2, floor: WaterfallPlate.floor, ceiling: rowHeight)
        side.drawHeaders(on: &canvas, baseline: area.y + 7)
        let top = area.y + head
        let thick = min(15, fit.each * 0.68)
        let zero = scale(0)
        canvas.vertical(
            x: zero, from: top, to: top + fit.each * Double(fit.shown), Stroke(theme.axis, width: 0.8))
        for index in 0..<fit.shown {
            let row = rows[index]
            let middle = top + fit.each * (Double(index) + 0.5)
            if row.kind == .total, index > 0 {
                canvas.horizontal(
                    y: middle - fit.each / 2, from: area.x, to: area.maxX, Stroke(theme.axis, width: 0.7))
            }
            labels.draw(
                row.label, on: &canvas, x: area.x, middle: middle, rowHeight: fit.each, bold: row.kind == .total)
            let box = Rect(x: start, y: middle - thick / 2, width: end - start, height: thick)
            // What a row says is read from left to right.
            defer { side.draw(row.cells, on: &canvas, baseline: middle + 3.3, bold: row.kind == .total) }
            guard let span = spans[index] else {
                canvas.absence(row.reading, in: Rect(x: start, y: box.y, width: side.left - 4 - start, height: thick))
                continue
            }
            if index + 1 < fit.shown { drawStep(from: span.to, below: box.maxY, gap: fit.each - thick, scale, on: &canvas) }
            draw(row, span, ranges[index], in: box, scale, limit: side.left - 4, on: &canvas)
        }
        if fit.shown < rows.count {
            canvas.text(
                Overflow.words(rows.count - fit.shown), x: area.x, baseline: top + fit.each * Double(fit.shown) + 9.5,
                theme.style(.body, .quiet))
        }
    }

    /// Where a part likely ends; of a total from 0.
    private func range(_ row: Row, from start: Double) -> LikelyRange? {
        guard let likely = row.reading.likely, likely.lower.magnitude < 1e15, likely.upper.magnitude < 1e15 else { return nil }
        return LikelyRange(start + likely.lower, start + likely.upper)
    }

    private func draw(
        _ row: Row, _ span: (from: Double, to: Double), _ range: LikelyRange?, in box: Rect, _ scale: LinearScale,
        limit: Double, on canvas: inout Canvas
    ) {
        let theme = canvas.theme
        let left = scale(min(span.from, span.to))
        let right = scale(max(span.from, span.to))
        // What is too small to be seen still has its place.
        let bar = Rect(x: left, y: box.y, width: max(right - left, 0.8), height: box.height)
        if span.to < span.from {
            canvas.rect(bar, fill: theme.white)
            canvas.hatch(bar, theme.quiet, width: 0.6)
            canvas.rect(bar, stroke: Stroke(theme.text, width: 0.9))
        } else {
            canvas.rect(bar, fill: theme.color(row.fill))
        }
        var words = bar.maxX
        if let range {
            // Dark on the bar and beyond it, with a white edge so that it shows on blue as well.
            let (from, to) = (Point(x: scale(range.lower), y: box.midY), Point(x: scale(range.upper), y: box.midY))
            canvas.segment(from, to, Stroke(theme.white, width: theme.rangeWidth + 1.6))
            canvas.likelyRange(from, to, theme.ink, width: theme.rangeWidth, ends: min(3.2, box.height * 0.3))
            words = max(words, to.x)
        }
        canvas.label(
            row.value, x: words + 5, baseline: box.midY + 3.3, tone: .ink, bold: row.kind == .total,
            limit: max(limit - words - 5, 12))
    }

    /// From the end of one bar to the beginning of the next.
    private func drawStep(
        from value: Double, below y: Double, gap: Double, _ scale: LinearScale, on canvas: inout Canvas
    ) {
        canvas.vertical(x: scale(value), from: y, to: y + gap, Stroke(canvas.theme.quiet, width: 0.6))
    }
}
