import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Answered in time by channel, against the target.
struct ChannelPanel {
    let answers: ChannelAnswers
    /// Rows at most.
    let limit: Int
    private var context: ReportContext { answers.context }

    /// The first so many channels; the others summed, but never one that misses its target.
    private var rows: [ChannelAnswers.Channel] {
        guard answers.channels.count > limit else { return answers.channels }
        let ranked = answers.channels.filter { $0.standing == .below } + answers.channels.filter { $0.standing != .below }
            .sorted { ($1.conversations, $0.name) < ($0.conversations, $1.name) }
        let kept = Set(ranked.prefix(max(limit - 1, 1)).map(\.name))
        let rest = answers.channels.filter { !kept.contains($0.name) }
        let share = rest.map(\.share).reduce(Proportion(successes: 0, trials: 0), +)
        let conversations = rest.reduce(0) { $0 + $1.conversations }
        let sum = ChannelAnswers.Channel(
            name: "\(Words.counted(rest.count, "other", "others"))", conversations: conversations, share: share,
            standing: conversations == 0
                ? .none
                : ChannelAnswers.standing(
                    share, goal: answers.goal, target: share.trials > 0 ? 0 : nil, minimumN: context.minimumN),
            half: .none, waiting: rest.reduce(0) { $0 + $1.waiting }, isRest: true)
        return answers.channels.filter { kept.contains($0.name) } + [sum]
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        note(page: page, &ledger)
        guard answers.hasTargets else { return withoutTargets }
        return Block(finding, sub: sub, note: note, plate: plate)
    }

    private var sub: String {
        if answers.hasPromises { return say("Answered by the time promised to each. Thin line: likely range") }
        guard let target = answers.commonTarget else {
            return say("Answered within each channel’s own target. Thin line: likely range")
        }
        guard target % 60 == 0, target < 7_200 else {
            return say("Share answered within \(Words.duration(target)). Thin line: likely range")
        }
        let minutes = Int(target / 60)
        return answers.usesOpenHours
            ? say(
                minutes, "Share answered within \(minutes) open minutes. Thin line: likely range",
                "Share answered within \(minutes) open minutes. Thin line: likely range")
            : say(
                minutes, "Share answered within \(minutes) minutes. Thin line: likely range",
                "Share answered within \(minutes) minutes. Thin line: likely range")
    }

    private var finding: String {
        let rated = answers.rated
        let unknown = answers.missing.map { Words.channelPlural($0.name) }
        let tail = unknown.isEmpty ? "" : say(", \(unknown.count > 2 ? say("\(unknown.count) channels") : Words.list(unknown)) unknown")
        if rated.isEmpty { return say("Too few on every channel to print a share\(tail)") }
        if answers.goal == nil { return say("Answered in time by channel; no goal is set\(tail)") }
        let below = answers.below
        if below.count == 1, let one = below.first {
            return rated.count == 1 ? say("\(one.title): below the target\(tail)") : say("Only \(one.plural) clearly miss the target\(tail)")
        }
        if below.count > 1 { return say("\(below.count) of \(rated.count) channels clearly miss the target\(tail)") }
        if rated.allSatisfy({ $0.standing == .onTarget }) {
            return rated.count == 1 ? say("\(rated[0].title): on target\(tail)") : say("\(rated.count) channels on target\(tail)")
        }
        return say("No channel clearly misses the target\(tail)")
    }

    private var plate: BarsPlate {
        let rows = self.rows.map { channel -> BarsPlate.Row in
            let isBelow = channel.standing == .below
            return BarsPlate.Row(
                channel.title, labelNote: targetNote(channel), reading(channel), fill: isBelow ? .bad : .soft,
                cells: [inTime(channel), asked(channel), half(channel)], emphasised: isBelow)
        }
        let all = answers.all
        let limits = all.share.wilson()
        let likely = limits.map {
            // Beside the bars there is room for few letters.
            say("likely \(($0.lower * 100).shown(0)) to \(($0.upper * 100).shown(0)) %", context: "short")
        }
        let remark = all.hasRate ? likely ?? "" : ""
        let total = BarsPlate.Total(
            answers.missing.isEmpty ? say("All") : say("Known"), remark: remark, cells: [inTime(all), asked(all), half(all)])
        return BarsPlate(
            subject: say("Share answered in time, by channel"),
            columns: [say("In time"), say("Asked", context: "customers"), say("Half in")], rows: rows,
            total: rows.count > 1 ? total : nil,
            target: answers.goal.map { ReferenceLine($0 * 100, say("Target \(Words.share($0))")) }, upper: 100, track: true,
            rowHeight: rows.count < 5 ? 31 : 27)
    }

    /// Where targets differ, each row says its own.
    private func targetNote(_ channel: ChannelAnswers.Channel) -> String {
        guard answers.commonTarget == nil, !channel.isRest, let target = channel.targetSeconds else { return "" }
        return Words.bound(target)
    }

