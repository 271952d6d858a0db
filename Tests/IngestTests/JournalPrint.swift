import Basis
import Dealership

@testable import Ingest

/// What was read, as text: every record of every table with its codes written out, the header, the rows set aside and their
/// faults. Of where rows stand nothing: not the files' names, not the places, not the order of rows.
enum JournalPrint {
    static func text(_ exports: StagedExports) -> String {
        var lines: [String] = []
        for index in 0..<exports.groupCount {
            let journal = exports.group(index)
            lines += group(journal, exports.header).map { "group \(exports.header.groups[index]) \($0)" }
        }
        return (header(exports.header) + lines.sorted()).joined(separator: "\n") + "\n"
    }

    // MARK: header

    private static func header(_ header: JournalHeader) -> [String] {
        var lines = ["as of \(header.asOf), last day \(header.asOfDay)"]
        lines += header.stores.map {
            "store \($0.identifier) \($0.name) \(header.zones[$0.zone].identifier) \(header.groups[$0.group])"
        }.sorted()
        func value(_ any: Any) -> String { JournalPrint.value(any, header) }
        lines += header.names.sorted().map { "name \($0)" }
        lines += header.people.values.map { "person \(value($0))" }.sorted()
        lines += header.contradictedPeople.sorted().map { "contradicted \($0)" }
        lines += header.absences.flatMap { person, absences in absences.map { "absence \(person) \(value($0))" } }.sorted()
        lines += header.outages.map { "outage \(value($0))" }
        lines += header.reversedOutages.map { "outage reversed \(value($0))" }
        lines += ["ledger \(value(header.ledger))"]
        return lines + header.audits.map { audit in
            let days = audit.rowsByDay.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " ")
            let aside = audit.setAside.map { "\($0.key.code)=\($0.value)" }.sorted().joined(separator: " ")
            let cells = audit.cellsSetAside.map { "\($0.key.code)=\($0.value)" }.sorted().joined(separator: " ")
            return "audit \(audit.table) \(audit.name) \(audit.system) \(audit.rowsRead) rows; \(aside); \(cells); \(days); "
                + "\(audit.skippedLocalTimes) \(audit.repeatedLocalTimes)"
        }.sorted()
    }

    /// Any value by its parts, without those that say where it stands.
    private static func value(_ any: Any, _ header: JournalHeader) -> String {
        func value(_ any: Any) -> String { JournalPrint.value(any, header) }
        if any is RowSource { return "" }
        if let day = any as? Day { return "\(day)" }
        if let instant = any as? Instant { return "\(instant)" }
        let mirror = Mirror(reflecting: any)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.map { value($0.value) } ?? "-"
        case .collection: return "[" + mirror.children.map { value($0.value) }.joined(separator: ", ") + "]"
        case .set, .dictionary: return "[" + mirror.children.map { value($0.value) }.sorted().joined(separator: ", ") + "]"
        case .struct, .tuple:
            let parts = mirror.children.filter { !($0.value is RowSource) && !($0.value is [RowSource]) }
            return "(" + parts.map { part in
                if part.label == "store", let store = part.value as? Int32 {
                    return "store: \(store < 0 ? "-" : header.stores[Int(store)].identifier)"
                }
                return "\(part.label ?? ""): \(value(part.value))"
            }.joined(separator: ", ") + ")"
        default: return "\(any)"
        }
    }

    // MARK: groups

    private static func group(_ journal: GroupJournal, _ header: JournalHeader) -> [String] {
        var lines: [String] = []
        for case (let label?, let table) in Mirror(reflecting: journal).children {
            lines += rows(of: table, journal, header).map { "\(label): \($0)" }.sorted()
        }
        return lines + journal.faults.map { fault in
            "fault \(fault.reason.code) \(fault.table) \(fault.column ?? "-") \(fault.rows) \(fault.isOfCell) "
                + (fault.value ?? "-")
        }.sorted()
    }

    /// A table's columns, a row each; nothing for what is no table.
    private static func rows(of table: Any, _ journal: GroupJournal, _ header: JournalHeader) -> [String] {
        let columns = Mirror(reflecting: table).children.compactMap { child in child.label.map { ($0, child.value) } }
        guard let count = columns.lazy.compactMap({ ($0.1 as? [RowSource])?.count }).first else { return [] }
        let pools = Dictionary(
            columns.compactMap { label, value in (value as? IdentifierPool).map { (label, $0) } },
            uniquingKeysWith: { first, _ in first })
        return (0..<count).map { row in
            var cells: [String] = []
            for (label, column) in columns {
                if let reversals = column as? [GroupJournal.Reversal] {
                    if row == 0 { cells.append("\(label)=\(reversals.map { "\($0.numbers) \(moment($0.on))" }.sorted())") }
                } else if let pool = column as? IdentifierPool {
                    if label == "identifiers" { cells.append("\(label)=\(pool[Int32(row)])") }
                } else if let codes = column as? [Int32] {
                    cells.append("\(label)=\(code(codes[row], label, pools, journal, header))")
                } else if let moments = column as? [Moment] {
                    cells.append("\(label)=\(moment(moments[row]))")
                } else if !(column is [RowSource]) {
                    let values = Array(Mirror(reflecting: column).children)
                    if values.indices.contains(row) { cells.append("\(label)=\(value(values[row].value, header))") }
                }
            }
            return cells.joined(separator: " ")
        }
    }

    private static func moment(_ moment: Moment) -> String {
        moment.isMissing ? "-" : "\(moment.instant)\(moment.isDateOnly ? " (day)" : "")"
    }

    private static func code(
        _ code: Int32, _ label: String, _ pools: [String: IdentifierPool], _ journal: GroupJournal, _ header: JournalHeader
    ) -> String {
        let ofTable = ["phone": "phones", "email": "emails", "name": "names", "address": "addresses"]
        switch label {
        case "vehicleYear", "mileage", "score": return "\(code)"
        case _ where code < 0: return "-"
        case "customer": return journal.customers[code]
        case "vehicle", "tradeIn": return journal.vehicles[code]
        case "advisor", "salesperson", "owner", "person", "assignee": return journal.people[code]
        case "thread": return journal.threads[code]
        case "store": return header.stores[Int(code)].identifier
        case "channel", "department", "toDepartment", "origin", "kind", "system": return header.name(code)
        default: return ofTable[label].flatMap { pools[$0] }.map { $0[code] } ?? "\(label) \(code)"
        }
    }
}
