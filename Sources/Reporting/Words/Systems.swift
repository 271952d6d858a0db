import Basis

extension Words {
    /// A system inside a sentence: `e-mail`, `the text platform`, `the phone lines`.
    static func system(_ name: String) -> String {
        let bare = ["e-mail", "email", "chat", "sms", "payments", "phone"]
        return bare.contains(name.lowercased()) ? name : say("the \(name)")
    }
}
