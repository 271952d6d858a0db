import Basis
import Dealership

extension Reader {
    /// `hours`, `exceptions`, `departments` and `stores` at the top of dealership.yaml.
    ///
    /// A store's or department's own `hours` replace the whole week; a store's replace its departments' too, unless
    /// these stand under the store. The dealership's `exceptions` hold for all of them, a store's for its departments;
    /// a place's own `exceptions` win on the same date.
    mutating func hours(_ fields: Fields) -> HoursSettings {
        let week = fields["hours"].flatMap { self.week($0) }
        let exceptions = fields["exceptions"].map { self.exceptions($0) } ?? [:]
        if fields["departments"] == nil, fields["stores"] == nil { needHours(fields, fields["hours"]) }
        let standard = week.flatMap { OpeningHours(week: $0, exceptions: exceptions) }
        var settings = HoursSettings(standard: standard)
        if let departments = fields["departments"] {
            settings.departments = own(departments, .department) { _ in (week, exceptions) }
        }
        for entry in fields["stores"].flatMap({ entries($0, of: quoted($0.key)) }) ?? [] {
            guard let fields = self.fields(entry, .store, of: quoted(entry.key)) else { continue }
            if week == nil, settings.departments.isEmpty { needHours(fields, fields["hours"]) }
            let own = fields["hours"].flatMap { self.week($0) }
            let days = fields["exceptions"].map { self.exceptions($0) } ?? [:]
            let both = exceptions.merging(days) { _, own in own }
            var store = HoursSettings.OfStore(
                week: own.flatMap { OpeningHours(week: $0, exceptions: both) }, exceptions: days)
            settings.stores[entry.key] = store
            guard let departments = fields["departments"] else { continue }
            store.departments = self.own(departments, .storeDepartment) { name in
                let outer = settings.hours(store: entry.key, department: name)
                return (outer?.week, outer?.exceptions ?? both)
            }
            settings.stores[entry.key] = store
        }
        return settings
    }

    /// Departments' hours; what they do not say of their own, they have of the place around them.
    private mutating func own(
        _ field: Field, _ place: Schema.Place,
        around: (String) -> (week: [[ClockInterval]]?, exceptions: [Day: [ClockInterval]])
    ) -> [String: OpeningHours] {
        var hours: [String: OpeningHours] = [:]
        for entry in entries(field, of: quoted(field.key)) ?? [] {
            guard let fields = fields(entry, place, of: quoted(entry.key)) else { continue }
            let outer = around(entry.key)
            if outer.week == nil { needHours(fields, fields["hours"]) }
            let week = fields["hours"].flatMap { self.week($0) } ?? outer.week
            let exceptions = fields["exceptions"].map { self.exceptions($0) } ?? [:]
            hours[entry.key] = week.flatMap {
                OpeningHours(week: $0, exceptions: outer.exceptions.merging(exceptions) { _, own in own })
            }
        }
        return hours
    }

    /// Warns of exceptions that nothing is excepted from.
    private mutating func needHours(_ fields: Fields, _ hours: Field?) {
        guard hours == nil, let field = fields["exceptions"] else { return }
        fault(
            .exceptionsWithoutHours, field, row: field.keyRow, "there are exceptions but no hours to except from",
            ["add `hours:`; without them open time is wall time"], severity: .warning)
    }

    /// Seven days, Monday first; days that are not named are closed.
    private mutating func week(_ field: Field) -> [[ClockInterval]]? {
        var week = [[ClockInterval]](repeating: [], count: 7)
        let isRead = eachDays(field) { reader, entry, days in
            guard let intervals = reader.intervals(entry) else { return false }
            for day in days { week[day] = intervals }
            return true
        }
        guard let isRead else { return nil }
        if isRead, week.allSatisfy(\.isEmpty) {
            fault(
                .badHours, field, row: field.keyRow, "the week has no open hours",
                ["write when it is open, such as mon-fri: \"08:00-18:00\"", "or delete the key"])
        }
        return week
    }

