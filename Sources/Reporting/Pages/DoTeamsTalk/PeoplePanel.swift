import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Answered in time by person, against how many: who stands out.
struct PeoplePanel {
    let people: PeopleStanding
    /// Names at most.
    let limit: Int
    /// A third of the page: surnames alone beside the points.
    var isNarrow = false
    private var context: ReportContext { people.context }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        guard let limits = people.limits else { return absence }
        for member in people.members {
            ledger.note(
                page: page, context.figure("RESP-09", context.month, [.person: member.identifier]),
                "Answered in time, \(member.name)", member.share)
        }
        return Block(
            finding, sub: say("By person. Beyond the solid curve: 1 in 500 by chance"), note: note,
            plate: plate(limits))
    }

    var absence: Block {
        let title = say("Who stands out cannot be told")
        let sub = say("Answered in time by person")
        if context.settings.targets.firstResponseSeconds.isEmpty, context.settings.targets.firstResponseSecondsElse == nil,
            (context.answeredInTime(.responses, context.at(context.month))?.trials ?? 0) == 0 {
            return Block(
                title, sub: sub,
                plate: NoticePlate(
                    RichText(marked: say("Set **targets: first-response-time** in dealership.yaml: without a target nothing is in time."))))
        }
        guard people.isNamed else {
            return Block(
                title, sub: sub,
                plate: NoticePlate(
                    RichText(
                        marked: say("""
                            The messages do not say who wrote them. Map **person_id** in exports/messages.csv, and \
                            **assigned_to** in exports/conversations.csv so that silence belongs to somebody.
                            """))))
        }
        let had = Words.counted(people.tooFew, "person has", "people have", context: "answered")
        return Block(
            title, sub: sub,
            plate: NoticePlate(
                RichText(
                    say("""
                        \(had) answered fewer than \(Words.count(context.minimumN)) conversations each in \
                        \(Words.monthName(context.month)); two people with that many are needed to compare.
                        """))))
    }

    var finding: String {
        let help = people.needingHelp.count
        let praise = people.praised.count
        let first = help > 0 ? say(help, "one person needs help", "\(help) people need help") : ""
        let second: String
        switch (help > 0, praise) {
        case (_, 0): second = ""
        case (true, 1): second = say("one deserves praise")
        case (true, _): second = say("\(praise) deserve praise")
        case (false, _): second = say(praise, "one person deserves praise", "\(praise) people deserve praise")
        }
        let words = [first, second].filter { !$0.isEmpty }.joined(separator: ", ")
        return words.isEmpty ? say("Nobody stands out beyond chance") : Words.capitalised(words)
    }

    private var note: RichText {
        var parts: [String] = []
        if people.tooFew > 0 {
            parts.append(
                say("\(Words.counted(people.tooFew, "person", "people")) with fewer than \(Words.count(context.minimumN)) not scored."))
        }
        if people.unassigned > 0 {
            parts.append(say("\(Words.count(people.unassigned)) unanswered had no assignee and count for nobody."))
        }
        return RichText(parts.joined(separator: " "))
    }

    /// The farthest outside the solid curves first, then outside the dashed ones.
    private var named: Set<String> {
        let byDistance = (people.needingHelp + people.praised).sorted { $0.z.magnitude > $1.z.magnitude } + people.noted
        return Set(byDistance.prefix(limit).map(\.identifier))
    }

    func plate(_ limits: FunnelLimits) -> WhoStandsOutPlate {
        let named = self.named
        let points = people.members.map { member -> WhoStandsOutPlate.Point in
            let share = member.share.estimate ?? 0
            let isNamed = named.contains(member.identifier)
            let standing = StandingCurves.standing(member.zone, isNamed: isNamed)
            let count = say("\(Words.count(member.share.successes)) of \(Words.count(member.share.trials))")
            return .init(
                n: Double(member.share.trials), share: share * 100,
                label: isNamed ? label(member, share) : "", note: isNamed && !isNarrow ? count : "", standing: standing)
        }
        return WhoStandsOutPlate(
            subject: say("Answered in time by person"), points: points,
            centre: ReferenceLine(limits.centre * 100, say("average \(Words.share(limits.centre))")), limits: StandingCurves.limits(
                limits, from: context.minimumN, to: people.members.map(\.share.trials).max() ?? context.minimumN),
            xTitle: say("conversations judged"))
    }

    private func label(_ member: PeopleStanding.Member, _ share: Double) -> String {
        guard isNarrow, let last = member.name.split(separator: " ").last else {
            return "\(member.name) \(Words.share(share))"
        }
        return String(last)
    }
}

