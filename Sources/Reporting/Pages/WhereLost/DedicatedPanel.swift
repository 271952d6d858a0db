import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Leads of the person dedicated to service customers against the others' leads.
struct DedicatedPanel {
    struct Side {
        var people = 0
        var reached = Proportion(successes: 0, trials: 0)
        var bought = Proportion(successes: 0, trials: 0)
        var leads: Int { reached.trials }
    }

    let context: ReportContext
    let month: Month?
    private(set) var dedicated = Side()
    private(set) var others = Side()
    private let tally: Tally?
    private let measure: DedicatedDifference?

    init(_ context: ReportContext, month: Month?) {
        self.context = context
        self.month = month
        measure = context.specs[.dedicated]?.request.measure as? DedicatedDifference
        tally = month.flatMap { context.tally(.dedicated, context.at($0)) }
        guard let month, let tally else { return }
        for owner in context.labels(.dedicated, .person, where: context.at(month)) {
            let isDedicated = context.header.people[owner].map(context.header.isDedicated) == true
            if isDedicated { dedicated.people += 1 } else { others.people += 1 }
        }
        (dedicated.reached, others.reached) = DedicatedDifference.counts(.reached, tally)
        (dedicated.bought, others.bought) = DedicatedDifference.counts(.bought, tally)
    }

    private var name: String { dedicated.people > 1 ? say("Dedicated people") : say("Dedicated person") }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        guard let month, context.header.has(.leads) else {
            return notice(
                say("Dedicated person: not known yet"),
                context.header.has(.leads)
                    ? say("The comparison needs a finished month.") : say("Export leads with owner_id as exports/leads.csv."),
                isMissing: !context.header.has(.leads))
        }
        guard context.header.hasDedicatedPeople else {
            return notice(
                say("No dedicated person is named"),
                say("""
                    If somebody looks after service customers only, write it into people.csv: role “dedicated” or \
                    “conquest”, or name them in the settings: conversion: dedicated. This panel then compares that \
                    person’s leads with the others’.
                    """))
        }
        guard dedicated.leads > 0, others.leads > 0 else {
            let name = Words.monthName(month)
            return notice(
                say("Nothing to compare in \(name)"),
                dedicated.leads == 0
                    ? say("""
                        No lead of \(name)’s visits belongs to the dedicated person: leads.csv says whose it is in \
                        owner_id.
                        """)
                    : say("""
                        No lead of \(name)’s visits belongs to anybody else: leads.csv says whose it is in owner_id.
                        """))
        }
        let measured = DedicatedDifference.Outcome.allCases.filter { verdict($0) != nil }
        for outcome in measured { note(page: page, month, outcome, ledger: &ledger) }
        return Block(
            finding, sub: say("\(Words.monthName(month))’s leads: reached in a conversation, bought, %"), note: note,
            plate: IntervalsPlate(
                subject: say("Dedicated person against the others"), groups: measured.map(group), fromZero: true, unit: " %"))
    }

    private func verdict(_ outcome: DedicatedDifference.Outcome) -> DedicatedDifference.Verdict? {
        tally.flatMap { measure?.verdict(outcome, $0) }
    }

    private func sides(_ outcome: DedicatedDifference.Outcome) -> (dedicated: Proportion, others: Proportion) {
        outcome == .reached ? (dedicated.reached, others.reached) : (dedicated.bought, others.bought)
    }

    private func note(
        page: Int, _ month: Month, _ outcome: DedicatedDifference.Outcome, ledger: inout FigureLedger
    ) {
        let (first, second) = sides(outcome)
        let isReached = outcome == .reached
        let name = isReached ? "Reached" : "Bought"
        ledger.note(page: page, context.figure(isReached ? "DED-01" : "DED-04", month), "\(name), dedicated", first)
        ledger.note(page: page, context.figure(isReached ? "DED-02" : "DED-05", month), "\(name), the others", second)
        ledger.note(
            page: page, context.figure(isReached ? "DED-03" : "DED-06", month), "\(name), dedicated less the others",
            NewcombeDifference(first: first, second: second))
    }

    private func notice(_ finding: String, _ text: String, isMissing: Bool = false) -> Block {
        Block(
            finding, sub: say("Leads from service visits"),
            plate: NoticePlate(RichText(text), isMissing: isMissing, showsFrame: false))
    }

    private var hasEnough: Bool { min(dedicated.leads, others.leads) >= context.minimumN }

    private var finding: String {
        switch verdict(.reached) {
        case .tooFew(let tooFew): return "\(name): \(Words.tooFew(tooFew.had, of: tooFew.needed))"
        case .tooNew, nil: return say("\(name) against the others")
        case .notClear: return say("\(name): no clear difference in reaching")
        case .clear(let difference):
            guard let one = difference.first.estimate, let other = difference.second.estimate else { return name }
            return dedicated.people > 1
                ? say("Dedicated reach \(Words.share(one)), others \(Words.share(other))")
                : say("Dedicated reaches \(Words.share(one)), others \(Words.share(other))")
        }
    }

    private func group(_ outcome: DedicatedDifference.Outcome) -> IntervalsPlate.Group {
        let (first, second) = sides(outcome)
        var words = Label("", .text)
        switch verdict(outcome) {
        case .clear(let difference):
            if let estimate = difference.estimate, let limits = difference.interval() {
                words = Label(Words.points(estimate, limits), estimate > 0 ? .good : .text, bold: true)
            }
        case .notClear: words = Label(say("no clear difference"), .text, bold: false)
        case .tooNew: words = Label(say("too new"), .text, bold: false)
        case .tooFew, nil: break
        }
        return IntervalsPlate.Group(
            outcome == .reached ? say("Reached") : say("Bought"), verdict: words,
            rows: [
                row(say("Dedicated"), first, tone: .good),
                row(say("The others"), second, tone: .text),
            ])
    }

    private func row(_ label: String, _ share: Proportion, tone: Tone) -> IntervalsPlate.Row {
        guard share.trials >= context.minimumN, let value = share.estimate, let limits = share.wilson() else {
            return IntervalsPlate.Row(
                label, .tooFew(Words.tooFew(share.trials, of: context.minimumN)), value: "–", tone: tone)
        }
        return IntervalsPlate.Row(
            label, .value(value * 100, likely: LikelyRange(limits.lower * 100, limits.upper * 100)),
            value: Label(Words.share(value), tone, bold: true), tone: tone)
    }

    private var note: RichText {
        let people = dedicated.people > 1 ? say(" (\(Words.count(dedicated.people)) people)") : ""
        return RichText(
            say("""
                Leads: \(Words.count(dedicated.leads)) dedicated\(people), \(Words.count(others.leads)) with \
                \(Words.counted(others.people, "other", "others", context: "leads with")).
                """))
    }
}
