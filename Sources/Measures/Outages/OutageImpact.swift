public import Dealership

/// What a vendor's or our own system being down did. DEFINITIONS 4.
public struct OutageImpact: Measure {
    public var answerOn: ConversationSettings.AnswerOn
    public init(answerOn: ConversationSettings.AnswerOn) { self.answerOn = answerOn }
    public init?(_ parameters: inout some ParameterReading) { self.init(answerOn: parameters.answerOn()) }

    public var inForce: [(parameter: String, value: String)] { [("answer-on", answerOn.rawValue)] }

    public func linking(_ usual: LinkingParameters) -> LinkingParameters {
        var own = usual
        own.answerOn = answerOn
        return own
    }

    public func isKnown(_ header: JournalHeader) -> Bool { header.knows(.outages) }

    public static let entry = MeasureEntry(
        name: "outage-impact", code: "OUT", title: "Outage impact",
        summary: "How long systems were down, and which conversations that hit.",
        definition: """
            Downtime is the union of outages on one system and store, in wall and open seconds; availability is \
            1 - open downtime / open time. A conversation began in an outage when the customer's first message did; it \
            was exposed when its clock ran during the outage on its channel and store.
            """,
        dimensions: [.outage, .store, .month, .vendor, .system, .channel],
        columns: [
            .init("outages", "recorded outages"),
            .init("open_seconds_down", "open seconds down, overlaps on one system once"),
            .init("wall_seconds_down", "wall-clock seconds down, overlaps on one system once"),
            .init("summed_seconds_down", "wall-clock seconds down, overlaps counted twice"),
            .init("open_seconds", "open seconds of the period"),
            .init("availability", "1 - open_seconds_down / open_seconds"),
            .init("conversations", "conversations that began during the outage"),
            .init("answered", "of these, answered"),
            .init("exposed", "conversations whose clock ran during the outage"),
            .init("backlog", "of those that began in it, still waiting when the system came back"),
            .init("backlog_answered", "of these, answered since"),
            .init("backlog_p50", "half of the backlog was answered within, open seconds from restoration on"),
            .init("backlog_p90", "nine in ten of the backlog were answered within, open seconds from restoration on"),
            .init("p50", "half of those that began in it and were answered were so within, open seconds"),
        ],
        parameters: [.answerOn],
        needs: ["outages"])
}
