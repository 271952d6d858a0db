/// What is drawn on a page, flat and in bands: texts, filled areas and lines that mean something.
struct PageScene {
    /// A text with its place in the drawing order and the block it stands in.
    struct Text {
        var run: TextRun
        var order: Int
        /// From the left to the right end of the block's rule; nil: outside blocks.
        var block: ClosedRange<Double>?
        var clip: Rect?
        /// From the capitals' tops to under the descenders of most letters.
        var box: Rect
        /// Where it ends to the eye.
        var inkRight: Double
    }

    /// Plain numbers only: thousands are looked at a page, and none is copied with a reference.
    private struct Area {
        /// In `corners`.
        var points: Range<Int>
        var bounds: Rect
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

    private(set) var texts: [Text] = []
    private var areas: [Area] = []
    private var corners: [Point] = []
    private var lines: [Line] = []
    /// Of the areas, by band, in drawing order.
    private var areasInBand: [[Int]] = []
    private var textsInBand: [[Int]] = []
    private var darkness: [Color: Bool] = [:]
    private var order = 0
    private static let band = 12.0

    init(_ frame: Frame) {
        for item in frame.items { visit(item, block: nil, clip: nil) }
        let count = Int(min(max(frame.size.height / PageScene.band, 1), 2_000)) + 1
        areasInBand = Array(repeating: [], count: count)
        textsInBand = areasInBand
        for (index, area) in areas.enumerated() {
            for band in bands(area.bounds.y, area.bounds.maxY) { areasInBand[band].append(index) }
        }
        for (index, text) in texts.enumerated() {
            for band in bands(text.box.y, text.box.maxY) { textsInBand[band].append(index) }
        }
    }

    private func bands(_ top: Double, _ bottom: Double) -> ClosedRange<Int> {
        func band(_ y: Double) -> Int {
            guard y.isFinite else { return 0 }
            return Int(min(max(y / PageScene.band, 0), Double(areasInBand.count - 1)))
        }
        let first = band(min(top, bottom))
        return first...max(first, band(max(top, bottom)))
    }

    // MARK: Collecting

    private mutating func visit(_ item: FrameItem, block: ClosedRange<Double>?, clip: Rect?) {
        order += 1
        switch item {
        case .text(let run): add(run, block: block, clip: clip)
        case .image: break
        case .link(let link): for item in link.items { visit(item, block: block, clip: clip) }
        case .group(let group):
            let own = group.role == .section ? PageScene.rule(of: group) ?? block : block
            let inner = group.clip.map { $0.cut(to: clip) } ?? clip
            for item in group.items { visit(item, block: own, clip: inner) }
        case .path(let shape): add(shape, clip: clip)
        }
    }

    private mutating func add(_ run: TextRun, block: ClosedRange<Double>?, clip: Rect?) {
        let size = run.style.size
        guard run.width > 0, run.text.contains(where: { $0 != " " }) else { return }
        let box = Rect(x: run.origin.x, y: run.origin.y - 0.727 * size, width: run.width, height: 0.867 * size)
        let inkRight = box.x + run.width * (run.text.last == " " ? 0.96 : 1)
        texts.append(Text(run: run, order: order, block: block, clip: clip, box: box, inkRight: inkRight))
    }

    private mutating func add(_ shape: PathShape, clip: Rect?) {
        // Grid and hairlines lie behind words; lines that mean something may not.
        let isMeant = shape.stroke.map { $0.width >= 0.8 && isDark($0.color) } ?? false
        guard shape.fill != nil || isMeant else { return }
        var points: [Point] = []
        points.reserveCapacity(shape.segments.count)
        for segment in shape.segments {
            switch segment {
            case .move(let point), .line(let point), .curve(_, _, let point): points.append(point)
            case .close: break
            }
        }
        if let fill = shape.fill, let bounds = Rect(around: points) {
            areas.append(
                Area(points: corners.count..<corners.count + points.count, bounds: bounds, fill: fill, order: order))
            corners += points
        }
        guard isMeant else { return }
        for (from, to) in zip(points, points.dropFirst()) {
            lines.append(Line(from: from, to: to, order: order, clip: clip))
        }
    }

