public import Basis
public import Dealership

/// Computes what a rule pays for a period: in integers, from people's own counts, whatever the order of the rows.
///
/// Earned is what tier or points pay, by the part of the period the person belonged there (pro rata), rounded once.
/// With the team's part it is capped, and all are scaled alike where they exceed the pool. Nobody's pay rests on
/// a rank.
public struct RewardCalculation: Sendable {
    let rule: RewardRule
    private let header: JournalHeader
    private let places: RewardPlaces
    private let counter: RewardDayCounter

    /// - Parameter calendars: of the same header, over all months asked for.
    public init(_ rule: RewardRule, _ header: JournalHeader, _ calendars: OpenCalendars) {
        self.rule = rule
        self.header = header
        places = RewardPlaces(rule.eligibility, header)
        counter = RewardDayCounter(header, calendars, places)
    }

    /// - Parameters:
    ///   - rows: of the month, in any order.
    ///   - assigned: of all conversations in the rule's channels, how many name an assignee.
    ///   - total: all of them.
    public func result(
        _ month: Month, rows: [RewardRow], assigned: Int, total: Int, gates: RewardGateFigures = RewardGateFigures()
    ) -> RewardResult {
        var counts: [String: RewardCount] = [:]
        var raw: [String: RewardCount] = [:]
        for row in rows {
            counts[row.person, default: RewardCount()].add(row)
            raw[row.person, default: RewardCount()].add(row, raw: true)
        }
        let unowned = counts[""] ?? RewardCount()
        let isSilenceFree = isPersonal && total > 0 && isSilenceFree(counts, unowned, assigned: assigned)
        var people: [PersonReward] = []
        for person in members(counts, in: month) {
            people.append(
                self.person(
                    person, month, counts[person] ?? RewardCount(), raw[person] ?? RewardCount(), gates, isSilenceFree))
        }
        let joint = teamCounts(rows, people, raw: false)
        var own = RewardPayment(rule, people, unowned: unowned, joint: joint, raw: false)
        own.pay()
        let jointRaw = teamCounts(rows, people, raw: true)
        var before = RewardPayment(rule, people, unowned: raw[""] ?? RewardCount(), joint: jointRaw, raw: true)
        before.pay()
        for index in own.people.indices { own.people[index].rawAmount = before.people[index].amount }
        var result = RewardResult(
            rule: rule, month: month, asOf: header.asOfDay, people: own.people,
            rows: rows.sorted(by: RewardRow.areInOrder), unowned: unowned, teams: own.teams, leftInPool: own.leftInPool,
            refusals: [])
        result.refusals = RewardRefusals(result, header, isSilenceFree: isSilenceFree).diagnostics
        return result
    }

    /// What each team did together: a row is of the team that its person worked in on that day.
    private func teamCounts(_ rows: [RewardRow], _ people: [PersonReward], raw: Bool) -> [String: RewardCount] {
        guard let share = rule.team else { return [:] }
        let latest = Dictionary(uniqueKeysWithValues: people.map { ($0.person, share.team(of: $0)) })
        var counts: [String: RewardCount] = [:]
        for row in rows {
            guard let usual = latest[row.person] else { continue }
            let stint = places.stint(of: row.person, on: row.day)
            let team = stint.map { self.team($0.store, $0.department, share) } ?? usual
            counts[team, default: RewardCount()].add(row, raw: raw)
        }
        return counts
    }

    private func team(_ store: Int32, _ department: String, _ share: RewardRule.TeamShare) -> String {
        switch share.of {
        case .all: ""
        case .store: store >= 0 ? header.stores[Int(store)].identifier : ""
        case .department: department
        }
    }

    private var isPersonal: Bool { rule.scheme != .none }

    /// Who can ignore customers without being named for it could be paid for it. DEFINITIONS 6.
    private func isSilenceFree(_ counts: [String: RewardCount], _ unowned: RewardCount, assigned: Int) -> Bool {
        let unanswered = counts.values.reduce(0) { $0 + $1.unanswered }
        if assigned == 0 { return true }
        return unanswered > 0 && (unanswered - unowned.unanswered) * 1_000 < rule.eligibility.leastAssigned * unanswered
    }

    /// Everybody with something of their own, and where the rule names departments or roles everybody of these.
    private func members(_ counts: [String: RewardCount], in month: Month) -> [String] {
        var members = Set(counts.keys.filter { !$0.isEmpty })
        if places.namesPeople {
            for (person, known) in header.people where places.knows(person) {
                let isThere = known.stints.contains { stint in
                    stint.holds(month.firstDay) || stint.holds(month.lastDay)
                        || (stint.from.map { $0.month == month } ?? false)
                }
                if isThere { members.insert(person) }
            }
        }
        return members.sorted()
    }

    private func person(
        _ person: String, _ month: Month, _ count: RewardCount, _ rawCount: RewardCount, _ gates: RewardGateFigures,
        _ isSilenceFree: Bool
    ) -> PersonReward {
        let known = header.people[person]
        let days = counter.days(of: person, in: month)
        let place = self.place(of: person, in: month)
        let store = place.map { $0.store >= 0 ? header.stores[Int($0.store)].identifier : "" } ?? ""
        let standings = rule.gates.enumerated().map { position, gate in
            let name = switch gate.of {
            case .person: person
            case .store: store
            case .all: ""
            }
            return gates.standing(gate, at: position, of: name)
        }
        let outcome: PersonReward.Outcome
        if isSilenceFree {
            outcome = .silenceOfNobody
        } else if days.present < rule.eligibility.daysPresent {
            outcome = .absent(days: days.present, needed: rule.eligibility.daysPresent)
        } else if let shut = standings.first(where: { !$0.isOpen }) {
            outcome = .gate(words: shut.words, found: shut.found)
        } else if isPersonal, count.counted < rule.eligibility.minimumN {
            outcome = .tooFew(counted: count.counted, needed: rule.eligibility.minimumN)
        } else {
            outcome = .scored
        }
        var reward = PersonReward(
            person: person, name: known?.name ?? person, store: store, department: place?.department ?? "",
            role: place?.role ?? "", payroll: known?.payrollIdentifier ?? "", count: count, rawCount: rawCount,
            eligibleDays: days.eligible, presentDays: days.present, periodDays: days.period, gates: standings,
            outcome: outcome, tier: nil, points: nil, full: .zero, earned: .zero, teamPart: .zero, amount: .zero,
            isCapped: false, isScaledToPool: false, rawAmount: .zero)
        if let share = rule.team {
            for (place, present) in days.places {
                let isKnown = place.store >= 0 || !header.people.isEmpty
                let team = isKnown ? team(place.store, place.department, share) : share.team(of: reward)
                reward.teamDays[team, default: 0] += present
            }
        }
        return reward
    }

    /// Where the rule pays the person for: the latest such place of the month.
    private func place(of person: String, in month: Month) -> Person.Stint? {
        var day = month.lastDay
        while day >= month.firstDay {
            if let stint = places.stint(of: person, on: day) { return stint }
            day = day + -1
        }
        return header.people[person]?.stints.last
    }
}
