import Basis

extension Words {
    /// What came in, inside a sentence: `e-mails`, `leads`, `web leads`, `appointments booked`, `visits`.
    static func arrivals(_ kind: String) -> String {
        switch kind {
        case "leads": return say("leads")
        case "appointments": return say("appointments booked")
        case "visits": return say("visits")
        default:
            if kind.hasPrefix("leads of ") { return say("\(kind.dropFirst(9)) leads") }
            return channelPlural(kind)
        }
    }

    /// The same at the beginning of a line: `E-mail`, `Leads`.
    static func arrivalName(_ kind: String) -> String {
        switch kind {
        case "leads": return say("Leads")
        case "appointments": return say("Appointments")
        case "visits": return say("Visits")
        default:
            if kind.hasPrefix("leads of ") { return say("Leads, \(kind.dropFirst(9))") }
            return channel(kind)
        }
    }
}
