import Drawing
import Foundation

/// `page.json`: fills, strokes and texts of one page.
struct DisplayList {
    private struct Item: Decodable {
        var k: String
        var c: [Double]
        var d: String?
        var w: Double?
        var dash: [Double]?
        var s: String?
        var x: Double?
        var y: Double?
        var size: Double?
        var wt: Int?
        var fam: String?
        var tn: Int?
        var tr: Double?
    }

    private let items: [FrameItem]

    init(_ data: Data) throws {
        items = try JSONDecoder().decode([Item].self, from: data).map(DisplayList.item)
    }

    /// The page with everything moved to the right: no run may find the one before in a cache whole.
    func frame(_ offset: Double) -> Frame {
        Frame(
            size: Size(width: 842, height: 595),
            items: [.group(FrameGroup(.figure(alternative: "A page."), items: items.map { $0.moved(offset) }))])
    }

    func pages(_ count: Int, _ run: Int) -> [Frame] {
        (0..<count).map { frame(Double($0) * 0.1 + Double(run) * 0.01) }
    }

    private static func item(_ item: Item) -> FrameItem {
        func byte(_ share: Double) -> UInt32 { UInt32((share * 255).rounded()) }
        // Tints as they look on white: our pages have no transparency.
        let alpha = item.c[3]
        let parts = item.c.prefix(3).map { byte($0 * alpha + 1 - alpha) }
        let color = Color(parts[0] << 16 | parts[1] << 8 | parts[2])
        if let text = item.s {
            var style = TextStyle(
                size: item.size ?? 9, weight: TextStyle.Weight(rawValue: item.wt ?? 400) ?? .regular, color: color)
            style.family = item.fam == "Inter Display" ? .display : .text
            style.tabular = item.tn == 1
            style.tracking = item.tr ?? 0
            return .text(TextRun(text, at: Point(x: item.x ?? 0, y: item.y ?? 0), style: style, width: 0))
        }
        let segments = path(item.d ?? "")
        guard item.k == "s" else { return .path(PathShape(segments, fill: color)) }
        return .path(PathShape(segments, stroke: Stroke(color, width: item.w ?? 1, dash: item.dash ?? [])))
    }

    private static func path(_ text: String) -> [PathShape.Segment] {
        var segments: [PathShape.Segment] = []
        var numbers: [Double] = []
        var command: Character?
        func close() {
            func point(_ index: Int) -> Point { Point(x: numbers[2 * index], y: numbers[2 * index + 1]) }
            switch command {
            case "M": segments.append(.move(point(0)))
            case "L": segments.append(.line(point(0)))
            case "C": segments.append(.curve(point(0), point(1), point(2)))
            default: break
            }
            numbers = []
        }
        for token in text.replacingOccurrences(of: "Z", with: " Z ").split(separator: " ") {
            if let first = token.first, first.isLetter {
                close()
                if first == "Z" { segments.append(.close) }
                command = first == "Z" ? nil : first
                if let number = Double(token.dropFirst()) { numbers.append(number) }
            } else if let number = Double(token) {
                numbers.append(number)
            }
        }
        close()
        // A move that nothing follows draws nothing.
        if case .move? = segments.last { segments.removeLast() }
        return segments
    }
}

extension FrameItem {
    func moved(_ offset: Double) -> FrameItem {
        func moved(_ point: Point) -> Point { Point(x: point.x + offset, y: point.y) }
        switch self {
        case .text(var run):
            run.origin = moved(run.origin)
            return .text(run)
        case .path(var shape):
            shape.segments = shape.segments.map { segment in
                switch segment {
                case .move(let to): .move(moved(to))
                case .line(let to): .line(moved(to))
                case .curve(let one, let two, let to): .curve(moved(one), moved(two), moved(to))
                case .close: .close
                }
            }
            return .path(shape)
        case .image, .group, .link: return self
        }
    }
}
