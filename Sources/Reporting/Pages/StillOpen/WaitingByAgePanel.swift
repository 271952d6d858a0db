import Basis
import Drawing
import Measures

/// Who is still waiting at the as-of instant: since when, on which channel.
struct WaitingByAgePanel {
    let answers: ChannelAnswers
    /// Channels told apart at most.
    let limit: Int
    /// Channels on which somebody waits, most first.
    private let channels: [String]
    private var context: ReportContext { answers.context }

    init(_ answers: ChannelAnswers, limit: Int) {
        self.answers = answers
        self.limit = limit
        let context = answers.context
        let counted = context.labels(.waitingByAge, .channel).map { name in
            (name, WaitingByAgePanel.waiting(context, [.channel: name]))
        }
        channels = counted.filter { $0.1 > 0 }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map(\.0)
    }

    private static func waiting(_ context: ReportContext, _ slice: [Dimension: String]) -> Int {
        // The answered have no age.
        WaitingAge.all.reduce(0) { sum, age in
            guard slice[.age].map({ $0 == age }) ?? true else { return sum }
            let own = slice.merging([.age: age]) { $1 }
            return sum + (context.count(.waitingByAge, "still_waiting", own) ?? 0)
        }
    }

    var total: Int { WaitingByAgePanel.waiting(context, [:]) }
    /// In the last step.
    var old: Int { WaitingAge.all.last.map { WaitingByAgePanel.waiting(context, [.age: $0]) } ?? 0 }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let asOf = Words.day(answers.asOfDay)
        let sub = say("Still waiting on \(asOf), by time since they wrote and channel")
        guard answers.all.conversations > 0 else {
            return Block(
                say("No conversation in \(Words.monthName(context.month))"), sub: sub,
                plate: NoticePlate(
                    RichText(
                        say("""
                            Export messages for \(Words.span(context.month.firstDay, context.month.lastDay)) as \
                            \(answers.file(of: "")) and draw the report again.
                            """)), isMissing: true))
        }
        ledger.note(page: page, context.figure("RESP-06", context.month), "still waiting", count: total)
        let earlier = WaitingPanel(answers: answers, focus: WaitFocus(answers)).earlierWords
        guard total > 0 else {
            return Block(
                say("Nobody of \(Words.monthName(context.month)) is still waiting"), sub: sub,
                plate: ParagraphPlate(
                    RichText(say("Every conversation was answered, or is still within its target. \(earlier)"))))
        }
        for age in WaitingAge.all {
            for channel in channels {
                let count = WaitingByAgePanel.waiting(context, [.channel: channel, .age: age])
                guard count > 0 else { continue }
                ledger.note(
                    page: page, context.figure("RESP-06", context.month, [.channel: channel, .age: age]),
                    "\(Words.channel(channel)), still waiting \(age)", count: count)
            }
        }
        return Block(finding, sub: sub, note: RichText(earlier), plate: plate)
    }

    private static func title(_ age: String) -> String {
        switch age {
        case "under 1 h": say("Under 1 h")
        case "1 to 4 h": say("1 to 4 h")
        case "4 to 24 h": say("4 to 24 h")
        case "1 to 3 days": say("1 to 3 days")
        case "3 to 7 days": say("3 to 7 days")
        case "over 7 days": say("Over 7 days")
        default: Words.capitalised(age)
        }
    }

    private var finding: String {
        guard let first = channels.first else { return "" }
        let most = WaitingByAgePanel.waiting(context, [.channel: first])
        if channels.count == 1 {
            return say("All \(Words.count(total)) who still wait are on one channel: \(Words.channelPlural(first))")
        }
        return say("\(Words.count(most)) of the \(Words.count(total)) who still wait: \(Words.channelPlural(first))")
    }

    private var plate: StackedBarsPlate {
        let shown = channels.count > limit ? Array(channels.prefix(limit - 1)) : channels
        let rest = channels.dropFirst(shown.count)
        let fills: [Fill] = [.strong, .medium, .soft, .pale]
        var parts = zip(shown, fills).map { StackedBarsPlate.Part(Words.channel($0), $1) }
        if !rest.isEmpty { parts.append(.init(say("others"), fills[min(parts.count, fills.count - 1)])) }
        // One colour alone needs no name.
        if parts.count == 1 { parts = [.init("", .soft)] }
        let rows = WaitingAge.all.reversed().map { age -> StackedBarsPlate.Row in
            func count(_ channel: String) -> Int { WaitingByAgePanel.waiting(context, [.channel: channel, .age: age]) }
            var counts = shown.map(count)
            if !rest.isEmpty { counts.append(rest.reduce(0) { $0 + count($1) }) }
            return StackedBarsPlate.Row(
                WaitingByAgePanel.title(age),
                counts.map { .init(Double($0), $0 > 0 ? Words.count($0) : "") },
                total: Label(Words.count(counts.reduce(0, +))))
        }
        return StackedBarsPlate(
            subject: say("Still waiting by time and channel"), parts: parts, rows: rows, rowHeight: 21)
    }
}
