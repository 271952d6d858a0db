public import Dealership

/// Figures of what outages did, what is owed for them, and of vendors.
extension Figures {
    static let ofOutages: [FigureDefinition] = [
        FigureDefinition(
            "OUT-07", "Down by the clock", "wall-clock seconds with a system down, overlaps on one system once",
            column: "wall_seconds_down", request: outages),
        FigureDefinition(
            "EXPO-01", "Conversations exposed", "their clock ran while their channel was down", column: "conversations",
            request: exposure),
        FigureDefinition(
            "EXPO-02", "Visits exposed", "open while what carries visits was down", column: "visits", request: exposure),
        FigureDefinition("EXPO-03", "Leads exposed", "waiting while what carries leads was down", column: "leads", request: exposure),
        FigureDefinition(
            "EXPO-04", "Appointments exposed", "booked or due while what carries them was down", column: "appointments",
            request: exposure),
        FigureDefinition(
            "EXPO-05", "Mailings exposed", "planned or sent while what carries them was down", column: "mailings",
            request: exposure),
        FigureDefinition(
            "EXPO-06", "Customers exposed", "each person once, however many numbers", column: "customers", request: exposure),
        FigureDefinition(
            "DELAY-01", "Waits exposed", "conversations whose clock ran during an outage", column: "exposed", request: delay),
        FigureDefinition(
            "DELAY-02", "Extra wait each", "open time beyond that of the same hours in clean weeks, each",
            column: "excess_mean_seconds", interval: true, request: delay),
        FigureDefinition(
            "MISS-01", "Missing for good", "expected by clean weeks less what came, and less what came later", column: "missing",
            interval: true, request: missing),
        FigureDefinition("MISS-02", "Came while down", "arrivals while the system was down", column: "observed", request: missing),
        FigureDefinition(
            "MISS-03", "Expected while down", "the same hours of the last clean weeks, scaled", column: "expected",
            request: missing),
        FigureDefinition(
            "COST-01", "Gross not earned", "missing enquiries × share that buys × gross of a sale", column: "lost_gross",
            request: cost),
        FigureDefinition(
            "COST-02", "Staff time of outages", "open hours down × people × cost of an hour", column: "staff_cost",
            request: cost),
        FigureDefinition(
            "COST-03", "Given for outages", "amounts of the remedies’ rows, whoever had them", column: "remedies_given",
            request: cost),
        FigureDefinition(
            "REM-01", "Remedies due", "customers whom the ladder gives something", column: "due", request: remedies),
        FigureDefinition("REM-02", "Remedies given", "of these, those who have had it or more", column: "given", request: remedies),
        FigureDefinition("REM-03", "Remedies owed", "of these, those who have not", column: "owed", request: remedies),
        FigureDefinition(
            "REM-04", "Worth of remedies owed", "amounts of what is owed, less what was given", column: "amount_owed",
            request: remedies),
        FigureDefinition("REM-05", "Complaints of outages", "complaints that name an outage", column: "complaints", request: remedies),
        FigureDefinition(
            "REM-06", "Remedies’ cost", "amounts of what was given", column: "amount_given", request: remedies),
        FigureDefinition("PROT-01", "Steps kept", "done by their deadline", column: "kept", request: protocols),
        FigureDefinition("PROT-02", "Steps late", "done after their deadline", column: "late", request: protocols),
        FigureDefinition("PROT-03", "Steps missed", "not done", column: "missed", request: protocols),
        FigureDefinition("PROT-04", "Steps not recorded", "nothing says whether they were done", column: "not_recorded", request: protocols),
        FigureDefinition(
            "VEND-01", "Availability by contract", "1 − seconds down ÷ seconds of the month, by the contract’s clock",
            column: "availability", request: contracts),
        FigureDefinition(
            "VEND-02", "Down by contract", "seconds that count against the promise", column: "down_seconds", request: contracts),
        FigureDefinition(
            "VEND-03", "Credit due", "the tier’s share of the month’s fee", column: "credit_due", request: contracts),
        FigureDefinition(
            "VEND-04", "Days left to claim", "from the as-of day to the contract’s last day", column: "days_left",
            request: contracts),
        FigureDefinition(
            "SCORE-01", "Months below the promise", "contract months of the year that were missed", column: "missed",
            request: scorecard),
        FigureDefinition("SCORE-02", "Vendor’s outages", "outages of the year that were not our own fault", column: "outages", request: scorecard),
        FigureDefinition(
            "SCORE-03", "Vendor down in all", "wall-clock seconds of the year, overlaps once", column: "wall_seconds_down",
            request: scorecard),
        FigureDefinition(
            "SCORE-04", "Back after, mean", "from start to end; none below 3 outages", column: "mean_seconds_to_restore",
            request: scorecard),
        FigureDefinition("SCORE-05", "Credit due in the year", "by the contract", column: "credit_due", request: scorecard),
        FigureDefinition("SCORE-06", "Credit received", "amounts in the claims export", column: "credit_received", request: scorecard),
        FigureDefinition("SCORE-07", "Credit lost", "nobody asked before the deadline", column: "credit_lost", request: scorecard),
    ]

    public static func exposure(_ settings: DealershipSettings) -> MeasureRequest {
        MeasureRequest(OutageExposure(answerOn: settings.conversations.answerOn))
    }
    public static func delay(_ settings: DealershipSettings) -> MeasureRequest {
        MeasureRequest(OutageDelay(answerOn: settings.conversations.answerOn))
    }
    public static func missing(_ settings: DealershipSettings) -> MeasureRequest {
        MeasureRequest(MissingVolume(answerOn: settings.conversations.answerOn))
    }
    public static func curve(_ settings: DealershipSettings) -> MeasureRequest {
        MeasureRequest(OutageCurve(answerOn: settings.conversations.answerOn))
    }
    public static func cost(_ settings: DealershipSettings) -> MeasureRequest {
        MeasureRequest(
            OutageCost(
                answerOn: settings.conversations.answerOn, windowDays: settings.conversion.windowDays,
                minimumN: settings.conversion.minimumN))
    }
    public static func remedies(_ settings: DealershipSettings) -> MeasureRequest { MeasureRequest(OutageRemedies()) }
    public static func protocols(_ settings: DealershipSettings) -> MeasureRequest { MeasureRequest(ProtocolKeeping()) }
    public static func contracts(_ settings: DealershipSettings) -> MeasureRequest { MeasureRequest(VendorContracts()) }
    public static func scorecard(_ settings: DealershipSettings) -> MeasureRequest {
        MeasureRequest(VendorScorecard(rule: settings.vendorRule))
    }
}
