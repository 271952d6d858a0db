import Basis
public import Dealership

extension Handoffs {
    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        let handoffs = facts.handoffs
        let rows = facts.selected(handoffs.count, slice) { facts.handoffColumn($0, handoffs) }.map { fact -> Evidence.Row in
            let store = handoffs.store[fact]
            let standing = standing(wait: handoffs.openWait[fact], isAnswered: handoffs.isAnswered(fact))
            return Evidence.Row(
                cells: [
                    facts.journal.threads[handoffs.thread[fact]], facts.header.stores[Int(store)].identifier,
                    facts.header.name(handoffs.from[fact]), facts.header.name(handoffs.to[fact]),
                    facts.local(handoffs.sent[fact], store: store), facts.local(handoffs.reply[fact], store: store),
                    String(handoffs.openWait[fact]), String(handoffs.wallWait[fact]),
                ], isCounted: standing != .noTarget, standing: standing.words, source: handoffs.source[fact],
                restsOn: handoffs.isAnswered(fact) ? [handoffs.replySource[fact]] : [])
        }
        return Evidence(
            columns: [
                "conversation_id", "store_id", "department", "to_department", "handed_over_at", "answered_at",
                "open_seconds", "wall_seconds",
            ], rows: rows)
    }
}