    /// Goes through the keys that are weekdays, each named once; `body` is given their numbers, Monday being 0, and
    /// returns whether it could read the value. Nil: the field has no keys; false: something of it was not read.
    mutating func eachDays(_ field: Field, _ body: (inout Reader, Field, [Int]) -> Bool) -> Bool? {
        guard let entries = entries(field, of: quoted(field.key)) else { return nil }
        var rows: [Int: Int] = [:]
        var isRead = true
        for entry in entries {
            let days: [Int]
            do {
                days = try Weekdays.list(entry.key)
            } catch {
                let usual = Self.dayWords[entry.key.lowercased()].map { "write \($0)" }
                fault(.badDays, entry, row: entry.keyRow, error.message, [usual ?? error.remedy])
                isRead = false
                continue
            }
            let twice = days.filter { rows[$0] != nil }
            if let first = twice.first, let row = rows[first] {
                fault(
                    .daysTwice, entry, row: entry.keyRow,
                    "the hours of \(Weekdays.names[first]) stand here and in line \(row)",
                    ["name each day once"])
                continue
            }
            for day in days { rows[day] = entry.keyRow }
            if !body(&self, entry, days) { isRead = false }
        }
        return isRead
    }

    /// What is said for several days, and how it is written.
    private static let dayWords = [
        "weekdays": "mon-fri", "weekday": "mon-fri", "workdays": "mon-fri", "weekend": "sat-sun",
        "weekends": "sat-sun", "daily": "mon-sun", "every-day": "mon-sun", "everyday": "mon-sun", "all": "mon-sun",
    ]

    /// `2026-12-24: "08:00-12:00"`, `2026-12-24..2026-12-26: closed`.
    private mutating func exceptions(_ field: Field) -> [Day: [ClockInterval]] {
        var exceptions: [Day: [ClockInterval]] = [:]
        var rows: [Day: Int] = [:]
        for entry in entries(field, of: "exceptions") ?? [] {
            let intervals = intervals(entry)
            guard let days = dates(entry) else { continue }
            if let day = days.first(where: { rows[$0] != nil }), let row = rows[day] {
                fault(
                    .daysTwice, entry, row: entry.keyRow, "the hours of \(day) stand here and in line \(row)",
                    ["name each date once"])
                continue
            }
            for day in days {
                rows[day] = entry.keyRow
                exceptions[day] = intervals
            }
        }
        return exceptions
    }

    /// The dates of an exception's key, at most a year of them.
    private mutating func dates(_ entry: Field) -> [Day]? {
        guard let dots = entry.key.firstRange(of: "..") else {
            return day(entry.key, at: entry, row: entry.keyRow).map { [$0] }
        }
        let from = day(String(entry.key[..<dots.lowerBound]), at: entry, row: entry.keyRow)
        let until = day(String(entry.key[dots.upperBound...]), at: entry, row: entry.keyRow)
        guard let from, let until else { return nil }
        guard from <= until else {
            fault(
                .reversedDates, entry, row: entry.keyRow, "\(from) comes after \(until)",
                ["write the earlier date first: \(until)..\(from)"])
            return nil
        }
        guard until - from < 366 else {
            fault(
                .outOfRange, entry, row: entry.keyRow, "the dates span more than a year",
                ["write a range for each year"])
            return nil
        }
        return (0...(until - from)).map { from + $0 }
    }

    /// `"07:30-12:00, 13:00-18:00"`, the same as a list, or `closed`.
    private mutating func intervals(_ field: Field) -> [ClockInterval]? {
        guard let items = items(field, of: "the hours") else { return nil }
        var intervals: [ClockInterval] = []
        for item in items {
            guard let text = raw(item, "hours such as \"08:00-18:00\"") else { return nil }
            do {
                intervals += try ClockInterval.list(text)
            } catch {
                fault(.badHours, item, error.message, [error.remedy])
                return nil
            }
        }
        return intervals
    }
}
