import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Leads of the person dedicated to service customers against the others' leads.
struct DedicatedPanel {
    struct Side {
        var people: Int
        var leads: Int
        var contacts: Int
        var sold: Int
        var reached: Proportion { Proportion(successes: min(contacts, leads), trials: leads) }
        var bought: Proportion { Proportion(successes: min(sold, leads), trials: leads) }
    }

    let context: ReportContext
    let month: Month?
    let dedicated: Side
    let others: Side
    private let hasRole: Bool

    init(_ context: ReportContext, month: Month?) {
        self.context = context
        self.month = month
        let people = context.header.people
        hasRole = people.values.contains(where: DedicatedPanel.isDedicated)
        var sides = [Side(people: 0, leads: 0, contacts: 0, sold: 0), Side(people: 0, leads: 0, contacts: 0, sold: 0)]
        if let month {
            for owner in context.labels(.funnelByOwner, .person, where: context.at(month)) where !owner.isEmpty {
                let slice = context.at(month, [.person: owner])
                let side = people[owner].map(DedicatedPanel.isDedicated) == true ? 0 : 1
                sides[side].people += 1
                sides[side].leads += context.count(.funnelByOwner, "leads", slice) ?? 0
                sides[side].contacts += context.count(.funnelByOwner, "contacts", slice) ?? 0
                sides[side].sold += context.count(.funnelByOwner, "sold", slice) ?? 0
            }
        }
        dedicated = sides[0]
        others = sides[1]
    }

    /// By the role's words: there is no column of its own for it.
    static func isDedicated(_ person: Person) -> Bool {
        let role = person.role.lowercased()
        return role.contains("dedicated") || role.contains("conquest")
    }

    private var name: String { dedicated.people > 1 ? "Dedicated people" : "Dedicated person" }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        guard let month, context.header.has(.leads) else {
            return notice(
                "Dedicated person: not known yet",
                context.header.has(.leads)
                    ? "The comparison needs a finished month." : "Export leads with owner_id as exports/leads.csv.",
                isMissing: !context.header.has(.leads))
        }
        guard hasRole else {
            return notice(
                "No dedicated person is named",
                "If somebody looks after service customers only, write it into people.csv: role “dedicated” or "
                    + "“conquest”. This panel then compares that person’s leads with the others’.")
        }
        guard dedicated.leads > 0, others.leads > 0 else {
            let missing = dedicated.leads == 0 ? "the dedicated person" : "anybody else"
            return notice(
                "Nothing to compare in \(Words.monthName(month))",
                "No lead of \(Words.monthName(month))’s visits belongs to \(missing): leads.csv says whose it is in owner_id.")
        }
        let measured = [
            ("Reached", dedicated.reached, others.reached, "S2S-05", context.header.has(.messages)),
            ("Bought", dedicated.bought, others.bought, "S2S-11", context.header.has(.sales)),
        ].filter(\.4)
        for item in measured {
            ledger.note(page: page, context.figure(item.3, month, [.person: "dedicated"]), "\(item.0), dedicated", item.1)
            ledger.note(page: page, context.figure(item.3, month, [.person: "others"]), "\(item.0), the others", item.2)
            ledger.note(
                page: page, context.figure(item.3, month), "\(item.0), dedicated less the others",
                NewcombeDifference(first: item.1, second: item.2))
        }
        let groups = measured.map { group($0.0, $0.1, $0.2) }
        return Block(
            finding(groups), sub: "\(Words.monthName(month))’s leads: reached in a conversation, bought, %", note: note,
            plate: IntervalsPlate(subject: "Dedicated person against the others", groups: groups, fromZero: true, unit: " %"))
    }

    private func notice(_ finding: String, _ text: String, isMissing: Bool = false) -> Block {
        Block(
            finding, sub: "Leads from service visits",
            plate: NoticePlate(RichText(text), isMissing: isMissing, showsFrame: false))
    }

    private var hasEnough: Bool { min(dedicated.leads, others.leads) >= context.minimumN }

    private func finding(_ groups: [IntervalsPlate.Group]) -> String {
        guard hasEnough else {
            return "\(name): \(Words.tooFew(min(dedicated.leads, others.leads), of: context.minimumN))"
        }
        guard context.header.has(.messages), let one = dedicated.reached.estimate, let other = others.reached.estimate else {
            return "\(name) against the others"
        }
        let isClear = NewcombeDifference(first: dedicated.reached, second: others.reached).interval()
            .map { !$0.contains(0) } ?? false
        if !isClear { return "\(name): no clear difference in reaching" }
        let verb = dedicated.people > 1 ? "reach" : "reaches"
        return "Dedicated \(verb) \(Words.share(one)), others \(Words.share(other))"
    }

    private func group(_ title: String, _ first: Proportion, _ second: Proportion) -> IntervalsPlate.Group {
        let difference = NewcombeDifference(first: first, second: second)
        var verdict = Label("", .text)
        var isClear = false
        if hasEnough, let limits = difference.interval(), let estimate = difference.estimate {
            isClear = !limits.contains(0)
            verdict = isClear
                ? Label(Words.points(estimate, limits), .good, bold: true) : Label("no clear difference", .text, bold: false)
        }
        return IntervalsPlate.Group(
            title, verdict: verdict,
            rows: [
                row("Dedicated", first, tone: .good),
                row("The others", second, tone: .text),
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
        let people = dedicated.people > 1 ? " (\(dedicated.people) people)" : ""
        return RichText(
            "Leads: \(Words.count(dedicated.leads)) dedicated\(people), \(Words.count(others.leads)) with "
                + "\(Words.counted(others.people, "other", "others")).")
    }
}