    private func reading(_ channel: ChannelAnswers.Channel) -> Reading {
        switch channel.standing {
        case .missing(let reason): return .missing(reason)
        case .none: return .tooFew(say("nobody asked"))
        case .noTarget: return .tooFew(say("no target set"))
        case .tooFew: return .tooFew(Words.tooFew(channel.share.trials, of: context.minimumN))
        case .below, .onTarget, .unclear, .noGoal:
            guard let value = channel.share.estimate, let limits = channel.share.wilson() else { return .tooFew(say("nobody asked")) }
            return .value(value * 100, likely: LikelyRange(limits.lower * 100, limits.upper * 100))
        }
    }

    private func inTime(_ channel: ChannelAnswers.Channel) -> Label {
        guard channel.hasRate, let share = channel.share.estimate else { return channel.isMissing ? "–" : "" }
        return channel.standing == .below ? .bad(Words.share(share)) : Label(Words.share(share), bold: true)
    }
    private func asked(_ channel: ChannelAnswers.Channel) -> Label {
        channel.isMissing ? "–" : Label(Words.count(channel.conversations))
    }
    private func half(_ channel: ChannelAnswers.Channel) -> Label {
        if channel.isMissing { return "–" }
        return channel.conversations >= context.minimumN ? Label(Words.wait(channel.half)) : ""
    }

    /// Nothing is in time or late: how many asked, and how long half of them waited.
    private var withoutTargets: Block {
        let rows = self.rows.map { channel in
            BarsPlate.Row(
                channel.title,
                channel.isMissing || channel.conversations == 0
                    ? reading(channel) : .value(Double(channel.conversations)),
                cells: [asked(channel), half(channel), Label(Words.count(channel.waiting))])
        }
        let all = answers.all
        return Block(
            say("No target is set: half were answered within \(Words.wait(all.half))"),
            sub: say("Conversations of \(Words.monthName(context.month)) by channel"),
            note: say("Set targets: first-response-time and answered-in-time in dealership.yaml; this panel then shows who is late."),
            plate: BarsPlate(
                subject: say("Conversations by channel"),
                columns: [say("Asked", context: "customers"), say("Half in"), say("Waiting")], rows: rows,
                total: rows.count > 1
                    ? .init(say("All"), cells: [asked(all), half(all), Label(Words.count(all.waiting))]) : nil))
    }

    /// What the outages took: the channel whose share they changed most.
    private var note: RichText {
        let month = context.month
        var most: (channel: ChannelAnswers.Channel, adjusted: Proportion, gap: Double)?
        for channel in answers.rated {
            let slice = context.at(month, [.channel: channel.name])
            guard let adjusted = context.answeredInTime(.adjustedByChannel, slice), adjusted.trials >= context.minimumN,
                let raw = channel.share.estimate, let without = adjusted.estimate
            else { continue }
            let gap = (without - raw).magnitude
            if Words.share(without) != Words.share(raw), gap > most?.gap ?? 0 { most = (channel, adjusted, gap) }
        }
        guard let most, let without = most.adjusted.estimate, let raw = most.channel.share.estimate else { return "" }
        return RichText(
            marked: say("""
                \(most.channel.title) without \(outageWords(most.channel.name)): **\(Words.share(without))**, with it \
                \(Words.share(raw)).
                """))
    }

    private func outageWords(_ channel: String) -> String {
        let month = context.month
        let days = context.header.outages.filter { $0.activities(context.settings.outages).contains(channel) }.compactMap {
            outage -> Day? in
            let zone = outage.store >= 0 ? context.header.zone(ofStore: Int(outage.store)) : context.header.zones.first
            return zone?.day(at: outage.start)
        }.filter { $0.month == month }
        if days.count == 1, let day = days.first { return say("the outage of \(Words.day(day))") }
        return days.isEmpty
            ? say("outages", context: "without") : say("the \(days.count) outages of \(Words.monthName(month))")
    }

    private func note(page: Int, _ ledger: inout FigureLedger) {
        let month = context.month
        func note(_ channel: ChannelAnswers.Channel, _ slice: [Dimension: String]) {
            if channel.hasRate {
                ledger.note(page: page, context.figure("RESP-02", month, slice), "\(channel.title), answered in time", channel.share)
            }
            if channel.conversations >= context.minimumN {
                ledger.note(
                    page: page, context.figure("RESP-07", month, slice), "\(channel.title), half answered within, seconds",
                    channel.half, n: channel.conversations, method: "Kaplan–Meier")
            }
        }
        for channel in answers.channels { note(channel, [.channel: channel.name]) }
        note(answers.all, [:])
        guard !self.note.isEmpty else { return }
        for channel in answers.rated {
            guard let adjusted = context.answeredInTime(.adjustedByChannel, context.at(month, [.channel: channel.name])),
                adjusted != channel.share
            else { continue }
            ledger.note(
                page: page, context.figure("RESP-09", month, [.channel: channel.name]),
                "\(channel.title), answered in time without outages", adjusted)
        }
    }
}
