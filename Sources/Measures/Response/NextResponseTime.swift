public import Dealership

/// How long a customer waits at every turn of a conversation. DEFINITIONS 3.
public struct NextResponseTime: Measure {
    /// Clock, target and the rest are those of any answer.
    public var answer: FirstResponseTime

    public init(_ answer: FirstResponseTime) { self.answer = answer }

    public init?(_ parameters: inout some ParameterReading) {
        guard let answer = FirstResponseTime(&parameters) else { return nil }
        self.init(answer)
    }

    public func linking(_ usual: LinkingParameters) -> LinkingParameters { answer.linking(usual) }

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        let turns = facts.turns
        return answer.tally(turns.waits, facts, spec) { NextResponseTime.column($0, turns, facts) }
    }

    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        let turns = facts.turns
        return answer.evidence(turns.waits, facts, slice) { NextResponseTime.column($0, turns, facts) }
    }

    private static func column(_ dimension: Dimension, _ turns: TurnFacts, _ facts: Facts) -> FactColumn? {
        if dimension == .turn {
            return FactColumn(codes: turns.ordinal.map { min($0, 2) }) { $0 == 1 ? "first" : "later" }
        }
        return facts.waitColumn(dimension, turns.waits)
    }

    public var inForce: [(parameter: String, value: String)] { answer.inForce }
    public func isKnown(_ header: JournalHeader) -> Bool { header.knows(.messages) }
    public func value(_ column: String, _ tally: Tally) -> Cell { answer.value(column, tally) }

    public static let entry = MeasureEntry(
        name: "next-response-time", code: "NEXT", title: "Next response time",
        summary: "How long customers wait at every turn of a conversation, not only at its beginning.",
        definition: """
            A turn begins with a customer's message that nobody has answered yet and ends with the first message of a \
            person afterwards; what the customer adds while waiting belongs to it. The first turn is the conversation's \
            beginning. Clock, target, silence and answer-on as for first responses; what an export promises (due) holds \
            for the conversation's beginning only. Turns of withdrawn conversations are left out.
            """,
        dimensions: [
            .store, .month, .day, .channel, .department, .person, .weekday, .hour, .workplace, .arrival, .age, .turn,
        ],
        columns: FirstResponseTime.columns,
        parameters: FirstResponseTime.parameters,
        needs: ["messages"])
}
