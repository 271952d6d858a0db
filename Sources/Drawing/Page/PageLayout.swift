/// A row of blocks on the grid.
public struct PageRow: Sendable {
    public enum Height: Hashable, Sendable {
        /// What its blocks want; a share of what is left when one of them takes what it gets.
        case natural
        /// A share of what fixed rows leave.
        case weight(Double)
        case points(Double)
    }

    /// Blocks one under the other, so many columns wide.
    public struct Cell: Sendable {
        public var span: Int
        public var blocks: [Block]
        public init(span: Int, _ blocks: Block...) {
            self.span = span
            self.blocks = blocks
        }
        public init(span: Int, blocks: [Block]) {
            self.span = span
            self.blocks = blocks
        }
    }

    public var height: Height
    public var cells: [Cell]
    /// Spans add up to 12 or less.
    public init(height: Height = .natural, _ cells: Cell...) {
        self.height = height
        self.cells = cells
    }
    public init(height: Height = .natural, cells: [Cell]) {
        self.height = height
        self.cells = cells
    }
}

/// A finished page, and which texts had to be cut on it.
public struct LaidPage: Hashable, Sendable {
    public var frame: Frame
    /// Texts cut with an ellipsis as a last resort; a page builder may shorten them or warn.
    public var shortened: [String]

    public init(frame: Frame, shortened: [String]) {
        self.frame = frame
        self.shortened = shortened
    }
}

/// Lays out one page: header, rows of blocks, footer.
public struct PageLayout {
    public let format: PageFormat
    public let pen: Pen
    public private(set) var contentTop: Double
    private var canvas: Canvas
    private let footer: PageFooter
    /// What lies between two rows of blocks.
    public static let rowGap = 18.0
    /// What lies between two blocks in one column.
    static let blockGap = 14.0

    public init(
        format: PageFormat = .a4Landscape, theme: Theme = .standard, measurer: any TextMeasurer, header: PageHeader,
        footer: PageFooter
    ) {
        self.format = format
        pen = Pen(theme: theme, measurer: measurer)
        self.footer = footer
        var canvas = Canvas(pen: pen)
        contentTop = header.draw(on: &canvas, format: format)
        self.canvas = canvas
    }

    public func finish() -> LaidPage {
        var canvas = canvas
        footer.draw(on: &canvas, format: format)
        return LaidPage(frame: Frame(size: format.size, items: canvas.items), shortened: canvas.shortened)
    }

    /// One block at a place of its own, for layouts that are not rows.
    public mutating func place(_ block: Block, column: Int, span: Int, top: Double, bottom: Double) {
        let width = format.width(span: span)
        let area = Rect(x: format.x(column: column), y: top, width: width, height: bottom - top)
        block.draw(on: &canvas, in: area)
    }

    /// Rows of blocks from the content's top to its bottom.
    public mutating func add(rows: [PageRow]) {
        guard !rows.isEmpty else { return }
        let gaps = PageLayout.rowGap * Double(rows.count - 1)
        let heights = share(format.contentBottom - contentTop - gaps, among: rows)
        var top = contentTop
        for (row, height) in zip(rows, heights) {
            var column = 0
            for cell in row.cells {
                place(cell, column: column, top: top, height: height)
                column += cell.span
            }
            top += height + PageLayout.rowGap
        }
    }

    private mutating func place(_ cell: PageRow.Cell, column: Int, top: Double, height: Double) {
        let width = format.width(span: cell.span)
        let gaps = PageLayout.blockGap * Double(max(cell.blocks.count - 1, 0))
        let wanted = cell.blocks.map {
            Share(natural: $0.naturalHeight(width: width, pen: pen), least: $0.leastHeight(width: width, pen: pen))
        }
        let heights = Share.divide(height - gaps, among: wanted)
        var y = top
        for (block, height) in zip(cell.blocks, heights) {
            block.draw(on: &canvas, in: Rect(x: format.x(column: column), y: y, width: width, height: height))
            y += height + PageLayout.blockGap
        }
    }

    private func share(_ height: Double, among rows: [PageRow]) -> [Double] {
        let wanted = rows.map { row in
            let parts = row.cells.map { share(of: $0) }
            let least = parts.map(\.least).max() ?? 0
            switch row.height {
            case .points(let points): return Share(natural: points, least: points)
            case .weight(let weight): return Share(natural: nil, least: least, weight: weight)
            case .natural:
                let naturals = parts.compactMap(\.natural)
                return Share(
                    natural: naturals.count == parts.count ? naturals.max() : nil, least: least)
            }
        }
        return Share.divide(height, among: wanted)
    }

    private func share(of cell: PageRow.Cell) -> Share {
        let width = format.width(span: cell.span)
        let gaps = PageLayout.blockGap * Double(max(cell.blocks.count - 1, 0))
        let naturals = cell.blocks.compactMap { $0.naturalHeight(width: width, pen: pen) }
        let least = cell.blocks.reduce(gaps) { $0 + $1.leastHeight(width: width, pen: pen) }
        let all = naturals.count == cell.blocks.count
        return Share(natural: all ? naturals.reduce(gaps, +) : nil, least: least)
    }
}
