import Basis
import Dealership

/// Whom a rule may pay on which days: by the departments, roles and stores of the people export.
struct RewardPlaces: Sendable {
    private let eligibility: RewardRule.Eligibility
    private let header: JournalHeader
    private let departments: Set<String>
    private let roles: Set<String>
    /// Positions in the header's stores; nil: all.
    private let stores: Set<Int32>?

    init(_ eligibility: RewardRule.Eligibility, _ header: JournalHeader) {
        self.eligibility = eligibility
        self.header = header
        departments = Set(eligibility.departments.map { $0.lowercased() })
        roles = Set(eligibility.roles.map { $0.lowercased() })
        stores = eligibility.stores.isEmpty
            ? nil
            : Set(
                header.stores.indices.filter { eligibility.stores.contains(header.stores[$0].identifier) }
                    .map(Int32.init))
    }

    /// The rule names departments or roles, so that who has nothing to show belongs on the list all the same.
    var namesPeople: Bool { !departments.isEmpty || !roles.isEmpty }

    /// People who belong there at some time. Without a people export everybody does.
    func knows(_ person: String) -> Bool {
        if header.people.isEmpty { return departments.isEmpty && roles.isEmpty && stores == nil }
        return header.people[person]?.stints.contains(where: admits) ?? false
    }

    func admits(_ person: String, on day: Day) -> Bool {
        if header.people.isEmpty { return knows(person) }
        return stint(of: person, on: day) != nil
    }

    /// Where the person belonged to on a day, if the rule pays there.
    func stint(of person: String, on day: Day) -> Person.Stint? {
        header.people[person]?.stints.first { $0.holds(day) && admits($0) }
    }

    /// A conversation that is nobody's, by its store and, where the export has one, its department.
    func admitsNobody(store: Int32, department: String) -> Bool {
        if let stores, !stores.contains(store) { return false }
        return departments.isEmpty || department.isEmpty || departments.contains(department.lowercased())
    }

    private func admits(_ stint: Person.Stint) -> Bool {
        if let stores, !stores.contains(stint.store) { return false }
        if !departments.isEmpty, !departments.contains(stint.department.lowercased()) { return false }
        return roles.isEmpty || roles.contains(stint.role.lowercased())
    }
}
