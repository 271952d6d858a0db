import Statistics
import Testing

@Suite struct DistributionTests {
    @Test func theFunctionsAgreeWithScipy() throws {
        let rows = try PublishedAnswers("oracles").cases("distributions")
        #expect(rows.count > 150)
        for row in rows {
            let a = row.numbers("arguments")
            let value: Double? =
                switch row.text("function") {
                case "normal_quantile": NormalDistribution.quantile(a[0])
                case "normal_cumulative": NormalDistribution.cumulative(a[0])
                case "normal_upper_tail": NormalDistribution.upperTail(a[0])
                case "student_quantile": StudentDistribution(degreesOfFreedom: a[0]).quantile(a[1])
                case "student_cumulative": StudentDistribution(degreesOfFreedom: a[0]).cumulative(a[1])
                case "chi_squared_quantile": ChiSquaredDistribution(degreesOfFreedom: a[0]).quantile(a[1])
                case "chi_squared_cumulative": ChiSquaredDistribution(degreesOfFreedom: a[0]).cumulative(a[1])
                case "chi_squared_upper_tail": ChiSquaredDistribution(degreesOfFreedom: a[0]).upperTail(a[1])
                case "beta_quantile": BetaDistribution(a[0], a[1]).quantile(a[2])
                case "gamma_quantile": GammaDistribution(shape: a[0]).quantile(a[1])
                case "binomial_mass": BinomialDistribution(trials: Int(a[0]), probability: a[1]).mass(Int(a[2]))
                case "binomial_cumulative":
                    BinomialDistribution(trials: Int(a[0]), probability: a[1]).cumulative(Int(a[2]))
                case "binomial_upper_tail":
                    BinomialDistribution(trials: Int(a[0]), probability: a[1]).upperTail(Int(a[2]))
                default: nil
                }
            #expect(relativelyEqual(value, row.number("value")), "\(row.fields)")
        }
    }

    private func relativelyEqual(_ a: Double?, _ b: Double) -> Bool {
        guard let a else { return false }
        return a == b || (a - b).magnitude <= 1e-9 * b.magnitude || (a - b).magnitude < 1e-14
    }

    @Test func outsideTheDomainTheAnswerIsNaN() {
        #expect(NormalDistribution.quantile(1.5).isNaN)
        #expect(NormalDistribution.quantile(.nan).isNaN)
        #expect(NormalDistribution.quantile(0) == -.infinity)
        #expect(StudentDistribution(degreesOfFreedom: 0).quantile(0.5).isNaN)
        #expect(StudentDistribution(degreesOfFreedom: 3).cumulative(.infinity) == 1)
        #expect(BetaDistribution(-1, 2).quantile(0.5).isNaN)
        #expect(ChiSquaredDistribution(degreesOfFreedom: .infinity).quantile(0.5).isNaN)
        #expect(GammaDistribution(shape: 2).upperQuantile(0) == .infinity)
        #expect(BinomialDistribution(trials: 3, probability: 2).cumulative(1).isNaN)
        #expect(BinomialDistribution(trials: 3, probability: 0.5).mass(4).isNaN)
    }

    @Test func theBinomialQuantileIsTheLeastCount() {
        for trials in [1, 7, 60] {
            let binomial = BinomialDistribution(trials: trials, probability: 0.37)
            for p in [1e-12, 0.025, 0.5, 0.81, 0.999] {
                let count = binomial.quantile(p)
                #expect(binomial.cumulative(count) >= p)
                #expect(count == 0 || binomial.cumulative(count - 1) < p)
            }
        }
    }

    /// The published sequence of seed 1234567.
    @Test func theGeneratorIsSplitMix64() {
        var random = SplitMix64(seed: 1_234_567)
        let first = (0..<5).map { _ in random.next() }
        #expect(
            first == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
        var a = SplitMix64(seed: 1, stream: 0)
        var b = SplitMix64(seed: 1, stream: 1)
        #expect(a.next() != b.next())
        var counts = [Int](repeating: 0, count: 6)
        for _ in 0..<60_000 { counts[random.below(6)] += 1 }
        #expect(counts.allSatisfy { abs($0 - 10_000) < 500 })
        let normals = (0..<20_000).map { _ in random.normal() }
        #expect((Moments.mean(normals) ?? 9).magnitude < 0.05)
        #expect(((Moments.standardDeviation(normals) ?? 9) - 1).magnitude < 0.05)
        #expect((0..<1000).allSatisfy { _ in (0..<1).contains(random.uniform()) })
    }
}

@Suite("Binomial quantiles")
struct BinomialQuantileTests {
    @Test(
        "are the least number that reaches the share, wherever the search began",
        arguments: [0, 1, 2, 7, 40, 900, 20_000])
    func least(trials: Int) {
        for probability in [0, 1e-6, 0.003, 0.2, 0.5, 0.87, 0.9999, 1] {
            let law = BinomialDistribution(trials: trials, probability: probability)
            for p in [1e-12, 1e-5, 0.025, 0.3, 0.5, 0.500001, 0.9, 0.975, 1 - 1e-9] {
                func reached(_ k: Int) -> Bool { p <= 0.5 ? law.cumulative(k) >= p : law.upperTail(k) <= 1 - p }
                let found = law.quantile(p)
                #expect(found == trials || reached(found), "\(trials) \(probability) \(p)")
                #expect(found == 0 || !reached(found - 1), "\(trials) \(probability) \(p)")
            }
        }
    }
}
