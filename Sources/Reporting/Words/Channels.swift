import Basis

extension Words {
    /// A channel as a manager calls it, at the beginning of a line: `Text`, `E-mail`.
    static func channel(_ name: String) -> String {
        switch name.lowercased() {
        case "sms", "text": say("Text")
        case "email", "e-mail": say("E-mail")
        case "phone", "call": say("Phone")
        case "chat": say("Chat")
        case "web", "web-lead", "lead": say("Web lead")
        case "whatsapp": say("WhatsApp")
        case "": say("No channel given")
        default: name.prefix(1).uppercased() + name.dropFirst()
        }
    }

    /// In the plural, inside a sentence: `texts`, `e-mails`.
    static func channelPlural(_ name: String) -> String {
        switch name.lowercased() {
        case "sms", "text": say("texts")
        case "email", "e-mail": say("e-mails")
        case "phone", "call": say("calls")
        case "chat": say("chats")
        case "web", "web-lead", "lead": say("web leads")
        case "task": say("tasks")
        default: say("\(channel(name)) messages")
        }
    }
}
