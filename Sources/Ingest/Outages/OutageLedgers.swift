import Basis
import Dealership

extension StagedExports {
    /// Remedies, complaints, claims and steps, once the outages they are of are known.
    mutating func readOutageLedger() {
        var places: [String: Int] = [:]
        for (index, outage) in header.outages.enumerated() { places[outage.identifier] = index }
        for index in tables.indices {
            switch tables[index].export.table {
            case .remedies: readRemedies(index, places)
            case .complaints: readComplaints(index, places)
            case .claims: readClaims(index, places)
            case .outageSteps: readSteps(index, places)
            default: break
            }
        }
        header.ledger.remedies.sort { ($0.identifier, $0.source) < ($1.identifier, $1.source) }
        header.ledger.complaints.sort { ($0.identifier, $0.source) < ($1.identifier, $1.source) }
        header.ledger.claims.sort { ($0.identifier, $0.source) < ($1.identifier, $1.source) }
        header.ledger.steps.sort { ($0.outage, $0.step, $0.source) < ($1.outage, $1.step, $1.source) }
        forgetWhatCameLater()
    }

    private mutating func readRemedies(_ index: Int, _ places: [String: Int]) {
        forEachRow(of: index) { row, staged in
            var cursor = RowCursor(row)
            let source = RowCursor.source(row)
            let identifier = cursor.text()
            let number = cursor.text()
            guard let outage = staged.place(ofOutage: number, places, table: index, source) else { return }
            let customer = cursor.text()
            let kind = staged.header.name(cursor.name(staged.nameCodes))
            let amount = staged.amount(cursor.integer(), table: index, column: "amount", source)
            let given = cursor.moment()
            let system = staged.header.name(cursor.name(staged.nameCodes))
            if staged.isAhead(given, table: index, store: RowCursor.store(row)) {
                return staged.setAside(.dateAhead, table: index, column: "given_at", source: source)
            }
            if staged.isBefore(given, outage, store: RowCursor.store(row)) {
                return staged.setAside(.beforeOutage, table: index, column: "given_at", source: source)
            }
            staged.header.ledger.remedies.append(
                .init(
                    identifier: identifier, outage: outage, store: RowCursor.store(row),
                    customer: staged.number(customer, system, table: index), kind: kind, amount: amount, givenAt: given,
                    source: source))
        }
    }

    private mutating func readComplaints(_ index: Int, _ places: [String: Int]) {
        forEachRow(of: index) { row, staged in
            var cursor = RowCursor(row)
            let source = RowCursor.source(row)
            let identifier = cursor.text()
            let customer = cursor.text()
            let number = cursor.text()
            var outage: Int?
            if !number.isEmpty {
                guard let place = staged.place(ofOutage: number, places, table: index, source) else { return }
                outage = place
            }
            let raised = cursor.moment()
            let offer = cursor.text()
            let word = staged.header.name(cursor.name(staged.nameCodes))
            let system = staged.header.name(cursor.name(staged.nameCodes))
            if staged.isAhead(raised, table: index, store: RowCursor.store(row)) {
                return staged.setAside(.dateAhead, table: index, column: "raised_at", source: source)
            }
            if let outage, staged.isBefore(raised, outage, store: RowCursor.store(row)) {
                return staged.setAside(.beforeOutage, table: index, column: "raised_at", source: source)
            }
            let outcome = OutageLedger.Complaint.Outcome.allCases.first { $0.word == word.lowercased() }
            if outcome == nil, !word.isEmpty {
                staged.setAsideCell(.unknownChoice, table: index, column: "outcome", source)
            }
            staged.header.ledger.complaints.append(
                .init(
                    identifier: identifier, outage: outage, store: RowCursor.store(row),
                    customer: staged.number(customer, system, table: index), raisedAt: raised, offer: offer,
                    outcome: outcome ?? .open, source: source))
        }
    }

