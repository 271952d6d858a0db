/// Who looks after service customers only: the dedicated conquest person.
extension JournalHeader {
    /// By the settings' `conversion: dedicated:` (identifiers of people, or roles), else by the role's words.
    public func isDedicated(_ person: Person) -> Bool {
        let role = person.role.lowercased()
        let named = settings.conversion.dedicated
        if named.isEmpty { return role.contains("dedicated") || role.contains("conquest") }
        return named.contains { $0 == person.identifier || (!role.isEmpty && $0.lowercased() == role) }
    }

    /// Nobody is known to be dedicated to service customers: there is nothing to compare.
    public var hasDedicatedPeople: Bool { people.values.contains(where: isDedicated) }
}
