import Basis
public import Dealership

/// A figure that pages print: a column of a measure with parameters from the settings, under a code that can be cited.
public struct FigureDefinition: Sendable {
    /// `RESP-02`.
    public var code: String
    public var title: String
    /// As page 7 prints it.
    public var inShort: String
    public var column: String
    public var lowerColumn: String?
    public var upperColumn: String?
    /// Taken of one month; else of all that was read.
    public var isMonthly: Bool
    public var request: @Sendable (DealershipSettings) -> MeasureRequest

    init(
        _ code: String, _ title: String, _ inShort: String, column: String, interval: Bool = false,
        isMonthly: Bool = true,
        request: @escaping @Sendable (DealershipSettings) -> MeasureRequest
    ) {
        self.code = code
        self.title = title
        self.inShort = inShort
        self.column = column
        self.isMonthly = isMonthly
        lowerColumn = interval ? column + "_lower" : nil
        upperColumn = interval ? column + "_upper" : nil
        self.request = request
    }
}

public enum Figures {
    public static func figure(_ code: String) -> FigureDefinition? { all.first { $0.code == code } }

    /// Also any column of the catalogue, with the dealership's own parameters: `calls.missed`. Nil: there is none, or the
    /// measure has a parameter that must be stated.
    public static func figure(_ code: String, _ settings: DealershipSettings) -> FigureDefinition? {
        if let known = figure(code) { return known }
        let parts = code.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, let kind = Catalog.kind(named: parts[0]),
            let column = kind.entry.columns.first(where: { $0.name == parts[1] }),
            let request = request(kind, settings)
        else { return nil }
        let entry = kind.entry
        return FigureDefinition(
            code, entry.title, column.meaning, column: column.name,
            interval: entry.columns.contains { $0.name == column.name + "_lower" },
            isMonthly: entry.dimensions.contains(.month), request: { _ in request })
    }

    private static func request(_ kind: (some Measure).Type, _ settings: DealershipSettings) -> MeasureRequest? {
        var usual = UsualParameters(settings: settings)
        return kind.init(&usual).map { MeasureRequest($0) }
    }

    public static let all: [FigureDefinition] = general + fromServiceToSale + ofOutages

