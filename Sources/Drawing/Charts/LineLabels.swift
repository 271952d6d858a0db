/// The labels of a line chart, each in the first place that is free of lines, marks and other labels.
extension LineDrawing {
    func drawLabels(on canvas: inout Canvas, field: inout LabelField) {
        drawEventLabels(on: &canvas, field: &field)
        for series in plate.series { drawLast(of: series, on: &canvas, field: &field) }
        for new in plate.tooNew { drawLabel(of: new, on: &canvas, field: &field) }
        drawTargetLabel(on: &canvas, field: &field)
        for flag in plate.flags { draw(flag, on: &canvas, field: &field) }
        for usual in plate.usual { drawLabel(of: usual, on: &canvas, field: &field) }
        drawMarkNames(on: &canvas, field: &field)
    }

    /// Last, and only where there is room on nothing: what else the chart says comes first.
    private func drawMarkNames(on canvas: inout Canvas, field: inout LabelField) {
        let style = pen.theme.style(.small, .quiet)
        for mark in plate.marks where mark.at.isFinite {
            let at = min(max(x.position(mark.at), plot.x), plot.maxX)
            let width = pen.width(mark.name, style)
            let rows = [plot.maxY - 11, plot.maxY - 22, plot.y + 2]
            let places = rows.flatMap { y in
                [at + 3, at - 3 - width].map { Rect(x: $0, y: y, width: width, height: style.size) }
            }
            guard let place = places.first(where: { field.isFree($0, within: plot) }) else { continue }
            _ = field.place([place])
            canvas.label(
                Label(mark.name), x: place.x, baseline: place.y + style.size * 0.84, size: .small, tone: .quiet,
                bold: false)
        }
    }

    private func size(_ text: String, _ style: TextStyle) -> Size {
        Size(width: pen.width(text, style), height: style.size)
    }

    /// Draws the text in the first free candidate; one that fits nowhere is reported, not printed over another.
    private func put(
        _ label: Label, _ size: TypeSize, tone: Tone, bold: Bool, at candidates: [Rect], on canvas: inout Canvas,
        field: inout LabelField
    ) {
        guard !label.isEmpty else { return }
        guard let place = field.place(candidates) else {
            canvas.shortened.append(label.text)
            return
        }
        if place.needsHalo { canvas.halo(place.area, by: 1.5) }
        let height = pen.theme.style(size).size
        canvas.label(
            label, x: place.area.x, baseline: place.area.y + height * 0.84, size: size, tone: tone, bold: bold)
    }

    private func drawEventLabels(on canvas: inout Canvas, field: inout LabelField) {
        for event in plate.events where event.at.isFinite {
            let at = min(max(x.position(event.at), plot.x), plot.maxX)
            let bold = pen.theme.style(.small, .ink, bold: true)
            let plain = pen.theme.style(.small, .text)
            let date = size(event.date, bold)
            let text = size(event.label, plain)
            // Beside its own line, in the strip over the plot or, when others stand there, a line or two lower.
            let rows = [0.0, 12, 24, 36].map { area.y + $0 }
            let dates = rows.flatMap { y in
                [at - 4 - date.width, at + 4].map { Rect(x: $0, y: y, width: date.width, height: 9) }
            }
            put(Label(event.date), .small, tone: .ink, bold: true, at: dates, on: &canvas, field: &field)
            let labels = rows.flatMap { y in
                [at + 4, at - 4 - text.width].map { Rect(x: $0, y: y, width: text.width, height: 9) }
            }
            put(Label(event.label), .small, tone: .text, bold: false, at: labels, on: &canvas, field: &field)
        }
        let windows = plate.windows.filter { !$0.label.isEmpty && $0.from.isFinite && $0.to.isFinite }
        for window in windows {
            let style = pen.theme.style(.small, window.missing ? .bad : .text, bold: window.missing)
            let text = size(window.label, style)
            let from = max(x.position(window.from), plot.x)
            let to = min(x.position(window.to), plot.maxX)
            let lefts = [from + 4, (from + to - text.width) / 2, to - text.width, from - text.width - 4]
            put(
                Label(window.label), .small, tone: window.missing ? .bad : .text, bold: window.missing,
                at: lefts.map { Rect(x: $0, y: area.y, width: text.width, height: 9) }, on: &canvas, field: &field)
        }
    }

    private func drawLast(of series: LinePlate.Series, on canvas: inout Canvas, field: inout LabelField) {
        guard let label = series.lastLabel,
            let offset = series.readings.lastIndex(where: { $0.number != nil }),
            let value = series.readings[offset].number, series.from + offset < plate.periods.count
        else { return }
        let here = point(series.from + offset, series.level ?? value)
        let size: TypeSize = series.emphasiseLast ? .finding : .body
        let box = Size(width: pen.width(label, size, bold: true), height: pen.theme.style(size).size)
        let right = Rect(x: here.x + 7, y: here.y - box.height / 2, width: box.width, height: box.height)
        var candidates = [right]
        if let likely = series.readings[offset].likely {
            let overAndUnder = [y.clamped(likely.upper) - 4 - box.height, y.clamped(likely.lower) + 4].map {
                Rect(x: here.x - box.width / 2, y: $0, width: box.width, height: box.height)
            }
            // Where periods too new follow, what stands at the right would seem to be theirs.
            candidates = plate.tooNew.isEmpty ? candidates + overAndUnder : overAndUnder + candidates
        }
        for step in [4.0, 8, 12, 18, 26] {
            candidates.append(Rect(x: right.x, y: right.y - step, width: box.width, height: box.height))
            candidates.append(Rect(x: right.x, y: right.y + step, width: box.width, height: box.height))
        }
        candidates += LabelField.around(here, size: box, gap: 6)
        put(
            label, size, tone: series.look == .dashed ? .text : .good, bold: series.look != .dashed, at: candidates,
            on: &canvas, field: &field)
    }

