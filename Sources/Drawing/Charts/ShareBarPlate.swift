public import Basis

/// One bar of 100 % in parts, each with its number in it and its name under it.
public struct ShareBarPlate: FigurePlate {
    public struct Part: Hashable, Sendable {
        public var name: String
        public var value: Double
        public var label: String
        public var fill: Fill
        public init(_ name: String, _ value: Double, _ label: String, _ fill: Fill) {
            self.name = name
            self.value = value
            self.label = label
            self.fill = fill
        }
    }

    public var title: String
    public var parts: [Part]
    /// Instead of parts.
    public var absence: Reading

    public init(title: String, parts: [Part], absence: Reading = .tooFew(say("nothing to divide"))) {
        self.title = title
        self.parts = parts
        self.absence = absence
    }

    public func naturalHeight(width: Double, pen: Pen) -> Double? { (title.isEmpty ? 0 : 14) + 14 + 14 }

    var alternative: String {
        let known = parts.filter { $0.value > 0 }.map { "\($0.name) \($0.label)" }
        return Spoken.list(title, known.isEmpty ? [absence.reason ?? ""] : known)
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        let theme = canvas.theme
        var top = area.y
        if !title.isEmpty {
            canvas.text(
                title, x: area.x, baseline: top + 8, theme.style(.body, .ink, bold: true), limit: area.width)
            top += 14
        }
        let sum = parts.reduce(0) { $0 + StackedBarsPlate.usable($1.value) }
        guard sum > 0 else {
            canvas.absence(absence, in: Rect(x: area.x, y: top, width: area.width, height: 14))
            return
        }
        let scale = LinearScale(0, sum, start: area.x, end: area.maxX)
        var before = 0.0
        var spans: [(left: Double, right: Double)] = []
        for part in parts {
            let left = scale(before)
            before += StackedBarsPlate.usable(part.value)
            let right = scale(before)
            spans.append((left, right))
            // Hundreds of parts leave no room for what parts them.
            let gap = left > area.x ? min(1, (right - left) / 3) : 0
            if right - left > 0.2 || parts.count <= Decimation.from {
                canvas.rect(
                    Rect(x: left + gap, y: top, width: right - left - gap, height: 14), fill: theme.color(part.fill))
            }
            let style = theme.style(.body, theme.tone(on: part.fill), bold: true)
            if part.fill != .badPale, canvas.pen.width(part.label, style) + 7 <= right - left {
                canvas.text(part.label, x: left + 4, baseline: top + 10.3, style)
            }
        }
        // Of thousands of parts none is as wide as what a printer can draw.
        if parts.count > Decimation.from {
            canvas.rect(Rect(x: area.x, y: top, width: area.width, height: 14), stroke: Stroke(theme.mid, width: 0.8))
        }
        drawNames(spans, baseline: top + 25, on: &canvas, area: area)
    }

    /// From the right, so that narrow last parts keep their names; each ends before the next begins.
    private func drawNames(
        _ spans: [(left: Double, right: Double)], baseline: Double, on canvas: inout Canvas, area: Rect
    ) {
        let style = canvas.theme.style(.small, .text)
        var edge = area.maxX
        var lefts: [Double?] = Array(repeating: nil, count: parts.count)
        for index in parts.indices.reversed() where parts[index].value > 0 {
            let width = canvas.pen.width(parts[index].name, style)
            let left = min(spans[index].left, edge - width)
            guard left >= area.x, left + width > spans[index].left else {
                canvas.shortened.append(parts[index].name)
                continue
            }
            lefts[index] = left
            edge = left - 6
        }
        for index in parts.indices {
            guard let left = lefts[index] else { continue }
            canvas.text(parts[index].name, x: left, baseline: baseline, style)
        }
    }
}
