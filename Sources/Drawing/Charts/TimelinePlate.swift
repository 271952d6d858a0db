import Basis

/// Outages by system over the days of a month, above what came in each day and what is usual.
public struct TimelinePlate: FigurePlate {
    public struct Day: Hashable, Sendable {
        /// Empty: no label under this day.
        public var label: String
        public var volume: Reading
        public var usual: Double?
        public var closed: Bool
        /// Orange, with its value in the column.
        public var signal: Bool
        public var valueLabel: String
        public init(
            _ label: String, _ volume: Reading, usual: Double? = nil, closed: Bool = false, signal: Bool = false,
            valueLabel: String = ""
        ) {
            self.label = label
            self.volume = volume
            self.usual = usual
            self.closed = closed
            self.signal = signal
            self.valueLabel = valueLabel
        }
    }

    public struct Outage: Hashable, Sendable {
        /// Days from the first day's midnight: 12.4 is the thirteenth day, a little before ten.
        public var from: Double
        public var to: Double
        public var label: String
        public init(from: Double, to: Double, label: String) {
            self.from = from
            self.to = to
            self.label = label
        }
    }

    public struct System: Hashable, Sendable {
        public var name: String
        public var outages: [Outage]
        /// Instead of outages: "no outage recorded", "no export".
        public var remark: String
        public init(_ name: String, _ outages: [Outage], remark: String = "") {
            self.name = name
            self.outages = outages
            self.remark = remark
        }
    }

    public var subject: String
    public var days: [Day]
    public var systems: [System]
    /// Left of the columns: "Conversations a day".
    public var volumeTitle: String
    /// Beside the usual level of the first day that signals: "usual 103".
    public var usualLabel: String

    public init(subject: String, days: [Day], systems: [System], volumeTitle: String, usualLabel: String = "") {
        self.subject = subject
        self.days = days
        self.systems = systems
        self.volumeTitle = volumeTitle
        self.usualLabel = usualLabel
    }

    static let row = 13.0
    private var rows: Int { systems.count }

    public func naturalHeight(width: Double, pen: Pen) -> Double? { TimelinePlate.row * Double(rows) + 76 }
    public func leastHeight(width: Double, pen: Pen) -> Double { TimelinePlate.row * Double(min(rows, 8)) + 60 }

    var alternative: String {
        let outages = systems.map { system -> String in
            let words = (system.outages.map(\.label) + [system.remark]).filter { !$0.isEmpty }
            return "\(system.name) " + words.joined(separator: ", ")
        }
        let signals = days.filter(\.signal).map { say("\($0.label) \($0.valueLabel) instead of \(usualLabel)") }
        let known = days.filter { $0.volume.number != nil }.count
        return Spoken.list(subject, outages + signals + [say("volume known on \(known) of \(days.count) days")])
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        let theme = canvas.theme
        let titleStyle = theme.style(.body, .text)
        let names = systems.prefix(60).map { canvas.pen.width($0.name, theme.style(.body, .ink, bold: true)) }
        let title = canvas.pen.lines(RichText(volumeTitle), size: .body, tone: .text, width: 66)
        let left = area.x + min(max(names.max() ?? 0, title.map(\.width).max() ?? 0), area.width * 0.22) + 8
        let x = BandScale(count: days.count, start: left, end: area.maxX)
        let fit = Overflow.rows(
            systems.count, height: area.height - 60, floor: TimelinePlate.row, ceiling: TimelinePlate.row)
        let shown = fit.shown
        let rowsBottom = area.y + TimelinePlate.row * Double(shown + (shown < rows ? 1 : 0))
        let base = area.maxY - 15
        drawClosed(x, from: area.y, to: base, on: &canvas)
        let columns = Rect(x: left, y: rowsBottom + 14, width: area.maxX - left, height: base - rowsBottom - 14)
        let scale = volumeScale(columns)
        for (index, system) in systems.prefix(shown).enumerated() {
            let middle = area.y + TimelinePlate.row * (Double(index) + 0.5)
            draw(system, middle: middle, drop: rowsBottom + 8, x: x, left: left, area: area, on: &canvas)
        }
        if shown < rows {
            canvas.text(Overflow.words(rows - shown), x: area.x, baseline: rowsBottom - 3.2, titleStyle)
        }
        drawColumns(x, scale: scale, base: base, on: &canvas)
        canvas.horizontal(y: base, from: left, to: area.maxX, Stroke(theme.axis, width: 0.8))
        drawDayLabels(x, base: base, left: left, area: area, on: &canvas)
        var baseline = columns.midY - Double(title.count - 1) * 6 + 3
        for line in title {
            canvas.draw(line, x: left - 8 - line.width, baseline: baseline)
            baseline += 12
        }
    }

    private func volumeScale(_ columns: Rect) -> LinearScale {
        let values = days.compactMap(\.volume.number) + days.compactMap(\.usual).filter(\.isFinite)
        return LinearScale(0, max(values.max() ?? 1, 1e-9), start: columns.maxY, end: columns.y)
    }

    private func drawClosed(_ x: BandScale, from top: Double, to base: Double, on canvas: inout Canvas) {
        let seen = Decimation.columns(days.count, step: x.step) { days[$0].closed ? 1 : 0 }
        for index in seen where days[index].closed {
            canvas.rect(
                Rect(x: x.lower(index), y: top, width: x.step, height: base - top), fill: canvas.theme.wash)
        }
    }

