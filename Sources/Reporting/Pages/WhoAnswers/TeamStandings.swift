import Basis
import Dealership
import Measures
import Statistics

/// Everybody who answered or was assigned, each against their own team: the department, at a store of its own.
struct TeamStandings {
    struct Member {
        var identifier: String
        var name: String
        var team: String
        /// Of the judged, outages and leave taken out.
        var share: Proportion
    }

    struct Team {
        var name: String
        var members: [Member]
        var standing: PeopleStanding
        var judged: Int { members.reduce(0) { $0 + $1.share.trials } }
        /// Somebody lies beyond what the team's range explains.
        var hasOutsiders: Bool {
            !(beyondChance(standing, isGood: true).isEmpty && beyondChance(standing, isGood: false).isEmpty)
        }
    }

    let context: ReportContext
    /// In order of their names.
    let people: [Member]
    /// Those with somebody outside first, then by how many were judged.
    let teams: [Team]
    /// Unanswered that nobody was assigned to.
    let unassigned: Int

    init(_ context: ReportContext) {
        self.context = context
        let month = context.at(context.month)
        unassigned = context.count(.responsesByPerson, "unanswered", context.at(context.month, [.person: ""])) ?? 0
        let known = context.labels(.adjustedByPerson, .person, where: month)
        let hasDepartments = known.contains { !(context.header.people[$0]?.department ?? "").isEmpty }
        let people = known.compactMap { identifier -> Member? in
            guard !identifier.isEmpty,
                let share = context.answeredInTime(.adjustedByPerson, context.at(context.month, [.person: identifier]))
            else { return nil }
            let person = context.header.people[identifier]
            let name = person?.name ?? ""
            return Member(
                identifier: identifier, name: name.isEmpty ? identifier : name,
                team: hasDepartments ? TeamStandings.team(person, context) : say("Everybody"), share: share)
        }
        self.people = people.sorted { ($0.name, $0.identifier) < ($1.name, $1.identifier) }
        let teams = Dictionary(grouping: self.people, by: \.team).map { name, members in
            Team(
                name: name, members: members,
                standing: PeopleStanding(context, team: Set(members.map(\.identifier))))
        }
        self.teams = teams.sorted { a, b in
            if a.hasOutsiders != b.hasOutsiders { return a.hasOutsiders }
            return (b.judged, a.name) < (a.judged, b.name)
        }
    }

    /// The department; with several stores in the report, the store's own department.
    private static func team(_ person: Person?, _ context: ReportContext) -> String {
        guard let person, !person.department.isEmpty else { return say("No department given") }
        let department = Words.departmentTitle(person.department)
        guard context.request.store == nil, context.header.stores.count > 1,
            context.header.stores.indices.contains(Int(person.store))
        else { return department }
        let store = context.header.stores[Int(person.store)]
        return "\(department), \(store.name.isEmpty ? store.identifier : store.name)"
    }

    /// Teams with two people or more who can be compared.
    var compared: [Team] { teams.filter { $0.standing.limits != nil } }
    var praised: [PeopleStanding.Member] { ranked(isGood: true) }
    var needingHelp: [PeopleStanding.Member] { ranked(isGood: false) }

    /// Beyond the solid curve (1 in 500 by chance), or the second month or more in a row beyond the dashed one (1 in 20 in
    /// either direction each month, so 1 in 1,600 in the same one twice).
    static func beyondChance(_ standing: PeopleStanding, isGood: Bool) -> [PeopleStanding.Member] {
        standing.members.filter { member in
            isGood
                ? member.zone == .farAbove || (member.zone == .above && member.months > 1)
                : member.zone == .farBelow || (member.zone == .below && member.months > 1)
        }
    }
    /// Fewer conversations than are needed for a share.
    var tooFew: [Member] { people.filter { $0.share.trials < context.minimumN } }
    /// Enough conversations, but nobody else of their team has.
    var alone: [Member] {
        teams.filter { $0.standing.limits == nil }.flatMap(\.members).filter { $0.share.trials >= context.minimumN }
    }

    func team(of identifier: String) -> Team? {
        teams.first { team in team.members.contains { $0.identifier == identifier } }
    }

    private func ranked(isGood: Bool) -> [PeopleStanding.Member] {
        teams.flatMap { TeamStandings.beyondChance($0.standing, isGood: isGood) }
            .sorted { ($1.z.magnitude, $0.name) < ($0.z.magnitude, $1.name) }
    }
}
