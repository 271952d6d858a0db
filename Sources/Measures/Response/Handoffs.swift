public import Dealership

/// Whether departments answer each other. DEFINITIONS 3.
public struct Handoffs: Measure {
    /// Open seconds until the department asked says a word; nil: no target is set, and nothing is in time or late.
    public var targetSeconds: Int64?
    public var minimumN: Int
    public init(targetSeconds: Int64?, minimumN: Int) {
        self.targetSeconds = targetSeconds
        self.minimumN = minimumN
    }

    public init?(_ parameters: inout some ParameterReading) {
        self.init(targetSeconds: parameters.settings.targets.handoffSeconds, minimumN: parameters.minimumN())
    }

    public var inForce: [(parameter: String, value: String)] {
        [("target", targetSeconds.map { "\($0) s" } ?? "none"), ("minimum-n", String(minimumN))]
    }

    public func isKnown(_ header: JournalHeader) -> Bool { header.knows(.messages) }

    public static let entry = MeasureEntry(
        name: "handoffs", code: "HAND", title: "Handoffs between departments",
        summary: "How long one department waits until the department it asked says a word.",
        definition: """
            From the first internal message of one department to another in a conversation (without one: about a \
            customer, after a pause) to the first message, to whomever, of the department it went to, in that \
            department's open seconds. What the two say afterwards belongs to the same handoff. A machine's message \
            neither hands over nor answers. Without an answer the handoff is still waiting at the as-of instant. \
            Answered in time: answers within `targets: handoff` / (all less those still within target and unanswered).
            """,
        dimensions: [.store, .month, .day, .department, .toDepartment],
        columns: [
            .init("handoffs", "handed over in the period"),
            .init("answered", "answered by the department they went to"),
            .init("in_time", "answered within target"),
            .init("late", "answered after target"),
            .init("unanswered", "no answer at the as-of instant and past target"),
            .init("still_within", "no answer yet, still within target: not counted against anybody"),
            .init("waiting", "no answer at the as-of instant"),
            .init("answered_in_time", "in_time / (in_time + late + unanswered)"),
            .init("answered_in_time_lower", "Wilson 95 % lower limit"),
            .init("answered_in_time_upper", "Wilson 95 % upper limit"),
            .init("p50", "half were answered within, open seconds"),
            .init("p90", "nine in ten were answered within, open seconds"),
        ],
        parameters: [.minimumN],
        needs: ["messages"])
}
