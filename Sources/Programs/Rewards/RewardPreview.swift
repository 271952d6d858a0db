extension RewardResult {
    /// What each person's statement would say if the period were closed as it stands. Nobody is paid by it.
    public var previews: [RewardStatement] {
        let rows = Dictionary(grouping: self.rows, by: \.person)
        return people.map { reward in
            RewardStatement(
                rule: rule, month: month, asOf: asOf, reward: reward, team: team(of: reward),
                otherTeams: otherTeams(of: reward), rows: rows[reward.person] ?? [])
        }
    }

    /// Teams of the month that the person was in before the latest.
    private func otherTeams(of reward: PersonReward) -> [TeamReward] {
        guard let share = rule.team, share.division == .days else { return [] }
        let latest = share.team(of: reward)
        return teams.filter { $0.team != latest && reward.teamDays[$0.team] != nil }
    }

    /// The team whose reward the person shares; nil: the rule has none.
    public func team(of reward: PersonReward) -> TeamReward? {
        guard let share = rule.team else { return nil }
        return teams.first { $0.team == share.team(of: reward) }
    }
}
