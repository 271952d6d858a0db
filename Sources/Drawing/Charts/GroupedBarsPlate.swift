public import Basis

/// Bars side by side: for each row a bar of every part, such as before and after, or two teams, on one scale.
public struct GroupedBarsPlate: FigurePlate {
    public struct Part: Hashable, Sendable {
        public var name: String
        public var fill: Fill
        public init(_ name: String, _ fill: Fill) {
            self.name = name
            self.fill = fill
        }
    }

    public struct Row: Hashable, Sendable {
        public var label: String
        /// One for each part.
        public var readings: [Reading]
        /// Behind the bars.
        public var values: [Label]
        public var emphasised: Bool
        public init(_ label: String, _ readings: [Reading], values: [Label] = [], emphasised: Bool = false) {
            self.label = label
            self.readings = readings
            self.values = values
            self.emphasised = emphasised
        }
    }

    public var subject: String
    public var parts: [Part]
    public var rows: [Row]
    public var target: ReferenceLine?
    /// The scale's end; nil: what the bars need.
    public var upper: Double?
    /// What stands instead of rows.
    public var emptyText: String

    public init(
        subject: String, parts: [Part], rows: [Row], target: ReferenceLine? = nil, upper: Double? = nil,
        emptyText: String = say("none", context: "nothing to show")
    ) {
        self.subject = subject
        self.parts = parts
        self.rows = rows
        self.target = target
        self.upper = upper
        self.emptyText = emptyText
    }

    private static let thick = 11.0
    /// A bar with a value of 9 points behind it.
    private static let floor = 10.0
    private static let gap = 8.0
    private var head: Double { target == nil ? 0 : 13 }
    private var each: Double { Double(max(parts.count, 1)) }

