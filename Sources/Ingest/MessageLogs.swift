import Basis
import Dealership

// Messages that were read apart from the other tables of their sharing group.

extension GroupJournal {
    /// Takes over the other's messages, and with them the numbers that they name.
    mutating func take(messagesOf other: GroupJournal) {
        let threads = threads.codes(taking: other.threads)
        let customers = customers.codes(taking: other.customers)
        let people = people.codes(taking: other.people)
        let log = other.messages
        faults += other.faults
        messages.reserve(adding: log.count)
        messages.source += log.source
        messages.store += log.store
        messages.thread += log.thread.lazy.map { $0 >= 0 ? threads[Int($0)] : $0 }
        messages.customer += log.customer.lazy.map { $0 >= 0 ? customers[Int($0)] : $0 }
        messages.channel += log.channel
        messages.direction += log.direction
        messages.person += log.person.lazy.map { $0 >= 0 ? people[Int($0)] : $0 }
        messages.department += log.department
        messages.toDepartment += log.toDepartment
        messages.sentAt += log.sentAt
        messages.isAutomated += log.isAutomated
        messages.outcome += log.outcome
        messages.textHash += log.textHash
    }
}

extension GroupJournal.Messages {
    /// Columns that grow row by row are copied over and over.
    mutating func reserve(adding rows: Int) {
        let capacity = count + rows
        source.reserveCapacity(capacity)
        store.reserveCapacity(capacity)
        thread.reserveCapacity(capacity)
        customer.reserveCapacity(capacity)
        channel.reserveCapacity(capacity)
        direction.reserveCapacity(capacity)
        person.reserveCapacity(capacity)
        department.reserveCapacity(capacity)
        toDepartment.reserveCapacity(capacity)
        sentAt.reserveCapacity(capacity)
        isAutomated.reserveCapacity(capacity)
        outcome.reserveCapacity(capacity)
        textHash.reserveCapacity(capacity)
    }
}

extension IdentifierPool {
    /// Takes all identifiers of the other pool; by its codes: ours.
    fileprivate mutating func codes(taking other: IdentifierPool) -> [Int32] {
        (0..<Int32(other.count)).map { code in other.withBytes(of: code) { intern($0) } }
    }
}
