import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Who hands over to whom, and how it is answered.
struct HandoffPanel {
    let pairs: HandoffPairs
    /// Half answered within, in place of what is open, which the row's end then has.
    var showsHalf = false
    private var context: ReportContext { pairs.context }
    /// Rows and columns at most; the smallest departments are left to the sums.
    static let most = 5

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        if pairs.handoffs == 0 { return absence }
        for pair in pairs.pairs where pair.handoffs > 0 {
            let slice: [Dimension: String] = [.department: pair.from, .toDepartment: pair.to]
            let id = context.figure("HAND-01", context.month, slice)
            if pairs.target != nil {
                ledger.note(page: page, id, "Handoffs answered in time, \(pair.words)", pair.share)
            }
            if showsHalf, pair.handoffs >= context.minimumN {
                ledger.note(
                    page: page, context.figure("HAND-03", context.month, slice),
                    "Half of handoffs answered within, \(pair.words), seconds", half(pair), n: pair.handoffs,
                    method: "Kaplan–Meier")
            }
            ledger.note(
                page: page, context.figure("HAND-02", context.month, slice), "Handoffs unanswered, \(pair.words)",
                count: pair.unanswered)
        }
        return Block(finding, sub: sub, note: note, plate: plate)
    }

    private func half(_ pair: HandoffPairs.Pair) -> Cell {
        context.cell(.handoffs, "p50", context.at(context.month, [.department: pair.from, .toDepartment: pair.to]))
    }

    private var absence: Block {
        let month = Words.monthName(context.month)
        guard pairs.isEverRecorded else {
            return Block(
                say("Handoffs are not recorded"),
                sub: say("What one department asks of another, and when it is answered"),
                plate: NoticePlate(
                    RichText(
                        marked: say("""
                            Export tasks or internal messages between departments as rows of **exports/messages.csv** \
                            with direction internal, department (who asks) and to_department (who is asked).
                            """))))
        }
        return Block(
            say("No handoff in \(month)"), sub: say("Earlier months had some"),
            plate: NoticePlate(
                RichText(
                    marked: say("""
                        Export internal messages for \(Words.span(context.month.firstDay, context.month.lastDay)) \
                        into **exports/messages.csv** if there were any.
                        """)), isMissing: true))
    }

    private var finding: String {
        guard pairs.target != nil else {
            return say("\(Words.counted(pairs.handoffs, "handoff", "handoffs")); no target is set")
        }
        let below = pairs.below
        if let one = below.first, below.count == 1 {
            return say("""
                \(Words.departmentTitle(one.to)) answers \(Words.share(one.share.estimate ?? 0)) of handoffs from \
                \(Words.department(one.from)) in time
                """)
        }
        if below.count > 1 { return say("\(below.count) of \(pairs.rated.count) pairs clearly miss the target") }
        if pairs.rated.isEmpty { return say("Too few handoffs in every pair to print a share") }
        if pairs.goal == nil { return say("Answered in time by pair of departments; no goal is set") }
        let isOn = pairs.rated.allSatisfy { ($0.share.estimate ?? 0) >= (pairs.goal ?? 0) }
        return isOn ? say("Every pair with enough handoffs is on target") : say("No pair clearly misses the target")
    }

    private var sub: String {
        guard let target = pairs.target else {
            return say("Rows send, columns receive. \(marks)")
        }
        guard target % 3_600 == 0 else {
            return say("Answered within \(Words.duration(target)). Rows send, columns receive. \(marks)")
        }
        let hours = Int(target / 3_600)
        return context.settings.hours.standard == nil
            ? say(
                hours, "Answered within \(hours) hour. Rows send, columns receive. \(marks)",
                "Answered within \(hours) hours. Rows send, columns receive. \(marks)")
            : say(
                hours, "Answered within \(hours) open hour. Rows send, columns receive. \(marks)",
                "Answered within \(hours) open hours. Rows send, columns receive. \(marks)")
    }

    private var marks: String { showsHalf ? say("Half: answered within") : say("Open: no answer yet") }

    private var note: RichText {
        if pairs.target == nil {
            return RichText(marked: say("Set **targets: handoff** in dealership.yaml, such as 4 h; this panel then shows who is late."))
        }
        guard let goal = pairs.goal else { return say("Set targets: answered-in-time in dealership.yaml to see who misses it.") }
        let unclear = pairs.rated.filter { !$0.isBelow && ($0.share.estimate ?? 1) < goal }
            .sorted { ($0.share.estimate ?? 0, $0.words) < ($1.share.estimate ?? 0, $1.words) }
        guard let worst = unclear.first, let limits = worst.share.wilson(), let share = worst.share.estimate else {
            return RichText(say("Target \(Words.share(goal)), as for customers’ messages."))
        }
        let head = say("""
            \(Words.capitalised(worst.words)): \(Words.share(share)), \(Words.likely(limits.lower, limits.upper)), \
            so not clearly off the target of \(Words.share(goal)).
            """)
        return RichText(head)
    }

    private var plate: MatrixPlate {
        let shown = Array(pairs.departments.prefix(HandoffPanel.most))
        let rest = Set(pairs.departments.dropFirst(HandoffPanel.most))
        let rows = shown.filter { name in pairs.pairs.contains { $0.from == name } }.map { from in
            let own = pairs.pairs.filter { $0.from == from }
            let open = own.reduce(0) { $0 + $1.unanswered }
            return MatrixPlate.Row(
                Words.departmentTitle(from), cells: shown.map { cell(from, $0) },
                total: Words.count(own.reduce(0) { $0 + $1.handoffs }),
                totalNote: open > 0 ? say("\(Words.count(open)) open") : "")
        }
        return MatrixPlate(
            subject: say("Handoffs answered in time"), receivers: shown.map(Words.departmentTitle), rows: rows,
            totalTitle: rest.isEmpty ? say("Sent") : say("Sent to all"))
    }

    private func cell(_ from: String, _ to: String) -> MatrixPlate.Cell {
        if from == to { return .none }
        guard let pair = pairs.pair(from, to), pair.handoffs > 0 else {
            return .tooFew(say("none", context: "handoffs"), "")
        }
        let needed = context.minimumN
        var open = pair.unanswered > 0 ? say("\(Words.count(pair.unanswered)) open") : ""
        if showsHalf { open = pair.handoffs >= needed ? say("half \(Words.wait(half(pair)))") : "" }
        guard pairs.target != nil else {
            return .value(rate: Words.count(pair.handoffs), of: say("handoffs"), open: open)
        }
        guard pair.share.trials >= needed, let share = pair.share.estimate else {
            let had = Words.count(pair.share.trials)
            return .tooFew(say("too few"), say("\(had) of \(Words.count(needed)) needed", context: "cell"))
        }
        return .value(rate: Words.share(share), of: say("of \(Words.count(pair.share.trials))"), open: open, bad: pair.isBelow)
    }
}
