/// What a document holds: a row a page, each a link to it.
public struct ContentsPlate: ContinuingPlate {
    public struct Entry: Hashable, Sendable {
        /// Counts from 1, and is where the link goes.
        public var page: Int
        /// "Who waits?"; may be empty.
        public var question: String
        public var headline: String
        public init(page: Int, question: String = "", headline: String) {
            self.page = page
            self.question = question
            self.headline = headline
        }
    }

    public var entries: [Entry]

    public init(_ entries: [Entry]) { self.entries = entries }

    private static let rowHeight = 31.0

    public var goesOn: Bool { true }

    public func naturalHeight(width: Double, pen: Pen) -> Double? { ContentsPlate.rowHeight * Double(entries.count) }

    public func leastHeight(width: Double, pen: Pen) -> Double { ContentsPlate.rowHeight * Double(min(entries.count, 4)) }

    public func heightToBegin(width: Double, pen: Pen) -> Double { leastHeight(width: width, pen: pen) }

    public func broken(at height: Double, width: Double, pen: Pen) -> (fitting: any Plate, rest: any ContinuingPlate)? {
        let most = max(Int(height / ContentsPlate.rowHeight), 2)
        guard entries.count > most else { return nil }
        return (ContentsPlate(Array(entries.prefix(most))), ContentsPlate(Array(entries.dropFirst(most))))
    }

    public func draw(on canvas: inout Canvas, in area: Rect) {
        var top = area.y
        for entry in entries {
            let row = Rect(x: area.x, y: top, width: area.width, height: ContentsPlate.rowHeight)
            draw(entry, on: &canvas, in: row)
            top += ContentsPlate.rowHeight
        }
    }

    private func draw(_ entry: Entry, on canvas: inout Canvas, in row: Rect) {
        let theme = canvas.theme
        let number = theme.style(.finding, .good)
        let room = row.width - 40
        canvas.group(.paragraph) {
            $0.link(.page(entry.page), area: row) {
                if !entry.question.isEmpty {
                    $0.text(entry.question, x: row.x, baseline: row.y + 9.5, theme.style(.small, .quiet), limit: room)
                }
                $0.text(entry.headline, x: row.x, baseline: row.y + 22, theme.style(.finding, .ink), limit: room)
                $0.text("\(entry.page)", x: row.maxX, baseline: row.y + 22, number, align: .right)
            }
        }
        canvas.group(.artifact) { $0.hairline(y: row.maxY - 2.5, from: row.x, to: row.maxX) }
    }
}
