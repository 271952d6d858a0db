import Basis
import Drawing
import Measures

/// Who is still waiting, by days since they wrote.
struct WaitingPanel {
    let answers: ChannelAnswers
    let focus: WaitFocus
    private var context: ReportContext { answers.context }
    private var asOf: String { Words.day(answers.asOfDay) }

    private struct AgeClass {
        var words: String
        var ages: ClosedRange<Int>
    }
    private static var classes: [AgeClass] {
        [
            AgeClass(words: say("Same day"), ages: 0...0), AgeClass(words: say("1 to 3 days"), ages: 1...3),
            AgeClass(words: say("4 to 7 days"), ages: 4...7), AgeClass(words: say("8 to 14 days"), ages: 8...14),
            AgeClass(words: say("15 to 31 days"), ages: 15...31), AgeClass(words: say("1 to 2 months"), ages: 32...61),
            AgeClass(words: say("Over 2 months"), ages: 62...100_000),
        ]
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let total = answers.all.waiting
        ledger.note(page: page, context.figure("RESP-06", context.month), "still waiting", count: total)
        for channel in answers.channels where channel.conversations > 0 {
            ledger.note(
                page: page, context.figure("RESP-06", context.month, [.channel: channel.name]),
                "\(channel.title), still waiting", count: channel.waiting)
        }
        let sub = say("Still waiting on \(asOf), by days since they wrote")
        guard total > 0 else {
            return Block(
                say("Nobody of \(Words.monthName(context.month)) is still waiting"), sub: sub,
                plate: ParagraphPlate(RichText(answeredWords + " " + earlierWords)))
        }
        return Block(finding(total), sub: sub, note: note, plate: plate)
    }

    private var answeredWords: String {
        let within = context.count(.responses, "still_within", context.at(context.month)) ?? 0
        let answered = context.count(.responses, "answered", context.at(context.month)) ?? 0
        let tail = within > 0 ? say(
                within, "; \(Words.count(within)) is within target and not yet answered",
                "; \(Words.count(within)) are within target and not yet answered") : ""
        return say("A person answered \(Words.counted(answered, "conversation", "conversations"))\(tail).")
    }

    private func finding(_ total: Int) -> String {
        let unknown = answers.missing.isEmpty
            ? "" : say(", \(answers.missing.count > 1 ? say("some channels") : Words.channelPlural(answers.missing[0].name)) not counted")
        if let words = focus.words {
            return say("\(Words.count(focus.waiting)) of the \(Words.count(total)) still waiting are \(words)\(unknown)")
        }
        let count = Words.count(total)
        return say(total, "\(count) still waits for an answer\(unknown)", "\(count) still wait for an answer\(unknown)")
    }

    /// Days since they wrote: how many wait, and how many of these in the focus.
    private var byAge: [Int: (all: Int, focus: Int)] {
        var ages: [Int: (all: Int, focus: Int)] = [:]
        for channel in context.labels(.responsesByDay, .channel) {
            for text in context.labels(.responsesByDay, .day, where: [.channel: channel]) {
                guard let day = WaitingPanel.day(text),
                    let waiting = context.count(.responsesByDay, "still_waiting", [.channel: channel, .day: text]),
                    waiting > 0
                else { continue }
                let age = max(answers.asOfDay - day, 0)
                let isFocus = channel == focus.channel && (focus.weekday.map { $0 == day.weekday + 1 } ?? true)
                var sum = ages[age] ?? (0, 0)
                sum.all += waiting
                if isFocus { sum.focus += waiting }
                ages[age] = sum
            }
        }
        return ages
    }

    private static func day(_ text: String) -> Day? {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        return parts.count == 3 ? Day(year: parts[0], month: parts[1], day: parts[2]) : nil
    }

    private var plate: StackedBarsPlate {
        let ages = byAge
        let oldest = ages.keys.max() ?? 0
        let youngest = ages.keys.min() ?? 0
        // All classes up to the oldest; long after the month only those that anybody can be in.
        let from = youngest > 31 ? youngest : 0
        let classes = WaitingPanel.classes.filter { $0.ages.lowerBound <= oldest && $0.ages.upperBound >= from }
        let hasFocus = focus.channel != nil && focus.waiting < answers.all.waiting
        let rows = classes.map { item -> StackedBarsPlate.Row in
            let inside = ages.filter { item.ages.contains($0.key) }.values
            let all = inside.reduce(0) { $0 + $1.all }
            let own = inside.reduce(0) { $0 + $1.focus }
            func segment(_ count: Int) -> StackedBarsPlate.Segment { .init(Double(count), Words.count(count)) }
            return StackedBarsPlate.Row(
                item.words, hasFocus ? [segment(own), segment(all - own)] : [segment(all)],
                total: Label(Words.count(all)))
        }
        let focusName = focus.words.map(Words.capitalised) ?? ""
        return StackedBarsPlate(
            subject: say("Still waiting by days since they wrote"),
            parts: hasFocus ? [.init(focusName, .bad), .init(say("all others"), .soft)] : [.init("", .soft)], rows: rows)
    }

    private var note: RichText {
        var parts: [String] = []
        if let longest = byAge.keys.max(), longest > 0 {
            let day = answers.asOfDay + -longest
            parts.append(say("The longest wait: **\(Words.counted(longest, "day", "days"))**, since \(Words.day(day))."))
        }
        let machines = context.count(.responses, "machine_replies", context.at(context.month)) ?? 0
        if !earlierWords.isEmpty {
            parts.append(earlierWords)
        } else if machines > 0 {
            parts.append(say("A machine’s reply does not count as an answer."))
        }
        return RichText(marked: parts.joined(separator: " "))
    }

    /// Of months before, who never got an answer; empty: nothing is known of them.
    var earlierWords: String {
        let known = context.months.dropLast().filter { context.count(.responses, "conversations", context.at($0)) != nil }
        guard let first = known.first else { return "" }
        let earlier = known.reduce(0) { $0 + (context.count(.responses, "still_waiting", context.at($1)) ?? 0) }
        return earlier == 0
            ? "" : say("Of those who wrote earlier, since \(Words.month(first)), \(Words.count(earlier)) never got an answer.")
    }
}
