/// Dots with their likely range in rows, in groups, against a line such as "none" or "limit 5 %".
public struct IntervalsPlate: FigurePlate {
    public struct Row: Hashable, Sendable {
        public var label: String
        public var reading: Reading
        /// Blue, orange or (text, quiet) grey.
        public var tone: Tone
        /// The range holds "none": the effect is unclear.
        public var hollow: Bool
        public var value: Label
        public init(
            _ label: String, _ reading: Reading, value: Label, tone: Tone = .good, hollow: Bool = false
        ) {
            self.label = label
            self.reading = reading
            self.value = value
            self.tone = tone
            self.hollow = hollow
        }
    }

    public struct Group: Hashable, Sendable {
        /// Empty: rows without a heading.
        public var title: String
        /// At the right of the heading: "+33 points, likely 22 to 43".
        public var verdict: Label
        public var rows: [Row]
        public init(_ title: String = "", verdict: Label = "", rows: [Row]) {
            self.title = title
            self.verdict = verdict
            self.rows = rows
        }
    }

    public var subject: String
    public var groups: [Group]
    public var reference: ReferenceLine?
    /// nil: chosen; its ticks are printed when `showsAxis`.
    public var axis: Axis?
    public var showsAxis: Bool
    public var fromZero: Bool
    public var unit: String
    public var rowHeight: Double

    public init(
        subject: String, groups: [Group], reference: ReferenceLine? = nil, axis: Axis? = nil,
        showsAxis: Bool = true, fromZero: Bool = false, unit: String = "", rowHeight: Double = 19
    ) {
        self.subject = subject
        self.groups = groups
        self.reference = reference
        self.axis = axis
        self.showsAxis = showsAxis
        self.fromZero = fromZero
        self.unit = unit
        self.rowHeight = rowHeight
    }

    private var rows: [Row] { groups.flatMap(\.rows) }
    private var head: Double { reference == nil ? 0 : 12 }
    private var foot: Double { showsAxis ? 17 : 2 }

    /// The lines of all rows and headings, in units of a row.
    private func lines(each: Double) -> Double {
        groups.enumerated().reduce(0) { sum, item in
            let heading = item.element.title.isEmpty ? 0.0 : 17
            return sum + heading + each * Double(item.element.rows.count) + (item.offset > 0 ? 8 : 0)
        }
    }

    public func naturalHeight(width: Double, pen: Pen) -> Double? { head + lines(each: rowHeight) + foot }
    public func leastHeight(width: Double, pen: Pen) -> Double {
        // Of hundreds of rows the last line says how many more there are.
        min(head + lines(each: 12.6) + foot, max(420, head + 60 + foot))
    }

    var alternative: String {
        let told = groups.flatMap { group in
            (group.title.isEmpty ? [] : ["\(group.title) \(group.verdict.spoken)"])
                + group.rows.map { "\($0.label) \(Spoken.reading($0.reading, label: $0.value.spoken))" }
        }
        return Spoken.list([subject, reference?.label ?? ""].filter { !$0.isEmpty }.joined(separator: ", "), told)
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        let pen = canvas.pen
        let labels = RowLabels(rows.map { ($0.label, $0.tone == .bad) }, most: area.width * 0.36, pen: pen)
        let valueWidth = min(rows.map { pen.width($0.value, .body, bold: true) }.max() ?? 0, area.width * 0.4)
        let start = area.x + labels.width + 10
        let end = max(area.maxX - valueWidth - 12, start + 24)
        var values = rows.compactMap(\.reading.number) + [reference?.value].compactMap { $0 }
        values += rows.compactMap(\.reading.likely).flatMap { [$0.lower, $0.upper] }
        let axis = axis ?? Axis(holding: values, fromZero: fromZero, unit: unit, most: 5)
        let scale = LinearScale(axis.lower, axis.upper, start: start, end: end)
        let natural = lines(each: rowHeight)
        let room = area.height - head - foot
        let count = Double(max(rows.count, 1))
        let each = min(rowHeight, max(12.6, rowHeight - (natural - room) / count))
        let rowsEnd = area.maxY - foot
        let all = natural - rowHeight * count + each * count <= room + 0.5
        let bottom = all ? area.y + head + lines(each: each) : rowsEnd
        drawReference(scale, from: area.y, to: bottom, on: &canvas, area: area)
        // When not all fit, the last line says how many more there are.
        let limit = all ? rowsEnd + 1 : rowsEnd - 12
        var y = area.y + head
        var shown = 0
        groups: for (index, group) in groups.enumerated() {
            let heading = (group.title.isEmpty ? 0.0 : 17) + (index > 0 ? 8 : 0)
            guard y + heading + each <= limit else { break }
            if !group.title.isEmpty {
                drawHeading(group, baseline: y + heading - 7, on: &canvas, area: area)
            }
            y += heading
            for row in group.rows {
                guard y + each <= limit else { break groups }
                draw(row, middle: y + each / 2, each: each, labels, scale, on: &canvas, area: area)
                y += each
                shown += 1
            }
        }
        drawRest(rows.count - shown, top: y, on: &canvas, area: area)
        if showsAxis { drawAxis(axis, scale, y: all ? y + 2 : rowsEnd + 2, on: &canvas, area: area) }
    }

