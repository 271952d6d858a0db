extension Words {
    /// A channel as a manager calls it, at the beginning of a line: `Text`, `E-mail`.
    static func channel(_ name: String) -> String {
        switch name.lowercased() {
        case "sms", "text": "Text"
        case "email", "e-mail": "E-mail"
        case "phone", "call": "Phone"
        case "chat": "Chat"
        case "web", "web-lead", "lead": "Web lead"
        case "whatsapp": "WhatsApp"
        case "": "No channel given"
        default: name.prefix(1).uppercased() + name.dropFirst()
        }
    }

    /// In the plural, inside a sentence: `texts`, `e-mails`.
    static func channelPlural(_ name: String) -> String {
        switch name.lowercased() {
        case "sms", "text": "texts"
        case "email", "e-mail": "e-mails"
        case "phone", "call": "calls"
        case "chat": "chats"
        case "web", "web-lead", "lead": "web leads"
        case "task": "tasks"
        default: "\(channel(name)) messages"
        }
    }
}
