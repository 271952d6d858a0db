import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Programs
import Statistics

/// Which efforts have a card, in which order, and the sentence over them.
struct EffortCards {
    let context: ReportContext
    /// Open ones first, the youngest first; then those that are over, the last closed first.
    let ordered: [EffortAssessment]

    init(_ context: ReportContext) {
        self.context = context
        let cut = context.efforts.first?.cut
        let open = context.efforts.filter { one in cut.map { one.record.isOpen(on: $0) } ?? false }
        let ahead = context.efforts.filter { $0.verdict.finding == .notBegun }
        let over = context.efforts.filter { one in
            one.verdict.finding != .notBegun && !open.contains { $0.effort.identifier == one.effort.identifier }
        }
        ordered = open.sorted { EffortCards.order($0, $1) }
            + ahead
            + over.sorted { ($0.record.closed ?? $0.effort.goal.by) > ($1.record.closed ?? $1.effort.goal.by) }
    }

    /// Goals reached first, then what waits, as they began.
    private static func order(_ a: EffortAssessment, _ b: EffortAssessment) -> Bool {
        (a.effort.start, a.effort.identifier) < (b.effort.start, b.effort.identifier)
    }

    /// Of the shown ones: `One goal reached, one too early to tell, two without clear change`.
    static func headline(_ shown: [EffortAssessment]) -> String {
        let order: [EffortVerdict.Finding] = [
            .gettingWorse, .goalReached, .onCourse, .noClearChange, .tooEarly, .cannotTell, .notBegun,
        ]
        let parts = order.compactMap { finding -> String? in
            let count = shown.count { $0.verdict.finding == finding }
            return count == 0 ? nil : counted(count, finding)
        }
        return EffortWords.upper(parts.joined(separator: ", "))
    }

    /// `one goal reached`, `two goals reached`.
    private static func counted(_ count: Int, _ finding: EffortVerdict.Finding) -> String {
        let number = number(count)
        switch finding {
        case .gettingWorse: return say(count, "one getting worse", "\(number) getting worse")
        case .goalReached: return say(count, "one goal reached", "\(number) goals reached")
        case .onCourse: return say(count, "one on course", "\(number) on course")
        case .noClearChange: return say(count, "one without clear change", "\(number) without clear change")
        case .tooEarly: return say(count, "one too early to tell", "\(number) too early to tell")
        case .cannotTell: return say(count, "one that cannot be told", "\(number) that cannot be told")
        case .notBegun: return say(count, "one not begun", "\(number) not begun")
        }
    }

    /// Up to ten in letters.
    static func number(_ count: Int) -> String {
        switch count {
        case 0: say("no", context: "number")
        case 1: say("one", context: "number")
        case 2: say("two", context: "number")
        case 3: say("three", context: "number")
        case 4: say("four", context: "number")
        case 5: say("five", context: "number")
        case 6: say("six", context: "number")
        case 7: say("seven", context: "number")
        case 8: say("eight", context: "number")
        case 9: say("nine", context: "number")
        case 10: say("ten", context: "number")
        default: Words.count(count)
        }
    }

    /// What each asks of the manager, the most urgent first; three at most.
    static func sentence(_ shown: [EffortAssessment], currency: String) -> RichText {
        let ranked: [EffortVerdict.Finding] = [.gettingWorse, .goalReached, .cannotTell, .tooEarly, .noClearChange, .onCourse]
        let parts = ranked.flatMap { finding in
            shown.filter { $0.verdict.finding == finding }.compactMap { advice($0, currency: currency) }
        }
        // One line: what does not fit stands on the cards.
        var text = ""
        for part in parts where text.count + part.count < 130 { text += (text.isEmpty ? "" : " ") + part }
        return RichText(marked: text)
    }

    private static func advice(_ one: EffortAssessment, currency: String) -> String? {
        let name = one.effort.name
        let words = EffortWords(one, currency: currency)
        let isOver = one.record.closed != nil
        switch one.verdict.finding {
        case .gettingWorse: return isOver ? nil : say("\(name): **stop, or say why not.**")
        case .goalReached: return isOver ? say("\(name) was worth it.") : say("\(name) works: **keep it.**")
        case .tooEarly: return one.knownBy.map { say("\(name) is **known by \(words.day($0))**.") }
        case .noClearChange:
            let left = one.looksPlanned - one.looksTaken
            if left == 0 { return say("\(name): no clear change by its goal’s day.") }
            return say(left, "\(name) has one look left.", "\(name) has \(number(left)) looks left.")
        case .onCourse: return one.nextLook.map { say("\(name) is on course; next look \(words.day($0.day)).") }
        case .cannotTell: return say("\(name): **cannot be told.**")
        case .notBegun: return nil
        }
    }

    /// The others, a row each.
    static func table(_ others: [EffortAssessment], currency: String, rowHeight: Double = 15) -> TablePlate {
        TablePlate(
            subject: say("Other change efforts"),
            columns: [.init(say("Effort"), flexible: true), .init(say("Start")), .init(say("Before and since")), .init(say("Verdict"))],
            rows: others.map { one in
                let words = EffortWords(one, currency: currency)
                return .row([
                    Label(one.effort.name), Label(words.day(one.effort.start), .ink), Label(words.levels, .ink),
                    words.tableLabel,
                ])
            }, rowHeight: rowHeight)
    }
}