    private func drawRest(_ count: Int, top: Double, on canvas: inout Canvas, area: Rect) {
        guard count > 0 else { return }
        canvas.text(
            Overflow.words(count), x: area.x, baseline: top + 9.5, canvas.theme.style(.body, .quiet))
    }

    private func drawHeading(_ group: Group, baseline: Double, on canvas: inout Canvas, area: Rect) {
        let bold = canvas.theme.style(.body, .ink, bold: true)
        let verdict = canvas.pen.width(group.verdict, .body)
        // Where the line of the reference runs through, the words stand on white.
        let wide = min(canvas.pen.width(group.title, bold), area.width - verdict - 8)
        if reference != nil { canvas.halo(Rect(x: area.x, y: baseline - 8, width: wide, height: 10), by: 1) }
        canvas.text(group.title, x: area.x, baseline: baseline, bold, limit: area.width - verdict - 8)
        canvas.label(group.verdict, x: area.maxX, baseline: baseline, align: .right)
    }

    private func draw(
        _ row: Row, middle: Double, each: Double, _ labels: RowLabels, _ scale: LinearScale,
        on canvas: inout Canvas, area: Rect
    ) {
        let theme = canvas.theme
        let baseline = middle + 3.3
        let bold = row.tone == .bad
        labels.draw(row.label, on: &canvas, x: area.x, middle: middle, rowHeight: each, bold: bold)
        guard let value = row.reading.number else {
            canvas.absence(
                row.reading, in: Rect(
                    x: scale.start, y: middle - 6.5, width: area.maxX - scale.start, height: 13))
            return
        }
        canvas.horizontal(y: middle, from: scale.start, to: scale.end, Stroke(theme.grid, width: 0.7))
        let color = row.tone == .text ? theme.quiet : theme.color(row.tone)
        if let likely = row.reading.likely {
            canvas.likelyRange(
                Point(x: scale.clamped(likely.lower), y: middle), Point(x: scale.clamped(likely.upper), y: middle),
                color, width: 1.2, ends: 2.8)
        }
        let center = Point(x: scale.clamped(value), y: middle)
        if row.hollow {
            canvas.hollow(center, radius: 2.9, color, width: 1.2)
        } else {
            canvas.circle(center, radius: 3.4, fill: color)
        }
        let tone: Tone = row.hollow || row.tone == .text || row.tone == .quiet ? .text : row.tone
        canvas.label(
            row.value, x: area.maxX, baseline: baseline, tone: tone, bold: !row.hollow, align: .right,
            limit: area.maxX - scale.end - 6)
    }

    private func drawReference(
        _ scale: LinearScale, from top: Double, to bottom: Double, on canvas: inout Canvas, area: Rect
    ) {
        guard let reference, reference.value.isFinite else { return }
        let x = scale.clamped(reference.value)
        canvas.vertical(
            x: x, from: top + 10, to: bottom,
            Stroke(canvas.theme.ink, width: canvas.theme.targetWidth, dash: reference.dashed ? [3, 2.2] : []))
        let style = canvas.theme.style(.small, .text)
        let width = canvas.pen.width(reference.label, style)
        let left = min(max(x - width / 2, area.x), area.maxX - width)
        canvas.text(reference.label, x: left, baseline: top + 7, style)
    }

    private func drawAxis(_ axis: Axis, _ scale: LinearScale, y: Double, on canvas: inout Canvas, area: Rect) {
        let stroke = Stroke(canvas.theme.axis, width: 0.8)
        let style = canvas.theme.style(.small, .quiet)
        canvas.horizontal(y: y, from: scale.start, to: scale.end, stroke)
        var edge = -Double.infinity
        for tick in axis.ticks {
            let x = scale(tick.value)
            canvas.vertical(x: x, from: y, to: y + 2.6, stroke)
            let width = canvas.pen.width(tick.label, style)
            // The number stands under its tick, its unit beyond it.
            let bare = tick.label.prefix { $0 != " " }
            let left = x - canvas.pen.width(String(bare), style) / 2
            guard left > edge + 4, left >= area.x, left + width <= area.maxX else { continue }
            edge = canvas.text(tick.label, x: left, baseline: y + 12, style).maxX
        }
    }
}
