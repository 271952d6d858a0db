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
            Downtime is the union of outages on one system, in wall and open seconds (of several stores: while at least one \
            of those hit is open); availability is 1 - open downtime / open time. Rows that overlap on one system are one \
            failure, from its first start to its last end. Mean times run from a failure's start, in wall seconds; between \
            failures from one start to the next on the same system. Below 3 no mean is given, and failures known by \
            the day alone are in none but that between failures. Planned maintenance is counted apart: its time is what it \
            adds to other downtime, and it is in no mean and hits no conversation. The vendor's time is compared over the \
            outages with published times. A conversation began in an outage when the customer's first message did; it was \
            exposed when its clock ran during the outage on its channel and store; both belong to the month in which the \
            outage began. Downtime is split at month ends, and an outage that passes one counts in both months.
            """,
        dimensions: [.outage, .store, .month, .vendor, .system, .channel],
        columns: [
            .init("outages", "recorded outages that were down in the period, each in every month that it touched"),
            .init("open_seconds_down", "open seconds down, overlaps on one system once"),
            .init("wall_seconds_down", "wall-clock seconds down, overlaps on one system once"),
            .init("summed_seconds_down", "wall-clock seconds down, overlaps counted twice"),
            .init("open_seconds", "open seconds of the period"),
            .init("availability", "1 - open_seconds_down / open_seconds"),
            .init("own", "of the outages, faults of our own"),
            .init("external", "of the outages, the vendor's faults"),
            .init("utility", "of the outages, failures of power, water or the line"),
            .init("still_down", "of the outages, still down at the as-of instant"),
            .init("day_precise", "of the outages, known by the day alone: their time is in whole days"),
            .init("planned", "planned maintenance, counted apart"),
            .init("planned_open_seconds", "open seconds of it that no outage had taken"),
            .init("planned_wall_seconds", "wall-clock seconds of it that no outage had taken"),
            .init("resolved_before_start", "outages set aside because they ended before they began"),
            .init("failures", "times a system broke: outages that overlap on it once"),
            .init("mean_seconds_to_detect", "from a failure's start until we noticed, wall seconds"),
            .init("mean_seconds_to_acknowledge", "until the vendor or we acknowledged it"),
            .init("mean_seconds_to_notify", "until customers were told"),
            .init("mean_seconds_to_restore", "until it was back for good"),
            .init("mean_seconds_between_failures", "from one failure's start to the next on the same system"),
            .init("vendor_outages", "outages with the vendor's own published times"),
            .init("vendor_seconds_down", "wall-clock seconds down by the vendor's published times, overlaps once"),
            .init("vendor_difference", "our wall-clock seconds of these outages less the vendor's"),
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
