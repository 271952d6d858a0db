public import Basis

/// A table: header, rows, headings of groups, a total; long ones continue with the header repeated.
public struct TablePlate: Plate {
    public struct Column: Hashable, Sendable {
        public var title: String
        public var align: Canvas.Alignment
        /// Takes what the other columns leave; texts in it may be cut.
        public var flexible: Bool
        public init(_ title: String, align: Canvas.Alignment = .left, flexible: Bool = false) {
            self.title = title
            self.align = align
            self.flexible = flexible
        }
    }

    public enum Row: Hashable, Sendable {
        case row([Label])
        /// A row in which some cells show bars or lines.
        case drawn([Cell])
        /// A heading over the rows that follow: "3  A call from the manager".
        case group(number: String, title: String)
        case total([Label])

        /// Neither a heading nor a total.
        var isOrdinary: Bool {
            switch self {
            case .row, .drawn: true
            case .group, .total: false
            }
        }
    }

    /// Said instead of the header row when there is none, for readers who cannot see it.
    public var subject: String
    public var columns: [Column]
    public var rows: [Row]
    public var rowHeight: Double
    /// Hairlines between rows.
    public var ruled: Bool
    /// What stands instead of rows.
    public var emptyText: String
    /// Where it has no room for its rows it goes on over the next sheets, rather than say how many more there are.
    public var goesOn: Bool
    /// Of a part: the rows of all parts, so that columns and bars have one measure on every sheet.
    var whole: [Row]?

    public init(
        subject: String = "", columns: [Column], rows: [Row], rowHeight: Double = 14.5, ruled: Bool = true,
        emptyText: String = say("none", context: "nothing to show"), goesOn: Bool = false
    ) {
        self.subject = subject
        self.columns = columns
        self.rows = rows
        self.rowHeight = rowHeight
        self.ruled = ruled
        self.emptyText = emptyText
        self.goesOn = goesOn
    }

