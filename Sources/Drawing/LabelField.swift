/// Finds free places for labels: none lies on another label, and none on a line or mark if that can be helped.
struct LabelField {
    private var marks: [Rect] = []
    private var labels: [Rect] = []
    /// Labels stay inside it.
    var bounds: Rect

    init(bounds: Rect) { self.bounds = bounds }

    /// A place, and whether it lies on a mark, so that the label needs a halo.
    struct Place {
        var area: Rect
        var needsHalo: Bool
    }

    mutating func block(_ area: Rect) { marks.append(area) }
    mutating func block(label area: Rect) { labels.append(area) }

    /// A line that no label should lie on.
    mutating func block(from: Point, to: Point, width: Double = 1.5) {
        if from.x == to.x || from.y == to.y {
            marks.append(
                Rect(
                    x: min(from.x, to.x) - width / 2, y: min(from.y, to.y) - width / 2,
                    width: abs(to.x - from.x) + width, height: abs(to.y - from.y) + width))
            return
        }
        // A slanting line is a chain of small boxes, one every 4 points.
        let length = max(abs(to.x - from.x), abs(to.y - from.y))
        let count = max(Int(min(length / 4, 400)), 1)
        for index in 0...count {
            let share = Double(index) / Double(count)
            marks.append(
                Rect(
                    x: from.x + (to.x - from.x) * share - width / 2, y: from.y + (to.y - from.y) * share - width / 2,
                    width: width, height: width))
        }
    }

    mutating func block(polyline points: [Point], width: Double = 1.5) {
        for (from, to) in zip(points, points.dropFirst()) { block(from: from, to: to, width: width) }
    }

    /// Inside `frame`, and on no label, line or mark.
    func isFree(_ area: Rect, within frame: Rect) -> Bool {
        area.x >= frame.x && area.maxX <= frame.maxX && isInside(area)
            && !(labels + marks).contains { LabelField.overlap($0, area) }
    }

    /// The candidate free of labels that lies on the fewest marks, the first of equals; nil when labels are everywhere.
    /// It is then taken.
    mutating func place(_ candidates: [Rect]) -> Place? {
        var best: (area: Rect, struck: Int)?
        for area in candidates where isInside(area) {
            if labels.contains(where: { LabelField.overlap($0, area) }) { continue }
            let struck = marks.reduce(0) { $0 + (LabelField.overlap($1, area) ? 1 : 0) }
            if struck < best?.struck ?? .max { best = (area, struck) }
            if struck == 0 { break }
        }
        guard let best else { return nil }
        labels.append(best.area)
        return Place(area: best.area, needsHalo: best.struck > 0)
    }

    private func isInside(_ area: Rect) -> Bool {
        area.x >= bounds.x - 0.01 && area.maxX <= bounds.maxX + 0.01 && area.y >= bounds.y - 0.01
            && area.maxY <= bounds.maxY + 0.01
    }

    static func overlap(_ a: Rect, _ b: Rect, by slack: Double = 0.05) -> Bool {
        a.x < b.maxX - slack && b.x < a.maxX - slack && a.y < b.maxY - slack && b.y < a.maxY - slack
    }
}

extension LabelField {
    /// Boxes of a size around a point: right, left, above, below, then the corners, then farther out.
    static func around(_ point: Point, size: Size, gap: Double) -> [Rect] {
        var boxes: [Rect] = []
        for distance in [gap, gap + 6, gap + 14] {
            let right = point.x + distance
            let left = point.x - distance - size.width
            let above = point.y - distance - size.height
            let below = point.y + distance
            let midX = point.x - size.width / 2
            let midY = point.y - size.height / 2
            let corners: [(Double, Double)] = [
                (right, midY), (midX, above), (midX, below), (left, midY), (right, above), (right, below),
                (left, above), (left, below),
            ]
            boxes += corners.map { Rect(x: $0.0, y: $0.1, width: size.width, height: size.height) }
        }
        return boxes
    }
}
