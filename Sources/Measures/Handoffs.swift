/// Whether departments answer each other. DEFINITIONS 3.
public enum Handoffs {
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
        needs: ["messages"])
}
