/// A change effort: its name, mark and verdict, one sentence, its chart, what is known of it, its owner.
///
/// Drawn under a block's rule without finding and sub line.
public struct EffortCardPlate: Plate {
    public var name: String
    /// Check: goal reached; clock: too early; minus: no clear change; down: getting worse (orange).
    public var verdict: Label
    public var sentence: RichText
    /// Over the chart: unit and period.
    public var chartTitle: String
    public var chart: any Plate
    public var facts: [FactsPlate.Row]

    public init(
        name: String, verdict: Label, sentence: RichText, chartTitle: String, chart: any Plate,
        facts: [FactsPlate.Row]
    ) {
        self.name = name
        self.verdict = verdict
        self.sentence = sentence
        self.chartTitle = chartTitle
        self.chart = chart
        self.facts = facts
    }

    private func sentenceHeight(_ width: Double, _ pen: Pen) -> Double {
        12.6 * Double(min(pen.lines(sentence, size: .body, tone: .text, width: width).count, 3))
    }

    private func verdictLines(_ width: Double, _ pen: Pen) -> Int {
        min(pen.lines(RichText(verdict.text), size: .verdict, tone: .ink, width: width - 19).count, 2)
    }

    private func head(_ width: Double, _ pen: Pen) -> Double {
        22 + 16 * Double(verdictLines(width, pen)) + sentenceHeight(width, pen) + (chartTitle.isEmpty ? 4 : 20)
    }

    private func foot(_ width: Double, _ pen: Pen) -> Double {
        FactsPlate(rows: facts).naturalHeight(width: width, pen: pen) ?? 0
    }

    public func leastHeight(width: Double, pen: Pen) -> Double {
        head(width, pen) + chart.leastHeight(width: width, pen: pen) + foot(width, pen)
    }

    public func draw(on canvas: inout Canvas, in area: Rect) {
        let theme = canvas.theme
        var baseline = area.y
        canvas.group(.heading(level: 2)) { canvas in
            canvas.text(name, x: area.x, baseline: area.y + 3, theme.style(.body, .text), limit: area.width)
            let tone = verdict.tone ?? .ink
            let style = theme.style(.verdict, tone)
            var left = area.x
            baseline = area.y + 22
            if verdict.cue == .check {
                let middle = Point(x: left + 6, y: baseline - 5.1)
                canvas.circle(middle, radius: 6.2, fill: theme.color(tone))
                canvas.check(middle, size: 6, theme.white, width: 1.5)
                left += style.size * 1.3
            } else if let cue = verdict.cue {
                let cueTone: Tone = cue == .minus || cue == .clock ? .quiet : tone
                canvas.cue(cue, x: left, baseline: baseline, style: theme.style(.verdict, cueTone))
                left += style.size * 1.3
            }
            baseline = canvas.paragraph(
                RichText(verdict.text), x: left, baseline: baseline, width: area.maxX - left, size: .verdict,
                tone: tone, leading: 16, lines: 2)
        }
        canvas.group(.paragraph) {
            baseline = $0.paragraph(
                sentence, x: area.x, baseline: baseline + 2, width: area.width, leading: 12.6, lines: 3)
            $0.text(
                chartTitle, x: area.x, baseline: baseline + 6, theme.style(.small, .quiet), limit: area.width)
        }
        let top = area.y + head(area.width, canvas.pen)
        let bottom = area.maxY - foot(area.width, canvas.pen)
        chart.draw(
            on: &canvas, in: Rect(x: area.x, y: top, width: area.width, height: max(bottom - top - 4, 40)))
        FactsPlate(rows: facts).draw(
            on: &canvas, in: Rect(x: area.x, y: bottom, width: area.width, height: area.maxY - bottom + 2))
    }
}
