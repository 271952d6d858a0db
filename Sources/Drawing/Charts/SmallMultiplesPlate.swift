public import Basis

/// A plate whose values can be drawn on an axis given from outside, so that several compare.
public protocol SharesAxis: Plate {
    /// What the axis must hold.
    var axisValues: [Double] { get }
    var axisFromZero: Bool { get }
    var axisUnit: String { get }
    var axisPrefix: String { get }
    /// The same plate on that axis.
    func on(_ axis: Axis) -> Self
}

extension LinePlate: SharesAxis {
    public var axisValues: [Double] { values }
    public var axisFromZero: Bool { fromZero }
    public var axisUnit: String { unit }
    public var axisPrefix: String { prefix }
    public func on(_ axis: Axis) -> LinePlate {
        var plate = self
        plate.axis = axis
        return plate
    }
}

extension BarsPlate: SharesAxis {
    public var axisValues: [Double] {
        rows.flatMap { [$0.reading.number, $0.reading.likely?.upper, $0.limit].compactMap { $0 } }
            + [target?.value].compactMap { $0 }
    }
    public var axisFromZero: Bool { true }
    public var axisUnit: String { "" }
    public var axisPrefix: String { "" }
    public func on(_ axis: Axis) -> BarsPlate {
        var plate = self
        plate.upper = axisValues.isEmpty ? upper : axis.upper
        return plate
    }
}

/// One plate for each name, small and side by side; those that can stand on one axis.
public struct SmallMultiplesPlate: Plate {
    public struct Part: Sendable {
        /// Over the plate: "Lakeview"; a signal is orange with its cue.
        public var title: Label
        /// At the right of it: "88 %".
        public var value: Label
        public var plate: any Plate
        public init(_ title: Label, value: Label = "", _ plate: any Plate) {
            self.title = title
            self.value = value
            self.plate = plate
        }
    }

    public var parts: [Part]
    /// The least width of one, in points.
    public var least: Double
    /// How high each plate is, without its title.
    public var height: Double
    /// What stands instead of parts.
    public var emptyText: String

    /// - Parameter shared: all plates that share an axis get the one that holds the values of all.
    public init(
        _ parts: [Part], least: Double = 110, height: Double = 76, shared: Bool = true,
        emptyText: String = say("none", context: "nothing to show")
    ) {
        self.parts = parts
        self.least = least
        self.height = height
        self.emptyText = emptyText
        guard shared else { return }
        let sharing = parts.compactMap { $0.plate as? any SharesAxis }
        guard let first = sharing.first, sharing.count == parts.count else { return }
        let axis = Axis(
            holding: sharing.flatMap(\.axisValues), fromZero: sharing.contains(where: \.axisFromZero),
            unit: first.axisUnit, prefix: first.axisPrefix, most: 4)
        for index in parts.indices { self.parts[index].plate = sharing[index].on(axis) }
    }

    private static let gap = (x: 16.0, y: 10.0)
    private static let head = 15.0

    private func columns(_ width: Double) -> Int {
        let gap = SmallMultiplesPlate.gap.x
        let most = max(Int((width + gap) / (least + gap)), 1)
        let count = min(most, max(parts.count, 1))
        // The last row is as full as can be: 8 in rows of 4, not of 5 and 3.
        let rows = (max(parts.count, 1) + count - 1) / count
        return (max(parts.count, 1) + rows - 1) / rows
    }

    private func rows(_ width: Double) -> Int { (parts.count + columns(width) - 1) / columns(width) }

    /// What a row needs at least: its title and the least of the plates, of a few where there are many.
    private func floor(width: Double, pen: Pen) -> Double {
        let each = each(width)
        let least = parts.prefix(60).map { $0.plate.leastHeight(width: each, pen: pen) }.max() ?? 14
        // The caller says how small they may be: the plates' own least is for when they stand alone.
        return SmallMultiplesPlate.head + min(least, max(height, 60), 160)
    }

    private func each(_ width: Double) -> Double {
        let count = Double(columns(width))
        return (width - SmallMultiplesPlate.gap.x * (count - 1)) / count
    }

    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        guard !parts.isEmpty else { return 14 }
        let each = max(SmallMultiplesPlate.head + height, floor(width: width, pen: pen))
        return (each + SmallMultiplesPlate.gap.y) * Double(rows(width)) - SmallMultiplesPlate.gap.y
    }

    public func leastHeight(width: Double, pen: Pen) -> Double {
        guard !parts.isEmpty else { return 14 }
        let rows = Double(min(rows(width), 3))
        let rest = self.rows(width) > 3 ? 14.0 : 0
        return (floor(width: width, pen: pen) + SmallMultiplesPlate.gap.y) * rows - SmallMultiplesPlate.gap.y + rest
    }

    public func draw(on canvas: inout Canvas, in area: Rect) {
        guard !parts.isEmpty else {
            canvas.group(.paragraph) {
                $0.text(emptyText, x: area.x, baseline: area.y + 9, $0.theme.style(.body, .quiet), limit: area.width)
            }
            return
        }
        let gap = SmallMultiplesPlate.gap
        let columns = columns(area.width)
        let floor = floor(width: area.width, pen: canvas.pen)
        let fit = Overflow.rows(
            rows(area.width), height: area.height + gap.y, floor: floor + gap.y, ceiling: .infinity)
        let shown = parts.prefix(max(fit.shown, 1) * columns)
        let rest = parts.count - shown.count
        let high = (area.height + (rest > 0 ? -12 : gap.y)) / Double(max(fit.shown, 1))
        let wide = each(area.width)
        for (index, part) in shown.enumerated() {
            let x = area.x + Double(index % columns) * (wide + gap.x)
            let y = area.y + Double(index / columns) * high
            draw(part, on: &canvas, in: Rect(x: x, y: y, width: wide, height: high - gap.y))
        }
        guard rest > 0 else { return }
        canvas.group(.paragraph) {
            $0.text(
                Overflow.words(rest), x: area.x, baseline: area.maxY - 2.5, $0.theme.style(.body, .quiet))
        }
    }

    private func draw(_ part: Part, on canvas: inout Canvas, in area: Rect) {
        canvas.group(.heading(level: 3)) { canvas in
            let value = part.value.isEmpty ? 0 : canvas.pen.width(part.value, .body, bold: true) + 8
            let room = max(area.width - min(value, area.width * 0.5), 16)
            canvas.label(part.title, x: area.x, baseline: area.y + 8, tone: .ink, bold: true, limit: room)
            canvas.label(
                part.value, x: area.maxX, baseline: area.y + 8, tone: .text, bold: true, align: .right,
                limit: area.width * 0.5)
        }
        part.plate.draw(
            on: &canvas,
            in: Rect(
                x: area.x, y: area.y + SmallMultiplesPlate.head, width: area.width,
                height: max(area.height - SmallMultiplesPlate.head, 12)))
    }
}
