public import Basis

/// A dot a person on one axis, ties one over the other, in bands that mean something: shares in the tiers of a reward.
/// Nobody is named and nothing is ranked.
public struct SpreadPlate: FigurePlate {
    /// From its bound to the next one's.
    public struct Band: Hashable, Sendable {
        public var from: Double
        /// At its top: "$150".
        public var label: String
        /// How many dots lie in it, for the alternative text.
        public var count: Int
        public init(from: Double, _ label: String, count: Int) {
            self.from = from
            self.label = label
            self.count = count
        }
    }

    public struct Dot: Hashable, Sendable {
        public var value: Double
        /// Too few to judge, or for another reason outside the bands.
        public var hollow: Bool
        public init(_ value: Double, hollow: Bool = false) {
            self.value = value
            self.hollow = hollow
        }
    }

    public var subject: String
    public var dots: [Dot]
    /// In order.
    public var bands: [Band]
    public var unit: String
    /// Nothing lies above it: 100 of shares.
    public var most: Double?
    /// Under the axis: "answered in time, a dot a person".
    public var xTitle: String
    /// Said when there are no dots.
    public var absence: Reading

    public init(
        subject: String, dots: [Dot], bands: [Band], unit: String = " %", most: Double? = 100, xTitle: String = "",
        absence: Reading = .missing(say("nobody to show"))
    ) {
        self.subject = subject
        self.dots = dots
        self.bands = bands
        self.unit = unit
        self.most = most
        self.xTitle = xTitle
        self.absence = absence
    }

    private static let radius = 3.8
    private static let head = 13.0
    private var foot: Double { xTitle.isEmpty ? 15 : 26 }

