import Drawing

/// Everything that may not happen on a page, as text, so that a failing check names the offender.
struct FrameChecks {
    private(set) var runs: [TextRun] = []
    private(set) var alternatives: [String] = []
    private(set) var faults: [String] = []
    /// What paths are made of, all together.
    private(set) var segments = 0
    /// What paths cover, without those that a clip cuts.
    private(set) var marks: [Rect] = []

    init(_ frame: Frame) {
        for item in frame.items { visit(item, inFigure: false, isClipped: false) }
    }

    private mutating func visit(_ item: FrameItem, inFigure: Bool, isClipped: Bool) {
        switch item {
        case .text(let run): runs.append(run)
        case .path(let shape): check(shape, isClipped: isClipped)
        case .image: break
        case .link(let link): for item in link.items { visit(item, inFigure: inFigure, isClipped: isClipped) }
        case .group(let group):
            var inside = inFigure
            if case .figure(let alternative) = group.role {
                if inFigure { faults.append("a figure inside a figure: \(alternative)") }
                if alternative.isEmpty { faults.append("a figure without alternative text") }
                alternatives.append(alternative)
                inside = true
            }
            if group.role == .table { checkTable(group) }
            for item in group.items { visit(item, inFigure: inside, isClipped: isClipped || group.clip != nil) }
        }
    }

    private mutating func check(_ shape: PathShape, isClipped: Bool) {
        segments += shape.segments.count
        var box: (low: Point, high: Point)?
        for segment in shape.segments {
            let points: [Point] =
                switch segment {
                case .move(let point), .line(let point): [point]
                case .curve(let one, let two, let three): [one, two, three]
                case .close: []
                }
            for point in points where !point.x.isFinite || !point.y.isFinite {
                faults.append("a path through \(point.x), \(point.y)")
                return
            }
            for point in points {
                let (low, high) = box ?? (point, point)
                box = (
                    Point(x: min(low.x, point.x), y: min(low.y, point.y)),
                    Point(x: max(high.x, point.x), y: max(high.y, point.y))
                )
            }
        }
        guard let box, !isClipped else { return }
        marks.append(Rect(x: box.low.x, y: box.low.y, width: box.high.x - box.low.x, height: box.high.y - box.low.y))
    }

    /// Paths that leave an area.
    func marksOutside(_ area: Rect, slack: Double) -> [String] {
        marks.filter {
            $0.x < area.x - slack || $0.maxX > area.maxX + slack || $0.y < area.y - slack || $0.maxY > area.maxY + slack
        }.map { "a path at \($0.x), \($0.y) to \($0.maxX), \($0.maxY)" }
    }

    /// Every row has the same number of cells.
    private mutating func checkTable(_ table: FrameGroup) {
        var counts: Set<Int> = []
        for case .group(let row) in table.items where row.role == .row { counts.insert(row.items.count) }
        if counts.count > 1 { faults.append("a table with rows of \(counts.sorted()) cells") }
    }

    static func bounds(_ run: TextRun) -> Rect {
        Rect(
            x: run.origin.x, y: run.origin.y - 0.727 * run.style.size, width: run.width,
            height: 0.727 * run.style.size + 0.14 * run.style.size)
    }

    /// Texts under 8 points.
    var tiny: [String] { runs.filter { $0.style.size < 8 }.map { "\($0.style.size) pt: \($0.text)" } }

    /// Texts that leave an area, but for a hair.
    func outside(_ area: Rect, slack: Double = 1.2) -> [String] {
        runs.compactMap { run in
            let box = FrameChecks.bounds(run)
            let inside =
                box.x >= area.x - slack && box.maxX <= area.maxX + slack && box.y >= area.y - slack
                && box.maxY <= area.maxY + slack
            return inside ? nil : "\"\(run.text)\" at \(box.x), \(box.y) to \(box.maxX), \(box.maxY)"
        }
    }

    /// Pairs of texts whose boxes overlap.
    var overlapping: [String] {
        var found: [String] = []
        for (index, one) in runs.enumerated() {
            let a = FrameChecks.bounds(one)
            for other in runs.dropFirst(index + 1) {
                let b = FrameChecks.bounds(other)
                if a.x < b.maxX - 0.3, b.x < a.maxX - 0.3, a.y < b.maxY - 0.3, b.y < a.maxY - 0.3 {
                    found.append("\"\(one.text)\" and \"\(other.text)\"")
                }
            }
        }
        return found
    }

    /// Text widths that are not what the measurer says; a space at the end of a line does not count.
    func mismeasured(_ measurer: any TextMeasurer) -> [String] {
        runs.filter { run in
            var text = Substring(run.text)
            while text.last == " " { text.removeLast() }
            let bare = measurer.width(of: String(text), style: run.style)
            let whole = measurer.width(of: run.text, style: run.style)
            return run.width < bare - 0.6 || run.width > whole + 0.6
        }.map { "\"\($0.text)\" \($0.width)" }
    }
}
