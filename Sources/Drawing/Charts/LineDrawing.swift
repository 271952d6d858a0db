import Basis

/// One drawing of a `LinePlate`: its geometry, its layers from back to front, then its labels in free places.
struct LineDrawing {
    let plate: LinePlate
    let axis: Axis
    let plot: Rect
    let y: LinearScale
    let x: BandScale
    let pen: Pen
    let area: Rect
    /// The caption is too long to stand beside the years, and gets a line of its own.
    let captionApart: Bool

    init(plate: LinePlate, axis: Axis, area: Rect, pen: Pen) {
        self.plate = plate
        self.axis = axis
        self.pen = pen
        self.area = area
        let small = pen.theme.style(.small, .quiet)
        let ticks = axis.ticks.map { pen.width($0.label, small) }.max() ?? 0
        let top = plate.events.isEmpty && plate.windows.allSatisfy(\.label.isEmpty) ? 6.0 : 14.0
        let second = plate.periods.contains { !$0.sub.isEmpty } || !plate.caption.isEmpty
        let left = area.x + (ticks > 0 ? ticks + 8 : 2)
        let right = max(area.maxX - min(LineDrawing.endWidth(plate, pen: pen), area.width * 0.35), left + 20)
        let x = BandScale(count: plate.periods.count, start: left, end: right)
        let years = plate.periods.indices.filter { !plate.periods[$0].sub.isEmpty }
            .map { x.middle($0) + pen.width(plate.periods[$0].sub, small) / 2 }.max()
        captionApart = pen.width(plate.caption, small) > area.maxX - (years.map { $0 + 8 } ?? area.x)
        let bottom = captionApart ? 36.0 : second ? 25.0 : 15.0
        plot = Rect(
            x: left, y: area.y + top, width: right - left, height: max(area.height - top - bottom, 20))
        y = LinearScale(axis.lower, axis.upper, start: plot.maxY, end: plot.y)
        self.x = x
    }

    /// Room at the right for the labels of last points and the target.
    private static func endWidth(_ plate: LinePlate, pen: Pen) -> Double {
        var widths: [Double] = [0]
        let count = plate.periods.count
        for series in plate.series where series.from + series.readings.count >= count {
            if let label = series.lastLabel { widths.append(pen.width(label, .finding, bold: true) + 8) }
        }
        if let target = plate.target, !target.label.isEmpty {
            widths.append(pen.width(target.label, pen.theme.style(.small, .ink, bold: true)) + 5)
        }
        if let last = plate.tooNew.map(\.period).max(), last >= count - 1 {
            let label = plate.tooNew.map {
                max(
                    pen.width($0.label, pen.theme.style(.small)),
                    pen.width($0.value, pen.theme.style(.small, .ink, bold: true)))
            }
            widths.append((label.max() ?? 0) + 10)
        }
        return widths.max() ?? 0
    }

    func point(_ index: Int, _ value: Double) -> Point { Point(x: x.middle(index), y: y.clamped(value)) }

    func draw(on canvas: inout Canvas) {
        drawAxes(on: &canvas)
        guard plate.series.contains(where: { $0.readings.contains { $0.number != nil } }) || !plate.tooNew.isEmpty
        else {
            drawNothing(on: &canvas)
            return
        }
        var field = LabelField(bounds: area)
        field.block(label: Rect(x: area.x, y: plot.y, width: plot.x - area.x, height: plot.height))
        field.block(label: Rect(x: area.x, y: plot.maxY, width: area.width, height: area.maxY - plot.maxY))
        drawWindows(on: &canvas, field: &field)
        for usual in plate.usual { draw(usual, on: &canvas, field: &field) }
        drawTarget(on: &canvas, field: &field)
        drawMarks(on: &canvas, field: &field)
        drawEvents(on: &canvas, field: &field)
        for series in plate.series { draw(series, on: &canvas, field: &field) }
        for new in plate.tooNew { drawMark(new, on: &canvas, field: &field) }
        drawLabels(on: &canvas, field: &field)
    }

    // MARK: Frame

