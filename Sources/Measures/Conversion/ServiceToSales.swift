public import Dealership

/// Of the customers whose cars we serviced, who bought one. DEFINITIONS 2.
public struct ServiceToSales: Measure {
    public enum View: String, Hashable, Sendable, CaseIterable {
        /// Of the visits of a month, how many bought.
        case byVisit = "by-visit"
        /// Of the sales of a month, how many came from service.
        case byDeal = "by-deal"
    }
    public enum Maturity: String, Hashable, Sendable, CaseIterable {
        /// Rates only of months whose visits have all had their window.
        case required
        /// Every visit counts as if its window were over: for comparison with tools that do so.
        case ignore
    }
    public var view: View
    public var windowDays: Int
    public var credit: ConversionSettings.Credit
    public var denominator: ConversionSettings.Denominator
    public var maturity: Maturity
    public var minimumN: Int

    public init(
        view: View, windowDays: Int, credit: ConversionSettings.Credit,
        denominator: ConversionSettings.Denominator, maturity: Maturity, minimumN: Int
    ) {
        self.view = view
        self.windowDays = windowDays
        self.credit = credit
        self.denominator = denominator
        self.maturity = maturity
        self.minimumN = minimumN
    }

    public init?(_ parameters: inout some ParameterReading) {
        let usual = parameters.settings.conversion
        // The two views answer different questions and are never mixed: the one meant must be said.
        let isSaid = parameters.require(
            "view", "write `view: by-deal` (of the sales, how many came from service) or `view: by-visit`")
        let view = parameters.choice("view", View.self)
        self.init(
            view: view ?? .byDeal, windowDays: parameters.days("window") ?? usual.windowDays,
            credit: parameters.choice("credit", ConversionSettings.Credit.self) ?? usual.credit,
            denominator: parameters.choice("denominator", ConversionSettings.Denominator.self) ?? usual.denominator,
            maturity: parameters.choice("maturity", Maturity.self) ?? .required, minimumN: parameters.minimumN())
        if !isSaid || view == nil { return nil }
    }

    public var inForce: [(parameter: String, value: String)] {
        [
            ("view", view.rawValue), ("window", "\(windowDays) days"), ("credit", credit.rawValue),
            ("denominator", denominator.rawValue), ("maturity", maturity.rawValue), ("minimum-n", String(minimumN)),
        ]
    }

    public func linking(_ usual: LinkingParameters) -> LinkingParameters {
        var own = usual
        own.windowDays = windowDays
        own.credit = credit
        return own
    }

    public func isKnown(_ header: JournalHeader) -> Bool { header.knows(.serviceVisits) && header.knows(.sales) }

    public static let entry = MeasureEntry(
        name: "service-to-sales", code: "S2S", title: "Sales from service",
        summary: "Which service visits became sales within the window, and which sales came from service.",
        definition: """
            A visit is all repair orders of one customer and vehicle opened at one store on one day; void orders, \
            internal pay only and orders on the very car that was sold are no visits. A sale is a delivered retail deal. \
            A sale is credited once, to the latest (last-touch) or earliest (first-touch) visit of the same customer \
            at most `window` days before it, counted between local dates; a visit converts at most once. By-visit \
            rates are printed for months whose visits have all had their window. Intervals: Wilson 1927.
            """,
        dimensions: [.store, .month, .advisor, .salesperson, .relation, .payType],
        columns: [
            .init("visits", "visits of the period"),
            .init("customers", "distinct customers with a visit in the period, in each row"),
            .init("converted", "of the denominator, those with a credited sale"),
            .init("mature", "of the denominator, those whose window has ended by the as-of day"),
            .init("rate", "converted / denominator; empty below minimum n or while too new"),
            .init("rate_lower", "Wilson 95 % lower limit of rate"),
            .init("rate_upper", "Wilson 95 % upper limit of rate"),
            .init("sales", "credited sales"),
            .init("all_sales", "retail sales, credited or not"),
            .init("gross_profit", "gross of the credited sales"),
            .init("front_gross", "front gross of the credited sales"),
            .init("back_gross", "back gross of the credited sales"),
            .init("sales_with_gross", "credited sales with a gross on record"),
        ],
        parameters: [
            .init("view", "by-deal or by-visit: must be stated"), .window, .init("credit", "last-touch or first-touch"),
            .init("denominator", "visits, customers or households"), .init("maturity", "required (the default) or ignore"),
            .minimumN,
        ],
        needs: ["service_visits", "sales"])
}
