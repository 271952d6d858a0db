/// An empty panel that says in a sentence what to set up or to export; the frame of an axis stays.
public struct NoticePlate: Plate {
    /// "Export texts for 1–31 Oct: text platform, Reports, Conversations, CSV."
    public var text: RichText
    /// An export is missing (orange hatch along the axis), or something is not set up (grey).
    public var isMissing: Bool
    /// Whether a chart would stand there.
    public var showsFrame: Bool

    public init(_ text: RichText, isMissing: Bool = false, showsFrame: Bool = true) {
        self.text = text
        self.isMissing = isMissing
        self.showsFrame = showsFrame
    }

    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        showsFrame ? nil : pen.height(text, width: width) + 4
    }
    public func leastHeight(width: Double, pen: Pen) -> Double { pen.height(text, width: width) + 24 }

    public func draw(on canvas: inout Canvas, in area: Rect) {
        let theme = canvas.theme
        let inset = showsFrame ? 10.0 : 0
        let most = max(Int((area.height - (showsFrame ? 22 : 2)) / 13.2), 1)
        let lines = min(canvas.pen.lines(text, size: .body, tone: .text, width: area.width - inset).count, most)
        if showsFrame {
            canvas.group(.artifact) {
                let base = min(area.maxY - 4, max(area.y + 120, area.y + 26 + 13.2 * Double(lines)))
                let stroke = Stroke(theme.axis, width: 0.8)
                $0.vertical(x: area.x + 0.4, from: area.y + 2, to: base, stroke)
                $0.horizontal(y: base, from: area.x, to: area.maxX, stroke)
                if isMissing {
                    $0.missingHatch(Rect(x: area.x + 1, y: base - 9, width: area.width - 1.4, height: 8.4))
                }
            }
        }
        canvas.group(.paragraph) {
            $0.paragraph(
                text, x: area.x + inset, baseline: area.y + (showsFrame ? 16 : 9), width: area.width - inset,
                lines: most)
        }
    }
}
