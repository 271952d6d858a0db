import Basis

/// Who hands over to whom: rows send, columns receive; each cell a rate, its number and what is open.
public struct MatrixPlate: FigurePlate {
    public enum Cell: Hashable, Sendable {
        /// Nobody hands over to themselves.
        case none
        case value(rate: String, of: String, open: String, bad: Bool = false)
        /// "too few", "12 of 20 needed"
        case tooFew(String, String)
        case missing(String)
    }

    public struct Row: Hashable, Sendable {
        public var name: String
        public var cells: [Cell]
        /// At the right: "216", "15 open".
        public var total: String
        public var totalNote: String
        public init(_ name: String, cells: [Cell], total: String = "", totalNote: String = "") {
            self.name = name
            self.cells = cells
            self.total = total
            self.totalNote = totalNote
        }
    }

    public var subject: String
    public var receivers: [String]
    public var rows: [Row]
    public var totalTitle: String

    public init(subject: String, receivers: [String], rows: [Row], totalTitle: String = "") {
        self.subject = subject
        self.receivers = receivers
        self.rows = rows
        self.totalTitle = totalTitle
    }

    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        plan(x: 0, width: width, pen: pen).head + 38 * Double(max(rows.count, 1))
    }
    public func leastHeight(width: Double, pen: Pen) -> Double {
        plan(x: 0, width: width, pen: pen).head + MatrixPlate.floor * Double(max(min(rows.count, 6), 1))
    }

    private static let floor = 33.0

    /// Where the columns stand, and how high their heads are.
    private struct Plan {
        var labels: RowLabels
        var x: BandScale
        var heads: [[Pen.Line]]
        var headSize: TypeSize
        /// Heads in two lines are set smaller.
        var head: Double { heads.contains { $0.count > 1 } ? 24 : 14 }
    }

    private func plan(x start: Double, width: Double, pen: Pen) -> Plan {
        let theme = pen.theme
        let labels = RowLabels(rows.map { ($0.name, true) }, most: width * 0.18, pen: pen)
        let totals = rows.map {
            max(pen.width($0.total, theme.style(.body, .ink, bold: true)), pen.width($0.totalNote, theme.style(.small)))
        }.max() ?? 0
        let totalWidth = max(totals, pen.width(totalTitle, theme.style(.small)))
        let left = start + labels.width + 10
        let right = start + width - (totalWidth > 0 ? totalWidth + 8 : 0)
        let x = BandScale(count: receivers.count, start: left, end: max(right, left + 20))
        func heads(_ size: TypeSize) -> [[Pen.Line]] {
            receivers.map { pen.lines(RichText($0), size: size, tone: .ink, bold: true, width: x.step - 8) }
        }
        let style = theme.style(.body, .ink, bold: true)
        let fits = receivers.allSatisfy { pen.width($0, style) <= x.step - 8 }
        return Plan(labels: labels, x: x, heads: heads(fits ? .body : .small), headSize: fits ? .body : .small)
    }

    var alternative: String {
        let told = rows.flatMap { row in
            zip(receivers, row.cells).compactMap { name, cell -> String? in
                let pair: String = say("\(row.name) to \(name)", context: "from and to")
                return switch cell {
                case .none: nil
                case .value(let rate, let of, let open, let bad):
                    "\(pair) \(rate) " + [of, open].filter { !$0.isEmpty }.joined(separator: ", ")
                        + (bad ? " " + say("(off target)") : "")
                case .tooFew(let words, let needed): "\(pair) \(words) \(needed)"
                case .missing(let words): "\(pair) \(words)"
                }
            }
        }
        return Spoken.list(subject, told)
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        let theme = canvas.theme
        let plan = plan(x: area.x, width: area.width, pen: canvas.pen)
        let (labels, x, head) = (plan.labels, plan.x, plan.head)
        let fit = Overflow.rows(rows.count, height: area.height - head, floor: MatrixPlate.floor, ceiling: 40)
        for (index, name) in receivers.enumerated() {
            let rise = plan.heads[index].count > 1 ? 0.0 : head - 14
            canvas.paragraph(
                RichText(name), x: x.lower(index) + 4, baseline: area.y + 8 + rise, width: x.step - 8,
                size: plan.headSize, tone: .ink, bold: true, leading: 9.8, lines: 2)
        }
        canvas.text(
            totalTitle, x: area.maxX, baseline: area.y + head - 6, theme.style(.small, .quiet), align: .right)
        for (index, row) in rows.prefix(fit.shown).enumerated() {
            let top = area.y + head + fit.each * Double(index)
            labels.draw(
                row.name, on: &canvas, x: area.x, middle: top + 13, rowHeight: 26, bold: true)
            for column in receivers.indices {
                let cell = row.cells.indices.contains(column) ? row.cells[column] : .none
                let box = Rect(x: x.lower(column), y: top, width: x.step - 2, height: fit.each - 2)
                draw(cell, in: box, on: &canvas)
            }
            canvas.text(
                row.total, x: area.maxX, baseline: top + 16, theme.style(.body, .ink, bold: true), align: .right)
            canvas.text(
                row.totalNote, x: area.maxX, baseline: top + 28, theme.style(.small, .text), align: .right)
        }
        if fit.shown < rows.count {
            canvas.text(
                Overflow.words(rows.count - fit.shown), x: area.x,
                baseline: area.y + head + fit.each * Double(fit.shown) + 10, theme.style(.body, .quiet))
        }
    }

    private func draw(_ cell: Cell, in box: Rect, on canvas: inout Canvas) {
        let theme = canvas.theme
        let inset = box.x + 4
        let room = box.width - 6
        switch cell {
        case .none:
            canvas.closedHatch(box)
        case .value(let rate, let of, let open, let bad):
            canvas.rect(box, fill: bad ? theme.orange : theme.pale)
            drawRate(rate, in: box, bad: bad, on: &canvas)
            drawCounts(of, open, in: box, bad: bad, on: &canvas)
        case .tooFew(let words, let needed):
            canvas.rect(box, fill: theme.wash)
            canvas.text(words, x: inset, baseline: box.y + 15.5, theme.style(.body, .text), limit: room)
            canvas.text(needed, x: inset, baseline: box.maxY - 6, theme.style(.small, .quiet), limit: room)
        case .missing(let words):
            canvas.missingHatch(box)
            let style = theme.style(.small, .bad, bold: true)
            let width = min(canvas.pen.width(words, style), room)
            canvas.rect(
                Rect(x: inset - 2, y: box.midY - 7, width: width + 4, height: 14), fill: theme.white)
            canvas.text(words, x: inset, baseline: box.midY + 3, style, limit: room)
        }
    }

    private func drawRate(_ rate: String, in box: Rect, bad: Bool, on canvas: inout Canvas) {
        let tone: Tone = bad ? .inverse : .ink
        let sizes: [TypeSize] = [.matrix, .finding, .small]
        let styles = sizes.map { canvas.theme.style($0, tone, bold: true) }
        // A narrow cell prints its rate smaller, never cut.
        guard let style = styles.first(where: { canvas.pen.width(rate, $0) <= box.width - 6 }) else {
            canvas.shortened.append(rate)
            if bad {
                canvas.triangle(
                    Point(x: box.midX, y: box.y + 11.5), size: 8, up: false, canvas.theme.white)
            }
            return
        }
        let shown = canvas.text(rate, x: box.x + 4, baseline: box.y + 16.5, style)
        if bad, shown.maxX + 14 < box.maxX {
            canvas.triangle(
                Point(x: shown.maxX + 9, y: box.y + 11.5), size: 8, up: false, canvas.theme.white)
        }
    }

    /// "of 118" and "14 open" side by side; what has no room is left to the totals, and reported.
    private func drawCounts(_ of: String, _ open: String, in box: Rect, bad: Bool, on canvas: inout Canvas) {
        let tone: Tone = bad ? .inverse : .text
        let plain = canvas.theme.style(.small, tone)
        let strong = canvas.theme.style(.small, tone, bold: bad)
        let baseline = box.maxY - 6
        var left = box.x + 4
        if canvas.pen.width(of, plain) <= box.width - 6 {
            left = canvas.text(of, x: left, baseline: baseline, plain).maxX + (of.isEmpty ? 0 : 3)
        } else {
            canvas.shortened.append(of)
        }
        guard !open.isEmpty else { return }
        let fitting = [strong, plain].first { left + canvas.pen.width(open, $0) <= box.maxX - 3 }
        guard let style = fitting else {
            canvas.shortened.append(open)
            return
        }
        canvas.text(open, x: box.maxX - 3, baseline: baseline, style, align: .right)
    }
}
