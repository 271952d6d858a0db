import Drawing

/// Texts that a line passes through: one drawn over them, or one drawn before that no white hides.
struct StrikeChecks {
    private struct Line {
        var from: Point
        var to: Point
        var order: Int
    }
    private struct Patch {
        var area: Rect
        var order: Int
    }

    private var lines: [Line] = []
    private var patches: [Patch] = []
    private var texts: [(run: TextRun, order: Int)] = []
    private var order = 0

    init(_ frame: Frame) {
        for item in frame.items { visit(item) }
    }

    private mutating func visit(_ item: FrameItem) {
        order += 1
        switch item {
        case .text(let run): texts.append((run, order))
        case .path(let shape): note(shape)
        case .image: break
        case .link(let link): for item in link.items { visit(item) }
        case .group(let group): for item in group.items { visit(item) }
        }
    }

    private mutating func note(_ shape: PathShape) {
        let points = shape.segments.compactMap { segment -> Point? in
            switch segment {
            case .move(let point), .line(let point): point
            case .curve(_, _, let point): point
            case .close: nil
            }
        }
        if shape.fill != nil, let first = points.first {
            var area = Rect(x: first.x, y: first.y, width: 0, height: 0)
            for point in points {
                let (right, bottom) = (max(area.maxX, point.x), max(area.maxY, point.y))
                area.x = min(area.x, point.x)
                area.y = min(area.y, point.y)
                area.width = right - area.x
                area.height = bottom - area.y
            }
            patches.append(Patch(area: area, order: order))
        }
        // Pale lines, such as grids and hatches, leave what stands on them legible.
        guard let stroke = shape.stroke, StrikeChecks.isDark(stroke.color) else { return }
        var last: Point?
        for segment in shape.segments {
            switch segment {
            case .move(let point): last = point
            case .line(let point):
                if let from = last { lines.append(Line(from: from, to: point, order: order)) }
                last = point
            case .curve(_, _, let point): last = point
            case .close: break
            }
        }
    }

    private static func isDark(_ color: Color) -> Bool {
        0.2126 * Double(color.red) + 0.7152 * Double(color.green) + 0.0722 * Double(color.blue) < 195
    }

    /// The part of a line inside a box; nil: none of it.
    private static func part(_ line: Line, _ box: Rect) -> (Point, Point)? {
        let (dx, dy) = (line.to.x - line.from.x, line.to.y - line.from.y)
        var (enter, leave) = (0.0, 1.0)
        for (p, q) in [
            (-dx, line.from.x - box.x), (dx, box.maxX - line.from.x), (-dy, line.from.y - box.y), (dy,
                box.maxY - line.from.y),
        ] {
            if p == 0 {
                if q < 0 { return nil }
                continue
            }
            let share = q / p
            if p < 0 { enter = max(enter, share) } else { leave = min(leave, share) }
        }
        guard enter < leave else { return nil }
        return (
            Point(x: line.from.x + enter * dx, y: line.from.y + enter * dy),
            Point(x: line.from.x + leave * dx, y: line.from.y + leave * dy)
        )
    }

    var struck: [String] {
        var found: [String] = []
        for (run, order) in texts {
            let size = run.style.size
            // Between the tops of the small letters and the baseline, without the hair that neighbours may touch.
            let box = Rect(
                x: run.origin.x + 0.8, y: run.origin.y - 0.66 * size, width: max(run.width - 1.6, 0.1),
                    height: 0.6 * size)
            for line in lines {
                guard let part = StrikeChecks.part(line, box) else { continue }
                let isHidden = line.order < order && patches.contains { patch in
                    patch.order > line.order && patch.order < order
                        && [part.0, part.1].allSatisfy {
                            $0.x >= patch.area.x - 0.5 && $0.x <= patch.area.maxX + 0.5 && $0.y >= patch.area.y - 0.5
                                && $0.y <= patch.area.maxY + 0.5
                        }
                }
                if isHidden { continue }
                found.append("\"\(run.text)\" by a line through \(part.0.x), \(part.0.y)")
                break
            }
        }
        return found
    }
}
