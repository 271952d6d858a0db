/// A finished page, and which texts had to be cut on it.
public struct LaidPage: Hashable, Sendable {
    /// Its first sheet.
    public var frame: Frame
    /// The sheets on which it goes on, each with the header repeated.
    public var continued: [Frame]
    /// Texts cut with an ellipsis as a last resort; a page builder may shorten them or warn.
    public var shortened: [String]
    /// What stands over its blocks, and under them.
    public var header: PageHeader?
    public var footer: PageFooter?
    /// Its blocks where they were placed, in reading order.
    public var panels: [PagePanel]

    public init(
        frame: Frame, continued: [Frame] = [], shortened: [String], header: PageHeader? = nil, footer: PageFooter? = nil,
        panels: [PagePanel] = []
    ) {
        self.frame = frame
        self.continued = continued
        self.shortened = shortened
        self.header = header
        self.footer = footer
        self.panels = panels
    }

    public var sheets: [Frame] { [frame] + continued }

    /// By what is drawn: the same frames were made from the same panels.
    public static func == (one: LaidPage, other: LaidPage) -> Bool {
        one.sheets == other.sheets && one.shortened == other.shortened
    }
    public func hash(into hasher: inout Hasher) {
        hasher.combine(sheets)
        hasher.combine(shortened)
    }
}

/// Lays out one page: header, rows of blocks, footer; over several sheets where one has no room for all.
public struct PageLayout {
    struct Sheet {
        var canvas: Canvas
        /// Where blocks begin.
        var top: Double
    }

    public let format: PageFormat
    public let pen: Pen
    /// Where blocks end.
    public let contentBottom: Double
    var sheets: [Sheet]
    private var panels: [PagePanel] = []
    private let header: PageHeader
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
        self.header = header
        self.footer = footer
        contentBottom = format.contentBottom - footer.growth(format, pen)
        var canvas = Canvas(pen: pen)
        let top = header.draw(on: &canvas, format: format, isFirst: footer.page == 1)
        sheets = [Sheet(canvas: canvas, top: top)]
    }

    /// Where blocks begin, on the sheet that is being filled.
    public var contentTop: Double { sheets[sheets.count - 1].top }

    /// The page with its footers: a sheet a number, from the footer's own on.
    public func finish() -> LaidPage {
        // Already the first says how many follow.
        let last = footer.page + sheets.count - 1
        let frames = sheets.enumerated().map { index, sheet in
            var canvas = sheet.canvas
            var footer = footer
            footer.page += index
            footer.pages = max(footer.pages, last)
            footer.draw(on: &canvas, format: format)
            return Frame(size: format.size, items: canvas.items)
        }
        return LaidPage(
            frame: frames[0], continued: Array(frames.dropFirst()), shortened: sheets.flatMap(\.canvas.shortened),
            header: header, footer: footer, panels: panels)
    }

    /// One block at a place of its own, for layouts that are not rows.
    public mutating func place(_ block: Block, column: Int, span: Int, top: Double, bottom: Double) {
        let width = format.width(span: span)
        draw(block, in: Rect(x: format.x(column: column), y: top, width: width, height: bottom - top))
    }

    /// Rows of blocks from the content's top to its bottom, and on over further sheets.
    public mutating func add(rows: [PageRow]) {
        var left = format.isPortrait ? Reflow(format: format, pen: pen).rows(rows) : rows
        var isFirst = true
        while !left.isEmpty {
            if !isFirst { beginSheet() }
            isFirst = false
            var plan = SheetPlan(left, on: self)
            left.removeFirst(plan.rows.count)
            left = draw(&plan) + left
        }
    }

    private mutating func beginSheet() {
        var canvas = Canvas(pen: pen)
        let top = header.drawContinued(on: &canvas, format: format)
        sheets.append(Sheet(canvas: canvas, top: top))
    }

    /// - Returns: rows that go on.
    private mutating func draw(_ plan: inout SheetPlan) -> [PageRow] {
        var rest: [PageRow] = []
        var top = contentTop
        for (row, height) in zip(plan.rows, plan.heights) {
            var column = 0
            for cell in row.cells {
                rest += place(cell, column: column, top: top, height: height)
                column += cell.span
            }
            top += height + PageLayout.rowGap
        }
        plan.footnotes.draw(on: &sheets[sheets.count - 1].canvas, format: format, bottom: contentBottom)
        return rest
    }

    private mutating func place(_ cell: PageRow.Cell, column: Int, top: Double, height: Double) -> [PageRow] {
        let width = format.width(span: cell.span)
        let heights = heights(of: cell.blocks, width: width, in: height)
        var rest: [PageRow] = []
        var y = top
        for (block, height) in zip(cell.blocks, heights) {
            let area = Rect(x: format.x(column: column), y: y, width: width, height: height)
            if let parts = block.broken(at: height, width: width, pen: pen) {
                draw(parts.fitting, in: area)
                rest.append(PageRow(.init(span: format.columns, parts.rest)))
            } else {
                draw(block, in: area)
            }
            y += height + PageLayout.blockGap
        }
        return rest
    }

    private func heights(of blocks: [Block], width: Double, in height: Double) -> [Double] {
        // One alone has all, and stops where it ends.
        if blocks.count < 2 { return blocks.map { _ in height } }
        let gaps = PageLayout.blockGap * Double(blocks.count - 1)
        let wanted = blocks.map {
            Share(natural: $0.naturalHeight(width: width, pen: pen), least: $0.leastHeight(width: width, pen: pen))
        }
        return Share.divide(height - gaps, among: wanted)
    }

    private mutating func draw(_ block: Block, in area: Rect) {
        block.draw(on: &sheets[sheets.count - 1].canvas, in: area)
        panels.append(PagePanel(block: block, area: area, sheet: sheets.count - 1, theme: pen.theme))
    }
}