    private func drawAxes(on canvas: inout Canvas) {
        let theme = pen.theme
        let small = theme.style(.small, .quiet)
        for tick in axis.ticks {
            let height = y(tick.value)
            if tick.value != axis.lower {
                canvas.horizontal(y: height, from: plot.x, to: plot.maxX, Stroke(theme.grid, width: 0.6))
            }
            canvas.text(tick.label, x: plot.x - 6, baseline: height + 2.9, small, align: .right)
        }
        canvas.horizontal(y: plot.maxY, from: plot.x, to: plot.maxX, Stroke(theme.axis, width: 0.8))
        drawPeriods(on: &canvas)
    }

    private func drawPeriods(on canvas: inout Canvas) {
        let theme = pen.theme
        var taken: [(Double, Double)] = []
        var subsEnd = -Double.infinity
        let order = Decimation.labels(plate.periods.indices.filter { !plate.periods[$0].label.isEmpty })
        let ranked = order.sorted { rank($0, of: order) < rank($1, of: order) }
        var shown: Set<Int> = []
        for index in ranked {
            let period = plate.periods[index]
            let style = theme.style(.small, period.bold ? .ink : .quiet, bold: period.bold)
            let width = min(pen.width(period.label, style), area.width)
            let left = min(max(x.middle(index) - width / 2, area.x), area.maxX - width)
            guard taken.allSatisfy({ left > $0.1 + 4 || left + width < $0.0 - 4 }) else { continue }
            taken.append((left, left + width))
            shown.insert(index)
        }
        for index in order where shown.contains(index) {
            let period = plate.periods[index]
            let style = theme.style(.small, period.bold ? .ink : .quiet, bold: period.bold)
            let width = min(pen.width(period.label, style), area.width)
            let left = min(max(x.middle(index) - width / 2, area.x), area.maxX - width)
            canvas.vertical(
                x: x.middle(index), from: plot.maxY, to: plot.maxY + 2.6, Stroke(theme.axis, width: 0.8))
            canvas.text(period.label, x: left, baseline: plot.maxY + 12, style, limit: area.width)
            guard !period.sub.isEmpty else { continue }
            let subStyle = theme.style(.small, .quiet)
            let subWidth = pen.width(period.sub, subStyle)
            let subLeft = min(max(x.middle(index) - subWidth / 2, area.x), area.maxX - subWidth)
            guard subLeft > subsEnd + 4 else { continue }
            let box = canvas.text(period.sub, x: subLeft, baseline: plot.maxY + 22, subStyle)
            subsEnd = box.maxX
        }
        drawCaption(on: &canvas, after: subsEnd)
    }

    private func drawCaption(on canvas: inout Canvas, after edge: Double) {
        guard !plate.caption.isEmpty else { return }
        let left = captionApart ? area.x : max(edge + 8, area.x)
        canvas.text(
            plate.caption, x: area.maxX, baseline: plot.maxY + (captionApart ? 33 : 22),
            pen.theme.style(.small, .text), align: .right, limit: area.maxX - left)
    }

    /// Bold labels first, then the last, then the first, then the others.
    private func rank(_ index: Int, of order: [Int]) -> Int {
        if plate.periods[index].bold { return index - 100_000 }
        if index == order.last { return -2 }
        if index == order.first { return -1 }
        return index
    }

    private func drawNothing(on canvas: inout Canvas) {
        let reasons = plate.series.flatMap(\.readings).compactMap(\.reason)
        let reason = reasons.first ?? say("no figures yet")
        let reading: Reading = plate.series.flatMap(\.readings).first { $0.reason != nil } ?? .tooFew(reason)
        canvas.absence(
            reading, in: Rect(x: plot.x + 8, y: plot.midY - 7, width: max(plot.width - 16, 12), height: 14))
    }

    // MARK: Layers

    private func drawWindows(on canvas: inout Canvas, field: inout LabelField) {
        for window in plate.windows where window.from.isFinite && window.to.isFinite {
            let left = max(x.position(window.from), plot.x)
            let right = min(x.position(window.to), plot.maxX)
            guard right > left else { continue }
            let box = Rect(x: left, y: plot.y, width: right - left, height: plot.height)
            if window.missing { canvas.missingHatch(box) } else { canvas.closedHatch(box) }
            field.block(box)
        }
    }

