import Basis
public import Dealership
import Statistics

/// Customers' calls: taken, missed, returned. DEFINITIONS 3: a call is a message of its channel.
public struct Calls: Measure {
    public var minimumN: Int
    public init(minimumN: Int) { self.minimumN = minimumN }
    public init?(_ parameters: inout some ParameterReading) { self.init(minimumN: parameters.minimumN()) }

    public var inForce: [(parameter: String, value: String)] { [("minimum-n", String(minimumN))] }
    public func isKnown(_ header: JournalHeader) -> Bool { header.knows(.messages) }

    enum Counter: Int, CaseIterable { case calls, answered, missed, returned }
    enum Histogram: Int, CaseIterable { case returned, waiting }

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        let calls = facts.calls
        let log = facts.journal.messages
        let columns = FactColumn.columns(spec.by, calls.count) { Calls.column($0, facts) }
        var builder = TallyBuilder(counters: Counter.allCases.count, histograms: Histogram.allCases.count)
        let filter = FactFilter(spec, facts.header)
        for call in 0..<calls.count {
            let message = Int(calls.message[call])
            guard filter.admits(store: log.store[message], day: calls.day[call]) else { continue }
            let cell = builder.cell(FactColumn.key(columns, call))
            builder.add(to: Counter.calls.rawValue, of: cell)
            if log.outcome[message] == .answered {
                builder.add(to: Counter.answered.rawValue, of: cell)
                continue
            }
            let isReturned = calls.returned[call] != ConversationFacts.none
            builder.add(to: Counter.missed.rawValue, of: cell)
            if isReturned { builder.add(to: Counter.returned.rawValue, of: cell) }
            builder.record(calls.openWait[call], in: (isReturned ? Histogram.returned : .waiting).rawValue, of: cell)
        }
        return builder.finish { FactColumn.labels(columns, $0) }
    }

    private static func column(_ dimension: Dimension, _ facts: Facts) -> FactColumn? {
        let calls = facts.calls
        let log = facts.journal.messages
        func of(_ codes: [Int32]) -> [Int32] { calls.message.map { codes[Int($0)] } }
        switch dimension {
        case .store: return facts.storeColumn(of(log.store))
        case .channel: return facts.nameColumn(of(log.channel))
        case .department: return facts.nameColumn(of(log.department))
        case .person: return facts.personColumn(of(log.person))
        case .month: return facts.monthColumn(calls.day)
        case .day: return facts.dayColumn(calls.day)
        case .weekday: return facts.weekdayColumn(calls.day)
        case .hour: return facts.hourColumn(calls.message.map { log.sentAt[Int($0)] }, stores: of(log.store))
        default: return nil
        }
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        func count(_ counter: Counter) -> Int64 { tally.counts[counter.rawValue] }
        switch column {
        case "calls": return .count(count(.calls))
        case "answered": return .count(count(.answered))
        case "missed": return .count(count(.missed))
        case "returned": return .count(count(.returned))
        case "not_returned": return .count(count(.missed) - count(.returned))
        case "answered_share", "answered_share_lower", "answered_share_upper":
            return Cell(
                Proportion(successes: Int(count(.answered)), trials: Int(count(.calls))), column, minimumN: minimumN)
        case "return_p50", "return_p90":
            let curve = KaplanMeier(events: tally.histograms[0], censored: tally.histograms[1])
            return Cell(curve.quantile(column == "return_p50" ? .median : .p90))
        default: return .none
        }
    }

    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        let calls = facts.calls
        let log = facts.journal.messages
        let rows = facts.selected(calls.count, slice) { Calls.column($0, facts) }.map { call -> Evidence.Row in
            let message = Int(calls.message[call])
            let store = log.store[message]
            let isReturned = calls.returned[call] != ConversationFacts.none
            let standing = log.outcome[message] == .answered ? "answered" : isReturned ? "missed, returned" : "missed"
            return Evidence.Row(
                cells: [
                    facts.header.stores[Int(store)].identifier, facts.header.name(log.channel[message]),
                    facts.journal.people[log.person[message]], facts.local(log.sentAt[message], store: store),
                    facts.local(calls.returned[call], store: store), String(calls.openWait[call]),
                ], isCounted: true, standing: standing, source: log.source[message],
                restsOn: isReturned ? [calls.returnedSource[call]] : [])
        }
        return Evidence(
            columns: ["store_id", "channel", "person_id", "called_at", "returned_at", "open_seconds"], rows: rows)
    }

    public static let entry = MeasureEntry(
        name: "calls", code: "CALL", title: "Calls",
        summary: "Customers' calls: how many were taken, how many missed, and how soon those were returned.",
        definition: """
            Every call of a customer, by the outcome that the telephone system gives it. Missed: not taken by a person; \
            voicemail is missed. Returned: a person called or wrote to the customer on a managed channel afterwards; \
            the time is from the missed call on, in open seconds, and who was not called back is still waiting at the \
            as-of instant (Kaplan-Meier). A number that belongs to no customer cannot be told to be returned.
            """,
        dimensions: [.store, .month, .day, .channel, .department, .person, .weekday, .hour],
        columns: [
            .init("calls", "calls of customers with an outcome"),
            .init("answered", "taken by a person"),
            .init("missed", "not taken"),
            .init("returned", "of the missed, returned"),
            .init("not_returned", "of the missed, not yet returned"),
            .init("answered_share", "answered / calls"),
            .init("answered_share_lower", "Wilson 95 % lower limit"),
            .init("answered_share_upper", "Wilson 95 % upper limit"),
            .init("return_p50", "half of the missed were returned within, open seconds"),
            .init("return_p90", "nine in ten of the missed were returned within, open seconds"),
        ],
        parameters: [.minimumN],
        needs: ["messages"])
}
