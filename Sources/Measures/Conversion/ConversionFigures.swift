public import Dealership

/// Figures of the way from service to a sale.
extension Figures {
    static let fromServiceToSale: [FigureDefinition] = [
        FigureDefinition(
            "TTS-01", "Half of the buyers had bought by", "days from the visit to the sale, of those who bought",
            column: "half_of_sales_days", request: { timeToSale($0, of: .visits) }),
        FigureDefinition(
            "TTS-02", "Visits that had bought by the window’s end", "the share at the end of the curve (Kaplan–Meier)",
            column: "share_by_window", interval: true, request: { timeToSale($0, of: .visits) }),
        FigureDefinition(
            "TTS-03", "Three in four of the buyers had bought by", "days from the visit to the sale, of those who bought",
            column: "three_in_four_of_sales_days", request: { timeToSale($0, of: .visits) }),
        FigureDefinition(
            "TTS-04", "Nine in ten of the buyers had bought by", "days from the visit to the sale, of those who bought",
            column: "nine_in_ten_of_sales_days", request: { timeToSale($0, of: .visits) }),
        FigureDefinition(
            "FUN-01", "Leads of visits", "of the visits those with a lead of the customer within the window",
            column: "lead_step_rate", interval: true, request: funnel),
        FigureDefinition(
            "FUN-02", "Contacts of leads", "of the leads those with a two-way contact", column: "contact_step_rate",
            interval: true, request: funnel),
        FigureDefinition(
            "FUN-03", "Appointments of contacts", "of those who came to the step before, those with a sales appointment booked",
            column: "appointment_step_rate", interval: true, request: funnel),
        FigureDefinition(
            "FUN-04", "Shown of appointments", "of those who came to the step before, those who kept a sales appointment",
            column: "shown_step_rate", interval: true, request: funnel),
        FigureDefinition(
            "FUN-05", "Sold of shown", "of those who came to the step before, those with a credited sale",
            column: "sold_step_rate", interval: true, request: funnel),
        FigureDefinition(
            "FUN-06", "Gross per visit", "gross of the sales credited to a finished month’s visits, over all its visits",
            column: "gross_per_visit", request: funnel),
        FigureDefinition(
            "GROSS-01", "Gross by touch", "gross of the credited sales, by the furthest step on record before the sale",
            column: "gross_profit", request: gross),
        FigureDefinition(
            "COV-01", "Prospects spoken to", "booked service customers worth a word, whom sales wrote to or called by the day",
            column: "coverage", interval: true, request: coverage),
        FigureDefinition(
            "BACK-01", "Way back to service", "buyers whose first service is booked, or came, within the days of the settings",
            column: "rate", interval: true, request: wayBack),
        FigureDefinition(
            "COH-01", "Visits that had bought by a day", "of a month’s visits those that had bought by so many days after",
            column: "share", interval: true,
            request: { MeasureRequest(Cohorts(timeToSaleMeasure($0, of: $0.conversion.denominator))) }),
        FigureDefinition(
            "S2S-20", "Visits that bought, by kind", "of the visits of finished months those with a credited sale",
            column: "rate", interval: true, request: { byVisit($0, of: .visits) }),
        FigureDefinition(
            "S2S-21", "Service customers that bought", "of the customers with a visit in a finished month",
            column: "rate", interval: true, request: { byVisit($0, of: .customers) }),
        FigureDefinition(
            "S2S-22", "Service households that bought", "of the households with a visit in a finished month",
            column: "rate", interval: true, request: { byVisit($0, of: .households) }),
        FigureDefinition(
            "DED-01", "Leads reached by the dedicated person", "of the leads that a dedicated person has, those with a two-way contact",
            column: "dedicated_reached_share", interval: true, request: dedicated),
        FigureDefinition(
            "DED-02", "Leads reached by the others", "of everybody else’s leads, those with a two-way contact",
            column: "others_reached_share", interval: true, request: dedicated),
        FigureDefinition(
            "DED-03", "Reached, dedicated less the others", "the two shares’ difference; clear when its likely range excludes 0",
            column: "reached_difference", interval: true, request: dedicated),
        FigureDefinition(
            "DED-04", "Leads sold by the dedicated person", "of the leads that a dedicated person has, visits with a credited sale",
            column: "dedicated_bought_share", interval: true, request: dedicated),
        FigureDefinition(
            "DED-05", "Leads sold by the others", "of everybody else’s leads, visits with a credited sale",
            column: "others_bought_share", interval: true, request: dedicated),
        FigureDefinition(
            "DED-06", "Bought, dedicated less the others", "the two shares’ difference; clear when its likely range excludes 0",
            column: "bought_difference", interval: true, request: dedicated),
    ]

    public static func dedicated(_ settings: DealershipSettings) -> MeasureRequest {
        MeasureRequest(
            DedicatedDifference(windowDays: settings.conversion.windowDays, minimumN: settings.conversion.minimumN))
    }
    public static func gross(_ settings: DealershipSettings) -> MeasureRequest {
        MeasureRequest(ServiceGross(windowDays: settings.conversion.windowDays, credit: settings.conversion.credit))
    }
    public static func coverage(_ settings: DealershipSettings) -> MeasureRequest {
        MeasureRequest(ProspectCoverage(rule: settings.prospects, minimumN: settings.conversion.minimumN))
    }
    public static func wayBack(_ settings: DealershipSettings) -> MeasureRequest {
        MeasureRequest(WayBack(days: settings.conversion.wayBackDays, minimumN: settings.conversion.minimumN))
    }
    public static func timeToSale(
        _ settings: DealershipSettings, of denominator: ConversionSettings.Denominator
    ) -> MeasureRequest { MeasureRequest(timeToSaleMeasure(settings, of: denominator)) }
    private static func timeToSaleMeasure(
        _ settings: DealershipSettings, of denominator: ConversionSettings.Denominator
    ) -> TimeToSale {
        let usual = settings.conversion
        return TimeToSale(
            windowDays: usual.windowDays, credit: usual.credit, denominator: denominator, minimumN: usual.minimumN)
    }
    /// By visit, of visits, customers or households whatever the settings count.
    public static func byVisit(
        _ settings: DealershipSettings, of denominator: ConversionSettings.Denominator
    ) -> MeasureRequest {
        var settings = settings
        settings.conversion.denominator = denominator
        return conversion(settings, .byVisit)
    }
    public static func customerMatch(_ settings: DealershipSettings) -> MeasureRequest {
        MeasureRequest(
            CustomerMatch(captureHours: settings.conversion.captureHours, minimumN: settings.conversion.minimumN))
    }
}
