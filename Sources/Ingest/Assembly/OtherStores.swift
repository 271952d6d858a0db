import Basis
import Dealership

extension GroupJournal {
    /// Sets aside messages of a conversation at another store than the one it began at: which store's hours and people
    /// they belong to is not for us to say. Within a sharing group one number is one conversation.
    mutating func setAsideOtherStores(_ header: JournalHeader) {
        var home = [Int32](repeating: -1, count: threads.count)
        var isMixed = false
        for row in 0..<messages.count where messages.thread[row] >= 0 {
            let thread = Int(messages.thread[row])
            if home[thread] < 0 {
                home[thread] = messages.store[row]
            } else if home[thread] != messages.store[row] {
                isMixed = true
            }
        }
        guard isMixed else { return }
        findHomes(&home, header)
        var kept: [Int] = []
        for row in 0..<messages.count {
            let thread = messages.thread[row]
            guard thread >= 0, home[Int(thread)] != messages.store[row] else {
                kept.append(row)
                continue
            }
            faults.append(
                GroupFault(reason: .otherStore, table: .messages, column: "store_id", source: messages.source[row]))
        }
        messages.keep(kept)
    }

    /// The store of each conversation's first message; of two at one instant the one that sorts first.
    private func findHomes(_ home: inout [Int32], _ header: JournalHeader) {
        var since = [Int64](repeating: .max, count: threads.count)
        for row in 0..<messages.count where messages.thread[row] >= 0 {
            let thread = Int(messages.thread[row])
            let (sent, store) = (messages.sentAt[row], messages.store[row])
            let isFirst = sent < since[thread] || sent == since[thread]
                && header.stores[Int(store)].identifier < header.stores[Int(home[thread])].identifier
            if isFirst { (home[thread], since[thread]) = (store, sent) }
        }
    }
}

extension GroupJournal.Messages {
    /// These rows alone, in this order.
    mutating func keep(_ rows: [Int]) {
        func take<Value>(_ column: inout [Value]) { column = rows.map { column[$0] } }
        take(&source)
        take(&store)
        take(&thread)
        take(&customer)
        take(&channel)
        take(&direction)
        take(&person)
        take(&department)
        take(&toDepartment)
        take(&sentAt)
        take(&isAutomated)
        take(&outcome)
        take(&textHash)
    }
}
