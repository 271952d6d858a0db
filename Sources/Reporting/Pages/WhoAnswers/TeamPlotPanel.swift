import Drawing
import Measures
import Statistics

/// One team's people: answered in time against how many, with the team's own limits.
struct TeamPlotPanel {
    let team: TeamStandings.Team
    /// Names at most.
    let limit: Int
    private var context: ReportContext { team.standing.context }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        guard let limits = team.standing.limits else {
            return Block(
                team.name, sub: "Answered in time by person",
                plate: NoticePlate(RichText("Fewer than two people with \(Words.count(context.minimumN)) conversations.")))
        }
        let panel = PeoplePanel(people: team.standing, limit: limit)
        return Block(
            "\(team.name): \(lowercasedFirst(panel.finding))", sub: "Answered in time by person; solid curve: 1 in 500 by chance",
            plate: panel.plate(limits))
    }

    private func lowercasedFirst(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }
}

/// Above what their own team's range explains; with room left, who would be helped by a talk.
struct TeamPraisePanel {
    let teams: TeamStandings
    let limit: Int
    private var context: ReportContext { teams.context }

    func block() -> Block {
        let praised = Array(teams.praised.prefix(max(limit, 1)))
        let help = Array(teams.needingHelp.prefix(max(limit - praised.count, 1)))
        let room = max(min(limit, 4) - praised.count - help.count, 0)
        // A curve that 1 in 20 cross by chance makes no praise: only those who do so month after month.
        let steady = teams.noted.filter { $0.months > 1 && $0.zone == .above }.prefix(room)
        let points = praised.map { point($0, isGood: true) } + help.map { point($0, isGood: false) }
            + steady.map(steadyPoint)
        let finding = praised.isEmpty
            ? (help.isEmpty ? "Worth praising: nobody beyond chance" : "Worth a talk")
            : help.isEmpty ? "Worth praising" : "Worth praising, and worth a talk"
        return Block(
            finding, sub: "Outside the solid curves of their own team",
            plate: PointsPlate(
                points: points,
                emptyText: teams.compared.isEmpty
                    ? "No team has two people with \(Words.count(context.minimumN)) conversations."
                    : "Every team’s people lie within what chance explains. That is no reason to praise one above another."))
    }

    private func point(_ member: PeopleStanding.Member, isGood: Bool) -> PointsPlate.Point {
        let share = member.share
        let centre = teams.team(of: member.identifier)?.standing.centre ?? 0
        let usual = Words.count(Int((Double(share.trials) * centre).rounded()))
        let run = member.months > 1 ? " Month \(member.months) in a row outside the curves." : ""
        return PointsPlate.Point(
            Label(title(member), isGood ? nil : .bad, cue: isGood ? .up : .down),
            RichText(
                "\(Words.count(share.successes)) of \(Words.count(share.trials)) in time; at the team’s average it would be "
                    + "\(usual).\(run)"))
    }

    private func steadyPoint(_ member: PeopleStanding.Member) -> PointsPlate.Point {
        PointsPlate.Point(
            Label(title(member), cue: .ring),
            RichText(
                "\(Words.count(member.share.successes)) of \(Words.count(member.share.trials)) in time, above the dashed curve for "
                    + "\(member.months) months in a row."))
    }

    private func title(_ member: PeopleStanding.Member) -> String {
        member.department.isEmpty ? member.name : "\(member.name), \(Words.department(member.department))"
    }
}