    private static let general: [FigureDefinition] = [
        FigureDefinition(
            "S2S-01", "Sales from service", "a sale within the window after a visit, credited once, to the latest visit",
            column: "sales", request: byDeal),
        FigureDefinition(
            "S2S-02", "Visits that bought", "visits of a month with a credited sale; printed when all windows are over",
            column: "rate", interval: true, request: byVisit),
        FigureDefinition(
            "S2S-04", "Leads from visits", "a visit whose customer has a lead in the CRM within the window",
            column: "leads", request: funnel),
        FigureDefinition(
            "S2S-05", "Two-way contacts", "after the lead a person wrote or called, and so did the customer",
            column: "contacts", request: funnel),
        FigureDefinition(
            "S2S-08", "Gross of sales from service", "front and back gross of the credited sales",
            column: "gross_profit", request: byDeal),
        FigureDefinition(
            "RESP-02", "Answered in time", "a person replied within the target of open time; silence is late",
            column: "answered_in_time", interval: true, request: response),
        FigureDefinition(
            "RESP-05", "Unanswered", "no person replied by the as-of day, and the target has passed",
            column: "unanswered", request: response),
        FigureDefinition(
            "RESP-07", "Half answered within", "open time until a person answered; silence counts as still waiting",
            column: "p50", request: response),
        FigureDefinition(
            "RESP-09", "Answered in time without outages",
            "answered in time after taking out open time that an outage covered",
            column: "answered_in_time", interval: true, request: adjustedResponse),
        FigureDefinition(
            "OUT-03", "Hours lost to outages", "open hours with a system down, overlaps on one system once",
            column: "open_seconds_down", request: outages),
        FigureDefinition(
            "OUT-04", "Conversations hit by outages", "their clock ran while their channel was down",
            column: "exposed", request: outages),
        FigureDefinition(
            "OFF-01", "Messages outside managed channels", "messages on channels that are not managed",
            column: "off_channel", request: { _ in MeasureRequest(Volume()) }),
        FigureDefinition(
            "VOL-01", "Conversations", "conversations that customers began", column: "conversations",
            request: { _ in MeasureRequest(Volume()) }),
        FigureDefinition(
            "DATA-01", "Rows set aside", "rows of the exports that do not count, each with its reason", column: "set_aside",
            isMonthly: false, request: { _ in MeasureRequest(DataQuality()) }),
        FigureDefinition(
            "DATA-02", "Service customers found in the CRM", "by number, traded-in car, phone or e-mail",
            column: "matched", request: { _ in MeasureRequest(DataQuality()) }),
        FigureDefinition(
            "MATCH-01", "Match rate", "service customers of a month who are also found in the CRM", column: "match_rate",
            interval: true, request: customerMatch),
        FigureDefinition(
            "MATCH-02", "Capture rate", "visits whose customer was in the CRM within hours of the visit",
            column: "capture_rate", interval: true, request: customerMatch),
        FigureDefinition(
            "LINK-01", "Customers that contradict", "links between customers' numbers that were refused, or joined against names",
            column: "contradictions", isMonthly: false, request: { _ in MeasureRequest(CustomerLinks()) }),
        FigureDefinition(
            "S2S-03", "Visits that bought so far",
            "of a month too new to judge: the share by the last day that enough visits have reached (Kaplan–Meier)",
            column: "share_at_t_star", interval: true, request: { timeToSale($0, of: $0.conversion.denominator) }),
        FigureDefinition(
            "S2S-06", "Loyalty and conquest", "sales from service by whether the car serviced was bought here",
            column: "sales", request: byDeal),
        FigureDefinition(
            "S2S-09", "Appointments set", "after the lead a sales appointment was booked within the window",
            column: "appointments", request: funnel),
        FigureDefinition(
            "S2S-10", "Appointments shown", "a sales appointment was kept within the window",
            column: "shown", request: funnel),
        FigureDefinition(
            "S2S-11", "Visits sold", "a sale is credited to the visit", column: "sold", request: funnel),
        FigureDefinition(
            "RESP-06", "Still waiting", "no person replied by the as-of day; those still within target left out",
            column: "still_waiting", request: response),
        FigureDefinition(
            "RESP-08", "Nine in ten answered within",
            "open time until a person answered nine in ten; silence counts as still waiting", column: "p90",
            request: response),
        FigureDefinition(
            "HAND-01", "Handoffs answered in time",
            "the department asked said a word within the target of its open time; silence is late",
            column: "answered_in_time", interval: true, request: handoffs),
        FigureDefinition(
            "HAND-02", "Handoffs unanswered", "not a word from the department asked by the as-of day, past the target",
            column: "unanswered", request: handoffs),
        FigureDefinition(
            "OUT-02", "Availability", "open hours without the system down, as a share of the month’s open hours",
            column: "availability", request: outages),
        FigureDefinition(
            "OUT-05", "Conversations begun in an outage", "the customer’s first message came while the channel was down",
            column: "conversations", request: outages),
        FigureDefinition(
            "OUT-06", "Half of these answered within",
            "open time until a person answered those begun in an outage; silence counts as still waiting",
            column: "p50", request: outages),
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

    public static func byDeal(_ settings: DealershipSettings) -> MeasureRequest { conversion(settings, .byDeal) }
    public static func byVisit(_ settings: DealershipSettings) -> MeasureRequest { conversion(settings, .byVisit) }
    static func conversion(_ settings: DealershipSettings, _ view: ServiceToSales.View) -> MeasureRequest {
        let usual = settings.conversion
        return MeasureRequest(
            ServiceToSales(
                view: view, windowDays: usual.windowDays, credit: .init(usual.credit), denominator: usual.denominator,
                maturity: .required, minimumN: usual.minimumN))
    }
    public static func funnel(_ settings: DealershipSettings) -> MeasureRequest {
        MeasureRequest(
            ServiceFunnel(
                windowDays: settings.conversion.windowDays, minimumN: settings.conversion.minimumN,
                targets: settings.targets.funnelPermille))
    }
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
    public static func outages(_ settings: DealershipSettings) -> MeasureRequest {
        MeasureRequest(OutageImpact(answerOn: settings.conversations.answerOn))
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
