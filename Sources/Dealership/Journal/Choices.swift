// Closed choices of the exports' columns. Raw values are positions in `names`, which is what an export may say.

public enum PayType: UInt8, Sendable, CaseIterable {
    case customer, warranty, `internal`
    static let names = ["customer", "warranty", "internal"]
}

public enum OrderStatus: UInt8, Sendable, CaseIterable {
    case open, closed, void
    static let names = ["open", "closed", "void"]
}

public enum AppointmentStatus: UInt8, Sendable, CaseIterable {
    /// `missed`: the customer did not come (a no-show).
    case booked, shown, missed, cancelled
    static let names = ["booked", "shown", "missed", "cancelled"]
}

public enum SaleKind: UInt8, Sendable, CaseIterable {
    case retail, wholesale
    static let names = ["retail", "wholesale"]
}

public enum MessageDirection: UInt8, Sendable, CaseIterable {
    /// From the customer.
    case inbound
    /// To the customer.
    case outbound
    /// Between departments.
    case `internal`
    static let names = ["inbound", "outbound", "internal"]
}

public enum CallOutcome: UInt8, Sendable, CaseIterable {
    case answered, missed, voicemail, returned
    static let names = ["answered", "missed", "voicemail", "returned"]
}

public enum ConversationStatus: UInt8, Sendable, CaseIterable {
    case open, closed, withdrawn
    static let names = ["open", "closed", "withdrawn"]
}
