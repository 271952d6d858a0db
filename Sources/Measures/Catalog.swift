/// Every measure there is, one line each.
public enum Catalog {
    public static let measures: [MeasureEntry] = [
        ServiceToSales.entry,
        FirstResponseTime.entry,
        OutageImpact.entry,
        ServiceFunnel.entry,
        Volume.entry,
        DataQuality.entry,
        Handoffs.entry,
    ]

    public static func measure(named name: String) -> MeasureEntry? { measures.first { $0.name == name } }
}
