import Dealership

/// Two stores over two weeks, with every table that most dealerships have and with the faults that exports have. What it
/// says is the same however it is kept: `SourceConformanceTests` holds every kind of source to that.
enum SmallDealership {
    static let settings = """
        name: Riverside
        time-zone: America/Chicago
        hours: { mon-fri: "08:00-18:00" }
        channels: { email: managed, sms: managed, phone: managed }

        """

    struct Table: Sendable {
        var table: StandardTable
        var columns: [String]
        var rows: [[String]]

        /// RFC 4180.
        var csv: String {
            ([columns] + rows).map { row in
                row.map { $0.contains { ",\"\n".contains($0) } ? "\"\($0.replacing("\"", with: "\"\""))\"" : $0 }
                    .joined(separator: ",") + "\n"
            }.joined()
        }
    }

    static let tables: [Table] = [
        Table(
            table: .stores, columns: ["store_id", "name", "time_zone"],
            rows: [["N", "North", "America/Chicago"], ["E", "East", "America/New_York"]]),
        Table(
            table: .people, columns: ["person_id", "name", "store_id", "department", "active_from"],
            rows: [["P1", "Ana \"Ace\" Díaz", "N", "service", "2026-01-01"], ["P2", "Bo, jr.", "E", "sales", ""]]),
        Table(
            table: .customers, columns: ["customer_id", "name", "phone", "email", "store_id", "created_at"],
            rows: [
                ["1001", "Ann Lee", "555-0101", "ann@example.org", "N", "2020-05-01"],
                ["1002", "Zoë Straße", "5550102", "", "N", ""], ["2001", "Kim", "", "kim@example.org", "E", "2026-10-01 09:30"],
            ]),
        Table(
            table: .serviceVisits,
            columns: [
                "visit_id", "store_id", "customer_id", "vin", "opened_at", "closed_at", "advisor_id", "mileage", "amount",
                "pay_type", "status",
            ],
            rows: [
                firstOrder,
                ["RO2", "N", "1002", "", "2026-10-06", "", "P1", "", "-3", "warranty", "open"],
                [
                    "RO3", "E", "2001", "1HGCM82633A004353", "2026-10-07 10:00:00", "2026-10-09 12:00:00", "", "7", "0.1",
                    "internal", "closed",
                ],
                // The same once more, one with other content, one that nobody can read, one of no customer.
                firstOrder,
                ["RO2", "N", "1001", "", "2026-10-06", "", "P1", "", "-3", "warranty", "open"],
                ["RO4", "N", "1001", "", "soon", "", "", "", "1", "customer", "closed"],
                ["RO5", "N", "", "", "2026-10-06", "", "", "", "1", "customer", "closed"],
                ["RO6", "X", "1001", "", "2026-10-06", "", "", "much", "1", "customer", "closed"],
            ]),
        Table(
            table: .sales,
            columns: ["sale_id", "store_id", "customer_id", "sold_at", "salesperson_id", "gross_profit", "kind", "reversed_on"],
            rows: [
                ["D1", "N", "1001", "2026-10-09", "P2", "1850.75", "retail", ""],
                ["D2", "E", "2001", "2026-10-12 17:05:00", "P2", "900", "retail", "2026-10-14"],
            ]),
        leads,
        Table(
            table: .messages,
            columns: [
                "message_id", "conversation_id", "store_id", "customer_id", "channel", "direction", "sent_at", "person_id",
                "automated",
            ],
            rows: [
                ["M1", "V1", "N", "1001", "email", "inbound", "2026-10-05 09:00:00", "", "no"],
                ["M2", "V1", "N", "1001", "email", "outbound", "2026-10-05 09:00:01", "", "yes"],
                ["M3", "V1", "N", "1001", "email", "outbound", "2026-10-05 10:30:59", "P1", "no"],
                ["M4", "V2", "E", "2001", "sms", "inbound", "2026-10-06 23:59:59", "", "no"],
                ["M5", "V3", "N", "1002", "phone", "inbound", "2026-10-08", "", "no"],
                ["M6", "V3", "N", "1002", "fax", "inbound", "2026-10-08 12:00:00", "", "no"],
            ]),
        Table(
            table: .outages, columns: ["outage_id", "system", "started_at", "ended_at"],
            rows: [["O1", "email", "2026-10-05 09:10:00", "2026-10-05 09:40:00"]]),
    ]

    private static let firstOrder = [
        "RO1", "N", "1001", "1HGCM82633A004352", "2026-10-05 08:15:00", "2026-10-05", "P1", "61200", "412.5", "customer",
        "closed",
    ]

    /// What a lead's mail can say as well: no more columns than these. Times with their offset.
    static let leads = Table(
        table: .leads, columns: ["lead_id", "customer_id", "created_at", "source", "store_id"],
        rows: [
            ["L1", "1001", "2026-10-05T08:30:00-05:00", "website", "N"],
            ["L2", "2001", "2026-10-06T21:15:30-04:00", "portal", "E"],
            ["L3", "1002", "2026-10-08T00:00:00Z", "website", "N"],
        ])
}
