import Basis
import Dealership
import Definitions
import Drawing
import Programs
import Statistics
import Testing

@testable import Measures
@testable import Reporting

extension MadeRewards {
    /// A month of people who answered so much in time each, some on raw times otherwise.
    func result(
        _ people: [(name: String, inTime: Int, late: Int, rawLate: Int)], month: Month? = nil, rule: RewardRule? = nil,
        nobody: Int = 0
    ) -> RewardResult {
        var made = self
        made.month = month ?? self.month
        let rule = rule ?? self.rule()
        var rows: [RewardRow] = []
        var rewards: [PersonReward] = []
        for (index, person) in people.enumerated() {
            let own = made.rows(
                "P\(index)", inTime: person.inTime, late: person.late, unanswered: 0, leftOut: 2,
                rawLate: person.rawLate,
                number: { "C-\(index)-\($0)" })
            rows += own
            rewards.append(made.reward("P\(index)", own, rule, name: person.name))
        }
        let unowned = made.rows("", inTime: 0, late: 0, unanswered: nobody, leftOut: 0, number: { "N-\($0)" })
        let total = rewards.reduce(Money.zero) { $0 + $1.amount }
        return RewardResult(
            rule: rule, month: made.month, asOf: made.month.lastDay, people: rewards,
            rows: (rows + unowned).sorted(by: RewardRow.areInOrder), unowned: MadeRewards.count(unowned), teams: [],
            leftInPool: rule.pool.map { $0 - total }, refusals: [])
    }

    /// Twelve people over seven months; in October one is much better, one hangs on an outage, one on two answers.
    func report(_ family: String = "Ruiz", people count: Int = 12, nobody: Int = 4) -> ReportRewards {
        let names = ["Ana", "Ben", "Carla", "Dev", "Ellen", "Femi", "Gus", "Hana", "Ivo", "Jo", "Kim", "Lou"]
        func people(_ isNow: Bool) -> [(name: String, inTime: Int, late: Int, rawLate: Int)] {
            (0..<count).map { index in
                let name = "\(names[index % names.count]) \(family)\(index >= names.count ? " \(index)" : "")"
                switch index {
                case 0: return (name, isNow ? 98 : 80, isNow ? 2 : 20, 0)
                case 1: return (name, 92, 8, isNow ? 5 : 0)
                case 2: return (name, 89, 11, 0)
                case 3: return (name, 11, 1, 0)
                default: return (name, 84 + index % 14, 16 - index % 14, 0)
                }
            }
        }
        let results = (0...6).map { back in result(people(back == 0), month: month + -back, nobody: nobody) }
        return ReportRewards(month: month, rules: [rule()], results: results)
    }
}

@Suite struct RewardPagesTests {
    private let made = MadeRewards()

    private func draw(_ kind: PageKind, _ rewards: ReportRewards?, on format: PageFormat = .a4Landscape) -> DrawnTiny {
        var report = TinyReport()
        report.export(.messages)
        var context = report.context
        context.rewards = rewards
        return report.draw(kind, on: format, from: context)
    }

    static let kinds: [PageKind] = [.rewards, .rewardReview, .rewardTrial]

    @Test(arguments: kinds) func withoutARuleThePageSaysWhatToSetUp(_ kind: PageKind) {
        for rewards in [nil, ReportRewards(month: made.month, rules: [], results: [])] {
            let drawn = draw(kind, rewards)
            #expect(drawn.headline == "Rewards need a rule that two people approved")
            #expect(drawn.words.contains("rewards/answered-in-time.yaml"))
            #expect(drawn.ledger.entries.isEmpty)
        }
    }

    @Test func theOverviewSaysWhatIsPaidAgainstThePool() {
        let drawn = draw(.rewards, made.report())
        #expect(drawn.headline.hasPrefix("Rewards, not closed yet: $"))
        #expect(drawn.headline.hasSuffix("of October’s $3,000"))
        #expect(drawn.words.contains("A preview: nobody is paid by this page."))
        #expect(drawn.words.contains("1 person would be paid otherwise"))
        #expect(drawn.words.contains("4 unanswered belong to nobody"))
        #expect(drawn.words.contains("Ben Ruiz +$75.00"))
        #expect(drawn.words.contains("Hollow: not scored (1)"))
        #expect(drawn.ledger.entries.allSatisfy { RewardFigure(rawValue: $0.id.code) != nil })
        let paid = drawn.ledger.entries.first { $0.id.code == "REW-01" }
        #expect(paid?.id.description == "REW-01@2026-10;rule=answered-in-time")
    }

