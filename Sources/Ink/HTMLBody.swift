import Drawing

/// What a plate drew, as HTML: tables and paragraphs as what they are, figures as SVG.
struct HTMLBody {
    private(set) var text = ""
    private let title: String
    private let theme: Theme
    private let families: FontFamilies
    private let wide: Frame
    private var narrowFigures: [FrameGroup]
    private var figure = 0

    init(wide: Frame, narrow: Frame?, title: String, theme: Theme, families: FontFamilies) {
        self.title = title
        self.families = families
        self.theme = theme
        self.wide = wide
        narrowFigures = HTMLBody.figures(in: narrow?.items ?? [])
        // Drawings that do not pair up are shown as on paper.
        if narrowFigures.count != HTMLBody.figures(in: wide.items).count { narrowFigures = [] }
        add(wide.items)
    }

    private static func figures(in items: [FrameItem]) -> [FrameGroup] {
        items.flatMap { item -> [FrameGroup] in
            switch item {
            case .text, .path, .image: return []
            case .link(let link): return figures(in: link.items)
            case .group(let group):
                switch group.role {
                case .figure: return [group]
                case .artifact, .table, .paragraph, .heading: return []
                default: return figures(in: group.items)
                }
            }
        }
    }

    private mutating func add(_ items: [FrameItem]) {
        for item in items {
            switch item {
            case .path, .image: break
            case .text(let run): text += "<p>\(inline([.text(run)]))</p>\n"
            case .link: text += "<p>\(inline([item]))</p>\n"
            case .group(let group): add(group)
            }
        }
    }

    private mutating func add(_ group: FrameGroup) {
        switch group.role {
        case .figure(let alternative): addFigure(group, alternative)
        case .table: text += HTMLTable(group, theme: theme, families: families).text
        case .heading(let level):
            // The report's name is above the page's headline.
            let tag = "h\(min(max(level + 1, 3), 6))"
            text += "<\(tag)>\(inline(group.items))</\(tag)>\n"
        case .paragraph, .cell, .headerCell:
            addParagraph(group.items)
        case .artifact: break
        case .section, .row, .none: add(group.items)
        }
    }

    /// A name on the left and its value far on the right are kept apart here, too.
    private mutating func addParagraph(_ items: [FrameItem]) {
        for (index, pair) in zip(items, items.dropFirst()).enumerated() {
            guard case .text(let one) = pair.0, case .text(let next) = pair.1, abs(one.origin.y - next.origin.y) < 0.5,
                next.origin.x - one.origin.x - one.width > 14
            else { continue }
            let (name, value) = (inline(Array(items.prefix(index + 1))), inline(Array(items.dropFirst(index + 1))))
            text += "<p class=\"fact\"><span>\(name)</span> <span>\(value)</span></p>\n"
            return
        }
        let words = inline(items)
        if !words.isEmpty { text += "<p>\(words)</p>\n" }
    }

    private mutating func addFigure(_ group: FrameGroup, _ alternative: String) {
        let narrow = narrowFigures.indices.contains(figure) ? narrowFigures[figure] : nil
        figure += 1
        let words = alternative.isEmpty ? WordSpacing.text(of: group.items) : alternative
        text += svg(group, width: wide.size.width, words, kind: narrow == nil ? "" : "w")
        if let narrow { text += svg(narrow, width: HTMLWriter.narrow, words, kind: "n") }
    }

    /// As wide as the plate, so that all drawings of a page have type of one size; as high as what is drawn.
    private func svg(_ group: FrameGroup, width: Double, _ alternative: String, kind: String) -> String {
        guard let bounds = FrameBounds.of(group.items) else { return "" }
        let left = min(bounds.x - 1, 0)
        let right = max(bounds.maxX + 1, width)
        let box = Rect(x: left, y: bounds.y - 2, width: right - left, height: bounds.height + 4)
        return inlineSVG(group.items, box: box, title: title, description: alternative, kind: kind, families: families)
    }

