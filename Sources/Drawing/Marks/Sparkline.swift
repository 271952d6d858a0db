/// A small line without axis: how a figure went, its last point emphasised.
struct Sparkline {
    var readings: [Reading]
    /// The usual range, as a band behind it.
    var usual: LikelyRange?
    /// A missed target: the last point is orange.
    var signal = false

    func draw(on canvas: inout Canvas, in area: Rect) {
        let theme = canvas.theme
        let numbers = readings.compactMap(\.number) + [usual?.drawable?.lower, usual?.drawable?.upper].compactMap { $0 }
        guard let low = numbers.min(), let high = numbers.max() else { return }
        let inset = 2.4
        let scale = LinearScale(low, high, start: area.maxY - inset, end: area.y + inset)
        if let usual = usual?.drawable {
            let top = scale(usual.upper)
            canvas.rect(
                Rect(x: area.x, y: top, width: area.width, height: scale(usual.lower) - top), fill: theme.pale)
        }
        let count = Double(max(readings.count - 1, 1))
        let stroke = Stroke(theme.mid, width: 1, cap: .round)
        var run: [Point] = []
        var last: Point?
        for (index, reading) in readings.enumerated() {
            let share = readings.count == 1 ? 1 : Double(index) / count
            let x = area.x + inset + (area.width - 2 * inset) * share
            if let value = reading.number {
                run.append(Point(x: x, y: scale(value)))
                last = run.last
            } else {
                canvas.polyline(run, stroke)
                run = []
            }
        }
        canvas.polyline(run, stroke)
        // Only the newest figure is emphasised: a line that ends before has none.
        guard let last, readings.last?.number != nil else { return }
        canvas.circle(last, radius: 2.1, fill: signal ? theme.orange : theme.blue)
    }
}
