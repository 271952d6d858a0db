public import Dealership

/// How long a lead waits for a person. DEFINITIONS 3: a lead's arrival begins a conversation.
public struct LeadResponseTime: Measure {
    /// Clock, target and the rest are those of any answer.
    public var answer: FirstResponseTime

    public init(_ answer: FirstResponseTime) { self.answer = answer }

    public init?(_ parameters: inout some ParameterReading) {
        guard var answer = FirstResponseTime(&parameters) else { return nil }
        if answer.target == .settings { answer.target = LeadResponseTime.target(parameters.settings) }
        self.init(answer)
    }

    /// What the settings promise to leads.
    public static func target(_ settings: DealershipSettings) -> FirstResponseTime.Target {
        settings.targets.firstResponseSeconds(channel: "lead").map { .seconds($0) } ?? .due
    }

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        let leads = facts.leadWaits
        return answer.tally(leads, facts, spec) { LeadResponseTime.column($0, leads, facts) }
    }

    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        let leads = facts.leadWaits
        return answer.evidence(leads, facts, slice) { LeadResponseTime.column($0, leads, facts) }
    }

    /// A lead has its source where a conversation has a channel.
    private static func column(_ dimension: Dimension, _ leads: ConversationFacts, _ facts: Facts) -> FactColumn? {
        facts.waitColumn(dimension == .source ? .channel : dimension, leads)
    }

    public var inForce: [(parameter: String, value: String)] { answer.inForce }
    public func isKnown(_ header: JournalHeader) -> Bool { header.knows(.leads) && header.knows(.messages) }
    public func value(_ column: String, _ tally: Tally) -> Cell { answer.value(column, tally) }

    public static let entry = MeasureEntry(
        name: "lead-response-time", code: "LEAD", title: "Lead response time",
        summary: "How long a lead waits until a person first writes or calls.",
        definition: """
            From the arrival of a lead to the first message or call of a person to its customer on any managed channel, \
            in open or wall seconds (open: of the owner's department). Without one the lead is still waiting at the \
            as-of instant and belongs to its owner. The target is that of the channel `lead`, else the one for all. \
            Leads with a date and no time of day are left out, and counted so.
            """,
        dimensions: [
            .store, .month, .day, .source, .department, .person, .weekday, .hour, .workplace, .arrival, .age,
        ],
        columns: FirstResponseTime.columns,
        parameters: FirstResponseTime.parameters,
        needs: ["leads", "messages"])
}
