public import Basis

/// One event over time: what was down, partly down and recovering as each side saw it, what was done when, over what came
/// in against what was expected with its likely band, and what waited. Positions count columns: hours or days.
public struct EventPlate: FigurePlate {
    /// A stretch of a lane.
    public struct Stage: Hashable, Sendable {
        public enum Kind: String, Hashable, Sendable {
            case down, partial, recovery, planned

            /// As the alternative text says it.
            var spoken: String {
                switch self {
                case .down: say("down", context: "stage")
                case .partial: say("partly down")
                case .recovery: say("clearing what had piled up")
                case .planned: say("planned work")
                }
            }
        }
        /// Columns from the first one's beginning: 12.5 is the middle of the thirteenth.
        public var from: Double
        public var to: Double
        public var kind: Kind
        /// "4 h 28"; may be empty.
        public var label: String
        public init(from: Double, to: Double, _ kind: Kind, label: String = "") {
            self.from = from
            self.to = to
            self.kind = kind
            self.label = label
        }
    }

    /// Who says so, and what.
    public struct Lane: Hashable, Sendable {
        public var name: String
        public var stages: [Stage]
        /// Instead of stages: "says nothing".
        public var remark: String
        public init(_ name: String, _ stages: [Stage], remark: String = "") {
            self.name = name
            self.stages = stages
            self.remark = remark
        }
    }

    /// What somebody did: "seen 10:42".
    public struct Mark: Hashable, Sendable {
        public var at: Double
        public var label: String
        public init(at: Double, _ label: String) {
            self.at = at
            self.label = label
        }
    }

    public struct Column: Hashable, Sendable {
        public var volume: Reading
        public var expected: Double?
        /// Where a column would lie without the event.
        public var band: LikelyRange?
        public var waiting: Double?
        public var closed: Bool
        /// Outside its band during the event: orange.
        public var signal: Bool
        public init(
            _ volume: Reading, expected: Double? = nil, band: LikelyRange? = nil, waiting: Double? = nil,
            closed: Bool = false, signal: Bool = false
        ) {
            self.volume = volume
            self.expected = expected
            self.band = band
            self.waiting = waiting
            self.closed = closed
            self.signal = signal
        }
    }

    public var subject: String
    public var lanes: [Lane]
    public var marks: [Mark]
    public var columns: [Column]
    /// Left of the columns: "Conversations an hour".
    public var volumeTitle: String
    /// Left of the strip below; empty: nothing is known of who waited.
    public var waitingTitle: String
    /// Values count columns.
    public var ticks: [Axis.Tick]
    /// Instead of columns, where nothing came in that could be counted.
    public var absence: Reading

    public init(
        subject: String, lanes: [Lane], marks: [Mark] = [], columns: [Column], volumeTitle: String,
        waitingTitle: String = "", ticks: [Axis.Tick], absence: Reading = .missing(say("no export"))
    ) {
        self.subject = subject
        self.lanes = lanes
        self.marks = marks
        self.columns = columns
        self.volumeTitle = volumeTitle
        self.waitingTitle = waitingTitle
        self.ticks = ticks
        self.absence = absence
    }

    static let lane = 13.0
    static let level = 11.5
    static let mostLevels = 4
    private static let axisHeight = 15.0
    private static let stripHeight = 38.0
    var hasVolumes: Bool { columns.contains { $0.volume.number != nil } }
    private var hasWaiting: Bool {
        !waitingTitle.isEmpty && columns.contains { ($0.waiting ?? 0).isFinite && $0.waiting != nil }
    }

    public func leastHeight(width: Double, pen: Pen) -> Double {
        let head = EventPlate.lane * Double(min(lanes.count, 4)) + EventPlate.level * Double(min(marks.count, EventPlate.mostLevels))
        return head + 62 + EventPlate.axisHeight + (hasWaiting ? EventPlate.stripHeight + 8 : 0)
    }

    var alternative: String {
        let told = lanes.map { lane -> String in
            let stages = lane.stages.map { [$0.kind.spoken, $0.label].filter { !$0.isEmpty }.joined(separator: " ") }
            return "\(lane.name) " + (stages + [lane.remark]).filter { !$0.isEmpty }.joined(separator: ", ")
        }
        let known = columns.filter { $0.volume.number != nil }.count
        let outside = columns.filter(\.signal).count
        let volumes = hasVolumes
            ? [say("\(volumeTitle): known in \(known) of \(columns.count), \(outside) outside the usual")]
            : [absence.reason ?? ""]
        return Spoken.list(subject, told + marks.map(\.label) + volumes)
    }

    // MARK: Drawing

