import Basis
import Dealership

extension GroupJournal {
    /// Makes one row a conversation of the export's rows, and of the same rows the history of its assignments.
    mutating func settleConversations(_ header: JournalHeader) {
        guard conversations.count > 0 else { return }
        var last = [Int32](repeating: -1, count: threads.count)
        var before = [Int32](repeating: -1, count: conversations.count)
        var isRepeated = false
        for row in 0..<conversations.count {
            let thread = Int(conversations.thread[row])
            guard thread >= 0 else { continue }
            if last[thread] >= 0 { isRepeated = true }
            before[row] = last[thread]
            last[thread] = Int32(truncatingIfNeeded: row)
        }
        var merged: [Int: Int] = [:]
        var dropped: Set<Int> = []
        for thread in last.indices where last[thread] >= 0 {
            let latest = Int(last[thread])
            guard before[latest] >= 0 else {
                assign(latest)
                continue
            }
            var rows: [Int] = []
            var row = latest
            while row >= 0 {
                rows.append(row)
                row = Int(before[row])
            }
            let history = self.history(of: rows, header)
            history.forEach { assign($0) }
            guard let first = rows.last, let newest = history.last else { continue }
            conversations.fillGaps(of: newest, from: history.dropLast().reversed())
            merged[first] = newest
            dropped.formUnion(rows.dropLast())
        }
        if isRepeated { conversations.keep(replacing: merged, without: dropped) }
    }

    private mutating func assign(_ row: Int) {
        let at = conversations.assignedAt[row]
        let person = conversations.assignee[row]
        guard person >= 0 || !at.isMissing else { return }
        assignments.thread.append(conversations.thread[row])
        assignments.person.append(person)
        assignments.at.append(at.isMissing ? .min : at.instant.seconds)
        assignments.source.append(conversations.source[row])
    }

    /// A conversation's rows by time of assignment. Rows of another store than the first are set aside, and of rows with the
    /// same time in two exports all but the first export's.
    private mutating func history(of rows: [Int], _ header: JournalHeader) -> [Int] {
        func order(_ row: Int) -> (Int64, String, RowSource) {
            (
                conversations.assignedAt[row].raw, header.stores[Int(conversations.store[row])].identifier,
                conversations.source[row]
            )
        }
        var history: [Int] = []
        for row in rows.sorted(by: { order($0) < order($1) }) {
            guard let last = history.last else {
                history.append(row)
                continue
            }
            if conversations.store[row] != conversations.store[last] {
                setAside(.otherStore, column: "store_id", row)
            } else if conversations.assignedAt[row] == conversations.assignedAt[last] {
                let isSame = conversations.isSame(row, last)
                setAside(isSame ? .duplicateRow : .duplicateIdentifier, column: isSame ? nil : "conversation_id", row)
            } else {
                history.append(row)
            }
        }
        return history
    }

    private mutating func setAside(_ reason: SetAside, column: String?, _ row: Int) {
        faults.append(
            GroupFault(reason: reason, table: .conversations, column: column, source: conversations.source[row]))
    }
}

extension GroupJournal.Conversations {
    /// Where a row says nothing, takes what the first of the others says.
    fileprivate mutating func fillGaps(of row: Int, from others: some Sequence<Int>) {
        func fill<Value>(_ column: inout [Value], _ isMissing: (Value) -> Bool) {
            guard isMissing(column[row]), let other = others.first(where: { !isMissing(column[$0]) }) else { return }
            column[row] = column[other]
        }
        fill(&customer) { $0 < 0 }
        fill(&channel) { $0 < 0 }
        fill(&department) { $0 < 0 }
        fill(&openedAt) { $0.isMissing }
        fill(&answeredAt) { $0.isMissing }
        fill(&status) { $0 == nil }
        fill(&dueAt) { $0.isMissing }
        fill(&resolvedAt) { $0.isMissing }
    }

    fileprivate func isSame(_ a: Int, _ b: Int) -> Bool {
        customer[a] == customer[b] && channel[a] == channel[b] && department[a] == department[b]
            && openedAt[a] == openedAt[b] && answeredAt[a] == answeredAt[b] && assignee[a] == assignee[b]
            && status[a] == status[b] && dueAt[a] == dueAt[b] && resolvedAt[a] == resolvedAt[b]
    }

    /// In the order of the rows: at the place of a conversation's first row the one that replaces it.
    fileprivate mutating func keep(replacing merged: [Int: Int], without dropped: Set<Int>) {
        let rows = (0..<count).filter { !dropped.contains($0) }.map { merged[$0] ?? $0 }
        func take<Value>(_ column: inout [Value]) { column = rows.map { column[$0] } }
        take(&source)
        take(&thread)
        take(&store)
        take(&customer)
        take(&channel)
        take(&department)
        take(&openedAt)
        take(&answeredAt)
        take(&assignee)
        take(&assignedAt)
        take(&status)
        take(&dueAt)
        take(&resolvedAt)
    }
}
