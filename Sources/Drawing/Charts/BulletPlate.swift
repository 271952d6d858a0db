public import Basis

/// Values against their targets and usual ranges: in each row a bar, a line at the target, a band behind. Rows have
/// scales of their own, unless an axis is given to all.
public struct BulletPlate: FigurePlate {
    public struct Row: Hashable, Sendable {
        public var label: String
        /// Small and quiet under the label: its unit.
        public var note: String
        public var reading: Reading
        public var target: Double?
        /// In which the figure usually lies.
        public var usual: LikelyRange?
        /// Off target: the bar is orange.
        public var signal: Bool
        /// Where the row's own scale ends; nil: a tenth beyond what it must hold.
        public var upper: Double?
        public var cells: [Label]

        public init(
            _ label: String, note: String = "", _ reading: Reading, target: Double? = nil, usual: LikelyRange? = nil,
            signal: Bool = false, upper: Double? = nil, cells: [Label] = []
        ) {
            self.label = label
            self.note = note
            self.reading = reading
            self.target = target
            self.usual = usual
            self.signal = signal
            self.upper = upper
            self.cells = cells
        }
    }

    public var subject: String
    /// Headers of the columns at the right; the first is printed bold.
    public var columns: [String]
    public var rows: [Row]
    /// All rows on one scale, with ticks under them; nil: each has its own, from 0.
    public var axis: Axis?
    public var rowHeight: Double
    /// What stands instead of rows.
    public var emptyText: String

    public init(
        subject: String, columns: [String] = [], rows: [Row], axis: Axis? = nil, rowHeight: Double = 27,
        emptyText: String = say("none", context: "nothing to show")
    ) {
        self.subject = subject
        self.columns = columns
        self.rows = rows
        self.axis = axis
        self.rowHeight = rowHeight
        self.emptyText = emptyText
    }

    private var head: Double { columns.isEmpty ? 0 : 13 }
    private var foot: Double { axis == nil ? 2 : 17 }
    private static let floor = 15.0
    /// A row of a label with a note under it.
    private static let roomForNote = 23.0

    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        head + rowHeight * Double(max(rows.count, 1)) + foot
    }
    public func leastHeight(width: Double, pen: Pen) -> Double {
        head + BulletPlate.floor * Double(max(min(rows.count, 6), 1)) + foot
    }

    var alternative: String {
        Spoken.list(
            subject,
            rows.isEmpty ? [emptyText] : rows.map { row in
                let cells = zip(columns + Array(repeating: "", count: row.cells.count), row.cells)
                    .map { "\($0) \($1.spoken)" }
                let parts = [row.reading.reason ?? ""] + cells
                return "\(row.label) " + parts.filter { !$0.isEmpty }.joined(separator: ", ")
            })
    }

    private func scale(_ row: Row, from start: Double, to end: Double) -> LinearScale {
        if let axis { return LinearScale(axis.lower, axis.upper, start: start, end: end) }
        var values = [row.reading.number, row.target, row.upper, row.usual?.drawable?.lower, row.usual?.drawable?.upper]
            .compactMap { $0 }.filter(\.isFinite)
        values += row.reading.likely.map { [$0.lower, $0.upper] } ?? []
        let low = min(values.min() ?? 0, 0)
        let high = max(values.max() ?? 1, 0)
        let air = row.upper == nil ? (high - low) * 0.1 : 0
        return LinearScale(
            low < 0 ? low - air : 0, high > 0 || low == 0 ? max(high + air, 1e-9) : 0, start: start, end: end)
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        guard !rows.isEmpty else {
            canvas.absence(.tooFew(emptyText), in: Rect(x: area.x, y: area.y + head, width: area.width, height: 14))
            return
        }
        let fit = Overflow.rows(
            rows.count, height: area.height - head - foot, floor: BulletPlate.floor, ceiling: rowHeight)
        let shown = rows.prefix(fit.shown)
        let side = SideColumns(columns, rows: shown.map(\.cells), right: area.maxX, pen: canvas.pen)
        let small = canvas.theme.style(.small, .quiet)
        let hasNotes = fit.each >= BulletPlate.roomForNote
        var labels = RowLabels(shown.map { ($0.label, false) }, most: (side.left - area.x) * 0.45, pen: canvas.pen)
        let notes = hasNotes ? shown.map { canvas.pen.width($0.note, small) }.max() ?? 0 : 0
        labels.width = max(labels.width, min(notes, (side.left - area.x) * 0.45))
        let start = area.x + labels.width + 10
        let end = max(side.left - (columns.isEmpty ? 1 : 4), start + 20)
        side.drawHeaders(on: &canvas, baseline: area.y + 7)
        for (index, row) in shown.enumerated() {
            let middle = area.y + head + fit.each * (Double(index) + 0.5)
            let isNoted = hasNotes && !row.note.isEmpty
            labels.draw(
                row.label, on: &canvas, x: area.x, middle: middle - (isNoted ? 4.8 : 0),
                rowHeight: isNoted ? 0 : fit.each)
            if isNoted {
                canvas.text(row.note, x: area.x, baseline: middle + 8.2, small, limit: labels.width)
            }
            let box = Rect(x: start, y: middle - fit.each / 2, width: end - start, height: fit.each)
            draw(row, scale(row, from: start, to: end), in: box, on: &canvas)
            side.draw(row.cells, on: &canvas, baseline: middle + Pen.capHeight * canvas.theme.bodySize / 2)
        }
        var y = area.y + head + fit.each * Double(fit.shown)
        if fit.shown < rows.count {
            canvas.text(
                Overflow.words(rows.count - fit.shown), x: area.x, baseline: y + 10, canvas.theme.style(.body, .quiet))
            y += BulletPlate.floor
        }
        guard let axis else { return }
        canvas.footAxis(
            axis, LinearScale(axis.lower, axis.upper, start: start, end: end), y: y + 2, area: area)
    }

    private func draw(_ row: Row, _ scale: LinearScale, in box: Rect, on canvas: inout Canvas) {
        let theme = canvas.theme
        let high = min(14, box.height - 5)
        let top = box.midY - high / 2
        guard let value = row.reading.number else {
            let height = min(high, 13)
            canvas.absence(
                row.reading, in: Rect(x: box.x, y: box.midY - height / 2, width: box.width, height: height))
            return
        }
        canvas.rect(Rect(x: box.x, y: top, width: box.width, height: high), fill: theme.wash)
        if let usual = row.usual?.drawable {
            let (left, right) = (scale.clamped(usual.lower), scale.clamped(usual.upper))
            canvas.rect(Rect(x: left, y: top, width: right - left, height: high), fill: theme.pale)
            for x in [left, right] { canvas.vertical(x: x, from: top, to: top + high, Stroke(theme.sky, width: 0.7)) }
        }
        let zero = scale.clamped(0)
        let end = scale.clamped(value)
        let thick = high * 0.44
        canvas.rect(
            Rect(x: min(zero, end), y: box.midY - thick / 2, width: max(abs(end - zero), 0.8), height: thick),
            fill: row.signal ? theme.orange : theme.blue)
        if let likely = row.reading.likely {
            let line = [likely.lower, likely.upper].map { Point(x: scale.clamped($0), y: box.midY) }
            canvas.likelyRange(line[0], line[1], theme.ink, width: theme.rangeWidth, ends: 2.6)
        }
        if let target = row.target, target.isFinite {
            canvas.vertical(
                x: scale.clamped(target), from: top - 1.5, to: top + high + 1.5, Stroke(theme.ink, width: 1.8))
        }
    }
}