    /// Where everything stands.
    private struct Plan {
        var left: Double
        var x: BandScale
        var lanes: Int
        var lanesBottom: Double
        var volumes: Rect
        var waiting: Rect?
        var base: Double
    }

    func drawFigure(on canvas: inout Canvas, in area: Rect) {
        let placed = levels(in: area, pen: canvas.pen)
        let plan = plan(in: area, levels: (placed.map(\.level).max() ?? -1) + 1, pen: canvas.pen)
        drawClosed(plan, top: area.y, on: &canvas)
        drawBounds(plan, on: &canvas)
        for (index, lane) in lanes.prefix(plan.lanes).enumerated() {
            // What was done when stands on the last lane: its stages' words leave it room.
            let done = index == plan.lanes - 1 ? placed.map(\.x) : []
            draw(
                lane, middle: area.y + EventPlate.lane * (Double(index) + 0.5), done: done, plan, area: area,
                on: &canvas)
        }
        if plan.lanes < lanes.count {
            canvas.text(
                Overflow.words(lanes.count - plan.lanes), x: plan.left - 8, baseline: plan.lanesBottom - 3.4,
                canvas.theme.style(.body, .quiet), align: .right)
        }
        draw(placed, below: plan.lanesBottom, on: &canvas)
        if hasVolumes {
            drawVolumes(plan.x, in: plan.volumes, on: &canvas)
        } else {
            let middle = plan.volumes.midY
            canvas.absence(absence, in: Rect(x: plan.left, y: middle - 7, width: plan.volumes.width, height: 14))
        }
        drawTitle(volumeTitle, in: plan.volumes, plan, area: area, on: &canvas)
        if let waiting = plan.waiting {
            drawWaiting(plan.x, in: waiting, on: &canvas)
            drawTitle(waitingTitle, in: waiting, plan, area: area, on: &canvas)
        }
        drawTicks(
            plan.x, base: plan.base,
            in: Rect(x: plan.left, y: plan.base, width: area.maxX - plan.left, height: EventPlate.axisHeight), on: &canvas)
    }

    func leftEdge(of area: Rect, pen: Pen) -> Double {
        let names = lanes.map { pen.width($0.name, pen.theme.style(.body, .ink, bold: true)) }
        let titles = [volumeTitle, waitingTitle].flatMap {
            pen.lines(RichText($0), size: .body, tone: .text, width: EventPlate.titleWidth).map(\.width)
        }
        return area.x + min(max((names + titles).max() ?? 0, 20), area.width * 0.26) + 10
    }
    private static let titleWidth = 76.0

    private func plan(in area: Rect, levels: Int, pen: Pen) -> Plan {
        let left = leftEdge(of: area, pen: pen)
        let strip = hasWaiting ? EventPlate.stripHeight : 0
        let marksHeight = levels == 0 ? 0 : EventPlate.level * Double(levels) + 4
        let room = area.height - marksHeight - EventPlate.axisHeight - strip - 62
        let fit = Overflow.rows(lanes.count, height: max(room, EventPlate.lane), floor: EventPlate.lane, ceiling: EventPlate.lane)
        let lanesBottom = area.y + EventPlate.lane * Double(fit.shown + (fit.shown < lanes.count ? 1 : 0))
        let base = area.maxY - EventPlate.axisHeight
        let top = lanesBottom + marksHeight + 8
        let volumesBottom = hasWaiting ? base - strip - 8 : base
        let waiting = hasWaiting
            ? Rect(x: left, y: volumesBottom + 8, width: area.maxX - left, height: strip) : nil
        return Plan(
            left: left, x: BandScale(count: columns.count, start: left, end: area.maxX), lanes: fit.shown,
            lanesBottom: lanesBottom,
            volumes: Rect(x: left, y: top, width: area.maxX - left, height: max(volumesBottom - top, 10)), waiting: waiting,
            base: base)
    }

    private func drawClosed(_ plan: Plan, top: Double, on canvas: inout Canvas) {
        let seen = Decimation.columns(columns.count, step: plan.x.step) { columns[$0].closed ? 1 : 0 }
        for index in seen where columns[index].closed {
            canvas.rect(
                Rect(x: plan.x.lower(index), y: top, width: plan.x.step, height: plan.base - top),
                fill: canvas.theme.wash)
        }
    }

    /// From where it began and to where it ended, down to the axis.
    private func drawBounds(_ plan: Plan, on canvas: inout Canvas) {
        let stages = lanes.first?.stages.filter { $0.kind == .down || $0.kind == .partial } ?? []
        for edge in Set(stages.flatMap { [$0.from, $0.to] }).sorted() where edge >= 0 && edge <= Double(columns.count) {
            canvas.vertical(
                x: plan.x.position(edge), from: plan.lanesBottom - 2, to: plan.base,
                Stroke(canvas.theme.orange, width: 0.7, dash: [1.4, 2]))
        }
    }