    private mutating func isDark(_ color: Color) -> Bool {
        if let known = darkness[color] { return known }
        let isDark = color.contrast(with: Color(0xFFFFFF)) >= 3
        darkness[color] = isDark
        return isDark
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

    // MARK: Asking

    /// The colour of what was last laid there before; paper is white.
    func ground(at point: Point, before order: Int) -> Color {
        let inBand = areasInBand[bands(point.y, point.y).lowerBound]
        let found = inBand.last { index in
            let area = areas[index]
            return area.order < order && area.bounds.holds(point) && holds(area, point)
        }
        return found.map { areas[$0].fill } ?? Color(0xFFFFFF)
    }

    /// The texts that a line goes through, unless something was laid between, in drawing order.
    func struckTexts() -> [Int] {
        var struck: Set<Int> = []
        for line in lines {
            for band in bands(line.from.y, line.to.y) {
                for index in textsInBand[band] where !struck.contains(index) {
                    if isStruck(texts[index], by: line) { struck.insert(index) }
                }
            }
        }
        return struck.sorted()
    }

    private func isStruck(_ text: Text, by line: Line) -> Bool {
        // A line may touch what letters do not fill.
        let heart = Rect(x: text.box.x + 1, y: text.box.y + 1.5, width: text.box.width - 2, height: text.box.height - 3)
        guard heart.width > 0, heart.height > 0 else { return false }
        let box = heart.cut(to: line.clip)
        guard let point = PageScene.entry(line.from, line.to, box) else { return false }
        if line.order > text.order { return true }
        return !areasInBand[bands(point.y, point.y).lowerBound].contains { index in
            let area = areas[index]
            return area.order > line.order && area.order < text.order && area.bounds.holds(point) && holds(area, point)
        }
    }

    // MARK: Geometry

    /// The first point of a segment inside a box (Liang and Barsky 1984, doi:10.1145/357332.357333); nil: it passes by.
    private static func entry(_ from: Point, _ to: Point, _ box: Rect) -> Point? {
        guard box.width > 0, box.height > 0 else { return nil }
        let (dx, dy) = (to.x - from.x, to.y - from.y)
        var (first, last) = (0.0, 1.0)
        let edges = [
            (-dx, from.x - box.x), (dx, box.maxX - from.x), (-dy, from.y - box.y), (dy, box.maxY - from.y),
        ]
        for (step, room) in edges {
            if step == 0 {
                if room <= 0 { return nil }
            } else if step < 0 {
                first = max(first, room / step)
            } else {
                last = min(last, room / step)
            }
        }
        guard first < last else { return nil }
        // A hair inside: on the very edge of what was laid between, rounding would decide.
        let share = min(first + 0.5 / max(abs(dx), abs(dy), 0.5), (first + last) / 2)
        return Point(x: from.x + dx * share, y: from.y + dy * share)
    }

    private func holds(_ area: Area, _ point: Point) -> Bool {
        guard var last = corners[area.points].last else { return false }
        var isInside = false
        for corner in corners[area.points] {
            if (corner.y > point.y) != (last.y > point.y),
                point.x < (last.x - corner.x) * (point.y - corner.y) / (last.y - corner.y) + corner.x {
                isInside.toggle()
            }
            last = corner
        }
        return isInside
    }
}

extension Rect {
    /// The least rectangle around points; nil without any.
    init?(around points: [Point]) {
        guard let first = points.first else { return nil }
        var (left, top, right, bottom) = (first.x, first.y, first.x, first.y)
        for point in points.dropFirst() {
            left = min(left, point.x)
            right = max(right, point.x)
            top = min(top, point.y)
            bottom = max(bottom, point.y)
        }
        self.init(x: left, y: top, width: right - left, height: bottom - top)
    }

    func holds(_ point: Point) -> Bool { point.x >= x && point.x <= maxX && point.y >= y && point.y <= maxY }

    /// What both cover; nil for no limit. Where they do not meet, nothing.
    func cut(to other: Rect?) -> Rect {
        guard let other else { return self }
        let (left, top) = (max(x, other.x), max(y, other.y))
        return Rect(
            x: left, y: top, width: max(min(maxX, other.maxX) - left, 0), height: max(min(maxY, other.maxY) - top, 0))
    }
}