/// Worth praising, and worth a talk: in words what the plot shows, and the pairs of departments that do well.
struct PraisePanel {
    let people: PeopleStanding
    let pairs: HandoffPairs
    /// Points at most.
    let limit: Int

    func block() -> Block {
        let praised = people.praised.map { point($0) }
        let help = people.needingHelp.map { point($0) }
        let teams = pairs.rated.filter(\.isClearlyAbove)
            .sorted { ($1.share.estimate ?? 0, $0.words) < ($0.share.estimate ?? 0, $1.words) }.prefix(1).map { pair in
                PointsPlate.Point(
                    Label(Words.capitalised(pair.words), cue: .up),
                    RichText(
                        say("""
                            \(Words.count(pair.share.successes)) of \(Words.count(pair.share.trials)) handoffs in time, clearly \
                            above the target.
                            """)))
            }
        // Room for both sides: who needs help is never pushed out by praise.
        let kept = Array(help.prefix(max(limit - 1, 1)))
        let good = Array((praised + teams).prefix(max(limit - kept.count, 1)))
        // Chance puts 1 in 20 there: worth a look, no verdict.
        let noted = people.noted.prefix(max(min(limit, 3) - good.count - kept.count, 0)).map { member in
            PointsPlate.Point(
                Label("\(member.name)\(member.department.isEmpty ? "" : ", \(Words.department(member.department))")", cue: .ring),
                RichText(
                    dashed(member)
                        + (member.months > 1 ? say(" for \(member.months) months in a row.") : say(": 1 in 20 by chance."))))
        }
        let title = kept.isEmpty ? say("Worth praising") : good.isEmpty ? say("Worth a talk") : say("Worth praising, and worth a talk")
        let nobody = people.limits == nil ? say("Nothing to go by yet: see the panel above.") : say("""
            Nobody is far from the others this month; \
            what lies inside the curves is chance.
            """)
        return Block(
            kept.isEmpty && good.isEmpty ? noted.isEmpty ? say("Nobody to single out") : say("Worth a look, no more") : title,
            sub: say("Against the average of all who answered"),
            plate: PointsPlate(points: good + kept + noted, emptyText: nobody))
    }

    private func dashed(_ member: PeopleStanding.Member) -> String {
        let (inTime, all) = (Words.count(member.share.successes), Words.count(member.share.trials))
        return member.zone == .above
            ? say("\(inTime) of \(all) in time, above the dashed curve")
            : say("\(inTime) of \(all) in time, below the dashed curve")
    }

    private func point(_ member: PeopleStanding.Member) -> PointsPlate.Point {
        let isGood = member.zone == .farAbove
        let department = member.department.isEmpty ? "" : ", \(Words.department(member.department))"
        let share = member.share
        let missed = share.trials - share.successes
        let usual = (Double(share.trials) * (1 - people.centre)).rounded()
        let run = member.months > 1 ? say(" Month \(member.months) in a row outside the curves.") : ""
        let text = isGood
            ? say("""
                \(Words.count(share.successes)) of \(Words.count(share.trials)) in time; at the average \
                \(Words.count(Int(usual))) would be late or unanswered, here \(Words.count(missed)).\(run)
                """)
            : say("""
                \(Words.count(missed)) of \(Words.count(share.trials)) late or unanswered; at the average it would be \
                \(Words.count(Int(usual))).\(run)
                """)
        return PointsPlate.Point(
            Label("\(member.name)\(department)", isGood ? nil : .bad, cue: isGood ? .up : .down), RichText(text))
    }
}
