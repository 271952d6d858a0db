/// Points in words: a cue, a bold name and a sentence each (worth praising), or terms and what they mean.
public struct PointsPlate: Plate {
    public struct Point: Hashable, Sendable {
        /// Its cue stands at the left; tone `.bad` with a triangle for what needs a talk.
        public var title: Label
        public var text: RichText
        public init(_ title: Label, _ text: RichText = "") {
            self.title = title
            self.text = text
        }
    }

    public var points: [Point]
    /// Title and text run on in one paragraph: "**Lead:** a visit with a sales record."
    public var runIn: Bool
    public var emptyText: String

    public init(points: [Point], runIn: Bool = false, emptyText: String = "") {
        self.points = points
        self.runIn = runIn
        self.emptyText = emptyText
    }

    private var indent: Double { points.contains { $0.title.cue != nil } ? 13 : 0 }

    private func words(_ point: Point) -> RichText {
        let title = RichText(
            point.title.text + (point.text.isEmpty || !runIn ? "" : " "), emphasised: true,
            tone: point.title.tone ?? .ink)
        return runIn ? title + point.text : title
    }

    private func height(_ point: Point, width: Double, pen: Pen) -> Double {
        let inner = width - indent
        let head = pen.height(words(point), width: inner, leading: 12.2)
        let body = runIn ? 0 : pen.height(point.text, width: inner, leading: 12.2)
        return head + body + 6
    }

    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        points.isEmpty
            ? pen.height(RichText(emptyText), width: width)
            : points.reduce(0) { $0 + height($1, width: width, pen: pen) } + 2
    }
    public func leastHeight(width: Double, pen: Pen) -> Double {
        if points.isEmpty { return pen.height(RichText(emptyText), width: width) }
        return points.prefix(2).reduce(points.count > 2 ? 14 : 2) { $0 + height($1, width: width, pen: pen) }
    }

    /// How many of the points have room, one at the least; where some have none, room for a note as well.
    public func fitting(height: Double, note: Double, width: Double, pen: Pen) -> Int {
        var sum = 0.0
        var withNote = 1
        for (index, point) in points.enumerated() {
            sum += self.height(point, width: width, pen: pen)
            if sum + 2 > height { return withNote }
            if sum + 2 <= height - note { withNote = index + 1 }
        }
        return points.count
    }

    public func draw(on canvas: inout Canvas, in area: Rect) {
        if points.isEmpty, !emptyText.isEmpty {
            canvas.group(.paragraph) {
                $0.paragraph(RichText(emptyText), x: area.x, baseline: area.y + 9, width: area.width)
            }
        }
        var y = area.y
        for (index, point) in points.enumerated() {
            let height = height(point, width: area.width, pen: canvas.pen)
            let rest = index + 1 < points.count ? 11.0 : 0
            if y + height + rest > area.maxY + 7, points.count > 1 {
                canvas.group(.paragraph) {
                    $0.text(
                        Overflow.words(points.count - index), x: area.x + indent, baseline: y + 9,
                        $0.theme.style(.body, .quiet))
                }
                return
            }
            draw(point, top: y, on: &canvas, area: area)
            y += height
        }
    }

    private func draw(_ point: Point, top: Double, on canvas: inout Canvas, area: Rect) {
        let theme = canvas.theme
        let left = area.x + indent
        var baseline = top + 9
        if let cue = point.title.cue {
            let tone = point.title.tone ?? (cue == .down ? .bad : .good)
            canvas.group(.artifact) {
                $0.cue(cue, x: area.x, baseline: baseline, style: theme.style(.body, tone, bold: true))
            }
        }
        canvas.group(.paragraph) {
            baseline = $0.paragraph(
                words(point), x: left, baseline: baseline, width: area.maxX - left, leading: 12.2)
            guard !runIn else { return }
            $0.paragraph(point.text, x: left, baseline: baseline, width: area.maxX - left, leading: 12.2)
        }
    }
}
