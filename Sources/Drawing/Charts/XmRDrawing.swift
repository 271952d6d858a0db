import Basis

/// One drawing of an `XmRPlate`: two plots over one row of periods.
struct XmRDrawing {
    let plate: XmRPlate
    let area: Rect
    let pen: Pen
    private let upper: Plot
    private let lower: Plot
    private let x: BandScale
    private let key: [String]

    private struct Plot {
        var rect: Rect
        var axis: Axis
        var y: LinearScale

        init(_ rect: Rect, _ axis: Axis) {
            self.rect = rect
            self.axis = axis
            y = LinearScale(axis.lower, axis.upper, start: rect.maxY, end: rect.y)
        }
    }

    init(plate: XmRPlate, area: Rect, pen: Pen) {
        self.plate = plate
        self.area = area
        self.pen = pen
        key = XmRDrawing.key(plate, width: area.width, pen: pen)
        let stretches = plate.stretches.filter(XmRDrawing.isDrawable)
        let values = plate.readings.compactMap(\.number) + stretches.flatMap { [$0.lower, $0.upper] }
        let moves = plate.ranges.compactMap(\.number) + stretches.map(\.rangeLimit)
        let axis = Axis(holding: plate.hasValues ? values : [], unit: plate.unit, prefix: plate.prefix, most: 5)
        let rangeAxis = Axis(
            holding: plate.hasValues ? moves : [], fromZero: true, unit: plate.unit, prefix: plate.prefix, most: 3)
        let left = area.x + max(pen.axisRoom(axis), pen.axisRoom(rangeAxis))
        let small = pen.theme.style(.small, .text)
        let words = (plate.limitLabels + [plate.rangeLabel]).map { pen.width($0, small) }.max() ?? 0
        let right = max(area.maxX - (plate.hasValues && words > 0 ? min(words, area.width * 0.3) + 6 : 3), left + 20)
        let foot = 15 + 11 * Double(key.count)
        let title = plate.rangeTitle.isEmpty ? 9.0 : 20
        let room = max(area.height - 8 - title - foot, 40)
        let first = Rect(x: left, y: area.y + 8, width: right - left, height: room * 0.68)
        upper = Plot(first, axis)
        lower = Plot(Rect(x: left, y: first.maxY + title, width: right - left, height: room * 0.32), rangeAxis)
        x = BandScale(count: plate.periods.count, start: left, end: right)
    }

    /// What the numbers at the rings mean, in as many lines as they need.
    static func key(_ plate: XmRPlate, width: Double, pen: Pen) -> [String] {
        let style = pen.theme.style(.small, .text)
        var lines: [String] = []
        for rule in plate.usedRules {
            let words = "\(rule + 1) \(plate.rules[rule])"
            if let last = lines.last, pen.width("\(last)   \(words)", style) <= width {
                lines[lines.count - 1] = "\(last)   \(words)"
            } else {
                lines.append(words)
            }
        }
        return lines
    }

    private static func isDrawable(_ stretch: XmRPlate.Stretch) -> Bool {
        [stretch.lower, stretch.centre, stretch.upper, stretch.meanRange, stretch.rangeLimit].allSatisfy(\.isFinite)
            && stretch.from <= stretch.to
    }

