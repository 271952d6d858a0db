import Statistics
import Testing

@Suite struct KaplanMeierTests {
    static func curve(_ times: [Int], _ ended: [Bool]) -> KaplanMeier {
        let pairs = Array(zip(times, ended))
        return KaplanMeier(
            events: SparseHistogram(sortingValues: pairs.filter(\.1).map { Int64($0.0) }),
            censored: SparseHistogram(sortingValues: pairs.filter { !$0.1 }.map { Int64($0.0) }))
    }

    static func published() -> [PublishedCase] {
        (try? PublishedAnswers("stat_reference").cases().filter { $0.text("op") == "kaplan_meier" }) ?? []
    }

    @Test(arguments: published())
    func theCurveAgreesWithR(_ answer: PublishedCase) throws {
        let curve = Self.curve(
            answer.numbers("time").map { Int($0) }, answer.numbers("status").map { $0 == 1 })
        let times = answer.numbers("t")
        #expect(curve.steps.map { Double($0.time) } == times)
        #expect(curve.steps.map { Double($0.atRisk) } == answer.numbers("n_risk"))
        #expect(curve.steps.map { Double($0.events) } == answer.numbers("n_event"))
        let kind: KaplanMeier.Limits =
            switch answer.text("conf_type") {
            case "log": .log
            case "plain": .plain
            default: .logLog
            }
        for (index, time) in times.enumerated() {
            let time = Int64(time)
            #expect(agree(curve.survival(time), answer.numbers("survival")[index]))
            let error = answer.numbers("greenwood_se_of_S")[index]
            #expect(agree(curve.standardError(time) ?? .nan, error))
            let limits = curve.limits(time, by: kind)
            #expect(agree(limits?.lower ?? .nan, answer.numbers("lower")[index]), "\(time)")
            #expect(agree(limits?.upper ?? .nan, answer.numbers("upper")[index]), "\(time)")
        }
        #expect(curve.quantile(.median) == .at(Int64(answer.number("median"))))
    }

    @Test func thereAreSixPublishedCurves() { #expect(Self.published().count == 6) }

    @Test func logRankAgreesWithR() throws {
        let answers = try PublishedAnswers("stat_reference").cases()
        let answer = try #require(answers.first { $0.text("op") == "logrank" })
        let curves = ["gehan_6-MP", "gehan_control"].compactMap { name in
            answers.first { $0.text("dataset") == name && $0.text("op") == "kaplan_meier" }
        }.map { Self.curve($0.numbers("time").map { Int($0) }, $0.numbers("status").map { $0 == 1 }) }
        let test = try #require(LogRank(curves[0], curves[1]))
        #expect(agree(test.chiSquared, answer.number("chisq")))
        #expect(agree(test.p, answer.number("p_value")))
        #expect(test.observed.map(Double.init) == answer.numbers("observed"))
        #expect(agree(test.expected[0], answer.numbers("expected")[0]))
        #expect(agree(test.expected[1], answer.numbers("expected")[1]))
    }

    /// Seven cohorts of real data, most of them partly censored, with R's log–log limits.
    @Test func theShareOfRealCohorts() throws {
        let cohorts = try PublishedAnswers("dob_km").cases()
        #expect(cohorts.count == 7)
        for cohort in cohorts {
            func histogram(_ kind: String) throws -> SparseHistogram {
                try #require(
                    SparseHistogram(
                        values: cohort.numbers("\(kind)_days").map { Int64($0) },
                        counts: cohort.numbers("\(kind)_counts").map { Int64($0) }))
            }
            let curve = try KaplanMeier(events: histogram("event"), censored: histogram("censored"))
            #expect(curve.count == Int64(cohort.whole("n")))
            for (index, day) in cohort.numbers("days").enumerated() where !cohort.numbers("lower")[index].isNaN {
                let share = try #require(curve.share(by: Int64(day)))
                #expect(agree(share.estimate, cohort.numbers("conversion")[index], digits: 1e-8))
                #expect(agree(share.interval.lower, cohort.numbers("lower")[index], digits: 1e-8))
                #expect(agree(share.interval.upper, cohort.numbers("upper")[index], digits: 1e-8))
                #expect(curve.atRisk(Int64(day)) == Int64(cohort.numbers("n_risk")[index]), "\(cohort) \(day)")
            }
        }
    }

    /// The textbook product, counted anew at each time.
    static func naive(_ times: [Int], _ ended: [Bool], at time: Int) -> Double {
        var survival = 1.0
        for t in Set(times).sorted() where t <= time {
            let atRisk = times.filter { $0 >= t }.count
            let died = zip(times, ended).filter { $0.0 == t && $0.1 }.count
            survival *= 1 - Double(died) / Double(atRisk)
        }
        return survival
    }

