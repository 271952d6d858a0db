public import Basis

/// Hours across, weekdays down: a square's area is the volume, its tone the class of wait; orange with a dot signals.
public struct HeatPlate: FigurePlate {
    public enum Cell: Hashable, Sendable {
        case closed
        case empty
        /// `tone` counts from 0, the palest of the legend's classes.
        case value(volume: Double, tone: Int, signal: Bool = false)
    }

    public struct Row: Hashable, Sendable {
        public var label: String
        public var cells: [Cell]
        /// Printed over a closed row: "closed: Sunday's 54 are due on Monday".
        public var closedNote: String
        /// At the right, one for each column.
        public var totals: [Label]
        public var emphasised: Bool
        public init(
            _ label: String, cells: [Cell], closedNote: String = "", totals: [Label] = [], emphasised: Bool = false
        ) {
            self.label = label
            self.cells = cells
            self.closedNote = closedNote
            self.totals = totals
            self.emphasised = emphasised
        }
    }

    public struct Size: Hashable, Sendable {
        public var volume: Double
        public var label: String
        public init(_ volume: Double, _ label: String) {
            self.volume = volume
            self.label = label
        }
    }

    public var subject: String
    /// One for each cell of a row; empty: no label over it.
    public var hours: [String]
    public var rows: [Row]
    public var columns: [String]
    /// "5", "20", "40 conversations"
    public var sizes: [Size]
    /// "Half within", then "10 min", "20 min", "40 min"; at most four, palest first.
    public var toneTitle: String
    public var tones: [String]
    /// Said when no cell has a value.
    public var absence: Reading

    public init(
        subject: String, hours: [String], rows: [Row], columns: [String] = [], sizes: [Size] = [],
        toneTitle: String = "", tones: [String] = [], absence: Reading = .tooFew(say("nothing in this month"))
    ) {
        self.subject = subject
        self.hours = hours
        self.rows = rows
        self.columns = columns
        self.sizes = sizes
        self.toneTitle = toneTitle
        self.tones = tones
        self.absence = absence
    }

    public func naturalHeight(width: Double, pen: Pen) -> Double? { 13 + 21 * Double(rows.count) + legendHeight }
    public func leastHeight(width: Double, pen: Pen) -> Double { 13 + 13 * Double(rows.count) + legendHeight }
    private var legendHeight: Double { sizes.isEmpty && tones.isEmpty ? 2 : 24 }

    var alternative: String {
        let parts = rows.map { row in
            let values = row.cells.filter { if case .value = $0 { true } else { false } }.count
            let signals = zip(row.cells, hours.indices).compactMap { cell, index -> String? in
                guard case .value(_, _, true) = cell else { return nil }
                return hourName(index)
            }
            let totals = zip(columns, row.totals).map { "\($0) \($1.spoken)" }
            let told = signals.isEmpty ? "" : say("signal at \(signals.joined(separator: ", "))")
            let open = values == 0 ? [row.closedNote.isEmpty ? say("no hours") : row.closedNote] : []
            return "\(row.label) " + (totals + open + [told]).filter { !$0.isEmpty }.joined(separator: ", ")
        }
        return Spoken.list(subject, parts)
    }

    /// The hour's own label, or the one before it with how many columns it is after.
    private func hourName(_ index: Int) -> String {
        if !hours[index].isEmpty { return hours[index] }
        guard let before = hours[..<index].lastIndex(where: { !$0.isEmpty }) else { return say("column \(index + 1)") }
        return "\(hours[before]) + \(index - before)"
    }

    private func color(tone: Int, of theme: Theme) -> Color {
        let all = tones.count > 3 ? [theme.pale, theme.sky, theme.mid, theme.blue] : [theme.sky, theme.mid, theme.blue]
        return all[min(max(tone, 0), all.count - 1)]
    }

