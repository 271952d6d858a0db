public import Basis

/// Which of a sharing group's customers the CRM knows: those of the systems that export leads, and those with a lead.
public struct CustomersInCRM: Sendable {
    /// By customer code: the link by which a service customer is found, of several ways the one whose weakest link is the
    /// strongest; nil: not found. All codes of one customer say the same.
    public let link: [Identity.Link?]
    /// By customer code, of the whole customer: the first lead or dated record; `missing`: none is dated.
    public let since: [Moment]
    /// By customer code, of the whole customer: a record of the CRM says nothing of when it was made.
    public let hasUndated: [Bool]

    /// Nil: nothing of a CRM is there.
    init?(_ facts: Facts) {
        let (journal, header, identity) = (facts.journal, facts.header, facts.identity)
        let service = Set(header.audits.filter { $0.table == .serviceVisits }.map(\.system))
        let systems = Set(header.audits.filter { $0.table == .leads }.map(\.system)).subtracting(service)
        let codes = Set(systems.map { header.code(ofName: $0) }).subtracting([-1])
        let records = journal.customerRecords
        guard journal.leads.count > 0 || records.system.contains(where: { codes.contains($0) }) else { return nil }
        var isCRM = [Bool](repeating: false, count: journal.customers.count)
        var first = [Moment](repeating: .missing, count: journal.customers.count)
        var undated = [Bool](repeating: false, count: journal.customers.count)
        func note(_ customer: Int32, _ at: Moment) {
            isCRM[Int(customer)] = true
            let root = Int(identity[customer])
            if at.isMissing {
                undated[root] = true
            } else if first[root].isMissing || at.raw < first[root].raw {
                first[root] = at
            }
        }
        for lead in 0..<journal.leads.count where journal.leads.customer[lead] >= 0 {
            note(journal.leads.customer[lead], journal.leads.createdAt[lead])
        }
        for record in 0..<records.count where codes.contains(records.system[record]) && records.customer[record] >= 0 {
            note(records.customer[record], records.createdAt[record])
        }
        let found = CustomersInCRM.links(journal, identity, isCRM)
        link = identity.root.map { found[Int($0)] }
        since = identity.root.map { first[Int($0)] }
        hasUndated = identity.root.map { undated[Int($0)] }
    }

    /// By root. Links are taken once more, the strongest first: the first that brings a service number and one of the CRM
    /// together is the weakest that is needed.
    private static func links(_ journal: GroupJournal, _ identity: Identity, _ isCRM: [Bool]) -> [Identity.Link?] {
        var isService = [Bool](repeating: false, count: isCRM.count)
        for customer in journal.orders.customer where customer >= 0 { isService[Int(customer)] = true }
        var sides = isCRM.indices.map { (isCRM[$0] ? 1 : 0) | (isService[$0] ? 2 : 0) as UInt8 }
        var found = sides.map { $0 == 3 ? Identity.Link.sameNumber : nil }
        var root = isCRM.indices.map { Int32(truncatingIfNeeded: $0) }
        func find(_ code: Int32) -> Int {
            var code = code
            while root[Int(code)] != code {
                root[Int(code)] = root[Int(root[Int(code)])]
                code = root[Int(code)]
            }
            return Int(code)
        }
        for kind in Identity.Link.allCases {
            for link in identity.links where link.kind == kind && link.standing.isJoined {
                let (x, y) = (find(link.a), find(link.b))
                let (low, high) = (min(x, y), max(x, y))
                if low == high { continue }
                root[high] = Int32(truncatingIfNeeded: low)
                let strongest = [found[low], found[high]].compactMap { $0 }.min()
                sides[low] |= sides[high]
                found[low] = strongest ?? (sides[low] == 3 ? kind : nil)
            }
        }
        // Who has no service number at all is found as whom the CRM knows.
        return found.indices.map { found[$0] ?? (sides[$0] & 1 == 1 ? .sameNumber : nil) }
    }
}

extension Facts {
    /// By customer code: the weakest link that was needed to find the customer in the CRM, nil where it was not found. Nil:
    /// nothing of a CRM is there.
    public func customersInCRM() -> [Identity.Link?]? { inCRM?.link }
}