    static let floor = 12.6
    private var hasHeader: Bool { columns.contains { !$0.title.isEmpty } }
    var headHeight: Double { hasHeader ? 15 : 0 }
    private var grouped: Bool {
        rows.contains {
            if case .group = $0 { return true }
            return false
        }
    }

    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        headHeight + rowHeight * Double(max(rows.count, 1)) + 2
    }
    public func leastHeight(width: Double, pen: Pen) -> Double {
        headHeight + TablePlate.floor * Double(min(max(rows.count, 1), 4)) + 2
    }

    private struct Plan {
        var lefts: [Double]
        var widths: [Double]
        var indent: Double
        /// The widest value beside the bars and lines of each column.
        var values: [Double]
        /// What the bars of each column stretch from and to; both 0: none.
        var spans: [(low: Double, high: Double)]
    }

    private func plan(in area: Rect, pen: Pen) -> Plan {
        let small = pen.theme.style(.small, .quiet)
        var widths = columns.map { pen.width($0.title, small) }
        var values = columns.map { _ in 0.0 }
        var spans = columns.map { _ in (low: 0.0, high: 0.0) }
        for row in whole ?? rows {
            let (cells, bold) = cells(of: row)
            for (index, cell) in cells.enumerated() where index < widths.count {
                let wide = pen.width(cell.label, .body, bold: bold)
                let mark = cell.isDrawn ? TablePlate.leastMark + TablePlate.markGap : 0
                widths[index] = max(widths[index], wide + mark)
                if cell.isDrawn { values[index] = max(values[index], wide) }
                guard let number = cell.number else { continue }
                spans[index] = (min(spans[index].low, number), max(spans[index].high, number))
            }
        }
        let indent = grouped ? 12.0 : 0
        let gap = 12.0
        let total = widths.reduce(0, +) + gap * Double(max(columns.count - 1, 0))
        let spare = area.width - indent - total
        let flexible = columns.indices.filter { columns[$0].flexible }
        if spare < 0 {
            shrink(&widths, by: -spare, from: flexible)
        } else if !flexible.isEmpty {
            for index in flexible { widths[index] += spare / Double(flexible.count) }
        } else if columns.count > 1 {
            // Nobody stretches: the first column takes the rest, so that the last ends at the right edge.
            widths[0] += spare
        }
        var lefts: [Double] = []
        var x = area.x + indent
        for width in widths {
            lefts.append(x)
            x += width + gap
        }
        return Plan(lefts: lefts, widths: widths, indent: indent, values: values, spans: spans)
    }

    /// Takes the missing width from the flexible columns first, then from the widest ones.
    private func shrink(_ widths: inout [Double], by missing: Double, from flexible: [Int]) {
        var missing = missing
        for index in flexible where missing > 0 {
            let give = min(missing, max(widths[index] - 40, 0))
            widths[index] -= give
            missing -= give
        }
        var rounds = 0
        while missing > 0.5, rounds < 200, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }) {
            let give = min(missing, max(widths[widest] * 0.1, 1))
            widths[widest] = max(widths[widest] - give, 12)
            missing -= give
            rounds += 1
        }
    }

    private func cells(of row: Row) -> ([Cell], Bool) {
        switch row {
        case .row(let cells): (cells.map { .label($0) }, false)
        case .drawn(let cells): (cells, false)
        case .total(let cells): (cells.map { .label($0) }, true)
        case .group: ([], false)
        }
    }

    public func draw(on canvas: inout Canvas, in area: Rect) {
        let plan = plan(in: area, pen: canvas.pen)
        guard !rows.isEmpty else {
            drawEmpty(plan, on: &canvas, in: area)
            return
        }
        let fit = Overflow.rows(
            rows.count, height: area.height - headHeight - 2, floor: min(TablePlate.floor, rowHeight),
            ceiling: rowHeight)
        canvas.group(.table) { canvas in
            if hasHeader { drawHeader(plan, on: &canvas, in: area) }
            for (index, row) in rows.prefix(fit.shown).enumerated() {
                let top = area.y + headHeight + fit.each * Double(index)
                draw(row, top: top, height: fit.each, plan, on: &canvas, area: area, last: index == fit.shown - 1)
            }
        }
        guard fit.shown < rows.count else { return }
        let left = rows.dropFirst(fit.shown).filter {
            $0.isOrdinary
        }
        let baseline = area.y + headHeight + fit.each * Double(fit.shown) + 9.5
        canvas.group(.paragraph) {
            $0.text(
                Overflow.words(max(left.count, 1)), x: area.x + plan.indent, baseline: baseline,
                $0.theme.style(.body, .quiet))
        }
    }

    private func drawEmpty(_ plan: Plan, on canvas: inout Canvas, in area: Rect) {
        canvas.group(.table) { canvas in
            if hasHeader { drawHeader(plan, on: &canvas, in: area) }
            canvas.group(.row) { canvas in
                for index in columns.indices {
                    canvas.group(.cell) {
                        guard index == 0 else { return }
                        $0.text(
                            emptyText, x: area.x + plan.indent, baseline: area.y + headHeight + 10,
                            $0.theme.style(.body, .quiet), limit: area.width)
                    }
                }
            }
        }
    }

    private func x(_ index: Int, _ plan: Plan) -> Double {
        switch columns[index].align {
        case .left: plan.lefts[index]
        case .center: plan.lefts[index] + plan.widths[index] / 2
        case .right: plan.lefts[index] + plan.widths[index]
        }
    }

    private func drawHeader(_ plan: Plan, on canvas: inout Canvas, in area: Rect) {
        canvas.group(.row) { canvas in
            for (index, column) in columns.enumerated() {
                canvas.group(.headerCell) {
                    $0.text(
                        column.title, x: x(index, plan), baseline: area.y + 7.5, $0.theme.style(.small, .quiet),
                        align: column.align, limit: plan.widths[index] + 1)
                }
            }
        }
        canvas.group(.artifact) {
            $0.horizontal(y: area.y + 12.5, from: area.x, to: area.maxX, Stroke($0.theme.axis, width: 0.7))
        }
    }

    private func draw(
        _ row: Row, top: Double, height: Double, _ plan: Plan, on canvas: inout Canvas, area: Rect, last: Bool
    ) {
        let baseline = top + height / 2 + 3.3
        switch row {
        case .group(let number, let title):
            if top > area.y + headHeight + 1 {
                canvas.group(.artifact) { $0.hairline(y: top, from: area.x, to: area.maxX) }
            }
            canvas.group(.row) { canvas in
                for index in columns.indices {
                    canvas.group(.cell) {
                        guard index == 0 else { return }
                        let bold = $0.theme.style(.body, .ink, bold: true)
                        let numeral = $0.theme.style(.body, .bad, bold: true)
                        $0.text(number, x: area.x, baseline: baseline, numeral)
                        let left = area.x + max(plan.indent, $0.pen.width(number, numeral) + 5)
                        $0.text(title, x: left, baseline: baseline, bold, limit: area.maxX - left)
                    }
                }
            }
        case .row, .drawn, .total:
            let (cells, bold) = cells(of: row)
            canvas.group(.row) { canvas in
                for index in columns.indices {
                    let cell = cells.indices.contains(index) ? cells[index] : .label("")
                    canvas.group(.cell) { canvas in
                        let box = Rect(x: plan.lefts[index], y: top, width: plan.widths[index], height: height)
                        draw(cell, index, in: box, plan, bold: bold, on: &canvas)
                    }
                }
            }
        }
        guard ruled, !grouped || last else { return }
        canvas.group(.artifact) { $0.hairline(y: top + height, from: area.x, to: area.maxX) }
    }

    /// A cell's words, and its drawing beside them: before the value, which stands at the right.
    private func draw(
        _ cell: Cell, _ column: Int, in box: Rect, _ plan: Plan, bold: Bool, on canvas: inout Canvas
    ) {
        let baseline = box.midY + 3.3
        guard cell.isDrawn else {
            // Under values that stand behind bars or lines: at the right, as they do.
            let isBeside = plan.values[column] > 0
            canvas.label(
                cell.label, x: isBeside ? box.maxX : x(column, plan), baseline: baseline, tone: bold ? .ink : .text,
                bold: bold, align: isBeside ? .right : columns[column].align, limit: box.width + 1)
            return
        }
        let value = min(plan.values[column], box.width * 0.6)
        let room = box.width - (value > 0 ? value + TablePlate.markGap : 0)
        let span = plan.spans[column]
        drawMark(
            cell, from: span.low, to: max(span.high, span.low + 1e-9),
            in: Rect(x: box.x, y: box.y, width: room, height: box.height), on: &canvas)
        canvas.label(
            cell.label, x: box.maxX, baseline: baseline, tone: .text, align: .right, limit: value + 1)
    }
}
