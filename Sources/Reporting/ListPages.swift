import Drawing

/// A table over as many pages as it takes, each with the whole header.
struct ListPages {
    var format: PageFormat
    var headline: String
    /// A page's layout, of so many.
    var layout: (_ page: Int, _ pages: Int) -> PageLayout
    /// The panel around a part of the table.
    var block: (TablePlate) -> Block

    /// At least one page, with a table that has nothing to show where it is empty.
    func draw(_ table: TablePlate, isEmpty: Bool) -> [DrawnPage] {
        let first = layout(1, 1)
        let width = format.contentWidth
        let above = (block(table).naturalHeight(width: width, pen: first.pen) ?? 0)
            - (table.naturalHeight(width: width, pen: first.pen) ?? 0)
        let parts = isEmpty ? [table] : table.split(height: format.contentBottom - first.contentTop - above)
        return parts.enumerated().map { index, part in
            var page = layout(index + 1, parts.count)
            page.add(rows: [PageRow(.init(span: 12, index == 0 ? block(part) : block(part).continued))])
            return DrawnPage(laid: page.finish(), headline: headline)
        }
    }
}
