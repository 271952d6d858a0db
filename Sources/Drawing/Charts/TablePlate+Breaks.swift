extension TablePlate: ContinuingPlate {
    /// Tables each at most so high, in order; a group's heading never ends one and is repeated when its rows go on, totals
    /// at the end stand under every part.
    public func split(height: Double) -> [TablePlate] {
        var parts: [TablePlate] = []
        var left = self
        while let (fitting, rest) = left.cut(most: Int((height - headHeight - 2) / rowHeight)) {
            parts.append(fitting)
            left = rest
        }
        return parts + [left]
    }

    public func broken(at height: Double, width: Double, pen: Pen) -> (fitting: any Plate, rest: any ContinuingPlate)? {
        cut(most: Int((height - headHeight - 2) / rowHeight)).map { ($0, $1) }
    }

    /// Header, four rows and what sums them up.
    public func heightToBegin(width: Double, pen: Pen) -> Double {
        headHeight + rowHeight * Double(min(4 + totals.count, max(rows.count, 1))) + 2
    }

    /// The sums at the table's end.
    private var totals: [Row] {
        Array(rows.reversed().prefix { if case .total = $0 { true } else { false } }.reversed())
    }

    /// The first rows, so many with the totals, and the others; nil where all fit.
    private func cut(most: Int) -> (fitting: TablePlate, rest: TablePlate)? {
        guard rows.count > most else { return nil }
        let totals = totals
        let body = Array(rows.dropLast(totals.count))
        // A group's heading with a row, or two rows, however low the sheet is.
        var count = min(max(most - totals.count, 2), body.count)
        if count == body.count { return nil }
        while count > 1, case .group = body[count - 1] { count -= 1 }
        var rest = Array(body.dropFirst(count))
        let groups = body.prefix(count).filter { if case .group = $0 { true } else { false } }
        if rest.first?.isOrdinary == true, case .group(let number, let title)? = groups.last {
            rest.insert(.group(number: number, title: Overflow.continued(title)), at: 0)
        }
        // Nothing would be gained: the heading that is repeated is all that fits.
        guard rest.count < body.count else { return nil }
        return (with(Array(body.prefix(count)) + totals), with(rest + totals))
    }

    private func with(_ rows: [Row]) -> TablePlate {
        var part = self
        part.rows = rows
        part.whole = whole ?? self.rows
        return part
    }
}
