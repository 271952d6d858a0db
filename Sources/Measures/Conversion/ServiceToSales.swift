public import Dealership

/// Of the customers whose cars we serviced, who bought one. DEFINITIONS 2.
public struct ServiceToSales: Measure {
    public enum View: String, Hashable, Sendable, CaseIterable {
        /// Of the visits of a month, how many bought.
        case byVisit = "by-visit"
        /// Of the sales of a month, how many came from service.
        case byDeal = "by-deal"
    }
    public enum Credit: String, Hashable, Sendable, CaseIterable {
        case lastTouch = "last-touch"
        case firstTouch = "first-touch"
        /// Each of a sale's k eligible visits gets 1/k of it: by deal only, for a visit converts or does not.
        case linear

        public init(_ credit: ConversionSettings.Credit) {
            switch credit {
            case .lastTouch: self = .lastTouch
            case .firstTouch: self = .firstTouch
            }
        }
    }
    public enum Maturity: String, Hashable, Sendable, CaseIterable {
        /// Rates only of months whose visits have all had their window.
        case required
        /// Every visit counts as if its window were over: for comparison with tools that do so.
        case ignore
    }
    public var view: View
    public var windowDays: Int
    public var credit: Credit
    public var denominator: ConversionSettings.Denominator
    public var maturity: Maturity
    public var minimumN: Int

    public init(
        view: View, windowDays: Int, credit: Credit,
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
        let credit = parameters.choice("credit", Credit.self) ?? Credit(usual.credit)
        let isSplitVisit = view == .byVisit && credit == .linear
        if isSplitVisit {
            parameters.refuse(
                "credit", "linear credit divides a sale among visits, and a visit converts or does not",
                "write `view: by-deal` for linear credit, or `credit: last-touch` (`first-touch`) by visit")
        }
        self.init(
            view: view ?? .byDeal, windowDays: parameters.days("window") ?? usual.windowDays, credit: credit,
            denominator: parameters.choice("denominator", ConversionSettings.Denominator.self) ?? usual.denominator,
            maturity: parameters.choice("maturity", Maturity.self) ?? .required, minimumN: parameters.minimumN())
        if !isSaid || view == nil || isSplitVisit { return nil }
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
        switch credit {
        case .lastTouch: own.credit = .lastTouch
        case .firstTouch: own.credit = .firstTouch
        // Which visit links a sale does not matter where all of them share it.
        case .linear: break
        }
        return own
    }

    public func isKnown(_ header: JournalHeader) -> Bool { header.knows(.serviceVisits) && header.knows(.sales) }

    public static let entry = MeasureEntry(
        name: "service-to-sales", code: "S2S", title: "Sales from service",
        summary: "Which service visits became sales within the window, and which sales came from service.",
        definition: """
            A visit is all repair orders of one customer and vehicle opened at one store on one day; void orders, \
            internal pay only and orders on the very car that was sold are no visits (unless it came back: it was traded in, \
            or its customer bought another car before it was delivered). A sale is a delivered retail deal. \
            A sale is credited once, to the latest (last-touch) or earliest (first-touch) visit of the same customer \
            at most `window` days before it, counted between local dates; a visit converts at most once by visit, and \
            two sales that follow it are two by deal. With credit \
            linear, by deal only, each of a sale's k eligible visits gets 1/k of it and of its gross, as exact \
            fractions without an interval. By-visit rates are printed for months whose visits have all had their window, \
            and not of visits before the first sales on record. Where both have times they decide what came first, else \
            days; equal counts as after. Source: of the customer's latest lead between visit and sale. Vehicle age: the \
            visit's year less the model year. Workplace: the advisor's by visit, the salesperson's by deal. Dedicated: \
            whose the visit's lead is. Intervals: Wilson 1927.
            """,
        dimensions: [
            .store, .month, .day, .advisor, .salesperson, .relation, .payType, .source, .vehicleAge, .workplace, .dedicated,
        ],
        columns: [
            .init("visits", "visits of the period"),
            .init("customers", "distinct customers with a visit in the period, in each row"),
            .init("households", "distinct households with a visit in the period, in each row"),
            .init("converted", "of the denominator, those with a credited sale"),
            .init("mature", "of the denominator, those whose window has ended by the as-of day"),
            .init("rate", "converted / denominator; empty below minimum n or while too new"),
            .init("rate_lower", "Wilson 95 % lower limit of rate"),
            .init("rate_upper", "Wilson 95 % upper limit of rate"),
            .init("sales", "credited sales; with linear credit those with a share in the row"),
            .init("all_sales", "retail sales, credited or not"),
            .init("touches", "visits with a share of the credited sales"),
            .init("credited_sales", "sum of the shares of sales: with last and first touch the credited sales"),
            .init("credited_sales_exact", "the same as a fraction"),
            .init("gross_profit", "gross of the credited sales; with linear credit the row's share, in whole minor units"),
            .init("front_gross", "front gross of the same"),
            .init("back_gross", "back gross of the same"),
            .init("sales_with_gross", "credited sales with a gross on record"),
        ],
        parameters: [
            .init("view", "by-deal or by-visit: must be stated"), .window,
            .init("credit", "last-touch, first-touch, or by deal linear; else the dealership's"),
            .init("denominator", "visits, customers or households"), .init("maturity", "required (the default) or ignore"),
            .minimumN,
        ],
        needs: ["service_visits", "sales"])
}
