public import Basis

/// Horizontal bars with their likely range, against a target, with columns of figures at the right.
public struct BarsPlate: FigurePlate {
    public struct Row: Hashable, Sendable {
        public var label: String
        /// Small and quiet under the label, after it where rows are low: "4 teams".
        public var labelNote: String
        public var reading: Reading
        public var fill: Fill
        /// Stands after the bar's end.
        public var end: Label?
        /// A tick of this row's own: a budget.
        public var limit: Double?
        public var cells: [Label]
        public var emphasised: Bool

        public init(
            _ label: String, labelNote: String = "", _ reading: Reading, fill: Fill = .soft, end: Label? = nil,
            limit: Double? = nil, cells: [Label] = [], emphasised: Bool = false
        ) {
            self.label = label
            self.labelNote = labelNote
            self.reading = reading
            self.fill = fill
            self.end = end
            self.limit = limit
            self.cells = cells
            self.emphasised = emphasised
        }
    }

    /// The last row, under a rule: no bar, a remark in its place.
    public struct Total: Hashable, Sendable {
        public var label: String
        public var remark: String
        public var cells: [Label]
        public init(_ label: String, remark: String = "", cells: [Label]) {
            self.label = label
            self.remark = remark
            self.cells = cells
        }
    }

    /// What the bars show, for the alternative text.
    public var subject: String
    /// Headers of the columns at the right; the first is printed bold.
    public var columns: [String]
    public var rows: [Row]
    public var total: Total?
    public var target: ReferenceLine?
    /// The axis's end; nil: what the rows need.
    public var upper: Double?
    /// A pale track behind each bar up to the axis's end or the row's limit.
    public var track: Bool
    public var rowHeight: Double
    /// What stands instead of rows.
    public var emptyText: String

    public init(
        subject: String, columns: [String] = [], rows: [Row], total: Total? = nil, target: ReferenceLine? = nil,
        upper: Double? = nil, track: Bool = false, rowHeight: Double = 25,
        emptyText: String = say("none", context: "nothing to show")
    ) {
        self.subject = subject
        self.columns = columns
        self.rows = rows
        self.total = total
        self.target = target
        self.upper = upper
        self.track = track
        self.rowHeight = rowHeight
        self.emptyText = emptyText
    }

