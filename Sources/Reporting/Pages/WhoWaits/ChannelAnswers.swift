import Basis
import Dealership
import Measures
import Statistics

/// How each channel's customers were answered in the report's month.
struct ChannelAnswers {
    enum Standing: Equatable {
        /// The whole likely range is below the target.
        case below
        /// The month's share is at or over the target.
        case onTarget
        /// Below, but the likely range holds the target.
        case unclear
        case tooFew
        /// There is a share, but no goal for it.
        case noGoal
        /// The channel has no target time, so nothing can be in time.
        case noTarget
        /// Nobody wrote.
        case none
        /// No export shows it: why.
        case missing(String)
    }

    struct Channel {
        var name: String
        var conversations: Int
        /// Of the judged: in time, late, unanswered past target.
        var share: Proportion
        var standing: Standing
        var targetSeconds: Int64?
        var half: Cell
        /// No answer by the as-of day, those within target left out.
        var waiting: Int
        /// Several small channels in one row.
        var isRest = false
        /// All channels together.
        var isAll = false

        var isMissing: Bool { if case .missing = standing { true } else { false } }
        var hasRate: Bool { [.below, .onTarget, .unclear, .noGoal].contains(standing) }
        var title: String { isAll ? say("All") : isRest ? name : Words.channel(name) }
        var plural: String { isRest ? name : Words.channelPlural(name) }
    }

    let context: ReportContext
    /// Those with a rate first, best first; then too few, without target, missing.
    let channels: [Channel]
    let all: Channel
    /// Share to be answered in time; nil: no goal is set.
    let goal: Double?
    /// The last day that messages are known of.
    let asOfDay: Day

    init(_ context: ReportContext) {
        self.context = context
        goal = context.settings.targets.answeredInTimePermille.map { Double($0) / 1000 }
        let tables: [StandardTable] = context.header.has(.messages) ? [.messages] : [.conversations]
        // Stores east of the first zone have the next day already: the report's day is the last that is over everywhere.
        let day = context.header.zones.first.map { $0.day(at: context.header.asOf(of: tables) + -1) }
        asOfDay = min(day ?? context.header.asOfDay, context.header.asOfDay)
        let found = context.labels(.responsesByChannel, .channel, where: context.at(context.month))
        let managed = context.settings.channels.filter { $0.management == .managed }.map(\.name)
        let names = Set(found + managed.filter { ChannelAnswers.isOfCustomers($0, context) }).sorted()
        var channels: [Channel] = []
        for name in names { channels.append(ChannelAnswers.channel(name, context, goal: goal)) }
        self.channels = channels.sorted(by: ChannelAnswers.comesFirst)
        all = ChannelAnswers.sum(context, goal: goal)
    }

    /// Not one on which only the staff writes: there are messages, but never a customer's question.
    private static func isOfCustomers(_ name: String, _ context: ReportContext) -> Bool {
        let asked = context.count(.responsesByChannel, "conversations", [.channel: name]) ?? 0
        return asked > 0 || (context.count(.volumesByChannel, "messages", [.channel: name]) ?? 0) == 0
    }

    private static func comesFirst(_ a: Channel, _ b: Channel) -> Bool {
        func rank(_ channel: Channel) -> Int {
            switch channel.standing {
            case .below, .onTarget, .unclear, .noGoal: 0
            case .noTarget: 1
            case .missing: 2
            case .tooFew: 3
            case .none: 4
            }
        }
        if rank(a) != rank(b) { return rank(a) < rank(b) }
        let (x, y) = (a.share.estimate ?? 0, b.share.estimate ?? 0)
        if rank(a) == 0, x != y { return x > y }
        return (-a.conversations, a.name) < (-b.conversations, b.name)
    }

    private static func channel(_ name: String, _ context: ReportContext, goal: Double?) -> Channel {
        let slice = context.at(context.month, [.channel: name])
        let conversations = context.count(.responsesByChannel, "conversations", slice) ?? 0
        let target = context.settings.targets.firstResponseSeconds(channel: name)
        let share = context.answeredInTime(.responsesByChannel, slice) ?? Proportion(successes: 0, trials: 0)
        let standing = conversations == 0
            ? absence(name, context)
            : standing(share, goal: goal, target: target ?? (share.trials > 0 ? 0 : nil), minimumN: context.minimumN)
        return Channel(
            name: name, conversations: conversations, share: share, standing: standing, targetSeconds: target,
            half: context.cell(.responsesByChannel, "p50", slice),
            waiting: context.count(.responsesByChannel, "still_waiting", slice) ?? 0)
    }

