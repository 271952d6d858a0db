public import Dealership

/// Figures of what people are asked and how they answer.
extension Figures {
    static let ofResponses: [FigureDefinition] = [
        FigureDefinition(
            "RESP-10", "Half answered within, less outages and leave",
            "half answered within, by open time less what outages and approved leave covered", column: "p50",
            request: adjustedResponse),
        FigureDefinition(
            "RESP-11", "Nine in ten answered within, less outages and leave",
            "nine in ten answered within, by open time less what outages and approved leave covered", column: "p90",
            request: adjustedResponse),
        FigureDefinition(
            "RESP-12", "Asked", "conversations that customers began, withdrawn and faulty ones left out",
            column: "conversations", request: response),
        FigureDefinition(
            "RESP-13", "Still within target", "no answer yet, and the target has not passed: counted for nobody",
            column: "still_within", request: response),
        FigureDefinition(
            "RESP-14", "Left out", "withdrawn, a reply before its question, no time of day", column: "left_out",
            request: response),
        FigureDefinition(
            "RESP-15", "Machines’ replies", "automated replies, which answer nothing", column: "machine_replies",
            request: response),
        FigureDefinition(
            "NEXT-01", "Half of turns answered within",
            "open time from each unanswered message of a customer until a person answered", column: "p50",
            request: nextResponse),
        FigureDefinition(
            "NEXT-02", "Turns answered in time", "a person replied to the turn within the target of open time; silence is late",
            column: "answered_in_time", interval: true, request: nextResponse),
        FigureDefinition(
            "NEXT-03", "Nine in ten turns answered within", "the same until nine in ten were answered", column: "p90",
            request: nextResponse),
        FigureDefinition(
            "NEXT-04", "Turns still waiting", "no person replied to the turn by the as-of day; those within target left out",
            column: "still_waiting", request: nextResponse),
        FigureDefinition(
            "LEAD-01", "Half of leads answered within", "open time from a lead’s arrival until a person wrote or called",
            column: "p50", request: leadResponse),
        FigureDefinition(
            "LEAD-02", "Leads answered in time", "a person wrote or called within the target of open time; silence is late",
            column: "answered_in_time", interval: true, request: leadResponse),
        FigureDefinition(
            "LEAD-03", "Nine in ten leads answered within", "the same until nine in ten were answered", column: "p90",
            request: leadResponse),
        FigureDefinition(
            "LEAD-04", "Leads still waiting", "nobody wrote or called by the as-of day; those within target left out",
            column: "still_waiting", request: leadResponse),
        FigureDefinition(
            "RES-01", "Half settled within", "open time from the customer’s first message until it was resolved",
            column: "p50", request: resolution),
        FigureDefinition(
            "RES-02", "Nine in ten settled within", "the same until nine in ten were resolved", column: "p90",
            request: resolution),
        FigureDefinition(
            "RES-03", "Not settled", "the export calls it open at the as-of instant", column: "still_open",
            request: resolution),
        FigureDefinition(
            "CALL-01", "Calls taken", "customers’ calls that a person took, of all", column: "answered_share", interval: true,
            request: calls),
        FigureDefinition(
            "CALL-02", "Missed calls not returned", "nobody called or wrote to the customer afterwards", column: "not_returned",
            request: calls),
        FigureDefinition("CALL-03", "Missed calls", "not taken by a person; voicemail is missed", column: "missed", request: calls),
        FigureDefinition(
            "CALL-04", "Half of missed calls returned within", "open time from the missed call; silence counts as still waiting",
            column: "return_p50", request: calls),
        FigureDefinition(
            "HAND-03", "Half of handoffs answered within", "open time until the department asked said a word", column: "p50",
            request: handoffs),
        FigureDefinition(
            "OFF-02", "Share outside managed channels", "messages on channels called off-channel, of all known",
            column: "share", request: offChannel),
        FigureDefinition(
            "OFF-03", "Outside managed channels by audit", "of the contacts that somebody looked at by hand",
            column: "audit_share", interval: true, request: offChannel),
        FigureDefinition(
            "OFF-04", "Messages called off-channel", "on channels that the settings call off-channel", column: "off_channel",
            request: offChannel),
        FigureDefinition(
            "OFF-05", "Messages on channels not listed", "on channels that the settings do not name", column: "unlisted",
            request: offChannel),
        FigureDefinition(
            "STOP-01", "Replies for a second look", "one text to many, or quicker than anybody reads; nobody is scored by it",
            column: "listed", request: stoppedClocks),
        FigureDefinition(
            "RATE-01", "Mean rating", "what customers gave, on the export’s own scale", column: "mean", request: ratings),
        FigureDefinition(
            "TRAF-01", "Messages and calls of customers", "by the hour of their arrival", column: "inbound",
            request: { _ in MeasureRequest(Traffic()) }),
        FigureDefinition(
            "TRAF-02", "Messages and calls an hour of a person on duty", "customers’ messages and calls / hours of people on duty",
            column: "inbound_per_staffed_hour", request: { _ in MeasureRequest(Traffic()) }),
    ]

    public static func response(_ settings: DealershipSettings) -> MeasureRequest { response(settings, adjusted: false) }
    public static func adjustedResponse(_ settings: DealershipSettings) -> MeasureRequest {
        response(settings, adjusted: true)
    }
    private static func response(_ settings: DealershipSettings, adjusted: Bool) -> MeasureRequest {
        MeasureRequest(
            FirstResponseTime(
                clock: .open, adjusted: adjusted, silence: .count, target: .settings,
                answerOn: settings.conversations.answerOn, minimumN: settings.conversion.minimumN))
    }
    public static func handoffs(_ settings: DealershipSettings) -> MeasureRequest {
        MeasureRequest(
            Handoffs(targetSeconds: settings.targets.handoffSeconds, minimumN: settings.conversion.minimumN))
    }
    private static func answer(_ settings: DealershipSettings, target: FirstResponseTime.Target) -> FirstResponseTime {
        FirstResponseTime(
            clock: .open, adjusted: false, silence: .count, target: target, answerOn: settings.conversations.answerOn,
            minimumN: settings.conversion.minimumN)
    }
    public static func nextResponse(_ settings: DealershipSettings) -> MeasureRequest {
        MeasureRequest(NextResponseTime(answer(settings, target: .settings)))
    }
    public static func leadResponse(_ settings: DealershipSettings) -> MeasureRequest {
        MeasureRequest(LeadResponseTime(answer(settings, target: LeadResponseTime.target(settings))))
    }
    public static func resolution(_ settings: DealershipSettings) -> MeasureRequest {
        MeasureRequest(ResolutionTime())
    }
    public static func calls(_ settings: DealershipSettings) -> MeasureRequest {
        MeasureRequest(Calls(minimumN: settings.conversion.minimumN))
    }
    public static func offChannel(_ settings: DealershipSettings) -> MeasureRequest {
        MeasureRequest(OffChannel(minimumN: settings.conversion.minimumN, audit: settings.offChannelAudit))
    }
    public static func stoppedClocks(_ settings: DealershipSettings) -> MeasureRequest {
        MeasureRequest(StoppedClocks(settings.stoppedClocks))
    }
    public static func ratings(_ settings: DealershipSettings) -> MeasureRequest {
        MeasureRequest(Ratings(minimumN: settings.conversion.minimumN))
    }
}
