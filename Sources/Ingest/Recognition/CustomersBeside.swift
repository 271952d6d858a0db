import Dealership

/// Customers in an export of something else, which has their number, a name and how to reach them in every row: what joins
/// the systems' customers where none exports a list of its own.
struct CustomersBeside {
    /// Nil: the export has no way to reach a customer beside the number.
    let recognition: Recognition?

    private static let tables: Set<StandardTable> = [.serviceVisits, .leads, .sales, .appointments]
    private static let ours = ["name", "phone", "email", "address"]

    init(_ sample: ExportSample, _ other: Recognition, _ known: KnownNumbers) {
        guard let table = other.table, CustomersBeside.tables.contains(table), other.isReadable,
            let number = other.match(of: "customer_id"), case .column = number.rule
        else {
            recognition = nil
            return
        }
        let taken = Set(other.columnsRead)
        let free = sample.columns.filter { !taken.contains($0.name) && !$0.name.isEmpty && !$0.isEmpty }
        var matches = [Recognition.Match(column: "customer_id", rule: number.rule, confidence: number.confidence, reason: "")]
        if let store = other.match(of: "store_id") { matches.append(store) }
        for name in CustomersBeside.ours {
            guard let column = StandardTable.customers.column(named: name) else { continue }
            let isContact = name == "phone" || name == "email"
            var best: (String, ColumnFit)?
            for facts in free where CustomersBeside.isOfCustomers(facts.name) {
                let words = HeaderWords(facts.name)
                let fit = ColumnFit(facts, words, as: column, of: .customers, known: known, file: sample.name)
                guard fit.isEnough, isContact ? (fit.content ?? 0) >= 0.9 : fit.name >= 0.55 else { continue }
                if best.map({ $0.1.total < fit.total }) ?? true { best = (facts.name, fit) }
            }
            let parts = name == "name" ? CustomersBeside.nameParts(free.map(\.name)) : nil
            if let parts {
                matches.append(.init(column: name, rule: .joined(parts), confidence: 0.8, reason: ""))
            } else if let best, !matches.contains(where: { $0.rule == .column(best.0) }) {
                matches.append(.init(column: name, rule: .column(best.0), confidence: 0.8, reason: ""))
            }
        }
        guard matches.contains(where: { $0.column == "phone" || $0.column == "email" }) else {
            recognition = nil
            return
        }
        var found = other
        found.table = .customers
        found.matches = matches
        found.isBeside = true
        found.missing = []
        found.unused = []
        found.notes = []
        found.leftOut = nil
        // Of what stands in these columns nothing is a date or an amount.
        found.dateOrder = .none
        found.decimalMarks = .point
        recognition = found
    }

    /// `Advisor Email` is nobody's whom one sells to.
    private static func isOfCustomers(_ name: String) -> Bool {
        let others = ["advisor", "salesperson", "person", "store", "manager", "assigned", "vendor", "company", "owner", "model"]
        let words = HeaderWords(name).words
        return !others.contains { words.contains($0) }
    }

    private static func nameParts(_ names: [String]) -> [String]? {
        func find(_ wanted: [String]) -> String? {
            names.first { name in
                let letters = String(name.lowercased().filter(\.isLetter))
                return wanted.contains(letters) || wanted.contains { letters == "customer" + $0 || letters == "buyer" + $0 }
            }
        }
        guard let first = find(["firstname", "fname", "givenname", "vorname", "nombre"]),
            let last = find(["lastname", "lname", "surname", "familyname", "nachname", "apellido", "apellidos"])
        else { return nil }
        return [first, last]
    }
}

extension Recognition {
    /// Of customers in another export: what they are known by.
    var besideWords: String {
        let known = matches.filter { !["customer_id", "store_id"].contains($0.column) }.map { $0.column == "email" ? "e-mail" : $0.column }
        return "customers are read from it too: \(known.joined(separator: ", "))"
    }
}
