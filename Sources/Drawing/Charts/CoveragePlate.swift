public import Basis

/// Which day each export covers: one square a day.
public struct CoveragePlate: FigurePlate {
    public enum Day: Hashable, Sendable {
        case usual, more, fewer
        case closed
        /// Rows are missing: orange hatch.
        case missing
        /// In a row of events: nothing happened, or something did.
        case quiet, event
        /// After the export's end is not yet due.
        case notDue
    }

    public struct Row: Hashable, Sendable {
        public var label: String
        public var days: [Day]
        public var cells: [Label]
        public var emphasised: Bool
        public init(_ label: String, days: [Day], cells: [Label] = [], emphasised: Bool = false) {
            self.label = label
            self.days = days
            self.cells = cells
            self.emphasised = emphasised
        }
    }

    public var subject: String
    /// One a day; empty: no label.
    public var dayLabels: [String]
    public var columns: [String]
    public var rows: [Row]
    /// Said when there are no rows.
    public var absence: Reading

    public init(
        subject: String, dayLabels: [String], columns: [String] = [], rows: [Row],
        absence: Reading = .missing(say("no exports found"))
    ) {
        self.subject = subject
        self.dayLabels = dayLabels
        self.columns = columns
        self.rows = rows
        self.absence = absence
    }

    static let ceiling = 16.5
    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        13 + CoveragePlate.ceiling * Double(max(rows.count, 1))
    }
    public func leastHeight(width: Double, pen: Pen) -> Double { 13 + 12.6 * Double(max(min(rows.count, 8), 1)) }

    var alternative: String {
        let told = rows.map { row in
            let missing = row.days.filter { $0 == .missing }.count
            let events = row.days.filter { $0 == .event }.count
            var words = zip(columns, row.cells).map { "\($0) \($1.spoken)" }
            if missing > 0 { words.append(say("\(missing) days missing")) }
            if events > 0 { words.append(say("\(events) days with an event")) }
            return "\(row.label) " + words.joined(separator: ", ")
        }
        return Spoken.list(subject, told.isEmpty ? [absence.reason ?? ""] : told)
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        let pen = canvas.pen
        let side = SideColumns(columns, rows: rows.map(\.cells), right: area.maxX, pen: pen, boldFirst: false)
        let labels = RowLabels(rows.map { ($0.label, $0.emphasised) }, most: (side.left - area.x) * 0.3, pen: pen)
        let left = area.x + labels.width + 10
        let x = BandScale(count: dayLabels.count, start: left, end: max(side.left - 2, left + 20))
        let fit = Overflow.rows(
            rows.count, height: area.height - 13, floor: 12.6, ceiling: CoveragePlate.ceiling)
        drawDayLabels(x, area: area, on: &canvas)
        side.drawHeaders(on: &canvas, baseline: area.y + 7)
        if rows.isEmpty {
            canvas.absence(absence, in: Rect(x: left, y: area.y + 13, width: x.end - left, height: 13))
        }
        for (index, row) in rows.prefix(fit.shown).enumerated() {
            let middle = area.y + 13 + fit.each * (Double(index) + 0.5)
            labels.draw(
                row.label, on: &canvas, x: area.x, middle: middle, rowHeight: fit.each, bold: row.emphasised)
            draw(row, x: x, middle: middle, each: fit.each, on: &canvas)
            side.draw(row.cells, on: &canvas, baseline: middle + 3.3, bold: false)
        }
        if fit.shown < rows.count {
            canvas.text(
                Overflow.words(rows.count - fit.shown), x: area.x,
                baseline: area.y + 13 + fit.each * Double(fit.shown) + 9.5, canvas.theme.style(.body, .quiet))
        }
    }

    private func drawDayLabels(_ x: BandScale, area: Rect, on canvas: inout Canvas) {
        let style = canvas.theme.style(.small, .quiet)
        var edge = -Double.infinity
        for (index, label) in dayLabels.enumerated() where !label.isEmpty {
            let width = canvas.pen.width(label, style)
            let start = min(max(x.middle(index) - width / 2, x.start), x.end - width)
            guard start > edge + 4 else { continue }
            edge = canvas.text(label, x: start, baseline: area.y + 7, style).maxX
        }
    }

    private func draw(_ row: Row, x: BandScale, middle: Double, each: Double, on canvas: inout Canvas) {
        let theme = canvas.theme
        let height = min(each - 2.5, 13.5)
        for (index, day) in row.days.enumerated() where index < dayLabels.count {
            let box = Rect(
                x: x.lower(index) + 0.4, y: middle - height / 2, width: max(x.step - 0.9, 0.8), height: height)
            switch day {
            case .usual: canvas.rect(box, fill: theme.sky)
            case .more: canvas.rect(box, fill: theme.mid)
            case .fewer: canvas.rect(box, fill: theme.pale)
            case .closed:
                let inset = Rect(x: box.x + 0.3, y: box.y + 0.3, width: box.width - 0.6, height: box.height - 0.6)
                canvas.rect(inset, stroke: Stroke(theme.hairline, width: 0.6))
            case .missing: canvas.missingHatch(box)
            case .quiet, .event:
                canvas.rect(Rect(x: box.x, y: middle - 1.3, width: box.width, height: 2.6), fill: theme.sky)
                if day == .event {
                    canvas.circle(Point(x: box.midX, y: middle), radius: min(3.2, x.step / 2), fill: theme.orange)
                }
            case .notDue: break
            }
        }
    }
}
