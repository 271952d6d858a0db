import Basis

/// From people's counts to amounts: scheme, pro rata, rounding, team, cap, pool, in this order.
struct RewardPayment {
    private let rule: RewardRule
    private let unowned: RewardCount
    /// By team.
    private let joint: [String: RewardCount]
    private let raw: Bool
    private(set) var teams: [TeamReward] = []
    private(set) var leftInPool: Money?
    var people: [PersonReward]

    /// - Parameters:
    ///   - joint: what each team did together.
    ///   - raw: by times from which nothing was taken out.
    init(
        _ rule: RewardRule, _ people: [PersonReward], unowned: RewardCount, joint: [String: RewardCount], raw: Bool
    ) {
        self.joint = joint
        self.rule = rule
        self.people = people
        self.unowned = unowned
        self.raw = raw
    }

    mutating func pay() {
        score()
        divideAmongTeams()
        for index in people.indices { people[index].amount = people[index].earned + people[index].teamPart }
        cap()
        fitPool()
    }

    private func count(_ person: PersonReward) -> RewardCount { raw ? person.rawCount : person.count }

    // MARK: Scheme

    private mutating func score() {
        switch rule.scheme {
        case .none: break
        case .tiers(let tiers):
            for index in people.indices where people[index].outcome == .scored {
                let tier = RewardPayment.tier(of: count(people[index]), in: tiers)
                people[index].tier = tier
                people[index].full = tier.map { tiers[$0].pays } ?? .zero
                people[index].earned = proRata(people[index].full, people[index])
            }
        case .points(let points):
            for index in people.indices where people[index].outcome == .scored {
                let own = count(people[index])
                let sum = own.inTime * points.inTime + own.late * points.late + own.unanswered * points.unanswered
                people[index].points = max(0, sum)
                if let pays = points.pays {
                    people[index].full = Money(minorUnits: Int64(max(0, sum)) * pays.minorUnits)
                    people[index].earned = proRata(people[index].full, people[index])
                }
            }
            if points.pays == nil { dividePool() }
        }
    }

    /// Points divide the pool; they are a person's own, and so already of the days that were worked.
    private mutating func dividePool() {
        guard let pool = rule.pool else { return }
        let weights = people.map { Int64($0.points ?? 0) }
        let parts = Apportionment.shares(of: pool.minorUnits, weights: weights, unit: rule.rounding.unit.minorUnits)
        for index in people.indices {
            people[index].full = Money(minorUnits: parts.shares[index])
            people[index].earned = people[index].full
        }
    }

    /// The tier that holds in time ÷ counted, exactly.
    static func tier(of count: RewardCount, in tiers: [RewardRule.Tier]) -> Int? {
        guard count.counted > 0 else { return nil }
        let share = count.inTime * 1_000
        return tiers.firstIndex { tier in
            share >= tier.from * count.counted && (tier.below.map { share < $0 * count.counted } ?? true)
        }
    }

    private func proRata(_ full: Money, _ person: PersonReward) -> Money {
        let isPart = rule.isProRata && person.periodDays > 0 && person.eligibleDays < person.periodDays
        let days = isPart ? (person.eligibleDays, person.periodDays) : (1, 1)
        return Money(
            minorUnits: rule.rounding.rounded(Int128(full.minorUnits) * Int128(days.0), over: Int128(days.1)))
    }

    // MARK: Teams

    /// Who moved shares with each team by the days there; divided equally, with the latest alone.
    ///
    /// What nobody is named for lowers the joint share of all; of a store's or department's team it is not known whose
    /// it is, unless there is but one.
    private mutating func divideAmongTeams() {
        guard let share = rule.team else { return }
        let names = Set(people.flatMap { [share.team(of: $0)] + $0.teamDays.keys }).union(joint.keys).sorted()
        for name in names {
            let members = people.indices.filter {
                share.team(of: people[$0]) == name || share.division == .days && people[$0].teamDays[name] != nil
            }
            var joint = self.joint[name] ?? RewardCount()
            if names.count == 1 { joint = joint + unowned }
            let tier = joint.counted < rule.eligibility.minimumN ? nil : RewardPayment.tier(of: joint, in: share.tiers)
            let pays = tier.map { share.tiers[$0].pays } ?? .zero
            let weights = members.map { weight(people[$0], in: name, share.division) }
            let parts = Apportionment.shares(of: pays.minorUnits, weights: weights, unit: rule.rounding.unit.minorUnits)
            var undivided = parts.left
            for (member, part) in zip(members, parts.shares) {
                // A shut gate's part goes to nobody: colleagues gain nothing by it.
                if case .gate = people[member].outcome {
                    undivided += part
                } else {
                    people[member].teamPart += Money(minorUnits: part)
                }
            }
            teams.append(
                TeamReward(team: name, count: joint, tier: tier, pays: pays, undivided: Money(minorUnits: undivided)))
        }
    }

    private func weight(
        _ person: PersonReward, in team: String, _ division: RewardRule.TeamShare.Division
    ) -> Int64 {
        if case .absent = person.outcome { return 0 }
        if person.eligibleDays == 0, person.periodDays > 0 { return 0 }
        return division == .days ? Int64(person.teamDays[team] ?? 0) : 1
    }

    // MARK: Bounds

    private mutating func cap() {
        guard let cap = rule.cap else { return }
        for index in people.indices where people[index].amount > cap {
            people[index].amount = cap
            people[index].isCapped = true
        }
    }

    private mutating func fitPool() {
        guard let pool = rule.pool else { return }
        let total = people.reduce(Money.zero) { $0 + $1.amount }
        guard total > pool else {
            leftInPool = pool - total
            return
        }
        let unit = rule.rounding.unit.minorUnits
        let areWhole = people.allSatisfy { $0.amount.minorUnits % unit == 0 }
        let parts = Apportionment.shares(
            of: pool.minorUnits, weights: people.map(\.amount.minorUnits), unit: areWhole ? unit : 1)
        for index in people.indices {
            people[index].isScaledToPool = parts.shares[index] < people[index].amount.minorUnits
            people[index].amount = Money(minorUnits: parts.shares[index])
        }
        leftInPool = Money(minorUnits: parts.left)
    }
}

extension RewardRule.TeamShare {
    /// The team of a person by the latest place of the month.
    func team(of person: PersonReward) -> String {
        switch of {
        case .all: ""
        case .store: person.store
        case .department: person.department
        }
    }
}
