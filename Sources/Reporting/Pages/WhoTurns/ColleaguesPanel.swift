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

    private var title: String { kind == .advisors ? say("Advisors") : kind == .sellers ? say("Salespeople") : say("Stores") }
    private var unit: String { kind == .sellers ? say("leads from visits") : "visits" }

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
            ledger.note(page: page, id, "\(unit) that ended in a sale, \(member.name)", member.share)
        }
        return Block("\(title): \(finding)", sub: sub, note: note, plate: plate(limits))
    }

    private var finding: String {
        let good = colleagues.far(isGood: true).count
        let bad = colleagues.far(isGood: false).count
        let parts = [
            good == 0 ? "" : good == 1 ? say("one to praise") : say("\(good) to praise"),
            bad == 0 ? "" : bad == 1 ? say("one worth a talk") : say("\(bad) worth a talk"),
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
                ? RichText(marked: say("Export **advisor_id** with service_visits.")) : RichText(marked: say("Export **owner_id** with leads."))
        }
        let (one, many) = kind == .stores ? (say("store has"), say("stores have")) : (say("person has"), say("people have"))
        return RichText(
            say("""
                \(Words.counted(colleagues.tooFew, one, many)) fewer than \(Words.count(context.minimumN)) \(unit) \
                each; two with that many are needed to compare.
                """))
    }

    private var note: RichText {
        var parts: [String] = []
        if colleagues.tooFew > 0 {
            parts.append(
                say("""
                    \(Words.counted(colleagues.tooFew, kind == .stores ? "store" : "person", kind == .stores ? "stores" : "people")) \
                    with fewer than \(Words.count(context.minimumN)) not scored.
                    """))
        }
        if colleagues.unnamed > 0 { parts.append(say("\(Words.count(colleagues.unnamed)) \(unit) are nobody’s.")) }
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
                note: isNamed && !isNarrow ? say("\(Words.count(member.share.successes)) of \(Words.count(member.share.trials))") : "",
                standing: standing)
        }
        let most = colleagues.members.map(\.share.trials).max() ?? context.minimumN
        return WhoStandsOutPlate(
            subject: say("\(title): \(unit) that ended in a sale"), points: points,
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
        let good = points(advisors, "visits", isGood: true) + points(sellers, "leads", isGood: true)
        let bad = points(advisors, "visits", isGood: false) + points(sellers, "leads", isGood: false)
        let far = Array(good.prefix(max(limit - min(bad.count, limit / 2), 1)) + bad.prefix(max(limit / 2, 1)))
        let noted = noted(advisors, "visits") + noted(sellers, "leads")
        let shown = far + noted.prefix(max(min(limit, 4) - far.count, 0))
        let finding = !good.isEmpty && !bad.isEmpty ? say("Worth praising, and worth a talk")
            : !good.isEmpty ? say("Worth praising") : !bad.isEmpty ? say("Worth a talk") : noted.isEmpty ? say("Nobody to single out") : say("Worth a look, no more")
        let compared = advisors.members.count + sellers.members.count
        return Block(
            finding, sub: sub,
            plate: PointsPlate(
                points: Array(shown),
                emptyText: compared == 0
                    ? say("Nobody has enough visits or leads to be compared.") : say("Everybody lies within what chance explains.")))
    }

    private func points(_ people: Colleagues, _ unit: String, isGood: Bool) -> [PointsPlate.Point] {
        people.far(isGood: isGood).map { member in
            PointsPlate.Point(
                Label(member.name, isGood ? nil : .bad, cue: isGood ? .up : .down), words(member, people, unit))
        }
    }

    private func noted(_ people: Colleagues, _ unit: String) -> [PointsPlate.Point] {
        people.noted.map { PointsPlate.Point(Label($0.name, cue: .ring), words($0, people, unit)) }
    }

    private func words(_ member: Colleagues.Member, _ people: Colleagues, _ unit: String) -> RichText {
        let usual = Int((Double(member.share.trials) * (people.limits?.centre ?? 0)).rounded())
        return RichText(
            say("""
                \(Words.counted(member.share.successes, "sale", "sales")) from \(Words.count(member.share.trials)) \(unit); at the average \
                it would be \(Words.count(usual)).
                """))
    }
}
