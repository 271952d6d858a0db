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
    private let names: NamesOfPeople

    init(context: ReportContext, rewards: ReportRewards, page: Int) {
        self.context = context
        self.rewards = rewards
        self.page = page
        names = NamesOfPeople(rewards.standings.flatMap(\.people).map { ($0.person, $0.name) })
    }

    private static let most = 5

    private func money(_ amount: Money) -> String { Words.exact(amount, context.settings.currency) }
    private func change(_ amount: Money) -> String { Words.change(amount, context.settings.currency) }
    private func slice(_ rule: RewardRule) -> [Dimension: String] { [.rule: rule.identifier] }
    private func name(_ person: PersonReward) -> String { names[person.person, else: person.name] }

    /// Everybody by name: what is counted and what it pays. Of two rules a list each, of one its two halves.
    func people(_ ledger: inout FigureLedger) -> [Block] {
        for one in rewards.standings {
            for person in one.people {
                ledger.note(
                    page: page,
                    context.figure(
                        RewardFigure.person.rawValue, rewards.month,
                        [.rule: one.rule.identifier, .person: person.person]),
                    "\(one.rule.name): \(name(person))", estimate: person.amount.description, n: person.count.counted)
            }
        }
        let lists = rewards.standings.prefix(2).map { one in
            (one.rule.name, one.people.sorted { ($0.name, $0.person) < ($1.name, $1.person) })
        }
        guard lists.count == 1, let (_, all) = lists.first, all.count > 6 else {
            return lists.map { list(say("\($0.0): by name, not by rank"), $0.1) }
        }
        let half = (all.count + 1) / 2
        return [
            list(say("Everybody by name, not by rank"), Array(all[..<half])),
            list(say("Everybody, from \(name(all[half])) on"), Array(all[half...])),
        ]
    }

    private func list(_ title: String, _ people: [PersonReward]) -> Block {
        let isClosed = rewards.standings.allSatisfy(\.isClosed)
        return Block(
            title,
            plate: TablePlate(
                subject: say("Rewards by person"),
                columns: [
                    .init(say("Person"), flexible: true), .init(say("In time"), align: .right),
                    .init(isClosed ? say("Paid") : say("Would pay"), align: .right),
                ],
                rows: people.map { person in
                    .row([Label(name(person)), Label(standing(person)), Label(money(person.amount), .ink, bold: true)])
                }, rowHeight: 13, emptyText: say("Nobody is in the rule’s reach.")))
    }

    /// The counts, or why they were not scored.
    private func standing(_ person: PersonReward) -> String {
        switch person.outcome {
        case .scored: say("\(Words.count(person.count.inTime)) of \(Words.count(person.count.counted))")
        case .tooFew(let counted, let needed): say("\(Words.count(counted)) of \(Words.count(needed)) needed")
        case .absent(let days, let needed): say("\(days) of \(needed) days")
        case .gate: say("bound passed")
        case .silenceOfNobody: say("not scored")
        }
    }

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
                    ? say("\(Words.counted(lost, "answer counts", "answers count")) as in time because of it")
                    : one.rule.name
                rows.append(
                    FactsPlate.Row(
                        Label(name(person)), Label(change(person.amount - person.rawAmount), .ink, bold: true),
                        note: why))
            }
        }
        let title =
            people.isEmpty
            ? say("Nobody’s pay hangs on an outage or leave")
            : say("Outages and leave left in, \(Words.counted(people.count, "person", "people")) would be paid otherwise")
        return Block(
            title, sub: say("Paid on times without them, against raw times"),
            plate: FactsPlate(rows: Array(rows.prefix(12)), emptyText: say("By raw times everybody would be paid the same."))
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
                    Label(say("\(Words.count(count.unanswered)) of \(Words.count(one.count.unanswered))"), .ink),
                    note: one.cannotBeScored
                        ? say("Too many: nobody is paid in person. Map assigned_to, or pay the team.") : ""))
        }
        return Block(
            unanswered == 0 ? say("Every silence has an owner") : say("\(Words.count(unanswered)) unanswered belong to nobody"),
            sub: say("Unanswered without assignee, of all unanswered"),
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
                    Label(change(item.adjustment.amount), .ink, bold: true), note: item.adjustment.reasons.first.map(LedgerPhrases.reasons.said) ?? "")
            }
        }
        let isClosed = rewards.standings.contains(where: \.isClosed)
        return Block(
            rows.isEmpty ? say("No change of earlier months") : say("Earlier months: \(change(sum))"),
            sub: say("Late data as dated adjustments; nothing closed is rewritten"),
            plate: FactsPlate(
                rows: rows,
                emptyText: isClosed
                    ? say("Closed months stand as they were paid.") : say("They are found when the month is closed.")))
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
