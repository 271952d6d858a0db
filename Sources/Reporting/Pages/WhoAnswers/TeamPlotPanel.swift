import Basis
import Drawing
import Measures
import Statistics

/// One team's people: answered in time against how many, with the team's own limits.
struct TeamPlotPanel {
    let team: TeamStandings.Team
    /// Names at most.
    let limit: Int
    /// Beside two others.
    let isNarrow: Bool
    private var context: ReportContext { team.standing.context }

    func block() -> Block {
        guard let limits = team.standing.limits else {
            return Block(
                team.name, sub: say("Answered in time by person"),
                plate: NoticePlate(
                    RichText(say("Fewer than two people with \(Words.count(context.minimumN)) conversations."))))
        }
        let panel = PeoplePanel(people: team.standing, limit: limit, isNarrow: isNarrow)
        return Block(
            "\(team.name): \(finding)", sub: say("Answered in time, against how many were judged"),
            plate: panel.plate(limits))
    }

    private var finding: String {
        let good = TeamStandings.beyondChance(team.standing, isGood: true).count
        let bad = TeamStandings.beyondChance(team.standing, isGood: false).count
        let parts = [
            good == 0 ? "" : say(good, "one to praise", "\(good) to praise"),
            bad == 0 ? "" : say(bad, "one needs help", "\(bad) need help"),
        ].filter { !$0.isEmpty }
        return parts.isEmpty ? say("nobody stands out") : parts.joined(separator: ", ")
    }
}

/// Above what their own team's range explains; with room left, who would be helped by a talk.
struct TeamPraisePanel {
    let teams: TeamStandings
    let limit: Int
    private var context: ReportContext { teams.context }

    func block() -> Block {
        let praised = Array(teams.praised.prefix(max(limit, 1)))
        let help = Array(teams.needingHelp.prefix(max(limit - praised.count, 1)))
        let points = praised.map { point($0, isGood: true) } + help.map { point($0, isGood: false) }
        let finding = praised.isEmpty
            ? (help.isEmpty ? say("Worth praising: nobody, beyond chance") : say("Worth a talk"))
            : help.isEmpty ? say("Worth praising") : say("Worth praising, and worth a talk")
        return Block(
            finding, sub: say("Beyond the solid curve of their own team, or the dashed one two months running"),
            plate: PointsPlate(
                points: points,
                emptyText: teams.compared.isEmpty
                    ? say("No team has two people with \(Words.count(context.minimumN)) conversations.")
                    : say("Everybody lies within what their own team’s range explains.")))
    }

    private func point(_ member: PeopleStanding.Member, isGood: Bool) -> PointsPlate.Point {
        let share = member.share
        let centre = teams.team(of: member.identifier)?.standing.centre ?? 0
        let usual = Words.count(Int((Double(share.trials) * centre).rounded()))
        let run = member.months > 1 ? say(" Month \(member.months) in a row.") : ""
        return PointsPlate.Point(
            Label(title(member), isGood ? nil : .bad, cue: isGood ? .up : .down),
            RichText(
                say("""
                    \(Words.count(share.successes)) of \(Words.count(share.trials)) in time; at the team’s average it would be \
                    \(usual).\(run)
                    """)))
    }

    private func title(_ member: PeopleStanding.Member) -> String {
        member.department.isEmpty ? member.name : "\(member.name), \(Words.department(member.department))"
    }
}
