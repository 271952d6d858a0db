/// How much there was to do.
public struct Volume: Measure {
    public init() {}
    public init?(_ parameters: inout some ParameterReading) {}

    public static let entry = MeasureEntry(
        name: "volume", code: "VOL", title: "Volumes",
        summary: "Visits, leads, appointments, sales, conversations and messages.",
        definition: "Counts of records by the local month (or day) of their start, after rows were set aside.",
        dimensions: [.store, .month, .day, .channel, .weekday, .hour],
        columns: [
            .init("visits", "service visits"),
            .init("leads", "leads"),
            .init("appointments", "appointments by the date they are for"),
            .init("sales", "retail sales not reversed"),
            .init("conversations", "conversations begun by customers"),
            .init("messages", "messages of any direction"),
            .init("off_channel", "messages on channels that are not managed"),
        ])
}