    private var headHeight: Double { columns.isEmpty && target == nil ? 0 : 13 }
    private var totalHeight: Double { total == nil ? 0 : 18 }
    static let floor = 13.0
    /// A row of a label with a note under it; and of a label in two lines with one.
    private static let roomForNote = 23.0
    private static let roomForTwoAndNote = 27.0

    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        headHeight + totalHeight + rowHeight * Double(max(rows.count, 1)) + 2
    }
    public func leastHeight(width: Double, pen: Pen) -> Double {
        headHeight + totalHeight + BarsPlate.floor * Double(max(min(rows.count, 6), 1)) + 2
    }

    var alternative: String {
        var parts = rows.map { row in
            let shown = ([row.end].compactMap { $0 } + row.cells).map(\.spoken).filter { !$0.isEmpty && $0 != "–" }
            let value = row.reading.reason.map { [$0] } ?? []
            return "\(row.label) " + (value + shown).joined(separator: ", ")
        }
        if let total {
            let cells = ([total.remark] + total.cells.map(\.spoken)).filter { !$0.isEmpty }
            parts.append("\(total.label) " + cells.joined(separator: ", "))
        }
        return Spoken.list([subject, target?.label ?? ""].filter { !$0.isEmpty }.joined(separator: ", "), parts)
    }

    /// Where everything stands.
    private struct Plan {
        var labels: RowLabels
        /// Where notes begin that stand after their labels; nil: they stand under them.
        var notesX: Double?
        var side: SideColumns
        var scale: LinearScale
        var top: Double
        var each: Double
        var shown: Int
        /// Where values after bars must end.
        var edge: Double
        var bottom: Double { top + each * Double(shown) }
    }

    private func plan(in area: Rect, pen: Pen) -> Plan {
        let allCells = rows.map(\.cells) + [total?.cells ?? []]
        let side = SideColumns(columns, rows: allCells, right: area.maxX, pen: pen)
        let names = rows.map { ($0.label, $0.emphasised) } + (total.map { [($0.label, true)] } ?? [])
        let room = area.height - headHeight - totalHeight - 2
        let (shown, each) = Overflow.rows(rows.count, height: room, floor: BarsPlate.floor, ceiling: rowHeight)
        let labels = RowLabels(names, most: (side.left - area.x) * 0.5, pen: pen)
        let small = pen.theme.style(.small, .quiet)
        let notes = rows.map { pen.width($0.labelNote, small) }.max() ?? 0
        let isUnder = each >= BarsPlate.roomForNote && notes <= labels.width
        let notesX = area.x + labels.width + 9
        let start = notesX + (notes > 0 && !isUnder ? notes + 9 : 0)
        let edge = side.left - (columns.isEmpty ? 0 : 2)
        var values = rows.compactMap(\.reading.number) + [0]
        values += rows.compactMap(\.limit) + [target?.value, upper].compactMap { $0 }
        values += rows.compactMap(\.reading.likely).flatMap { [$0.lower, $0.upper] }
        values = values.filter(\.isFinite)
        let low = values.min() ?? 0
        let high = values.max() ?? 1
        let end = max(scaleEnd(from: start, to: edge, low: low, high: high, pen: pen), start + 20)
        return Plan(
            labels: labels, notesX: isUnder ? nil : notesX, side: side,
            scale: LinearScale(low, high > low ? high : low + 1, start: start, end: end), top: area.y + headHeight,
            each: each, shown: shown, edge: edge)
    }

    /// How far the axis may reach so that every value after its bar still fits before `edge`.
    private func scaleEnd(from start: Double, to edge: Double, low: Double, high: Double, pen: Pen) -> Double {
        guard high > low else { return edge - 30 }
        var end = edge
        for row in rows {
            guard let label = row.end else { continue }
            let wide = pen.width(label, .body, bold: true) + 8
            var reach = max(row.reading.number ?? 0, row.reading.likely?.upper ?? 0, row.limit ?? 0, 0)
            // A label that would lie on the target stands behind it.
            if let target { reach = max(reach, target.value) }
            let share = (reach - low) / (high - low)
            if share > 0 { end = min(end, start + (edge - wide - start) / share) }
        }
        return end
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        let plan = plan(in: area, pen: canvas.pen)
        plan.side.drawHeaders(on: &canvas, baseline: area.y + 7)
        if rows.isEmpty {
            canvas.absence(.tooFew(emptyText), in: Rect(x: area.x, y: plan.top, width: area.width, height: 14))
        }
        for (index, row) in rows.prefix(plan.shown).enumerated() {
            draw(row, middle: plan.top + plan.each * (Double(index) + 0.5), plan, on: &canvas, x: area.x)
        }
        canvas.vertical(
            x: plan.scale(0), from: plan.top, to: plan.bottom, Stroke(canvas.theme.axis, width: 0.8))
        drawTarget(plan, on: &canvas, area: area)
        drawAbsences(plan, on: &canvas)
        var y = plan.bottom
        if plan.shown < rows.count {
            canvas.text(
                Overflow.words(rows.count - plan.shown), x: area.x, baseline: y + 9.5,
                canvas.theme.style(.body, .quiet))
            y += BarsPlate.floor
        }
        guard let total else { return }
        canvas.horizontal(y: y + 1, from: area.x, to: area.maxX, Stroke(canvas.theme.axis, width: 0.8))
        let baseline = y + 13
        canvas.text(
            total.label, x: area.x, baseline: baseline, canvas.theme.style(.body, .ink, bold: true),
            limit: plan.labels.width)
        canvas.text(
            total.remark, x: plan.scale.start, baseline: baseline, canvas.theme.style(.body, .text),
            limit: plan.side.left - plan.scale.start - 2)
        plan.side.draw(total.cells, on: &canvas, baseline: baseline, bold: true)
    }

    private func draw(_ row: Row, middle: Double, _ plan: Plan, on canvas: inout Canvas, x: Double) {
        let theme = canvas.theme
        let thick = min(13, max(plan.each * 0.52, 7))
        let baseline = middle + Pen.capHeight * theme.bodySize / 2
        drawLabel(row, middle: middle, plan, on: &canvas, x: x)
        let scale = plan.scale
        let zero = scale(0)
        if let value = row.reading.number {
            if track || row.limit != nil {
                let end = row.limit.map { scale($0) } ?? scale.end
                canvas.rect(
                    Rect(x: zero, y: middle - thick / 2, width: end - zero, height: thick), fill: theme.wash)
            }
            let end = scale(value)
            canvas.rect(
                Rect(x: min(zero, end), y: middle - thick / 2, width: abs(end - zero), height: thick),
                fill: theme.color(row.fill))
            var edge = max(zero, end)
            if let likely = row.reading.likely {
                canvas.likelyRange(
                    Point(x: scale(likely.lower), y: middle), Point(x: scale(likely.upper), y: middle), theme.ink,
                    width: theme.rangeWidth, ends: 2.6)
                edge = max(edge, scale(likely.upper))
            }
            if let limit = row.limit {
                let x = scale(limit)
                canvas.vertical(
                    x: x, from: middle - thick / 2 - 1.5, to: middle + thick / 2 + 1.5,
                    Stroke(theme.ink, width: theme.targetWidth))
                edge = max(edge, x)
            }
            drawEnd(row.end, from: edge, baseline: baseline, plan, on: &canvas)
        } else if let end = row.end, row.reading.reason == nil {
            canvas.label(end, x: zero + 6, baseline: baseline, tone: .ink, bold: true)
        }
        plan.side.draw(row.cells, on: &canvas, baseline: baseline)
    }

    private func drawLabel(_ row: Row, middle: Double, _ plan: Plan, on canvas: inout Canvas, x: Double) {
        let small = canvas.theme.style(.small, .quiet)
        guard plan.notesX == nil, !row.labelNote.isEmpty else {
            plan.labels.draw(
                row.label, on: &canvas, x: x, middle: middle, rowHeight: plan.each, bold: row.emphasised)
            if let notesX = plan.notesX {
                canvas.text(
                    row.labelNote, x: notesX, baseline: middle + Pen.capHeight * canvas.theme.bodySize / 2, small)
            }
            return
        }
        let style = canvas.theme.style(.body, .ink, bold: row.emphasised)
        let isLong = canvas.pen.width(row.label, style) > plan.labels.width + 0.01
        let hasTwo = isLong && plan.each >= BarsPlate.roomForTwoAndNote
        plan.labels.draw(
            row.label, on: &canvas, x: x, middle: middle - (hasTwo ? 5.6 : 4.8), rowHeight: hasTwo ? 20 : 0,
            bold: row.emphasised)
        canvas.text(row.labelNote, x: x, baseline: middle + (hasTwo ? 11.4 : 8.2), small)
    }

    /// The value after the bar; where it would lie on the target it moves behind it.
    private func drawEnd(_ end: Label?, from edge: Double, baseline: Double, _ plan: Plan, on canvas: inout Canvas) {
        guard let end else { return }
        let width = canvas.pen.width(end, .body, bold: true)
        var x = edge + 6
        if let target {
            let line = plan.scale(target.value)
            if line > x - 4, line < x + width + 3 { x = line + 5 }
        }
        canvas.label(end, x: x, baseline: baseline, tone: .ink, bold: true, limit: max(plan.edge - x, 12))
    }

    /// After the target line, so that none strikes the words.
    private func drawAbsences(_ plan: Plan, on canvas: inout Canvas) {
        let thick = min(13, max(plan.each * 0.52, 7))
        for (index, row) in rows.prefix(plan.shown).enumerated() where row.reading.reason != nil {
            let middle = plan.top + plan.each * (Double(index) + 0.5)
            canvas.absence(
                row.reading, in: Rect(
                    x: plan.scale(0), y: middle - thick / 2, width: absenceWidth(row, plan, canvas.pen),
                    height: thick),
                textEnd: target.map { plan.scale($0.value) - 3 } ?? .infinity)
        }
    }

    /// As wide as the bars; words that need more reach over the columns in which their row has nothing.
    private func absenceWidth(_ row: Row, _ plan: Plan, _ pen: Pen) -> Double {
        let zero = plan.scale(0)
        let usual = max(plan.scale.end - zero, 40)
        guard let reason = row.reading.reason else { return usual }
        let needed = pen.width(reason, pen.theme.style(.body, .text, bold: true)) + 10
        guard needed > usual else { return usual }
        return max(usual, min(needed, plan.side.leftEdge(of: row.cells, pen: pen) - 6 - zero))
    }

    /// Whether the words of a row without a bar reach over a place.
    private func reasonReaches(_ x: Double, _ row: Row, _ plan: Plan, _ pen: Pen) -> Bool {
        guard let reason = row.reading.reason else { return false }
        let zero = plan.scale(0)
        let width = absenceWidth(row, plan, pen)
        let text = min(pen.width(reason, pen.theme.style(.body, .text, bold: true)), width - 4)
        return abs(x - (zero + width / 2)) < text / 2 + 5
    }

    private func drawTarget(_ plan: Plan, on canvas: inout Canvas, area: Rect) {
        guard let target, target.value.isFinite else { return }
        let x = plan.scale(target.value)
        let stroke = Stroke(canvas.theme.ink, width: canvas.theme.targetWidth, dash: target.dashed ? [3, 2.2] : [])
        var from = area.y + 9.5
        for (index, row) in rows.prefix(plan.shown).enumerated() where reasonReaches(x, row, plan, canvas.pen) {
            // The line stops at words that stand instead of a bar, and goes on below them.
            let middle = plan.top + plan.each * (Double(index) + 0.5)
            canvas.vertical(x: x, from: from, to: middle - 6, stroke)
            from = middle + 6
        }
        if from < plan.bottom { canvas.vertical(x: x, from: from, to: plan.bottom, stroke) }
        let style = canvas.theme.style(.small, .text)
        let width = canvas.pen.width(target.label, style)
        let last = (columns.isEmpty ? area.maxX : plan.side.left + 4) - width
        let left = max(min(x - width / 2, last), area.x)
        canvas.text(target.label, x: left, baseline: area.y + 7, style)
    }
}
