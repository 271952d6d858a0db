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
        let isMember = (0..<Int32(people.count)).map { header.people[people[$0]]?.department.lowercased() == wanted }
        let asOf = facts.messagesAsOf.seconds
        var found: [Contact] = []
        var of: [Int32] = []
        for index in 0..<log.count
        where !log.isAutomated[index] && log.direction[index] != .internal && log.sentAt[index] < asOf {
            guard log.direction[index] == .outbound || log.outcome[index] == .answered else { continue }
            // As for handoffs: what the message says, else where the person belongs.
            let (own, person) = (log.department[index], log.person[index])
            guard own >= 0 ? isNamed[Int(own)] : person >= 0 && isMember[Int(person)] else { continue }
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
