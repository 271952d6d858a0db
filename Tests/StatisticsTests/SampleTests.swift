import Statistics
import Testing

@Suite struct SampleTests {
    @Test func certifiedMomentsOfNIST() throws {
        let cases = try PublishedAnswers("nist_univariate").cases()
        #expect(cases.count == 4)
        for answer in cases {
            let data = answer.numbers("data")
            #expect(agree(Moments.mean(data), answer.number("certified_mean")), "\(answer.text("dataset"))")
            let deviation = answer.number("certified_sd")
            #expect(
                ((Moments.standardDeviation(data) ?? .nan) - deviation).magnitude <= 1e-9 * deviation,
                "\(answer.text("dataset"))")
            #expect(agree(Moments.autocorrelation(data), answer.number("certified_lag1_autocorrelation")))
        }
    }

    @Test func momentsOfFewValues() {
        #expect(Moments.mean([]) == nil)
        #expect(Moments.mean([4]) == 4)
        #expect(Moments.variance([4]) == nil)
        #expect(Moments.variance([4, 6]) == 2)
        #expect(Moments.autocorrelation([4]) == nil)
        #expect(Moments.autocorrelation([4, 4, 4]) == nil)
        #expect(Moments.autocorrelation([1, 2, 9], lag: 0) == 1)
    }

    @Test func poissonRates() throws {
        let answers = try PublishedAnswers("stat_reference").cases()
        let rates = answers.filter { $0.text("op") == "poisson_rate_exact_ci" }
        #expect(rates.count == 3)
        for answer in rates {
            let rate = PoissonRate(events: answer.whole("events"), exposure: answer.number("exposure"))
            let limits = rate.garwood(level: answer.number("conf"))
            #expect(agree(rate.estimate, answer.number("rate")))
            #expect(agree(limits.lower, answer.number("lower")) && agree(limits.upper, answer.number("upper")))
        }
        let answer = try #require(answers.first { $0.text("op") == "poisson_rate_ratio_exact" })
        let ratio = PoissonRatio(
            first: PoissonRate(events: answer.whole("events1"), exposure: answer.number("exposure1")),
            second: PoissonRate(events: answer.whole("events2"), exposure: answer.number("exposure2")))
        let limits = try #require(ratio.interval())
        #expect(agree(ratio.estimate, answer.number("ratio")))
        #expect(agree(limits.lower, answer.number("lower")) && agree(limits.upper, answer.number("upper")))
        #expect(agree(ratio.exactP(), answer.number("p_value")))
    }

    @Test func ratiosOfNothing() {
        let none = PoissonRate(events: 0, exposure: 2)
        let some = PoissonRate(events: 3, exposure: 2)
        #expect(PoissonRatio(first: none, second: none).interval() == nil)
        #expect(PoissonRatio(first: none, second: none).exactP() == 1)
        #expect(PoissonRatio(first: some, second: none).estimate == nil)
        #expect(PoissonRatio(first: some, second: none).interval()?.upper == .infinity)
        #expect(PoissonRatio(first: none, second: some).interval()?.lower == 0)
    }

    @Test func welchAndMannWhitney() throws {
        let answers = try PublishedAnswers("stat_reference").cases()
        let t = try #require(answers.first { $0.text("op") == "welch_t" })
        let welch = try #require(WelchTest.of(t.numbers("g1"), t.numbers("g2")).value)
        #expect(agree(welch.t, t.number("t")) && agree(welch.degreesOfFreedom, t.number("df")))
        #expect(agree(welch.p, t.number("p_value")))
        #expect(agree(welch.interval.lower, t.number("lower")) && agree(welch.interval.upper, t.number("upper")))
        let u = try #require(answers.first { $0.text("op") == "mann_whitney" })
        let test = try #require(MannWhitney(u.numbers("g1"), u.numbers("g2")))
        #expect(test.u == u.number("W") && agree(test.p, u.number("p_value")))
        #expect(WelchTest.of([1], [2, 3]) == .tooFew(TooFew(had: 1, needed: 2)))
        #expect(MannWhitney([], [1]) == nil)
        #expect(MannWhitney([2], [2]) == nil)
    }

    @Test func sharesAtNinetyPercent() throws {
        let rows = try PublishedAnswers("oracles").cases("proportions_90")
        #expect(rows.count == 40)
        for row in rows {
            let share = Proportion(successes: row.whole("x"), trials: row.whole("n"))
            let pairs: [(ConfidenceInterval?, String)] = [
                (share.wilson(level: 0.9), "wilson"), (share.clopperPearson(level: 0.9), "clopper_pearson"),
                (share.jeffreys(level: 0.9), "jeffreys"),
            ]
            for (limits, name) in pairs {
                #expect(agree(limits?.lower, row.numbers(name)[0]) && agree(limits?.upper, row.numbers(name)[1]))
            }
        }
    }
}
