import Basis
import Dealership
import Measures

/// What was down in the report's month, by system.
struct MonthOutages {
    struct System {
        var name: String
        var vendor: String
        var seconds: Int64
        var outages: Int
        /// Conversations whose clock ran while it was down.
        var exposed: Int
        var hasProtocol: Bool
    }

    /// The longest down first.
    let systems: [System]
    /// Open seconds down, overlaps on one system once; nil: no outage log of the month.
    let seconds: Int64?
    let outages: Int
    /// The log begins later.
    let isBeforeLog: Bool
    let limit: Int64?

    init(_ context: ReportContext) {
        limit = context.settings.targets.outageSecondsAMonth
        let slice = context.at(context.month)
        let begins = context.audits(.outages).compactMap(\.firstDay).min()
        // Before its first row the log says nothing; a log without rows says that nothing broke.
        isBeforeLog = begins.map { $0.month > context.month } ?? false
        seconds = context.header.has(.outages) && !isBeforeLog
            ? Int64(context.count(.outages, "open_seconds_down", slice) ?? 0) : nil
        outages = context.count(.outages, "outages", slice) ?? 0
        let known = Dictionary(
            context.header.outages.map { ($0.identifier, $0) }, uniquingKeysWith: { first, _ in first })
        var exposed: [String: Int] = [:]
        var vendors: [String: String] = [:]
        for identifier in context.labels(.outagesOfMonth, .outage) {
            guard let outage = known[identifier] else { continue }
            exposed[outage.system, default: 0] += context.count(.outagesOfMonth, "exposed", [.outage: identifier]) ?? 0
            if !outage.vendor.isEmpty { vendors[outage.system] = outage.vendor }
        }
        systems = context.labels(.outagesBySystem, .system, where: slice).map { name in
            let own = context.at(context.month, [.system: name])
            let stated = context.settings.outages.systems.first { $0.name == name }
            return System(
                name: name, vendor: stated?.vendor ?? vendors[name] ?? "",
                seconds: Int64(context.count(.outagesBySystem, "open_seconds_down", own) ?? 0),
                outages: context.count(.outagesBySystem, "outages", own) ?? 0, exposed: exposed[name] ?? 0,
                hasProtocol: stated?.hasProtocol ?? false)
        }.filter { $0.outages > 0 }.sorted { ($1.seconds, $0.name) < ($0.seconds, $1.name) }
    }

    var isOverLimit: Bool {
        guard let seconds, let limit else { return false }
        return seconds > limit
    }
}
