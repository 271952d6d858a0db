import Basis
import Dealership
import Drawing
import Measures
import Programs

/// Whom outages and leave would have cost something, whose silence is nobody's, what earlier months brought, and what a
/// coming version would have meant.
struct RewardFairness {
    let context: ReportContext
    let rewards: ReportRewards
    let page: Int

    private static let most = 5

    private func money(_ amount: Money) -> String { Words.exact(amount, context.settings.currency) }
    private func change(_ amount: Money) -> String { Words.change(amount, context.settings.currency) }
    private func slice(_ rule: RewardRule) -> [Dimension: String] { [.rule: rule.identifier] }
    private func name(_ person: PersonReward) -> String { person.name.isEmpty ? person.person : person.name }

    func spared(_ ledger: inout FigureLedger) -> Block {
        var rows: [FactsPlate.Row] = []
        var people: Set<String> = []
        for one in rewards.standings {
            let brought = one.spared.reduce(Money.zero) { $0 + ($1.amount - $1.rawAmount) }
            ledger.note(
                page: page, context.figure(RewardFigure.spared.rawValue, rewards.month, slice(one.rule)),
                "\(one.rule.name): brought by taking outages and leave out", estimate: brought.description,
                n: one.spared.count)
            for person in one.spared.sorted(by: {
                ($1.amount - $1.rawAmount, $0.name) < ($0.amount - $0.rawAmount, $1.name)
            }) {
                people.insert(person.person)
                let lost = person.count.inTime - person.rawCount.inTime
                let why =
                    lost > 0
                    ? "\(Words.counted(lost, "answer counts", "answers count")) as in time because of it"
                    : one.rule.name
                rows.append(
                    FactsPlate.Row(
                        Label(name(person)), Label(change(person.amount - person.rawAmount), .ink, bold: true),
                        note: why))
            }
        }
        let title =
            people.isEmpty
            ? "Nobody’s pay hangs on an outage or leave"
            : "Outages and leave left in, \(Words.counted(people.count, "person", "people")) would be paid otherwise"
        return Block(
            title, sub: "Paid on times without them, against raw times",
            plate: FactsPlate(rows: Array(rows.prefix(12)), emptyText: "By raw times everybody would be paid the same.")
        )
    }

    func nobody(_ ledger: inout FigureLedger) -> Block {
        var rows: [FactsPlate.Row] = []
        var unanswered = 0
        for one in rewards.standings {
            let count = one.result.unowned
            unanswered += count.unanswered
            ledger.note(
                page: page, context.figure(RewardFigure.unowned.rawValue, rewards.month, slice(one.rule)),
                "\(one.rule.name): unanswered that belong to nobody", count: count.unanswered)
            rows.append(
                FactsPlate.Row(
                    Label(one.rule.name),
                    Label("\(Words.count(count.unanswered)) of \(Words.count(one.count.unanswered))", .ink),
                    note: one.cannotBeScored
                        ? "Too many: nobody is paid in person. Map assigned_to, or pay the team." : ""))
        }
        return Block(
            unanswered == 0 ? "Every silence has an owner" : "\(Words.count(unanswered)) unanswered belong to nobody",
            sub: "Unanswered without assignee, of all unanswered",
            signal: rewards.standings.contains(where: \.cannotBeScored),
            plate: FactsPlate(rows: rows))
    }

    func earlier(_ ledger: inout FigureLedger) -> Block {
        var rows: [FactsPlate.Row] = []
        var sum = Money.zero
        for one in rewards.standings where !one.adjustments.isEmpty {
            let own = one.adjustments.reduce(Money.zero) { $0 + $1.adjustment.amount }
            sum += own
            ledger.note(
                page: page, context.figure(RewardFigure.adjusted.rawValue, rewards.month, slice(one.rule)),
                "\(one.rule.name): changes of earlier months", estimate: own.description, n: one.adjustments.count)
            rows += one.adjustments.map { item in
                FactsPlate.Row(
                    Label("\(name(item.person)), \(Words.month(item.adjustment.month))"),
                    Label(change(item.adjustment.amount), .ink, bold: true), note: item.adjustment.reasons.first ?? "")
            }
        }
        let isClosed = rewards.standings.contains(where: \.isClosed)
        return Block(
            rows.isEmpty ? "No change of earlier months" : "Earlier months: \(change(sum))",
            sub: "Late data as dated adjustments; nothing closed is rewritten",
            plate: FactsPlate(
                rows: rows,
                emptyText: isClosed
                    ? "Closed months stand as they were paid." : "They are found when the month is closed."))
    }

    /// What a rule that comes into force later would have meant.
    func next(_ ledger: inout FigureLedger) -> [Block] {
        rewards.trials.prefix(1).map { trial in
            TrialWords(trial, currency: context.settings.currency).note(page: page, context, &ledger)
            let words = TrialWords(trial, currency: context.settings.currency)
            return Block(words.finding, sub: words.sub, plate: ParagraphPlate(RichText(words.sentence)))
        }
    }
}
