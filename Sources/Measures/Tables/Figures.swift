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

    public static let all: [FigureDefinition] = general + ofResponses + fromServiceToSale + ofOutages

    /// Those of the monthly report first, in the order in which its last page explains them.
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
    public static func outages(_ settings: DealershipSettings) -> MeasureRequest {
        MeasureRequest(OutageImpact(answerOn: settings.conversations.answerOn))
    }
}
