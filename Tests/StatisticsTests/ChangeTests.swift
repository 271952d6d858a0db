import Testing

@testable import Statistics

/// Looks, comparisons with other units, runs, and how long it takes until an effect shows.
@Suite struct ChangeTests {
    @Test func spendingByAnotherQuadrature() throws {
        let cases = try PublishedAnswers("series_oracles").cases("spending")
        #expect(cases.count == 7)
        for answer in cases {
            let fractions = answer.numbers("fractions")
            let found = try #require(AlphaSpending(fractions: fractions, alpha: answer.number("alpha")))
            for (look, wanted) in answer.numbers("boundaries").enumerated() {
                #expect((found.boundaries[look] - wanted).magnitude < 1e-6, "\(fractions) \(found.boundaries[look])")
                #expect(agree(found.spent[look], answer.numbers("spent")[look]))
            }
        }
    }

    @Test func spendingOfRpact() throws {
        let cases = try PublishedAnswers("series_oracles_r").cases("spending")
        #expect(cases.count == 6)
        for answer in cases {
            let found = try #require(
                AlphaSpending(fractions: answer.numbers("fractions"), alpha: answer.number("alpha")))
            for (look, wanted) in answer.numbers("boundaries").enumerated() {
                // Its own integration is good to four digits: at the second of ten looks 4.87702 for 4.87689.
                #expect((found.boundaries[look] - wanted).magnitude < 2e-4)
            }
        }
    }

    @Test func spendingInLittle() throws {
        let one = try #require(AlphaSpending(equalLooks: 1))
        #expect(agree(one.boundaries[0], NormalDistribution.twoSided(level: 0.95)))
        #expect(agree(one.nominal[0], 0.05))
        #expect(AlphaSpending(fractions: [0.5, 0.4, 1]) == nil && AlphaSpending(fractions: [0.5]) == nil)
        #expect(AlphaSpending(fractions: []) == nil && AlphaSpending(equalLooks: 0) == nil)
    }

    @Test func differencesInDifferences() throws {
        let cases = try PublishedAnswers("series_oracles").cases("comparisons")
        #expect(cases.count == 3)
        for answer in cases {
            let units = (answer.fields["series"]?.list ?? []).enumerated().map { index, one in
                DifferenceInDifferences.UnitSeries("unit \(index)", one.list.map(\.number))
            }
            let treated = answer.whole("treated")
            let found = try DifferenceInDifferences(
                treated: Array(units.prefix(treated)), controls: Array(units.dropFirst(treated)),
                change: answer.whole("change"))
            for (effect, wanted) in [(found.effect, answer.inner("effect")), (found.slopeGap, answer.inner("slope"))] {
                #expect(agree(effect?.estimate, wanted.number("estimate")))
                #expect(agree(effect?.interval.lower, wanted.number("lower")))
                #expect(agree(effect?.interval.upper, wanted.number("upper")))
                #expect(agree(effect?.p, wanted.number("p")))
            }
        }
    }

    @Test func fewControlsAreNoYardstick() {
        func unit(_ name: String, _ shift: Double) -> DifferenceInDifferences.UnitSeries {
            let values = (0..<8).map { (t: Int) -> Double? in
                let later = t > 4 ? shift : 0
                return t == 2 ? nil : Double(t % 3) + later
            }
            return .init(name, values)
        }
        let four = (0..<4).map { unit("c\($0)", Double($0)) }
        #expect(
            throws: Unanswerable.tooFew(
                TooFew(had: 4, needed: 5), of: "comparison units with points before and after")
        ) {
            let controls = four + [.init("none", [nil, nil])]
            return try DifferenceInDifferences(treated: [unit("t", 9)], controls: controls, change: 5)
        }
        #expect(throws: Unanswerable.constant("the change of the comparison units")) {
            let alike = (0..<5).map { unit("c\($0)", 1) }
            return try DifferenceInDifferences(treated: [unit("t", 9)], controls: alike, change: 5)
        }
    }

    @Test func runs() throws {
        for answer in try PublishedAnswers("series_oracles_r").cases("runs") {
            let n = answer.whole("n")
            let values = (0..<n).map { (t: Int) -> Double in Double(t % 2) + Double(t) * 1e-3 }
            let test = try #require(RunsTest.of(values, baseline: nil).value)
            #expect(test.useful + values.count { $0 == test.median } == n)
            guard test.useful == n else { continue }
            #expect(test.longestAllowed == answer.whole("longest") && test.crossingsNeeded == answer.whole("crossings"))
        }
        let shifted = (0..<24).map { (t: Int) -> Double in t >= 12 ? Double(t % 3) + 10 : Double(t % 3) }
        let test = try #require(RunsTest.of(shifted).value)
        #expect(test.longestRun == 12 && test.longestAllowed == 8 && test.crossings == 1 && test.crossingsNeeded == 8)
        #expect(test.hasUnusuallyLongRun && test.hasUnusuallyFewCrossings && test.signals)
        let steady = try #require(RunsTest.of((0..<24).map { Double(($0 * 7) % 24) }).value)
        #expect(!steady.signals)
        #expect(RunsTest.of([1, 2, 3, 4, 5]) == .tooFew(TooFew(had: 4, needed: 10)))
        #expect(RunsTest.of([Double](repeating: 5, count: 30)) == .tooFew(TooFew(had: 0, needed: 10)))
        #expect(RunsTest.of([]) == .tooFew(TooFew(had: 0, needed: 10)))
    }

    @Test func powerRisesWithTheEffectAndIsTheErrorRateWithoutOne() throws {
        let plan = TimeUntilVisible.Plan(before: 24, correlation: 0.2, deviation: 1)
        let small = try TimeUntilVisible.power(plan, after: 12, size: 1, runs: 60, seed: 3)
        let large = try TimeUntilVisible.power(plan, after: 12, size: 3, runs: 60, seed: 3)
        #expect(small.successes < large.successes && large.successes > 50)
        let found = try TimeUntilVisible(plan, size: 3, most: 24, runs: 40, seed: 3)
        let periods = try #require(found.periods)
        let tried = try #require(found.tried.first { $0.after == periods })
        #expect(tried.share.successes >= 32)
        #expect(found.tried.filter { $0.after < periods }.allSatisfy { $0.share.successes < 32 })
        let never = try TimeUntilVisible(plan, size: 0.05, most: 6, runs: 20)
        #expect(never.periods == nil && never.tried.last?.after == 6)
        #expect(throws: Unanswerable.self) { try TimeUntilVisible(plan, size: 0) }
    }

    /// Against the formula where there is one: a step in independent normal errors has a noncentral t; of counts and
    /// shares with large denominators about the same by their own variances.
    @Test func powerOfCountsSharesAndUnits() throws {
        func power(_ figures: SimulatedFigures, _ size: Double, after: Int = 12) throws -> Double {
            let plan = TimeUntilVisible.Plan(before: 36, figures: figures)
            return try TimeUntilVisible.power(plan, after: after, size: size, runs: 400, seed: 5).estimate ?? .nan
        }
        // Counts of 100, φ 2: standard deviation 14.1 of 100. As means of that deviation they would show as often.
        let counts = try power(.counts(mean: 100, dispersion: 2, correlation: 0), 20)
        let alike = try power(.means(correlation: 0, deviation: 200.0.squareRoot()), 20)
        #expect((counts - alike).magnitude < 0.12, "\(counts), \(alike)")
        #expect(try power(.counts(mean: 100, dispersion: 8, correlation: 0), 20) < counts - 0.2)
        // Large means, drawn another way, and small ones: the same size relative to chance shows as often.
        let large = try power(.counts(mean: 400, dispersion: 8, correlation: 0), 80)
        #expect((large - counts).magnitude < 0.12, "\(large), \(counts)")
        // Counts that follow each other tell less.
        #expect(try power(.counts(mean: 100, dispersion: 2, correlation: 0.5), 20) < counts - 0.1)
        // Fewer than nothing is left of a count: never a negative one.
        #expect(try power(.counts(mean: 20, dispersion: 1, correlation: 0), -19.5) > 0.9)
        // 80 % of 100: standard deviation 4 points; of 400: 2.
        let shares = try power(.shares(level: 0.8, trials: [100], seen: 0.04, correlation: 0), 0.06)
        let normal = try power(.means(correlation: 0, deviation: 0.04), 0.06)
        // Chance is smaller at 86 % than at 80 %.
        #expect(shares > normal - 0.06 && shares < normal + 0.15, "\(shares), \(normal)")
        #expect(try power(.shares(level: 0.8, trials: [400], seen: 0.02, correlation: 0), 0.06) > shares + 0.1)
        // What denominators do not explain stays in: 4 points of 400 each are not chance alone.
        let loose = try power(.shares(level: 0.8, trials: [400], seen: 0.04, correlation: 0), 0.06)
        #expect((loose - normal).magnitude < 0.12, "\(loose), \(normal)")
        // One unit against six: s √(7/6) with t on 5 degrees.
        let units = try power(.units(treated: 1, controls: 6, correlation: 0, deviation: 1), 1.5)
        #expect(try power(.units(treated: 1, controls: 20, correlation: 0, deviation: 1), 1.5) > units)
        #expect(units > 0.8)
    }

    /// What is drawn has the mean and variance that it is drawn for.
    @Test func simulatedCountsAndShares() throws {
        let shares = SimulatedFigures.shares(level: 0.3, trials: [50, 0, 100], seen: 0.1, correlation: 0.4)
        guard case .shares(_, let trials, let correlation, let deviation) = shares else { return }
        #expect(trials == [50, 100])
        // 0.01 − (0.21/50 + 0.21/100)/2 = 0.00685; ρ·0.01/0.00685.
        #expect((deviation - 0.00685.squareRoot()).magnitude < 1e-12)
        #expect((correlation - 0.4 * 0.01 / 0.00685).magnitude < 1e-12)
        let chance = SimulatedFigures.shares(level: 0.3, trials: [50], seen: 0.05, correlation: 0.4)
        guard case .shares(_, _, 0, 0) = chance else {
            Issue.record("chance alone explains it")
            return
        }
    }
}
