import Basis
import Drawing
import Measures
import Statistics

/// How long customers waited, in classes around the target. Where targets differ by channel: of the one channel in question.
struct DistributionPanel {
    let answers: ChannelAnswers
    let focus: WaitFocus
    /// This channel alone; nil: the one in question, or all.
    var only: String?
    /// Classes in time, and late ones, at most.
    var classes = (before: 5, after: 3)
    /// A third of the page: classes are named by their upper end alone.
    var isNarrow = false
    private var context: ReportContext { answers.context }

    /// The conversations shown, and which of them are set off.
    private struct Shown {
        /// Nil: all channels.
        var channel: ChannelAnswers.Channel?
        var answered: SparseHistogram
        /// No answer, and past the target (or without one).
        var silent: Int
        /// Of these: the channel set off.
        var part: ChannelAnswers.Channel?
        var partAnswered: SparseHistogram
        var target: Int64?
        var conversations: Int
        var judged: Int { Int(answered.count) + silent }
    }

    private var shown: Shown? {
        let busiest = answers.channels.filter { $0.conversations > 0 }.max { ($0.conversations, $1.name) < ($1.conversations, $0.name) }
        let named = focus.distributionChannel.flatMap { name in answers.channels.first { $0.name == name } }
        let differ = Set(answers.channels.filter { $0.conversations > 0 }.map(\.targetSeconds)).count > 1
        let single = only.flatMap { name in answers.channels.first { $0.name == name } } ?? (differ ? named ?? busiest : nil)
        let slice = context.at(context.month, single.map { [.channel: $0.name] } ?? [:])
        guard let tally = context.tally(.responsesByChannel, slice) else { return nil }
        let part = only != nil || differ || answers.channels.filter { $0.conversations > 0 }.count < 2 ? nil : named
        let partTally = part.flatMap { context.tally(.responsesByChannel, context.at(context.month, [.channel: $0.name])) }
        return Shown(
            channel: single, answered: FirstResponseTime.waits(tally).answered,
            silent: single?.waiting ?? answers.all.waiting, part: part,
            partAnswered: partTally.map { FirstResponseTime.waits($0).answered } ?? SparseHistogram(),
            target: single?.targetSeconds ?? answers.commonTarget,
            conversations: single?.conversations ?? answers.all.conversations)
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        guard let shown, shown.judged > 0 else {
            return Block(
                say("No wait to show"), sub: say("Conversations by the time until a person answered"),
                plate: ParagraphPlate(RichText(say("Nobody asked in \(Words.monthName(context.month))."))))
        }
        let subject = shown.channel ?? shown.part
        let slice: [Dimension: String] = subject.map { [.channel: $0.name] } ?? [:]
        ledger.note(
            page: page, context.figure("RESP-08", context.month, slice),
            "\(subject?.title ?? say("All")), nine in ten answered within, seconds",
            context.cell(.responsesByChannel, "p90", context.at(context.month, slice)),
            n: subject?.conversations ?? answers.all.conversations, method: "Kaplan–Meier")
        return Block(finding(shown), sub: sub(shown), plate: plate(shown))
    }

    private func sub(_ shown: Shown) -> String {
        let what = shown.channel.map { "\(Words.count(shown.judged)) \($0.plural)" }
            ?? Words.counted(shown.judged, "conversation", "conversations")
        let part = shown.part.map { say("; dark: \($0.plural)") } ?? ""
        if isNarrow { return say("\(what). Each step: up to the time named") }
        return answers.usesOpenHours
            ? say("\(what) by open hours until a person answered\(part)")
            : say("\(what) by time until a person answered\(part)")
    }

    private func bounds(_ shown: Shown) -> (inTime: [Int64], late: [Int64]) {
        if let target = shown.target { return WaitClasses.bounds(target: target, before: classes.before, after: classes.after) }
        // Without a target the classes lie around the median.
        let middle = shown.answered.quantile(.median) ?? 3_600
        let centre = WaitClasses.step(atLeast: max(middle, 60))
        return WaitClasses.bounds(target: centre, before: classes.before - 1, after: classes.after + 1)
    }