    func draw(on canvas: inout Canvas) {
        canvas.valueAxis(upper.axis, upper.y, plot: upper.rect)
        canvas.valueAxis(lower.axis, lower.y, plot: lower.rect)
        let line = Stroke(pen.theme.axis, width: 0.8)
        canvas.horizontal(y: lower.rect.maxY, from: lower.rect.x, to: lower.rect.maxX, line)
        drawPeriods(on: &canvas)
        guard plate.hasValues else {
            let reading = plate.readings.first { $0.reason != nil } ?? .tooFew(say("no figures yet"))
            canvas.absence(
                reading,
                in: Rect(
                    x: upper.rect.x + 8, y: upper.rect.midY - 7, width: max(upper.rect.width - 16, 12), height: 14))
            return
        }
        canvas.text(
            plate.rangeTitle, x: lower.rect.x, baseline: lower.rect.y - 5, pen.theme.style(.small, .text),
            limit: area.maxX - lower.rect.x)
        var field = LabelField(
            bounds: Rect(x: upper.rect.x, y: area.y, width: upper.rect.width, height: lower.rect.maxY - area.y))
        let gap = lower.rect.y - upper.rect.maxY
        field.block(label: Rect(x: upper.rect.x, y: upper.rect.maxY + 1, width: upper.rect.width, height: gap - 2))
        for stretch in plate.stretches where XmRDrawing.isDrawable(stretch) {
            drawLimits(
                upper, stretch, [stretch.upper, stretch.centre, stretch.lower], on: &canvas, field: &field)
            drawLimits(lower, stretch, [stretch.rangeLimit, stretch.meanRange, 0], on: &canvas, field: &field)
        }
        drawLine(plate.readings, upper, pen.theme.blue, on: &canvas, field: &field)
        drawLine(plate.ranges, lower, pen.theme.mid, on: &canvas, field: &field)
        drawLimitLabels(on: &canvas)
        drawSignals(on: &canvas, field: &field)
    }

    /// Labels that find room, the last first, then the first; under them what the rules' numbers mean.
    private func drawPeriods(on canvas: inout Canvas) {
        let style = pen.theme.style(.small, .quiet)
        let named = plate.periods.indices.filter { !plate.periods[$0].label.isEmpty }
        // Of thousands of names only as many are tried as may find room.
        let every = max(named.count / 200, 1)
        var order = named.indices.filter { $0 % every == 0 }.map { named[$0] }
        if let last = named.last {
            order.removeAll { $0 == last }
            order.insert(last, at: 0)
        }
        var taken: [(left: Double, right: Double)] = []
        for index in order {
            let label = plate.periods[index].label
            let wide = pen.width(label, style)
            let left = min(max(x.middle(index) - wide / 2, area.x), area.maxX - wide)
            let isFree = taken.allSatisfy { left > $0.right + 5 || left + wide < $0.left - 5 }
            guard isFree, left >= area.x else { continue }
            taken.append((left, left + wide))
            let stroke = Stroke(pen.theme.axis, width: 0.8)
            canvas.vertical(x: x.middle(index), from: lower.rect.maxY, to: lower.rect.maxY + 2.6, stroke)
            canvas.text(label, x: left, baseline: lower.rect.maxY + 12, style)
        }
        for (index, words) in key.enumerated() where plate.hasValues {
            canvas.text(
                words, x: area.x, baseline: lower.rect.maxY + 24 + 11 * Double(index),
                pen.theme.style(.small, .text), limit: area.width)
        }
    }

    /// The band between the limits with its edges and centre.
    private func drawLimits(
        _ plot: Plot, _ stretch: XmRPlate.Stretch, _ levels: [Double], on canvas: inout Canvas, field: inout LabelField
    ) {
        let left = max(x.lower(stretch.from), plot.rect.x)
        let right = min(x.lower(stretch.to + 1), plot.rect.maxX)
        guard right > left else { return }
        let top = plot.y.clamped(levels[0])
        canvas.rect(
            Rect(x: left, y: top, width: right - left, height: plot.y.clamped(levels[2]) - top), fill: pen.theme.wash)
        let dash: [Double] = stretch.provisional ? [2.4, 1.8] : []
        for (index, level) in levels.enumerated() {
            let y = plot.y.clamped(level)
            let stroke = index == 1
                ? Stroke(pen.theme.axis, width: 0.9) : Stroke(pen.theme.quiet, width: 0.8, dash: dash)
            canvas.horizontal(y: y, from: left, to: right, stroke)
            field.block(from: Point(x: left, y: y), to: Point(x: right, y: y), width: 2)
        }
    }

