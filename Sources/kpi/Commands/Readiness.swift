import Dealership
import Ingest

/// `Ready: answers, conversion. Not ready: personal rewards, assigned_to missing.` What the dealership can ask of its
/// exports, in a line.
struct Readiness {
    private var ready: [String] = []
    private var lacking: [String] = []
    private var hints: [String] = []

    init(_ exports: StagedExports) {
        let header = exports.header
        func has(_ table: StandardTable) -> Bool { header.audits.contains { $0.table.tells(of: table) && $0.rowsKept > 0 } }
        func without(_ tables: [StandardTable]) -> [String] { tables.filter { !has($0) }.map { "\($0) missing" } }
        func without(_ table: StandardTable, _ columns: [String]) -> [String] {
            columns.filter { !exports.hasColumn($0, of: table) }.map { "\($0) missing" }
        }
        let answers = has(.messages) ? [] : has(.conversations)
            ? without(.conversations, ["opened_at", "answered_at"]) : ["messages missing"]
        take("answers", answers)
        take("conversion", without([.serviceVisits, .sales]))
        let teams = without([.messages, .people])
        take("teams", teams.isEmpty ? without(.messages, ["department"]) : teams)
        let isLogged = header.has(.outages)
        if isLogged { take("outages", []) }
        let rewarded = without([.messages, .people])
        take(
            "personal rewards",
            rewarded.isEmpty ? without(.messages, ["person_id"]) + without(.conversations, ["assigned_to"]) : rewarded)
        if !isLogged { hints.append("No outages: write `outages: none` if true.") }
        if header.settings.hours.isSilent { hints.append("No hours: waits count day and night, write `hours:`.") }
        if header.settings.timeZone == nil, !has(.stores) { hints.append("No time zone: clocks are read as UTC, write `time-zone:`.") }
    }

    private mutating func take(_ name: String, _ missing: [String]) {
        if missing.isEmpty { ready.append(name) } else { lacking.append(([name] + missing).joined(separator: ", ")) }
    }

    var line: String {
        var parts = [ready.isEmpty ? "Ready: nothing yet." : "Ready: \(ready.joined(separator: ", "))."]
        if !lacking.isEmpty { parts.append("Not ready: \(lacking.joined(separator: "; ")).") }
        return (parts + hints).joined(separator: " ")
    }
}

extension HoursSettings {
    /// Nobody said when it is open.
    fileprivate var isSilent: Bool { standard == nil && departments.isEmpty && stores.isEmpty }
}