    private func draw(_ usual: LinePlate.UsualRange, on canvas: inout Canvas, field: inout LabelField) {
        let theme = pen.theme
        let left = max(x.lower(usual.from), plot.x)
        let right = min(x.lower(usual.to + 1), plot.maxX)
        let top = y.clamped(usual.upper)
        let bottom = y.clamped(usual.lower)
        guard right > left, usual.lower.isFinite, usual.centre.isFinite, usual.upper.isFinite else { return }
        canvas.rect(
            Rect(x: left, y: top, width: right - left, height: bottom - top),
            fill: usual.current ? theme.pale : theme.wash)
        let dash: [Double] = usual.provisional ? [2.4, 1.8] : []
        let edge = Stroke(usual.current ? theme.mid : theme.axis, width: 0.7, dash: dash)
        let centre = Stroke(usual.current ? theme.blue : theme.axis, width: 0.9)
        canvas.horizontal(y: top, from: left, to: right, edge)
        canvas.horizontal(y: bottom, from: left, to: right, edge)
        canvas.horizontal(y: y.clamped(usual.centre), from: left, to: right, centre)
        for value in [top, bottom, y.clamped(usual.centre)] {
            field.block(from: Point(x: left, y: value), to: Point(x: right, y: value))
        }
    }

    private func drawTarget(on canvas: inout Canvas, field: inout LabelField) {
        guard let target = plate.target, target.value.isFinite else { return }
        let height = y.clamped(target.value)
        canvas.horizontal(
            y: height, from: plot.x, to: plot.maxX, Stroke(pen.theme.ink, width: pen.theme.targetWidth, dash: [3, 2.2]))
        field.block(from: Point(x: plot.x, y: height), to: Point(x: plot.maxX, y: height), width: 3)
    }

    private func drawMarks(on canvas: inout Canvas, field: inout LabelField) {
        for mark in plate.marks where mark.at.isFinite {
            let at = min(max(x.position(mark.at), plot.x), plot.maxX)
            canvas.vertical(x: at, from: plot.y, to: plot.maxY, Stroke(pen.theme.axis, width: 0.7, dash: [1.2, 1.8]))
            field.block(label: Rect(x: at - 1, y: plot.y, width: 2, height: plot.maxY - plot.y))
        }
    }

    private func drawEvents(on canvas: inout Canvas, field: inout LabelField) {
        for event in plate.events where event.at.isFinite {
            let at = min(max(x.position(event.at), plot.x), plot.maxX)
            canvas.vertical(x: at, from: area.y, to: plot.maxY, Stroke(pen.theme.ink, width: 1))
            field.block(from: Point(x: at, y: area.y), to: Point(x: at, y: plot.maxY))
            // No label crosses the line of an event: it would seem to belong to another.
            field.block(label: Rect(x: at - 1, y: area.y, width: 2, height: plot.maxY - area.y))
        }
    }

    private func draw(_ series: LinePlate.Series, on canvas: inout Canvas, field: inout LabelField) {
        let theme = pen.theme
        let look = SeriesLook(series.look, theme: theme)
        var run: [Point] = []
        var marks: [(Point, Reading)] = []
        var before: Point?
        for (offset, reading) in series.readings.enumerated() {
            let index = series.from + offset
            guard index < plate.periods.count, let value = reading.number else {
                draw(run, look, on: &canvas, field: &field)
                before = run.last ?? before
                run = []
                continue
            }
            let here = point(index, value)
            if run.isEmpty, let before {
                // Over a gap: a dotted line says that nothing is known between.
                canvas.segment(before, here, Stroke(theme.axis, width: 0.8, dash: [1, 2.4]))
            }
            run.append(here)
            marks.append((here, reading))
        }
        draw(run, look, on: &canvas, field: &field)
        // Dots that touch their neighbours on both sides would be a second, thicker line.
        let isDense = marks.count > Decimation.from && x.step < 2
        if isDense { drawRanges(marks, look, on: &canvas) }
        for (index, mark) in marks.enumerated() where !isDense || index == marks.count - 1 {
            let last = index == marks.count - 1 && series.emphasiseLast
            draw(mark.0, mark.1, look: look, last: last, on: &canvas, field: &field)
        }
    }

