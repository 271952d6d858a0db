import Drawing

/// Walks a page as a reader's eye does and names everything that may not happen on it.
struct PageFaults {
    /// A text with its place in the drawing order and the block it stands in.
    private struct Text {
        var run: TextRun
        var order: Int
        /// From the left to the right end of the block's rule; nil: outside blocks.
        var block: ClosedRange<Double>?
        var box: Rect {
            Rect(
                x: run.origin.x, y: run.origin.y - 0.727 * run.style.size, width: run.width,
                height: 0.867 * run.style.size)
        }
    }
    private struct Area {
        var points: [Point]
        var fill: Color
        var order: Int
    }
    private struct Line {
        var from: Point
        var to: Point
        var order: Int
        /// What lies outside is not drawn.
        var clip: Rect?
    }

    private var texts: [Text] = []
    private var areas: [Area] = []
    private var lines: [Line] = []
    private var count = 0
    let format: PageFormat

    init(_ frame: Frame, format: PageFormat) {
        self.format = format
        for item in frame.items { visit(item, block: nil, clip: nil) }
    }

    /// Every fault of the page, each naming the text.
    var all: [String] { small + outside + overlapping + faint + struck }

    private mutating func visit(_ item: FrameItem, block: ClosedRange<Double>?, clip: Rect?) {
        count += 1
        switch item {
        case .text(let run): texts.append(Text(run: run, order: count, block: block))
        case .image: break
        case .link(let link): for item in link.items { visit(item, block: block, clip: clip) }
        case .group(let group):
            let own = group.role == .section ? PageFaults.rule(of: group) : block
            for item in group.items { visit(item, block: own, clip: group.clip ?? clip) }
        case .path(let shape): add(shape, clip: clip)
        }
    }

    private mutating func add(_ shape: PathShape, clip: Rect?) {
        var points: [Point] = []
        for segment in shape.segments {
            switch segment {
            case .move(let point), .line(let point): points.append(point)
            case .curve(_, _, let point): points.append(point)
            case .close: break
            }
        }
        if let fill = shape.fill { areas.append(Area(points: points, fill: fill, order: count)) }
        // Grid and hairlines lie behind words; lines that mean something may not.
        guard let stroke = shape.stroke, stroke.width >= 0.8, PageFaults.contrast(stroke.color, Color(0xFFFFFF)) >= 3 else {
            return
        }
        for (from, to) in zip(points, points.dropFirst()) { lines.append(Line(from: from, to: to, order: count, clip: clip)) }
    }

    /// The rule over a block says how wide it is.
    private static func rule(of section: FrameGroup) -> ClosedRange<Double>? {
        for case .group(let group) in section.items where group.role == .artifact {
            for case .path(let shape) in group.items {
                guard case .move(let from)? = shape.segments.first, case .line(let to)? = shape.segments.last else { continue }
                return min(from.x, to.x)...max(from.x, to.x)
            }
        }
        return nil
    }

    // MARK: What may not happen

    private var small: [String] {
        texts.filter { $0.run.style.size < 8 }.map { "\($0.run.style.size) pt: \"\($0.run.text)\"" }
    }

    /// Texts that leave the sheet's margins or their block's column; a space at a line's end draws nothing.
    private var outside: [String] {
        texts.compactMap { text in
            let right = text.box.x + text.run.width * (text.run.text.last == " " ? 0.96 : 1)
            let column = text.block ?? (format.margin - 1)...(format.right + 1)
            let isInside = text.box.x >= column.lowerBound - 1.5 && right <= column.upperBound + 1.5
                && text.box.y >= 20 && text.box.maxY <= format.size.height - 12
            return isInside ? nil : "outside its column: \"\(text.run.text)\" from \(text.box.x) to \(right)"
        }
    }

    private var overlapping: [String] {
        var found: [String] = []
        for (index, one) in texts.enumerated() {
            for other in texts.dropFirst(index + 1) {
                let (a, b) = (one.box, other.box)
                if a.x < b.maxX - 0.3, b.x < a.maxX - 0.3, a.y < b.maxY - 0.3, b.y < a.maxY - 0.3 {
                    found.append("overlap: \"\(one.run.text)\" and \"\(other.run.text)\"")
                }
            }
        }
        return found
    }

    /// Texts with less than 4.5 : 1 against what lies under them, at the beginning, in the middle or at the end.
    private var faint: [String] {
        texts.compactMap { text in
            let ratios = [0.05, 0.5, 0.95].map { share in
                let point = Point(x: text.box.x + text.run.width * share, y: text.box.midY)
                return PageFaults.contrast(text.run.style.color, ground(at: point, before: text.order))
            }
            guard let least = ratios.min(), least < 4.5 else { return nil }
            return "contrast \((least * 10).rounded() / 10): \"\(text.run.text)\""
        }
    }

    /// Texts with a line through them, unless something was laid between.
    private var struck: [String] {
        texts.compactMap { text in
            let box = Rect(x: text.box.x + 1, y: text.box.y + 1.5, width: text.box.width - 2, height: text.box.height - 3)
            guard box.width > 0 else { return nil }
            let isStruck = lines.contains { line in
                guard let point = PageFaults.crossing(line.from, line.to, box, within: line.clip) else { return false }
                if line.order > text.order { return true }
                return !areas.contains { $0.order > line.order && $0.order < text.order && PageFaults.holds($0.points, point) }
            }
            return isStruck ? "a line through \"\(text.run.text)\"" : nil
        }
    }

    // MARK: Geometry and light

    private func ground(at point: Point, before order: Int) -> Color {
        areas.last { $0.order < order && PageFaults.holds($0.points, point) }?.fill ?? Color(0xFFFFFF)
    }

    /// A point of the segment inside the box and what is drawn, in steps of a point.
    private static func crossing(_ from: Point, _ to: Point, _ box: Rect, within clip: Rect?) -> Point? {
        func isDrawn(_ point: Point) -> Bool {
            clip.map { point.x >= $0.x && point.x <= $0.maxX && point.y >= $0.y && point.y <= $0.maxY } ?? true
        }
        let length = max(abs(to.x - from.x), abs(to.y - from.y))
        let steps = max(Int(length), 1)
        for step in 0...steps {
            let share = Double(step) / Double(steps)
            let point = Point(x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share)
            if point.x > box.x, point.x < box.maxX, point.y > box.y, point.y < box.maxY, isDrawn(point) { return point }
        }
        return nil
    }

    private static func holds(_ polygon: [Point], _ point: Point) -> Bool {
        guard var last = polygon.last else { return false }
        var isInside = false
        for corner in polygon {
            if (corner.y > point.y) != (last.y > point.y),
                point.x < (last.x - corner.x) * (point.y - corner.y) / (last.y - corner.y) + corner.x {
                isInside.toggle()
            }
            last = corner
        }
        return isInside
    }

    /// The contrast ratio of WCAG 2.2, 1 to 21.
    static func contrast(_ one: Color, _ other: Color) -> Double {
        let (a, b) = (luminance(one), luminance(other))
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    private static func luminance(_ color: Color) -> Double {
        func linear(_ value: UInt8) -> Double {
            let share = Double(value) / 255
            if share <= 0.04045 { return share / 12.92 }
            // x to the 2.4 = x² times the fifth root of x².
            let base = (share + 0.055) / 1.055
            let square = base * base
            var root = 1.0
            for _ in 0..<40 { root -= (root * root * root * root * root - square) / (5 * root * root * root * root) }
            return square * root
        }
        return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
    }
}
