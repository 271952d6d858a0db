public import Basis

/// Before and after, a row each: a hollow dot and a filled one joined by a line, each with its value, and a tick where
/// the target is.
public struct DumbbellPlate: FigurePlate {
    public struct Row: Hashable, Sendable {
        public var label: String
        public var before: Reading
        public var after: Reading
        /// "64 %", beside its dot.
        public var beforeValue: String
        public var afterValue: Label
        /// Nil: none.
        public var target: ReferenceLine?
        /// Of the later dot and the line: blue, orange or (text, quiet) grey.
        public var tone: Tone
        /// One for each column at the right.
        public var cells: [Label]
        public init(
            _ label: String, _ before: Reading, _ after: Reading, beforeValue: String, afterValue: Label,
            target: ReferenceLine? = nil, tone: Tone = .good, cells: [Label] = []
        ) {
            self.label = label
            self.before = before
            self.after = after
            self.beforeValue = beforeValue
            self.afterValue = afterValue
            self.target = target
            self.tone = tone
            self.cells = cells
        }
    }

    public var subject: String
    /// What the two dots are, over the rows: "September", "October".
    public var beforeTitle: String
    public var afterTitle: String
    /// What the tick is; rows whose targets all have one label print that.
    public var targetTitle: String
    public var rows: [Row]
    public var columns: [String]
    /// nil: chosen; its ticks are printed when `showsAxis`.
    public var axis: Axis?
    public var showsAxis: Bool
    public var fromZero: Bool
    public var unit: String
    public var rowHeight: Double
    /// Said when there are no rows.
    public var absence: Reading

    public init(
        subject: String, before: String, after: String, target: String = say("target"), rows: [Row], columns: [String] = [],
        axis: Axis? = nil, showsAxis: Bool = true, fromZero: Bool = false, unit: String = "", rowHeight: Double = 22,
        absence: Reading = .tooFew(say("nothing to show"))
    ) {
        self.subject = subject
        beforeTitle = before
        afterTitle = after
        targetTitle = target
        self.rows = rows
        self.columns = columns
        self.axis = axis
        self.showsAxis = showsAxis
        self.fromZero = fromZero
        self.unit = unit
        self.rowHeight = rowHeight
        self.absence = absence
    }