    @Test func whoSharesANameIsToldApart() {
        let names = NamesOfPeople([("P1", "Ana Ruiz"), ("P2", "Ana Ruiz"), ("P3", "Ben Ruiz"), ("P4", "")])
        #expect(["P1", "P2", "P3", "P4"].map { names[$0] } == ["Ana Ruiz (P1)", "Ana Ruiz (P2)", "Ben Ruiz", "P4"])
        #expect(names["P5", else: "Cy"] == "Cy")
    }

    @Test func aClosedMonthIsToldByTheLedger() {
        var rewards = made.report()
        rewards.closed = rewards.results[0].previews.map { one in
            var statement = one
            statement.entry = MadeRewards.entry(made.month)
            if one.reward.person == "P0" { statement.adjustments = made.adjustments(1) }
            return statement
        }
        let drawn = draw(.rewards, rewards)
        #expect(drawn.headline.hasPrefix("Rewards: $"))
        #expect(drawn.words.contains("Closed on 4 Nov."))
        #expect(drawn.words.contains("Earlier months: +$75.00"))
        #expect(!drawn.words.contains("preview"))
    }

    @Test func theReviewListsWhatHangsOnAHandful() throws {
        let drawn = draw(.rewardReview, made.report())
        #expect(drawn.words.contains("Look at these rows twice"))
        // 89 of 100: one more reaches 90 %.
        #expect(drawn.words.contains("89 of 100 $75.00 1 more: $150"))
        #expect(drawn.words.contains("Sudden jumps: ask what changed"))
        #expect(drawn.words.contains("Ana Ruiz 80 % 98 % +18 points, likely"))
        #expect(drawn.words.contains("4 unanswered name nobody"))
        let review = RewardReview(made.report().results, month: made.month)
        #expect(review.jumps.map(\.name) == ["Ana Ruiz"])
        for call in review.closeCalls {
            // Moved by so many, the tier is another one; by one fewer it is not.
            func tier(_ inTime: Int) -> Int? {
                MadeRewards.usualTiers.firstIndex {
                    inTime * 1_000 >= $0.from * call.counted
                        && ($0.below.map { inTime * 1_000 < $0 * call.counted } ?? true)
                }
            }
            if let fewer = call.fewer {
                #expect(
                    tier(call.inTime - fewer) != tier(call.inTime) && tier(call.inTime - fewer + 1) == tier(call.inTime)
                )
            }
            if let more = call.more {
                #expect(
                    tier(call.inTime + more) != tier(call.inTime) && tier(call.inTime + more - 1) == tier(call.inTime))
            }
        }
        let table = review.table
        #expect(table.allSatisfy { $0.count == table[0].count })
        #expect(table.count { $0[0] == "nobody" } == 4)
    }

    @Test func aChangedRuleSaysWhoGainsAndWhoLoses() {
        let current = made.report().results
        var changed = made.rule(version: 3)
        changed.scheme = .tiers([.init(from: 900, below: nil, pays: MadeRewards.money(200))])
        let people = [("Ana Ruiz", 98, 2, 0), ("Ben Ruiz", 92, 8, 0), ("Carla Ruiz", 89, 11, 0)]
        let tried = made.result(people.map { (name: $0.0, inTime: $0.1, late: $0.2, rawLate: $0.3) }, rule: changed)
        let was = made.result(people.map { (name: $0.0, inTime: $0.1, late: $0.2, rawLate: $0.3) })
        let trial = RewardTrial(changed, tried: [tried], current: [was])
        // 250, 150, 75 become 200, 200, 0.
        #expect(trial.was == MadeRewards.money(475) && trial.would == MadeRewards.money(400))
        #expect(trial.gaining.map(\.name) == ["Ben Ruiz"])
        #expect(trial.losing.map(\.name) == ["Ana Ruiz", "Carla Ruiz"])
        let rewards = ReportRewards(
            month: made.month, rules: [made.rule(), changed], results: current, trials: [trial])
        let drawn = draw(.rewardTrial, rewards)
        #expect(drawn.headline == "Answered in time, version 3 would have paid $75.00 less for October 2026")
        #expect(drawn.words.contains("1 person gains, 2 lose, 0 stay as they are: $475.00 then, $400.00 by it."))
        #expect(drawn.words.contains("Carla Ruiz $75.00 $0.00 \u{2212}$75.00"))
        #expect(draw(.rewards, rewards).words.contains("version 3 would have paid $75.00 less"))
        #expect(trial.table.count == 4)
    }

    @Test func pageSixHasTheRulesAgainstTheirPools() {
        let drawn = draw(.didItWork, made.report())
        #expect(drawn.words.contains("Rewards, not closed yet: $"))
        #expect(drawn.words.contains("1 person has too few to score."))
        #expect(!drawn.words.contains("later version"))
        #expect(draw(.didItWork, nil).words.contains("Rewards need a rule that two people approved"))
    }

    @Test(arguments: Paper.allCases, ["Ruiz", "Featherstonehaugh-Vandenberg"])
    func rewardPagesCanBeRead(_ paper: Paper, _ family: String) {
        let format: PageFormat = paper == .a4 ? .a4Landscape : .letterLandscape
        for count in [1, 3, 12, 60] {
            var rewards = made.report(family, people: count)
            let changed = made.rule(
                version: 3, scheme: .tiers([.init(from: 900, below: nil, pays: MadeRewards.money(200))]))
            let now = rewards.results[0]
            var tried = now
            for index in tried.people.indices { tried.people[index].amount = MadeRewards.money(Int64(index % 3) * 100) }
            rewards.trials = [RewardTrial(changed, tried: [tried], current: [now])]
            for kind in RewardPagesTests.kinds + [.didItWork] {
                let drawn = draw(kind, rewards, on: format)
                let faults = PageFaults(drawn.page.laid.frame, format: format).all
                #expect(faults.isEmpty, "\(kind) \(count): \(faults.prefix(4).map(\.description).joined(separator: "; "))")
                if family == "Ruiz" {
                    #expect(drawn.page.laid.shortened.isEmpty, "\(kind) \(count): \(drawn.page.laid.shortened)")
                }
            }
        }
    }
}

