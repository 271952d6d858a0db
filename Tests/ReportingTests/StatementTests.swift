import Basis
import Drawing
import Programs
import Testing

@testable import Reporting

/// What a person reads of their reward: every amount with how it came, and nobody else's rows.
@Suite struct StatementTests {
    private let made = MadeRewards()

    private func draw(
        _ statement: RewardStatement, on format: PageFormat = .letterPortrait, width: Double = 0.5,
        currency: String = "USD"
    ) -> [DrawnTiny] {
        StatementPages(
            statement, place: "Riverside Motors", currency: currency, format: format,
            measurer: FixedWidthMeasurer(characterWidth: width), rowsFile: "rewards-2026-10-rows.csv"
        ).draw().map { DrawnTiny(page: $0, ledger: FigureLedger()) }
    }

    private func words(_ statement: RewardStatement, currency: String = "USD") -> String {
        StatementTests.plain(draw(statement, currency: currency).map(\.words).joined(separator: " "))
    }

    /// Emphasised words are texts of their own: what follows them stands apart.
    private static func plain(_ words: String) -> String {
        words.replacing("\u{A0}", with: " ").replacing("  ", with: " ").replacing(" .", with: ".").replacing(" ,", with: ",")
    }

    @Test func theAmountComesFirstAndTheArithmeticAfterIt() {
        let statement = made.statement()
        let pages = draw(statement)
        #expect(pages.count == 1)
        #expect(pages[0].headline == "October 2026: $150.00")
        let words = StatementTests.plain(pages[0].words)
        #expect(words.contains("Assigned 212 \u{2212} left out 14 = 198. In time 181, late 12, unanswered 5."))
        #expect(words.contains("181 ÷ 198 = 91.4 %."))
        #expect(words.contains("Tier 90–95 % $150.00"))
        #expect(words.contains("Earlier months $0.00"))
        #expect(
            words.contains(
                "With outages and leave left in, 175 of 198 would be in time: taking them out brought $75.00."))
        #expect(words.contains("Approved by Dana Cole and Priya Nair"))
        #expect(words.contains("ledger entry 12, 9f3ac01b7de2…"))
        #expect(words.contains("Ask until 18 Nov 2026"))
        #expect(words.contains("Ask Maria Ruiz, HR within 14 days"))
        #expect(words.contains("12 late, 5 unanswered and 14 left out"))
        #expect(!words.contains("Preview"))
    }

    @Test func aPreviewSaysThatNobodyIsPaidByIt() {
        let words = words(made.statement(isClosed: false))
        #expect(words.contains("Preview: nobody is paid by this page"))
        #expect(words.contains("Would be paid $150.00"))
        #expect(!words.contains("ledger entry"))
    }

    @Test func tooFewIsSaidKindly() {
        let words = words(made.statement(inTime: 10, late: 1, unanswered: 1, leftOut: 0, rawLate: 0))
        #expect(words.contains("October 2026: $0.00"))
        #expect(words.contains("Too few to score: 12 of 20 needed $0.00"))
        #expect(words.contains("more about chance than about your work"))
        #expect(!words.contains("÷"))
    }

    @Test func nothingAtAllIsSaidToo() {
        let words = words(made.statement(inTime: 0, late: 0, unanswered: 0, leftOut: 0))
        #expect(words.contains("Assigned 0 \u{2212} left out 0 = 0"))
        #expect(words.contains("Too few to score: 0 of 20 needed"))
        #expect(words.contains("Nothing was late, unanswered or left out"))
    }

    @Test func aPartOfTheMonthIsPaidInPart() {
        let words = words(made.statement(days: (14, 14, 23)))
        #expect(words.contains("In this job 14 of 23 working days: $150.00 × 14 ÷ 23 $91.30"))
        #expect(words.contains("Rounded to $0.01, halves up."))
        #expect(words.contains("October 2026: $91.30"))
    }

    @Test func capPoolAndTeamStandLineByLine() {
        let team = RewardRule.TeamShare(
            of: .all, tiers: [.init(from: 900, below: nil, pays: MadeRewards.money(500))], division: .equally)
        var statement = made.statement(
            rule: made.rule(team: team, cap: MadeRewards.money(180), pool: MadeRewards.money(1_000)))
        var count = RewardCount()
        count.inTime = 812
        count.late = 88
        statement.team = TeamReward(team: "", count: count, tier: 0, pays: MadeRewards.money(500), undivided: .zero)
        statement.reward.teamPart = MadeRewards.money(62, 50)
        statement.reward.isCapped = true
        statement.reward.isScaledToPool = true
        statement.reward.amount = MadeRewards.money(171, 25)
        let words = words(statement)
        #expect(words.contains("Your part of what the team earned $62.50"))
        #expect(words.contains("Together 812 of 900 in time = 90.2 %: $500.00, divided equally."))
        #expect(words.contains("Cap: at most $180.00 a person \u{2212}$32.50"))
        #expect(words.contains("Pool: all amounts are shortened alike to $1,000.00 \u{2212}$8.75"))
        #expect(words.contains("For October 2026 $171.25"))
    }

    @Test func pointsAreAddedUpAndNeverFallBelowNothing() {
        let points = RewardRule.Points(inTime: 2, late: -1, unanswered: -3, pays: MadeRewards.money(0, 25))
        var statement = made.statement(rule: made.rule(scheme: .points(points)))
        statement.reward.points = 335
        statement.reward.full = MadeRewards.money(83, 75)
        statement.reward.earned = MadeRewards.money(83, 75)
        statement.reward.amount = MadeRewards.money(83, 75)
        #expect(words(statement).contains("181 × 2 + 12 × (\u{2212}1) + 5 × (\u{2212}3) = 335 points $83.75"))
        let poor = made.statement(inTime: 1, late: 30, unanswered: 0, rawLate: 0, rule: made.rule(scheme: .points(points)))
        #expect(words(poor).contains("1 × 2 + 30 × (\u{2212}1) + 0 × (\u{2212}3) = \u{2212}28, which counts as 0 points $0.00"))
    }

    @Test func aShutGateIsNamed() {
        var statement = made.statement(
            gates: [.init(words: "Off-channel share at most 5 %", found: "8.1 %", isOpen: false)])
        statement.reward.outcome = .gate(words: "off-channel share at most 5 %", found: "8.1 %")
        statement.reward.amount = .zero
        let words = words(statement)
        #expect(words.contains("A bound was passed: off-channel share at most 5 % $0.00"))
        #expect(words.contains("8.1 %: passed"))
    }

    @Test func earlierMonthsComeWithTheirReasons() {
        var statement = made.statement()
        statement.adjustments = made.adjustments(2)
        let words = words(statement)
        #expect(words.contains("October 2026: $300.00"))
        #expect(words.contains("For October 2026") == false)
        #expect(words.contains("Earlier months: 2 changes, below +$150.00"))
        #expect(words.contains("September 2026: $75.00 then, $150.00 now +$75.00"))
        #expect(words.contains("late → in time (outage minutes 35 → 95)"))
        #expect(words.contains("Paid $300.00"))
    }

    @Test func questionsStandWithTheirAnswers() {
        var statement = made.statement()
        statement.disputes = made.disputes(3)
        let words = words(statement)
        #expect(words.contains("Your questions: 1 open"))
        #expect(words.contains("Not answered yet."))
        #expect(words.contains("Answer (upheld): Right: the leave was entered late."))
    }

    @Test func sharesNeverCrossATier() {
        func text(_ inTime: Int, _ counted: Int) -> String? {
            TierShare(inTime: inTime, counted: counted, bounds: [850, 900, 950]).text
        }
        #expect(text(181, 198) == "91.4 %")
        #expect(text(190, 200) == "95.0 %")
        #expect(text(9_496, 10_000) == "94.96 %")
        #expect(text(94_999, 100_000) == "94.999 %")
        #expect(text(90_004, 100_000) == "90.004 %")
        #expect(text(0, 0) == nil)
        #expect(text(20, 20) == "100.0 %")
        #expect(TierShare.range(850, 925) == "85–92.5 %")
    }

    @Test func moneyIsExact() {
        #expect(Words.exact(MadeRewards.money(12_345, 67), "USD") == "$12,345.67")
        #expect(Words.exact(Money(minorUnits: -50), "EUR") == "\u{2212}€0.50")
        #expect(Words.exact(MadeRewards.money(15_000), "JPY") == "JPY 15,000")
        #expect(Words.exact(MadeRewards.money(1_200), "CHF") == "CHF 1,200.00")
        #expect(Words.exact(.zero, "USD") == "$0.00")
    }

    /// What a page has no room for stands in the file, and the page says how many rows that are.
    @Test func noRowVanishesFromBoth() throws {
        let statement = made.statement(late: 60, unanswered: 20, leftOut: 40)
        let words = words(statement)
        let shown = statement.rows.count { words.contains($0.number) }
        let rest = try #require(words.firstMatch(of: /and (\d+) more, all of them in rewards-2026-10-rows\.csv/))
        #expect(shown + (Int(rest.output.1) ?? 0) == 120)
        let table = StatementTable.rows([statement])
        #expect(table.count == statement.rows.count + 1)
        #expect(table.allSatisfy { $0.count == table[0].count })
        #expect(table[1].last == statement.entry?.hash)
    }

    /// Awkward ones on both sheets in narrow and wide type: nothing small, outside, on something else, or cut.
    @Test(arguments: [PageFormat.a4Portrait, .letterPortrait], [0.5, 0.56])
    func everyStatementCanBeRead(_ format: PageFormat, _ width: Double) {
        for (index, statement) in awkward.enumerated() {
            for page in draw(statement, on: format, width: width) {
                let faults = PageFaults(page.page.laid.frame, format: format).all
                #expect(faults.isEmpty, "\(index): \(faults.prefix(3).map(\.description).joined(separator: "; "))")
                if width == 0.5 { #expect(page.page.laid.shortened.isEmpty, "\(index): \(page.page.laid.shortened)") }
            }
        }
    }

    private var awkward: [RewardStatement] {
        var all = [
            made.statement(), made.statement(inTime: 0, late: 0, unanswered: 0, leftOut: 0),
            made.statement(inTime: 500, late: 60, unanswered: 20, leftOut: 40),
            made.statement(
                name: "Wolfeschlegelsteinhausenbergerdorff Featherstonehaugh-Vandenberg", payroll: ""),
            made.statement(days: (3, 3, 23), isClosed: false),
        ]
        var many = made.statement(late: 60, name: "Ana Ruiz")
        many.adjustments = made.adjustments(10)
        many.disputes = made.disputes(3)
        all.append(many)
        many.adjustments = made.adjustments(3)
        many.reward.amount = MadeRewards.money(12_345, 67)
        all.append(many)
        let points = made.rule(
            scheme: .points(.init(inTime: 2, late: -1, unanswered: -3, pays: MadeRewards.money(0, 25))))
        var scored = made.statement(rule: points)
        scored.reward.points = 335
        scored.reward.full = MadeRewards.money(83, 75)
        scored.reward.earned = MadeRewards.money(83, 75)
        scored.reward.amount = MadeRewards.money(83, 75)
        all.append(scored)
        return all
    }
}