    private func drawLabel(of new: LinePlate.TooNew, on canvas: inout Canvas, field: inout LabelField) {
        guard let number = new.reading.number, plate.periods.indices.contains(new.period) else { return }
        let here = point(new.period, number)
        let plain = pen.theme.style(.small, .text)
        let bold = pen.theme.style(.small, .ink, bold: true)
        let width = max(pen.width(new.label, plain), pen.width(new.value, bold))
        let two = !new.value.isEmpty && !new.label.isEmpty
        let box = Size(width: width, height: two ? 18 : 8.5)
        // Beside the mark, over or under its range; nowhere that is nearer to another mark than to its own.
        let right = Rect(x: here.x + 9, y: here.y - box.height / 2, width: box.width, height: box.height)
        let top = y.clamped(new.reading.likely?.upper ?? number)
        let bottom = max(y.clamped(new.reading.likely?.lower ?? number), new.earlier.map { y.clamped($0) } ?? 0)
        let overAndUnder = [top - 3 - box.height, max(bottom, here.y) + 4].map {
            Rect(x: here.x - box.width / 2, y: $0, width: box.width, height: box.height)
        }
        let others = plate.tooNew.map(\.period).filter { $0 != new.period && plate.periods.indices.contains($0) }
            .map { x.middle($0) }
        let around = LabelField.around(here, size: box, gap: 9).filter { place in
            others.allSatisfy { abs(place.midX - here.x) < abs(place.midX - $0) }
        }
        guard let place = field.place([right] + overAndUnder + around) else {
            canvas.shortened.append("\(new.label) \(new.value)")
            return
        }
        if place.needsHalo { canvas.halo(place.area, by: 1) }
        canvas.text(new.label, x: place.area.x, baseline: place.area.y + 7, plain)
        canvas.text(new.value, x: place.area.x, baseline: place.area.y + (two ? 16.2 : 7), bold)
    }

    private func drawTargetLabel(on canvas: inout Canvas, field: inout LabelField) {
        guard let target = plate.target, !target.label.isEmpty, target.value.isFinite else { return }
        let height = y.clamped(target.value)
        let box = size(target.label, pen.theme.style(.small, .ink, bold: true))
        let atRight = area.maxX - plot.maxX >= box.width + 5
            ? [Rect(x: plot.maxX + 5, y: height - 4.2, width: box.width, height: 8.4)] : []
        let lefts = [plot.x + 4, plot.midX - box.width / 2, plot.maxX - box.width - 2]
        let above = lefts.map { Rect(x: $0, y: height - 12, width: box.width, height: 9) }
        let below = lefts.map { Rect(x: $0, y: height + 3, width: box.width, height: 9) }
        put(
            Label(target.label), .small, tone: .ink, bold: true, at: atRight + above + below, on: &canvas,
            field: &field)
    }

    private func draw(_ flag: LinePlate.Flag, on canvas: inout Canvas, field: inout LabelField) {
        guard plate.series.indices.contains(flag.series) else { return }
        let series = plate.series[flag.series]
        let offset = flag.period - series.from
        guard series.readings.indices.contains(offset), let value = series.readings[offset].number,
            plate.periods.indices.contains(flag.period)
        else { return }
        let here = point(flag.period, value)
        canvas.circle(here, radius: 2.2, fill: pen.theme.orange)
        canvas.circle(here, radius: 4.6, stroke: Stroke(pen.theme.orange, width: 1.1))
        // In ink: it may lie on the tint of a usual range, where orange is too faint to read.
        let box = size(flag.label, pen.theme.style(.small, .ink, bold: true))
        let left = Rect(x: here.x - 7 - box.width, y: here.y - 4.2, width: box.width, height: 8.4)
        put(
            Label(flag.label), .small, tone: .ink, bold: true,
            at: [left] + LabelField.around(here, size: box, gap: 7), on: &canvas, field: &field)
    }

    private func drawLabel(of usual: LinePlate.UsualRange, on canvas: inout Canvas, field: inout LabelField) {
        let left = max(x.lower(usual.from), plot.x) + 4
        let right = min(x.lower(usual.to + 1), plot.maxX) - 4
        let box = size(usual.label, pen.theme.style(.small, .text))
        let top = y.clamped(usual.upper)
        let bottom = y.clamped(usual.lower)
        let rows = [bottom - 11, top + 3, top - 12, bottom + 3, top - 22]
        var candidates: [Rect] = []
        for row in rows {
            for share in [0.0, 1, 0.5, 0.25, 0.75] {
                let x = left + (right - left - box.width) * share
                candidates.append(Rect(x: x, y: row, width: box.width, height: 9))
            }
        }
        put(
            Label(usual.label), .small, tone: .text, bold: false, at: candidates, on: &canvas, field: &field)
    }
}