/// Praise is from figures, and nobody is praised by chance.
@Suite struct PraiseTests {
    private func report(_ months: [(inTime: Int, missed: Int)], other: (inTime: Int, missed: Int) = (85, 15))
        -> TinyReport
    {
        var report = TinyReport()
        report.export(.messages)
        for (index, month) in months.enumerated() {
            let name = (report.month + (index - months.count + 1)).description
            report.person("p1", inTime: month.inTime, missed: month.missed, month: name)
            report.person("p2", inTime: other.inTime, missed: other.missed, month: name)
        }
        report.people = [("p1", "Ana Ruiz"), ("p2", "Ben Cho")].map { identifier, name in
            Person(
                identifier: identifier, store: 0, name: name, department: "service", role: "", isRemote: nil,
                payrollIdentifier: "", activeFrom: nil, activeTo: nil)
        }
        return report
    }

    @Test func animprovementBeyondChanceIsSaid() {
        let drawn = report([(80, 20), (81, 19), (79, 21), (97, 3)]).draw(.praise)
        #expect(drawn.headline == "1 person to thank by name")
        #expect(drawn.words.contains("Ana Ruiz answered 97 of 100 in time: 97 %, up from 80 % in the months before."))
        #expect(drawn.ledger.entries.contains { $0.id.description == "RESP-09@2026-10;person=p1" })
    }

    @Test func chanceIsNotPraised() {
        let drawn = report([(85, 15), (86, 14), (84, 16), (87, 13)]).draw(.praise)
        #expect(drawn.headline == "Nothing stands out beyond chance this month")
        #expect(!drawn.words.contains("Ana Ruiz"))
    }

    @Test func aLongRunIsSaid() {
        let months = [(60, 40), (60, 40), (60, 40), (60, 40)] + Array(repeating: (90, 10), count: 6)
        let drawn = report(months.map { (inTime: $0.0, missed: $0.1) }).draw(.praise)
        #expect(drawn.words.contains("Ana Ruiz has been above their own usual 78 % for 6 months in a row"))
        #expect(!drawn.words.contains("Ben Cho has been"))
    }

    @Test func everyOneInTimeIsSaid() {
        let drawn = report([(40, 0)]).draw(.praise)
        #expect(drawn.words.contains("Ana Ruiz answered every one of 40 in time."))
    }

    @Test func nobodyIsNamedMoreThanTwice() {
        let months = [(60, 40), (60, 40), (60, 40)] + Array(repeating: (90, 10), count: 6) + [(100, 0)]
        let words = report(months.map { (inTime: $0.0, missed: $0.1) }).draw(.praise).words
        #expect(words.ranges(of: "Ana Ruiz").count == 2)
    }
}
