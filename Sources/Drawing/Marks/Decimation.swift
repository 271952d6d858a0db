/// What 100,000 points look like on paper: two of each narrow column, the lowest and the highest, in their order.
///
/// Engines that draw polylines need time that grows with the square of the points, and nobody sees more than this.
enum Decimation {
    /// In points; at 150 dots an inch a pixel is 0.48.
    static let column = 0.5
    /// Fewer points are left as they are.
    static let from = 1_000

    /// The points of a line that never runs back, at most two a column and both ends; any other line as it is.
    static func line(_ points: [Point]) -> [Point] {
        guard points.count > from, let first = points.first, let last = points.last else { return points }
        guard zip(points, points.dropFirst()).allSatisfy({ $0.x <= $1.x + 1e-6 }) else { return points }
        var kept = [first]
        var start = 0
        while start < points.count {
            let place = (points[start].x / column).rounded(.down)
            var (low, high) = (start, start)
            var end = start
            while end < points.count, (points[end].x / column).rounded(.down) == place {
                if points[end].y < points[low].y { low = end }
                if points[end].y > points[high].y { high = end }
                end += 1
            }
            kept.append(points[min(low, high)])
            if low != high { kept.append(points[max(low, high)]) }
            start = end
        }
        kept.append(last)
        return kept
    }

    typealias Upright = (x: Double, top: Double, bottom: Double)

    /// Upright lines, of each column one that covers them all.
    static func uprights(_ lines: [Upright]) -> [Upright] {
        guard lines.count > from else { return lines }
        var kept: [Upright] = []
        var place = -Double.infinity
        for line in lines {
            let here = (line.x / column).rounded(.down)
            if here == place, let last = kept.last {
                kept[kept.count - 1] = (last.x, min(last.top, line.top), max(last.bottom, line.bottom))
            } else {
                kept.append(line)
                place = here
            }
        }
        return kept
    }

    /// Of columns thinner than can be seen, in each half point that of the highest rank, in their order; of wider ones
    /// all.
    static func columns(_ count: Int, step: Double, rank: (Int) -> Double) -> [Int] {
        guard count > from, step > 0, step < column else { return Array(0..<count) }
        var kept: [Int] = []
        var place = -1
        for index in 0..<count {
            let here = Int(Double(index) * step / column)
            if here != place {
                kept.append(index)
                place = here
            } else if let last = kept.last, rank(index) > rank(last) {
                kept[kept.count - 1] = index
            }
        }
        return kept
    }

    /// Of thousands of labels as many as may find a place under an axis, evenly, and the last.
    static func labels(_ order: [Int]) -> [Int] {
        guard order.count > 400, let last = order.last else { return order }
        let every = order.count / 200
        return order.indices.filter { $0 % every == 0 && order[$0] != last }.map { order[$0] } + [last]
    }

    /// Dots, of each small square the first.
    static func dots<Dot>(_ dots: [Dot], at place: (Dot) -> Point, side: Double = 4) -> [Dot] {
        guard dots.count > from else { return dots }
        var taken: Set<Point> = []
        return dots.filter { dot in
            let point = place(dot)
            return taken.insert(
                Point(x: (point.x / side).rounded(.down), y: (point.y / side).rounded(.down))).inserted
        }
    }
}
