import Basis
import Dealership

extension StagedExports {
    /// The small tables that all sharing groups need at hand.
    mutating func readPeopleAndOutages() {
        for index in tables.indices where tables[index].export.table == .people { readPeople(index) }
        readOutages()
        for index in tables.indices where tables[index].export.table == .absences { readAbsences(index) }
        for person in header.absences.keys {
            header.absences[person]?.sort { ($0.start, $0.end, $0.source) < ($1.start, $1.end, $1.source) }
        }
    }

    private mutating func readPeople(_ index: Int) {
        var found: [(person: Person, source: RowSource)] = []
        forEachRow(of: index) { row, staged in
            var cursor = RowCursor(row)
            let identifier = cursor.text()
            let name = cursor.text()
            let department = staged.header.name(cursor.name(staged.nameCodes))
            let role = staged.header.name(cursor.name(staged.nameCodes))
            let place = cursor.choice()
            let payroll = cursor.text()
            let from = cursor.moment()
            let to = cursor.moment()
            let store = RowCursor.store(row)
            let zone = store >= 0 ? staged.header.zone(ofStore: Int(store)) : staged.header.zones[0]
            let person = Person(
                identifier: identifier, store: store, name: name.isEmpty ? identifier : name, department: department,
                role: role, isRemote: place == .max ? nil : place == 1, payrollIdentifier: payroll,
                activeFrom: from.isMissing ? nil : zone.day(at: from.instant),
                activeTo: to.isMissing ? nil : zone.day(at: to.instant))
            found.append((person, RowCursor.source(row)))
        }
        // Which of two rows counts depends on what they say, not on where they stand.
        found.sort { a, b in
            a.person == b.person ? a.source < b.source : a.person.comesBefore(b.person)
        }
        var taken: [String: RowSource] = [:]
        for (person, source) in found {
            guard let reason = header.add(person) else {
                taken[person.identifier] = source
                continue
            }
            let isSame = reason == .duplicateIdentifier
            var fault = GroupFault(
                reason: reason, table: .people, column: isSame ? "person_id" : "active_from", source: source)
            fault.other = taken[person.identifier]
            tables[index].audit.setAside[reason, default: 0] += 1
            diagnostics.append(diagnostic(fault))
        }
    }

    /// Every row once; what an export has twice is set aside.
    mutating func forEachRow(of index: Int, _ body: (UnsafeRawPointer, inout StagedExports) -> Void) {
        let bytes = tables[index].parts.flatMap(\.chunk.bytes)
        bytes.withUnsafeBytes { buffer in
            var faults: [(fault: GroupFault, store: Int32)] = []
            for row in distinctRows([buffer], table: tables[index].export.table, &faults) { body(row, &self) }
            for (fault, _) in faults { setAside(fault.reason, table: index, column: fault.column, source: fault.source) }
        }
    }

    /// The row counts without the cell.
    mutating func setAsideCell(_ reason: SetAside, table index: Int, column: String, source: RowSource) {
        tables[index].audit.cellsSetAside[reason, default: 0] += 1
        var fault = GroupFault(reason: reason, table: tables[index].export.table, column: column, source: source)
        fault.isOfCell = true
        diagnostics.append(diagnostic(fault))
    }

    func isAhead(_ moment: Moment, table: Int, store: Int32) -> Bool {
        guard let limit = tables[table].lastPlausibleDay, !moment.isMissing else { return false }
        let zone = store >= 0 ? header.zone(ofStore: Int(store)) : header.zones[0]
        return moment.instant >= zone.startOfDay(limit + 1)
    }

    mutating func setAside(_ reason: SetAside, table: Int, column: String?, source: RowSource) {
        tables[table].audit.setAside[reason, default: 0] += 1
        diagnostics.append(
            diagnostic(GroupFault(reason: reason, table: tables[table].export.table, column: column, source: source)))
    }
}

extension JournalHeader {
    /// A first row, or one of a person who moved; nil: it counts. Else why it contradicts an earlier one.
    mutating func add(_ person: Person) -> SetAside? {
        guard let known = people[person.identifier], let stint = person.stints.first else {
            people[person.identifier] = person
            return nil
        }
        guard let other = known.stints.first(where: { $0.overlaps(stint) }) else {
            people[person.identifier] = known.moved(person)
            return nil
        }
        let isElsewhere = other.store != stint.store || other.department != stint.department
        if isElsewhere { contradictedPeople.insert(person.identifier) }
        let isDated = [other.from, other.to, stint.from, stint.to].contains { $0 != nil }
        return isElsewhere && isDated ? .twoPlaces : .duplicateIdentifier
    }
}

extension Person {
    /// By their texts and days.
    func comesBefore(_ other: Person) -> Bool {
        func days(_ person: Person) -> [Int] {
            [person.activeFrom, person.activeTo].map { $0.map { Int($0.number) } ?? Int.min }
        }
        if store != other.store { return store < other.store }
        let texts = [identifier, name, department, role, payrollIdentifier]
        let others = [other.identifier, other.name, other.department, other.role, other.payrollIdentifier]
        if texts != others { return texts.lexicographicallyPrecedes(others) }
        return days(self).lexicographicallyPrecedes(days(other))
    }
}
