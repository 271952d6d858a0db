import Dealership

/// People as pages name them.
enum PersonNames {
    /// As the people export says, else the identifier of the messages.
    static func name(_ identifier: String, _ context: ReportContext) -> String {
        guard let name = context.header.people[identifier]?.name, !name.isEmpty else { return identifier }
        return name
    }

    /// Two people of one name are told apart by their identifiers.
    static func distinct(_ identifiers: [String], _ context: ReportContext) -> [String: String] {
        var bearers: [String: Int] = [:]
        for identifier in identifiers { bearers[name(identifier, context), default: 0] += 1 }
        var names: [String: String] = [:]
        for identifier in identifiers {
            let name = name(identifier, context)
            names[identifier] = bearers[name, default: 0] > 1 && name != identifier ? "\(name) (\(identifier))" : name
        }
        return names
    }

    /// `Dana Ruiz` where it fits into so many characters, else `D. Ruiz`, else its beginning.
    static func short(_ name: String, most: Int) -> String {
        if name.count <= most { return name }
        let words = name.split(separator: " ")
        if words.count > 1, let first = words.first?.first, let last = words.last {
            let initial = "\(first). \(last)"
            if initial.count <= most { return initial }
        }
        return name.prefix(max(most - 1, 1)) + "…"
    }

    /// `service`; empty where the people export says nothing.
    static func department(_ identifier: String, _ context: ReportContext) -> String {
        context.header.people[identifier]?.department ?? ""
    }
}
