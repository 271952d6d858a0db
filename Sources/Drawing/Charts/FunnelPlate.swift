import Basis

/// How many get from one step to the next, what is lost at each, and where most are lost.
public struct FunnelPlate: FigurePlate {
    public struct Step: Hashable, Sendable {
        public var label: String
        public var reading: Reading
        /// In the pale part or after it: "26 lost"; nil: none.
        public var lost: String
        /// Counts, shares: one for each column.
        public var cells: [Label]
        /// The step that loses most: outlined in orange.
        public var worst: Bool
        public init(_ label: String, _ reading: Reading, lost: String = "", cells: [Label] = [], worst: Bool = false) {
            self.label = label
            self.reading = reading
            self.lost = lost
            self.cells = cells
            self.worst = worst
        }
    }

    public var subject: String
    public var columns: [String]
    public var steps: [Step]
    /// The steps after the first are drawn to a larger scale, and these words say so: "leads, drawn larger".
    public var enlargement: String
    public var rowHeight: Double

    public init(
        subject: String, columns: [String], steps: [Step], enlargement: String = "", rowHeight: Double = 23
    ) {
        self.subject = subject
        self.columns = columns
        self.steps = steps
        self.enlargement = enlargement
        self.rowHeight = rowHeight
    }

    private var enlarged: Bool { !enlargement.isEmpty && steps.count > 2 }
    private var extra: Double { enlarged ? 16 : 0 }

    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        16 + extra + rowHeight * Double(max(steps.count, 1)) + 2
    }
    public func leastHeight(width: Double, pen: Pen) -> Double {
        16 + extra + 15 * Double(min(max(steps.count, 1), 30))
    }

    var alternative: String {
        let parts = steps.map { step in
            let words = [step.reading.reason ?? "", step.lost] + step.cells.map(\.spoken)
            return "\(step.label) " + words.filter { !$0.isEmpty }.joined(separator: ", ")
                + (step.worst ? " " + say("(most are lost here)") : "")
        }
        return Spoken.list(subject, parts)
    }

    private struct Plan {
        var labels: RowLabels
        var side: SideColumns
        var start: Double
        var end: Double
        var each: Double
        var shown: Int
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        let pen = canvas.pen
        let side = SideColumns(columns, rows: steps.map(\.cells), right: area.maxX, pen: pen)
        let labels = RowLabels(steps.map { ($0.label, $0.worst) }, most: (side.left - area.x) * 0.44, pen: pen)
        let fit = Overflow.rows(steps.count, height: area.height - 16 - extra, floor: 15, ceiling: rowHeight)
        let start = area.x + labels.width + 7
        let plan = Plan(
            labels: labels, side: side, start: start, end: max(side.left - 2, start + 20), each: fit.each,
            shown: fit.shown)
        side.drawHeaders(on: &canvas, baseline: area.y + 7)
        if !columns.isEmpty {
            canvas.horizontal(
                y: area.y + 11, from: plan.end + 2, to: area.maxX, Stroke(canvas.theme.axis, width: 0.7))
        }
        let first = steps.first?.reading.number ?? 0
        let second = steps.dropFirst().first?.reading.number ?? 0
        let top = area.y + 14
        for index in 0..<plan.shown {
            let y = top + plan.each * Double(index) + (index > 0 ? extra : 0)
            let base = enlarged && index > 0 ? max(second, 1e-9) : max(first, 1e-9)
            draw(index, base: base, top: y, plan, on: &canvas, x: area.x)
        }
        if enlarged, first > 0 {
            drawEnlargement(share: second / first, top: top + plan.each, plan, on: &canvas)
        }
        let bottom = top + plan.each * Double(plan.shown) + extra
        canvas.vertical(x: start, from: top, to: bottom, Stroke(canvas.theme.axis, width: 0.8))
        if plan.shown < steps.count {
            canvas.text(
                Overflow.words(steps.count - plan.shown), x: area.x, baseline: bottom + 10,
                canvas.theme.style(.body, .quiet))
        }
    }

    private func draw(
        _ index: Int, base: Double, top: Double, _ plan: Plan, on canvas: inout Canvas, x: Double
    ) {
        let theme = canvas.theme
        let step = steps[index]
        let middle = top + plan.each / 2
        let thick = min(15, plan.each * 0.66)
        let baseline = middle + Pen.capHeight * theme.bodySize / 2
        let scale = LinearScale(0, base, start: plan.start, end: plan.end)
        plan.labels.draw(
            step.label, on: &canvas, x: x, middle: middle, rowHeight: plan.each, bold: step.worst)
        plan.side.draw(step.cells, on: &canvas, baseline: baseline)
        guard let count = step.reading.number else {
            canvas.absence(
                step.reading, in: Rect(
                    x: plan.start, y: middle - thick / 2, width: plan.end - plan.start, height: thick))
            return
        }
        // What the bar loses: from the step before, or for the first step to the one after.
        let kept = index == 0 && enlarged ? steps[1].reading.number ?? count : count
        let before = index == 0 ? count : steps[index - 1].reading.number ?? count
        let from = index == 1 && enlarged ? count : before
        let solid = scale.clamped(kept)
        let outer = scale.clamped(from)
        let box = Rect(x: solid, y: middle - thick / 2, width: max(outer - solid, 0), height: thick)
        if step.worst {
            canvas.rect(box, stroke: Stroke(theme.orange, width: 1.1))
        } else {
            canvas.rect(box, fill: theme.pale)
        }
        canvas.rect(
            Rect(x: plan.start, y: middle - thick / 2, width: solid - plan.start, height: thick), fill: theme.blue)
        drawLost(step, box: box, baseline: baseline, plan, on: &canvas)
    }

    private func drawLost(_ step: Step, box: Rect, baseline: Double, _ plan: Plan, on canvas: inout Canvas) {
        guard !step.lost.isEmpty else { return }
        let label = step.worst
            ? Label(step.lost, .bad, bold: true, cue: .down) : Label(step.lost, .text)
        // The worst step's words shrink before they leave their box.
        let isTight = canvas.pen.width(label, .body, bold: true) + 8 > box.width
        let size: TypeSize = step.worst && !isTight ? .body : .small
        let width = canvas.pen.width(label, size, bold: step.worst)
        if width + (step.worst ? 5 : 8) <= box.width {
            canvas.label(
                label, x: step.worst ? box.midX : box.maxX - 4, baseline: baseline, size: size,
                align: step.worst ? .center : .right)
        } else {
            let room = plan.end + 8 - box.maxX - 5
            let left = width <= room ? box.maxX + 5 : nil
            if let left {
                canvas.label(label, x: left, baseline: baseline, size: size)
            } else if box.x - plan.start > width + 8 {
                // No room after the bar: on the solid part, in white.
                let inside = Label(step.lost, .inverse, bold: step.worst)
                canvas.label(inside, x: box.x - 4, baseline: baseline, size: size, align: .right)
            } else if step.worst, canvas.pen.width(Label(step.lost), .small, bold: true) + 4 <= box.width {
                // The outline is cue enough where the triangle has no room.
                canvas.label(
                    Label(step.lost, .bad, bold: true), x: box.midX, baseline: baseline, size: .small, align: .center)
            } else {
                canvas.shortened.append(step.lost)
            }
        }
    }

    private func drawEnlargement(share: Double, top: Double, _ plan: Plan, on canvas: inout Canvas) {
        let theme = canvas.theme
        let upper = top - (plan.each - min(15, plan.each * 0.66)) / 2
        let lower = top + extra + (plan.each - min(15, plan.each * 0.66)) / 2
        let edge = plan.start + (plan.end - plan.start) * min(max(share, 0), 1)
        canvas.polygon(
            [
                Point(x: plan.start, y: upper), Point(x: edge, y: upper), Point(x: plan.end, y: lower),
                Point(x: plan.start, y: lower),
            ], fill: theme.wash)
        canvas.text(
            enlargement, x: plan.start + 6, baseline: (upper + lower) / 2 + 3, theme.style(.small, .text),
            limit: plan.end - plan.start - 12)
    }
}
