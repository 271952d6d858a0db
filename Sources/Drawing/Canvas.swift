/// Collects the items of a drawing: every helper resolves alignment with the measurer and appends to `items`.
public struct Canvas {
    public enum Alignment: String, Hashable, Sendable { case left, center, right }

    public let pen: Pen
    public var items: [FrameItem] = []
    /// Texts that did not fit even at their last resort and were cut with an ellipsis.
    public var shortened: [String] = []

    public init(pen: Pen) { self.pen = pen }

    public var theme: Theme { pen.theme }

    // MARK: Text

    /// One line of text; `x` is its left end, middle or right end. Wider than `limit` it is cut, and reported.
    /// - Returns: what it covers.
    @discardableResult
    public mutating func text(
        _ text: String, x: Double, baseline: Double, _ style: TextStyle, align: Alignment = .left,
        limit: Double? = nil
    ) -> Rect {
        guard !text.isEmpty else { return Rect(x: x, y: baseline, width: 0, height: 0) }
        var shown = text
        if let limit {
            let (cut, wasCut) = pen.fitted(text, style, width: limit)
            if wasCut { shortened.append(text) }
            shown = cut
        }
        let width = pen.width(shown, style)
        let left =
            switch align {
            case .left: x
            case .center: x - width / 2
            case .right: x - width
            }
        let run = TextRun(shown, at: Point(x: left, y: baseline), style: style, width: width)
        items.append(.text(run))
        return pen.bounds(of: run)
    }

    /// A label with its cue before it.
    @discardableResult
    public mutating func label(
        _ label: Label, x: Double, baseline: Double, size: TypeSize = .body, tone: Tone = .text, bold: Bool = false,
        align: Alignment = .left, limit: Double? = nil
    ) -> Rect {
        let style = theme.style(size, label.tone ?? tone, bold: label.bold ?? bold)
        let advance = label.cue == nil ? 0 : Pen.cueAdvance(style.size)
        let room = limit.map { max($0 - advance, style.size) }
        let (shown, wasCut) = room.map { pen.fitted(label.text, style, width: $0) } ?? (label.text, false)
        if wasCut { shortened.append(label.text) }
        let total = pen.width(shown, style) + advance
        let left =
            switch align {
            case .left: x
            case .center: x - total / 2
            case .right: x - total
            }
        if let cue = label.cue { self.cue(cue, x: left, baseline: baseline, style: style) }
        let bounds = text(shown, x: left + advance, baseline: baseline, style)
        return Rect(x: left, y: bounds.y, width: total, height: bounds.height)
    }

    /// Rich text on one line, from the left.
    @discardableResult
    public mutating func line(
        _ rich: RichText, x: Double, baseline: Double, size: TypeSize = .body, tone: Tone = .text, bold: Bool = false,
        align: Alignment = .left, limit: Double = .infinity
    ) -> Rect {
        let laid = pen.lines(rich, size: size, tone: tone, bold: bold, width: limit)
        guard let first = laid.first else { return Rect(x: x, y: baseline, width: 0, height: 0) }
        if laid.count > 1 { shortened.append(rich.plain) }
        let left =
            switch align {
            case .left: x
            case .center: x - first.width / 2
            case .right: x - first.width
            }
        draw(first, x: left, baseline: baseline)
        let height = first.pieces.first?.style.size ?? 0
        return Rect(x: left, y: baseline - Pen.capHeight * height, width: first.width, height: height * 0.95)
    }

    mutating func draw(_ line: Pen.Line, x: Double, baseline: Double) {
        var left = x
        for piece in line.pieces {
            let run = TextRun(piece.text, at: Point(x: left, y: baseline), style: piece.style, width: piece.width)
            items.append(.text(run))
            left += piece.width
        }
    }

    /// A paragraph with word wrap whose first baseline is given. At most `lines` lines; the rest is cut, and reported.
    /// - Returns: the baseline under the last line, where the next one would stand.
    @discardableResult
    public mutating func paragraph(
        _ rich: RichText, x: Double, baseline: Double, width: Double, size: TypeSize = .body, tone: Tone = .text,
        bold: Bool = false, leading: Double = 13.2, lines limit: Int = .max
    ) -> Double {
        guard !rich.isEmpty, limit > 0 else { return baseline }
        let laid = pen.lines(rich, size: size, tone: tone, bold: bold, width: width)
        var y = baseline
        for (index, one) in laid.prefix(limit).enumerated() {
            if index == limit - 1, laid.count > limit {
                shortened.append(rich.plain)
                draw(ended(one, width: width), x: x, baseline: y)
            } else {
                draw(one, x: x, baseline: y)
            }
            y += leading
        }
        return y
    }

    /// A line with an ellipsis at its end.
    private func ended(_ line: Pen.Line, width: Double) -> Pen.Line {
        var line = line
        guard let last = line.pieces.popLast() else { return line }
        let room = width - line.width
        let whole = last.text + " …"
        let text = pen.width(whole, last.style) <= room
            ? whole : pen.fitted(last.text + " and more", last.style, width: room).text
        line.pieces.append((text, last.style, pen.width(text, last.style)))
        return line
    }

