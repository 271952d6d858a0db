import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Who stands out among colleagues: shares sold against how many were theirs.
struct ColleaguesPanel {
    enum Kind { case advisors, sellers, stores }

    let colleagues: Colleagues
    let visits: FinishedVisits
    /// Names at most.
    let limit: Int
    let kind: Kind
    /// A third of the page.
    var isNarrow = false
    private var context: ReportContext { colleagues.context }

    private var title: String {
        kind == .advisors ? say("Advisors") : kind == .sellers ? say("Salespeople") : say("Stores")
    }
    private var unit: String { kind == .sellers ? say("leads from visits") : say("visits") }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let sub = kind == .advisors ? say("Of the visits each wrote up, those that ended in a sale")
            : kind == .sellers ? say("Of the visits whose lead is theirs, those that ended in a sale")
            : say("Of their visits, those that ended in a sale")
        guard let months = visits.months, let limits = colleagues.limits else {
            return Block(say("\(title): nobody to compare"), sub: sub, plate: NoticePlate(absence))
        }
        for member in colleagues.members {
            let id = kind == .sellers
                ? context.figure("S2S-11", months, [.person: member.identifier])
                : context.figure("S2S-20", months, [kind == .advisors ? .advisor : .store: member.identifier])
            let noun = kind == .sellers ? "leads from visits" : "visits"
            ledger.note(page: page, id, "\(noun) that ended in a sale, \(member.name)", member.share)
        }
        return Block("\(title): \(finding)", sub: sub, note: note, plate: plate(limits))
    }

    private var finding: String {
        let good = colleagues.far(isGood: true).count
        let bad = colleagues.far(isGood: false).count
        let parts = [
            good == 0 ? "" : say(good, "one to praise", "\(good) to praise"),
            bad == 0 ? "" : say(bad, "one worth a talk", "\(bad) worth a talk"),
        ].filter { !$0.isEmpty }
        return parts.isEmpty ? say("nobody stands out") : parts.joined(separator: ", ")
    }

    private var absence: RichText {
        if visits.months == nil { return say("People are compared over finished months.") }
        if kind == .sellers, !context.header.has(.leads) {
            return say("Export leads of the CRM as exports/leads.csv, with owner_id.")
        }
        if colleagues.tooFew == 0 {
            return kind != .sellers
                ? RichText(marked: say("Export **advisor_id** with service_visits."))
                : RichText(marked: say("Export **owner_id** with leads."))
        }
        return RichText(fewWords)
    }

    private var fewWords: String {
        let few = colleagues.tooFew
        let (count, needed) = (Words.count(few), Words.count(context.minimumN))
        switch kind {
        case .stores:
            return say(
                few, "\(count) store has fewer than \(needed) visits each; two with that many are needed to compare.",
                "\(count) stores have fewer than \(needed) visits each; two with that many are needed to compare.")
        case .advisors:
            return say(
                few, "\(count) person has fewer than \(needed) visits each; two with that many are needed to compare.",
                "\(count) people have fewer than \(needed) visits each; two with that many are needed to compare.")
        case .sellers:
            return say(
                few,
                "\(count) person has fewer than \(needed) leads from visits each; two with that many are needed to compare.",
                "\(count) people have fewer than \(needed) leads from visits each; two with that many are needed to compare."
            )
        }
    }

    private var note: RichText {
        var parts: [String] = []
        if colleagues.tooFew > 0 {
            let (few, needed) = (colleagues.tooFew, Words.count(context.minimumN))
            parts.append(
                kind == .stores
                    ? say(
                        few, "\(Words.count(few)) store with fewer than \(needed) not scored.",
                        "\(Words.count(few)) stores with fewer than \(needed) not scored.")
                    : say(
                        few, "\(Words.count(few)) person with fewer than \(needed) not scored.",
                        "\(Words.count(few)) people with fewer than \(needed) not scored."))
        }
        if colleagues.unnamed > 0 {
            let count = Words.count(colleagues.unnamed)
            parts.append(
                kind == .sellers
                    ? say("\(count) leads from visits are nobody’s.") : say("\(count) visits are nobody’s."))
        }
        return RichText(parts.joined(separator: " "))
    }

    private var named: Set<String> {
        let far = (colleagues.far(isGood: true) + colleagues.far(isGood: false))
            .sorted { ($1.z.magnitude, $0.name) < ($0.z.magnitude, $1.name) }
        return Set((far + colleagues.noted).prefix(limit).map(\.identifier))
    }

    private func plate(_ limits: FunnelLimits) -> WhoStandsOutPlate {
        let named = self.named
        let points = colleagues.members.map { member -> WhoStandsOutPlate.Point in
            let share = member.share.estimate ?? 0
            let isNamed = named.contains(member.identifier)
            let standing = StandingCurves.standing(member.zone, isNamed: isNamed)
            return .init(
                n: Double(member.share.trials), share: share * 100,
                label: isNamed ? (isNarrow ? member.name : "\(member.name) \(Words.share(share, decimals: 1))") : "",
                note: isNamed && !isNarrow
                    ? say("\(Words.count(member.share.successes)) of \(Words.count(member.share.trials))") : "",
                standing: standing)
        }
        let most = colleagues.members.map(\.share.trials).max() ?? context.minimumN
        return WhoStandsOutPlate(
            subject: kind == .sellers
                ? say("\(title): leads from visits that ended in a sale")
                : say("\(title): visits that ended in a sale"),
            points: points,
            centre: ReferenceLine(limits.centre * 100, say("average \(Words.share(limits.centre, decimals: 1))")),
            limits: StandingCurves.limits(limits, from: context.minimumN, to: most), xTitle: unit)
    }
}

