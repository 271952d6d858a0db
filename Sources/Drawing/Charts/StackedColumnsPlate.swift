/// Columns by month in two or three parts, the last month named at the right.
public struct StackedColumnsPlate: FigurePlate {
    public struct Month: Hashable, Sendable {
        public var label: String
        /// From the bottom, one for each part.
        public var values: [Double]
        /// Over the column; nil: none.
        public var total: String?
        /// Instead of a column.
        public var absence: Reading?
        public init(_ label: String, _ values: [Double], total: String? = nil, absence: Reading? = nil) {
            self.label = label
            self.values = values
            self.total = total
            self.absence = absence
        }
    }

    public struct Part: Hashable, Sendable {
        /// "21 loyalty"
        public var name: String
        /// "bought here before"
        public var note: String
        public init(_ name: String, note: String = "") {
            self.name = name
            self.note = note
        }
    }

    public var subject: String
    /// From the bottom; at most three.
    public var parts: [Part]
    public var months: [Month]

    public init(subject: String, parts: [Part], months: [Month]) {
        self.subject = subject
        self.parts = parts
        self.months = months
    }

    public func leastHeight(width: Double, pen: Pen) -> Double { 100 }

    var alternative: String {
        let totals = months.compactMap { month -> String? in
            if let reason = month.absence?.reason { return "\(month.label) \(reason)" }
            return month.total.map { "\(month.label) \($0)" }
        }
        return Spoken.list(
            subject, totals + parts.map { $0.name + ($0.note.isEmpty ? "" : " (\($0.note))") })
    }

    private func fills(last: Bool, theme: Theme) -> [Color] {
        last ? [theme.blue, theme.sky, theme.pale] : [theme.mid, theme.pale, theme.wash]
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        let theme = canvas.theme
        let pen = canvas.pen
        let names = parts.map { pen.width($0.name, theme.style(.body, .ink, bold: true)) }
        let sideWidth = parts.isEmpty ? 0 : min(max(names.max() ?? 0, 70), area.width * 0.36)
        let x = BandScale(count: months.count, start: area.x, end: area.maxX - sideWidth - (sideWidth > 0 ? 7 : 0))
        let base = area.maxY - 15
        let sums = months.map { $0.values.reduce(0) { $0 + StackedBarsPlate.usable($1) } }
        let scale = LinearScale(0, max(sums.max() ?? 1, 1e-9), start: base, end: area.y + 13)
        let width = min(x.step * 0.86, 40)
        for index in Decimation.columns(months.count, step: x.step, rank: { sums[$0] }) {
            let month = months[index]
            draw(month, last: index == months.count - 1, middle: x.middle(index), width: width, scale, on: &canvas)
        }
        canvas.horizontal(y: base, from: area.x, to: x.end, Stroke(theme.axis, width: 0.8))
        drawTotals(x, scale: scale, sums: sums, on: &canvas)
        drawMonths(x, base: base, on: &canvas)
        drawParts(x: x.end + 7, width: sideWidth, scale: scale, area: area, on: &canvas)
    }

    private func draw(
        _ month: Month, last: Bool, middle: Double, width: Double, _ scale: LinearScale, on canvas: inout Canvas
    ) {
        if let absence = month.absence, absence.reason != nil {
            let box = Rect(x: middle - width / 2, y: scale.start - 18, width: width, height: 18)
            if case .missing = absence {
                canvas.missingHatch(box)
            } else {
                canvas.horizontal(
                    y: scale.start - 4, from: box.x, to: box.maxX,
                    Stroke(canvas.theme.axis, width: 0.9, dash: [0.9, 2.6]))
            }
            return
        }
        var sum = 0.0
        for (value, fill) in zip(month.values, fills(last: last, theme: canvas.theme)) {
            let usable = StackedBarsPlate.usable(value)
            let bottom = scale(sum) - (sum > 0 ? 0.8 : 0)
            sum += usable
            canvas.rect(
                Rect(x: middle - width / 2, y: scale(sum), width: width, height: bottom - scale(sum)), fill: fill)
        }
    }

    private func drawTotals(_ x: BandScale, scale: LinearScale, sums: [Double], on canvas: inout Canvas) {
        let style = canvas.theme.style(.body, .ink, bold: true)
        var edge = -Double.infinity
        for index in Decimation.labels(Array(months.indices)) {
            let month = months[index]
            guard let total = month.total, month.absence?.reason == nil else { continue }
            let width = canvas.pen.width(total, style)
            let left = max(min(x.middle(index) - width / 2, x.end + 6 - width), x.start)
            let half = x.step * 0.43
            // Wider than its column, a label would strike its higher neighbours.
            let reach = months.indices.filter {
                x.middle($0) + half > left && x.middle($0) - half < left + width
            }
            let top = reach.map { scale(sums[$0]) }.min() ?? scale(sums[index])
            guard left > edge + 3 else { continue }
            edge = canvas.text(total, x: left, baseline: top - 4, style).maxX
        }
    }

    private func drawMonths(_ x: BandScale, base: Double, on canvas: inout Canvas) {
        let style = canvas.theme.style(.small, .quiet)
        guard let first = months.first else { return }
        let firstBox = canvas.text(first.label, x: x.start, baseline: base + 11.5, style)
        guard months.count > 1, let last = months.last else { return }
        let left = x.end - canvas.pen.width(last.label, style)
        if left > firstBox.maxX + 6 { canvas.text(last.label, x: left, baseline: base + 11.5, style) }
    }

    /// The parts' names beside the last column, moved apart where they would touch.
    private func drawParts(x: Double, width: Double, scale: LinearScale, area: Rect, on canvas: inout Canvas) {
        guard width > 0, let last = months.last else { return }
        var sum = 0.0
        var middles: [Double] = []
        for index in parts.indices {
            let value = last.values.indices.contains(index) ? StackedBarsPlate.usable(last.values[index]) : 0
            middles.append(scale(sum + value / 2))
            sum += value
        }
        let heights = parts.map { part in
            12 + 10.5 * Double(canvas.pen.lines(RichText(part.note), size: .small, tone: .quiet, width: width).count)
        }
        // From the bottom up: none under the axis, none into the one below.
        var floor = scale.start
        for (index, part) in parts.enumerated() {
            let top = min(middles[index] - heights[index] / 2, floor - heights[index])
            floor = top - 3
            guard top >= area.y - 1 else {
                canvas.shortened.append(part.name)
                continue
            }
            let tone: Tone = index == 0 ? .good : .ink
            canvas.text(
                part.name, x: x, baseline: top + 8.5, canvas.theme.style(.body, tone, bold: true), limit: width)
            canvas.paragraph(
                RichText(part.note), x: x, baseline: top + 19.5, width: width, size: .small, leading: 10.5)
        }
    }
}
