/// The small marks of the charts: points, triangles, checks, hatching, likely ranges.
extension Canvas {
    /// A circle of four Bézier arcs (error under 0.03 % of the radius).
    public mutating func circle(_ center: Point, radius r: Double, fill: Color? = nil, stroke: Stroke? = nil) {
        let k = 0.5522847498 * r
        let (x, y) = (center.x, center.y)
        path(
            [
                .move(Point(x: x + r, y: y)),
                .curve(Point(x: x + r, y: y + k), Point(x: x + k, y: y + r), Point(x: x, y: y + r)),
                .curve(Point(x: x - k, y: y + r), Point(x: x - r, y: y + k), Point(x: x - r, y: y)),
                .curve(Point(x: x - r, y: y - k), Point(x: x - k, y: y - r), Point(x: x, y: y - r)),
                .curve(Point(x: x + k, y: y - r), Point(x: x + r, y: y - k), Point(x: x + r, y: y)),
                .close,
            ], fill: fill, stroke: stroke)
    }

    /// A point that is still open or too new: white inside.
    public mutating func hollow(_ center: Point, radius: Double, _ color: Color, width: Double = 1.4) {
        circle(center, radius: radius, fill: theme.white, stroke: Stroke(color, width: width))
    }

    /// A filled triangle in a box as wide as `size`, its middle at `center`.
    public mutating func triangle(_ center: Point, size: Double, up: Bool, _ color: Color) {
        let half = size / 2
        let rise = size * 0.43
        let sign = up ? -1.0 : 1.0
        polygon(
            [
                Point(x: center.x - half, y: center.y - sign * rise),
                Point(x: center.x + half, y: center.y - sign * rise),
                Point(x: center.x, y: center.y + sign * rise),
            ], fill: color)
    }

    public mutating func check(_ center: Point, size: Double, _ color: Color, width: Double = 1.6) {
        polyline(
            [
                Point(x: center.x - size * 0.5, y: center.y + size * 0.02),
                Point(x: center.x - size * 0.14, y: center.y + size * 0.38),
                Point(x: center.x + size * 0.5, y: center.y - size * 0.38),
            ], Stroke(color, width: width))
    }

    /// The cue before a text that begins at `x`.
    mutating func cue(_ cue: Cue, x: Double, baseline: Double, style: TextStyle) {
        let size = style.size
        let middle = Point(x: x + size * 0.42, y: baseline - Pen.capHeight * size / 2)
        let stroke = Stroke(style.color, width: max(1.2, size * 0.14))
        switch cue {
        case .up: triangle(middle, size: size * 0.72, up: true, style.color)
        case .down: triangle(middle, size: size * 0.72, up: false, style.color)
        case .dot: circle(middle, radius: size * 0.3, fill: style.color)
        case .ring: circle(middle, radius: size * 0.34, stroke: stroke)
        case .check: check(middle, size: size * 0.78, style.color)
        case .clock:
            circle(middle, radius: size * 0.4, stroke: stroke)
            polyline(
                [
                    Point(x: middle.x, y: middle.y - size * 0.24), middle,
                    Point(x: middle.x + size * 0.16, y: middle.y + size * 0.1),
                ], Stroke(style.color, width: stroke.width * 0.8))
        case .minus:
            circle(middle, radius: size * 0.4, stroke: stroke)
            horizontal(y: middle.y, from: middle.x - size * 0.18, to: middle.x + size * 0.18, stroke)
        }
    }

    /// Diagonal lines inside an area: closed times in grey, missing exports in orange with an outline.
    public mutating func hatch(_ area: Rect, _ color: Color, width: Double = 0.5, spacing: Double = 3.2) {
        guard area.width > 0, area.height > 0 else { return }
        var segments: [PathShape.Segment] = []
        // Lines start on multiples of the spacing of the page, so that neighbouring areas continue one another.
        let first = ((area.x + area.y) / spacing).rounded(.up) * spacing
        var sum = first
        while sum < area.maxX + area.maxY {
            let start = Point(x: max(area.x, sum - area.maxY), y: min(area.maxY, sum - area.x))
            let end = Point(x: min(area.maxX, sum - area.y), y: max(area.y, sum - area.maxX))
            if end.x > start.x { segments += [.move(start), .line(end)] }
            sum += spacing
        }
        path(segments, stroke: Stroke(color, width: width))
    }

    public mutating func closedHatch(_ area: Rect) { hatch(area, theme.hatch, width: 0.6) }

    public mutating func missingHatch(_ area: Rect) {
        hatch(area, theme.orange, width: 0.8, spacing: 3)
        rect(area, stroke: Stroke(theme.orange, width: 0.8))
    }

    /// A likely range: a line, with end ticks when they are to be read.
    public mutating func likelyRange(
        _ from: Point, _ to: Point, _ color: Color, width: Double, ends: Double = 0
    ) {
        let stroke = Stroke(color, width: width)
        segment(from, to, stroke)
        guard ends > 0 else { return }
        for point in [from, to] {
            if from.x == to.x {
                horizontal(y: point.y, from: point.x - ends, to: point.x + ends, stroke)
            } else {
                vertical(x: point.x, from: point.y - ends, to: point.y + ends, stroke)
            }
        }
    }

    /// White behind a text, where lines pass.
    public mutating func halo(_ area: Rect, by margin: Double = 2.5) {
        rect(
            Rect(
                x: area.x - margin, y: area.y - margin * 0.6, width: area.width + 2 * margin,
                height: area.height + margin * 1.2), fill: theme.white)
    }

    /// What stands in a row instead of a bar: the reason why there is no number.
    ///
    /// - Parameter textEnd: the words end before it, where a target line crosses the area.
    mutating func absence(_ reading: Reading, in area: Rect, textEnd: Double = .infinity) {
        let before = min(textEnd, area.maxX) - area.x
        let needed = pen.width(reading.reason ?? "", theme.style(.body, .text, bold: true)) + 10
        let room = before >= needed ? before : area.width
        let center = area.x + room / 2
        let baseline = area.midY + Pen.capHeight * theme.bodySize / 2
        switch reading {
        case .value: break
        case .tooFew(let reason):
            let style = theme.style(.body, .text)
            horizontal(
                y: area.midY, from: area.x, to: area.maxX,
                Stroke(theme.axis, width: 0.9, dash: [0.9, 2.6]))
            let shown = pen.fitted(reason, style, width: room - 4).text
            let wide = pen.width(shown, style)
            halo(Rect(x: center - wide / 2, y: baseline - 7, width: wide, height: 9), by: 3)
            text(reason, x: center, baseline: baseline, style, align: .center, limit: room - 4)
        case .missing(let reason):
            let style = theme.style(.body, .bad, bold: true)
            let height = min(area.height, 13)
            let box = Rect(x: area.x, y: area.midY - height / 2, width: area.width, height: height)
            missingHatch(box)
            let shown = pen.fitted(reason, style, width: room - 8).text
            let wide = pen.width(shown, style)
            rect(
                Rect(x: center - wide / 2 - 3, y: box.y + 1, width: wide + 6, height: height - 2),
                fill: theme.white)
            text(reason, x: center, baseline: baseline, style, align: .center, limit: room - 8)
        }
    }
}
