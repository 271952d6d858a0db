import CPango
import Drawing

/// How paths meet pixels.
extension PathShape {
    /// Whether every line runs along an axis, so that snapping keeps its shape.
    var isAxisAligned: Bool {
        var start = Point(x: 0, y: 0)
        var here = start
        for segment in segments {
            switch segment {
            case .move(let p):
                (start, here) = (p, p)
            case .line(let p):
                guard p.x == here.x || p.y == here.y else { return false }
                here = p
            case .curve:
                return false
            case .close:
                guard here.x == start.x || here.y == start.y else { return false }
                here = start
            }
        }
        return true
    }

    /// The box of a rectangle that leaves nothing of a page free; nil for any other shape.
    func covering(_ page: Size) -> Rect? {
        guard (4...5).contains(segments.lazy.filter { $0 != .close }.count), isAxisAligned else { return nil }
        var (low, high) = (Point(x: .infinity, y: .infinity), Point(x: -.infinity, y: -.infinity))
        for segment in segments {
            switch segment {
            case .move(let p), .line(let p):
                low = Point(x: min(low.x, p.x), y: min(low.y, p.y))
                high = Point(x: max(high.x, p.x), y: max(high.y, p.y))
            case .curve, .close: break
            }
        }
        guard low.x <= 0, low.y <= 0, high.x >= page.width, high.y >= page.height else { return nil }
        return Rect(x: low.x, y: low.y, width: high.x - low.x, height: high.y - low.y)
    }

    /// Lines on pixel centres when their width is an odd number of pixels, on pixel edges when even.
    func strokeSnapped(pixels: Double, scale: Double) -> [Segment] {
        let isOdd = pixels.truncatingRemainder(dividingBy: 2) == 1
        return moved { value in
            isOdd ? ((value * scale).rounded(.down) + 0.5) / scale : (value * scale).rounded() / scale
        }
    }

    /// A rule drawn as a thin rectangle: its edges on pixel edges, at least one pixel apart.
    func thinFillSnapped(scale: Double) -> [Segment] {
        let points = segments.compactMap { segment -> Point? in
            switch segment {
            case .move(let p), .line(let p): p
            case .curve, .close: nil
            }
        }
        guard let minX = points.map(\.x).min(), let maxX = points.map(\.x).max(),
            let minY = points.map(\.y).min(), let maxY = points.map(\.y).max()
        else { return segments }
        func edge(_ value: Double) -> Double { (value * scale).rounded() / scale }
        func thinEdge(_ value: Double, _ low: Double, _ high: Double) -> Double {
            let pixels = max(1, ((high - low) * scale).rounded())
            return value == low ? edge(low) : edge(low) + pixels / scale
        }
        let isThinX = maxX - minX > 0 && (maxX - minX) * scale < 4
        let isThinY = maxY - minY > 0 && (maxY - minY) * scale < 4
        guard isThinX || isThinY, Set(points).count <= 4 else { return segments }
        return segments.map { segment in
            func snapped(_ p: Point) -> Point {
                Point(
                    x: isThinX ? thinEdge(p.x, minX, maxX) : p.x,
                    y: isThinY ? thinEdge(p.y, minY, maxY) : p.y)
            }
            return switch segment {
            case .move(let p): .move(snapped(p))
            case .line(let p): .line(snapped(p))
            case .curve, .close: segment
            }
        }
    }

    private func moved(_ snap: (Double) -> Double) -> [Segment] {
        segments.map { segment in
            switch segment {
            case .move(let p): .move(Point(x: snap(p.x), y: snap(p.y)))
            case .line(let p): .line(Point(x: snap(p.x), y: snap(p.y)))
            case .curve, .close: segment
            }
        }
    }
}

extension Painter {
    /// Points in one stroke: Cairo's time on images grows with their square.
    private static var chunk: Int { 256 }

    /// Strokes long polylines piece by piece. Each piece begins one line before the end of the last, so that the
    /// joint is drawn as one.
    func strokeInChunks(_ segments: [PathShape.Segment], _ stroke: Stroke, isAxisAligned: Bool) {
        guard segments.count > Painter.chunk, let points = Painter.polyline(segments) else {
            trace(segments)
            set(stroke, isAxisAligned: isAxisAligned)
            cairo_stroke(cairo)
            return
        }
        var first = 0
        var length = 0.0
        while first < points.count - 1 {
            let last = min(first + Painter.chunk, points.count - 1)
            cairo_move_to(cairo, points[first].x, points[first].y)
            for point in points[(first + 1)...last] { cairo_line_to(cairo, point.x, point.y) }
            set(stroke, isAxisAligned: isAxisAligned, dashOffset: length)
            cairo_stroke(cairo)
            guard last < points.count - 1 else { break }
            for index in first..<(last - 1) { length += points[index].distance(to: points[index + 1]) }
            first = last - 1
        }
    }

    /// The points of an open polyline; nil for anything else.
    private static func polyline(_ segments: [PathShape.Segment]) -> [Point]? {
        var points: [Point] = []
        points.reserveCapacity(segments.count)
        for (index, segment) in segments.enumerated() {
            switch segment {
            case .move(let p) where index == 0: points.append(p)
            case .line(let p) where index > 0: points.append(p)
            default: return nil
            }
        }
        return points
    }
}

extension Point {
    fileprivate func distance(to other: Point) -> Double {
        ((x - other.x) * (x - other.x) + (y - other.y) * (y - other.y)).squareRoot()
    }
}
