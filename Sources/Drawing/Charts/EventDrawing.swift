/// The marks, columns and strips of an `EventPlate`.
extension EventPlate {
    struct PlacedMark {
        var mark: Mark
        var x: Double
        /// Where its words stand; nil: nowhere.
        var text: Rect?
        /// 0 is nearest to the lanes.
        var level: Int
    }

    /// Words stand to the right of their mark (to the left at the page's edge), each on the first line where no others do;
    /// later marks choose first, so that the lines of earlier ones seldom pass through words.
    func levels(in area: Rect, pen: Pen) -> [PlacedMark] {
        let left = leftEdge(of: area, pen: pen)
        let x = BandScale(count: columns.count, start: left, end: area.maxX)
        let style = pen.theme.style(.small, .ink)
        var taken = [[ClosedRange<Double>]](repeating: [], count: EventPlate.mostLevels)
        var placed: [PlacedMark] = []
        for mark in marks.sorted(by: { $0.at > $1.at }) where mark.at.isFinite {
            let at = min(max(x.position(mark.at), left), area.maxX)
            let width = min(pen.width(mark.label, style), area.maxX - left)
            let start = at + 4 + width <= area.maxX ? at + 4 : max(at - 4 - width, left)
            let span = start...(start + width)
            let later = placed.filter { $0.x > at + 0.1 && $0.x < span.upperBound + 3 }.map { $0.level + 1 }.max() ?? 0
            let free = (min(later, EventPlate.mostLevels - 1)..<EventPlate.mostLevels).first { level in
                taken[level].allSatisfy { span.upperBound + 6 < $0.lowerBound || span.lowerBound - 6 > $0.upperBound }
            }
            guard let free else {
                placed.append(PlacedMark(mark: mark, x: at, text: nil, level: 0))
                continue
            }
            taken[free].append(span)
            placed.append(
                PlacedMark(mark: mark, x: at, text: Rect(x: start, y: 0, width: width, height: 8), level: free))
        }
        return placed.reversed()
    }

    func draw(_ placed: [PlacedMark], below top: Double, on canvas: inout Canvas) {
        let theme = canvas.theme
        func middle(_ level: Int) -> Double { top + 4 + EventPlate.level * (Double(level) + 0.5) }
        for one in placed {
            canvas.vertical(
                x: one.x, from: top - EventPlate.lane + 2, to: middle(one.level) + (one.text == nil ? 0 : 3),
                Stroke(theme.ink, width: 0.8))
        }
        for one in placed {
            canvas.circle(
                Point(x: one.x, y: top - EventPlate.lane / 2), radius: 2.6, fill: theme.white,
                stroke: Stroke(theme.ink, width: 1.2))
            guard let box = one.text else {
                canvas.shortened.append(one.mark.label)
                continue
            }
            let baseline = middle(one.level) + 2.9
            canvas.halo(Rect(x: box.x, y: baseline - 6, width: box.width, height: 7.6), by: 1.2)
            canvas.text(one.mark.label, x: box.x, baseline: baseline, theme.style(.small, .ink), limit: box.width + 0.1)
        }
    }

    /// Columns over their band, the expected level as a line of steps, the highest round number at the left.
    func drawVolumes(_ x: BandScale, in area: Rect, on canvas: inout Canvas) {
        let theme = canvas.theme
        let values = columns.flatMap { [$0.volume.number, $0.expected, $0.band?.drawable?.upper] }.compactMap { $0 }
        let axis = Axis(holding: values.filter { $0.isFinite && $0 < 1e12 }, fromZero: true, most: 4)
        let scale = LinearScale(0, max(axis.upper, 1e-9), start: area.maxY, end: area.y)
        for tick in axis.ticks where tick.value > 0 {
            canvas.horizontal(y: scale(tick.value), from: area.x, to: area.maxX, Stroke(theme.grid, width: 0.6))
        }
        let seen = Decimation.columns(columns.count, step: x.step) {
            (columns[$0].volume.number ?? -1) + (columns[$0].signal ? 1e15 : 0)
        }
        for index in seen {
            guard let band = columns[index].band?.drawable else { continue }
            let upper = scale.clamped(band.upper)
            canvas.rect(
                Rect(x: x.lower(index), y: upper, width: x.step, height: scale.clamped(max(band.lower, 0)) - upper),
                fill: theme.pale)
        }
        let width = min(x.step * 0.66, 26)
        for index in seen {
            let column = columns[index]
            let left = x.middle(index) - width / 2
            guard let volume = column.volume.number else {
                guard !column.closed, case .missing = column.volume else { continue }
                let height = min(12, area.height)
                canvas.missingHatch(Rect(x: left, y: area.maxY - height, width: width, height: height))
                continue
            }
            let top = scale.clamped(volume)
            canvas.rect(
                Rect(x: left, y: top, width: width, height: area.maxY - top),
                fill: column.signal ? theme.orange : theme.mid)
            // In grey an orange column is told by the white line in it.
            if column.signal, area.maxY - top > 5, width > 4 {
                canvas.horizontal(y: top + 2, from: left + 1, to: left + width - 1, Stroke(theme.white, width: 0.9))
            }
        }
        drawExpected(x, scale, on: &canvas)
        canvas.horizontal(y: area.maxY, from: area.x, to: area.maxX, Stroke(theme.axis, width: 0.8))
        let style = theme.style(.small, .quiet)
        if let last = axis.ticks.last {
            // On white: the grid line ends before it.
            let shown = canvas.pen.width(last.label, style)
            canvas.halo(Rect(x: area.x + 2, y: scale(last.value) - 4, width: shown, height: 8), by: 1)
            canvas.text(last.label, x: area.x + 2, baseline: scale(last.value) + 2.9, style)
        }
    }

