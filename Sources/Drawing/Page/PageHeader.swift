/// What stands at the head of a page: the question, the answer as a headline, a sentence that says more.
public struct PageHeader: Hashable, Sendable {
    /// "1  What must I do?"; set in capitals.
    public var question: String
    public var headline: String
    public var sentence: RichText
    /// "Riverside Motors"
    public var place: String
    /// "October 2026"
    public var period: String
    /// Of the headline, in points; nil: the theme's.
    public var titleSize: Double?

    public init(
        question: String, headline: String, sentence: RichText, place: String, period: String, titleSize: Double? = nil
    ) {
        self.question = question
        self.headline = headline
        self.sentence = sentence
        self.place = place
        self.period = period
        self.titleSize = titleSize
    }
}

/// Two lines at the foot, and which page of how many.
public struct PageFooter: Hashable, Sendable {
    public var first: String
    public var second: String
    public var page: Int
    public var pages: Int

    public init(first: String, second: String, page: Int, pages: Int) {
        self.first = first
        self.second = second
        self.page = page
        self.pages = pages
    }
}

extension PageHeader {
    /// Draws it; a long headline shrinks, then wraps to two lines.
    /// - Returns: where the content may begin.
    func draw(on canvas: inout Canvas, format: PageFormat) -> Double {
        let theme = canvas.theme
        let pen = canvas.pen
        canvas.group(.artifact) {
            $0.rect(Rect(x: format.margin, y: 25.6, width: 26, height: 2.3), fill: theme.blue)
        }
        let periodStyle = theme.style(.body, .text)
        let placeStyle = theme.style(.body, .ink, bold: true)
        let periodWidth = pen.width(period, periodStyle)
        let half = format.contentWidth / 2
        var questionEnd = format.margin
        canvas.group(.paragraph) {
            questionEnd = $0.text(
                question.uppercased(), x: format.margin, baseline: 41, theme.style(.small, .good, bold: true),
                limit: half - 12
            ).maxX
        }
        let bottom = drawHeadline(on: &canvas, format: format)
        canvas.group(.paragraph) {
            let placeRight = format.right - (period.isEmpty ? 0 : periodWidth + 9)
            $0.text(
                place, x: placeRight, baseline: 41, placeStyle, align: .right, limit: placeRight - questionEnd - 18)
            $0.text(period, x: format.right, baseline: 41, periodStyle, align: .right)
        }
        return bottom
    }

    private func drawHeadline(on canvas: inout Canvas, format: PageFormat) -> Double {
        var style = canvas.theme.style(.title, .ink)
        style.size = titleSize ?? style.size
        while canvas.pen.width(headline, style) > format.contentWidth, style.size > canvas.theme.titleFloor {
            style.size = max(style.size - 0.5, canvas.theme.titleFloor)
        }
        let lines = wrap(headline, style: style, width: format.contentWidth, pen: canvas.pen)
        let leading = style.size * 1.2
        // Larger type must not grow into the line above it.
        var baseline = 64 + max(style.size - canvas.theme.titleSize, 0)
        canvas.group(.heading(level: 1)) {
            for (index, line) in lines.prefix(2).enumerated() {
                let rest = index == 1 ? lines.dropFirst().joined(separator: " ") : line
                $0.text(rest, x: format.margin, baseline: baseline, style, limit: format.contentWidth)
                baseline += leading
            }
        }
        let top = (lines.isEmpty ? 64 : baseline - leading) + 17
        var next = top
        canvas.group(.paragraph) {
            next = $0.paragraph(
                sentence, x: format.margin, baseline: top, width: format.contentWidth, size: .sentence, leading: 14,
                lines: 3)
        }
        return max(format.contentTop, next + 9)
    }

    private func wrap(_ text: String, style: TextStyle, width: Double, pen: Pen) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, pen.width(last + " " + word, style) <= width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}

extension PageFooter {
    func draw(on canvas: inout Canvas, format: PageFormat) {
        let style = canvas.theme.style(.small, .quiet)
        let number = canvas.theme.style(.small, .ink, bold: true)
        let lines = format.footerLines
        canvas.group(.artifact) { $0.hairline(y: format.footerRule, from: format.margin, to: format.right) }
        // As of when, counted how and from what: to be heard as well as seen.
        for (text, baseline) in [(first, lines.0), (second, lines.1)] where !text.isEmpty {
            canvas.group(.paragraph) {
                $0.text(text, x: format.margin, baseline: baseline, style, limit: format.contentWidth - 40)
            }
        }
        canvas.group(.artifact) {
            $0.text("\(page) / \(pages)", x: format.right, baseline: lines.1, number, align: .right)
        }
    }
}
