import Basis
public import Dealership
import Statistics

/// What customers say of us, beside how long they waited. DEFINITIONS 3.
public struct Ratings: Measure {
    public var minimumN: Int
    public init(minimumN: Int) { self.minimumN = minimumN }
    public init?(_ parameters: inout some ParameterReading) { self.init(minimumN: parameters.minimumN()) }

    public var inForce: [(parameter: String, value: String)] { [("minimum-n", String(minimumN))] }
    public func isKnown(_ header: JournalHeader) -> Bool { header.has(.ratings) }

    enum Counter: Int, CaseIterable { case ratings, linked }
    /// Scores in thousandths of the export's scale.
    enum Histogram: Int, CaseIterable { case scores }

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        let ratings = facts.journal.ratings
        let linked = facts.ratings
        let columns = FactColumn.columns(spec.by, ratings.count) { Ratings.column($0, facts) }
        var builder = TallyBuilder(counters: Counter.allCases.count, histograms: Histogram.allCases.count)
        let filter = FactFilter(spec, facts.header)
        for rating in 0..<ratings.count
        where ratings.ratedAt[rating].instant < facts.header.asOf
            && filter.admits(store: ratings.store[rating], day: linked.day[rating]) {
            let cell = builder.cell(FactColumn.key(columns, rating))
            builder.add(to: Counter.ratings.rawValue, of: cell)
            if linked.conversation[rating] >= 0 { builder.add(to: Counter.linked.rawValue, of: cell) }
            builder.record(ratings.score[rating], in: Histogram.scores.rawValue, of: cell)
        }
        return builder.finish { FactColumn.labels(columns, $0) }
    }

    private static func column(_ dimension: Dimension, _ facts: Facts) -> FactColumn? {
        let linked = facts.ratings
        let conversations = facts.conversations
        func of(_ code: (Int) -> Int32) -> [Int32] { linked.conversation.map { $0 >= 0 ? code(Int($0)) : -1 } }
        switch dimension {
        case .store: return facts.storeColumn(facts.journal.ratings.store)
        case .month: return facts.monthColumn(linked.day)
        case .day: return facts.dayColumn(linked.day)
        case .channel: return facts.nameColumn(of { conversations.channel[$0] })
        case .department: return facts.nameColumn(of { conversations.department[$0] })
        case .person: return facts.personColumn(of(conversations.credited))
        case .workplace: return facts.workplaceColumn(of(conversations.credited))
        default: return nil
        }
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        let scores = tally.histograms[0]
        switch column {
        case "ratings": return .count(tally.counts[Counter.ratings.rawValue])
        case "linked": return .count(tally.counts[Counter.linked.rawValue])
        case "mean", "lowest_tenth":
            let had = Int(scores.count)
            if had < minimumN { return .tooFew(TooFew(had: had, needed: minimumN)) }
            if column == "mean" { return scores.mean.map { .mean($0 / 1_000) } ?? .none }
            return scores.quantile(Quantile(permille: 100)).map { .mean(Double($0) / 1_000) } ?? .none
        default: return .none
        }
    }

    public static let entry = MeasureEntry(
        name: "ratings", code: "RATE", title: "Customers' ratings",
        summary: "What customers say of us, by the conversation and the person it was about.",
        definition: """
            Ratings by the local month they were given in, on the export's own scale. A rating belongs to the conversation \
            that the export names, else to the customer's latest that began before it and not longer ago than the \
            settings' gap; a rating without one counts, but belongs to no channel and nobody. Below minimum n no mean.
            """,
        dimensions: [.store, .month, .day, .channel, .department, .person, .workplace],
        columns: [
            .init("ratings", "ratings given"),
            .init("linked", "of these, with a conversation"),
            .init("mean", "mean score on the export's scale"),
            .init("lowest_tenth", "one in ten gave this or less"),
        ],
        parameters: [.minimumN],
        needs: ["ratings"])
}
