/// Sentences to be read out from the paper: a name and what was done, in larger type, one under the other.
public struct SpokenPlate: Plate {
    public struct Item: Hashable, Sendable {
        public var name: String
        public var text: String
        public init(_ name: String, _ text: String) {
            self.name = name
            self.text = text
        }
    }

    public var items: [Item]
    private static let leading = 14.5

    public init(items: [Item]) { self.items = items }

    private func words(_ item: Item) -> RichText {
        RichText(item.name.isEmpty ? "" : "\(item.name) ", emphasised: true, tone: .ink) + RichText(item.text)
    }

    private func height(_ item: Item, width: Double, pen: Pen) -> Double {
        SpokenPlate.leading * Double(pen.lines(words(item), size: .sentence, tone: .text, width: width).count) + 11
    }

    public func naturalHeight(width: Double, pen: Pen) -> Double? {
        items.reduce(4) { $0 + height($1, width: width, pen: pen) }
    }
    public func leastHeight(width: Double, pen: Pen) -> Double {
        items.prefix(1).reduce(items.count > 1 ? 16 : 4) { $0 + height($1, width: width, pen: pen) }
    }

    public func draw(on canvas: inout Canvas, in area: Rect) {
        var y = area.y
        for (index, item) in items.enumerated() {
            let height = height(item, width: area.width, pen: canvas.pen)
            let end = y + height + (index + 1 < items.count ? 12 : -11)
            if end > area.maxY + 2, items.count > 1 {
                canvas.group(.paragraph) {
                    $0.text(
                        Overflow.words(items.count - index), x: area.x, baseline: y + 10, $0.theme.style(.body, .quiet))
                }
                return
            }
            canvas.group(.paragraph) {
                $0.paragraph(
                    words(item), x: area.x, baseline: y + 10, width: area.width, size: .sentence,
                    leading: SpokenPlate.leading)
            }
            y += height
        }
    }
}
