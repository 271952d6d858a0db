import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Answered in time by channel and by department with likely ranges, raw beside less outages and leave.
struct InTimePanel {
    private struct Item {
        var channel: ChannelAnswers.Channel?
        var department = ""
        var asked: Int
        var share: Proportion
        var adjusted: Proportion
        var standing: ChannelAnswers.Standing
        var slice: [Dimension: String]
        var title: String { channel?.title ?? Words.departmentTitle(department) }
        var isMissing: Bool { if case .missing = standing { true } else { false } }
        var hasRate: Bool { [.below, .onTarget, .unclear, .noGoal].contains(standing) }
    }

    let answers: ChannelAnswers
    /// Channels, and departments, at most.
    let limit: Int
    private let channels: [Item]
    private let departments: [Item]
    private var context: ReportContext { answers.context }

    init(_ answers: ChannelAnswers, limit: Int) {
        self.answers = answers
        self.limit = limit
        let context = answers.context
        channels = answers.channels.map { channel in
            let slice = context.at(context.month, [.channel: channel.name])
            return Item(
                channel: channel, asked: channel.conversations, share: channel.share,
                adjusted: context.answeredInTime(.adjustedByChannel, slice) ?? Proportion(successes: 0, trials: 0),
                standing: channel.standing, slice: [.channel: channel.name])
        }
        departments = context.labels(.responsesByDepartment, .department).filter { !$0.isEmpty }.map { name in
            let slice: [Dimension: String] = [.department: name]
            let share = context.answeredInTime(.responsesByDepartment, slice) ?? Proportion(successes: 0, trials: 0)
            let asked = context.count(.responsesByDepartment, "conversations", slice) ?? 0
            return Item(
                department: name, asked: asked, share: share,
                adjusted: context.answeredInTime(.adjustedByDepartment, slice) ?? Proportion(successes: 0, trials: 0),
                standing: asked == 0 ? .none : ChannelAnswers.standing(
                    share, goal: answers.goal, target: share.trials > 0 ? 0 : nil, minimumN: context.minimumN),
                slice: slice)
        }.filter { $0.asked > 0 }.sorted { ($1.asked, $0.title) < ($0.asked, $1.title) }
    }

    func blocks(page: Int, ledger: inout FigureLedger) -> [Block] {
        guard answers.hasTargets else {
            return [
                Block(
                    say("No target is set: nothing is in time or late"),
                    sub: say("Answered in time by channel and department"),
                    plate: NoticePlate(
                        RichText(
                            marked: say("""
                                Set **targets: first-response-time** and **answered-in-time** in dealership.yaml; this panel \
                                then shows who is answered late.
                                """))))
            ]
        }
        for item in channels + departments where item.hasRate { note(item, page: page, &ledger) }
        let first = Block(
            finding(channels, areChannels: true),
            sub: say("Within target. Thin line: likely range. Adjusted: less outages, leave"),
            note: hidden(channels, rows.channels),
            plate: bars(shown(channels, rows.channels), head: true))
        guard !departments.isEmpty else { return [first] }
        return [
            first,
            Block(
                finding(departments, areChannels: false), note: hidden(departments, rows.departments),
                plate: bars(shown(departments, rows.departments), head: false)),
        ]
    }

    /// Rows that half a page has room for, shared out: departments get what channels leave, and three at least.
    private static let room = 8
    private var rows: (channels: Int, departments: Int) {
        let own = min(channels.count, limit, InTimePanel.room - min(departments.count, limit, 3))
        return (own, min(departments.count, limit, InTimePanel.room - own))
    }

    private func note(_ item: Item, page: Int, _ ledger: inout FigureLedger) {
        ledger.note(
            page: page, context.figure("RESP-02", context.month, item.slice), "\(item.title), answered in time", item.share)
        guard item.adjusted.trials >= context.minimumN else { return }
        ledger.note(
            page: page, context.figure("RESP-09", context.month, item.slice),
            "\(item.title), answered in time less outages and leave", item.adjusted)
    }

