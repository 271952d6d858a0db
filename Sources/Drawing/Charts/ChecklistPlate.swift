public import Basis

/// Steps that were due, with when each was and what became of it: a mark by shape, and the word beside it.
public struct ChecklistPlate: Plate {
    public enum Standing: String, Hashable, Sendable, CaseIterable {
        case kept, late, missed, notRecorded, notYetDue

        /// As the row says it where it has no words of its own.
        public var word: String {
            switch self {
            case .kept: say("kept", context: "step")
            case .late: say("late", context: "step")
            case .missed: say("missed", context: "step")
            case .notRecorded: say("not recorded", context: "step")
            case .notYetDue: say("not yet due", context: "step")
            }
        }
        var isOff: Bool { self == .late || self == .missed }
    }

    public struct Row: Hashable, Sendable {
        public var step: String
        public var due: String
        public var done: String
        public var standing: Standing
        /// "late by 24 min"; empty: the standing's word.
        public var words: String
        public init(_ step: String, due: String = "", done: String = "", _ standing: Standing, words: String = "") {
            self.step = step
            self.due = due
            self.done = done
            self.standing = standing
            self.words = words
        }
        var shown: String { words.isEmpty ? standing.word : words }
    }

    public var subject: String
    /// Over the three columns of texts: "Step", "Due by", "Done".
    public var headers: [String]
    public var rows: [Row]
    public var rowHeight: Double
    /// What stands instead of rows.
    public var emptyText: String

    public init(
        subject: String, headers: [String] = [say("Step"), say("Due by"), say("Done"), ""], rows: [Row],
        rowHeight: Double = 17,
        emptyText: String = say("no steps")
    ) {
        self.subject = subject
        self.headers = headers
        self.rows = rows
        self.rowHeight = rowHeight
        self.emptyText = emptyText
    }

