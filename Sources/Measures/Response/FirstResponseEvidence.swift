import Basis
public import Dealership

extension FirstResponseTime {
    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        evidence(facts.conversations, facts, slice) { facts.conversationColumn($0) }
    }

    /// The same for other waits than conversations'.
    func evidence(
        _ conversations: ConversationFacts, _ facts: Facts, _ slice: EvidenceSlice,
        _ column: (Dimension) -> FactColumn?
    ) -> Evidence {
        let targets = Targets(conversations, facts, target)
        // Left-out silence belongs to nobody.
        let skipsSilence = silence == .leaveOut && (slice.labels[.person] != nil || slice.labels[.workplace] != nil)
        let behind = ConversationRows(facts)
        let rows = facts.selected(conversations.count, slice, column).map { fact in
            let store = conversations.store[fact]
            let leftOut = conversations.leftOut[fact]
            let raw = clock == .open ? conversations.openWait[fact] : conversations.wallWait[fact]
            let standing = adjusted ? targets.adjustedStanding(fact) : targets.standing(fact, wait: raw)
            let isSkipped = skipsSilence && !conversations.isAnswered(fact)
            return Evidence.Row(
                cells: [
                    facts.journal.threads[conversations.thread[fact]], facts.header.stores[Int(store)].identifier,
                    facts.header.name(conversations.channel[fact]), facts.journal.people[conversations.credited(fact)],
                    facts.local(conversations.start[fact], store: store),
                    facts.local(conversations.reply[fact], store: store),
                    facts.local(conversations.due[fact], store: store),
                    targets.seconds(fact).map(String.init) ?? "", String(conversations.openWait[fact]),
                    String(conversations.wallWait[fact]), String(conversations.coveredWait[fact]),
                    String(conversations.absentWait[fact]),
                ],
                isCounted: leftOut == .counted && standing != .noTarget && !isSkipped,
                standing: leftOut != .counted ? leftOut.words : isSkipped ? "no answer, left out" : standing.words,
                source: conversations.source[fact], restsOn: behind.rows(conversations, fact))
        }
        return Evidence(
            columns: [
                "conversation_id", "store_id", "channel", "person_id", "asked_at", "answered_at", "due_at",
                "target_seconds", "open_seconds", "wall_seconds", "outage_seconds", "absence_seconds",
            ], rows: rows)
    }
}
