public import Basis

/// What a changed rule would have meant over past months, against the one in force: who gains, who loses, how much.
public struct RewardTrial: Hashable, Sendable {
    public struct Line: Hashable, Sendable {
        public var person: String
        public var name: String
        public var was: Money
        public var would: Money
        public var difference: Money { would - was }
    }

    public struct Period: Hashable, Sendable {
        public var month: Month
        /// Nil: no rule was in force.
        public var was: Money?
        public var would: Money
        public var gain: Int
        public var lose: Int
    }

    public let rule: RewardRule
    /// The rules it is held against.
    public let against: [RewardRule]
    /// By name.
    public private(set) var lines: [Line] = []
    public private(set) var periods: [Period] = []
    /// Header and a row a person and month.
    public private(set) var table: [[String]]

    /// - Parameters:
    ///   - tried: of the changed rule, one a month.
    ///   - current: of the rules in force over the same months.
    public init(_ rule: RewardRule, tried: [RewardResult], current: [RewardResult]) {
        self.rule = rule
        var against: [RewardRule] = []
        for result in current.sorted(by: { $0.month < $1.month }) where !against.contains(result.rule) {
            against.append(result.rule)
        }
        self.against = against
        table = [["month", "person_id", "person_name", "was", "would", "difference", "outcome_was", "outcome_would"]]
        var lines: [String: Line] = [:]
        for month in Set(tried.map(\.month)).sorted() {
            let would = RewardTrial.people(tried.filter { $0.month == month })
            let now = current.filter { $0.month == month }
            let was = RewardTrial.people(now)
            var period = Period(
                month: month, was: now.isEmpty ? nil : RewardTrial.sum(was), would: RewardTrial.sum(would), gain: 0,
                lose: 0)
            for person in Set(was.keys).union(would.keys).sorted() {
                let (old, new) = (was[person] ?? [], would[person] ?? [])
                let (before, after) = (RewardTrial.sum(old), RewardTrial.sum(new))
                if after > before { period.gain += 1 }
                if after < before { period.lose += 1 }
                let name = (new.first ?? old.first)?.name ?? person
                lines[person, default: Line(person: person, name: name, was: .zero, would: .zero)].was += before
                lines[person, default: Line(person: person, name: name, was: .zero, would: .zero)].would += after
                table.append([
                    month.description, person, name, before.description, after.description,
                    (after - before).description,
                    RewardTrial.words(old), RewardTrial.words(new),
                ])
            }
            periods.append(period)
        }
        self.lines = lines.values.sorted { ($0.name, $0.person) < ($1.name, $1.person) }
    }

    private static func people(_ results: [RewardResult]) -> [String: [PersonReward]] {
        Dictionary(grouping: results.flatMap(\.people), by: \.person)
    }
    private static func sum(_ people: [PersonReward]) -> Money { people.reduce(.zero) { $0 + $1.amount } }
    private static func sum(_ people: [String: [PersonReward]]) -> Money {
        people.values.reduce(.zero) { $0 + sum($1) }
    }

    private static func words(_ rewards: [PersonReward]) -> String {
        rewards.map { reward in
            switch reward.outcome {
            case .scored: reward.tier.map { "tier \($0 + 1)" } ?? reward.points.map { "\($0) points" } ?? "scored"
            case .tooFew(let counted, let needed): "too few: \(counted) of \(needed) needed"
            case .absent(let days, let needed): "present \(days) of \(needed) days needed"
            case .gate(let words, let found): "\(words): \(found)"
            case .silenceOfNobody: "silence of nobody"
            }
        }.joined(separator: "; ")
    }

    public var gaining: [Line] { lines.filter { $0.difference > .zero } }
    public var losing: [Line] { lines.filter { $0.difference < .zero } }
    public var was: Money { lines.reduce(.zero) { $0 + $1.was } }
    public var would: Money { lines.reduce(.zero) { $0 + $1.would } }
}