    private static let head = 15.0
    private static let floor = 12.6
    private static let indent = 15.0

    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        ChecklistPlate.head + rowHeight * Double(max(rows.count, 1)) + 2
    }
    public func leastHeight(width: Double, pen: Pen) -> Double {
        ChecklistPlate.head + ChecklistPlate.floor * Double(min(max(rows.count, 1), 4)) + 2
    }

    /// The right edges of due, done and what became of it; where the step must end.
    private struct Plan {
        var due: Double
        var done: Double
        var word: Double
        var widths: [Double]
        var stepEnd: Double
    }

    private func plan(in area: Rect, pen: Pen) -> Plan {
        let small = pen.theme.style(.small, .quiet)
        let body = pen.theme.style(.body, .text)
        let bold = pen.theme.style(.body, .text, bold: true)
        func widest(_ header: Int, _ texts: [String], _ style: TextStyle) -> Double {
            let head = headers.indices.contains(header) ? pen.width(headers[header], small) : 0
            return texts.reduce(head) { max($0, pen.width($1, style)) }
        }
        var widths = [
            widest(1, rows.map(\.due), body), widest(2, rows.map(\.done), body), widest(3, rows.map(\.shown), bold),
        ]
        // Steps keep what they need, at most two fifths of the width.
        let steps = ChecklistPlate.indent + rows.reduce(0) { max($0, pen.width($1.step, bold)) }
        let most = max(area.width - min(steps, area.width * 0.4) - 36, 30)
        // The widest gives way first: a short time is not cut for a long remark.
        var rounds = 0
        while widths.reduce(0, +) > most, rounds < 200, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }) {
            widths[widest] = max(widths[widest] * 0.95, 8)
            rounds += 1
        }
        let due = area.maxX - widths[2] - widths[1] - 24
        return Plan(
            due: due, done: area.maxX - widths[2] - 12, word: area.maxX, widths: widths, stepEnd: due - widths[0] - 12)
    }

    public func draw(on canvas: inout Canvas, in area: Rect) {
        guard !rows.isEmpty else {
            canvas.group(.paragraph) {
                $0.text(
                    emptyText, x: area.x, baseline: area.y + 9, $0.theme.style(.body, .quiet), limit: area.width)
            }
            return
        }
        let plan = plan(in: area, pen: canvas.pen)
        let fit = Overflow.rows(
            rows.count, height: area.height - ChecklistPlate.head - 2, floor: ChecklistPlate.floor, ceiling: rowHeight)
        canvas.group(.table) { canvas in
            drawHeader(plan, on: &canvas, in: area)
            for (index, row) in rows.prefix(fit.shown).enumerated() {
                draw(
                    row, top: area.y + ChecklistPlate.head + fit.each * Double(index), height: fit.each, plan,
                    on: &canvas, area: area)
            }
        }
        guard fit.shown < rows.count else { return }
        canvas.group(.paragraph) {
            $0.text(
                Overflow.words(rows.count - fit.shown), x: area.x + ChecklistPlate.indent,
                baseline: area.y + ChecklistPlate.head + fit.each * Double(fit.shown) + 9.5,
                $0.theme.style(.body, .quiet))
        }
    }

    private func drawHeader(_ plan: Plan, on canvas: inout Canvas, in area: Rect) {
        let left = area.x + ChecklistPlate.indent
        canvas.group(.row) { canvas in
            for (index, right) in [left, plan.due, plan.done, plan.word].enumerated() {
                let text = headers.indices.contains(index) ? headers[index] : ""
                let limit = index == 0 ? plan.stepEnd - left : plan.widths[index - 1] + 8
                canvas.group(.headerCell) {
                    $0.text(
                        text, x: right, baseline: area.y + 7.5, $0.theme.style(.small, .quiet),
                        align: index == 0 ? .left : .right, limit: limit)
                }
            }
        }
        canvas.group(.artifact) {
            $0.horizontal(y: area.y + 12.5, from: area.x, to: area.maxX, Stroke($0.theme.axis, width: 0.7))
        }
    }

    private func draw(
        _ row: Row, top: Double, height: Double, _ plan: Plan, on canvas: inout Canvas, area: Rect
    ) {
        let theme = canvas.theme
        let baseline = top + height / 2 + 3.3
        let left = area.x + ChecklistPlate.indent
        canvas.group(.artifact) {
            mark(row.standing, at: Point(x: area.x + 4.6, y: top + height / 2), on: &$0)
        }
        canvas.group(.row) { canvas in
            canvas.group(.cell) {
                $0.text(row.step, x: left, baseline: baseline, theme.style(.body, .ink), limit: plan.stepEnd - left)
            }
            for (text, right, width) in [(row.due, plan.due, plan.widths[0]), (row.done, plan.done, plan.widths[1])] {
                canvas.group(.cell) {
                    $0.text(
                        text, x: right, baseline: baseline, theme.style(.body, .text), align: .right, limit: width + 0.1)
                }
            }
            canvas.group(.cell) {
                let isOff = row.standing.isOff
                let tone: Tone = isOff ? .bad : row.standing == .kept ? .good : .quiet
                $0.text(
                    row.shown, x: plan.word, baseline: baseline, theme.style(.body, tone, bold: isOff), align: .right,
                    limit: plan.widths[2] + 0.1)
            }
        }
        canvas.group(.artifact) { $0.hairline(y: top + height - 0.3, from: area.x, to: area.maxX) }
    }

    /// A box checked; a box with a clock's hands; a box crossed; a dashed box; an empty box.
    private func mark(_ standing: Standing, at middle: Point, on canvas: inout Canvas) {
        let theme = canvas.theme
        let half = 4.0
        let box = Rect(x: middle.x - half, y: middle.y - half, width: 2 * half, height: 2 * half)
        switch standing {
        case .kept:
            canvas.rect(box, fill: theme.blue)
            canvas.check(middle, size: 5, theme.white, width: 1.4)
        case .late:
            canvas.rect(box, stroke: Stroke(theme.orange, width: 1.2))
            canvas.polyline(
                [
                    Point(x: middle.x, y: middle.y - 2.6), middle, Point(x: middle.x + 2.2, y: middle.y + 1.2),
                ], Stroke(theme.orange, width: 1.1))
        case .missed:
            canvas.rect(box, fill: theme.orange)
            let arm = 2.2
            for sign in [1.0, -1] {
                canvas.segment(
                    Point(x: middle.x - arm, y: middle.y - arm * sign), Point(x: middle.x + arm, y: middle.y + arm * sign),
                    Stroke(theme.white, width: 1.3))
            }
        case .notRecorded: canvas.rect(box, stroke: Stroke(theme.quiet, width: 0.9, dash: [1.6, 1.4]))
        case .notYetDue: canvas.rect(box, stroke: Stroke(theme.axis, width: 0.9))
        }
    }
}
