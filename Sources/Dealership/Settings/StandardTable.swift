/// The tables that exports are read as. `description` is the name in `dealership.yaml` and of an unmapped export's file.
public enum StandardTable: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    case stores, people, customers
    case serviceVisits = "service_visits"
    case leads, appointments, sales, messages, conversations, mailings, outages, remedies, complaints, claims
    case outageSteps = "outage_steps"
    case ratings, absences
    case outageUpdates = "outage_updates"
    case monitorEvents = "monitor_events"

    public var description: String { rawValue }
    public var columns: [StandardColumn] { StandardTable.schema[self] ?? [] }

    /// Outages stand in a log, a status page's reports or a monitor's events; all else in its own table alone.
    public func tells(of table: StandardTable) -> Bool {
        self == table || (table == .outages && (self == .outageUpdates || self == .monitorEvents))
    }

    public func column(named name: String) -> StandardColumn? { columns.first { $0.name == name } }
}

/// A column of a standard table.
public struct StandardColumn: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// Compared to the byte, after trimming.
        case identifier
        /// A name or other words, printed but never compared.
        case text
        /// Local wall clock, UTC with offset, or a date alone.
        case time
        /// A time by the clock of the store that a person belongs to. Whose that is, is known only once everything is
        /// read: until then it stays as it is written.
        case personTime
        /// A date alone.
        case day
        case money
        case integer
        /// A number with decimals, kept in thousandths.
        case decimal
        case flag
        /// One of a closed list, by its position in it; upper and lower case alike.
        case choice([String])
        /// An open list of few names (channels, departments, vendors).
        case name
    }
    public var name: String
    public var kind: Kind
    /// The export must have the column.
    public var isRequired: Bool
    /// A row counts without a value, which is noted.
    public var mayBeEmpty: Bool

    public init(_ name: String, _ kind: Kind, isRequired: Bool = false, mayBeEmpty: Bool = false) {
        self.name = name
        self.kind = kind
        self.isRequired = isRequired
        self.mayBeEmpty = mayBeEmpty
    }
}