    private func key(width: Double, pen: Pen) -> Key {
        Key(parts.map { Key.Entry(name: $0.name, fill: $0.fill) }, width: width, pen: pen)
    }
    private func keyHeight(width: Double, pen: Pen) -> Double {
        let height = key(width: width, pen: pen).height
        return height > 0 ? height + 4 : 0
    }

    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        keyHeight(width: width, pen: pen) + head
            + (each * GroupedBarsPlate.thick + GroupedBarsPlate.gap) * Double(max(rows.count, 1)) + 2
    }
    public func leastHeight(width: Double, pen: Pen) -> Double {
        keyHeight(width: width, pen: pen) + head
            + (each * GroupedBarsPlate.floor + 3) * Double(max(min(rows.count, 3), 1)) + 2
    }

    var alternative: String {
        let told = rows.map { row in
            let bars = parts.indices.map { index in
                let reading = row.readings.indices.contains(index) ? row.readings[index] : .tooFew("")
                let value = row.values.indices.contains(index) ? row.values[index].spoken : ""
                return "\(parts[index].name) \(Spoken.reading(reading, label: value))"
            }
            return "\(row.label): " + bars.joined(separator: ", ")
        }
        let title = [subject, target?.label ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
        return Spoken.list(title, rows.isEmpty ? [emptyText] : told)
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        let pen = canvas.pen
        let key = key(width: area.width, pen: pen)
        let top = area.y + keyHeight(width: area.width, pen: pen) + head
        guard !rows.isEmpty, !parts.isEmpty else {
            canvas.absence(.tooFew(emptyText), in: Rect(x: area.x, y: top, width: area.width, height: 14))
            return
        }
        key.draw(on: &canvas, x: area.x, top: area.y, right: area.maxX)
        let fit = Overflow.rows(
            rows.count, height: area.maxY - top - 2, floor: each * GroupedBarsPlate.floor + 3,
            ceiling: each * GroupedBarsPlate.thick + GroupedBarsPlate.gap)
        let shown = rows.prefix(fit.shown)
        let labels = RowLabels(shown.map { ($0.label, $0.emphasised) }, most: area.width * 0.4, pen: pen)
        let scale = scale(Array(shown), from: area.x + labels.width + 10, to: area.maxX, pen: pen)
        let bottom = top + fit.each * Double(fit.shown)
        if let target, target.value.isFinite {
            let x = scale.clamped(target.value)
            canvas.vertical(
                x: x, from: top - 3, to: bottom,
                Stroke(canvas.theme.ink, width: canvas.theme.targetWidth, dash: target.dashed ? [3, 2.2] : []))
            let style = canvas.theme.style(.small, .text)
            let wide = pen.width(target.label, style)
            canvas.text(
                target.label, x: max(min(x - wide / 2, area.maxX - wide), area.x), baseline: top - 5.5, style,
                limit: area.width)
        }
        for (index, row) in shown.enumerated() {
            let middle = top + fit.each * (Double(index) + 0.5)
            labels.draw(
                row.label, on: &canvas, x: area.x, middle: middle, rowHeight: fit.each, bold: row.emphasised)
            let thick = min((fit.each - 3) / each, GroupedBarsPlate.thick)
            draw(row, scale, middle: middle, thick: thick, on: &canvas, area: area)
        }
        canvas.vertical(x: scale.clamped(0), from: top, to: bottom, Stroke(canvas.theme.axis, width: 0.8))
        guard fit.shown < rows.count else { return }
        canvas.text(
            Overflow.words(rows.count - fit.shown), x: area.x, baseline: bottom + 9.5,
            canvas.theme.style(.body, .quiet))
    }

    /// So that every value behind its bar, or behind the target where it would lie on it, still fits.
    private func scale(_ rows: [Row], from start: Double, to edge: Double, pen: Pen) -> LinearScale {
        let readings = rows.flatMap { $0.readings.prefix(parts.count) }
        var values = readings.compactMap(\.number) + readings.compactMap(\.likely).flatMap { [$0.lower, $0.upper] }
        values += [target?.value, upper, 0].compactMap { $0 }.filter(\.isFinite)
        let low = values.min() ?? 0
        let high = max(values.max() ?? 1, low + 1e-9)
        var end = edge
        for row in rows {
            for (reading, value) in zip(row.readings.prefix(parts.count), row.values) where reading.number != nil {
                let wide = pen.width(value, .body, bold: true) + 9
                let reach = max(reading.number ?? 0, reading.likely?.upper ?? 0, target?.value ?? 0, 0)
                let share = (reach - low) / (high - low)
                if share > 0, share.isFinite { end = min(end, start + (edge - wide - start) / share) }
            }
        }
        return LinearScale(low, high, start: start, end: max(end, start + 20))
    }

    private func draw(
        _ row: Row, _ scale: LinearScale, middle: Double, thick: Double, on canvas: inout Canvas, area: Rect
    ) {
        let theme = canvas.theme
        let zero = scale.clamped(0)
        let top = middle - thick * each / 2
        let readings = row.readings.prefix(parts.count)
        if let last = readings.last, readings.count > 1, readings.allSatisfy({ $0.reason != nil }) {
            // Nothing of the row is known: said once.
            canvas.absence(
                last, in: Rect(x: zero, y: middle - 6.5, width: max(area.maxX - zero, 20), height: 13),
                textEnd: target.map { scale.clamped($0.value) - 3 } ?? .infinity)
            return
        }
        for (index, part) in parts.enumerated() where row.readings.indices.contains(index) {
            let reading = row.readings[index]
            let y = top + thick * Double(index)
            guard let value = reading.number else {
                // Two points of air: the line of one reason is not taken for a bar.
                canvas.absence(
                    reading, in: Rect(x: zero, y: y + 1, width: max(area.maxX - zero, 20), height: thick - 1),
                    textEnd: target.map { scale.clamped($0.value) - 3 } ?? .infinity)
                continue
            }
            let end = scale.clamped(value)
            canvas.rect(
                Rect(x: min(zero, end), y: y + 0.4, width: max(abs(end - zero), 0.6), height: thick - 0.8),
                fill: theme.color(part.fill))
            var edge = max(zero, end)
            if let likely = reading.likely {
                let (from, to) = (scale.clamped(likely.lower), scale.clamped(likely.upper))
                canvas.likelyRange(
                    Point(x: from, y: y + thick / 2), Point(x: to, y: y + thick / 2), theme.ink,
                    width: theme.rangeWidth, ends: 2.4)
                edge = max(edge, to)
            }
            guard row.values.indices.contains(index) else { continue }
            let label = row.values[index]
            let wide = canvas.pen.width(label, .body, bold: row.emphasised)
            var x = edge + 5
            if let target, target.value.isFinite {
                let line = scale.clamped(target.value)
                if line > x - 4, line < x + wide + 3 { x = line + 5 }
            }
            canvas.label(
                label, x: x, baseline: y + thick / 2 + 3.3, tone: .ink, bold: row.emphasised,
                limit: max(area.maxX - x, 12))
        }
    }
}
