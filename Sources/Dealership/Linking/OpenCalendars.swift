public import Basis

/// Open time of every store and department, compiled once: few tables, shared by all that have the same hours and zone.
public struct OpenCalendars: Sendable {
    public let tables: [OpenTime]
    /// By store: the table for no department in particular.
    private let ofStore: [Int]
    /// Department name code → by store.
    private let ofDepartment: [Int32: [Int]]
    /// The owner gave opening hours; else open time is wall time.
    public let hasHours: Bool

    /// Covers all days from `from` through `through`.
    public init(header: JournalHeader, from: Day, through: Day) {
        var tables: [OpenTime] = []
        var known: [Key: Int] = [:]
        let settings = header.settings.hours
        hasHours = settings.standard != nil || !settings.stores.isEmpty || !settings.departments.isEmpty
        func table(_ hours: OpeningHours, _ zone: Int) -> Int {
            let key = Key(hours: hours, zone: zone)
            if let index = known[key] { return index }
            tables.append(OpenTime(hours: hours, zone: header.zones[zone], from: from, through: through))
            known[key] = tables.count - 1
            return tables.count - 1
        }
        func inStores(_ department: String?) -> [Int] {
            header.stores.map { table(settings.hours(store: $0.identifier, department: department) ?? .always, $0.zone) }
        }
        ofStore = inStores(nil)
        var departments: [Int32: [Int]] = [:]
        for name in settings.departmentNames {
            let code = header.code(ofName: name)
            if code >= 0 { departments[code] = inStores(name) }
        }
        ofDepartment = departments
        self.tables = tables
    }

    private struct Key: Hashable {
        var hours: OpeningHours
        var zone: Int
    }

    /// Position in `tables`. A department without hours of its own has its store's.
    @inlinable
    public func index(store: Int32, department: Int32) -> Int { position(store, department) }

    @usableFromInline
    func position(_ store: Int32, _ department: Int32) -> Int {
        if !ofDepartment.isEmpty, department >= 0, let stores = ofDepartment[department] { return stores[Int(store)] }
        return ofStore[Int(store)]
    }
}

extension OpeningHours {
    /// Open all day, every day.
    public static var always: OpeningHours {
        var hours = OpeningHours()
        hours.set([.wholeDay], on: 0..<7)
        return hours
    }
}
