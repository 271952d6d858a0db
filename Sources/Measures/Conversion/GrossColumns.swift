import Basis
import Dealership

/// What deals brought, as several measures count and print it. Averages are over deals with that gross on record alone.
enum GrossColumns {
    private enum Counter: Int, CaseIterable { case sales, gross, front, back, withGross, withFront, withBack }
    static let counters = Counter.allCases.count

    static let columns: [MeasureEntry.Column] = [
        .init("sales", "credited sales"),
        .init("sales_with_gross", "credited sales with a gross on record"),
        .init("gross_profit", "gross of the credited sales"),
        .init("front_gross", "front gross of the credited sales"),
        .init("back_gross", "back gross of the credited sales"),
        .init("gross_per_sale", "gross_profit / sales_with_gross"),
        .init("front_per_sale", "front gross over the sales that have it on record"),
        .init("back_per_sale", "back gross over the sales that have it on record"),
    ]

    /// Counts a row of the journal's sales; the counters begin at `base`.
    static func add(
        _ row: Int, _ records: GroupJournal.Sales, to builder: inout TallyBuilder, of cell: Int, base: Int
    ) {
        builder.add(to: base + Counter.sales.rawValue, of: cell)
        func add(_ amount: Int64, _ sum: Counter, _ count: Counter) {
            if amount == .min { return }
            builder.add(amount, to: base + sum.rawValue, of: cell)
            builder.add(to: base + count.rawValue, of: cell)
        }
        add(records.gross[row], .gross, .withGross)
        add(records.frontGross[row], .front, .withFront)
        add(records.backGross[row], .back, .withBack)
    }

    /// Nil: not a column of these.
    static func value(_ column: String, _ tally: Tally, base: Int) -> Cell? {
        func count(_ counter: Counter) -> Int64 { tally.counts[base + counter.rawValue] }
        func sum(_ sum: Counter, _ with: Counter) -> Cell {
            count(with) > 0 ? .money(Money(minorUnits: count(sum))) : .none
        }
        func mean(_ sum: Counter, _ with: Counter) -> Cell { GrossColumns.mean(count(sum), over: count(with)) }
        switch column {
        case "sales": return .count(count(.sales))
        case "sales_with_gross": return .count(count(.withGross))
        case "gross_profit": return sum(.gross, .withGross)
        case "front_gross": return sum(.front, .withFront)
        case "back_gross": return sum(.back, .withBack)
        case "gross_per_sale": return mean(.gross, .withGross)
        case "front_per_sale": return mean(.front, .withFront)
        case "back_per_sale": return mean(.back, .withBack)
        default: return nil
        }
    }

    /// Gross per anything: the sum over so many, to the minor unit, half away from 0; nothing where no gross is on record.
    static func perUnit(_ units: Int64, _ tally: Tally, base: Int) -> Cell {
        tally.counts[base + Counter.withGross.rawValue] > 0
            ? mean(tally.counts[base + Counter.gross.rawValue], over: units) : .none
    }

    private static func mean(_ sum: Int64, over count: Int64) -> Cell {
        guard count > 0 else { return .none }
        let magnitude = (Int64(sum.magnitude) * 2 + count) / (count * 2)
        return .money(Money(minorUnits: sum < 0 ? -magnitude : magnitude))
    }
}

extension Facts {
    /// The furthest step on record of a visit, up to a day: what a sale of that day was touched by.
    /// −1: nothing; 0 lead, 1 contact, 2 appointment.
    private func touch(_ visit: Int, until day: Int32) -> Int32 {
        let recorded = funnel.recorded
        func came(_ step: Int) -> Bool { recorded[step][visit] <= day }
        return came(2) || came(3) ? 2 : came(1) ? 1 : came(0) ? 0 : -1
    }

    private static func touchWords(_ code: Int32) -> String { code < 0 ? "" : ["lead", "contact", "appointment"][Int(code)] }

    func touchColumn() -> FactColumn {
        FactColumn(codes: (0..<visits.count).map { touch($0, until: FunnelFacts.never - 1) }, label: Facts.touchWords)
    }

    func saleTouchColumn() -> FactColumn {
        FactColumn(
            codes: (0..<sales.count).map { sale in
                sales.visit[sale] >= 0 ? touch(Int(sales.visit[sale]), until: sales.day[sale].number) : -1
            }, label: Facts.touchWords)
    }
}
