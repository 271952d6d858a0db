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
    /// Draws it; a long headline shrinks, then wraps.
    /// - Parameter isFirst: of the document; only there the logo is said to readers who cannot see it.
    /// - Returns: where the content may begin.
    func draw(on canvas: inout Canvas, format: PageFormat, isFirst: Bool) -> Double {
        drawTop(on: &canvas, format: format, question: question, isFirst: isFirst) { canvas in
            let bottom = drawHeadline(on: &canvas, format: format)
            var next = bottom + 17
            canvas.group(.paragraph) {
                next = $0.paragraph(
                    sentence, x: format.margin, baseline: next, width: format.contentWidth, size: .sentence,
                    leading: 14, lines: format.isPortrait ? 5 : 3)
            }
            return max(format.contentTop, next + 9)
        }
    }

    /// The head of a sheet on which the page goes on: the same question and headline, without the sentence. Readers who
    /// cannot see it have heard it.
    func drawContinued(on canvas: inout Canvas, format: PageFormat) -> Double {
        var bottom = 0.0
        canvas.group(.artifact) {
            bottom = drawTop(
                on: &$0, format: format, question: Overflow.continued(question), isFirst: false
            ) { drawHeadline(on: &$0, format: format) + 20 }
        }
        return bottom
    }

    private func drawTop(
        on canvas: inout Canvas, format: PageFormat, question: String, isFirst: Bool, _ middle: (inout Canvas) -> Double
    ) -> Double {
        let theme = canvas.theme
        let pen = canvas.pen
        canvas.group(.artifact) {
            $0.rect(Rect(x: format.margin, y: 25.6, width: 26, height: 2.3), fill: theme.blue)
        }
        let right = drawLogo(on: &canvas, format: format, isFirst: isFirst)
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
        let bottom = middle(&canvas)
        canvas.group(.paragraph) {
            let placeRight = right - (period.isEmpty ? 0 : periodWidth + 9)
            $0.text(
                place, x: placeRight, baseline: 41, placeStyle, align: .right, limit: placeRight - questionEnd - 18)
            $0.text(period, x: right, baseline: 41, periodStyle, align: .right)
        }
        return bottom
    }

    /// - Returns: where the words beside it may end.
    private func drawLogo(on canvas: inout Canvas, format: PageFormat, isFirst: Bool) -> Double {
        guard let logo = canvas.theme.logo else { return format.right }
        let frame = logo.frame(in: format)
        let role: FrameGroup.Role = isFirst && !logo.words.isEmpty ? .figure(alternative: logo.words) : .artifact
        canvas.group(role) { $0.items.append(.image(ImageShape(png: logo.png, frame: frame))) }
        return frame.x - 14
    }

    /// - Returns: the last line's baseline.
    private func drawHeadline(on canvas: inout Canvas, format: PageFormat) -> Double {
        var style = canvas.theme.style(.title, .ink)
        style.size = titleSize ?? style.size
        while canvas.pen.width(headline, style) > format.contentWidth, style.size > canvas.theme.titleFloor {
            style.size = max(style.size - 0.5, canvas.theme.titleFloor)
        }
        let lines = wrap(headline, style: style, width: format.contentWidth, pen: canvas.pen)
        let most = format.isPortrait ? 3 : 2
        let leading = style.size * 1.2
        // Larger type must not grow into the line above it.
        var baseline = 64 + max(style.size - canvas.theme.titleSize, 0)
        canvas.group(.heading(level: 1)) {
            for (index, line) in lines.prefix(most).enumerated() {
                let rest = index == most - 1 ? lines.dropFirst(most - 1).joined(separator: " ") : line
                $0.text(rest, x: format.margin, baseline: baseline, style, limit: format.contentWidth)
                baseline += leading
            }
        }
        return lines.isEmpty ? 64 : baseline - leading
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
    /// Its lines as they stand: each on one, or on two where a narrow sheet needs them.
    private func lines(_ format: PageFormat, _ pen: Pen) -> [[Pen.Line]] {
        [first, second].map { text in
            Array(pen.lines(RichText(text), size: .small, tone: .quiet, width: format.contentWidth - 40).prefix(3))
        }
    }

    static let leading = 10.5

    /// What it needs beyond its two lines, in points.
    func growth(_ format: PageFormat, _ pen: Pen) -> Double {
        guard format.isPortrait else { return 0 }
        return PageFooter.leading * Double(lines(format, pen).reduce(0) { $0 + max($1.count - 1, 0) })
    }

    func draw(on canvas: inout Canvas, format: PageFormat) {
        let style = canvas.theme.style(.small, .quiet)
        let number = canvas.theme.style(.small, .ink, bold: true)
        let baselines = format.footerLines
        let growth = growth(format, canvas.pen)
        canvas.group(.artifact) {
            $0.hairline(y: format.footerRule - growth, from: format.margin, to: format.right)
        }
        // As of when, counted how and from what: to be heard as well as seen.
        if growth > 0 {
            var baseline = baselines.0 - growth
            for text in lines(format, canvas.pen) where !text.isEmpty {
                canvas.group(.paragraph) {
                    for line in text {
                        $0.draw(line, x: format.margin, baseline: baseline)
                        baseline += PageFooter.leading
                    }
                }
            }
        } else {
            for (text, baseline) in [(first, baselines.0), (second, baselines.1)] where !text.isEmpty {
                canvas.group(.paragraph) {
                    $0.text(text, x: format.margin, baseline: baseline, style, limit: format.contentWidth - 40)
                }
            }
        }
        canvas.group(.artifact) {
            $0.text("\(page) / \(pages)", x: format.right, baseline: baselines.1, number, align: .right)
        }
    }
}
