import Dealership
import Drawing
import Measures
import Statistics

/// Everybody by name: how many, answered in time with the likely range, and customers' ratings beside it.
struct PeopleTablePanel {
    let teams: TeamStandings
    private var context: ReportContext { teams.context }
    private var hasRatings: Bool { context.header.has(.ratings) }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let scored = teams.people.filter { $0.share.trials >= context.minimumN }
        for member in scored {
            ledger.note(
                page: page, context.figure("RESP-09", context.month, [.person: member.identifier]),
                "Answered in time, \(member.name)", member.share)
        }
        if hasRatings {
            for member in teams.people {
                let slice: [Dimension: String] = [.person: member.identifier]
                let count = context.count(.ratingsByPerson, "ratings", slice) ?? 0
                guard count >= context.minimumN else { continue }
                ledger.note(
                    page: page, context.figure("RATE-01", context.month, slice), "Mean rating, \(member.name)",
                    context.cell(.ratingsByPerson, "mean", slice), n: count)
            }
        }
        let columns: [TablePlate.Column] = [
            .init("", flexible: true), .init("Judged", align: .right), .init("In time", align: .right),
            .init("likely", align: .right),
        ] + (hasRatings ? [.init("Ratings", align: .right), .init("Mean", align: .right)] : [])
        return Block(
            scored.isEmpty ? "Nobody has enough conversations for a share" : "By name, not by rank",
            sub: "Less outages and leave. Own replies, and silence of those assigned", note: note,
            plate: TablePlate(
                subject: "Answered in time by person", columns: columns, rows: scored.map(row), rowHeight: 14.5,
                emptyText: "Fewer than \(Words.count(context.minimumN)) conversations each."))
    }

    private func row(_ member: TeamStandings.Member) -> TablePlate.Row {
        let share = member.share.estimate ?? 0
        let limits = member.share.wilson()
        var cells: [Label] = [
            Label(member.name), Label(Words.count(member.share.trials)), Label(Words.share(share), bold: true),
            limits.map { Label("\(($0.lower * 100).fixed(0))–\(($0.upper * 100).fixed(0))") } ?? "",
        ]
        guard hasRatings else { return .row(cells) }
        let slice: [Dimension: String] = [.person: member.identifier]
        let count = context.count(.ratingsByPerson, "ratings", slice) ?? 0
        cells.append(count == 0 ? "–" : Label(Words.count(count)))
        if case .mean(let mean) = context.cell(.ratingsByPerson, "mean", slice) {
            cells.append(Label(mean.fixed(1)))
        } else {
            cells.append(count == 0 ? "" : Label("too few", .quiet))
        }
        return .row(cells)
    }

    private var note: RichText {
        hasRatings
            ? "Ratings: on the export’s own scale, by the conversation each is about."
            : "Customers’ ratings would stand beside: export them as exports/ratings.csv."
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
        if !few.isEmpty { parts.append("\(names(few.map { "\($0.name) \(Words.count($0.share.trials))" })) of \(needed) needed.") }
        if !alone.isEmpty { parts.append("Nobody of their team to compare with: \(names(alone.map(\.name))).") }
        return Block(
            few.isEmpty ? "Not compared" : "Too few to score: \(Words.counted(few.count, "person", "people"))",
            plate: ParagraphPlate(RichText(parts.joined(separator: " "))))
    }

    private func names(_ all: [String]) -> String {
        let rest = all.count - NotScoredPanel.most
        return rest > 1
            ? "\(all.prefix(NotScoredPanel.most).joined(separator: ", ")) and \(Words.count(rest)) more" : Words.list(all)
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
        let places = [("on-site", "On site"), ("remote", "Remote")]
        let known = places.filter { (share($0.0)?.trials ?? 0) > 0 }
        guard !known.isEmpty else {
            return Block(
                "By workplace", sub: "On site and remote",
                plate: NoticePlate(
                    RichText(marked: "Say where each works: column **place** in exports/people.csv, on-site or remote.")))
        }
        let rows = places.map { place, title -> FactsPlate.Row in
            guard let share = share(place), share.trials > 0 else { return FactsPlate.Row(Label(title), "nobody") }
            guard share.trials >= context.minimumN, let estimate = share.estimate, let limits = share.wilson() else {
                return FactsPlate.Row(Label(title), Label(Words.tooFew(share.trials, of: context.minimumN), .quiet))
            }
            ledger.note(
                page: page, context.figure("RESP-09", context.month, [.workplace: place]), "\(title), answered in time", share)
            return FactsPlate.Row(
                Label(title), Label(Words.share(estimate), bold: true),
                note: "\(Words.likely(limits.lower, limits.upper)), of \(Words.count(share.trials))")
        }
        return Block(finding, sub: "Answered in time, adjusted", plate: FactsPlate(rows: rows))
    }

    private var finding: String {
        guard let site = share("on-site"), let remote = share("remote"), site.trials >= context.minimumN,
            remote.trials >= context.minimumN, let limits = NewcombeDifference(first: remote, second: site).interval()
        else { return "By workplace" }
        if limits.contains(0) { return "Remote or on site: no clear difference" }
        return limits.lower > 0 ? "Remote answers more in time" : "Remote answers less in time"
    }
}
