public import Basis

/// Days in tones: months as leaves of a calendar where there is room, else weeks across and weekdays down.
public struct CalendarPlate: FigurePlate {
    public enum Day: Hashable, Sendable {
        /// `tone` counts from 0, the palest of the legend's classes; a signal is orange with a dot.
        case value(tone: Int, signal: Bool = false)
        /// Open, and nothing came.
        case empty
        case closed
        /// No data: orange hatch with an outline.
        case missing
        /// Not yet over.
        case ahead
    }

    public struct Month: Hashable, Sendable {
        /// "October 2026"
        public var label: String
        /// Short, over the weeks of a long calendar: "Oct".
        public var short: String
        /// The column of its first day, from 0.
        public var firstColumn: Int
        public var days: [Day]
        public init(_ label: String, short: String, firstColumn: Int, days: [Day]) {
            self.label = label
            self.short = short
            self.firstColumn = min(max(firstColumn, 0), 6)
            self.days = days
        }
        var weeks: Int { (firstColumn + days.count + 6) / 7 }
    }

    public var subject: String
    /// Seven, in the order of the columns: "Mo", "Tu".
    public var weekdays: [String]
    public var months: [Month]
    /// "Answered in time", then its classes; at most four, palest first.
    public var toneTitle: String
    public var tones: [String]
    /// Days that are spoken of, for the alternative text: "Sat 17 Oct 48 %".
    public var remarks: [String]
    /// Leaves of months also where there are more than three.
    public var asLeaves = false
    /// Said when no day has a value.
    public var absence: Reading

    public init(
        subject: String, weekdays: [String], months: [Month], toneTitle: String = "", tones: [String] = [],
        remarks: [String] = [], absence: Reading = .tooFew(say("nothing to show"))
    ) {
        self.subject = subject
        self.weekdays = weekdays
        self.months = months
        self.toneTitle = toneTitle
        self.tones = tones
        self.remarks = remarks
        self.absence = absence
    }

    private static let leaf = (cell: 13.5, row: 12.5, most: 17.0, head: 27.0, gap: 18.0)
    private static let strip = (cell: 6.0, most: 13.0, head: 12.0, gap: 8.0)
    private var legend: Double { tones.isEmpty ? 2 : 17 }

