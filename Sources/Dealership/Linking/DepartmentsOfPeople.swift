import Basis

/// Which department somebody belonged to at a time, as the people export says: who moved belongs where he was then.
struct DepartmentsOfPeople: Sendable {
    private struct Stint {
        var from: Day?
        var department: Int32
    }
    /// By person code, of who never moved; −1: in none, or nobody says.
    private var only: [Int32]
    /// In order of their days.
    private var moved: [Int32: [Stint]] = [:]
    private let header: JournalHeader

    init(_ journal: GroupJournal, _ header: JournalHeader) {
        self.header = header
        var codes: [String: Int32] = [:]
        for (code, name) in header.names.enumerated() where codes[name] == nil { codes[name] = Int32(code) }
        only = [Int32](repeating: -1, count: journal.people.count)
        for code in 0..<Int32(journal.people.count) {
            guard let person = header.people[journal.people[code]] else { continue }
            only[Int(code)] = codes[person.department] ?? -1
            if Set(person.stints.map(\.department)).count > 1 {
                moved[code] = person.stints.map { Stint(from: $0.from, department: codes[$0.department] ?? -1) }
            }
        }
    }

    /// Between two stints and after the last the one before holds; before the first that one.
    func department(of person: Int32, at seconds: Int64, store: Int32) -> Int32 {
        guard person >= 0 else { return -1 }
        guard !moved.isEmpty, let stints = moved[person] else { return only[Int(person)] }
        let day = header.zone(ofStore: Int(store)).day(at: Instant(seconds: seconds))
        return (stints.last { $0.from.map { $0 <= day } ?? true } ?? stints[0]).department
    }
}