    private static let head = 16.0
    private static let floor = 15.0
    /// From a dot's middle to its value; where a dot hardly moved, its ring is wider.
    private static let reach = 7.0
    /// Without a number there is nothing to read off an axis.
    private var drawsAxis: Bool {
        showsAxis && rows.contains { $0.before.number != nil || $0.after.number != nil }
    }
    private var foot: Double { drawsAxis ? 17 : 2 }

    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        DumbbellPlate.head + rowHeight * Double(max(rows.count, 1)) + foot
    }
    public func leastHeight(width: Double, pen: Pen) -> Double {
        DumbbellPlate.head + DumbbellPlate.floor * Double(max(min(rows.count, 6), 1)) + foot
    }

    var alternative: String {
        let told = rows.map { row -> String in
            let both = [
                [beforeTitle, Spoken.reading(row.before, label: row.beforeValue)],
                [afterTitle, Spoken.reading(row.after, label: row.afterValue.spoken)],
            ].map { $0.filter { !$0.isEmpty }.joined(separator: " ") }
            let cells = zip(columns, row.cells).filter { !$1.isEmpty }.map { "\($0) \($1.spoken)" }
            let parts = both + [row.target?.label ?? ""] + cells
            return "\(row.label) " + parts.filter { !$0.isEmpty }.joined(separator: ", ")
        }
        return Spoken.list(subject, rows.isEmpty ? [absence.reason ?? ""] : told)
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        guard !rows.isEmpty else {
            canvas.absence(absence, in: Rect(x: area.x, y: area.y + 4, width: area.width, height: 14))
            return
        }
        let pen = canvas.pen
        let side = SideColumns(columns, rows: rows.map(\.cells), right: area.maxX, pen: pen, boldFirst: false)
        // Columns that would leave no room for the dots are left out rather than printed over them.
        let hasColumns = !columns.isEmpty && side.left > area.x + area.width * 0.5
        let right = hasColumns ? side.left : area.maxX
        let labels = RowLabels(
            rows.map { ($0.label, $0.tone == .bad) }, most: (right - area.x) * 0.34, pen: pen)
        let left = area.x + labels.width + 8
        let plot = plot(from: left, to: right, pen: pen)
        let fit = Overflow.rows(
            rows.count, height: area.height - DumbbellPlate.head - foot, floor: DumbbellPlate.floor, ceiling: rowHeight)
        drawTitles(from: left, to: right, area: area, on: &canvas)
        if hasColumns { side.drawHeaders(on: &canvas, baseline: area.y + 7) }
        if !columns.isEmpty, !hasColumns { canvas.shortened += columns }
        for (index, row) in rows.prefix(fit.shown).enumerated() {
            let middle = area.y + DumbbellPlate.head + fit.each * (Double(index) + 0.5)
            labels.draw(
                row.label, on: &canvas, x: area.x, middle: middle, rowHeight: fit.each, bold: row.tone == .bad)
            draw(
                row, plot.scale, within: Rect(x: left, y: middle - fit.each / 2, width: right - left, height: fit.each),
                on: &canvas)
            if hasColumns { side.draw(row.cells, on: &canvas, baseline: middle + 3.3) }
        }
        let bottom = area.y + DumbbellPlate.head + fit.each * Double(fit.shown)
        if fit.shown < rows.count {
            canvas.text(
                Overflow.words(rows.count - fit.shown), x: area.x, baseline: bottom + 9.5,
                canvas.theme.style(.body, .quiet))
        }
        // Under the line that says how many more there are.
        let y = bottom + 2 + (fit.shown < rows.count ? DumbbellPlate.floor - 2 : 0)
        if drawsAxis { drawAxis(plot.axis, plot.scale, y: y, area: area, on: &canvas) }
    }

    /// The scale, with room at both ends for the values that stand outside of the dots.
    private func plot(from left: Double, to right: Double, pen: Pen) -> (axis: Axis, scale: LinearScale) {
        let values = rows.flatMap { [$0.before.number, $0.after.number, $0.target?.value] }.compactMap { $0 }
        let axis = axis ?? Axis(holding: values, fromZero: fromZero, unit: unit, most: 5)
        let widths = rows.map {
            max(
                pen.width($0.beforeValue, pen.theme.style(.body, .text)), pen.width($0.afterValue, .body, bold: true))
        }
        let room = min((widths.max() ?? 0) + DumbbellPlate.reach + 1, (right - left) * 0.3)
        return (axis, LinearScale(axis.lower, axis.upper, start: left + room, end: right - room))
    }

    // MARK: a row

    private func draw(_ row: Row, _ scale: LinearScale, within area: Rect, on canvas: inout Canvas) {
        let theme = canvas.theme
        let middle = area.midY
        let color = row.tone == .text || row.tone == .quiet ? theme.quiet : theme.color(row.tone)
        guard row.before.number != nil || row.after.number != nil else {
            canvas.absence(
                row.after, in: Rect(x: area.x, y: middle - 6.5, width: area.width, height: 13))
            return
        }
        canvas.horizontal(y: middle, from: scale.start, to: scale.end, Stroke(theme.grid, width: 0.7))
        let before = row.before.number.map { Point(x: scale.clamped($0), y: middle) }
        let after = row.after.number.map { Point(x: scale.clamped($0), y: middle) }
        var field = LabelField(bounds: area)
        if let before, let after {
            let pale = row.tone == .bad ? theme.peach : row.tone == .good ? theme.sky : theme.hatch
            canvas.segment(before, after, Stroke(pale, width: 2.6))
            field.block(from: before, to: after)
        }
        if let target = row.target, target.value.isFinite {
            let x = scale.clamped(target.value)
            let half = min(area.height / 2 - 1, 7)
            canvas.vertical(x: x, from: middle - half, to: middle + half, Stroke(theme.ink, width: theme.targetWidth))
            // With air at both sides: a value's white edge would cut the tick.
            field.block(from: Point(x: x, y: middle - half), to: Point(x: x, y: middle + half), width: 6)
        }
        for point in [before, after].compactMap({ $0 }) {
            field.block(Rect(x: point.x - 3.6, y: point.y - 3.6, width: 7.2, height: 7.2))
        }
        // Where a dot hardly moved, the later one stands in the earlier one's ring.
        var isNear = false
        if let before, let after { isNear = abs(before.x - after.x) < 4 }
        if let before { canvas.hollow(before, radius: isNear ? 5 : 3, theme.quiet, width: 1.3) }
        if let after { canvas.circle(after, radius: isNear ? 2.6 : 3.6, fill: color) }
        drawValues(row, before: before, after: after, &field, on: &canvas)
        guard let known = before ?? after, before == nil || after == nil else { return }
        drawAbsence(after == nil ? row.after : row.before, beside: known, values: field, area, on: &canvas)
    }

    /// The earlier value on the far side of its dot, the later one on its own: they never meet.
    private func drawValues(
        _ row: Row, before: Point?, after: Point?, _ field: inout LabelField, on canvas: inout Canvas
    ) {
        let middle = field.bounds.midY
        var isLeft: (before: Bool, after: Bool)
        switch (before, after) {
        case (let before?, let after?): isLeft = (before.x <= after.x, before.x > after.x)
        case (let only?, nil), (nil, let only?):
            // The reason why the other is missing takes the wider side.
            let wide = middleIsRight(of: only, field.bounds)
            isLeft = (wide, wide)
        case (nil, nil): return
        }
        let quiet = row.tone == .text || row.tone == .quiet
        if let before {
            draw(
                Label(row.beforeValue), tone: .text, bold: false, at: before, left: isLeft.before, middle: middle,
                &field, on: &canvas)
        }
        if let after {
            draw(
                row.afterValue, tone: quiet ? .text : row.tone, bold: !quiet, at: after, left: isLeft.after,
                middle: middle, &field, on: &canvas)
        }
    }

    private func middleIsRight(of point: Point, _ area: Rect) -> Bool { point.x <= area.midX }

    /// A value beside its dot; past the target's tick where that stands in its place, else over it.
    private func draw(
        _ label: Label, tone: Tone, bold: Bool, at point: Point, left isLeft: Bool, middle: Double,
        _ field: inout LabelField, on canvas: inout Canvas
    ) {
        guard !label.isEmpty else { return }
        let edge = isLeft ? field.bounds.x : field.bounds.maxX
        let near = point.x + (isLeft ? -DumbbellPlate.reach : DumbbellPlate.reach)
        let room = max(isLeft ? near - edge : edge - near, 0)
        let width = min(canvas.pen.width(label, .body, bold: bold), room)
        guard width > 4 else {
            canvas.shortened.append(label.text)
            return
        }
        let height = canvas.theme.bodySize
        func box(_ shift: Double) -> Rect {
            Rect(
                x: isLeft ? near - shift - width : near + shift, y: middle - height / 2, width: width, height: height)
        }
        // The tick may stand anywhere in the value's place: past it is a value's width and a little farther at most.
        let candidates = stride(from: 0, through: width + 5, by: 1).map(box)
        guard let place = field.place(candidates) else {
            canvas.shortened.append(label.text)
            return
        }
        // The row's line passes behind it.
        canvas.halo(place.area, by: 1)
        canvas.label(
            label, x: isLeft ? place.area.maxX : place.area.x, baseline: middle + 3.3, tone: tone, bold: bold,
            align: isLeft ? .right : .left, limit: width + 0.05)
    }

    /// Why one of the two is not there, on the side that is free.
    private func drawAbsence(
        _ reading: Reading, beside known: Point, values: LabelField, _ area: Rect, on canvas: inout Canvas
    ) {
        let gap = 8.0
        let box = middleIsRight(of: known, area)
            ? Rect(x: known.x + gap, y: known.y - 6.5, width: area.maxX - known.x - gap, height: 13)
            : Rect(x: area.x, y: known.y - 6.5, width: known.x - gap - area.x, height: 13)
        canvas.absence(reading, in: box)
    }

    // MARK: around the rows

    /// What the dots and the tick are.
    private func drawTitles(from left: Double, to right: Double, area: Rect, on canvas: inout Canvas) {
        let theme = canvas.theme
        let style = theme.style(.small, .quiet)
        let targets = Set(rows.compactMap { $0.target?.label })
        let target = targets.isEmpty ? "" : targets.count == 1 ? targets.first ?? targetTitle : targetTitle
        let titles = [beforeTitle, afterTitle, target]
        let mark = 9.0
        let gap = 12.0
        let whole = titles.filter { !$0.isEmpty }.reduce(-gap) { $0 + mark + canvas.pen.width($1, style) + gap }
        var x = max(min(left, right - whole), area.x)
        let middle = area.y + 4
        for (index, title) in titles.enumerated() where !title.isEmpty {
            let room = right - x - mark
            guard room > 16 else {
                canvas.shortened.append(title)
                continue
            }
            switch index {
            case 0: canvas.hollow(Point(x: x + 3, y: middle), radius: 2.6, theme.quiet, width: 1.2)
            case 1: canvas.circle(Point(x: x + 3, y: middle), radius: 3, fill: laterColor(theme))
            default:
                canvas.vertical(
                    x: x + 3, from: middle - 4, to: middle + 4, Stroke(theme.ink, width: theme.targetWidth))
            }
            x = canvas.text(title, x: x + mark, baseline: area.y + 7, style, limit: room).maxX + gap
        }
    }

    /// Blue; where no row is judged, their grey.
    private func laterColor(_ theme: Theme) -> Color {
        rows.contains { $0.tone == .good || $0.tone == .bad } ? theme.blue : theme.quiet
    }

    private func drawAxis(_ axis: Axis, _ scale: LinearScale, y: Double, area: Rect, on canvas: inout Canvas) {
        let stroke = Stroke(canvas.theme.axis, width: 0.8)
        let style = canvas.theme.style(.small, .quiet)
        canvas.horizontal(y: y, from: scale.start, to: scale.end, stroke)
        var edge = scale.start - 14
        for tick in axis.ticks where tick.value.isFinite {
            let x = scale.clamped(tick.value)
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
