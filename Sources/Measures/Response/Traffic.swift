import Basis
public import Dealership

/// When customers write and call, against when somebody is there. DEFINITIONS 3.
public struct Traffic: Measure {
    public init() {}
    public init?(_ parameters: inout some ParameterReading) {}

    public func isKnown(_ header: JournalHeader) -> Bool { header.knows(.messages) }

    /// `staffed`: people on duty × hours, in thousandths; `knowsStaff`: not 0 where the settings say who is there.
    enum Counter: Int, CaseIterable { case inbound, staffed, knowsStaff }

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        let log = facts.journal.messages
        let days = facts.recordDays.messages
        let columns = FactColumn.columns(spec.by, log.count) { Traffic.column($0, facts) }
        var builder = TallyBuilder(counters: Counter.allCases.count, histograms: 0)
        let filter = FactFilter(spec, facts.header)
        let asOf = facts.messagesAsOf.seconds
        for message in 0..<log.count
        where log.direction[message] == .inbound && log.sentAt[message] < asOf
            && filter.admits(store: log.store[message], day: days[message]) {
            builder.add(to: Counter.inbound.rawValue, of: builder.cell(FactColumn.key(columns, message)))
        }
        return builder.finish { FactColumn.labels(columns, $0) }
    }

    private static func column(_ dimension: Dimension, _ facts: Facts) -> FactColumn? {
        let log = facts.journal.messages
        let days = facts.recordDays.messages
        switch dimension {
        case .store: return facts.storeColumn(log.store)
        case .channel: return facts.nameColumn(log.channel)
        case .department: return facts.nameColumn(log.department)
        case .month: return facts.monthColumn(days)
        case .weekday: return facts.weekdayColumn(days)
        case .hour: return facts.hourColumn(log.sentAt, stores: log.store)
        default: return nil
        }
    }

    /// People on duty belong to no message: every weekday of the table's months, at every store, on which it is open.
    /// A table split by channel has no staff, since nobody sits at one channel.
    public func common(_ context: LinkingContext, _ spec: TableSpec) -> TallyTable {
        let header = context.header
        var table = TallyTable()
        guard let staffing = header.settings.staffing, !spec.by.contains(.channel), isKnown(header) else { return table }
        let filter = FactFilter(spec, header)
        let first = header.audits.filter { $0.table == .messages }.compactMap(\.firstDay).min() ?? header.asOfDay
        let last = header.asOfDay
        guard first <= last else { return table }
        for store in header.stores.indices {
            for offset in 0...(last - first) {
                let day = first + offset
                guard filter.admits(store: Int32(store), day: day) else { continue }
                for department in staffing.departments where context.isOpen(store: store, department: department, on: day) {
                    for hour in 0..<24 {
                        let people = staffing.peoplePermille(department: department, weekday: day.weekday, hour: hour) ?? 0
                        if people == 0 { continue }
                        let labels = spec.by.map { dimension -> String in
                            switch dimension {
                            case .store: header.stores[store].identifier
                            case .department: department
                            case .month: day.month.description
                            case .weekday: String(day.weekday + 1)
                            case .hour: twoDigits(Int32(hour))
                            default: ""
                            }
                        }
                        let known = table.cells[labels]?.counts[Counter.staffed.rawValue] ?? 0
                        table.cells[labels] = Tally(counts: [0, known + Int64(people), 1], histograms: [])
                    }
                }
            }
        }
        return table
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        let inbound = tally.counts[Counter.inbound.rawValue]
        let staffed = tally.counts[Counter.staffed.rawValue]
        switch column {
        case "inbound": return .count(inbound)
        case "staffed_hours": return tally.counts[Counter.knowsStaff.rawValue] > 0 ? .mean(Double(staffed) / 1_000) : .none
        case "inbound_per_staffed_hour":
            return staffed > 0 ? .mean(Double(inbound) * 1_000 / Double(staffed)) : .none
        default: return .none
        }
    }

    public static let entry = MeasureEntry(
        name: "traffic", code: "TRAF", title: "Traffic and staffing",
        summary: "When customers write and call, against the hours of those who are there to answer.",
        definition: """
            Messages and calls of customers by the local hour and weekday of their arrival, beside the hours of people \
            on duty in the same period as `staffing:` states them (people times hours, on days that are not closed). \
            Without `staffing:` there are no hours, which is not 0.
            """,
        dimensions: [.store, .month, .channel, .department, .weekday, .hour],
        columns: [
            .init("inbound", "messages and calls of customers"),
            .init("staffed_hours", "hours of people on duty"),
            .init("inbound_per_staffed_hour", "inbound / staffed_hours"),
        ],
        needs: ["messages"])
}

extension LinkingContext {
    /// Some of the local day is open for a department: on closed days nobody is on duty, whatever the usual week says.
    func isOpen(store: Int, department: String, on day: Day) -> Bool {
        if !calendars.hasHours { return true }
        let zone = header.zone(ofStore: store)
        let table = calendars.tables[
            calendars.index(store: Int32(store), department: header.code(ofName: department))]
        return (table.openSeconds(from: zone.startOfDay(day), to: zone.startOfDay(day + 1)) ?? 0) > 0
    }
}
