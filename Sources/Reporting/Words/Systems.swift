import Basis

extension Words {
    /// A system inside a sentence: `e-mail`, `the text platform`, `the phone lines`.
    static func system(_ name: String) -> String {
        let bare = ["e-mail", "email", "chat", "sms", "payments", "phone"]
        // As the settings name it: other languages than English set it in quotation marks.
        return bare.contains(name.lowercased())
            ? say("\(name)", context: "a system") : say("the \(name)", context: "a system")
    }
}