    // MARK: Lines and areas

    public mutating func path(_ segments: [PathShape.Segment], fill: Color? = nil, stroke: Stroke? = nil) {
        guard !segments.isEmpty, segments.allSatisfy(\.isFinite) else { return }
        items.append(.path(PathShape(segments, fill: fill, stroke: stroke)))
    }

    public mutating func segment(_ from: Point, _ to: Point, _ stroke: Stroke) {
        path([.move(from), .line(to)], stroke: stroke)
    }

    public mutating func horizontal(y: Double, from x1: Double, to x2: Double, _ stroke: Stroke) {
        segment(Point(x: x1, y: y), Point(x: x2, y: y), stroke)
    }

    public mutating func vertical(x: Double, from y1: Double, to y2: Double, _ stroke: Stroke) {
        segment(Point(x: x, y: y1), Point(x: x, y: y2), stroke)
    }

    /// The rule over a block: thin and ink, or thick and orange over a missed target.
    public mutating func rule(y: Double, from x1: Double, to x2: Double, signal: Bool = false) {
        let width = signal ? theme.signalRuleWidth : theme.ruleWidth
        horizontal(y: y, from: x1, to: x2, Stroke(signal ? theme.orange : theme.ink, width: width))
    }

    public mutating func hairline(y: Double, from x1: Double, to x2: Double) {
        horizontal(y: y, from: x1, to: x2, Stroke(theme.hairline, width: theme.hairlineWidth))
    }

    public mutating func rect(_ area: Rect, fill: Color? = nil, stroke: Stroke? = nil) {
        guard area.width > 0, area.height > 0 else { return }
        path(
            [
                .move(Point(x: area.x, y: area.y)), .line(Point(x: area.maxX, y: area.y)),
                .line(Point(x: area.maxX, y: area.maxY)), .line(Point(x: area.x, y: area.maxY)), .close,
            ], fill: fill, stroke: stroke)
        if let fill, stroke == nil, let edge = theme.edge(of: fill) { self.edge(of: area, edge, fill) }
    }

    /// Themes in which a tint alone is too little: a line just inside the area, and a hatch over the paler part of a signal.
    private mutating func edge(of area: Rect, _ color: Color, _ fill: Color) {
        guard area.width > 2.5, area.height > 2.5 else { return }
        if fill == theme.peach, theme.hatchesPaleSignals { hatch(area, theme.orange, width: 0.7, spacing: 2.6) }
        let inner = Rect(x: area.x + 0.35, y: area.y + 0.35, width: area.width - 0.7, height: area.height - 0.7)
        rect(inner, stroke: Stroke(color, width: 0.7))
    }

    /// A line through points; where they lie thousands on a line, as many of them as can be seen.
    public mutating func polyline(_ points: [Point], _ stroke: Stroke) {
        let points = Decimation.line(points)
        guard let first = points.first, points.count > 1 else { return }
        path([.move(first)] + points.dropFirst().map { .line($0) }, stroke: stroke)
    }

    public mutating func polygon(_ points: [Point], fill: Color) {
        guard let first = points.first, points.count > 2 else { return }
        path([.move(first)] + points.dropFirst().map { .line($0) } + [.close], fill: fill)
    }

    /// Items that belong together, with what they are to a reader who cannot see them.
    public mutating func group(_ role: FrameGroup.Role, clip: Rect? = nil, _ body: (inout Canvas) -> Void) {
        var inner = Canvas(pen: pen)
        body(&inner)
        shortened += inner.shortened
        switch role {
        case .paragraph, .heading: items.append(.group(FrameGroup(role, clip: clip, items: inner.spaced)))
        default: items.append(.group(FrameGroup(role, clip: clip, items: inner.items)))
        }
    }

    /// The items with a space behind every text that another one follows elsewhere: read aloud or copied, the end of
    /// a line and the next line's beginning stay two words. A space draws nothing, and widths stay as they were.
    private var spaced: [FrameItem] {
        var items = items
        for index in items.indices.dropLast() {
            guard case .text(var run) = items[index], run.text.last != " " else { continue }
            if case .text(let next) = items[index + 1], next.origin.y == run.origin.y,
                abs(next.origin.x - run.origin.x - run.width) < 0.05
            {
                continue
            }
            run.text += " "
            items[index] = .text(run)
        }
        return items
    }

    public mutating func link(_ target: FrameLink.Target, area: Rect, _ body: (inout Canvas) -> Void) {
        var inner = Canvas(pen: pen)
        body(&inner)
        shortened += inner.shortened
        items.append(.link(FrameLink(target, area: area, items: inner.items)))
    }
}

extension PathShape.Segment {
    fileprivate var isFinite: Bool {
        switch self {
        case .move(let point), .line(let point): point.x.isFinite && point.y.isFinite
        case .curve(let one, let two, let to):
            [one, two, to].allSatisfy { $0.x.isFinite && $0.y.isFinite }
        case .close: true
        }
    }
}