    private static func sum(_ context: ReportContext, goal: Double?) -> Channel {
        let slice = context.at(context.month)
        let share = context.answeredInTime(.responses, slice) ?? Proportion(successes: 0, trials: 0)
        let conversations = context.count(.responses, "conversations", slice) ?? 0
        let hasTarget = share.trials > 0 ? Int64(0) : nil
        return Channel(
            name: say("All"), conversations: conversations, share: share,
            standing: conversations == 0 ? .none : standing(share, goal: goal, target: hasTarget, minimumN: context.minimumN),
            half: context.cell(.responses, "p50", slice),
            waiting: context.count(.responses, "still_waiting", slice) ?? 0, isRest: true, isAll: true)
    }

    static func standing(_ share: Proportion, goal: Double?, target: Int64?, minimumN: Int) -> Standing {
        if target == nil { return .noTarget }
        guard share.trials >= minimumN, let estimate = share.estimate, let limits = share.wilson() else { return .tooFew }
        guard let goal else { return .noGoal }
        if limits.upper < goal { return .below }
        return estimate >= goal ? .onTarget : .unclear
    }

    /// Why a channel has no conversation in the month.
    private static func absence(_ name: String, _ context: ReportContext) -> Standing {
        let month = Words.monthName(context.month)
        let audits = context.audits(.messages) + context.audits(.conversations)
        if let own = exportLabel(of: name, context), let audit = audits.first(where: { $0.name == own }) {
            guard let last = audit.lastDay else { return .missing(say("no export for \(month)")) }
            return last < context.month.firstDay ? .missing(say("export ends \(Words.day(last))")) : .none
        }
        func messages(_ month: Month) -> Int {
            context.count(.volumesByChannel, "messages", context.at(month, [.channel: name])) ?? 0
        }
        if messages(context.month) > 0 { return .none }
        // A channel that was busy does not fall silent for a month; one that never was may not be in use.
        let earlier = context.months.dropLast().map(messages).filter { $0 > 0 }
        if earlier.isEmpty { return .missing(say("never exported")) }
        let usual = earlier.reduce(0, +) / earlier.count
        return usual >= context.minimumN ? .missing(say("no export for \(month)")) : .none
    }

    /// The label of the export that holds this channel alone.
    private static func exportLabel(of channel: String, _ context: ReportContext) -> String? {
        context.settings.exports.first { export in
            guard export.table == .messages || export.table == .conversations,
                case .constant(channel)? = export.columns["channel"]?.rule
            else { return false }
            return true
        }.map { $0.label ?? $0.table.rawValue }
    }

    /// The file that should hold a channel's messages.
    func file(of channel: String) -> String {
        let own = context.settings.exports.first { export in
            if case .constant(channel)? = export.columns["channel"]?.rule { true } else { false }
        }
        let any = context.settings.exports.first { $0.table == .messages }
        return "exports/\((own ?? any)?.file ?? "messages.csv")"
    }

    var below: [Channel] { channels.filter { $0.standing == .below } }
    var missing: [Channel] { channels.filter(\.isMissing) }
    /// Missing in the month though there were messages before, or one is told to be there.
    var rated: [Channel] { channels.filter(\.hasRate) }
    /// The channel that misses its target most; nil: none does clearly.
    var worst: Channel? { below.min { ($0.share.estimate ?? 0) < ($1.share.estimate ?? 0) } }

    /// What the target is said to be: the one time that all channels with conversations share; nil: they differ.
    var commonTarget: Int64? {
        let targets = Set(channels.filter { $0.conversations > 0 }.map(\.targetSeconds))
        return targets.count == 1 ? targets.first ?? nil : nil
    }
    var hasTargets: Bool { channels.contains { $0.conversations > 0 && ($0.targetSeconds != nil || $0.share.trials > 0) } }
    /// Some are judged by the instant that the export promised each conversation.
    var hasPromises: Bool { channels.contains { $0.targetSeconds == nil && $0.share.trials > 0 } }
    var usesOpenHours: Bool {
        let hours = context.settings.hours
        return hours.standard != nil || !hours.stores.isEmpty || !hours.departments.isEmpty
    }
}