    private func drawExpected(_ x: BandScale, _ scale: LinearScale, on canvas: inout Canvas) {
        var points: [Point] = []
        let stroke = Stroke(canvas.theme.ink, width: 1.1)
        for (index, column) in columns.enumerated() {
            guard let expected = column.expected, expected.isFinite else {
                canvas.polyline(points, stroke)
                points = []
                continue
            }
            let y = scale.clamped(max(expected, 0))
            points += [Point(x: x.lower(index), y: y), Point(x: x.lower(index) + x.step, y: y)]
        }
        canvas.polyline(points, stroke)
    }

    /// How many waited at each column's end.
    func drawWaiting(_ x: BandScale, in area: Rect, on canvas: inout Canvas) {
        let theme = canvas.theme
        let values = columns.compactMap(\.waiting).filter { $0.isFinite && $0 >= 0 && $0 < 1e12 }
        let most = max(values.max() ?? 0, 1)
        let scale = LinearScale(0, most, start: area.maxY, end: area.y + 8)
        var corners: [Point] = []
        for (index, column) in columns.enumerated() {
            guard let waiting = column.waiting, waiting.isFinite, waiting >= 0 else { continue }
            let y = scale.clamped(waiting)
            corners += [Point(x: x.lower(index), y: y), Point(x: x.lower(index) + x.step, y: y)]
        }
        if let first = corners.first, let last = corners.last {
            let ends = [first, last].map { Point(x: $0.x, y: area.maxY) }
            canvas.polygon([ends[0]] + Decimation.line(corners) + [ends[1]], fill: theme.sky)
        }
        canvas.horizontal(y: area.maxY, from: area.x, to: area.maxX, Stroke(theme.axis, width: 0.8))
        guard let peak = columns.indices.max(by: { (columns[$0].waiting ?? -1) < (columns[$1].waiting ?? -1) }),
            let value = columns[peak].waiting, value.isFinite, value > 0
        else { return }
        let words = NiceTicks.label(value, step: 1)
        let style = theme.style(.small, .ink, bold: true)
        let width = canvas.pen.width(words, style)
        let middle = min(max(x.middle(peak), area.x + width / 2 + 1), area.maxX - width / 2 - 1)
        canvas.halo(Rect(x: middle - width / 2, y: area.y, width: width, height: 7), by: 1)
        canvas.text(words, x: middle, baseline: area.y + 6, style, align: .center)
    }

    func drawTicks(_ x: BandScale, base: Double, in area: Rect, on canvas: inout Canvas) {
        let style = canvas.theme.style(.small, .quiet)
        var end = area.x - 6
        for index in Decimation.labels(Array(ticks.indices)) where ticks[index].value.isFinite {
            let tick = ticks[index]
            let at = x.position(tick.value)
            guard at >= area.x - 0.1, at <= area.maxX + 0.1 else { continue }
            canvas.vertical(x: at, from: base, to: base + 3, Stroke(canvas.theme.axis, width: 0.8))
            let width = canvas.pen.width(tick.label, style)
            let start = min(max(at - width / 2, area.x), area.maxX - width)
            guard start > end + 5, start >= area.x else { continue }
            canvas.text(tick.label, x: start, baseline: base + 11.5, style)
            end = start + width
        }
    }
}
