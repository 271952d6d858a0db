import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Customers' calls: taken, missed, returned and how soon.
struct CallsPanel {
    let context: ReportContext
    private let asOf: Day
    private let month: [Dimension: String]
    /// Nil: no call is known.
    let notReturned: Int?

    init(_ context: ReportContext, asOf: Day) {
        self.context = context
        self.asOf = asOf
        month = context.at(context.month)
        notReturned = context.count(.calls, "not_returned", month)
    }

    private func count(_ column: String) -> Int { context.count(.calls, column, month) ?? 0 }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let sub = say("Calls of customers in \(Words.monthName(context.month))")
        let calls = count("calls")
        guard let notReturned, calls > 0 else {
            return Block(
                say("Missed calls are not known"), sub: sub,
                plate: NoticePlate(
                    RichText(
                        marked: say("""
                            Export the telephone log into **exports/messages.csv**: one row a call with direction and \
                            **outcome** (answered, missed, voicemail).
                            """))))
        }
        let missed = count("missed")
        let taken = Proportion(successes: count("answered"), trials: calls)
        ledger.note(page: page, context.figure("CALL-03", context.month), "Missed calls", count: missed)
        ledger.note(page: page, context.figure("CALL-02", context.month), "Missed calls not returned", count: notReturned)
        var rows: [FactsPlate.Row] = []
        if taken.trials >= context.minimumN, let share = taken.estimate, let limits = taken.wilson() {
            ledger.note(page: page, context.figure("CALL-01", context.month), "Calls taken", taken)
            rows.append(
                .init(
                    say("Taken"), Label(Words.share(share), bold: true),
                    note: say("\(Words.likely(limits.lower, limits.upper)), of \(Words.count(calls))")))
        } else {
            rows.append(
                .init(
                    say("Taken"), Label(say("too few"), .quiet),
                    note: say("\(Words.count(calls)) of \(Words.count(context.minimumN)) needed")))
        }
        rows.append(.init(say("Missed, voicemail included"), Label(Words.count(missed))))
        if missed > 0 {
            rows.append(.init(say("Returned"), Label(Words.count(count("returned")))))
            if missed >= context.minimumN {
                let half = context.cell(.calls, "return_p50", month)
                ledger.note(
                    page: page, context.figure("CALL-04", context.month), "Half of missed calls returned within, seconds", half,
                    n: missed, method: "Kaplan–Meier")
                rows.append(.init(say("Half returned within"), Label(Words.wait(half))))
            } else {
                rows.append(.init(say("Half returned within"), Label(say("too few"), .quiet)))
            }
            rows.append(
                .init(Label(say("Not returned by \(Words.day(asOf))")), Label(Words.count(notReturned), bold: true)))
        }
        return Block(finding(missed, notReturned), sub: sub, plate: FactsPlate(rows: rows))
    }

    private func finding(_ missed: Int, _ open: Int) -> String {
        if missed == 0 { return say("No call was missed") }
        if open == 0 { return say("Every missed call was returned") }
        return say(
            missed, "\(Words.count(open)) of \(Words.count(missed)) missed call not returned",
            "\(Words.count(open)) of \(Words.count(missed)) missed calls not returned")
    }
}
