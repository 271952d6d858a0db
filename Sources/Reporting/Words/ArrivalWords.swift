import Basis

extension Words {
    /// What came in, inside a sentence: `e-mails`, `leads`, `web leads`, `appointments booked`, `visits`.
    static func arrivals(_ kind: String) -> String {
        switch kind {
        case "leads": return "leads"
        case "appointments": return say("appointments booked")
        case "visits": return "visits"
        default:
            if kind.hasPrefix("leads of ") { return say("\(kind.dropFirst(9)) leads") }
            return channelPlural(kind)
        }
    }

    /// The same at the beginning of a line: `E-mail`, `Leads`.
    static func arrivalName(_ kind: String) -> String {
        switch kind {
        case "leads", "appointments", "visits": return kind.prefix(1).uppercased() + kind.dropFirst()
        default:
            if kind.hasPrefix("leads of ") { return say("Leads, \(kind.dropFirst(9))") }
            return channel(kind)
        }
    }
}
