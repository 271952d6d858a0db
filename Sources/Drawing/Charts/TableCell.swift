extension TablePlate {
    /// What stands in a cell of a row that shows more than words.
    public enum Cell: Hashable, Sendable {
        case label(Label)
        /// A bar on the scale of its column, the value behind it.
        case bar(Reading, value: Label, fill: Fill = .soft)
        /// How a figure went, on a scale of its own, the last value behind it.
        case line([Reading], value: Label, usual: LikelyRange? = nil, signal: Bool = false)

        /// The words of the cell.
        var label: Label {
            switch self {
            case .label(let label): label
            case .bar(let reading, let value, _): value.isEmpty ? Label(reading.reason ?? "") : value
            case .line(_, let value, _, _): value
            }
        }

        var isDrawn: Bool {
            switch self {
            case .label: false
            case .bar(let reading, _, _): reading.number != nil
            case .line(let readings, _, _, _): readings.contains { $0.number != nil }
            }
        }

        /// What a bar stretches to from 0.
        var number: Double? {
            if case .bar(let reading, _, _) = self { return reading.number }
            return nil
        }
    }

    /// What bars and lines take in a cell at least, and the air before the value.
    static let leastMark = 42.0
    static let markGap = 6.0

    /// The drawing of a cell, left of its value. Read to nobody: the value is.
    func drawMark(
        _ cell: Cell, from low: Double, to high: Double, in box: Rect, on canvas: inout Canvas
    ) {
        guard cell.isDrawn, box.width > 6 else { return }
        canvas.group(.artifact) { canvas in
            switch cell {
            case .label: return
            case .bar(let reading, _, let fill):
                let scale = LinearScale(low, high, start: box.x, end: box.maxX)
                let (zero, end) = (scale.clamped(0), scale.clamped(reading.number ?? 0))
                let thick = min(9, box.height * 0.62)
                canvas.rect(
                    Rect(x: min(zero, end), y: box.midY - thick / 2, width: max(abs(end - zero), 0.6), height: thick),
                    fill: canvas.theme.color(fill))
                if low < 0 {
                    canvas.vertical(
                        x: zero, from: box.y, to: box.maxY, Stroke(canvas.theme.axis, width: 0.6))
                }
            case .line(let readings, _, let usual, let signal):
                let inner = Rect(x: box.x, y: box.y + 1.2, width: box.width, height: box.height - 2.4)
                Sparkline(readings: readings, usual: usual, signal: signal).draw(on: &canvas, in: inner)
            }
        }
    }
}
