/// What to do, in order: title, reason, owner, date, the page that shows it, and how much of it there is.
public struct ActionsPlate: Plate {
    public struct Action: Hashable, Sendable {
        public var title: String
        public var text: RichText
        public var owner: String
        /// "Service manager"
        public var role: String
        /// "by Sat 7 Nov"
        public var due: String
        /// "page 3"; with `page` a link.
        public var pageLabel: String
        public var page: Int?
        /// 0 to 1; nil: no bar.
        public var share: Double?
        /// "40 of 61 unanswered"
        public var shareLabel: String
        public init(
            title: String, text: RichText, owner: String = "", role: String = "", due: String = "",
            pageLabel: String = "", page: Int? = nil, share: Double? = nil, shareLabel: String = ""
        ) {
            self.title = title
            self.text = text
            self.owner = owner
            self.role = role
            self.due = due
            self.pageLabel = pageLabel
            self.page = page
            self.share = share
            self.shareLabel = shareLabel
        }
    }

    public var actions: [Action]
    /// What stands there when no rule fires.
    public var none: RichText

    public init(actions: [Action], none: RichText) {
        self.actions = actions
        self.none = none
    }

    private static let indent = 28.0
    /// Under each action, in points; under the last it may be missing.
    public static let space = 10.0

    private func side(_ action: Action, width: Double, pen: Pen) -> Double {
        let bold = pen.theme.style(.body, .ink, bold: true)
        let top = pen.width(action.owner, bold) + (action.due.isEmpty ? 0 : 12 + pen.width(action.due, bold))
        let plain = pen.theme.style(.body)
        let under = pen.width(action.role, plain) + 12 + pen.width(action.pageLabel, plain)
        // Names that are wider wrap; date and page stand together in the last line.
        let last = pen.width(action.due, bold) + 6 + pen.width(action.pageLabel, plain)
        return min(max(top, under), max(width * 0.29, min(last, width * 0.4)))
    }

    /// What stands at the right: owner and date, role and page; where they are too long, one under the other.
    private struct Side {
        var owner: [String]
        var role: [String]
        /// Owner and date share a line.
        var isShort: Bool
        var lines: Int { isShort ? 2 : owner.count + role.count + 1 }
    }

    private func sideLines(_ action: Action, width: Double, pen: Pen) -> Side {
        let bold = pen.theme.style(.body, .ink, bold: true)
        let plain = pen.theme.style(.body)
        let first = pen.width(action.owner, bold) + (action.due.isEmpty ? 0 : 6 + pen.width(action.due, bold))
        let second = pen.width(action.role, plain) + 6 + pen.width(action.pageLabel, plain)
        if max(first, second) <= width + 0.01 { return Side(owner: [action.owner], role: [action.role], isShort: true) }
        func wrapped(_ text: String, _ tone: Tone, _ isBold: Bool) -> [String] {
            pen.lines(RichText(text), size: .body, tone: tone, bold: isBold, width: width).map { line in
                line.pieces.map(\.text).joined()
            }
        }
        return Side(owner: wrapped(action.owner, .ink, true), role: wrapped(action.role, .quiet, false), isShort: false)
    }

    private func sideWidth(width: Double, pen: Pen) -> Double {
        actions.prefix(ActionsPlate.most).map { side($0, width: width, pen: pen) }.max() ?? 0
    }

    private func textWidth(width: Double, pen: Pen) -> Double {
        max(width - ActionsPlate.indent - sideWidth(width: width, pen: pen) - 14, 60)
    }

