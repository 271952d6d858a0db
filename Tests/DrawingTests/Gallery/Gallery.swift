import Drawing

/// Examples of every chart: ordinary, awkward, too little data. All figures are invented.
struct Example: Sendable {
    var name: String
    /// Of the block.
    var size: Size
    var block: Block

    init(
        _ name: String, _ width: Double, _ height: Double, _ plate: any Plate,
        finding: String = "A finding in a sentence", sub: String = "Unit, population and marks", signal: Bool = false
    ) {
        self.name = name
        size = Size(width: width, height: height)
        block = Block(finding, sub: sub, signal: signal, plate: plate)
    }

    init(_ name: String, _ width: Double, _ height: Double, block: Block) {
        self.name = name
        size = Size(width: width, height: height)
        self.block = block
    }

    static let margin = 12.0
    var area: Rect { Rect(x: Example.margin, y: Example.margin, width: size.width, height: size.height) }

    func draw(_ measurer: any TextMeasurer) -> LaidPage {
        var canvas = Canvas(pen: Pen(measurer: measurer))
        block.draw(on: &canvas, in: area)
        let page = Size(width: size.width + 2 * Example.margin, height: size.height + 2 * Example.margin)
        return LaidPage(frame: Frame(size: page, items: canvas.items), shortened: canvas.shortened)
    }
}

enum Gallery {
    static let examples: [Example] = [
        tiles, bars, lines, funnels, histograms, timelines, tables, heats, stacks, intervals, standing, spreads, spoken,
        matrices, coverages, small, texts, stepCurves, cohorts, waterfalls, events, checklists, promises, costs,
        bullets, groupedBars, ecdfs, calendars, processCharts, multiples, sparkTiles, cellTables, dumbbells,
    ].flatMap { $0 }

    static let longName = "Maximiliana Featherstonehaugh-Wolfeschlegel"

    static func readings(_ values: [Double], spread: Double? = nil) -> [Reading] {
        values.map { value in .value(value, likely: spread.map { LikelyRange(value - $0, value + $0) }) }
    }

    static let months13 = ["Oct 25", "", "", "", "", "", "Apr", "", "", "", "", "", "Oct 26"]
}
