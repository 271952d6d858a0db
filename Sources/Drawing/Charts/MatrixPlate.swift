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

    public func naturalHeight(width: Double, pen: Pen) -> Double? { 14 + 38 * Double(max(rows.count, 1)) }
    public func leastHeight(width: Double, pen: Pen) -> Double { 14 + 34 * Double(max(min(rows.count, 6), 1)) }

    var alternative: String {
        let told = rows.flatMap { row in
            zip(receivers, row.cells).compactMap { name, cell -> String? in
                switch cell {
                case .none: nil
                case .value(let rate, let of, let open, let bad):
                    "\(row.name) to \(name) \(rate) " + [of, open].filter { !$0.isEmpty }.joined(separator: ", ")
                        + (bad ? " (off target)" : "")
                case .tooFew(let words, let needed): "\(row.name) to \(name) \(words) \(needed)"
                case .missing(let words): "\(row.name) to \(name) \(words)"
                }
            }
        }
        return Spoken.list(subject, told)
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        let theme = canvas.theme
        let pen = canvas.pen
        let labels = RowLabels(rows.map { ($0.name, true) }, most: area.width * 0.22, pen: pen)
        let totals = rows.map {
            max(pen.width($0.total, theme.style(.body, .ink, bold: true)), pen.width($0.totalNote, theme.style(.small)))
        }.max() ?? 0
        let totalWidth = max(totals, pen.width(totalTitle, theme.style(.small)))
        let left = area.x + labels.width + 10
        let right = area.maxX - (totalWidth > 0 ? totalWidth + 8 : 0)
        let x = BandScale(count: receivers.count, start: left, end: max(right, left + 20))
        let fit = Overflow.rows(rows.count, height: area.height - 14, floor: 34, ceiling: 40)
        for (index, name) in receivers.enumerated() {
            canvas.text(
                name, x: x.lower(index) + 4, baseline: area.y + 8, theme.style(.body, .ink, bold: true),
                limit: x.step - 8)
        }
        canvas.text(totalTitle, x: area.maxX, baseline: area.y + 8, theme.style(.small, .quiet), align: .right)
        for (index, row) in rows.prefix(fit.shown).enumerated() {
            let top = area.y + 14 + fit.each * Double(index)
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
                baseline: area.y + 14 + fit.each * Double(fit.shown) + 10, theme.style(.body, .quiet))
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
