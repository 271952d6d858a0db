/// Rows of a name and a value, with a sentence under some: changes since the last report, facts of a card, open points.
public struct FactsPlate: Plate {
    public struct Row: Hashable, Sendable {
        /// A cue before it marks done and open points.
        public var name: Label
        public var value: Label
        /// Under the name: "One deal was unwound on 9 Oct."
        public var note: String
        public init(_ name: Label, _ value: Label = "", note: String = "") {
            self.name = name
            self.value = value
            self.note = note
        }
    }

    /// Bold over the rows; may be empty.
    public var title: String
    public var rows: [Row]
    public var ruled: Bool
    public var rowHeight: Double
    /// What stands instead of rows.
    public var emptyText: String

    public init(
        title: String = "", rows: [Row], ruled: Bool = true, rowHeight: Double = 15, emptyText: String = ""
    ) {
        self.title = title
        self.rows = rows
        self.ruled = ruled
        self.rowHeight = rowHeight
        self.emptyText = emptyText
    }

    private func valueWidth(_ row: Row, width: Double, pen: Pen) -> Double {
        min(pen.width(row.value, .body), width * 0.5)
    }

    /// Long names wrap to two lines; notes to as many as they need.
    private func parts(_ row: Row, width: Double, pen: Pen) -> (name: Int, note: Int) {
        let advance = row.name.cue == nil ? 0.0 : 14
        let room = width - valueWidth(row, width: width, pen: pen) - 10 - advance
        let name = pen.lines(
            RichText(row.name.text), size: .body, tone: .ink, bold: row.name.bold ?? false, width: room).count
        let note = pen.lines(RichText(row.note), size: .body, tone: .quiet, width: width).count
        return (min(max(name, 1), 2), note)
    }

    private func height(_ row: Row, width: Double, pen: Pen) -> Double {
        let (name, note) = parts(row, width: width, pen: pen)
        return rowHeight + 11.5 * Double(name - 1) + 11.8 * Double(note) + (note > 0 ? 4 : 0)
    }

    private var head: Double { title.isEmpty ? 0 : 15 }

    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        let lines = rows.reduce(0) { $0 + height($1, width: width, pen: pen) }
        return head + (rows.isEmpty ? pen.height(RichText(emptyText), width: width) : lines) + 2
    }
    public func leastHeight(width: Double, pen: Pen) -> Double {
        if rows.isEmpty { return head + pen.height(RichText(emptyText), width: width) }
        return head + rows.prefix(3).reduce(rows.count > 3 ? 14 : 2) { $0 + height($1, width: width, pen: pen) }
    }

    public func draw(on canvas: inout Canvas, in area: Rect) {
        var y = area.y
        if !title.isEmpty {
            canvas.group(.heading(level: 3)) {
                $0.text(
                    title, x: area.x, baseline: y + 9, $0.theme.style(.body, .ink, bold: true), limit: area.width)
            }
            y += head
        }
        if rows.isEmpty, !emptyText.isEmpty {
            canvas.group(.paragraph) {
                $0.paragraph(RichText(emptyText), x: area.x, baseline: y + 9, width: area.width)
            }
        }
        for (index, row) in rows.enumerated() {
            let height = height(row, width: area.width, pen: canvas.pen)
            let rest = index + 1 < rows.count ? 12.0 : 0
            if y + height + rest > area.maxY + 3, rows.count > 1 {
                canvas.group(.paragraph) {
                    $0.text(
                        Overflow.words(rows.count - index), x: area.x, baseline: y + 10,
                        $0.theme.style(.body, .quiet))
                }
                return
            }
            draw(row, top: y, height: height, on: &canvas, area: area)
            y += height
        }
    }

    private func draw(_ row: Row, top: Double, height: Double, on canvas: inout Canvas, area: Rect) {
        let theme = canvas.theme
        let (_, notes) = parts(row, width: area.width, pen: canvas.pen)
        let baseline = top + rowHeight / 2 + 3.1
        canvas.group(.paragraph) { canvas in
            let tone = row.name.tone ?? .text
            let bold = row.name.bold ?? false
            var left = area.x
            if let cue = row.name.cue {
                // An open ring takes the tone of what is said about it.
                let usual: Tone = cue == .check ? .good : row.value.tone == .bad ? .bad : .quiet
                let cueTone: Tone = row.value.tone == .bad && cue == .ring ? .bad : row.name.tone ?? usual
                canvas.cue(cue, x: left, baseline: baseline, style: theme.style(.body, cueTone))
                left += 14
            }
            let value = valueWidth(row, width: area.width, pen: canvas.pen)
            let nextBaseline = canvas.paragraph(
                RichText(row.name.text), x: left, baseline: baseline, width: area.maxX - value - 10 - left,
                tone: tone, bold: bold, leading: 11.5, lines: 2)
            canvas.label(
                row.value, x: area.maxX, baseline: baseline, tone: .ink, align: .right, limit: area.width * 0.5)
            if notes > 0 {
                canvas.paragraph(
                    RichText(row.note), x: left, baseline: nextBaseline + 0.6, width: area.maxX - left, tone: .quiet,
                    leading: 11.8)
            }
        }
        if ruled {
            canvas.group(.artifact) { $0.hairline(y: top + height - 0.3, from: area.x, to: area.maxX) }
        }
    }
}
