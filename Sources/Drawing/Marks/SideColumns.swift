/// Right-aligned columns of labels beside the bars, squares or steps of a chart, with a header each.
struct SideColumns {
    let headers: [String]
    /// The right edges.
    let rights: [Double]
    let widths: [Double]
    /// Where the columns begin; the chart ends before it.
    let left: Double
    private let boldFirst: Bool
    static let gap = 12.0

    init(_ headers: [String], rows: [[Label]], right: Double, pen: Pen, boldFirst: Bool = true) {
        self.headers = headers
        self.boldFirst = boldFirst
        let small = pen.theme.style(.small, .quiet)
        var widths = headers.map { pen.width($0, small) }
        for row in rows {
            for (index, cell) in row.enumerated() where index < widths.count {
                widths[index] = max(widths[index], pen.width(cell, .body, bold: boldFirst && index == 0))
            }
        }
        self.widths = widths
        var rights: [Double] = []
        var edge = right
        for width in widths.reversed() {
            rights.append(edge)
            edge -= width + SideColumns.gap
        }
        self.rights = rights.reversed()
        left = widths.isEmpty ? right : edge
    }

    /// Where the first cell begins that holds anything; the columns' end where none does.
    func leftEdge(of cells: [Label], pen: Pen) -> Double {
        for (index, cell) in cells.enumerated() where index < rights.count && !cell.isEmpty {
            return rights[index] - pen.width(cell, .body, bold: boldFirst && index == 0)
        }
        return rights.last ?? left
    }

    func drawHeaders(on canvas: inout Canvas, baseline: Double) {
        let style = canvas.theme.style(.small, .quiet)
        for (header, right) in zip(headers, rights) {
            canvas.text(header, x: right, baseline: baseline, style, align: .right)
        }
    }

    func draw(_ cells: [Label], on canvas: inout Canvas, baseline: Double, bold: Bool = false) {
        for (index, cell) in cells.enumerated() where index < rights.count {
            let first = boldFirst && index == 0
            canvas.label(
                cell, x: rights[index], baseline: baseline, tone: first || bold ? .ink : .text, bold: first || bold,
                align: .right, limit: widths[index] + SideColumns.gap - 2)
        }
    }
}

/// The labels at the left of rows.
struct RowLabels {
    var width: Double

    /// As wide as the widest label, but at most a share of the area.
    init(_ labels: [(text: String, bold: Bool)], most: Double, pen: Pen) {
        let widest = labels.map { pen.width($0.text, pen.theme.style(.body, .ink, bold: $0.bold)) }.max() ?? 0
        width = min(widest, max(most, 24))
    }

    /// A label in one line, in two small ones when the row is high enough, cut as a last resort.
    func draw(
        _ text: String, on canvas: inout Canvas, x: Double, middle: Double, rowHeight: Double, bold: Bool = false,
        tone: Tone = .ink
    ) {
        let style = canvas.theme.style(.body, tone, bold: bold)
        let single = middle + Pen.capHeight * style.size / 2
        if canvas.pen.width(text, style) <= width + 0.01 || rowHeight < 20 {
            canvas.text(text, x: x, baseline: single, style, limit: width)
            return
        }
        let rich = RichText(text)
        let lines = canvas.pen.lines(rich, size: .small, tone: tone, bold: bold, width: width)
        if lines.count == 1 {
            canvas.text(text, x: x, baseline: single, canvas.theme.style(.small, tone, bold: bold), limit: width)
        } else {
            canvas.paragraph(
                rich, x: x, baseline: middle - 1.6, width: width, size: .small, tone: tone, bold: bold, leading: 9.4,
                lines: 2)
        }
    }
}
