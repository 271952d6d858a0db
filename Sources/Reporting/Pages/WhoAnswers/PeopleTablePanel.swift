import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Everybody by name: how many, answered in time with the likely range, and customers' ratings beside it.
struct PeopleTablePanel {
    let teams: TeamStandings
    private var context: ReportContext { teams.context }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let scored = teams.people.filter { $0.share.trials >= context.minimumN }
        for member in scored { note(member, page: page, &ledger) }
        let columns: [TablePlate.Column] = [
                .init("", flexible: true), .init(hasTeams ? say("Team") : ""), .init(say("Judged"), align: .right),
                .init(say("In time"), align: .right),
            .init(say("likely"), align: .right), .init(say("Half in"), align: .right),
            ]
            + (hasMeans
                ? [.init(say("Ratings", context: "narrow column"), align: .right), .init(say("Mean"), align: .right)]
                : [])
        return Block(
            scored.isEmpty ? say("Nobody has enough conversations for a share") : say("By name, not by rank"),
            sub: say("Outages and leave taken out. \(ratingWords)"),
            plate: TablePlate(
                subject: say("Answered in time by person"), columns: columns, rows: scored.map(row), rowHeight: 13.4,
                emptyText: say("Fewer than \(Words.count(context.minimumN)) conversations each."), goesOn: true))
    }

    private var hasTeams: Bool { teams.teams.count > 1 }

    private func ratings(_ member: TeamStandings.Member) -> Int {
        context.count(.ratingsByPerson, "ratings", [.person: member.identifier]) ?? 0
    }

    /// Somebody has enough ratings for a mean.
    private var hasMeans: Bool { teams.people.contains { ratings($0) >= context.minimumN } }

    private func slice(_ member: TeamStandings.Member) -> [Dimension: String] {
        context.at(context.month, [.person: member.identifier])
    }

    private func note(_ member: TeamStandings.Member, page: Int, _ ledger: inout FigureLedger) {
        let own: [Dimension: String] = [.person: member.identifier]
        ledger.note(
            page: page, context.figure("RESP-09", context.month, own), "Answered in time, \(member.name)", member.share)
        let asked = context.count(.adjustedByPerson, "conversations", slice(member)) ?? 0
        ledger.note(
            page: page, context.figure("RESP-10", context.month, own), "Half answered within, \(member.name), seconds",
            context.cell(.adjustedByPerson, "p50", slice(member)), n: asked, method: "Kaplan–Meier")
        let count = ratings(member)
        guard count >= context.minimumN else { return }
        ledger.note(
            page: page, context.figure("RATE-01", context.month, own), "Mean rating, \(member.name)",
            context.cell(.ratingsByPerson, "mean", own), n: count)
    }

    private func row(_ member: TeamStandings.Member) -> TablePlate.Row {
        let share = member.share.estimate ?? 0
        let limits = member.share.wilson()
        var cells: [Label] = [
            Label(member.name), hasTeams ? Label(member.team, .quiet) : "", Label(Words.count(member.share.trials)),
            Label(Words.share(share), bold: true),
            limits.map { Label("\(($0.lower * 100).shown(0))–\(($0.upper * 100).shown(0))") } ?? "",
            Label(Words.wait(context.cell(.adjustedByPerson, "p50", slice(member)))),
        ]
        guard hasMeans else { return .row(cells) }
        let count = ratings(member)
        cells.append(count == 0 ? "–" : Label(Words.count(count)))
        if case .mean(let mean) = context.cell(.ratingsByPerson, "mean", [.person: member.identifier]) {
            cells.append(Label(mean.shown(1)))
        } else {
            cells.append(count == 0 ? "" : Label(say("too few", context: "for a mean"), .quiet))
        }
        return .row(cells)
    }

    /// What customers said, or why it does not stand beside.
    private var ratingWords: String {
        guard context.header.has(.ratings) else { return say("No exports/ratings.csv.") }
        if hasMeans { return say("Ratings: the export’s own scale.") }
        let most = teams.people.map(ratings).max() ?? 0
        return most == 0
            ? say("No rating belongs to anybody here.")
            : say("Ratings too few: at most \(Words.count(most)) of \(Words.count(context.minimumN)) needed.")
    }
}

/// Who cannot be scored, by name: too few conversations, or nobody to compare with.
struct NotScoredPanel {
    let teams: TeamStandings
    private static let most = 8

    func block() -> Block? {
        let few = teams.tooFew
        let alone = teams.alone
        guard !few.isEmpty || !alone.isEmpty else { return nil }
        let needed = Words.count(teams.context.minimumN)
        var parts: [String] = []
        if !few.isEmpty {
            parts.append(say("\(names(few.map { "\($0.name) \(Words.count($0.share.trials))" })) of \(needed) needed."))
        }
        if !alone.isEmpty { parts.append(say("Nobody of their team to compare with: \(names(alone.map(\.name))).")) }
        return Block(
            few.isEmpty
                ? say("Not compared") : say("Too few to score: \(Words.counted(few.count, "person", "people"))"),
            plate: ParagraphPlate(RichText(parts.joined(separator: " "))))
    }

    private func names(_ all: [String]) -> String {
        let rest = all.count - NotScoredPanel.most
        return rest > 1
            ? say("\(all.prefix(NotScoredPanel.most).joined(separator: ", ")) and \(Words.count(rest)) more")
            : Words.list(all)
    }
}

/// On site against remote.
struct WorkplacePanel {
    let context: ReportContext
    init(_ context: ReportContext) { self.context = context }

    private func share(_ place: String) -> Proportion? {
        context.answeredInTime(.adjustedByWorkplace, [.workplace: place])
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let places = [("on-site", say("On site")), ("remote", say("Remote"))]
        let known = places.filter { (share($0.0)?.trials ?? 0) > 0 }
        guard !known.isEmpty else {
            return Block(
                say("By workplace"), sub: say("On site and remote"),
                plate: NoticePlate(
                    RichText(
                        marked: say("Say where each works: column **place** in exports/people.csv, on-site or remote."))
                ))
        }
        let rows = places.map { place, title -> FactsPlate.Row in
            guard let share = share(place), share.trials > 0 else {
                return FactsPlate.Row(Label(title), Label(say("nobody")))
            }
            guard share.trials >= context.minimumN, let estimate = share.estimate, let limits = share.wilson() else {
                return FactsPlate.Row(Label(title), Label(Words.tooFew(share.trials, of: context.minimumN), .quiet))
            }
            ledger.note(
                page: page, context.figure("RESP-09", context.month, [.workplace: place]),
                place == "remote" ? "Remote, answered in time" : "On site, answered in time", share)
            return FactsPlate.Row(
                Label(title), Label(Words.share(estimate), bold: true),
                note: say("\(Words.likely(limits.lower, limits.upper)), of \(Words.count(share.trials))"))
        }
        return Block(finding, sub: say("Answered in time, adjusted"), plate: FactsPlate(rows: rows))
    }

    private var finding: String {
        guard let site = share("on-site"), let remote = share("remote"), site.trials >= context.minimumN,
            remote.trials >= context.minimumN, let limits = NewcombeDifference(first: remote, second: site).interval()
        else { return say("By workplace") }
        if limits.contains(0) { return say("Remote or on site: no clear difference") }
        return limits.lower > 0 ? say("Remote answers more in time") : say("Remote answers less in time")
    }
}
