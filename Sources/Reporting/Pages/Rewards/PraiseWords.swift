import Basis
import Dealership
import Measures
import Programs
import Statistics

/// One thing that somebody did well, with the figure it is from.
struct Praise {
    enum Kind: Int, CaseIterable { case improved, stoodOut, run, calm, everyOne, rated, team, all }

    var kind: Kind
    /// Nil: a team.
    var person: String?
    var name: String
    /// Goes on after the name.
    var text: String
    /// The larger, the sooner it is told among its kind.
    var weight: Double
    var code: String
    var months: ClosedRange<Month>
    var slice: [Dimension: String]
    var share: Proportion?
    var value: Cell?
    var n: Int

    func note(_ page: Int, _ context: ReportContext, _ ledger: inout FigureLedger) {
        let id = context.figure(code, months, slice)
        if let share {
            ledger.note(page: page, id, "\(label): \(kind)", share)
        } else if let value {
            ledger.note(page: page, id, "\(label): \(kind)", value, n: n)
        }
    }

    /// The name in the language in force: a ledger's is English.
    private var label: String {
        switch kind {
        case .all: say("All of you together")
        case .team: Words.departmentTitle(slice[.toDepartment] ?? name)
        default: name
        }
    }
}

/// Finds what the data supports: beyond chance, or plain fact.
struct PraiseWords {
    private let context: ReportContext
    private let names: NamesOfPeople
    private let people: [String]

    /// Months in a row above one's own usual: by chance 1 in 16 goes on for four more.
    private static let leastRun = 5
    private static let mostEach = 2

    init(_ context: ReportContext) {
        self.context = context
        people = context.labels(.adjustedByPerson, .person, where: context.at(context.month)).filter { !$0.isEmpty }
        names = NamesOfPeople(people.map { ($0, context.header.people[$0]?.name ?? "") })
    }

    /// In turns by kind, so that the page does not say one thing ten times.
    /// - Parameter most: of a kind.
    func chosen(_ most: Int) -> [Praise] {
        let all = improved + runs + stoodOut + calm + everyOne + rated + teams + together
        var told: [String: Int] = [:]
        var chosen: [Praise] = []
        for kind in Praise.Kind.allCases {
            var ofKind = 0
            let sorted = all.filter { $0.kind == kind }.sorted { ($1.weight, $0.name) < ($0.weight, $1.name) }
            for one in sorted where ofKind < min(most, 3) {
                if let person = one.person {
                    guard told[person, default: 0] < PraiseWords.mostEach else { continue }
                    told[person, default: 0] += 1
                }
                ofKind += 1
                chosen.append(one)
            }
        }
        return chosen
    }

    private func share(_ person: String, _ month: Month) -> Proportion? {
        guard let share = context.answeredInTime(.adjustedByPerson, context.at(month, [.person: person])),
            share.trials >= context.minimumN
        else { return nil }
        return share
    }

    private func praise(_ kind: Praise.Kind, _ person: String, _ text: String, _ weight: Double, _ share: Proportion)
        -> Praise
    {
        Praise(
            kind: kind, person: person, name: names[person], text: text, weight: weight, code: "RESP-09",
            months: context.month...context.month, slice: [.person: person], share: share, value: nil, n: share.trials)
    }

    private static func of(_ share: Proportion) -> String {
        say("\(Words.count(share.successes)) of \(Words.count(share.trials))")
    }

    /// Against the three months before, beyond chance.
    private var improved: [Praise] {
        people.compactMap { person in
            guard let now = share(person, context.month) else { return nil }
            let earlier = (1...3).compactMap { share(person, context.month + -$0) }
            guard earlier.count >= 2 else { return nil }
            let before = earlier.reduce(Proportion(successes: 0, trials: 0), +)
            let difference = NewcombeDifference(first: now, second: before)
            guard let limits = difference.interval(), limits.lower > 0, let estimate = difference.estimate else {
                return nil
            }
            return praise(
                .improved, person,
                say("""
                    answered \(PraiseWords.of(now)) in time: \(Words.share(now.estimate ?? 0)), up from \
                    \(Words.share(before.estimate ?? 0)) in the months before. That is more than chance.
                    """), estimate,
                now)
        }
    }

