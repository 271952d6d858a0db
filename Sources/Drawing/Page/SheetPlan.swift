/// Which rows stand on one sheet, and how high each is.
struct SheetPlan {
    private(set) var rows: [PageRow]
    private(set) var heights: [Double] = []
    private(set) var footnotes: Footnotes

    /// A page a little too full is squeezed rather than parted.
    private static let pinch = 1.03

    /// What a row wants.
    private struct Wish {
        var share: Share
        /// What it takes where it is not pressed: charts as high as they read well.
        var preferred: Double
        /// One block over the whole width that goes on where it has no room, and the height it needs to begin.
        var begin: Double?

        /// With less than this it goes to the next sheet.
        var must: Double {
            if begin != nil { return share.natural ?? share.least }
            return min(share.least, share.natural ?? share.least)
        }
    }

    /// As many of the rows as fit on the sheet that is being filled; at least one.
    init(_ rows: [PageRow], on page: PageLayout) {
        let wishes = rows.map { SheetPlan.wish($0, page) }
        let whole = page.contentBottom - page.contentTop
        let all = Footnotes(rows, page)
        // A sheet as it was meant, if all can be read on it; else charts at a height at which they read well.
        let isFirst = page.sheets.count == 1
        let least = wishes.reduce(0) { $0 + (page.format.isPortrait || !isFirst ? $1.preferred : $1.must) }
        let gaps = PageLayout.rowGap * Double(rows.count - 1)
        if least + gaps <= (whole - all.height) * SheetPlan.pinch {
            self.rows = all.rows
            footnotes = all
            let isAsMeant = !page.format.isPortrait && isFirst
            heights = Share.divide(
                whole - all.height - gaps, among: isAsMeant ? wishes.map(\.share.unbounded) : wishes.map(\.share))
            return
        }
        let count = SheetPlan.count(wishes, rows, page, whole)
        footnotes = Footnotes(Array(rows.prefix(count)), page)
        self.rows = footnotes.rows
        heights = SheetPlan.heights(Array(wishes.prefix(count)), whole - footnotes.height)
    }

    private static func wish(_ row: PageRow, _ page: PageLayout) -> Wish {
        let cells = row.cells.map { CellWish($0, page) }
        let least = cells.map(\.least).max() ?? 0
        var wish = Wish(share: Share(natural: nil, least: least), preferred: cells.map(\.preferred).max() ?? 0)
        wish.share.most = cells.map(\.most).max() ?? 0
        switch row.height {
        case .points(let points):
            wish.share = Share(natural: points, least: points)
            wish.preferred = points
            return wish
        case .weight(let weight): wish.share.weight = weight
        case .natural:
            let naturals = cells.compactMap(\.natural)
            if naturals.count == cells.count { wish.share.natural = naturals.max() }
        }
        if row.cells.count == 1, row.cells[0].blocks.count == 1, row.cells[0].blocks[0].goesOn {
            wish.begin = row.cells[0].blocks[0].heightToBegin(
                width: page.format.width(span: row.cells[0].span), pen: page.pen)
        }
        return wish
    }

    /// What the blocks of one column want together.
    private struct CellWish {
        var natural: Double?
        var least: Double
        var preferred: Double
        var most: Double

        init(_ cell: PageRow.Cell, _ page: PageLayout) {
            let width = page.format.width(span: cell.span)
            let gaps = PageLayout.blockGap * Double(max(cell.blocks.count - 1, 0))
            (natural, least, preferred, most) = (gaps, gaps, gaps, gaps)
            for block in cell.blocks {
                let wanted = block.naturalHeight(width: width, pen: page.pen)
                let least = block.leastHeight(width: width, pen: page.pen)
                natural = wanted.flatMap { one in natural.map { $0 + one } }
                self.least += least
                preferred += wanted ?? max(least, width > 300 ? 165 : 135)
                // Charts stretched further say no more.
                most += wanted ?? max(least, width > 300 ? 290 : 210)
            }
        }
    }