    private func finding(_ items: [Item], areChannels: Bool) -> String {
        let rated = items.filter(\.hasRate)
        if rated.isEmpty {
            return areChannels
                ? say("Too few in every channel to print a share") : say("Too few in every department to print a share")
        }
        if answers.goal == nil {
            return areChannels
                ? say("Answered in time by channel; no goal is set")
                : say("Answered in time by department; no goal is set")
        }
        let below = items.filter { $0.standing == .below }
        if below.isEmpty {
            let isOn = rated.allSatisfy { $0.standing == .onTarget }
            if rated.count == 1 {
                return isOn
                    ? say("\(rated[0].title) is on target") : say("\(rated[0].title) is not clearly below target")
            }
            if areChannels {
                return isOn
                    ? say("Every channel with enough is on target") : say("No channel clearly misses the target")
            }
            return isOn
                ? say("Every department with enough is on target") : say("No department clearly misses the target")
        }
        if below.count == 1 { return say("\(below[0].title) clearly misses the target") }
        return areChannels
            ? say("\(below.count) of \(rated.count) channels clearly miss the target")
            : say("\(below.count) of \(rated.count) departments clearly miss the target")
    }

    private func hidden(_ items: [Item], _ most: Int) -> RichText {
        let hidden = items.count - most
        guard hidden > 0 else { return "" }
        return RichText(
            say(
                hidden, "\(Words.count(hidden)) smaller one is in the figures file.",
                "\(Words.count(hidden)) smaller ones are in the figures file."))
    }

    /// The busiest, and every one below target.
    private func shown(_ items: [Item], _ most: Int) -> [Item] {
        guard items.count > most else { return items }
        let ranked = items.filter { $0.standing == .below } + items.filter { $0.standing != .below }
            .sorted { ($1.asked, $0.title) < ($0.asked, $1.title) }
        let kept = Set(ranked.prefix(most).map(\.title))
        return items.filter { kept.contains($0.title) }
    }

    private func bars(_ items: [Item], head: Bool) -> BarsPlate {
        let rows = items.map { item in
            BarsPlate.Row(
                item.title, reading(item), fill: item.standing == .below ? .bad : .soft,
                cells: [inTime(item), adjusted(item), item.isMissing ? "–" : Label(Words.count(item.asked))], emphasised: item.standing == .below)
        }
        return BarsPlate(
            subject: head ? say("Share answered in time, by channel") : say("Share answered in time, by department"),
            columns: [say("In time"), say("Adjusted"), say("Asked")],
            rows: rows, target: answers.goal.map { ReferenceLine($0 * 100, say("Target \(Words.share($0))")) },
            upper: 100,
            track: true, rowHeight: 17)
    }

    private func reading(_ item: Item) -> Reading {
        switch item.standing {
        case .missing(let reason): return .missing(reason)
        case .none: return .tooFew(say("nobody asked"))
        case .noTarget: return .tooFew(say("no target set"))
        case .tooFew: return .tooFew(Words.tooFew(item.share.trials, of: context.minimumN))
        case .below, .onTarget, .unclear, .noGoal:
            guard let value = item.share.estimate, let limits = item.share.wilson() else {
                return .tooFew(say("nobody asked"))
            }
            return .value(value * 100, likely: LikelyRange(limits.lower * 100, limits.upper * 100))
        }
    }

    private func inTime(_ item: Item) -> Label {
        guard item.hasRate, let share = item.share.estimate else { return "" }
        return item.standing == .below ? .bad(Words.share(share)) : Label(Words.share(share), bold: true)
    }

    private func adjusted(_ item: Item) -> Label {
        guard item.adjusted.trials >= context.minimumN, let share = item.adjusted.estimate else { return "" }
        return Label(Words.share(share))
    }
}
