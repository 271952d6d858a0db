import Dealership

/// What a rate or curve counts in each cell: visits, customers or households, and what became of them.
///
/// A customer of several visits in a cell has bought when one of them became a sale, on that visit's day (of several, the
/// soonest); else it has been watched as long as its latest visit. So the curve of finished months ends at their rate.
/// A visit without a customer number is its own customer.
struct ConversionUnits {
    struct Outcome {
        /// Days to the sale, or days watched without one.
        var days: Int32
        var isConverted: Bool
        /// All windows have passed.
        var isMature: Bool
    }

    let facts: Facts
    private let sales: VisitSales

    init(_ facts: Facts) {
        self.facts = facts
        sales = facts.visitSales
    }

    private func outcome(_ visit: Int) -> Outcome {
        Outcome(days: sales.days[visit], isConverted: sales.sale[visit] >= 0, isMature: sales.isMature[visit])
    }

    private static func together(_ a: Outcome, _ b: Outcome) -> Outcome {
        let isMature = a.isMature && b.isMature
        if a.isConverted != b.isConverted {
            return Outcome(days: a.isConverted ? a.days : b.days, isConverted: true, isMature: isMature)
        }
        return Outcome(days: min(a.days, b.days), isConverted: a.isConverted, isMature: isMature)
    }

    /// Every unit of every cell; `cells` holds each visit's cell, −1: none.
    func forEach(
        _ denominator: ConversionSettings.Denominator, _ cells: [Int32], _ body: (Int, Outcome) -> Void
    ) {
        switch denominator {
        case .visits:
            for visit in cells.indices where cells[visit] >= 0 { body(Int(cells[visit]), outcome(visit)) }
        case .customers: forEach(of: facts.visitsByCustomer, cells, body)
        case .households: forEach(of: facts.visitsByHousehold, cells, body)
        }
    }

    private func forEach(of groups: PositionsByCode, _ cells: [Int32], _ body: (Int, Outcome) -> Void) {
        var own: [(cell: Int32, visit: Int32)] = []
        let visits = groups.positions
        for code in 0..<Int32(groups.count) {
            let range = groups.range(ofCode: code)
            if range.isEmpty { continue }
            if range.count == 1 {
                let visit = Int(visits[range.lowerBound])
                if cells[visit] >= 0 { body(Int(cells[visit]), outcome(visit)) }
                continue
            }
            own.removeAll(keepingCapacity: true)
            for visit in visits[range] where cells[Int(visit)] >= 0 { own.append((cells[Int(visit)], visit)) }
            if own.count > 1 { own.sort { ($0.cell, $0.visit) < ($1.cell, $1.visit) } }
            var index = 0
            while index < own.count {
                let cell = own[index].cell
                var unit = outcome(Int(own[index].visit))
                index += 1
                while index < own.count, own[index].cell == cell {
                    unit = ConversionUnits.together(unit, outcome(Int(own[index].visit)))
                    index += 1
                }
                body(Int(cell), unit)
            }
        }
        for visit in cells.indices where cells[visit] >= 0 && facts.visits.identity[visit] < 0 {
            body(Int(cells[visit]), outcome(visit))
        }
    }
}
