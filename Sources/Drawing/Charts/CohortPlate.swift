public import Basis

/// Months down, time since the visit across: each cell the share reached by then, its tone by the share; what is not over
/// yet is hollow.
public struct CohortPlate: FigurePlate {
    public enum Cell: Hashable, Sendable {
        /// `tone` counts from 0, the palest of the legend's classes.
        case share(String, tone: Int)
        /// Not all of the month has been watched so long: outlined, without a tone.
        case young(String)
        /// Too few are watched so long for a share.
        case tooFew(String)
        /// Nobody of the month has been watched so long.
        case ahead
    }

    public struct Row: Hashable, Sendable {
        public var label: String
        public var cells: [Cell]
        /// At the right, one for each column of figures.
        public var totals: [Label]
        public var emphasised: Bool
        public init(_ label: String, cells: [Cell], totals: [Label] = [], emphasised: Bool = false) {
            self.label = label
            self.cells = cells
            self.totals = totals
            self.emphasised = emphasised
        }
    }

    public var subject: String
    /// Over the cells: "day 7", "day 14".
    public var times: [String]
    public var rows: [Row]
    /// Headers of the figures at the right: "Visits".
    public var columns: [String]
    /// "% bought", then "under 1", "1 to 2", "2 to 3", "3 and more"; at most four, palest first.
    public var toneTitle: String
    public var tones: [String]
    /// Beside the hollow square of the legend: "too new".
    public var youngTitle: String
    public var rowHeight: Double
    /// Said when there are no rows.
    public var absence: Reading

    public init(
        subject: String, times: [String], rows: [Row], columns: [String] = [], toneTitle: String = "", tones: [String] = [],
        youngTitle: String = "", rowHeight: Double = 16, absence: Reading = .tooFew(say("no month to show"))
    ) {
        self.subject = subject
        self.times = times
        self.rows = rows
        self.columns = columns
        self.toneTitle = toneTitle
        self.tones = tones
        self.youngTitle = youngTitle
        self.rowHeight = rowHeight
        self.absence = absence
    }

