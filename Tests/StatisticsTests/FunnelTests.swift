import Statistics
import Testing

@Suite struct FunnelTests {
    static func units(_ pairs: [(Int, Int)]) -> [Proportion] {
        pairs.map { Proportion(successes: $0.0, trials: $0.1) }
    }

    @Test func centreSpreadAndZ() throws {
        let cases = try PublishedAnswers("oracles").cases("funnel")
        #expect(cases.count == 2)
        for answer in cases {
            let units = zip(answer.numbers("x"), answer.numbers("n")).map {
                Proportion(successes: Int($0), trials: Int($1))
            }
            let funnel = try #require(FunnelLimits.of(units).value)
            #expect(agree(funnel.centre, answer.number("centre")))
            #expect(agree(funnel.overdispersion, max(1, answer.number("phi"))))
            #expect(agree(funnel.betweenVariance, answer.number("tau2")))
            for (place, z) in zip(funnel.places, answer.numbers("z")) { #expect(agree(place.z, z)) }
        }
    }

    @Test func theNormalCurveIsTheFormula() throws {
        let funnel = try #require(
            FunnelLimits.of(Self.units([(30, 100), (60, 200)]), curve: .normal, adjusted: false).value)
        let limits = try #require(funnel.limits(trials: 50, z: 3.09))
        let half = 3.09 * (0.3 * 0.7 / 50).squareRoot()
        #expect(agree(limits.lower, 0.3 - half) && agree(limits.upper, 0.3 + half))
        #expect(agree(limits.level, 0.997998, digits: 1e-5))
        #expect(funnel.limits(trials: 1)?.lower == 0)
        #expect(funnel.limits(trials: 0) == nil)
    }

    /// Outside exactly where the count's own tail is below Φ(−z).
    @Test(arguments: [0.02, 0.3, 0.5, 0.93])
    func theExactCurveIsTheBinomialTail(_ rate: Double) throws {
        let thousands = Int(rate * 1000)
        let funnel = try #require(
            FunnelLimits.of(Self.units([(thousands, 1000), (thousands, 1000)]), adjusted: false).value)
        for trials in [1, 2, 5, 17, 60, 400] {
            let binomial = BinomialDistribution(trials: trials, probability: funnel.centre)
            let limits = try #require(funnel.limits(trials: trials))
            #expect(limits.lower >= 0 && limits.upper <= 1)
            #expect(limits.lower <= funnel.centre && limits.upper >= funnel.centre)
            let tail = NormalDistribution.upperTail(1.96)
            for successes in 0...trials {
                let share = Double(successes) / Double(trials)
                #expect((share < limits.lower) == (binomial.cumulative(successes) < tail))
                #expect((share > limits.upper) == (binomial.upperTail(successes - 1) < tail))
            }
        }
    }

    @Test func theExactCurveNarrowsToTheNormalOne() throws {
        let units = Self.units([(300, 1000), (300, 1000)])
        let exact = try #require(FunnelLimits.of(units).value?.limits(trials: 1_000_000))
        let normal = try #require(FunnelLimits.of(units, curve: .normal).value?.limits(trials: 1_000_000))
        #expect((exact.lower - normal.lower).magnitude < 2e-6)
        #expect((exact.upper - normal.upper).magnitude < 2e-6)
    }

    @Test func whoStandsOut() throws {
        var pairs = (0..<20).map { (100 + $0 % 3, 500) }
        pairs += [(160, 500), (126, 500), (60, 500)]
        let funnel = try #require(FunnelLimits.of(Self.units(pairs)).value)
        #expect(funnel.overdispersion >= 1)
        #expect(funnel.places.suffix(3).map(\.zone) == [.farAbove, .above, .farBelow])
        #expect(funnel.places.prefix(20).allSatisfy { $0.zone == .within })
    }

    @Test func theAdjustmentWidensTheLimits() throws {
        let scattered = Self.units([(20, 100), (40, 100), (60, 100), (30, 100), (55, 100), (25, 100)])
        let plain = try #require(FunnelLimits.of(scattered, adjusted: false).value?.limits(trials: 100))
        let adjusted = try #require(FunnelLimits.of(scattered).value)
        let wide = try #require(adjusted.limits(trials: 100))
        #expect(adjusted.overdispersion > 2)
        #expect(wide.lower < plain.lower && wide.upper > plain.upper)
        let additive = try #require(FunnelLimits.of(scattered, curve: .additive).value)
        let large = try #require(additive.limits(trials: 100_000_000))
        #expect(large.upper - large.lower > 3 * additive.betweenVariance.squareRoot())
    }

    @Test func fewUnitsAndRatesAtTheEdge() throws {
        #expect(FunnelLimits.of([]) == .tooFew(TooFew(had: 0, needed: 2)))
        #expect(FunnelLimits.of(Self.units([(1, 2), (0, 0)])) == .tooFew(TooFew(had: 1, needed: 2)))
        let none = try #require(FunnelLimits.of(Self.units([(0, 50), (0, 70)])).value)
        #expect(none.places.allSatisfy { $0.zone == .within })
        #expect(none.overdispersion == 1)
    }
}