    private func draw(_ run: [Point], _ look: SeriesLook, on canvas: inout Canvas, field: inout LabelField) {
        let line = Decimation.line(run)
        canvas.polyline(line, look.stroke)
        field.block(polyline: line)
    }

    private func drawRanges(_ marks: [(Point, Reading)], _ look: SeriesLook, on canvas: inout Canvas) {
        let lines = marks.compactMap { point, reading in
            reading.likely.map { (x: point.x, top: y.clamped($0.upper), bottom: y.clamped($0.lower)) }
        }
        for line in Decimation.uprights(lines) {
            canvas.vertical(x: line.x, from: line.top, to: line.bottom, Stroke(look.range, width: 0.8))
        }
    }

    private func draw(
        _ point: Point, _ reading: Reading, look: SeriesLook, last: Bool, on canvas: inout Canvas,
        field: inout LabelField
    ) {
        if let likely = reading.likely {
            let from = Point(x: point.x, y: y.clamped(likely.upper))
            let to = Point(x: point.x, y: y.clamped(likely.lower))
            canvas.likelyRange(
                from, to, last ? pen.theme.blue : look.range, width: last ? 1.4 : 0.8, ends: last ? 2.6 : 0)
            field.block(from: from, to: to, width: 2)
        }
        let radius = last ? 3.6 : look.radius
        guard radius > 0 else { return }
        canvas.circle(point, radius: radius, fill: last ? pen.theme.blue : look.point)
        field.block(Rect(x: point.x - radius, y: point.y - radius, width: 2 * radius, height: 2 * radius))
    }

    private func drawMark(_ new: LinePlate.TooNew, on canvas: inout Canvas, field: inout LabelField) {
        guard let value = new.reading.number, plate.periods.indices.contains(new.period) else { return }
        let theme = pen.theme
        let here = point(new.period, value)
        if let likely = new.reading.likely {
            let top = Point(x: here.x, y: y.clamped(likely.upper))
            let bottom = Point(x: here.x, y: y.clamped(likely.lower))
            canvas.vertical(x: here.x, from: top.y, to: bottom.y, Stroke(theme.quiet, width: 0.8))
            field.block(from: top, to: bottom, width: 2)
        }
        if let earlier = new.earlier {
            canvas.horizontal(
                y: y.clamped(earlier), from: here.x - 6.5, to: here.x + 6.5, Stroke(theme.ink, width: 1.4))
            field.block(Rect(x: here.x - 6.5, y: y.clamped(earlier) - 1.5, width: 13, height: 3))
        }
        canvas.hollow(here, radius: 3, theme.blue)
        field.block(Rect(x: here.x - 6.5, y: here.y - 4, width: 13, height: 8))
    }
}

/// How a series is drawn.
struct SeriesLook {
    var stroke: Stroke
    var point: Color
    var range: Color
    var radius: Double

    init(_ look: LinePlate.Series.Look, theme: Theme) {
        switch look {
        case .main:
            stroke = Stroke(theme.blue, width: theme.seriesWidth, cap: .round)
            (point, range, radius) = (theme.blue, theme.mid, 2)
        case .muted:
            stroke = Stroke(theme.mid, width: 1, cap: .round)
            (point, range, radius) = (theme.mid, theme.mid, 2)
        case .past:
            stroke = Stroke(theme.quiet, width: 1, cap: .round)
            (point, range, radius) = (theme.quiet, theme.axis, 1.6)
        case .plain:
            stroke = Stroke(theme.blue, width: 1.6, cap: .round)
            (point, range, radius) = (theme.blue, theme.mid, 0)
        case .dashed:
            stroke = Stroke(theme.ink, width: 0.8, dash: [2.8, 2])
            (point, range, radius) = (theme.ink, theme.axis, 0)
        }
    }
}