    private var largest: Double {
        let volumes = rows.flatMap(\.cells).compactMap { cell -> Double? in
            if case .value(let volume, _, _) = cell, volume.isFinite { return volume }
            return nil
        }
        return volumes.max() ?? 0
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        let pen = canvas.pen
        let side = SideColumns(columns, rows: rows.map(\.totals), right: area.maxX, pen: pen, boldFirst: false)
        let labels = RowLabels(rows.map { ($0.label, $0.emphasised) }, most: area.width * 0.2, pen: pen)
        let left = area.x + labels.width + 9
        let right = max(side.left - 2, left + 20)
        let x = BandScale(count: hours.count, start: left, end: right)
        let fit = Overflow.rows(
            rows.count, height: area.height - 13 - legendHeight, floor: 13, ceiling: 21)
        let each = fit.each
        drawHours(x, area: area, on: &canvas)
        side.drawHeaders(on: &canvas, baseline: area.y + 7)
        let unit = min(x.step, each) - 3
        for (index, row) in rows.prefix(fit.shown).enumerated() {
            let top = area.y + 13 + each * Double(index)
            let middle = top + each / 2
            labels.draw(
                row.label, on: &canvas, x: area.x, middle: middle, rowHeight: each, bold: row.emphasised)
            draw(row, x: x, top: top, each: each, unit: unit, on: &canvas)
            side.draw(row.totals, on: &canvas, baseline: middle + 3.3, bold: false)
        }
        let bottom = area.y + 13 + each * Double(fit.shown)
        if largest <= 0 {
            canvas.absence(
                absence, in: Rect(x: left + 6, y: area.y + 13, width: right - left - 12, height: bottom - area.y - 13))
        }
        drawLegend(x: left, middle: bottom + 13, right: area.maxX, unit: unit, on: &canvas)
    }

    private func drawHours(_ x: BandScale, area: Rect, on canvas: inout Canvas) {
        let style = canvas.theme.style(.small, .quiet)
        var edge = -Double.infinity
        for (index, hour) in hours.enumerated() where !hour.isEmpty {
            let width = canvas.pen.width(hour, style)
            let start = x.middle(index) - width / 2
            guard start > edge + 4, start >= area.x, start + width <= x.end + 8 else { continue }
            edge = canvas.text(hour, x: start, baseline: area.y + 7, style).maxX
        }
    }

    private func draw(
        _ row: Row, x: BandScale, top: Double, each: Double, unit: Double, on canvas: inout Canvas
    ) {
        let theme = canvas.theme
        let most = max(largest, 1e-9)
        for index in hours.indices {
            let box = Rect(x: x.lower(index), y: top + 0.7, width: x.step - 0.6, height: each - 1.4)
            let cell = row.cells.indices.contains(index) ? row.cells[index] : .empty
            switch cell {
            case .closed:
                canvas.closedHatch(box)
            case .empty:
                canvas.rect(box, fill: theme.wash)
            case .value(let volume, let tone, let signal):
                canvas.rect(box, fill: theme.wash)
                guard volume.isFinite, volume > 0 else { continue }
                let side = max(unit * (volume / most).squareRoot(), 2)
                let center = Point(x: x.middle(index) - 0.3, y: top + each / 2)
                canvas.rect(
                    Rect(x: center.x - side / 2, y: center.y - side / 2, width: side, height: side),
                    fill: signal ? theme.orange : color(tone: tone, of: theme))
                if signal { canvas.circle(center, radius: min(1.6, side / 4), fill: theme.white) }
            }
        }
        guard !row.closedNote.isEmpty else { return }
        let style = theme.style(.small, .text)
        let width = min(canvas.pen.width(row.closedNote, style), x.end - x.start - 8)
        let middle = (x.start + x.end) / 2
        canvas.halo(Rect(x: middle - width / 2, y: top + each / 2 - 4, width: width, height: 8), by: 2)
        canvas.text(
            row.closedNote, x: middle, baseline: top + each / 2 + 2.9, style, align: .center, limit: width + 0.1)
    }

    private func drawLegend(x left: Double, middle: Double, right: Double, unit: Double, on canvas: inout Canvas) {
        let theme = canvas.theme
        let style = theme.style(.small, .text)
        var x = left
        for size in sizes where size.volume.isFinite && size.volume > 0 {
            let side = max(unit * (size.volume / max(largest, size.volume, 1e-9)).squareRoot(), 2)
            let width = side + 4 + canvas.pen.width(size.label, style)
            guard x + width <= right else { break }
            canvas.rect(Rect(x: x, y: middle - side / 2, width: side, height: side), fill: theme.sky)
            x = canvas.text(size.label, x: x + side + 4, baseline: middle + 2.9, style).maxX + 9
        }
        x += 8
        let needed = tones.reduce(canvas.pen.width(toneTitle, style)) { $0 + 19 + canvas.pen.width($1, style) }
        guard !tones.isEmpty, x + needed <= right + 9 else { return }
        x = canvas.text(toneTitle, x: x, baseline: middle + 2.9, theme.style(.small, .quiet)).maxX + 7
        for (index, tone) in tones.enumerated() {
            canvas.rect(
                Rect(x: x, y: middle - 4, width: 8, height: 8), fill: color(tone: index, of: theme))
            x = canvas.text(tone, x: x + 12, baseline: middle + 2.9, style).maxX + 9
        }
    }
}
