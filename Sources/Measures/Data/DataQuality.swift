/// Whether the figures can be believed.
public struct DataQuality: Measure {
    public init() {}
    public init?(_ parameters: inout some ParameterReading) {}

    public static let entry = MeasureEntry(
        name: "data-quality", code: "DATA", title: "Data quality",
        summary: "Rows read, rows set aside by reason, what each export covers, and the match rate.",
        definition: """
            Every row of every export is either counted or set aside with a reason. Coverage is stated or taken from \
            occurrences. Match rate: service customers of the period who are also found in the CRM, by system and \
            number, traded-in VIN, phone or e-mail. Deals with a negative gross count as they stand; deals without a \
            customer count, and are credited to no visit.
            """,
        dimensions: [.export, .reason, .store, .month],
        columns: [
            .init("rows", "rows read"),
            .init("set_aside", "rows set aside"),
            .init("service_customers", "customers with a visit"),
            .init("matched", "of these, found in the CRM"),
            .init("negative_gross", "retail deals that lost money; they count as they stand"),
            .init("sales_without_customer", "retail deals without a customer: credited to no visit"),
        ],
        parameters: [],
        needs: [])
}