extension StandardTable {
    static let schema: [StandardTable: [StandardColumn]] = [
        .stores: [
            .init("store_id", .identifier, isRequired: true), .init("name", .text), .init("time_zone", .text),
            .init("sharing_group", .text),
        ],
        .people: [
            .init("person_id", .identifier, isRequired: true), .init("store_id", .identifier), .init("name", .text),
            .init("department", .name), .init("role", .name), .init("place", .choice(["on-site", "remote"])),
            .init("payroll_id", .text), .init("active_from", .day), .init("active_to", .day),
        ],
        .customers: [
            .init("customer_id", .identifier, isRequired: true), .init("store_id", .identifier),
            .init("system", .name), .init("name", .text), .init("phone", .text), .init("email", .text),
            .init("address", .text), .init("created_at", .time),
        ],
        .serviceVisits: [
            .init("visit_id", .identifier, isRequired: true), .init("store_id", .identifier),
            .init("customer_id", .identifier, isRequired: true), .init("vin", .identifier),
            .init("vehicle_year", .integer), .init("mileage", .integer),
            .init("opened_at", .time, isRequired: true), .init("closed_at", .time), .init("advisor_id", .identifier),
            .init("amount", .money), .init("pay_type", .choice(PayType.names)),
            .init("status", .choice(OrderStatus.names)), .init("bought_here", .flag),
            .init("appointment_id", .identifier),
        ],
        .leads: [
            .init("lead_id", .identifier, isRequired: true), .init("store_id", .identifier),
            .init("customer_id", .identifier, isRequired: true), .init("created_at", .time, isRequired: true),
            .init("source", .name), .init("owner_id", .identifier), .init("requested_at", .time), .init("status", .name),
        ],
        .appointments: [
            .init("appointment_id", .identifier, isRequired: true), .init("store_id", .identifier),
            .init("customer_id", .identifier, isRequired: true), .init("kind", .name), .init("booked_at", .time),
            .init("scheduled_for", .time, isRequired: true), .init("status", .choice(AppointmentStatus.names)),
            .init("person_id", .identifier), .init("lead_id", .identifier), .init("vin", .identifier),
            .init("vehicle_year", .integer), .init("mileage", .integer), .init("lease_end", .day), .init("recall", .flag),
        ],
        .sales: [
            .init("sale_id", .identifier, isRequired: true), .init("store_id", .identifier),
            .init("customer_id", .identifier, isRequired: true, mayBeEmpty: true), .init("vin", .identifier),
            .init("trade_vin", .identifier), .init("sold_at", .time, isRequired: true),
            .init("salesperson_id", .identifier), .init("gross_profit", .money), .init("front_gross", .money),
            .init("back_gross", .money), .init("kind", .choice(SaleKind.names)), .init("reversed_on", .time),
            .init("lease_end", .day),
        ],
        .messages: [
            .init("message_id", .identifier, isRequired: true), .init("conversation_id", .identifier),
            .init("store_id", .identifier), .init("customer_id", .identifier, isRequired: true),
            .init("channel", .name, isRequired: true),
            .init("direction", .choice(MessageDirection.names), isRequired: true),
            .init("person_id", .identifier), .init("department", .name), .init("to_department", .name),
            .init("sent_at", .time, isRequired: true), .init("automated", .flag),
            .init("outcome", .choice(CallOutcome.names)), .init("text_hash", .identifier),
        ],
        .conversations: [
            .init("conversation_id", .identifier, isRequired: true), .init("store_id", .identifier),
            .init("customer_id", .identifier), .init("channel", .name), .init("department", .name),
            .init("opened_at", .time), .init("answered_at", .time), .init("assigned_to", .identifier),
            .init("assigned_at", .time), .init("status", .choice(ConversationStatus.names)), .init("due_at", .time),
            .init("resolved_at", .time),
        ],
        .mailings: [
            .init("mailing_id", .identifier, isRequired: true), .init("store_id", .identifier),
            .init("planned_at", .time), .init("sent_at", .time), .init("recipients", .integer), .init("fault", .name),
        ],
        .outages: [
            .init("outage_id", .identifier), .init("store_id", .identifier), .init("vendor", .name),
            .init("system", .name), .init("channel", .name), .init("started_at", .time, isRequired: true),
            .init("ended_at", .time), .init("detected_at", .time), .init("acknowledged_at", .time),
            .init("notified_at", .time), .init("external", .flag), .init("vendor_started_at", .time),
            .init("vendor_ended_at", .time), .init("planned", .flag),
            .init("precision", .choice(Outage.Precision.names)), .init("investigating_at", .time),
            .init("identified_at", .time), .init("monitoring_at", .time),
        ],
        .outageUpdates: [
            .init("outage_id", .identifier, isRequired: true), .init("store_id", .identifier), .init("vendor", .name),
            .init("system", .name), .init("channel", .name), .init("at", .time, isRequired: true),
            .init("stage", .choice(Outage.Stage.Kind.names), isRequired: true),
            .init("precision", .choice(Outage.Precision.names)), .init("external", .flag), .init("planned", .flag),
        ],
        .monitorEvents: [
            .init("system", .name, isRequired: true), .init("store_id", .identifier), .init("vendor", .name),
            .init("channel", .name), .init("at", .time, isRequired: true),
            .init("state", .choice(["up", "down"]), isRequired: true),
        ],
        .remedies: [
            .init("remedy_id", .identifier, isRequired: true), .init("store_id", .identifier),
            .init("outage_id", .identifier, isRequired: true),
            .init("customer_id", .identifier), .init("kind", .name), .init("amount", .money), .init("given_at", .time),
            .init("system", .name),
        ],
        .complaints: [
            .init("complaint_id", .identifier, isRequired: true), .init("store_id", .identifier),
            .init("customer_id", .identifier),
            .init("outage_id", .identifier), .init("raised_at", .time), .init("offer", .text), .init("outcome", .name),
            .init("system", .name),
        ],
        .claims: [
            .init("claim_id", .identifier, isRequired: true), .init("outage_id", .identifier),
            .init("asked_at", .time), .init("answered_at", .time), .init("amount_asked", .money),
            .init("amount_received", .money), .init("promise", .text),
            .init("vendor", .name), .init("for_month", .text), .init("promise_kept", .flag),
        ],
        .outageSteps: [
            .init("outage_id", .identifier, isRequired: true), .init("step", .name, isRequired: true),
            .init("done_at", .time), .init("by", .text),
        ],
        .ratings: [
            .init("customer_id", .identifier, isRequired: true), .init("store_id", .identifier),
            .init("rated_at", .time, isRequired: true), .init("score", .decimal, isRequired: true),
            .init("conversation_id", .identifier),
        ],
        .absences: [
            .init("person_id", .identifier, isRequired: true), .init("from", .personTime, isRequired: true),
            .init("to", .personTime, isRequired: true), .init("reason", .text),
        ],
    ]
}
