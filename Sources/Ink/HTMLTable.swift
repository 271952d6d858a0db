import Drawing

/// A drawn table as one of HTML: its cells' words, and small drawings where a cell has marks or bars.
struct HTMLTable {
    private(set) var text = ""
    private let theme: Theme
    private let families: FontFamilies

    private struct Cell {
        var isHeader: Bool
        var items: [FrameItem]
        var words: Rect?
    }

    init(_ group: FrameGroup, theme: Theme, families: FontFamilies) {
        self.theme = theme
        self.families = families
        let rows = HTMLTable.rows(in: group.items)
        let count = rows.map(\.count).max() ?? 0
        guard count > 0 else { return }
        let alignments = (0..<count).map { HTMLTable.isRight(rows, column: $0, of: count) }
        text = "<div class=\"scroll\"><table>\n"
        var isHead = true
        for row in rows {
            let heads = row.count { $0.isHeader }
            let isHeads = isHead && (heads == row.count || heads > 1)
            isHead = false
            text += "<tr>"
            for (index, cell) in row.enumerated() {
                write(cell, isHeads, alignments[index], isLast: index == row.count - 1, count - index)
            }
            text += "</tr>\n"
        }
        text += "</table></div>\n"
    }

    private mutating func write(_ cell: Cell, _ isHeads: Bool, _ isRight: Bool, isLast: Bool, _ left: Int) {
        let name = cell.isHeader ? "th" : "td"
        text += "<\(name)"
        if cell.isHeader { text += " scope=\"\(isHeads ? "col" : "row")\"" }
        // A heading over rows that follow goes over what is left of its row.
        if isLast, left > 1 { text += " colspan=\"\(left)\"" }
        if isRight { text += " class=\"r\"" }
        text += ">\(content(cell))</\(name)>"
    }

    private func content(_ cell: Cell) -> String {
        let words = HTMLInline(theme: theme).text(cell.items)
        let marks = HTMLTable.marks(cell.items)
        guard let box = FrameBounds.of(marks), box.width > 0.5, box.height > 0.5 else { return words }
        let around = Rect(x: box.x - 0.5, y: box.y - 0.5, width: box.width + 1, height: box.height + 1)
        let drawing = inlineMark(marks, box: around, families: families)
        guard let place = cell.words, !words.isEmpty else { return drawing + words }
        return box.midX < place.midX ? "\(drawing) \(words)" : "\(words) \(drawing)"
    }

    private static func marks(_ items: [FrameItem]) -> [FrameItem] {
        items.flatMap { item -> [FrameItem] in
            switch item {
            case .path: return [item]
            case .text, .image: return []
            case .link(let link): return marks(link.items)
            case .group(let group): return marks(group.items)
            }
        }
    }

    private static func rows(in items: [FrameItem]) -> [[Cell]] {
        items.flatMap { item -> [[Cell]] in
            guard case .group(let group) = item else { return [] }
            switch group.role {
            case .row: return [cells(in: group.items)]
            case .none, .section: return rows(in: group.items)
            default: return []
            }
        }
    }

    private static func cells(in items: [FrameItem]) -> [Cell] {
        items.flatMap { item -> [Cell] in
            guard case .group(let group) = item else { return [] }
            switch group.role {
            case .headerCell: return [cell(group, isHeader: true)]
            case .cell: return [cell(group, isHeader: false)]
            case .none: return cells(in: group.items)
            default: return []
            }
        }
    }

    private static func cell(_ group: FrameGroup, isHeader: Bool) -> Cell {
        Cell(isHeader: isHeader, items: group.items, words: FrameBounds.of(texts(group.items)))
    }

    private static func texts(_ items: [FrameItem]) -> [FrameItem] {
        items.flatMap { item -> [FrameItem] in
            switch item {
            case .text: return [item]
            case .path, .image: return []
            case .link(let link): return texts(link.items)
            case .group(let group): return texts(group.items)
            }
        }
    }

    /// Right where the words' right ends are in line and their left ends are not.
    private static func isRight(_ rows: [[Cell]], column: Int, of count: Int) -> Bool {
        let words = rows.filter { $0.count == count }.compactMap { $0[column].words }
        func spread(_ values: [Double]) -> Double { (values.max() ?? 0) - (values.min() ?? 0) }
        return words.count > 1 && spread(words.map(\.maxX)) < 1.5 && spread(words.map(\.x)) > 1.5
    }
}
