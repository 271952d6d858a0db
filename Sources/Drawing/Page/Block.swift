/// One panel of a page: a rule, the finding in a sentence, a line on unit and marks, and a plate; no frame.
public struct Block: Sendable {
    /// "Only texts miss the target". Empty for plates that bring their own head.
    public var finding: String
    /// Unit, population, meaning of marks: "Share answered within 60 open minutes. Thin line: likely range".
    public var sub: String
    /// A thick orange rule: this block's figure is off target.
    public var signal: Bool
    public var plate: any Plate
    /// A sentence under the plate.
    public var note: RichText
    /// Said at the page's foot, by number; the numbers stand behind the line on unit and marks, else behind the
    /// finding.
    public var footnotes: [RichText]

    public init(
        _ finding: String, sub: String = "", signal: Bool = false, note: RichText = "", footnotes: [RichText] = [],
        plate: any Plate
    ) {
        self.finding = finding
        self.sub = sub
        self.signal = signal
        self.note = note
        self.footnotes = footnotes
        self.plate = plate
    }

    /// A tile: its title is the finding, and it carries the orange rule when it is off target.
    public init(tile: TilePlate) {
        self.init(tile.title, signal: tile.signal, plate: tile)
    }

    /// What lies above the plate, in points.
    func headHeight(width: Double, pen: Pen) -> Double {
        let head = head(width: width, pen: pen)
        return head.bodyTop
    }

    /// What the whole block wants; nil when its plate takes what it gets.
    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        plate.naturalHeight(width: width, pen: pen).map {
            headHeight(width: width, pen: pen) + $0 + noteHeight(width: width, pen: pen)
        }
    }

    public func leastHeight(width: Double, pen: Pen) -> Double {
        headHeight(width: width, pen: pen) + plate.leastHeight(width: width, pen: pen)
            + noteHeight(width: width, pen: pen)
    }

    private func noteHeight(width: Double, pen: Pen) -> Double {
        note.isEmpty ? 0 : pen.height(note, width: width, leading: 12.6) + 7
    }

    private struct Head {
        var findingLines: Int
        var subLines: Int
        var bodyTop: Double
    }

    private func head(width: Double, pen: Pen) -> Head {
        let finding = pen.lines(RichText(self.finding), size: .finding, tone: .ink, width: width).count
        let sub = pen.lines(RichText(self.sub), size: .body, tone: .quiet, width: width).count
        let findingLines = min(finding, 2)
        let subLines = min(sub, 2)
        var bottom = findingLines == 0 ? 5 : 15 + Double(findingLines - 1) * 13.5
        if subLines > 0 { bottom += 13 + Double(subLines - 1) * 11.5 }
        return Head(findingLines: findingLines, subLines: subLines, bodyTop: bottom + 9)
    }

    /// The block as it goes on: its finding says so.
    public var continued: Block {
        var block = self
        block.finding = Overflow.continued(finding)
        return block
    }

    /// Whether it goes on over the next sheets where it has no room.
    var goesOn: Bool { plate.continuing?.goesOn ?? false }

    /// With less room than this it does not begin on a sheet, if it goes on.
    func heightToBegin(width: Double, pen: Pen) -> Double {
        guard let plate = plate.continuing else { return leastHeight(width: width, pen: pen) }
        return headHeight(width: width, pen: pen) + plate.heightToBegin(width: width, pen: pen) + Block.goesOnHeight
    }

    private static let goesOnHeight = 19.6

    /// What of it fits into the height, and what goes on under the same finding; nil where all of it fits.
    func broken(at height: Double, width: Double, pen: Pen) -> (fitting: Block, rest: Block)? {
        guard let plate = plate.continuing, plate.goesOn,
            let wanted = naturalHeight(width: width, pen: pen), wanted > height + 0.5,
            let parts = plate.broken(
                at: height - headHeight(width: width, pen: pen) - Block.goesOnHeight, width: width, pen: pen)
        else { return nil }
        var (fitting, rest) = (self, continued)
        fitting.plate = parts.fitting
        fitting.note = RichText(Overflow.goesOn, tone: .quiet)
        rest.plate = parts.rest
        return (fitting, rest)
    }

    /// Draws the block from its rule at the area's top.
    public func draw(on canvas: inout Canvas, in area: Rect) {
        let pen = canvas.pen
        let head = head(width: area.width, pen: pen)
        canvas.group(.section) { canvas in
            let lift = signal ? canvas.theme.signalRuleWidth / 2 - canvas.theme.ruleWidth / 2 : 0
            canvas.group(.artifact) { $0.rule(y: area.y + lift, from: area.x, to: area.maxX, signal: signal) }
            var baseline = area.y + 15
            if !finding.isEmpty {
                canvas.group(.heading(level: 2)) {
                    baseline = $0.paragraph(
                        RichText(finding), x: area.x, baseline: baseline, width: area.width, size: .finding,
                        tone: .ink, leading: 13.5, lines: 2)
                }
                baseline -= 0.5
            }
            if !sub.isEmpty {
                canvas.group(.paragraph) {
                    $0.paragraph(
                        RichText(sub), x: area.x, baseline: baseline, width: area.width, tone: .quiet,
                        leading: 11.5, lines: 2)
                }
            }
            drawBody(on: &canvas, in: area, from: area.y + head.bodyTop)
        }
    }

    private func drawBody(on canvas: inout Canvas, in area: Rect, from top: Double) {
        let room = area.maxY - top - noteHeight(width: area.width, pen: canvas.pen)
        let wanted = plate.naturalHeight(width: area.width, pen: canvas.pen) ?? room
        let height = max(min(wanted, room), 12)
        plate.draw(on: &canvas, in: Rect(x: area.x, y: top, width: area.width, height: height))
        guard !note.isEmpty else { return }
        canvas.group(.paragraph) {
            $0.paragraph(note, x: area.x, baseline: top + height + 13, width: area.width, leading: 12.6)
        }
    }
}
