import Basis

extension Identity {
    /// In front of the number of a customer known by telephone alone: `tel:+12015550101`. No system gave it.
    public static let telephone = Array("tel:".utf8)
}

extension GroupJournal {
    /// With a record of its telephone number for every customer that is known by it alone, so that the number joins it with
    /// whoever has it. Nothing else is said of it: a name that one record lacks speaks against nobody.
    func withTelephoneRecords() -> GroupJournal {
        var sources: [Int32: (source: RowSource, store: Int32)] = [:]
        let mark = Identity.telephone + [0x2B]
        let isTelephone = customers.beginning(with: mark)
        guard isTelephone.contains(true) else { return self }
        func note(_ customers: [Int32], _ source: [RowSource], _ store: [Int32]) {
            for row in customers.indices where customers[row] >= 0 && isTelephone[Int(customers[row])] {
                let code = customers[row]
                if let known = sources[code], known.source < source[row] { continue }
                sources[code] = (source[row], store[row])
            }
        }
        note(messages.customer, messages.source, messages.store)
        note(conversations.customer, conversations.source, conversations.store)
        note(orders.customer, orders.source, orders.store)
        note(leads.customer, leads.source, leads.store)
        note(appointments.customer, appointments.source, appointments.store)
        note(sales.customer, sales.source, sales.store)
        note(ratings.customer, ratings.source, ratings.store)
        var journal = self
        for (code, place) in sources.sorted(by: { $0.value.source < $1.value.source }) {
            journal.customerRecords.source.append(place.source)
            journal.customerRecords.store.append(place.store)
            journal.customerRecords.customer.append(code)
            journal.customerRecords.system.append(-1)
            let phone = customers.withBytes(of: code) { Array($0.dropFirst(Identity.telephone.count)) }
            journal.customerRecords.phone.append(phone.withUnsafeBufferPointer { journal.customerRecords.phones.intern($0) })
            journal.customerRecords.email.append(-1)
            journal.customerRecords.name.append(-1)
            journal.customerRecords.address.append(-1)
            journal.customerRecords.createdAt.append(.missing)
        }
        return journal
    }
}
