extension RewardResult {
    /// What each person's statement would say if the period were closed as it stands. Nobody is paid by it.
    public var previews: [RewardStatement] {
        let rows = Dictionary(grouping: self.rows, by: \.person)
        return people.map { reward in
            RewardStatement(
                rule: rule, month: month, asOf: asOf, reward: reward, team: team(of: reward),
                rows: rows[reward.person] ?? [])
        }
    }

    /// The team whose reward the person shares; nil: the rule has none.
    public func team(of reward: PersonReward) -> TeamReward? {
        guard let share = rule.team else { return nil }
        let name =
            switch share.of {
            case .all: ""
            case .store: reward.store
            case .department: reward.department
            }
        return teams.first { $0.team == name }
    }
}
