/// Squares of the tones with their names in a line, or in several where they do not fit side by side.
struct Key {
    struct Entry {
        var name: String
        var fill: Fill
    }

    private var rows: [[(entry: Entry, x: Double)]] = []
    private let style: TextStyle
    static let leading = 12.0

    init(_ entries: [Entry], width: Double, pen: Pen) {
        style = pen.theme.style(.small, .text)
        var x = 0.0
        for entry in entries where !entry.name.isEmpty {
            let wide = 12 + min(pen.width(entry.name, style), max(width - 12, 8))
            if rows.isEmpty || x + wide > width {
                rows.append([])
                x = 0
            }
            rows[rows.count - 1].append((entry, x))
            x += wide + 11
        }
    }

    var height: Double { Double(rows.count) * Key.leading }

    /// - Parameter top: where its first line begins.
    func draw(on canvas: inout Canvas, x: Double, top: Double, right: Double) {
        for (index, row) in rows.enumerated() {
            let baseline = top + 7.5 + Double(index) * Key.leading
            for (entry, left) in row {
                canvas.rect(
                    Rect(x: x + left, y: baseline - 7, width: 8, height: 8), fill: canvas.theme.color(entry.fill))
                canvas.text(
                    entry.name, x: x + left + 12, baseline: baseline, style, limit: max(right - x - left - 12, 8))
            }
        }
    }
}
