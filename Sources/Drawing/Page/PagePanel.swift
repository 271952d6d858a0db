/// A block where it was placed on a page: what a picture of its own is drawn from, at any width.
public struct PagePanel: Sendable {
    public var block: Block
    /// On its sheet, in points.
    public var area: Rect
    /// The sheet's place among its page's, from 0.
    public var sheet: Int
    public var theme: Theme

    public init(block: Block, area: Rect, sheet: Int = 0, theme: Theme = .standard) {
        self.block = block
        self.area = area
        self.sheet = sheet
        self.theme = theme
    }

    /// What lies around the block in a picture of its own, in points.
    public static let margin = 12.0

    /// The block as a picture: drawn anew at its own size, not cut out of the page.
    ///
    /// - Parameter width: of the block, in points; nil: as on the page.
    public func picture(width: Double? = nil, measurer: any TextMeasurer) -> Frame {
        let pen = Pen(theme: theme, measurer: measurer)
        let width = width ?? area.width
        let height = block.naturalHeight(width: width, pen: pen)
            ?? max(isOwn(width) ? area.height : area.height * min(width / area.width, 1), block.leastHeight(width: width, pen: pen))
        let margin = PagePanel.margin
        var canvas = Canvas(pen: pen)
        block.draw(on: &canvas, in: Rect(x: margin, y: margin, width: width, height: height))
        return Frame(size: Size(width: width + 2 * margin, height: height + 2 * margin), items: canvas.items)
    }

    /// What the block shows without its words around it, from the frame's corner on.
    public func drawing(width: Double? = nil, measurer: any TextMeasurer) -> Frame {
        let pen = Pen(theme: theme, measurer: measurer)
        let width = width ?? area.width
        let wanted = block.plate.naturalHeight(width: width, pen: pen)
        let least = block.plate.leastHeight(width: width, pen: pen)
        let around = block.leastHeight(width: width, pen: pen) - least
        let height = wanted ?? max(isOwn(width) ? area.height - around : min(area.height - around, width * 0.8), least)
        var canvas = Canvas(pen: pen)
        block.plate.draw(on: &canvas, in: Rect(x: 0, y: 0, width: width, height: height))
        return Frame(size: Size(width: width, height: height), items: canvas.items)
    }

    private func isOwn(_ width: Double) -> Bool { abs(width - area.width) < 0.5 }

    /// What it says, for names and titles: the finding, else what the plate tells first.
    public func title(measurer: any TextMeasurer) -> String {
        block.finding.isEmpty ? drawing(measurer: measurer).items.lazy.compactMap(Self.words).first ?? "" : block.finding
    }

    private static func words(_ item: FrameItem) -> String? {
        switch item {
        case .text(let run): return run.text
        case .path, .image: return nil
        case .link(let link): return link.items.lazy.compactMap(words).first
        case .group(let group):
            if case .artifact = group.role { return nil }
            return group.items.lazy.compactMap(words).first
        }
    }
}

extension LaidPage {
    /// A panel's name in file names and links: `p3-2-only-texts-miss-the-target`, of the page's and its own number and
    /// its title. It stays while the page says the same.
    public static func slug(page: Int, panel: Int, title: String) -> String {
        var words: [String] = []
        var length = 0
        for part in title.lowercased().split(whereSeparator: { !($0.isASCII && ($0.isLetter || $0.isNumber)) }) {
            length += part.count + 1
            if length > 48 { break }
            words.append(String(part))
        }
        return (["p\(page)", "\(panel)"] + words).joined(separator: "-")
    }
}
