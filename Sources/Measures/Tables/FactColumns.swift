import Basis
import Dealership

/// A dimension as an array of codes, one a fact, with the words of each code.
struct FactColumn {
    var codes: [Int32]
    var label: (Int32) -> String

    /// A table's columns. A dimension that these facts do not have (a visit's salesperson) is "" of all of them.
    static func columns(_ by: [Dimension], _ facts: Int, _ column: (Dimension) -> FactColumn?) -> [FactColumn] {
        by.map { column($0) ?? FactColumn(codes: [Int32](repeating: -1, count: facts)) { _ in "" } }
    }

    /// The key of a fact over several columns.
    @inline(__always)
    static func key(_ columns: [FactColumn], _ fact: Int) -> CellKey {
        switch columns.count {
        case 0: CellKey()
        case 1: CellKey(columns[0].codes[fact])
        case 2: CellKey(columns[0].codes[fact], columns[1].codes[fact])
        case 3: CellKey(columns[0].codes[fact], columns[1].codes[fact], columns[2].codes[fact])
        default: CellKey(columns[0].codes[fact], columns[1].codes[fact], columns[2].codes[fact], columns[3].codes[fact])
        }
    }

    static func labels(_ columns: [FactColumn], _ key: CellKey) -> [String] {
        columns.enumerated().map { $1.label(key[$0]) }
    }
}

extension Facts {
    func storeColumn(_ codes: [Int32]) -> FactColumn {
        FactColumn(codes: codes) { $0 >= 0 ? header.stores[Int($0)].identifier : "" }
    }
    func nameColumn(_ codes: [Int32]) -> FactColumn { FactColumn(codes: codes) { header.name($0) } }
    func personColumn(_ codes: [Int32]) -> FactColumn { FactColumn(codes: codes) { journal.people[$0] } }
    func monthColumn(_ days: [Day]) -> FactColumn {
        FactColumn(codes: MonthsOfDays(days).numbers(days)) { Month(number: $0).description }
    }
    func dayColumn(_ days: [Day]) -> FactColumn {
        FactColumn(codes: days.map(\.number)) { Day(number: $0).description }
    }
    /// 1 Monday … 7 Sunday, as ISO 8601 counts.
    func weekdayColumn(_ days: [Day]) -> FactColumn {
        FactColumn(codes: days.map { Int32($0.weekday + 1) }) { String($0) }
    }
    /// Local hour, 00 … 23.
    func hourColumn(_ seconds: [Int64], stores: [Int32]) -> FactColumn {
        let zones = header.stores.map(\.zone)
        var current = -1
        var zone = ZoneRules.utc
        let codes = seconds.indices.map { index -> Int32 in
            if zones[Int(stores[index])] != current {
                current = zones[Int(stores[index])]
                zone = header.zones[current]
            }
            let local = zone.localSeconds(at: Instant(seconds: seconds[index]))
            return Int32((local - local.floorDivided(by: 86_400) * 86_400) / 3_600)
        }
        return FactColumn(codes: codes) { twoDigits($0) }
    }
    func workplaceColumn(_ people: [Int32]) -> FactColumn {
        let places = (0..<Int32(journal.people.count)).map { code -> Int32 in
            switch header.people[journal.people[code]]?.isRemote {
            case true: 1
            case false: 0
            case nil: -1
            }
        }
        return FactColumn(codes: people.map { $0 >= 0 ? places[Int($0)] : -1 }) { $0 < 0 ? "" : $0 == 1 ? "remote" : "on-site" }
    }
}

/// The months of a stretch of days, looked up rather than worked out: many facts lie in few days.
private struct MonthsOfDays {
    private var first: Int32 = 0
    private var months: [Int32] = []

    init(_ days: [Day]) {
        guard let low = days.min(), let high = days.max(), high - low < days.count else { return }
        first = low.number
        months = (low.number...high.number).map { Day(number: $0).month.number }
    }

    func numbers(_ days: [Day]) -> [Int32] {
        months.isEmpty ? days.map(\.month.number) : days.map { months[Int($0.number - first)] }
    }
}

/// Which facts a table looks at: those of its store and months.
struct FactFilter {
    private let store: Int32?
    private let days: ClosedRange<Day>?
    let isOpen: Bool

    init(_ spec: TableSpec, _ header: JournalHeader) {
        store = spec.store.map { name in Int32(header.stores.firstIndex { $0.identifier == name } ?? -2) }
        days = spec.months.map { $0.lowerBound.firstDay...(($0.upperBound + 1).firstDay + -1) }
        isOpen = store == nil && days == nil
    }

    @inline(__always)
    func admits(store: Int32, day: Day) -> Bool {
        if isOpen { return true }
        if let wanted = self.store, wanted != store { return false }
        if let days { return days.contains(day) }
        return true
    }

    func admits(store: Int32) -> Bool { self.store == nil || self.store == store }
}
