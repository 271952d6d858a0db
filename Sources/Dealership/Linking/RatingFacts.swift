public import Basis

/// Customers' ratings, each with the conversation it is about: the one that the export names, else the customer's latest
/// that began before it, within the settings' gap.
public struct RatingFacts: Sendable {
    public private(set) var day: [Day] = []
    /// Position in the conversations; −1: none is known.
    public private(set) var conversation: [Int32] = []

    public var count: Int { day.count }

    init(_ facts: Facts) {
        let ratings = facts.journal.ratings
        let conversations = facts.conversations
        let gap = facts.header.settings.conversations.gapSeconds
        var ofThread: [Int32: Int32] = [:]
        var ofCustomer: [Int32: [Int32]] = [:]
        let raters = Set(ratings.customer.map { facts.identity[$0] })
        for fact in 0..<conversations.count where conversations.leftOut[fact] != .afterAsOf {
            let place = Int32(truncatingIfNeeded: fact)
            if conversations.thread[fact] >= 0 { ofThread[conversations.thread[fact]] = place }
            let customer = facts.identity[conversations.customer[fact]]
            if customer >= 0, raters.contains(customer) { ofCustomer[customer, default: []].append(place) }
        }
        day = facts.days(ratings.store) { ratings.ratedAt[$0].instant.seconds }
        for rating in 0..<ratings.count {
            if ratings.thread[rating] >= 0, let known = ofThread[ratings.thread[rating]] {
                conversation.append(known)
                continue
            }
            let at = ratings.ratedAt[rating]
            // A rating of a day may be of anything that began on it.
            let until = at.instant.seconds + (at.isDateOnly ? 86_399 : 0)
            let latest = (ofCustomer[facts.identity[ratings.customer[rating]]] ?? []).filter { fact in
                conversations.start[Int(fact)] <= until && until - conversations.start[Int(fact)] <= gap + 86_399
            }.max { a, b in
                (conversations.start[Int(a)], a) < (conversations.start[Int(b)], b)
            }
            conversation.append(latest ?? -1)
        }
    }
}
