/// Rows that were made for a wide sheet, on a narrow one: wide blocks take the full width, narrow ones stand two a row.
/// Their order stays as it was.
struct Reflow {
    let format: PageFormat
    let pen: Pen

    private struct Unit {
        var block: Block
        var isNarrow: Bool
    }

    func rows(_ rows: [PageRow]) -> [PageRow] { rows.flatMap(self.rows) }

    private func rows(_ row: PageRow) -> [PageRow] {
        let units = row.cells.flatMap { cell in cell.blocks.map { unit($0, in: cell) } }
        var result: [PageRow] = []
        var index = 0
        while index < units.count {
            let unit = units[index]
            if unit.isNarrow, index + 1 < units.count, units[index + 1].isNarrow {
                let next = units[index + 1]
                result.append(
                    PageRow(height: height(row), .init(span: 6, unit.block), .init(span: 6, next.block)))
                index += 2
            } else {
                result.append(PageRow(height: height(row), .init(span: 12, unit.block)))
                index += 1
            }
        }
        return result
    }

    /// Fixed heights were measured for what stood side by side; they hold where that still does.
    private func height(_ row: PageRow) -> PageRow.Height {
        switch row.height {
        case .points(let points):
            row.cells.allSatisfy { $0.blocks.count == 1 && $0.span <= 4 } ? .points(points) : .natural
        case .weight, .natural: .natural
        }
    }

    private func unit(_ block: Block, in cell: PageRow.Cell) -> Unit {
        // Half a narrow sheet is about as wide as four columns of a wide one.
        var isNarrow = cell.span <= 4
        // Facts and words that stood one under the other fit a little less, tables do not.
        if cell.span == 5, cell.blocks.count > 1, !(block.plate is TablePlate) {
            isNarrow = block.naturalHeight(width: format.width(span: 6), pen: pen) != nil
        }
        if block.goesOn { isNarrow = false }
        return Unit(block: block, isNarrow: isNarrow)
    }
}
