/// Parts of files' and columns' names that say how somebody spoke with a customer.
enum ChannelWords {
    private static let ofFiles: [(channel: String, parts: [String])] = [
        ("whatsapp", ["whatsapp", "whats app"]), ("sms", ["sms", "texting", "texts", "text_", "text-", "textm", "text m"]),
        ("email", ["email", "e-mail", "e_mail", "mailbox", "mail log", "mail_log", "mails"]),
        ("phone", ["call", "phone", "voice", "dialer", "telefon"]),
        ("chat", ["chat"]), ("task", ["task", "todo"]),
    ]
    /// A telephone number may stand in any export; a call's number or length only in one of calls.
    private static let ofColumns: [(channel: String, parts: [String])] = [
        ("sms", ["sms"]), ("phone", ["call"]), ("chat", ["chat"]), ("task", ["task"]),
    ]

    static func channel(ofFile name: String) -> String? {
        let name = name.lowercased()
        let found = ofFiles.first { $0.parts.contains(where: name.contains) }?.channel
        return found ?? (name.hasPrefix("text.") ? "sms" : nil)
    }

    static func channel(ofColumn name: String) -> String? {
        let name = name.lowercased()
        if name.contains("callback") || name.contains("caller") { return nil }
        return ofColumns.first { $0.parts.contains(where: name.contains) }?.channel
    }
}
