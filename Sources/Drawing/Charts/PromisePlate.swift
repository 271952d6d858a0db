public import Basis

/// What was promised for each month against what was reached, a row each: a dot on the promise's line where it was kept,
/// a column below it as deep as what is missing where it was not.
public struct PromisePlate: FigurePlate {
    public enum Cell: Hashable, Sendable {
        case kept
        /// How much is missing, in the unit of all rows, and its words: "98.1".
        case missed(Double, String)
        /// Nothing is known of the month: hatched.
        case unknown
        /// Nothing was promised.
        case none
        /// The month is not over.
        case ahead

        var isMissed: Bool {
            if case .missed = self { return true }
            return false
        }
    }

    public struct Row: Hashable, Sendable {
        public var label: String
        /// Small under the label: "99.5 % promised".
        public var note: String
        public var cells: [Cell]
        /// One for each column at the right.
        public var totals: [Label]
        public init(_ label: String, note: String = "", cells: [Cell], totals: [Label] = []) {
            self.label = label
            self.note = note
            self.cells = cells
            self.totals = totals
        }
    }

    public var subject: String
    /// Under the cells; empty ones have no label.
    public var periods: [String]
    public var rows: [Row]
    public var columns: [String]
    public var rowHeight: Double
    public var absence: Reading

    public init(
        subject: String, periods: [String], rows: [Row], columns: [String] = [], rowHeight: Double = 38,
        absence: Reading = .tooFew(say("nothing was promised"))
    ) {
        self.subject = subject
        self.periods = periods
        self.rows = rows
        self.columns = columns
        self.rowHeight = rowHeight
        self.absence = absence
    }

