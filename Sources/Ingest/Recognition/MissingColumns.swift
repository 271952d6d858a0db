import Dealership

/// What an export lacks, and what cannot be told without it.
enum MissingColumns {
    static func of(_ table: StandardTable, _ matches: [Recognition.Match], _ sample: ExportSample) -> [Recognition.Missing] {
        let there = Set(matches.map(\.column))
        return table.columns.compactMap { column in
            if there.contains(column.name) { return nil }
            if column.isRequired {
                return .init(column: column.name, isRequired: true, cost: required[column.name] ?? "the export cannot be read without it")
            }
            guard let cost = costs[table]?[column.name] else { return nil }
            // Totals of a deal or its two parts: one is enough.
            if column.name == "gross_profit", there.contains("front_gross") || there.contains("back_gross") { return nil }
            if column.name == "outcome", !isOfCalls(matches) { return nil }
            if column.name == "person_id", isInternal(matches) { return nil }
            return .init(column: column.name, isRequired: false, cost: cost)
        }
    }

    private static func isOfCalls(_ matches: [Recognition.Match]) -> Bool {
        matches.contains { $0.column == "channel" && $0.rule == .constant("phone") }
    }

    private static func isInternal(_ matches: [Recognition.Match]) -> Bool {
        matches.contains { $0.column == "channel" && $0.rule == .constant("task") }
    }

    private static let required = [
        "customer_id": "nothing says whose it is; a customer's number or telephone number is needed",
        "direction": "nothing says who wrote, the customer or we; export it, or map `direction: { value: inbound }` if all came in",
        "channel": "nothing says whether these are calls, e-mails or texts; map `channel: { value: sms }` or what it is",
        "sent_at": "nothing says when; a date and a time of day are needed",
        "opened_at": "nothing says when; export the opening date",
        "sold_at": "nothing says when; export the date of the deal",
        "created_at": "nothing says when; export when the lead came in",
        "scheduled_for": "nothing says for when; export the appointment's date",
    ]

    private static let costs: [StandardTable: [String: String]] = [
        .serviceVisits: [
            "vin": "sales cannot be found by the car that was traded in", "advisor_id": "visits cannot be told by advisor",
            "amount": "no amounts of service", "pay_type": "internal work counts as visits",
            "status": "void orders count as visits", "closed_at": "how long cars stay is not told",
        ],
        .sales: [
            "vin": "deals cannot be tied to cars", "trade_vin": "the strongest tie from service to sale is missing",
            "salesperson_id": "deals cannot be told by salesperson", "gross_profit": "no gross, no money",
            "kind": "wholesale counts as sales", "reversed_on": "deals taken back count as sold",
        ],
        .leads: ["source": "leads cannot be told by source", "owner_id": "leads belong to nobody"],
        .appointments: ["status": "shown or missed is not told", "kind": "service and sales appointments are not told apart"],
        .messages: [
            "person_id": "who answered is not told: no page by person, no personal rewards",
            "department": "no page by department, no handoffs", "automated": "automatic replies count as answers",
            "conversation_id": "threads are made of customer, channel and pauses", "outcome": "missed calls are not told",
        ],
        .conversations: ["assigned_to": "no personal rewards, nobody had it", "status": "closed and open are not told apart"],
        .people: ["department": "no page by department", "role": "roles cannot be asked for", "name": "pages show numbers, not names"],
        .customers: [
            "phone": "customers of two systems are not joined by telephone", "email": "customers of two systems are not joined by e-mail",
            "created_at": "when the CRM first knew them is not told",
        ],
        .outages: ["ended_at": "every outage counts as still going on", "system": "what it stopped is not told"],
        .stores: ["time_zone": "set time-zone"],
    ]
}
