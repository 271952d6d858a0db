extension StandardTable {
    /// Columns by which two rows are told to be the same record, in whatever file they stand: a later row of the same key
    /// with other content corrects the earlier one. `store_id` belongs to every key but that of `stores`.
    public var naturalKey: [String] {
        switch self {
        case .stores: ["store_id"]
        // Whoever moves has a row a place.
        case .people: ["person_id", "active_from"]
        case .customers: ["customer_id", "system"]
        case .serviceVisits: ["visit_id"]
        case .leads: ["lead_id"]
        case .appointments: ["appointment_id"]
        case .sales: ["sale_id"]
        case .messages: ["message_id"]
        // Each assignment is a row of the conversation's history.
        case .conversations: ["conversation_id", "assigned_at"]
        case .mailings: ["mailing_id"]
        case .outages: ["outage_id"]
        case .remedies: ["remedy_id"]
        case .complaints: ["complaint_id"]
        case .claims: ["claim_id"]
        case .outageSteps: ["outage_id", "step"]
        case .ratings: ["customer_id", "rated_at", "conversation_id"]
        case .absences: ["person_id", "from"]
        case .outageUpdates: ["outage_id", "at", "system", "channel"]
        case .monitorEvents: ["system", "at", "channel"]
        }
    }

    /// A deal and its reversal have one number, and only one of them has a day of sale: whether this cell is empty belongs
    /// to the key.
    public var naturalKeyMark: String? { self == .sales ? "sold_at" : nil }

    /// What rows are known by whose first key column is empty; empty: by their whole content.
    public var naturalKeyWithoutNumber: [String] { self == .outages ? ["system", "channel", "vendor", "started_at"] : [] }
}
