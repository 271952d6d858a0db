import Basis

/// A prospect as it came in, and where it stands.
struct Lead: Sendable {
    var prospect: ADFProspect
    /// When the mail came; nil: no mail, or one that does not say.
    var receivedAt: LeadTime?
    var requestedAt: LeadTime?
    /// The mail's Message-ID without brackets; empty: none.
    var messageID: String
    var mailFrom: String
    var mailSubject: String
    /// From 0: which of the mail's leads.
    var ordinal: Int
    /// Of the text, white space apart.
    var contentHash: UInt64
    var place: RowOrigins.Place
    var deviations: Set<LeadDeviation>

    /// The clock starts when the mail came.
    var createdAt: LeadTime? { receivedAt ?? requestedAt }

    /// What sorts leads by when they came; those that do not say come last.
    func order(in zone: ZoneRules) -> Int64 {
        guard let time = createdAt else { return .max }
        return (time.instant(in: zone) ?? zone.startOfDay(time.day)).seconds
    }

    /// Source and number; nil: the lead has none.
    var numberedID: String? {
        guard let identifier = prospect.identifier else { return nil }
        let source = identifier.source.isEmpty ? prospect.provider : identifier.source
        return source.isEmpty ? identifier.value : "\(source):\(identifier.value)"
    }

    /// A name of its own, whatever the lead says.
    var leadID: String {
        if let numberedID { return numberedID }
        if !messageID.isEmpty { return ordinal == 0 ? messageID : "\(messageID)#\(ordinal + 1)" }
        return "adf-" + Lead.hex(contentHash)
    }

    /// Digits of the phone, else the e-mail in small letters; empty: neither.
    var contactKey: String {
        // An extension belongs to a desk.
        let phone = prospect.customer.phone.prefix { !["x", "X", "#", "e", "E"].contains($0) }
        let digits = phone.filter { $0.isASCII && $0.isNumber }
        if digits.count == 11, digits.hasPrefix("1") { return String(digits.dropFirst()) }
        if digits.count >= 7 { return String(digits) }
        return prospect.customer.email.contains("@") ? prospect.customer.email.lowercased() : ""
    }

    /// The provider's number, else phone, else e-mail; who has none of them is a customer of this lead alone.
    var customerID: String {
        if let identifier = prospect.customerIdentifier {
            return identifier.source.isEmpty ? identifier.value : "\(identifier.source):\(identifier.value)"
        }
        return contactKey.isEmpty ? leadID : contactKey
    }

    /// Which store is meant, as far as the lead says.
    var vendorKey: String {
        (prospect.vendorIdentifier?.value ?? prospect.vendor).lowercased()
    }

    static func hex(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// FNV-1a, 64 bits, over the text with white space in one piece.
    static func hash(_ text: some Sequence<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var isSpace = true
        for byte in text {
            if XMLRepair.isSpace(byte) {
                if isSpace { continue }
                isSpace = true
            } else {
                isSpace = false
            }
            hash = (hash ^ UInt64(isSpace ? 0x20 : byte)) &* 0x100_0000_01B3
        }
        return hash
    }
}
