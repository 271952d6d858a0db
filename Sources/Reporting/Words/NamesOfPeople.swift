/// People as a page names them: by name, and where several have one name with the number that tells them apart.
struct NamesOfPeople {
    private let names: [String: String]

    /// - Parameter people: number and name, empty where nobody knows it; a number may come again.
    init(_ people: [(String, String)]) {
        var numbers: [String: Set<String>] = [:]
        var names: [String: String] = [:]
        for (person, name) in people where !name.isEmpty {
            numbers[name, default: []].insert(person)
            names[person] = name
        }
        for (name, shared) in numbers where shared.count > 1 {
            for person in shared { names[person] = "\(name) (\(person))" }
        }
        self.names = names
    }

    /// - Parameter other: of somebody who is not among them.
    subscript(person: String, else other: String = "") -> String { names[person] ?? (other.isEmpty ? person : other) }
}