    private func draw(
        _ system: System, middle: Double, drop: Double, x: BandScale, left: Double, area: Rect,
        on canvas: inout Canvas
    ) {
        let theme = canvas.theme
        let baseline = middle + 3.2
        let has = !system.outages.isEmpty
        canvas.text(
            system.name, x: left - 8, baseline: baseline, theme.style(.body, has ? .ink : .text, bold: has),
            align: .right, limit: left - 8 - area.x)
        canvas.horizontal(y: middle, from: left, to: area.maxX, Stroke(theme.hairline, width: 0.9))
        if !has, !system.remark.isEmpty {
            let style = theme.style(.small, .text)
            let width = canvas.pen.width(system.remark, style)
            let x = min(left + (area.maxX - left) * 0.16, area.maxX - width)
            canvas.halo(Rect(x: x, y: middle - 4, width: width, height: 8), by: 3)
            canvas.text(system.remark, x: x, baseline: baseline, style)
        }
        var field = LabelField(bounds: Rect(x: left, y: middle - 7, width: area.maxX - left, height: 14))
        for outage in system.outages {
            let from = min(max(x.position(outage.from), left), area.maxX)
            let to = min(max(x.position(outage.to), from), area.maxX)
            field.block(label: Rect(x: from - 2, y: middle - 5, width: max(to - from, 3.5) + 3, height: 10))
        }
        for outage in system.outages {
            draw(outage, middle: middle, drop: drop, x: x, left: left, right: area.maxX, on: &canvas, field: &field)
        }
    }

    private func draw(
        _ outage: Outage, middle: Double, drop: Double, x: BandScale, left: Double, right: Double,
        on canvas: inout Canvas, field: inout LabelField
    ) {
        let theme = canvas.theme
        let from = min(max(x.position(outage.from), left), right - 3.5)
        let to = min(max(x.position(outage.to), from + 3.5), right)
        canvas.vertical(
            x: (from + to) / 2, from: middle + 5, to: drop, Stroke(theme.orange, width: 0.8, dash: [1.2, 1.6]))
        canvas.rect(Rect(x: from, y: middle - 4.7, width: to - from, height: 9.4), fill: theme.orange)
        if outage.label.isEmpty { return }
        let style = theme.style(.body, .bad, bold: true)
        let width = canvas.pen.width(outage.label, style)
        let after = Rect(x: to + 5, y: middle - 5, width: width, height: 9.6)
        let before = Rect(x: from - 5 - width, y: middle - 5, width: width, height: 9.6)
        guard let place = field.place([after, before]) else {
            canvas.shortened.append(outage.label)
            return
        }
        canvas.halo(place.area, by: 1.5)
        canvas.text(outage.label, x: place.area.x, baseline: middle + 3.2, style)
    }

    private func drawColumns(_ x: BandScale, scale: LinearScale, base: Double, on canvas: inout Canvas) {
        let theme = canvas.theme
        let width = x.step * 0.74
        var labelled = false
        let seen = Decimation.columns(days.count, step: x.step) {
            (days[$0].volume.number ?? -1) + (days[$0].signal ? 1e15 : 0)
        }
        for index in seen {
            let day = days[index]
            let middle = x.middle(index)
            guard let volume = day.volume.number else {
                // Days to come, or too few to say, stay empty: only what is missing is hatched.
                guard !day.closed, case .missing = day.volume else { continue }
                let height = min(14, base - scale.end)
                canvas.missingHatch(Rect(x: middle - width / 2, y: base - height, width: width, height: height))
                continue
            }
            let top = scale(volume)
            canvas.rect(
                Rect(x: middle - width / 2, y: top, width: width, height: base - top),
                fill: day.signal ? theme.orange : theme.sky)
            let style = theme.style(.small, .inverse, bold: true)
            if day.signal, base - top > 12, canvas.pen.width(day.valueLabel, style) <= width - 1 {
                canvas.text(day.valueLabel, x: middle, baseline: top + 9.5, style, align: .center)
            }
            guard let usual = day.usual, usual.isFinite else { continue }
            let level = scale(usual)
            canvas.horizontal(
                y: level, from: middle - x.step * 0.46, to: middle + x.step * 0.46, Stroke(theme.ink, width: 1.1))
            if day.signal, !labelled {
                labelled = true
                drawUsualLabel(right: middle - width / 2 - 1, level: level, left: x.start, on: &canvas)
            }
        }
    }

    private func drawUsualLabel(right: Double, level: Double, left: Double, on canvas: inout Canvas) {
        let style = canvas.theme.style(.small, .ink)
        let width = canvas.pen.width(usualLabel, style)
        let x = max(right - width, left)
        canvas.text(usualLabel, x: x, baseline: level - 3.4, style)
    }

    private func drawDayLabels(_ x: BandScale, base: Double, left: Double, area: Rect, on canvas: inout Canvas) {
        let theme = canvas.theme
        var taken: [(Double, Double)] = []
        let order = Decimation.labels(days.indices.filter { !days[$0].label.isEmpty })
        let ranked = order.filter { days[$0].signal } + order.filter { !days[$0].signal }
        for index in ranked {
            let day = days[index]
            let style = theme.style(.small, day.signal ? .bad : .quiet, bold: day.signal)
            let width = canvas.pen.width(day.label, style)
            let start = min(max(x.middle(index) - width / 2, left), area.maxX - width)
            guard taken.allSatisfy({ start > $0.1 + 4 || start + width < $0.0 - 4 }) else { continue }
            taken.append((start, start + width))
            canvas.text(day.label, x: start, baseline: base + 11.5, style)
        }
    }
}
