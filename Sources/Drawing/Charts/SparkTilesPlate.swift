public import Basis

/// A tile a name: under it one small line a figure, without axis. Lines of one place in all tiles share a scale, so that
/// tiles compare; more tiles than a sheet holds go on.
public struct SparkTilesPlate: ContinuingPlate {
    public struct Line: Hashable, Sendable {
        /// What it is of, for who cannot see it: "Answered in time".
        public var name: String
        /// As many in every tile, oldest first; a missing one is a gap.
        public var readings: [Reading]
        /// At the right: "88 %", the last one known.
        public var value: Label
        public init(_ name: String, _ readings: [Reading], value: Label) {
            self.name = name
            self.readings = readings
            self.value = value
        }
    }

    public struct Tile: Hashable, Sendable {
        /// A signal is orange with its cue.
        public var title: Label
        public var lines: [Line]
        public init(_ title: Label, _ lines: [Line]) {
            self.title = title
            self.lines = lines
        }
    }

    public var tiles: [Tile]
    /// By place of the line: what its scale runs from and to.
    public var scales: [ClosedRange<Double>]
    /// Said when there are no tiles.
    public var emptyText: String

    /// Scales hold the lines of all tiles.
    public init(_ tiles: [Tile], emptyText: String = say("none", context: "nothing to show")) {
        self.tiles = tiles
        self.emptyText = emptyText
        scales = (0..<(tiles.map(\.lines.count).max() ?? 0)).map { place in
            let numbers = tiles.flatMap { $0.lines.indices.contains(place) ? $0.lines[place].readings : [] }
                .compactMap(\.number)
            guard let low = numbers.min(), let high = numbers.max() else { return 0...1 }
            return low...high
        }
    }

    private static let gap = (x: 16.0, y: 11.0)
    private static let head = 13.0

    /// Few tiles are large. Of tiles that go on: how many there were in all.
    private var kept: Int?
    private var size: Int { kept ?? tiles.count }
    private var least: Double { size <= 8 ? 150 : size <= 30 ? 106 : 92 }
    private var lineHeight: Double { size <= 8 ? 80 : size <= 30 ? 24 : 15 }
    private var tileHeight: Double {
        SparkTilesPlate.head + lineHeight * Double(max(scales.count, 1)) + SparkTilesPlate.gap.y
    }

    private func columns(_ width: Double) -> Int {
        let gap = SparkTilesPlate.gap.x
        return max(1, Int((width + gap) / (least + gap)))
    }

    private func rows(_ width: Double) -> Int { (tiles.count + columns(width) - 1) / columns(width) }

    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        tiles.isEmpty ? 14 : tileHeight * Double(rows(width)) - SparkTilesPlate.gap.y + 2
    }

    public func leastHeight(width: Double, pen: Pen) -> Double {
        tiles.isEmpty ? 14 : tileHeight * Double(min(rows(width), 2)) + 2
    }

    public var goesOn: Bool { true }

    public func heightToBegin(width: Double, pen: Pen) -> Double { tileHeight + 2 }

    public func broken(at height: Double, width: Double, pen: Pen) -> (fitting: any Plate, rest: any ContinuingPlate)? {
        let fit = Int((height + SparkTilesPlate.gap.y - 2) / tileHeight)
        guard fit > 0, fit < rows(width) else { return nil }
        var (fitting, rest) = (self, self)
        fitting.tiles = Array(tiles.prefix(fit * columns(width)))
        rest.tiles = Array(tiles.dropFirst(fit * columns(width)))
        // Tiles of one figure look alike on all its sheets.
        fitting.kept = size
        rest.kept = size
        return (fitting, rest)
    }

    public func draw(on canvas: inout Canvas, in area: Rect) {
        guard !tiles.isEmpty else {
            canvas.group(.paragraph) {
                $0.text(emptyText, x: area.x, baseline: area.y + 9, $0.theme.style(.body, .quiet), limit: area.width)
            }
            return
        }
        let columns = columns(area.width)
        let gap = SparkTilesPlate.gap
        let wide = (area.width - gap.x * Double(columns - 1)) / Double(columns)
        let fit = max(1, Int((area.height + gap.y) / tileHeight))
        let shown = tiles.prefix(fit * columns)
        for (index, tile) in shown.enumerated() {
            let corner = Point(
                x: area.x + Double(index % columns) * (wide + gap.x), y: area.y + Double(index / columns) * tileHeight)
            draw(tile, on: &canvas, in: Rect(x: corner.x, y: corner.y, width: wide, height: tileHeight - gap.y))
        }
        if shown.count < tiles.count { canvas.shortened.append(Overflow.words(tiles.count - shown.count)) }
    }

    private func draw(_ tile: Tile, on canvas: inout Canvas, in area: Rect) {
        canvas.group(.heading(level: 3)) {
            $0.label(tile.title, x: area.x, baseline: area.y + 8, tone: .ink, bold: true, limit: area.width)
        }
        let room = tile.lines.map { canvas.pen.width($0.value, .body, bold: true) }.max() ?? 0
        for (place, line) in tile.lines.enumerated() {
            let band = Rect(
                x: area.x, y: area.y + SparkTilesPlate.head + Double(place) * lineHeight,
                width: max(area.width - room - 8, 20), height: lineHeight - 3)
            canvas.group(.figure(alternative: spoken(line))) { canvas in
                draw(line, scales[place], on: &canvas, in: band)
                canvas.label(
                    line.value, x: area.maxX, baseline: band.midY + 3, tone: .text, bold: true, align: .right,
                    limit: area.width / 2)
            }
        }
    }

    private func draw(_ line: Line, _ range: ClosedRange<Double>, on canvas: inout Canvas, in band: Rect) {
        let theme = canvas.theme
        canvas.horizontal(y: band.maxY, from: band.x, to: band.maxX, Stroke(theme.grid, width: 0.6))
        let inset = 2.2
        let upper = range.upperBound > range.lowerBound ? range.upperBound : range.lowerBound + 1
        let scale = LinearScale(range.lowerBound, upper, start: band.maxY - inset, end: band.y + inset)
        let step = (band.width - 2 * inset) / Double(max(line.readings.count - 1, 1))
        var run: [Point] = []
        var last: Point?
        func stretch() {
            if run.count == 1, let only = run.first { canvas.circle(only, radius: 1, fill: theme.mid) }
            canvas.polyline(run, Stroke(theme.mid, width: 1, cap: .round))
            run = []
        }
        for (index, reading) in line.readings.enumerated() {
            guard let value = reading.number else {
                stretch()
                continue
            }
            run.append(Point(x: band.x + inset + step * Double(index), y: scale(value)))
            last = run.last
        }
        stretch()
        if let last { canvas.circle(last, radius: 2, fill: line.value.tone == .bad ? theme.orange : theme.blue) }
    }

    private func spoken(_ line: Line) -> String {
        let known = line.readings.filter { $0.number != nil }.count
        return "\(line.name): \(line.value.spoken), \(say("\(known) of \(line.readings.count) periods known"))"
    }
}