    public func leastHeight(width: Double, pen: Pen) -> Double { SpreadPlate.head + 30 + foot }
    /// As high as the dots lie one over the other.
    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        let levels = Double(stacked(position(from: 0, to: width)).map(\.level).max() ?? 0)
        return SpreadPlate.head + min(max(levels + 2, 5), 20) * SpreadPlate.spacing + foot
    }

    var alternative: String {
        let drawable = dots.filter(\.value.isFinite)
        if drawable.isEmpty { return Spoken.list(subject, [absence.reason ?? ""]) }
        let hollow = drawable.count(where: \.hollow)
        return Spoken.list(
            subject,
            bands.map { say("from \(plain($0.from))\(unit) \($0.label): \($0.count)") }
                + (hollow > 0 ? [say("not judged: \(hollow)")] : []))
    }

    private func plain(_ value: Double) -> String {
        value.isFinite && value.magnitude < 1e9 && value == value.rounded()
            ? String(Int(value)) : Speech.book.numbers.decimals("\(value)")
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        let drawable = dots.filter(\.value.isFinite)
        guard !drawable.isEmpty else {
            canvas.absence(absence, in: area)
            return
        }
        let scale = position(from: area.x, to: area.maxX)
        let base = area.maxY - foot
        drawBands(scale, base: base, on: &canvas, area: area)
        canvas.horizontal(y: base, from: area.x, to: area.maxX, Stroke(canvas.theme.axis, width: 0.8))
        let small = canvas.theme.style(.small, .quiet)
        for tick in axis.ticks {
            let half = canvas.pen.width(tick.label, small) / 2
            let x = max(min(scale(tick.value), area.maxX - half), area.x + half)
            canvas.text(tick.label, x: x, baseline: base + 11, small, align: .center)
        }
        if !xTitle.isEmpty {
            canvas.text(xTitle, x: area.x, baseline: base + 23, small, limit: area.width)
        }
        drawDots(scale, base: base, height: base - area.y - SpreadPlate.head, on: &canvas)
    }

    private var axis: Axis {
        let values = dots.map(\.value) + bands.map(\.from) + [most].compactMap { $0 }
        let axis = Axis(holding: values.filter(\.isFinite), unit: unit, most: 6)
        guard let most, axis.upper > most else { return axis }
        return axis.cut(at: most, unit: unit)
    }

    private func position(from left: Double, to right: Double) -> LinearScale {
        let inset = SpreadPlate.radius + 1
        return LinearScale(axis.lower, axis.upper, start: left + inset, end: right - inset - 14)
    }

    private func drawBands(_ scale: LinearScale, base: Double, on canvas: inout Canvas, area: Rect) {
        let style = canvas.theme.style(.small, .text, bold: true)
        for (index, band) in bands.enumerated() where band.from.isFinite {
            let left = scale.clamped(band.from)
            let next = bands.dropFirst(index + 1).first { $0.from.isFinite }.map { scale.clamped($0.from) } ?? area.maxX
            if band.from > scale.lower {
                canvas.vertical(
                    x: left, from: area.y + 2, to: base, Stroke(canvas.theme.axis, width: 0.7, dash: [2, 2]))
            }
            // The last bound may lie at the edge: its label then stands before it, where the band before leaves room.
            let width = canvas.pen.width(band.label, style)
            let before = index == 0 ? area.x : scale.clamped(bands[index - 1].from)
            if next - left - 4 < width, index == 0, left - before > width + 6 {
                canvas.text(band.label, x: left - 3, baseline: area.y + 8, style, align: .right)
            } else if next - left > 6 {
                canvas.text(band.label, x: left + 3, baseline: area.y + 8, style, limit: next - left - 4)
            }
        }
    }

    private static let spacing = 2 * radius + 0.8

    /// Each as low as it can lie without touching another.
    private func stacked(_ scale: LinearScale) -> [(x: Double, level: Int, hollow: Bool)] {
        guard dots.count <= Decimation.from else { return binned(scale) }
        var ends: [Double] = []
        var placed: [(x: Double, level: Int, hollow: Bool)] = []
        let known = dots.filter(\.value.isFinite)
        for dot in known.sorted(by: { ($0.value, $0.hollow ? 1 : 0) < ($1.value, $1.hollow ? 1 : 0) }) {
            let x = scale.clamped(dot.value)
            let level = ends.firstIndex { $0 + SpreadPlate.spacing <= x } ?? ends.count
            if level == ends.count { ends.append(x) } else { ends[level] = x }
            placed.append((x, level, dot.hollow))
        }
        return placed
    }

    /// Thousands of dots stand in columns as wide as a dot; of those higher than can be told apart as many as fill them.
    private func binned(_ scale: LinearScale) -> [(x: Double, level: Int, hollow: Bool)] {
        var counts: [Int: Int] = [:]
        for dot in dots where dot.value.isFinite {
            counts[Int((scale.clamped(dot.value) - scale.start) / SpreadPlate.spacing), default: 0] += 1
        }
        let highest = Double(max(counts.values.max() ?? 1, 1))
        let most = 60.0
        return counts.keys.sorted().flatMap { place -> [(x: Double, level: Int, hollow: Bool)] in
            let count = Double(counts[place] ?? 0)
            let shown = highest <= most ? Int(count) : max(Int((count / highest * most).rounded()), 1)
            let x = scale.start + (Double(place) + 0.5) * SpreadPlate.spacing
            return (0..<shown).map { (min(x, scale.end), $0, false) }
        }
    }

    private func drawDots(_ scale: LinearScale, base: Double, height: Double, on canvas: inout Canvas) {
        let placed = stacked(scale)
        let levels = Double(placed.map(\.level).max() ?? 0)
        let step = min(SpreadPlate.spacing, max(height - SpreadPlate.spacing, 1) / max(levels, 1))
        for dot in placed {
            let centre = Point(x: dot.x, y: base - SpreadPlate.radius - 1.5 - Double(dot.level) * step)
            if dot.hollow {
                canvas.circle(
                    centre, radius: SpreadPlate.radius - 0.5, fill: canvas.theme.white,
                    stroke: Stroke(canvas.theme.quiet, width: 1))
            } else {
                canvas.circle(centre, radius: SpreadPlate.radius, fill: canvas.theme.blue)
            }
        }
    }
}