    private var hasValues: Bool {
        months.contains { $0.days.contains { if case .value = $0 { true } else { false } } }
    }

    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        guard hasValues else { return 24 }
        if asLeaves || months.count <= 3 { return leaves(width: width).map { height(of: $0, row: 16) + legend } }
        return strips(width: width, pen: pen).height + legend
    }
    public func leastHeight(width: Double, pen: Pen) -> Double {
        guard hasValues else { return 24 }
        let strips = strips(width: width, pen: pen)
        let all = strips.height
        let one = CalendarPlate.strip.head + 7 * strips.cell
        return min(all, max(one * 3 + 2 * CalendarPlate.strip.gap, 120)) + legend
    }

    var alternative: String {
        guard hasValues else { return Spoken.list(subject, [absence.reason ?? ""]) }
        let told = months.map { month -> String in
            var counts: [String] = tones.enumerated().compactMap { index, name in
                let days = month.days.count { if case .value(index, _) = $0 { true } else { false } }
                return days > 0 ? "\(name) \(days)" : nil
            }
            let missing = month.days.count { $0 == .missing }
            if missing > 0 { counts.append(say("\(missing) days missing")) }
            let signals = month.days.indices.filter { if case .value(_, true) = month.days[$0] { true } else { false } }
            let told = signals.map { String($0 + 1) }.joined(separator: ", ")
            if !signals.isEmpty { counts.append(say("signal at \(told)")) }
            return "\(month.label): " + counts.joined(separator: ", ")
        }
        return Spoken.list([subject, toneTitle].filter { !$0.isEmpty }.joined(separator: ", "), told + remarks)
    }

    // MARK: Leaves

    private struct Leaves {
        var columns: Int
        var width: Double
    }

    private func leaves(width: Double) -> Leaves? {
        let leaf = CalendarPlate.leaf
        let least = 7 * leaf.cell
        guard width >= least else { return nil }
        let columns = min(Int((width + leaf.gap) / (least + leaf.gap)), max(months.count, 1))
        let each = (width - leaf.gap * Double(columns - 1)) / Double(columns)
        return Leaves(columns: columns, width: min(each, 7 * 26))
    }

    /// The rows of months one under the other, each as high as its longest.
    private func height(of leaves: Leaves, row: Double) -> Double {
        let leaf = CalendarPlate.leaf
        let rows = stride(from: 0, to: months.count, by: leaves.columns).map { start in
            months[start..<min(start + leaves.columns, months.count)].map(\.weeks).max() ?? 0
        }
        return rows.reduce(leaf.gap * 0.5 * Double(max(rows.count - 1, 0))) { $0 + leaf.head + row * Double($1) }
    }

    // MARK: Strips

    private struct Strips {
        var parts: [[Month]]
        var cell: Double
        var label: Double
        var height: Double {
            Double(parts.count) * (CalendarPlate.strip.head + 7 * cell)
                + CalendarPlate.strip.gap * Double(max(parts.count - 1, 0))
        }
    }

    /// Months side by side until a line is full; the days as large as the longest line lets them be.
    private func strips(width: Double, pen: Pen) -> Strips {
        let strip = CalendarPlate.strip
        let label = (weekdays.map { pen.width($0, pen.theme.style(.small, .quiet)) }.max() ?? 0) + 5
        let room = max(width - label, strip.cell * 8)
        // Months of a strip share a week where one ends and the next begins: seven days a column, a gap between.
        func wide(_ months: [Month], _ cell: Double) -> Double {
            months.reduce(0) { $0 + Double($1.weeks) * cell } + 3 * Double(max(months.count - 1, 0))
        }
        var parts: [[Month]] = []
        for month in months {
            if let last = parts.last, last.count < 12, wide(last + [month], strip.cell) <= room {
                parts[parts.count - 1].append(month)
            } else {
                parts.append([month])
            }
        }
        let weeks = parts.map { part in
            (room - 3 * Double(max(part.count - 1, 0))) / Double(max(part.reduce(0) { $0 + $1.weeks }, 1))
        }
        return Strips(parts: parts, cell: min(weeks.min() ?? strip.cell, strip.most), label: label)
    }

    // MARK: Drawing

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        guard hasValues else {
            canvas.absence(absence, in: Rect(x: area.x, y: area.y + 4, width: area.width, height: 14))
            return
        }
        let room = area.height - legend
        let leaf = CalendarPlate.leaf
        let bottom: Double
        if let leaves = leaves(width: area.width), height(of: leaves, row: leaf.row) <= room + 0.01 {
            bottom = draw(leaves, on: &canvas, in: area, room: room)
        } else {
            bottom = drawStrips(on: &canvas, in: area, room: room)
        }
        drawLegend(baseline: min(bottom + 13, area.maxY - 3), on: &canvas, area: area)
    }

    private func draw(_ leaves: Leaves, on canvas: inout Canvas, in area: Rect, room: Double) -> Double {
        let leaf = CalendarPlate.leaf
        let floor = height(of: leaves, row: leaf.row)
        let lines = (height(of: leaves, row: leaf.row + 1) - floor)
        let row = min(leaf.row + (room - floor) / max(lines, 1), leaf.most)
        let theme = canvas.theme
        var top = area.y
        for start in stride(from: 0, to: months.count, by: leaves.columns) {
            var weeks = 0
            for (column, month) in months[start..<min(start + leaves.columns, months.count)].enumerated() {
                let x = area.x + Double(column) * (leaves.width + leaf.gap)
                let cell = leaves.width / 7
                canvas.text(
                    month.label, x: x, baseline: top + 8, theme.style(.body, .ink, bold: true), limit: leaves.width)
                for (index, name) in weekdays.prefix(7).enumerated() {
                    let style = theme.style(.small, .quiet)
                    guard canvas.pen.width(name, style) <= cell - 1 else { continue }
                    canvas.text(name, x: x + cell * (Double(index) + 0.5), baseline: top + 21, style, align: .center)
                }
                for (index, day) in month.days.enumerated() {
                    let place = month.firstColumn + index
                    let box = Rect(
                        x: x + cell * Double(place % 7) + 0.7, y: top + leaf.head + row * Double(place / 7) + 0.7,
                        width: cell - 1.4, height: row - 1.4)
                    draw(day, number: "\(index + 1)", in: box, on: &canvas)
                }
                weeks = max(weeks, month.weeks)
            }
            top += leaf.head + row * Double(weeks) + leaf.gap * 0.5
        }
        return top - leaf.gap * 0.5
    }

    private func drawStrips(on canvas: inout Canvas, in area: Rect, room: Double) -> Double {
        let strip = CalendarPlate.strip
        let strips = strips(width: area.width, pen: canvas.pen)
        let each = strip.head + 7 * strips.cell
        var count = strips.parts.count
        if strips.height > room + 0.01 { count = max(Int((room - 12 + strip.gap) / (each + strip.gap)), 1) }
        let style = canvas.theme.style(.small, .quiet)
        var top = area.y
        for part in strips.parts.prefix(count) {
            for index in [0, 2, 4, 6] where weekdays.indices.contains(index) && (strips.cell >= 4.5 || index == 0) {
                let middle = top + strip.head + strips.cell * (Double(index) + 0.5)
                canvas.text(weekdays[index], x: area.x, baseline: middle + 2.9, style)
            }
            var x = area.x + strips.label
            var edge = -Double.infinity
            for month in part {
                if x > edge + 3, x + canvas.pen.width(month.short, style) <= area.maxX + 0.1 {
                    edge = canvas.text(month.short, x: x, baseline: top + 7.5, style).maxX
                }
                for (index, day) in month.days.enumerated() {
                    let place = month.firstColumn + index
                    let box = Rect(
                        x: x + strips.cell * Double(place / 7) + 0.4,
                        y: top + strip.head + strips.cell * Double(place % 7) + 0.4, width: strips.cell - 0.8,
                        height: strips.cell - 0.8)
                    draw(day, number: nil, in: box, on: &canvas)
                }
                x += strips.cell * Double(month.weeks) + 3
            }
            top += each + strip.gap
        }
        let rest = strips.parts.dropFirst(count).reduce(0) { $0 + $1.count }
        guard rest > 0 else { return top - strip.gap }
        canvas.text(
            Overflow.words(rest), x: area.x, baseline: top + 6, canvas.theme.style(.body, .quiet))
        return top + 8
    }

    private func fill(_ tone: Int) -> Fill {
        let all: [Fill] = tones.count > 3 ? [.pale, .soft, .medium, .strong] : [.pale, .soft, .strong]
        return all[min(max(tone, 0), all.count - 1)]
    }

    private func draw(_ day: Day, number: String?, in box: Rect, on canvas: inout Canvas) {
        let theme = canvas.theme
        var tone: Tone = .quiet
        var bold = false
        var isHatched = false
        switch day {
        case .value(let level, let signal):
            let fill = signal ? Fill.bad : fill(level)
            canvas.rect(box, fill: theme.color(fill))
            tone = theme.tone(on: fill)
            bold = signal
            if signal {
                // The second cue: a white dot in the corner, or in the middle where there is no number.
                let radius = number == nil ? min(box.width * 0.2, 2) : 1.4
                let at = number == nil
                    ? Point(x: box.midX, y: box.midY) : Point(x: box.maxX - 2.8, y: box.y + 2.8)
                canvas.circle(at, radius: radius, fill: theme.white)
            }
        case .empty: canvas.rect(box, fill: theme.wash)
        case .closed:
            canvas.closedHatch(box)
            isHatched = true
        case .missing:
            canvas.missingHatch(box)
            isHatched = true
        case .ahead:
            let inner = Rect(x: box.x + 0.3, y: box.y + 0.3, width: box.width - 0.6, height: box.height - 0.6)
            canvas.rect(inner, stroke: Stroke(theme.hairline, width: 0.6))
        }
        guard let number else { return }
        let style = theme.style(.small, tone, bold: bold)
        let wide = canvas.pen.width(number, style)
        guard wide <= box.width - 1 else { return }
        let baseline = box.midY + 2.9
        if isHatched {
            let patch = Rect(x: box.midX - wide / 2 - 1.2, y: baseline - 6.8, width: wide + 2.4, height: 7.8)
            canvas.rect(patch, fill: theme.white)
        }
        canvas.text(number, x: box.midX, baseline: baseline, style, align: .center)
    }

    private func drawLegend(baseline: Double, on canvas: inout Canvas, area: Rect) {
        guard !tones.isEmpty else { return }
        let theme = canvas.theme
        let style = theme.style(.small, .text)
        let quiet = theme.style(.small, .quiet)
        let needed = tones.reduce(canvas.pen.width(toneTitle, quiet) + 7) { $0 + 21 + canvas.pen.width($1, style) } - 9
        var x = area.x
        if !toneTitle.isEmpty, needed <= area.width {
            x = canvas.text(toneTitle, x: x, baseline: baseline, quiet).maxX + 7
        }
        for (index, tone) in tones.enumerated() {
            guard x + 12 + canvas.pen.width(tone, style) <= area.maxX else { return }
            canvas.rect(Rect(x: x, y: baseline - 7, width: 8, height: 8), fill: theme.color(fill(index)))
            x = canvas.text(tone, x: x + 12, baseline: baseline, style).maxX + 9
        }
    }
}
