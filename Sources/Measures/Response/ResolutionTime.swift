import Basis
public import Dealership
import Statistics

/// How long until a customer's matter is settled, where an export says when. DEFINITIONS 3.
public struct ResolutionTime: Measure {
    public init() {}
    public init?(_ parameters: inout some ParameterReading) {}

    public func isKnown(_ header: JournalHeader) -> Bool { header.has(.conversations) }

    enum Counter: Int, CaseIterable { case conversations, resolved, open, closedWithoutTime, withdrawn, unknown, leftOut }
    enum Histogram: Int, CaseIterable { case resolved, open }

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        let conversations = facts.conversations
        let columns = FactColumn.columns(spec.by, conversations.count) { facts.conversationColumn($0) }
        var builder = TallyBuilder(counters: Counter.allCases.count, histograms: Histogram.allCases.count)
        let filter = FactFilter(spec, facts.header)
        for fact in 0..<conversations.count
        where filter.admits(store: conversations.store[fact], day: conversations.day[fact]) {
            let leftOut = conversations.leftOut[fact]
            if leftOut == .afterAsOf { continue }
            let cell = builder.cell(FactColumn.key(columns, fact))
            let standing = Standing(conversations, fact)
            builder.add(to: standing.counter.rawValue, of: cell)
            guard standing == .resolved || standing == .open else { continue }
            builder.add(to: Counter.conversations.rawValue, of: cell)
            builder.record(
                facts.resolutionWait(fact), in: (standing == .resolved ? Histogram.resolved : .open).rawValue, of: cell)
        }
        return builder.finish { FactColumn.labels(columns, $0) }
    }

    enum Standing {
        case resolved, open, closedWithoutTime, withdrawn, unknown, resolvedBefore, noTimeOfDay

        init(_ conversations: ConversationFacts, _ fact: Int) {
            if conversations.leftOut[fact] == .withdrawn {
                self = .withdrawn
            } else if conversations.leftOut[fact] == .noTimeOfDay {
                self = .noTimeOfDay
            } else if conversations.resolved[fact] != ConversationFacts.none {
                self = conversations.resolved[fact] < conversations.start[fact] ? .resolvedBefore : .resolved
            } else {
                switch conversations.progress[fact] {
                case .open: self = .open
                case .closed: self = .closedWithoutTime
                case .unknown: self = .unknown
                }
            }
        }

        var counter: Counter {
            switch self {
            case .resolved: .resolved
            case .open: .open
            case .closedWithoutTime: .closedWithoutTime
            case .withdrawn: .withdrawn
            case .unknown: .unknown
            case .resolvedBefore, .noTimeOfDay: .leftOut
            }
        }

        var words: String {
            switch self {
            case .resolved: "resolved"
            case .open: "still open"
            case .closedWithoutTime: "closed, nobody says when"
            case .withdrawn: "Withdrawn"
            case .unknown: "no status in the export"
            case .resolvedBefore: "resolved before it was asked"
            case .noTimeOfDay: ConversationFacts.LeftOut.noTimeOfDay.words
            }
        }
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        func count(_ counter: Counter) -> Cell { .count(tally.counts[counter.rawValue]) }
        switch column {
        case "conversations": return count(.conversations)
        case "resolved": return count(.resolved)
        case "still_open": return count(.open)
        case "closed_without_time": return count(.closedWithoutTime)
        case "withdrawn": return count(.withdrawn)
        case "no_status": return count(.unknown)
        case "left_out": return count(.leftOut)
        case "p50", "p90":
            let curve = KaplanMeier(events: tally.histograms[0], censored: tally.histograms[1])
            return Cell(curve.quantile(column == "p50" ? .median : .p90))
        default: return .none
        }
    }

    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        let conversations = facts.conversations
        let behind = ConversationRows(facts)
        let rows = facts.selected(conversations.count, slice) { facts.conversationColumn($0) }.map { fact in
            let store = conversations.store[fact]
            let standing = Standing(conversations, fact)
            let isCounted = standing == .resolved || standing == .open
            return Evidence.Row(
                cells: [
                    facts.journal.threads[conversations.thread[fact]], facts.header.stores[Int(store)].identifier,
                    facts.header.name(conversations.channel[fact]), facts.journal.people[conversations.assignee[fact]],
                    facts.local(conversations.start[fact], store: store),
                    facts.local(conversations.resolved[fact], store: store),
                    isCounted ? String(facts.resolutionWait(fact)) : "",
                ], isCounted: isCounted, standing: standing.words, source: conversations.source[fact],
                restsOn: behind.rows(conversations, fact))
        }
        return Evidence(
            columns: [
                "conversation_id", "store_id", "channel", "assigned_to", "asked_at", "resolved_at", "open_seconds",
            ], rows: rows)
    }

    public static let entry = MeasureEntry(
        name: "resolution-time", code: "RES", title: "Resolution time",
        summary: "How long until a customer's matter is settled, where the export has a status.",
        definition: """
            From the customer's first message to the instant at which the export says the conversation was resolved, in \
            open seconds. One that the export calls open is still unresolved at the as-of instant and counts so \
            (Kaplan-Meier). Left out, and counted apart: withdrawn, closed without a time, no status at all, \
            resolved before the first message, no time of day.
            """,
        dimensions: [.store, .month, .day, .channel, .department, .weekday, .hour, .arrival],
        columns: [
            .init("conversations", "resolved or still open"),
            .init("resolved", "resolved by the as-of instant"),
            .init("still_open", "open at the as-of instant"),
            .init("closed_without_time", "left out: closed, and nobody says when"),
            .init("withdrawn", "left out: withdrawn"),
            .init("no_status", "left out: the export says nothing"),
            .init("left_out", "left out: resolved before it was asked, or a date without a time"),
            .init("p50", "half were resolved within, open seconds"),
            .init("p90", "nine in ten were resolved within, open seconds"),
        ],
        needs: ["conversations"])
}

extension Facts {
    /// Open seconds from the question to the resolution, or to the as-of instant.
    func resolutionWait(_ fact: Int) -> Int32 {
        let begin = Instant(seconds: conversations.start[fact])
        let resolved = conversations.resolved[fact]
        let end = resolved == ConversationFacts.none ? messagesAsOf : Instant(seconds: resolved)
        let index = calendars.index(store: conversations.store[fact], department: conversations.department[fact])
        return Int32(clamping: calendars.tables[index].openSeconds(from: begin, to: max(begin, end)) ?? 0)
    }
}
