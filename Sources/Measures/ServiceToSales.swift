/// Of the customers whose cars we serviced, who bought one. DEFINITIONS 2.
public enum ServiceToSales {
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
        needs: ["service_visits", "sales"])
}
