import Basis
import Drawing
import Programs

/// What stands under a statement's rows: changes of earlier months, disputes, approvers, until when to ask and whom.
struct StatementAsides {
    let statement: RewardStatement
    let currency: String

    /// More than these go to the file beside the pages.
    private static let most = 10
    private static let mostReasons = 3
    /// Up to so many with all that is to say of them; more have a line each.
    static let mostDetailed = 3

    private func money(_ amount: Money) -> String { Words.exact(amount, currency) }

    // MARK: Earlier months

    var adjustments: Block? {
        let all = statement.adjustments
        guard !all.isEmpty else { return nil }
        let sum = all.reduce(Money.zero) { $0 + $1.amount }
        let rest = all.count - StatementAsides.most
        return Block(
            say("Earlier months, looked at again: \(Words.change(sum, currency))"),
            note: rest > 0
                ? RichText(say("and \(rest) more, with all reasons, in the file of changes beside this page")) : "",
            plate: all.count > StatementAsides.mostDetailed ? table(all.prefix(StatementAsides.most)) : details(all))
    }

    /// Few: each with its reasons.
    private func details(_ adjustments: [RewardStatement.Adjustment]) -> any Plate {
        FactsPlate(
            rows: adjustments.map { one in
                let more = one.reasons.count - StatementAsides.mostReasons
                let reasons =
                    one.reasons.prefix(StatementAsides.mostReasons).map(LedgerPhrases.reasons.said).joined(separator: "; ")
                    + (more > 0 ? say("; and \(more) more conversations") : "")
                return FactsPlate.Row(
                    Label(
                        say("""
                            \(Words.capitalised(Words.month(one.month))): \(money(one.before)) then, \
                            \(money(one.after)) now
                            """)),
                    Label(Words.change(one.amount, currency), .ink, bold: true),
                    note: reasons.isEmpty ? "" : say("\(reasons). Ledger entry \(one.entry)."))
            })
    }

    /// Many: a line each.
    private func table(_ adjustments: ArraySlice<RewardStatement.Adjustment>) -> any Plate {
        TablePlate(
            subject: say("Earlier months"),
            columns: [
                .init(say("Month")), .init(say("Then"), align: .right), .init(say("Now"), align: .right),
                .init(say("Change"), align: .right),
                .init(say("Why"), flexible: true),
            ],
            rows: adjustments.map { one in
                let more = one.reasons.count - 1
                let why = (one.reasons.first.map(LedgerPhrases.reasons.said) ?? "") + (more > 0 ? ", +\(more)" : "")
                return .row([
                    Label(Words.capitalised(Words.monthAndYear(one.month))), Label(money(one.before)), Label(money(one.after)),
                    Label(Words.change(one.amount, currency), .ink, bold: true), Label(why),
                ])
            }, rowHeight: 13.2)
    }

    // MARK: Questions

    /// The last day on which the person may ask; nil: a preview.
    var lastDayToAsk: Day? { statement.entry.map { $0.on + statement.rule.askWithinDays } }

    var asking: Block {
        let rule = statement.rule
        let whom = rule.askWhom
        let days = Words.counted(rule.askWithinDays, "day", "days")
        guard let last = lastDayToAsk else {
            return Block(
                say("Not right?"),
                plate: ParagraphPlate(
                    RichText(
                        marked: say("""
                            Ask **\(whom)** now, before the month is closed; from then on within \(days). \
                            Name the conversation and say what is not right.
                            """))))
        }
        return Block(
            say("Not right? Ask until \(Words.dayAndYear(last))"),
            plate: ParagraphPlate(
                RichText(
                    marked: say("""
                        Ask **\(whom)** within \(days) of the closing. Name the conversation and say what is not \
                        right. Question and answer go into the ledger; what is put right comes with a later month.
                        """)))
        )
    }

    /// At most so many, the open ones first.
    private static let mostDisputes = 3

    var disputes: Block? {
        let all = statement.disputes.sorted {
            ($0.answer == nil ? 0 : 1, $1.on, $0.entry) < ($1.answer == nil ? 0 : 1, $0.on, $1.entry)
        }
        guard !all.isEmpty else { return nil }
        let open = all.count { $0.answer == nil }
        let rest = all.count - StatementAsides.mostDisputes
        return Block(
            open == 0
                ? say("Your questions, answered")
                : open == all.count ? say("Your questions, still open") : say("Your questions: \(open) open"),
            note: rest > 0 ? RichText(say("and \(rest) more in the ledger")) : "",
            plate: PointsPlate(
                points: all.prefix(StatementAsides.mostDisputes).map { one in
                    let outcome = one.outcome.map { " (\(StatementAsides.words($0)))" } ?? ""
                    let answer = one.answer.map { say("Answer\(outcome): \($0)") } ?? say("Not answered yet.")
                    return PointsPlate.Point(
                        Label("\(Words.dayAndYear(one.on)): \(one.question)", cue: one.answer == nil ? .ring : .check),
                        RichText(say("\(answer) Ledger entry \(one.entry).")))
                }))
    }

    private static func words(_ outcome: String) -> String {
        switch outcome {
        case "upheld": say("upheld")
        case "declined": say("declined")
        case "partly": say("partly")
        default: outcome
        }
    }

    var approval: Block {
        guard let entry = statement.entry else {
            return Block(
                say("Preview: nobody is paid by this page"),
                plate: ParagraphPlate(
                    RichText(
                        say("The month is not closed. Two people who are not paid by the rule approve it first, and late data may still change it.")
                    )))
        }
        return Block(
            say("Approved by \(Words.list(entry.approvers))"),
            plate: ParagraphPlate(
                RichText(
                    marked: say("""
                        On \(Words.dayAndYear(entry.on)), ledger entry **\(entry.number)**, \
                        \(entry.hash.prefix(12))\u{2026} What is closed is never rewritten.
                        """))))
    }
}