    private static let head = 13.0
    /// Numbers of 8 points with air above and below.
    private static let floor = 12.0
    private var legendHeight: Double { tones.isEmpty && youngTitle.isEmpty ? 2 : 18 }

    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        CohortPlate.head + rowHeight * Double(max(rows.count, 1)) + legendHeight
    }
    public func leastHeight(width: Double, pen: Pen) -> Double {
        CohortPlate.head + CohortPlate.floor * Double(min(max(rows.count, 1), 37)) + legendHeight
    }

    var alternative: String {
        let told = rows.map { row in
            let cells = zip(times, row.cells).compactMap { time, cell -> String? in
                switch cell {
                case .share(let text, _): say("\(text) by \(time)", context: "cohort")
                case .young(let text): say("\(text) by \(time), too new", context: "cohort")
                case .tooFew(let text): say("\(text) by \(time)", context: "cohort")
                case .ahead: nil
                }
            }
            let totals = zip(columns, row.totals).map { "\($0) \($1.spoken)" }
            return "\(row.label) " + (totals + (cells.isEmpty ? [say("nothing yet")] : cells)).joined(separator: ", ")
        }
        return Spoken.list(subject, rows.isEmpty ? [absence.reason ?? ""] : told)
    }

    private func fill(_ tone: Int, _ theme: Theme) -> Fill {
        let all: [Fill] = tones.count > 3 ? [.pale, .soft, .medium, .strong] : [.pale, .soft, .strong]
        return all[min(max(tone, 0), all.count - 1)]
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        let pen = canvas.pen
        guard !rows.isEmpty, !times.isEmpty else {
            canvas.absence(absence, in: Rect(x: area.x, y: area.y + 4, width: area.width, height: 14))
            return
        }
        let side = SideColumns(columns, rows: rows.map(\.totals), right: area.maxX, pen: pen, boldFirst: false)
        let labels = RowLabels(rows.map { ($0.label, $0.emphasised) }, most: area.width * 0.24, pen: pen)
        let x = BandScale(count: times.count, start: area.x + labels.width + 8, end: max(side.left, area.x + labels.width + 28))
        let fit = Overflow.rows(
            rows.count, height: area.height - CohortPlate.head - legendHeight, floor: CohortPlate.floor, ceiling: rowHeight)
        drawTimes(x, area: area, on: &canvas)
        side.drawHeaders(on: &canvas, baseline: area.y + 7)
        for (index, row) in rows.prefix(fit.shown).enumerated() {
            let top = area.y + CohortPlate.head + fit.each * Double(index)
            let middle = top + fit.each / 2
            labels.draw(row.label, on: &canvas, x: area.x, middle: middle, rowHeight: fit.each, bold: row.emphasised)
            for (column, cell) in row.cells.prefix(times.count).enumerated() {
                let box = Rect(
                    x: x.lower(column) + 0.8, y: top + 0.8, width: x.step - 1.6, height: fit.each - 1.6)
                draw(cell, in: box, on: &canvas)
            }
            side.draw(row.totals, on: &canvas, baseline: middle + 3.3, bold: row.emphasised)
        }
        var bottom = area.y + CohortPlate.head + fit.each * Double(fit.shown)
        if fit.shown < rows.count {
            canvas.text(
                Overflow.words(rows.count - fit.shown), x: area.x, baseline: bottom + 9, pen.theme.style(.small, .quiet))
            bottom += CohortPlate.floor
        }
        drawLegend(x: x.start, baseline: bottom + 13, right: area.maxX, on: &canvas)
    }

    private func drawTimes(_ x: BandScale, area: Rect, on canvas: inout Canvas) {
        let style = canvas.theme.style(.small, .quiet)
        var edge = area.x - 4
        for (index, time) in times.enumerated() {
            let width = canvas.pen.width(time, style)
            let left = min(x.middle(index) - width / 2, x.end - width)
            guard left > edge + 4 else { continue }
            edge = canvas.text(time, x: left, baseline: area.y + 7, style).maxX
        }
    }

    private func draw(_ cell: Cell, in box: Rect, on canvas: inout Canvas) {
        let theme = canvas.theme
        let baseline = box.midY + 2.9
        func number(_ text: String, _ tone: Tone) {
            let style = theme.style(.small, tone)
            // A number that is cut is none: it stays in the alternative text.
            guard canvas.pen.width(text, style) <= box.width - 1 else { return }
            canvas.text(text, x: box.midX, baseline: baseline, style, align: .center)
        }
        switch cell {
        case .share(let text, let tone):
            let fill = fill(tone, theme)
            canvas.rect(box, fill: theme.color(fill))
            number(text, theme.tone(on: fill))
        case .young(let text):
            let inner = Rect(x: box.x + 0.5, y: box.y + 0.5, width: box.width - 1, height: box.height - 1)
            canvas.rect(inner, stroke: Stroke(theme.mid, width: 0.9, dash: [2.2, 1.6]))
            number(text, .text)
        case .tooFew(let text):
            canvas.rect(box, fill: theme.wash)
            number(text, .quiet)
        case .ahead:
            canvas.closedHatch(box)
        }
    }

    private func drawLegend(x left: Double, baseline: Double, right: Double, on canvas: inout Canvas) {
        let theme = canvas.theme
        let pen = canvas.pen
        let style = theme.style(.small, .text)
        let quiet = theme.style(.small, .quiet)
        let title = pen.width(toneTitle, quiet)
        let needed = tones.reduce(title + 7) { $0 + 21 + pen.width($1, style) }
        var x = left
        if !tones.isEmpty, x + needed - 9 <= right {
            x = canvas.text(toneTitle, x: x, baseline: baseline, quiet).maxX + 7
            for (index, tone) in tones.enumerated() {
                canvas.rect(Rect(x: x, y: baseline - 7, width: 8, height: 8), fill: theme.color(fill(index, theme)))
                x = canvas.text(tone, x: x + 12, baseline: baseline, style).maxX + 9
            }
        }
        guard !youngTitle.isEmpty, x + 12 + pen.width(youngTitle, style) <= right else { return }
        canvas.rect(
            Rect(x: x + 0.5, y: baseline - 6.5, width: 7, height: 7), stroke: Stroke(theme.mid, width: 0.9, dash: [2.2, 1.6]))
        canvas.text(youngTitle, x: x + 12, baseline: baseline, style)
    }
}