/// In words what the plots show.
struct WorthATalkPanel {
    let advisors: Colleagues
    let sellers: Colleagues
    let limit: Int

    func block() -> Block {
        let sub = say("Beyond the solid curve: 1 in 500 by chance. Beyond the dashed one: 1 in 20")
        let good = points(advisors, ofLeads: false, isGood: true) + points(sellers, ofLeads: true, isGood: true)
        let bad = points(advisors, ofLeads: false, isGood: false) + points(sellers, ofLeads: true, isGood: false)
        let far = Array(good.prefix(max(limit - min(bad.count, limit / 2), 1)) + bad.prefix(max(limit / 2, 1)))
        let noted = noted(advisors, ofLeads: false) + noted(sellers, ofLeads: true)
        let shown = far + noted.prefix(max(min(limit, 4) - far.count, 0))
        let finding = !good.isEmpty && !bad.isEmpty ? say("Worth praising, and worth a talk")
            : !good.isEmpty
                ? say("Worth praising")
                : !bad.isEmpty
                    ? say("Worth a talk") : noted.isEmpty ? say("Nobody to single out") : say("Worth a look, no more")
        let compared = advisors.members.count + sellers.members.count
        return Block(
            finding, sub: sub,
            plate: PointsPlate(
                points: Array(shown),
                emptyText: compared == 0
                    ? say("Nobody has enough visits or leads to be compared.")
                    : say("Everybody lies within what chance explains.")))
    }

    private func points(_ people: Colleagues, ofLeads: Bool, isGood: Bool) -> [PointsPlate.Point] {
        people.far(isGood: isGood).map { member in
            PointsPlate.Point(
                Label(member.name, isGood ? nil : .bad, cue: isGood ? .up : .down), words(member, people, ofLeads: ofLeads))
        }
    }

    private func noted(_ people: Colleagues, ofLeads: Bool) -> [PointsPlate.Point] {
        people.noted.map { PointsPlate.Point(Label($0.name, cue: .ring), words($0, people, ofLeads: ofLeads)) }
    }

    private func words(_ member: Colleagues.Member, _ people: Colleagues, ofLeads: Bool) -> RichText {
        let usual = Int((Double(member.share.trials) * (people.limits?.centre ?? 0)).rounded())
        let sales = Words.counted(member.share.successes, "sale", "sales")
        let all = Words.count(member.share.trials)
        return RichText(
            ofLeads
                ? say("\(sales) from \(all) leads; at the average it would be \(Words.count(usual)).")
                : say("\(sales) from \(all) visits; at the average it would be \(Words.count(usual))."))
    }
}
