import Basis
import Dealership

// Messages that were read apart from the other tables of their sharing group.

/// By the codes of a log read by itself: those of the journal that takes it over.
struct TakenNumbers: Sendable {
    var threads: [Int32]
    var customers: [Int32]
    var people: [Int32]
}

extension GroupJournal {
    /// Takes over the numbers that the other's messages name.
    mutating func numbers(of other: GroupJournal) -> TakenNumbers {
        TakenNumbers(
            threads: threads.codes(taking: other.threads), customers: customers.codes(taking: other.customers),
            people: people.codes(taking: other.people))
    }
}

extension GroupJournal.Messages {
    /// The messages of several logs, one after the other.
    init(of parts: [GroupJournal], _ codes: [TakenNumbers]) {
        self.init()
        reserve(adding: parts.reduce(0) { $0 + $1.messages.count })
        for (part, codes) in zip(parts, codes) { take(part.messages, codes) }
    }

    private mutating func take(_ log: GroupJournal.Messages, _ codes: TakenNumbers) {
        source += log.source
        store += log.store
        thread += log.thread.lazy.map { $0 >= 0 ? codes.threads[Int($0)] : $0 }
        customer += log.customer.lazy.map { $0 >= 0 ? codes.customers[Int($0)] : $0 }
        channel += log.channel
        direction += log.direction
        person += log.person.lazy.map { $0 >= 0 ? codes.people[Int($0)] : $0 }
        department += log.department
        toDepartment += log.toDepartment
        sentAt += log.sentAt
        isAutomated += log.isAutomated
        outcome += log.outcome
        textHash += log.textHash
    }

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
