/// What a figure can be split by. A measure's catalogue entry lists those it has.
public enum Dimension: String, Hashable, Sendable, CaseIterable, Comparable {
    case store, month, day, channel, department, person, advisor, salesperson, weekday, hour
    case outage, vendor, system, relation, source, export, reason
    case payType = "pay-type"
    case workplace
    case toDepartment = "to-department"
    /// In open hours or after them.
    case arrival
    /// How long the unanswered have been waiting; "" of the answered.
    case age
    /// The furthest step on record on the way to a sale: lead, contact, appointment; "" where nothing is on record.
    case touch
    /// The first turn of a conversation, or a later one.
    case turn
    /// Years of the serviced car at the visit, in classes.
    case vehicleAge = "vehicle-age"
    /// Whether the lead is the dedicated person's.
    case dedicated
    /// Days since the visit, up to which a cohort is followed.
    case since
    /// A step of an incident's protocol.
    case step
    /// What the ladder gives a customer whom an outage hit.
    case rung
    /// What may be missing after an outage: a channel's conversations, leads, appointments, visits.
    case kind
    /// The hour or day of an outage's curve, by the store's wall clock.
    case at
    /// What became of a link between two customer numbers.
    case standing
    /// A change effort; no measure is split by it.
    case effort
    /// A reward's rule; no measure is split by it.
    case rule

    public static func < (a: Dimension, b: Dimension) -> Bool { a.rawValue < b.rawValue }

    /// The column's name in a table of results.
    public var columnName: String {
        switch self {
        case .store: "store_id"
        case .person: "person_id"
        case .advisor: "advisor_id"
        case .salesperson: "salesperson_id"
        case .outage: "outage_id"
        case .payType: "pay_type"
        case .vehicleAge: "vehicle_age"
        case .toDepartment: "to_department"
        default: rawValue
        }
    }
}