    /// Months in a row, this one the last, above the share of all their months together.
    private var runs: [Praise] {
        people.compactMap { person in
            let months = context.months.map { share(person, $0) }
            guard let now = months.last ?? nil else { return nil }
            let known = months.compactMap { $0 }
            guard known.count >= 8 else { return nil }
            let usual = known.reduce(Proportion(successes: 0, trials: 0), +)
            guard let centre = usual.estimate else { return nil }
            let run = months.reversed().prefix { one in (one?.estimate).map { $0 > centre } ?? false }.count
            guard run >= PraiseWords.leastRun, run < known.count else { return nil }
            return praise(
                .run, person,
                say("""
                    has been above their own usual \(Words.share(centre)) for \(run) months in a row, now with \
                    \(PraiseWords.of(now)) in time.
                    """), Double(run), now)
        }
    }

    /// Beyond what their own team's range explains.
    private var stoodOut: [Praise] {
        TeamStandings(context).praised.map { member in
            praise(
                .stoodOut, member.identifier,
                member.months > 1
                    ? say("""
                        answered \(PraiseWords.of(member.share)) in time, clearly more than their team’s range explains, \
                        \(member.months) months running.
                        """)
                    : say("answered \(PraiseWords.of(member.share)) in time, clearly more than their team’s range explains."),
                member.z, member.share)
        }
    }

    /// Every single one.
    private var everyOne: [Praise] {
        people.compactMap { person in
            guard let now = share(person, context.month), now.successes == now.trials else { return nil }
            return praise(
                .everyOne, person, say("answered every one of \(Words.count(now.trials)) in time."), Double(now.trials), now)
        }
    }

    /// Systems were down, and the answer still came in time by the clock on the wall of the office.
    private var calm: [Praise] {
        let rows = (context.rewards?.standings ?? []).flatMap(\.result.rows)
        let held = Dictionary(
            grouping: rows.filter { $0.outageSeconds > 0 && $0.rawStanding == .inTime && !$0.person.isEmpty },
            by: \.person)
        return held.compactMap { person, found in
            guard found.count >= 3, let now = share(person, context.month) else { return nil }
            return praise(
                .calm, person,
                say("kept answering while systems were down: \(Words.count(found.count)) customers heard in time all the same."),
                Double(found.count), now)
        }
    }

    /// The highest mean of enough ratings, where there is more than one to compare.
    private var rated: [Praise] {
        let means = people.compactMap { person -> (person: String, mean: Double, n: Int)? in
            guard case .mean(let mean) = context.cell(.ratingsByPerson, "mean", [.person: person]) else { return nil }
            return (person, mean, context.count(.ratingsByPerson, "ratings", [.person: person]) ?? 0)
        }
        guard means.count > 1, let best = means.map({ ($0.mean * 10).rounded() }).max() else { return [] }
        return means.filter { ($0.mean * 10).rounded() == best }.map { one in
            Praise(
                kind: .rated, person: one.person, name: names[one.person],
                text: say("was rated \(one.mean.shown(1)) by \(Words.count(one.n)) customers, the best mean of the month."),
                weight: Double(one.n), code: "RATE-01", months: context.month...context.month,
                slice: [.person: one.person],
                share: nil, value: .mean(one.mean), n: one.n)
        }
    }

    /// What all did together: with somebody to thank it ends the page, alone it names nobody.
    private var together: [Praise] {
        guard let share = context.answeredInTime(.responses, context.at(context.month)),
            share.trials >= context.minimumN,
            share.successes * 2 > share.trials
        else { return [] }
        return [
            Praise(
                kind: .all, person: nil, name: say("All of you together"),
                text: say("answered \(Words.count(share.successes)) customers in time, of \(Words.count(share.trials))."),
                weight: 0, code: "RESP-02", months: context.month...context.month, slice: [:], share: share, value: nil,
                n: share.trials)
        ]
    }

    /// Handoffs that a department answered, clearly on target.
    private var teams: [Praise] {
        HandoffPairs(context).pairs.filter(\.isClearlyAbove).map { pair in
            Praise(
                kind: .team, person: nil, name: Words.departmentTitle(pair.to),
                text: say("answered \(PraiseWords.of(pair.share)) handoffs from \(Words.department(pair.from)) in time."),
                weight: Double(pair.share.trials), code: "HAND-01", months: context.month...context.month,
                slice: [.department: pair.from, .toDepartment: pair.to], share: pair.share, value: nil,
                n: pair.share.trials)
        }
    }
}
