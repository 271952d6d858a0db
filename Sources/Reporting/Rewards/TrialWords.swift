import Basis
import Dealership
import Drawing
import Measures
import Programs

/// What a changed rule would have meant, in words and rows.
struct TrialWords {
    let trial: RewardTrial
    let currency: String

    init(_ trial: RewardTrial, currency: String) {
        self.trial = trial
        self.currency = currency
    }

    private func money(_ amount: Money) -> String { Words.exact(amount, currency) }

    private var months: ClosedRange<Month>? {
        guard let first = trial.periods.first?.month, let last = trial.periods.last?.month else { return nil }
        return first...last
    }

    var version: String { say("\(trial.rule.name), version \(trial.rule.version)") }

    /// `Version 3 would have paid $120.00 more`
    var finding: String {
        let difference = trial.would - trial.was
        let when = months.map { months in
            months.lowerBound == months.upperBound
                ? say(" for \(Words.months(months))") : say(" over \(Words.months(months))")
        } ?? ""
        if trial.against.isEmpty { return say("\(version) would have paid \(money(trial.would))\(when)") }
        if difference == .zero { return say("\(version) would have paid the same\(when)") }
        let magnitude = Money(minorUnits: Int64(difference.minorUnits.magnitude))
        return difference > .zero
            ? say("\(version) would have paid \(money(magnitude)) more\(when)")
            : say("\(version) would have paid \(money(magnitude)) less\(when)")
    }

    var sub: String {
        guard let against = trial.against.last else { return say("No rule was in force to hold it against") }
        return say("Against \(against.name), version \(against.version), on the same rows")
    }

    var sentence: String {
        let same = trial.lines.count - trial.gaining.count - trial.losing.count
        let (gaining, losing) = (trial.gaining.count, trial.losing.count)
        let gain = say(
            gaining, "\(Words.count(gaining)) person gains", "\(Words.count(gaining)) people gain")
        let lose = say(losing, "\(Words.count(losing)) loses", "\(Words.count(losing)) lose")
        let stay = say(same, "\(Words.count(same)) stays as they are", "\(Words.count(same)) stay as they are")
        return say("\(gain), \(lose), \(stay): \(money(trial.was)) then, \(money(trial.would)) by it.")
    }

    func note(page: Int, _ context: ReportContext, _ ledger: inout FigureLedger) {
        guard let months else { return }
        ledger.note(
            page: page, context.figure(RewardFigure.tried.rawValue, months, [.rule: trial.rule.identifier]),
            "\(version): difference", estimate: (trial.would - trial.was).description, n: trial.lines.count)
    }

    /// A row a person, by name; who stays as they are is left to the file.
    var people: TablePlate {
        let changed = trial.lines.filter { $0.difference != .zero }
        return TablePlate(
            subject: say("Who gains and who loses"),
            columns: [
                .init(say("By name"), flexible: true), .init(say("Then"), align: .right),
                .init(say("By the changed rule"), align: .right),
                .init(say("Difference"), align: .right),
            ],
            rows: changed.map { line in
                .row([
                    Label(line.name), Label(money(line.was)), Label(money(line.would)),
                    line.difference < .zero
                        ? .bad(Words.change(line.difference, currency))
                        : Label(Words.change(line.difference, currency), .ink, bold: true),
                ])
            }, rowHeight: 13.4, emptyText: say("Nobody is paid otherwise."))
    }

    var byMonth: TablePlate {
        TablePlate(
            subject: say("By month"),
            columns: [
                .init(say("Month"), flexible: true), .init(say("Then"), align: .right),
                .init(say("By the changed rule"), align: .right),
                .init(say("Gain"), align: .right), .init(say("Lose"), align: .right),
            ],
            rows: trial.periods.map { period in
                .row([
                    Label(Words.capitalised(Words.month(period.month))), Label(period.was.map(money) ?? say("no rule")),
                    Label(money(period.would), .ink),
                    Label(Words.count(period.gain)), Label(Words.count(period.lose)),
                ])
            } + [.total([Label(say("Together")), Label(money(trial.was)), Label(money(trial.would)), "", ""])],
            rowHeight: 14.5)
    }
}
