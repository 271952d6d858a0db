/// One bar on its way to an end: claim days gone, budget used.
public struct ProgressPlate: FigurePlate {
    public var title: String
    /// At the right of the title: "$412".
    public var amount: Label
    /// 0 to 1 of the bar; missing: the reason stands in its place.
    public var share: Reading
    public var fill: Fill
    /// Under the bar's end: "31 Oct".
    public var marker: String
    /// Under the bar at the right: "13 days left".
    public var rest: Label
    public var note: String

    public init(
        title: String, amount: Label = "", share: Reading, fill: Fill = .medium, marker: String = "",
        rest: Label = "", note: String = ""
    ) {
        self.title = title
        self.amount = amount
        self.share = share
        self.fill = fill
        self.marker = marker
        self.rest = rest
        self.note = note
    }

    private var hasUnder: Bool { !marker.isEmpty || !rest.isEmpty }
    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        23 + (hasUnder ? 12 : 0) + (note.isEmpty ? 0 : 12) + 2
    }

    public func leastHeight(width: Double, pen: Pen) -> Double { 23 + (hasUnder ? 12 : 0) }

    var alternative: String {
        Spoken.list(
            title, [amount.spoken, share.reason ?? "", marker, rest.spoken, note])
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        let theme = canvas.theme
        let amountWidth = canvas.pen.width(amount, .body, bold: true)
        canvas.text(
            title, x: area.x, baseline: area.y + 8, theme.style(.body, .ink, bold: true),
            limit: area.width - amountWidth - 8)
        canvas.label(
            amount, x: area.maxX, baseline: area.y + 8, tone: .ink, bold: true, align: .right)
        let bar = Rect(x: area.x, y: area.y + 14, width: area.width, height: 8)
        var baseline = area.y + 32
        if let share = share.number {
            let end = bar.x + bar.width * min(max(share, 0), 1)
            canvas.rect(bar, fill: theme.pale)
            canvas.rect(Rect(x: bar.x, y: bar.y, width: end - bar.x, height: bar.height), fill: theme.color(fill))
            if hasUnder {
                canvas.vertical(x: end, from: bar.y - 1.5, to: bar.maxY + 1.5, Stroke(theme.ink, width: 1.1))
                let restBox = canvas.label(
                    rest, x: area.maxX, baseline: baseline, size: .small, tone: .ink, bold: true, align: .right)
                let style = theme.style(.small, .quiet)
                let width = canvas.pen.width(marker, style)
                let left = min(max(end - width - 3, area.x), restBox.x - width - 8)
                if left >= area.x { canvas.text(marker, x: left, baseline: baseline, style) }
                baseline += 12
            }
        } else {
            canvas.absence(share, in: Rect(x: bar.x, y: bar.y - 2, width: bar.width, height: 12))
            if hasUnder { baseline += 12 }
        }
        guard note.isEmpty || baseline <= area.maxY else {
            canvas.shortened.append(note)
            return
        }
        canvas.text(note, x: area.x, baseline: baseline, theme.style(.body, .text), limit: area.width)
    }
}