    private mutating func readClaims(_ index: Int, _ places: [String: Int]) {
        forEachRow(of: index) { row, staged in
            var cursor = RowCursor(row)
            let source = RowCursor.source(row)
            let identifier = cursor.text()
            let number = cursor.text()
            var place: Int?
            if !number.isEmpty {
                guard let known = staged.place(ofOutage: number, places, table: index, source) else { return }
                place = known
            }
            let asked = cursor.moment()
            var answered = cursor.moment()
            let amountAsked = staged.amount(cursor.integer(), table: index, column: "amount_asked", source)
            let amountReceived = staged.amount(cursor.integer(), table: index, column: "amount_received", source)
            let promise = cursor.text()
            let vendor = staged.header.name(cursor.name(staged.nameCodes))
            let written = cursor.text()
            let isKept = cursor.flag()
            if staged.isAhead(asked, table: index, store: -1) {
                return staged.setAside(.dateAhead, table: index, column: "asked_at", source: source)
            }
            if let place, staged.isBefore(asked, place, store: -1) {
                return staged.setAside(.beforeOutage, table: index, column: "asked_at", source: source)
            }
            if !asked.isMissing, !answered.isMissing, answered.instant < asked.instant, !answered.isDateOnly {
                staged.setAsideCell(.answeredBeforeAsked, table: index, column: "answered_at", source)
                answered = .missing
            }
            let month = Month(written)
            if month == nil, !written.isEmpty {
                staged.setAsideCell(.unreadableTime, table: index, column: "for_month", source)
            }
            let outage = place.map { staged.header.outages[$0] }
            staged.header.ledger.claims.append(
                .init(
                    identifier: identifier, outage: place, vendor: vendor.isEmpty ? staged.vendor(of: outage) : vendor,
                    month: month ?? outage.map { $0.zone(staged.header).month(at: $0.start) }, askedAt: asked,
                    answeredAt: answered, amountAsked: amountAsked, amountReceived: amountReceived, promise: promise,
                    isPromiseKept: isKept, source: source))
        }
    }

    private mutating func readSteps(_ index: Int, _ places: [String: Int]) {
        var seen: Set<[String]> = []
        forEachRow(of: index) { row, staged in
            var cursor = RowCursor(row)
            let source = RowCursor.source(row)
            let number = cursor.text()
            guard let outage = staged.place(ofOutage: number, places, table: index, source) else { return }
            let step = staged.header.name(cursor.name(staged.nameCodes))
            let done = cursor.moment()
            let by = cursor.text()
            if staged.isBefore(done, outage, store: -1) {
                return staged.setAside(.beforeOutage, table: index, column: "done_at", source: source)
            }
            guard seen.insert([number, step]).inserted else {
                return staged.setAside(.duplicateIdentifier, table: index, column: "step", source: source)
            }
            staged.header.ledger.steps.append(
                .init(outage: outage, step: step, doneAt: done.isMissing ? nil : done.instant, by: by, source: source))
        }
    }

    // MARK: cells

    private func zone(_ store: Int32) -> ZoneRules { store >= 0 ? header.zone(ofStore: Int(store)) : header.zones[0] }

    /// The row's own, else the system's by the settings.
    private func vendor(of outage: Outage?) -> String {
        guard let outage else { return "" }
        if !outage.vendor.isEmpty { return outage.vendor }
        return header.settings.outages.systems.first { $0.name == outage.system }?.vendor ?? ""
    }

    /// `crm·1001`: the row's system, else that of its export's mapping.
    private func number(_ customer: String, _ system: String, table: Int) -> String {
        let mapped = tables[table].export.system
        return customer.isEmpty ? "" : "\(mapped.isEmpty ? system : mapped)·\(customer)"
    }

    /// Nil, and the row set aside: the outage log has no such number.
    private mutating func place(
        ofOutage number: String, _ places: [String: Int], table: Int, _ source: RowSource
    ) -> Int? {
        if let place = places[number] { return place }
        setAside(.unknownOutage, table: table, column: "outage_id", source: source)
        return nil
    }

    /// Days are before it when they end before it begins.
    private func isBefore(_ moment: Moment, _ outage: Int, store: Int32) -> Bool {
        if moment.isMissing { return false }
        let start = header.outages[outage].start
        if !moment.isDateOnly { return moment.instant < start }
        return zone(store).day(at: moment.instant) < zone(store).day(at: start)
    }

    /// Below 0 it is noted and left out.
    private mutating func amount(_ value: Int64, table: Int, column: String, _ source: RowSource) -> Money? {
        if value == .min { return nil }
        if value >= 0 { return Money(minorUnits: value) }
        setAsideCell(.negativeAmount, table: table, column: column, source)
        return nil
    }

    /// The row counts without the cell.
    private mutating func setAsideCell(_ reason: SetAside, table: Int, column: String, _ source: RowSource) {
        tables[table].audit.cellsSetAside[reason, default: 0] += 1
        var fault = GroupFault(reason: reason, table: tables[table].export.table, column: column, source: source)
        fault.isOfCell = true
        diagnostics.append(diagnostic(fault))
    }
}