    private func drawLine(
        _ readings: [Reading], _ plot: Plot, _ color: Color, on canvas: inout Canvas, field: inout LabelField
    ) {
        let stroke = Stroke(color, width: pen.theme.seriesWidth * 0.85, cap: .round)
        var runs: [[Point]] = [[]]
        for (index, reading) in readings.prefix(plate.periods.count).enumerated() {
            if let value = reading.number {
                runs[runs.count - 1].append(Point(x: x.middle(index), y: plot.y.clamped(value)))
            } else if runs.last?.isEmpty == false {
                runs.append([])
            }
        }
        for run in runs {
            let line = Decimation.line(run)
            canvas.polyline(line, stroke)
            field.block(polyline: line)
            // Dots nearer to one another than they are wide are a second, thicker line.
            guard x.step >= 2.6 || run.count == 1 else { continue }
            for point in run {
                let radius = min(1.9, x.step * 0.3 + 0.5)
                canvas.circle(point, radius: radius, fill: color)
                field.block(Rect(x: point.x - 2, y: point.y - 2, width: 4, height: 4))
            }
        }
    }

    /// Beside the last stretch, moved apart where limits are near to one another.
    private func drawLimitLabels(on canvas: inout Canvas) {
        guard let last = plate.stretches.filter(XmRDrawing.isDrawable).max(by: { $0.to < $1.to }) else { return }
        let style = pen.theme.style(.small, .text)
        let left = upper.rect.maxX + 5
        let limit = max(area.maxX - left, 8)
        var floor = -Double.infinity
        let levels = [last.upper, last.centre, last.lower].map { upper.y.clamped($0) }
        for (label, level) in zip(plate.limitLabels, levels) where !label.isEmpty {
            let baseline = max(level + 2.9, floor)
            guard baseline <= lower.rect.y - 2 else { continue }
            canvas.text(label, x: left, baseline: baseline, style, limit: limit)
            floor = baseline + 9.5
        }
        let baseline = max(lower.y.clamped(last.rangeLimit) + 2.9, floor)
        guard baseline <= area.maxY else { return }
        canvas.text(plate.rangeLabel, x: left, baseline: baseline, style, limit: limit)
    }

    private func drawSignals(on canvas: inout Canvas, field: inout LabelField) {
        var rung: Set<[Int]> = []
        // Rings that lie one over the other are one.
        let side = plate.signals.count > Decimation.from ? 4 : 0.5
        var dense = 0
        for signal in plate.signals {
            let readings = signal.inRange ? plate.ranges : plate.readings
            guard plate.periods.indices.contains(signal.period), readings.indices.contains(signal.period),
                let value = readings[signal.period].number
            else { continue }
            let plot = signal.inRange ? lower : upper
            let here = Point(x: x.middle(signal.period), y: plot.y.clamped(value))
            let place = [Int(here.x / side), Int(here.y / side), signal.inRange ? 1 : 0]
            if rung.insert(place).inserted {
                canvas.circle(here, radius: 2.1, fill: pen.theme.orange)
                canvas.circle(here, radius: 4.3, stroke: Stroke(pen.theme.orange, width: 1.1))
                field.block(Rect(x: here.x - 5, y: here.y - 5, width: 10, height: 10))
            }
            // Hundreds of numbers would say nothing more; the rings stay.
            dense += 1
            guard dense <= 60 else { continue }
            let number = plate.rules.indices.contains(signal.rule) ? "\(signal.rule + 1)" : ""
            let words = [number, signal.label].filter { !$0.isEmpty }.joined(separator: " ")
            guard !words.isEmpty else { continue }
            let style = pen.theme.style(.small, .bad, bold: true)
            let size = Size(width: pen.width(words, style), height: 8)
            guard let place = field.place(LabelField.around(here, size: size, gap: 6)) else {
                // A number without room is told by its neighbours' and by the alternative text; words are reported.
                if !signal.label.isEmpty { canvas.shortened.append(words) }
                continue
            }
            if place.needsHalo { canvas.halo(place.area, by: 0.8) }
            canvas.text(words, x: place.area.x, baseline: place.area.y + 7, style)
        }
    }
}
