/// The axes of the charts: values at the left or at the foot, their ticks' labels never one over the other.
extension Canvas {
    /// Grid lines over the plot and the ticks' labels before it.
    mutating func valueAxis(_ axis: Axis, _ scale: LinearScale, plot: Rect) {
        let style = theme.style(.small, .quiet)
        var ceiling = Double.infinity
        for tick in axis.ticks where tick.value.isFinite {
            let level = scale(tick.value)
            if tick.value != axis.lower {
                horizontal(y: level, from: plot.x, to: plot.maxX, Stroke(theme.grid, width: 0.6))
            }
            guard level + 2.9 < ceiling - 8 else { continue }
            ceiling = level + 2.9
            text(tick.label, x: plot.x - 6, baseline: level + 2.9, style, align: .right)
        }
    }

    /// A line under the plot with ticks and their labels, the last label before the others, none outside the area.
    mutating func footAxis(_ axis: Axis, _ scale: LinearScale, y: Double, area: Rect) {
        let stroke = Stroke(theme.axis, width: 0.8)
        let style = theme.style(.small, .quiet)
        horizontal(y: y, from: scale.start, to: scale.end, stroke)
        for tick in axis.ticks where tick.value.isFinite {
            vertical(x: scale(tick.value), from: y, to: y + 2.6, stroke)
        }
        for place in pen.tickLabels(axis, scale, area: area) {
            text(place.label, x: place.left, baseline: y + 12, style)
        }
    }
}

extension Pen {
    /// What the labels of a value axis take before the plot, with air behind them.
    func axisRoom(_ axis: Axis) -> Double {
        let widest = axis.ticks.map { width($0.label, theme.style(.small, .quiet)) }.max() ?? 0
        return widest > 0 ? widest + 8 : 2
    }

    /// Where the labels under an axis begin, from left to right: the number under its tick, its unit beyond; inside the
    /// area; of two that would touch the last of the axis stays, then the first, then who comes first.
    func tickLabels(_ axis: Axis, _ scale: LinearScale, area: Rect) -> [(label: String, left: Double)] {
        let style = theme.style(.small, .quiet)
        var order = Array(axis.ticks.indices.dropLast())
        if let last = axis.ticks.indices.last { order.insert(last, at: 0) }
        var taken: [(label: String, left: Double, right: Double)] = []
        for index in order where axis.ticks[index].value.isFinite && !axis.ticks[index].label.isEmpty {
            let tick = axis.ticks[index]
            let bare = tick.label.prefix { $0 != " " }
            let wide = width(tick.label, style)
            let wished = scale(tick.value) - width(String(bare), style) / 2
            let left = max(min(wished, area.maxX - wide), area.x)
            guard left + wide <= area.maxX + 0.1 else { continue }
            guard taken.allSatisfy({ left > $0.right + 5 || left + wide < $0.left - 5 }) else { continue }
            taken.append((tick.label, left, left + wide))
        }
        return taken.sorted { $0.left < $1.left }.map { ($0.label, $0.left) }
    }
}
