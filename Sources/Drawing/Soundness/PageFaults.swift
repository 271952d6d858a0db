/// Walks a page as a reader's eye does and names everything that may not happen on it.
///
/// Texts are held against neighbours in bands of the page alone: a page takes some tenths of a millisecond.
public struct PageFaults {
    /// The smallest type, in points.
    public static let leastSize = 8.0
    /// The least contrast of text (WCAG 2.2, 1.4.3).
    public static let leastContrast = 4.5

    private let scene: PageScene
    private let size: Size
    private let margin: Double

    /// - Parameter margin: of the sheet, in points; texts outside blocks may not leave it.
    public init(_ frame: Frame, margin: Double) {
        scene = PageScene(frame)
        size = frame.size
        self.margin = margin
    }

    public init(_ frame: Frame, format: PageFormat) { self.init(frame, margin: format.margin) }

    /// Every fault of the page, by kind and in drawing order.
    public var all: [PageFault] { small + outside + overlapping + faint + struck }

    private var small: [PageFault] {
        scene.texts.compactMap { text in
            let size = text.run.style.size
            return size < PageFaults.leastSize ? PageFault(.small, text.run.text, "\(FramePrinter.number(size)) pt") : nil
        }
    }

    /// Texts that leave the sheet's margins, their block's column or what they are clipped to; a space at a line's end
    /// draws nothing.
    private var outside: [PageFault] {
        let sheet = (margin - 1)...(max(size.width - margin, margin) + 1)
        return scene.texts.compactMap { text in
            let right = text.inkRight
            let column = text.block ?? sheet
            let isInside = text.box.x >= column.lowerBound - 1.5 && right <= column.upperBound + 1.5
                && text.box.y >= min(margin, 20) && text.box.maxY <= size.height - min(margin, 12)
            if !isInside {
                let (x, y) = (FramePrinter.number(text.box.x), FramePrinter.number(text.box.y))
                let from = FramePrinter.number(column.lowerBound), to = FramePrinter.number(column.upperBound)
                return PageFault(
                    .outside, text.run.text, "at \(x), \(y) to \(FramePrinter.number(right)), where \(from) to \(to) is its room")
            }
            guard let clip = text.clip else { return nil }
            let isWhole = text.box.x >= clip.x - 1 && right <= clip.maxX + 1
                && text.run.origin.y <= clip.maxY + 1 && text.box.y >= clip.y - 1
            return isWhole ? nil : PageFault(.outside, text.run.text, "is cut off")
        }
    }

    private var overlapping: [PageFault] {
        let texts = scene.texts
        let byTop = texts.indices.sorted { (texts[$0].box.y, $0) < (texts[$1].box.y, $1) }
        var pairs: [(Int, Int)] = []
        for (place, index) in byTop.enumerated() {
            let box = texts[index].box
            for other in byTop[(place + 1)...] {
                let next = texts[other].box
                if next.y >= box.maxY - 0.3 { break }
                if box.x < next.maxX - 0.3, next.x < box.maxX - 0.3, box.y < next.maxY - 0.3 {
                    pairs.append((min(index, other), max(index, other)))
                }
            }
        }
        return pairs.sorted { $0 < $1 }.map {
            PageFault(.overlapping, texts[$0.0].run.text, "\"\(texts[$0.1].run.text)\"")
        }
    }

    /// Texts with less than 4.5 : 1 against what lies under them, at the beginning, in the middle or at the end.
    private var faint: [PageFault] {
        var known: [Pair: Double] = [:]
        return scene.texts.compactMap { text in
            var least = Double.infinity
            for share in [0.05, 0.5, 0.95] {
                let point = Point(x: text.box.x + text.run.width * share, y: text.box.midY)
                let pair = Pair(text: text.run.style.color, ground: scene.ground(at: point, before: text.order))
                let ratio = known[pair] ?? pair.text.contrast(with: pair.ground)
                known[pair] = ratio
                least = min(least, ratio)
            }
            guard least < PageFaults.leastContrast else { return nil }
            return PageFault(.faint, text.run.text, FramePrinter.number((least * 10).rounded(.down) / 10))
        }
    }

    private struct Pair: Hashable {
        var text: Color
        var ground: Color
    }

    /// Texts with a line through them, unless something was laid between.
    private var struck: [PageFault] {
        scene.struckTexts().map { PageFault(.struck, scene.texts[$0].run.text) }
    }
}
