import Basis
import Drawing
import Measures
import Statistics

/// People's shares against their channels' targets, by name: a table to look somebody up in, not a ranking.
struct PeopleTable {
    let answers: PeopleAnswers
    let names: [String: String]
    /// Rows at most.
    let limit: Int
    private var context: ReportContext { answers.context }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let sub = "In time by each channel’s target, outages taken out. By name"
        let (shown, rest) = selection
        var rows = shown.map { row($0) }
        if !rest.isEmpty {
            let share = rest.map(\.share).reduce(Proportion(successes: 0, trials: 0), +)
            rows.append(sum(Words.counted(rest.count, "other", "others"), share))
            ledger.note(
                page: page, context.figure("RESP-09", context.month, [.person: "others"]),
                "answered in time by \(rest.count) others", share)
        }
        let hasTeams = shown.contains { !PersonNames.department($0.identifier, context).isEmpty }
        var columns: [TablePlate.Column] = [.init("Person", flexible: true)]
        if hasTeams { columns.append(.init("Department")) }
        columns += [.init("In time", align: .right), .init("Of", align: .right), .init("", align: .right), .init("Likely", align: .right)]
        let cells = rows.map { row -> TablePlate.Row in
            .row([row[0]] + (hasTeams ? [row[1]] : []) + row.dropFirst(2))
        }
        let title = rest.isEmpty ? "Person by person" : "The \(Words.count(shown.count)) with most conversations"
        return Block(title, sub: sub, plate: TablePlate(subject: title, columns: columns, rows: cells, rowHeight: 13.6))
    }

    /// Who is spoken of, then those with most conversations; printed by name.
    private var selection: (shown: [PeopleAnswers.Person], rest: [PeopleAnswers.Person]) {
        guard answers.scored.count > limit else { return (answers.scored, []) }
        let ranked = answers.scored.sorted { ($0.share.trials, $1.identifier) > ($1.share.trials, $0.identifier) }
        let kept = Set(ranked.prefix(limit - 1).map(\.identifier))
        return (
            answers.scored.filter { kept.contains($0.identifier) }, answers.scored.filter { !kept.contains($0.identifier) })
    }

    private func row(_ person: PeopleAnswers.Person) -> [Label] {
        let name = PersonNames.short(names[person.identifier] ?? person.identifier, most: 24)
        let needsHelp = answers.needHelp.contains { $0.identifier == person.identifier }
        let share = Words.share(person.share.estimate ?? 0)
        let limits = person.share.wilson()
        return [
            Label(name, bold: needsHelp), Label(PersonNames.short(PersonNames.department(person.identifier, context), most: 14)),
            Label(Words.count(person.share.successes)), Label(Words.count(person.share.trials)),
            needsHelp ? .bad(share) : Label(share, bold: true),
            Label(limits.map { "\(($0.lower * 100).fixed(0)) to \(($0.upper * 100).fixed(0)) %" } ?? ""),
        ]
    }

    private func sum(_ title: String, _ share: Proportion) -> [Label] {
        [
            Label(title), "", Label(Words.count(share.successes)), Label(Words.count(share.trials)),
            Label(share.estimate.map { Words.share($0) } ?? "–", bold: true), "",
        ]
    }
}