    private func draw(
        _ lane: Lane, middle: Double, done: [Double], _ plan: Plan, area: Rect, on canvas: inout Canvas
    ) {
        let theme = canvas.theme
        let baseline = middle + 3.2
        canvas.text(
            lane.name, x: plan.left - 8, baseline: baseline, theme.style(.body, .ink, bold: !lane.stages.isEmpty),
            align: .right, limit: plan.left - 8 - area.x)
        canvas.horizontal(y: middle, from: plan.left, to: area.maxX, Stroke(theme.hairline, width: 0.9))
        if lane.stages.isEmpty, !lane.remark.isEmpty {
            let style = theme.style(.small, .text)
            let width = min(canvas.pen.width(lane.remark, style), area.maxX - plan.left - 8)
            canvas.halo(Rect(x: plan.left + 6, y: middle - 4, width: width, height: 8), by: 3)
            canvas.text(lane.remark, x: plan.left + 6, baseline: baseline, style, limit: area.maxX - plan.left - 8)
        }
        var field = LabelField(bounds: Rect(x: plan.left, y: middle - 7, width: area.maxX - plan.left, height: 14))
        let boxes = lane.stages.map { stage -> Rect in
            let from = min(max(plan.x.position(stage.from), plan.left), area.maxX - 2.5)
            let to = min(max(plan.x.position(stage.to), from + 2.5), area.maxX)
            return Rect(x: from, y: middle - 4.7, width: to - from, height: 9.4)
        }
        for box in boxes { field.block(label: Rect(x: box.x - 2, y: middle - 5, width: box.width + 4, height: 10)) }
        for at in done { field.block(label: Rect(x: at - 3.5, y: middle - 5, width: 7, height: 10)) }
        for (stage, box) in zip(lane.stages, boxes) { draw(stage.kind, in: box, on: &canvas) }
        for (stage, box) in zip(lane.stages, boxes) where !stage.label.isEmpty {
            let isOff = stage.kind == .down || stage.kind == .partial
            let inside = theme.style(.small, .inverse, bold: true)
            let wide = canvas.pen.width(stage.label, inside)
            let isCrossed = done.contains { $0 > box.x && $0 < box.x + wide + 8 }
            if stage.kind == .down, wide <= box.width - 8, !isCrossed {
                canvas.text(stage.label, x: box.x + 4, baseline: middle + 2.9, inside)
                continue
            }
            let style = theme.style(.body, isOff ? .bad : .text, bold: isOff)
            let width = canvas.pen.width(stage.label, style)
            let places = [box.maxX + 5, box.x - 5 - width].map { Rect(x: $0, y: middle - 5, width: width, height: 9.6) }
            guard let place = field.place(places) else {
                canvas.shortened.append(stage.label)
                continue
            }
            canvas.halo(place.area, by: 1.5)
            canvas.text(stage.label, x: place.area.x, baseline: baseline, style)
        }
    }

    private func draw(_ kind: Stage.Kind, in box: Rect, on canvas: inout Canvas) {
        let theme = canvas.theme
        switch kind {
        case .down: canvas.rect(box, fill: theme.orange)
        case .partial:
            canvas.rect(box, fill: theme.white)
            canvas.hatch(box, theme.orange, width: 1, spacing: 3)
            canvas.rect(box, stroke: Stroke(theme.orange, width: 0.9))
        case .recovery:
            canvas.rect(Rect(x: box.x, y: box.midY - 2.4, width: box.width, height: 4.8), fill: theme.mid)
        case .planned:
            canvas.rect(box, fill: theme.white)
            canvas.hatch(box, theme.quiet, width: 0.6)
            canvas.rect(box, stroke: Stroke(theme.text, width: 0.9))
        }
    }

    private func drawTitle(_ title: String, in strip: Rect, _ plan: Plan, area: Rect, on canvas: inout Canvas) {
        let width = min(EventPlate.titleWidth, plan.left - 8 - area.x)
        let lines = canvas.pen.lines(RichText(title), size: .body, tone: .text, width: width)
        let most = max(min(lines.count, Int((strip.height + 8) / 12)), 1)
        if most < lines.count { canvas.shortened.append(title) }
        var baseline = strip.midY - Double(most - 1) * 6 + 3
        for line in lines.prefix(most) {
            canvas.draw(line, x: plan.left - 8 - line.width, baseline: baseline)
            baseline += 12
        }
    }
}