    /// How many rows the sheet takes as they like it; one that goes on may be the last of them.
    private static func count(_ wishes: [Wish], _ rows: [PageRow], _ page: PageLayout, _ whole: Double) -> Int {
        var used = 0.0
        for (index, wish) in wishes.enumerated() {
            let noted = Footnotes(Array(rows.prefix(index + 1)), page).height
            let gap = index == 0 ? 0 : PageLayout.rowGap
            if used + gap + wish.preferred > whole - noted + 0.5 {
                if let begin = wish.begin, used + gap + begin <= whole - noted { return index + 1 }
                return max(index, 1)
            }
            used += gap + wish.preferred
        }
        return wishes.count
    }

    private static func heights(_ wishes: [Wish], _ whole: Double) -> [Double] {
        let room = whole - PageLayout.rowGap * Double(wishes.count - 1)
        var shares = wishes.map(\.share)
        let wanted = wishes.reduce(0) { $0 + $1.preferred }
        if let last = wishes.last, let begin = last.begin, wanted > room {
            // What goes on takes what the others leave.
            shares[shares.count - 1].natural = max(room - wanted + last.preferred, begin)
        }
        return Share.divide(room, among: shares)
    }
}

/// What the blocks of one sheet have to say at its foot, numbered from 1.
struct Footnotes {
    private(set) var rows: [PageRow]
    private(set) var height = 0.0
    private var notes: [RichText] = []
    private static let leading = 10.5

    /// The rows with the numbers behind their sub lines or findings.
    init(_ rows: [PageRow], _ page: PageLayout) {
        self.rows = rows
        let hasNotes = rows.contains { $0.cells.contains { $0.blocks.contains { !$0.footnotes.isEmpty } } }
        guard hasNotes else { return }
        for (row, cells) in rows.map(\.cells).enumerated() {
            for (cell, blocks) in cells.map(\.blocks).enumerated() {
                for (index, block) in blocks.enumerated() where !block.footnotes.isEmpty {
                    let numbers = block.footnotes.map { number(of: $0) }
                    self.rows[row].cells[cell].blocks[index] = block.marked(numbers)
                }
            }
        }
        let lines = numbered.reduce(0) {
            $0 + page.pen.lines($1, size: .small, tone: .quiet, width: page.format.contentWidth).count
        }
        height = Footnotes.leading * Double(lines) + 12
    }

    /// What two blocks say is said once.
    private mutating func number(of note: RichText) -> Int {
        if let known = notes.firstIndex(of: note) { return known + 1 }
        notes.append(note)
        return notes.count
    }

    private var numbered: [RichText] { notes.enumerated().map { RichText(Footnotes.mark($0 + 1) + " ") + $1 } }

    /// ¹, ², … ¹⁰
    static func mark(_ number: Int) -> String {
        let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
        return String(String(number).compactMap { $0.wholeNumberValue.map { digits[$0] } })
    }

    func draw(on canvas: inout Canvas, format: PageFormat, bottom: Double) {
        guard !notes.isEmpty else { return }
        var baseline = bottom - height + 17
        canvas.group(.artifact) {
            $0.horizontal(
                y: bottom - height + 6, from: format.margin, to: format.margin + 60, Stroke($0.theme.axis, width: 0.7))
        }
        for note in numbered {
            canvas.group(.paragraph) {
                baseline = $0.paragraph(
                    note, x: format.margin, baseline: baseline, width: format.contentWidth, size: .small, tone: .quiet,
                    leading: Footnotes.leading)
            }
        }
    }
}

extension Block {
    /// With the numbers of its footnotes.
    fileprivate func marked(_ numbers: [Int]) -> Block {
        let marks = numbers.map(Footnotes.mark).joined(separator: "\u{2009}")
        var block = self
        if sub.isEmpty { block.finding += finding.isEmpty ? marks : " " + marks } else { block.sub += " " + marks }
        return block
    }
}
