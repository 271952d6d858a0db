/// Plates one under the other in one block: a chart, a heading, a table.
public struct StackPlate: Plate {
    public var parts: [any Plate]
    public var gap: Double

    public init(_ parts: any Plate..., gap: Double = 9) {
        self.parts = parts
        self.gap = gap
    }
    public init(parts: [any Plate], gap: Double = 9) {
        self.parts = parts
        self.gap = gap
    }

    private var gaps: Double { gap * Double(max(parts.count - 1, 0)) }

    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        var sum = gaps
        for part in parts {
            guard let height = part.naturalHeight(width: width, pen: pen) else { return nil }
            sum += height
        }
        return sum
    }

    public func leastHeight(width: Double, pen: Pen) -> Double {
        parts.reduce(gaps) { $0 + $1.leastHeight(width: width, pen: pen) }
    }

    public func draw(on canvas: inout Canvas, in area: Rect) {
        // Parts that have no room even at their least are left out, and reported; the first always stands.
        var fitting = parts.count
        func least(_ count: Int) -> Double {
            parts.prefix(count).reduce(gap * Double(count - 1)) {
                $0 + $1.leastHeight(width: area.width, pen: canvas.pen)
            }
        }
        while fitting > 1, least(fitting) > area.height + 2 { fitting -= 1 }
        if fitting < parts.count { canvas.shortened.append("\(parts.count - fitting) parts of a block have no room") }
        let shown = parts.prefix(fitting)
        let wanted = shown.map {
            Share(
                natural: $0.naturalHeight(width: area.width, pen: canvas.pen),
                least: $0.leastHeight(width: area.width, pen: canvas.pen))
        }
        let heights = Share.divide(area.height - gap * Double(max(fitting - 1, 0)), among: wanted)
        var y = area.y
        for (part, height) in zip(shown, heights) {
            part.draw(on: &canvas, in: Rect(x: area.x, y: y, width: area.width, height: height))
            y += height + gap
        }
    }
}

/// A paragraph as a plate, or a bold heading inside a block.
public struct ParagraphPlate: Plate {
    public var text: RichText
    public var isHeading: Bool

    public init(_ text: RichText, isHeading: Bool = false) {
        self.text = text
        self.isHeading = isHeading
    }

    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        pen.height(text, bold: isHeading, width: width, leading: 12.6)
    }

    public func draw(on canvas: inout Canvas, in area: Rect) {
        canvas.group(isHeading ? .heading(level: 3) : .paragraph) {
            $0.paragraph(
                text, x: area.x, baseline: area.y + 8.6, width: area.width, tone: isHeading ? .ink : .text,
                bold: isHeading, leading: 12.6)
        }
    }
}