    @Test func theCurveAgreesWithTheTextbookProduct() throws {
        var random = SplitMix64(seed: 17)
        for _ in 0..<40 {
            let n = 1 + random.below(60)
            let times = (0..<n).map { _ in random.below(25) }
            let ended = (0..<n).map { _ in random.below(3) > 0 }
            let curve = Self.curve(times, ended)
            for time in -1...26 {
                let expected = Self.naive(times, ended, at: time)
                #expect(try (#require(curve.survival(Int64(time))) - expected).magnitude < 1e-12)
                #expect(curve.atRisk(Int64(time)) == Int64(times.filter { $0 >= time }.count))
                let share = try #require(curve.share(by: Int64(time)))
                #expect(share.interval.lower <= share.estimate && share.estimate <= share.interval.upper)
                #expect(share.interval.lower < share.interval.upper)
            }
            for permille in stride(from: 50, through: 950, by: 50) {
                let bound = 1 - Double(permille) / 1000
                let least = Set(times).sorted().first { Self.naive(times, ended, at: $0) <= bound + 1e-9 }
                let expected = least.map { TimeQuantile.at(Int64($0)) } ?? .over(Int64(times.max() ?? 0))
                #expect(curve.quantile(Quantile(permille: permille)) == expected)
            }
        }
    }

    /// Curve, quantiles and their limits against exact fractions (oracles.json).
    @Test func quantilesAndTheirLimits() throws {
        let cases = try PublishedAnswers("oracles").cases("kaplan_meier")
        #expect(cases.count == 5)
        for answer in cases {
            let curve = Self.curve(
                answer.numbers("time").map { Int($0) }, answer.numbers("status").map { $0 == 1 })
            for (time, expected) in zip(answer.numbers("t"), answer.numbers("survival")) {
                #expect(agree(curve.survival(Int64(time)), expected))
            }
            let longest = try #require(curve.longestObserved)
            func end(_ number: Double) -> TimeQuantile { number.isNaN ? .over(longest) : .at(Int64(number)) }
            for row in (answer.fields["quantiles"]?.list ?? []).map({ PublishedCase(fields: $0.fields) }) {
                let p = Quantile(permille: row.whole("permille"))
                #expect(curve.quantile(p) == end(row.number("time")))
                let limits = curve.brookmeyerCrowley(p)
                #expect(limits?.lower == end(row.number("lower")), "\(row.fields)")
                #expect(limits?.upper == end(row.number("upper")), "\(row.fields)")
            }
        }
    }

    @Test func withNothingCensoredTheQuantileIsType1() {
        var random = SplitMix64(seed: 23)
        for n in [1, 2, 3, 10, 20, 30, 97, 200] {
            let events = SparseHistogram(sortingValues: (0..<n).map { _ in Int32(random.below(500)) })
            let curve = KaplanMeier(events: events, censored: SparseHistogram())
            for permille in stride(from: 0, through: 1000, by: 10) {
                let p = Quantile(permille: permille)
                #expect(curve.quantile(p)?.time == events.quantile(p))
                #expect(curve.quantileInterval(p) == events.quantileInterval(p))
            }
        }
    }

    /// S passes 27/50 = 9/10 × 3/5 at 3: as 1 − 23/50 exactly it counts, a hair above it does not.
    @Test func anExactShareCountsAsReached() {
        let curve = Self.curve(
            [1, 2, 2, 2, 2, 3, 3, 4, 5, 6], [true, false, false, false, false, true, true, true, true, true])
        #expect(curve.quantile(Quantile(numerator: 23, denominator: 50)) == .at(3))
        #expect(curve.quantile(Quantile(numerator: 230_000_001, denominator: 500_000_000)) == .at(4))
        #expect(curve.quantile(Quantile(numerator: 229_999_999, denominator: 500_000_000)) == .at(3))
    }

    @Test func silenceThatReachesIntoTheQuantile() {
        let curve = Self.curve([1, 2, 3, 9, 9, 9], [true, true, true, false, false, false])
        #expect(curve.quantile(.lowerQuartile) == .at(2))
        #expect(curve.quantile(.median) == .at(3))
        #expect(curve.quantile(.p90) == .over(9))
        #expect(curve.brookmeyerCrowley(.p90)?.upper == .over(9))
        let silent = Self.curve([4, 7], [false, false])
        #expect(silent.quantile(.median) == .over(7))
        #expect(silent.quantileInterval(.median) == nil)
        #expect(silent.survival(100) == 1)
    }

    @Test func nobodyHasNoCurve() {
        let nobody = KaplanMeier(events: SparseHistogram(), censored: SparseHistogram())
        #expect(nobody.quantile(.median) == nil)
        #expect(nobody.survival(3) == nil)
        #expect(nobody.share(by: 3) == nil)
        #expect(nobody.limits(3) == nil)
        #expect(nobody.quantileInterval(.median) == nil)
        #expect(nobody.atRisk(0) == 0)
        #expect(LogRank(nobody, nobody) == nil)
    }
}