    private func finding(_ shown: Shown) -> String {
        let subject = shown.channel ?? shown.part
        let answered = shown.part == nil ? shown.answered : shown.partAnswered
        let silent = subject?.waiting ?? shown.silent
        let count = Int(answered.count) + silent
        let name = subject.map(\.plural) ?? say("customers")
        guard count >= context.minimumN else {
            return "\(subject?.title ?? say("Waits")): \(Words.tooFew(count, of: context.minimumN))"
        }
        // More than one in ten beyond a bound: the highest for which it holds.
        let bounds = self.bounds(shown)
        for bound in ([bounds.inTime.last].compactMap { $0 } + bounds.late).reversed() {
            let beyond = count - Int(answered.count(through: bound))
            if beyond * 10 > count {
                if isNarrow { return say("Over 1 in 10 \(name) waited over \(Words.bound(bound))") }
                let tail = silent > 0 ? say(" or still wait") : ""
                return say("More than 1 in 10 \(name) waited over \(Words.bound(bound))\(tail)")
            }
        }
        let slice = context.at(context.month, subject.map { [.channel: $0.name] } ?? [:])
        let nine = Words.wait(context.cell(.responsesByChannel, "p90", slice))
        if isNarrow { return say("Nine in ten \(name): within \(nine)") }
        return say("Nine in ten \(name) were answered within \(nine)")
    }

    private func plate(_ shown: Shown) -> HistogramPlate {
        let bounds = self.bounds(shown)
        var bins: [HistogramPlate.Bin] = []
        var lower: Int64 = 0
        func inside(_ histogram: SparseHistogram, _ lower: Int64, _ upper: Int64?) -> Int {
            let through = upper.map { histogram.count(through: $0) } ?? histogram.count
            // The first class holds the answers within the same second.
            return Int(through - (lower == 0 ? 0 : histogram.count(through: lower)))
        }
        let uppers = bounds.inTime + bounds.late
        for (index, upper) in (uppers.map(Optional.some) + [nil]).enumerated() {
            let total = inside(shown.answered, lower, upper)
            let part = shown.part.map { _ in inside(shown.partAnswered, lower, upper) }
            let next = index + 1 < uppers.count ? uppers[index + 1] : nil
            let isRunning = shown.target == nil || index != bounds.inTime.count - 1
            let name = isNarrow
                ? upper.map { Words.bound($0, before: isRunning ? next : nil) } ?? say("more", context: "time")
                : Words.waitClass(lower, upper, before: isRunning ? next : nil)
            bins.append(bin(name, total, part))
            if let upper { lower = upper }
        }
        let silent = isNarrow ? say("none", context: "answer") : say("no answer", context: "bin")
        bins.append(bin(silent, shown.silent, shown.part.map(\.waiting), apart: true))
        let hasTarget = shown.target != nil
        return HistogramPlate(
            subject: say("Waits until a person answered"), bins: bins, targetBefore: hasTarget ? bounds.inTime.count : nil,
            inTime: hasTarget ? inTimeWords(shown) : [], late: hasTarget ? lateWords(shown) : [],
            waiting: hasTarget ? waitingWords(shown) : [])
    }

    private func bin(_ label: String, _ total: Int, _ part: Int?, apart: Bool = false) -> HistogramPlate.Bin {
        HistogramPlate.Bin(
            label, .value(Double(total)), totalLabel: Words.count(total), part: part.map(Double.init),
            partLabel: part.map(Words.count) ?? "", apart: apart)
    }

    private func percent(_ count: Int, _ shown: Shown) -> String {
        shown.judged >= context.minimumN ? "\(Words.share(Double(count) / Double(shown.judged))) " : ""
    }

    private func inTimeWords(_ shown: Shown) -> [Label] {
        guard let target = shown.target else { return [] }
        let count = Int(shown.answered.count(through: target))
        return [Label(say("\(percent(count, shown))in time: \(Words.count(count))"), .good, bold: true)]
    }

    private func lateWords(_ shown: Shown) -> [Label] {
        guard let target = shown.target else { return [] }
        let late = Int(shown.answered.count - shown.answered.count(through: target))
        let words = target == 3_600 ? say("60 min") : Words.bound(target)
        var labels = [Label(say("Target \(words)")), Label(say("\(percent(late, shown))late: \(Words.count(late))"), .bad, bold: true)]
        if let part = shown.part {
            let own = Int(shown.partAnswered.count - shown.partAnswered.count(through: target))
            labels.append(Label(say("\(Words.count(own)) of them \(part.plural)"), .text))
        }
        return labels
    }

    private func waitingWords(_ shown: Shown) -> [Label] {
        guard shown.silent > 0 else { return [] }
        var labels = [Label(say("\(percent(shown.silent, shown))still waiting: \(Words.count(shown.silent))"), .bad, bold: true)]
        if let part = shown.part { labels.append(Label(say("\(Words.count(part.waiting)) of them \(part.plural)"), .text)) }
        return labels
    }
}