    private static let floor = 30.0
    private var head: Double { columns.isEmpty ? 2 : 14 }
    private static let foot = 14.0

    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        head + rowHeight * Double(max(rows.count, 1)) + PromisePlate.foot
    }
    public func leastHeight(width: Double, pen: Pen) -> Double {
        head + PromisePlate.floor * Double(min(max(rows.count, 1), 4)) + PromisePlate.foot
    }

    var alternative: String {
        let told = rows.map { row -> String in
            let missed = zip(periods, row.cells).compactMap { period, cell -> String? in
                guard case .missed(_, let words) = cell else { return nil }
                let what = [period, words].filter { !$0.isEmpty }.joined(separator: " ")
                return say("missed \(what)", context: "promise")
            }
            let kept = row.cells.filter { $0 == .kept }.count
            let unknown = row.cells.filter { $0 == .unknown }.count
            let parts = [row.note, say("kept in \(kept)")] + missed + (unknown > 0 ? [say("\(unknown) not known")] : [])
                + zip(columns, row.totals).map { "\($0) \($1.spoken)" }
            return "\(row.label) " + parts.filter { !$0.isEmpty }.joined(separator: ", ")
        }
        return Spoken.list(subject, rows.isEmpty ? [absence.reason ?? ""] : told)
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        let pen = canvas.pen
        guard !rows.isEmpty else {
            canvas.absence(absence, in: Rect(x: area.x, y: area.y + head, width: area.width, height: 14))
            return
        }
        let side = SideColumns(columns, rows: rows.map(\.totals), right: area.maxX, pen: pen, boldFirst: false)
        let right = max(side.left, area.x + area.width * 0.45)
        let labels = RowLabels(
            rows.flatMap { [($0.label, true), ($0.note, false)] }, most: (right - area.x) * 0.34, pen: pen)
        let count = rows.map(\.cells.count).max() ?? 0
        let x = BandScale(count: count, start: area.x + labels.width + 12, end: right)
        let fit = Overflow.rows(
            rows.count, height: area.height - head - PromisePlate.foot, floor: PromisePlate.floor, ceiling: rowHeight)
        if right == side.left { side.drawHeaders(on: &canvas, baseline: area.y + 7) }
        let deepest = rows.flatMap(\.cells).reduce(0.0) { most, cell in
            if case .missed(let depth, _) = cell, depth.isFinite { return max(most, depth) }
            return most
        }
        for (index, row) in rows.prefix(fit.shown).enumerated() {
            let top = area.y + head + fit.each * Double(index)
            drawLabel(row, labels, top: top, height: fit.each, area: area, on: &canvas)
            draw(row, x, top: top, height: fit.each, deepest: max(deepest, 1e-9), on: &canvas)
            if right == side.left { side.draw(row.totals, on: &canvas, baseline: top + 12) }
            canvas.hairline(y: top + fit.each - 1, from: area.x, to: area.maxX)
        }
        let bottom = area.y + head + fit.each * Double(fit.shown)
        drawPeriods(x, baseline: bottom + 9, area: area, on: &canvas)
        if fit.shown < rows.count {
            canvas.text(
                Overflow.words(rows.count - fit.shown), x: area.x, baseline: bottom + 22,
                canvas.theme.style(.body, .quiet))
        }
    }

    private func drawLabel(
        _ row: Row, _ labels: RowLabels, top: Double, height: Double, area: Rect, on canvas: inout Canvas
    ) {
        let theme = canvas.theme
        canvas.text(row.label, x: area.x, baseline: top + 12, theme.style(.body, .ink, bold: true), limit: labels.width)
        canvas.text(row.note, x: area.x, baseline: top + 23, theme.style(.small, .quiet), limit: labels.width)
    }

    private func draw(
        _ row: Row, _ x: BandScale, top: Double, height: Double, deepest: Double, on canvas: inout Canvas
    ) {
        let theme = canvas.theme
        let line = top + 8
        for (index, cell) in row.cells.enumerated() where cell != .none {
            canvas.horizontal(
                y: line, from: x.lower(index), to: x.lower(index) + x.step, Stroke(theme.axis, width: 0.8))
        }
        let width = min(x.step * 0.5, 16)
        // Words under the column: the deepest leaves room for them.
        let room = max(height - 10 - 11, 5)
        let style = theme.style(.small, .bad, bold: true)
        for (index, cell) in row.cells.enumerated() {
            let middle = x.middle(index)
            switch cell {
            case .kept: canvas.circle(Point(x: middle, y: line), radius: 3, fill: theme.blue)
            case .missed(let depth, let words):
                let share = depth.isFinite ? min(max(depth / deepest, 0), 1) : 1
                let bar = Rect(x: middle - width / 2, y: line, width: width, height: max(room * share, 2.5))
                canvas.rect(bar, fill: theme.orange)
                // Beside months without words they may be a little wider than their own.
                let beside = [index - 1, index + 1].contains { row.cells.indices.contains($0) && row.cells[$0].isMissed }
                if canvas.pen.width(words, style) <= x.step + (beside ? -3 : 6) {
                    canvas.text(words, x: middle, baseline: bar.maxY + 8, style, align: .center)
                } else {
                    canvas.shortened.append(words)
                }
            case .unknown: canvas.missingHatch(Rect(x: middle - width / 2, y: line - 4, width: width, height: 8))
            case .none:
                canvas.horizontal(y: line, from: middle - 2.5, to: middle + 2.5, Stroke(theme.quiet, width: 0.8))
            case .ahead: canvas.hollow(Point(x: middle, y: line), radius: 2.6, theme.axis, width: 0.9)
            }
        }
    }

    private func drawPeriods(_ x: BandScale, baseline: Double, area: Rect, on canvas: inout Canvas) {
        let style = canvas.theme.style(.small, .quiet)
        var end = x.start - 6
        for (index, period) in periods.enumerated() where !period.isEmpty && index < x.count {
            let width = canvas.pen.width(period, style)
            let start = min(max(x.middle(index) - width / 2, x.start), x.end - width)
            guard start > end + 4, start >= x.start else { continue }
            canvas.text(period, x: start, baseline: baseline, style)
            end = start + width
        }
    }
}