    private func inline(_ items: [FrameItem]) -> String { HTMLInline(theme: theme).text(items) }
}

/// What stands on one line or in one cell: words, emphasis, links, and small marks as drawings.
struct HTMLInline {
    let theme: Theme

    func text(_ items: [FrameItem]) -> String {
        let parts = WordSpacing.separated(items)
        return write(parts).trimmed
    }

    private func write(_ items: [FrameItem]) -> String {
        items.map { item -> String in
            switch item {
            case .text(let run): return words(run)
            case .path, .image: return ""
            case .link(let link):
                let inner = write(link.items)
                switch link.target {
                case .uri(let uri): return "<a href=\"\(markup(percentEncoded(uri)))\">\(inner)</a>"
                case .page(let page): return "<a href=\"#p\(page)\">\(inner)</a>"
                }
            case .group(let group):
                if case .artifact = group.role { return "" }
                return write(group.items)
            }
        }.joined()
    }

    private func words(_ run: TextRun) -> String {
        var words = HTMLText.glued(run.text)
        let trailing = words.last == " " ? " " : ""
        if !trailing.isEmpty { words.removeLast() }
        if run.style.color == theme.orange { words = "<span class=\"bad\">\(words)</span>" }
        if run.style.color == theme.blue { words = "<span class=\"good\">\(words)</span>" }
        if run.style.weight.rawValue >= 600 { words = "<strong>\(words)</strong>" }
        return words + trailing
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        while text.first == " " { text.removeFirst() }
        return String(text)
    }
}

/// What items cover, strokes and letters included.
enum FrameBounds {
    static func of(_ items: [FrameItem]) -> Rect? {
        var box: (left: Double, top: Double, right: Double, bottom: Double)?
        func add(_ rect: Rect) {
            guard let known = box else {
                box = (rect.x, rect.y, rect.maxX, rect.maxY)
                return
            }
            box = (
                min(known.left, rect.x), min(known.top, rect.y), max(known.right, rect.maxX),
                max(known.bottom, rect.maxY)
            )
        }
        for item in items {
            switch item {
            case .text(let run):
                let size = run.style.size
                add(Rect(x: run.origin.x, y: run.origin.y - size * 0.95, width: run.width, height: size * 1.2))
            case .image(let image): add(image.frame)
            case .path(let shape): if let bounds = of(shape) { add(bounds) }
            case .link(let link): if let bounds = of(link.items) { add(bounds) }
            case .group(let group):
                guard let bounds = of(group.items) else { continue }
                add(group.clip.map { cut(bounds, to: $0) } ?? bounds)
            }
        }
        return box.map { Rect(x: $0.left, y: $0.top, width: $0.right - $0.left, height: $0.bottom - $0.top) }
    }

    private static func of(_ shape: PathShape) -> Rect? {
        var points: [Point] = []
        for segment in shape.segments {
            switch segment {
            case .move(let point), .line(let point): points.append(point)
            case .curve(let a, let b, let c): points += [a, b, c]
            case .close: break
            }
        }
        guard let first = points.first else { return nil }
        let half = (shape.stroke?.width ?? 0) / 2
        var (left, top, right, bottom) = (first.x, first.y, first.x, first.y)
        for point in points {
            (left, right) = (min(left, point.x), max(right, point.x))
            (top, bottom) = (min(top, point.y), max(bottom, point.y))
        }
        return Rect(x: left - half, y: top - half, width: right - left + 2 * half, height: bottom - top + 2 * half)
    }

    private static func cut(_ rect: Rect, to clip: Rect) -> Rect {
        let (left, top) = (max(rect.x, clip.x), max(rect.y, clip.y))
        return Rect(
            x: left, y: top, width: max(min(rect.maxX, clip.maxX) - left, 0),
            height: max(min(rect.maxY, clip.maxY) - top, 0))
    }
}
