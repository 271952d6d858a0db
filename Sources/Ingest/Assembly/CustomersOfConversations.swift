import Basis
import Dealership

extension GroupJournal {
    /// Gives messages that name no customer the one of their conversation: of the conversations export, else of its first
    /// message that names one. Where nobody says who the customer is, the message is set aside.
    mutating func takeCustomersOfConversations() {
        guard messages.customer.contains(where: { $0 < 0 }) else { return }
        var known = [Int32](repeating: -1, count: threads.count)
        for row in 0..<conversations.count where conversations.thread[row] >= 0 && conversations.customer[row] >= 0 {
            let thread = Int(conversations.thread[row])
            known[thread] = known[thread] < 0 ? conversations.customer[row] : lesser(known[thread], conversations.customer[row])
        }
        var since = [Int64](repeating: .max, count: threads.count)
        let isExported = known.map { $0 >= 0 }
        for row in 0..<messages.count where messages.thread[row] >= 0 && messages.customer[row] >= 0 {
            let thread = Int(messages.thread[row])
            if isExported[thread] || messages.sentAt[row] > since[thread] { continue }
            let own = messages.customer[row]
            known[thread] = messages.sentAt[row] < since[thread] ? own : lesser(known[thread], own)
            since[thread] = messages.sentAt[row]
        }
        var kept: [Int] = []
        kept.reserveCapacity(messages.count)
        for row in 0..<messages.count {
            if messages.customer[row] < 0, messages.thread[row] >= 0 {
                messages.customer[row] = known[Int(messages.thread[row])]
            }
            if messages.customer[row] >= 0 {
                kept.append(row)
                continue
            }
            faults.append(
                GroupFault(reason: .missingValue, table: .messages, column: "customer_id", source: messages.source[row]))
        }
        if kept.count < messages.count { messages.keep(kept) }
    }

    /// Whose number sorts first: no order of rows decides.
    private func lesser(_ a: Int32, _ b: Int32) -> Int32 { customers[b] < customers[a] ? b : a }
}
