import Basis

/// When somebody of a department wrote to a customer, called, or took the customer's call; machines left out.
struct SalesContacts {
    struct Contact {
        var at: Int64
        /// −1: the export names nobody.
        var person: Int32
    }
    private var contacts: [Contact] = []
    private var ofCustomer: RecordsByCode

    /// Of these customers, by code, up to the end of what messages know.
    init(_ facts: Facts, department: String, of customers: [Bool]) {
        let (log, header) = (facts.journal.messages, facts.header)
        let wanted = department.lowercased()
        let isNamed = header.names.map { $0.lowercased() == wanted }
        let people = facts.journal.people
        let departments = DepartmentsOfPeople(facts.journal, header)
        let asOf = facts.messagesAsOf.seconds
        var found: [Contact] = []
        var of: [Int32] = []
        for index in 0..<log.count
        where !log.isAutomated[index] && log.direction[index] != .internal && log.sentAt[index] < asOf {
            guard log.direction[index] == .outbound || log.outcome[index] == .answered else { continue }
            // As for handoffs: what the message says, else where the person belonged then.
            let person = log.person[index]
            let own = log.department[index] >= 0
                ? log.department[index]
                : departments.department(of: person, at: log.sentAt[index], store: log.store[index])
            guard own >= 0, isNamed[Int(own)] else { continue }
            let customer = facts.identity[log.customer[index]]
            guard customer >= 0, customers[Int(customer)] else { continue }
            found.append(Contact(at: log.sentAt[index], person: person))
            of.append(customer)
        }
        contacts = found
        ofCustomer = RecordsByCode(codes: customers.count, records: found.count) { of[$0] }
        ofCustomer.sort { a, b in
            found[a].at != found[b].at
                ? found[a].at < found[b].at : found[a].person != found[b].person && people[found[a].person] < people[found[b].person]
        }
    }

    func first(of customer: Int32, in period: Range<Int64>) -> Contact? {
        ofCustomer[customer].lazy.map { contacts[Int($0)] }.first { period.contains($0.at) }
    }

    func last(of customer: Int32) -> Contact? { ofCustomer[customer].last.map { contacts[Int($0)] } }
}