    private func height(_ action: Action, width: Double, pen: Pen) -> Double {
        let text = textWidth(width: width, pen: pen)
        let title = pen.lines(RichText(action.title), size: .sentence, tone: .ink, bold: true, width: text).count
        let body = pen.lines(action.text, size: .body, tone: .text, width: text).count
        let told = 13 * Double(min(title, 2)) + 13 * Double(min(body, 3)) + (action.share == nil ? 4 : 16)
        let side = sideLines(action, width: sideWidth(width: width, pen: pen), pen: pen)
        return 4 + max(told, 13 * Double(side.lines)) + ActionsPlate.space
    }

    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        guard !actions.isEmpty else { return pen.height(none, width: width) + 4 }
        return actions.prefix(ActionsPlate.most).reduce(0) { $0 + height($1, width: width, pen: pen) }
    }
    public func leastHeight(width: Double, pen: Pen) -> Double {
        guard actions.count > 12 else { return naturalHeight(width: width, pen: pen) ?? 80 }
        return actions.prefix(12).reduce(14) { $0 + height($1, width: width, pen: pen) }
    }

    /// More than any page has room for.
    private static let most = 60

    public func draw(on canvas: inout Canvas, in area: Rect) {
        guard !actions.isEmpty else {
            canvas.group(.paragraph) {
                $0.paragraph(none, x: area.x, baseline: area.y + 9, width: area.width)
            }
            return
        }
        let heights = actions.prefix(ActionsPlate.most).map { height($0, width: area.width, pen: canvas.pen) }
        let total = heights.reduce(0, +)
        // Room to spare goes between the actions, up to a third of what they need.
        let spare = min(max(area.height - total, 0), total * 0.45) / Double(actions.count)
        var y = area.y
        for (index, action) in actions.prefix(ActionsPlate.most).enumerated() {
            let rest = index + 1 < actions.count ? 4.0 : ActionsPlate.space
            guard y + heights[index] <= area.maxY + rest else {
                canvas.group(.paragraph) {
                    $0.text(
                        Overflow.words(actions.count - index), x: area.x + ActionsPlate.indent,
                        baseline: min(y + 5, area.maxY), $0.theme.style(.body, .quiet))
                }
                break
            }
            if index > 0 {
                canvas.group(.artifact) { $0.hairline(y: y - 6 - spare / 2, from: area.x, to: area.maxX) }
            }
            draw(action, number: index + 1, top: y, on: &canvas, area: area)
            y += heights[index] + spare
        }
    }

    private func draw(_ action: Action, number: Int, top: Double, on canvas: inout Canvas, area: Rect) {
        let theme = canvas.theme
        let left = area.x + ActionsPlate.indent
        let width = textWidth(width: area.width, pen: canvas.pen)
        let numeral = TextStyle(size: number > 9 ? 18 : 26, weight: .semibold, color: theme.blue, family: .display, tabular: false)
        var baseline = top + 11
        canvas.group(.heading(level: 3)) {
            $0.text("\(number)", x: area.x, baseline: top + 20, numeral)
            baseline = $0.paragraph(
                RichText(action.title), x: left, baseline: baseline, width: width, size: .sentence, tone: .ink,
                bold: true, leading: 13, lines: 2)
        }
        canvas.group(.paragraph) {
            baseline = $0.paragraph(
                action.text, x: left, baseline: baseline + 1, width: width, leading: 13, lines: 3)
        }
        if let share = action.share { drawBar(share, action, x: left, baseline: baseline, width, on: &canvas) }
        drawSide(action, top: top, on: &canvas, area: area)
    }

    private func drawBar(
        _ share: Double, _ action: Action, x: Double, baseline: Double, _ width: Double, on canvas: inout Canvas
    ) {
        let label = canvas.pen.width(action.shareLabel, canvas.theme.style(.body, .bad, bold: true))
        let bar = Rect(x: x, y: baseline - 5, width: max(min(180, width - label - 10), 30), height: 6)
        let part = share.isFinite ? min(max(share, 0), 1) : 0
        canvas.group(.artifact) {
            $0.rect(bar, fill: $0.theme.pale)
            $0.rect(Rect(x: bar.x, y: bar.y, width: bar.width * part, height: bar.height), fill: $0.theme.orange)
        }
        canvas.group(.paragraph) {
            $0.text(
                action.shareLabel, x: bar.maxX + 8, baseline: bar.midY + 3.3, $0.theme.style(.body, .bad, bold: true),
                limit: width - bar.width - 8)
        }
    }

    private func drawSide(_ action: Action, top: Double, on canvas: inout Canvas, area: Rect) {
        let theme = canvas.theme
        let width = sideWidth(width: area.width, pen: canvas.pen)
        let left = area.maxX - width
        let bold = theme.style(.body, .ink, bold: true)
        let quiet = theme.style(.body, .quiet)
        let side = sideLines(action, width: width, pen: canvas.pen)
        let link = theme.style(.body, .good)
        let page = canvas.pen.width(action.pageLabel, link)
        let last = top + 11 + 13 * Double(side.lines - 1)
        canvas.group(.paragraph) { canvas in
            var baseline = top + 11
            for (texts, style) in [(side.owner, bold), (side.role, quiet)] {
                for text in texts {
                    canvas.text(text, x: left, baseline: baseline, style, limit: width)
                    baseline += 13
                }
            }
            if side.isShort {
                canvas.text(action.due, x: area.maxX, baseline: top + 11, bold, align: .right)
            } else {
                canvas.text(action.due, x: left, baseline: last, bold, limit: width - page - 6)
            }
            guard let target = action.page else {
                canvas.text(action.pageLabel, x: area.maxX, baseline: last, link, align: .right)
                return
            }
            let box = Rect(x: area.maxX - page, y: last - 9, width: page, height: 12)
            canvas.link(.page(target), area: box) {
                $0.text(action.pageLabel, x: area.maxX, baseline: last, link, align: .right)
            }
        }
    }
}
