import Foundation
import Testing

@testable import Statistics

@Suite struct StateSpaceTests {
    static func levels() -> [PublishedCase] { (try? PublishedAnswers("series_oracles").cases("local_levels")) ?? [] }

    private static func nile() throws -> [Double] { try seriesColumn("nile.csv", "flow") }

    /// Before, and the regressors before and after.
    private static func input(_ name: String) throws -> (y: [Double?], x: [[Double]], before: Int) {
        switch name {
        case "nile": return (try nile(), [], 100)
        case "nile-gaps":
            let gone: Set = [20, 21, 22, 23, 60]
            return (try nile().enumerated().map { gone.contains($0.offset) ? nil : $0.element }, [], 100)
        case "vignette":
            let control = try seriesColumn("causalimpact_vignette.csv", "x1")
            return (try seriesColumn("causalimpact_vignette.csv", "y"), [control], 70)
        default:
            let petrol = try seriesColumn("seatbelts.csv", "PetrolPrice").map { log($0) }
            let waves = [1.0, 2].flatMap { (k: Double) -> [[Double]] in
                let turns = (0..<192).map { 2 * Double.pi * k * Double($0) / 12 }
                return [turns.map { sin($0) }, turns.map { cos($0) }]
            }
            return (try seriesColumn("seatbelts.csv", "drivers").map { log($0) }, [petrol] + waves, 169)
        }
    }

    @Test(arguments: levels())
    func localLevelsOfStatsmodels(_ answer: PublishedCase) throws {
        let (y, x, before) = try Self.input(answer.text("name"))
        let model = try LocalLevel(Array(y.prefix(before)), regressors: x.map { Array($0.prefix(before)) })
        // statsmodels counts ½ log 2π for each diffuse element as well.
        let likelihood = answer.number("log_likelihood") + 0.5 * log(2 * .pi) * Double(x.count + 1)
        #expect((model.logLikelihood - likelihood).magnitude < 1e-6, "\(model.logLikelihood) \(likelihood)")
        #expect(agree(model.irregularVariance, answer.number("irregular"), digits: 2e-4))
        #expect((model.levelVariance - answer.number("level")).magnitude < 2e-4 * answer.number("irregular"))
        // At the oracle's own variances everything else must be the same to many digits.
        let share = answer.number("level") / (answer.number("level") + answer.number("irregular"))
        let same = try LocalLevel(
            Array(y.prefix(before)), regressors: x.map { Array($0.prefix(before)) }, share: share)
        let ahead = answer.numbers("predictions").count
        let horizon = Horizon(
            distances: Array(0..<ahead), regressors: x.map { Array($0[before..<(before + ahead)]) })
        let found = horizon.predict(same.end, same.coefficients)
        // The oracle's variance is only as settled as its search; that of the filter follows from the share.
        for j in 0..<ahead {
            #expect(agree(found.predictions[j], answer.numbers("predictions")[j], digits: 1e-8))
            #expect(agree(found.errors[j], answer.numbers("prediction_errors")[j], digits: 1e-4))
        }
        for j in x.indices {
            #expect(agree(same.coefficients[j], answer.numbers("coefficients")[j], digits: 1e-7))
            #expect(agree(same.coefficientErrors[j], answer.numbers("errors")[j], digits: 1e-4))
        }
    }

    @Test func theNileAsPublished() throws {
        let flow = try Self.nile()
        let model = try LocalLevel(flow)
        let answers = try PublishedAnswers("its_reference").whole.fields["nile"]
        let reference = try #require(answers?.fields["structts_level"])
        // Durbin, Koopman: 15099 and 1469.1; R's StructTS within half a per cent.
        #expect((model.irregularVariance - 15099).magnitude < 1 && (model.levelVariance - 1469.1).magnitude < 0.2)
        let structts = reference.fields.compactMapValues(\.number)
        #expect(agree(model.irregularVariance, structts["epsilon"] ?? .nan, digits: 0.0005))
        #expect(agree(model.levelVariance, structts["level"] ?? .nan, digits: 0.0005))
        // Their diagnostics of the standardised errors (section 2.12): S, K, N, H(33), Q(9).
        let tests = try InnovationTests(model.innovations.compactMap { $0 }, lags: 9)
        #expect((tests.skewness + 0.03).magnitude < 0.005 && (tests.kurtosis - 3 - 0.09).magnitude < 0.005)
        #expect((tests.normality - 0.05).magnitude < 0.005 && (tests.variances - 0.61).magnitude < 0.005)
        #expect((tests.ljungBox - 8.84).magnitude < 0.005)
        #expect(model.innovations[0] == nil && model.innovations.count == 100)
    }

    @Test func theVignette() throws {
        let (y, x, before) = try Self.input("vignette")
        let impact = try Counterfactual(y, regressors: x, change: before, replicates: 399, seed: 7)
        // Known: +10 was added. The vignette's own, by sampling: 11 (9.8 to 11).
        #expect((impact.average.estimate - 10.56).magnitude < 0.05, "\(impact.average)")
        #expect((impact.average.interval.lower - 9.88).magnitude < 0.2, "\(impact.average)")
        #expect((impact.average.interval.upper - 11.25).magnitude < 0.2, "\(impact.average)")
        #expect(impact.average.interval.contains(10))
        let whole = try #require(impact.cumulative.last)
        #expect(agree(whole.estimate, 30 * impact.average.estimate))
        #expect(impact.cumulative.count == 30 && impact.predictions.count == 30)
        let again = try Counterfactual(y, regressors: x, change: before, replicates: 399, seed: 7)
        #expect(again == impact)
        let other = try Counterfactual(y, regressors: x, change: before, replicates: 399, seed: 8)
        #expect(other.average.interval != impact.average.interval && other.average.estimate == impact.average.estimate)
        // Regression alone, as the reference has it, is what remains of the model where the level stands.
        let reference = try #require(
            try PublishedAnswers("its_reference").whole.fields["causalimpact_vignette"]?.fields["ols_on_x1"]?.fields)
        let values = y.compactMap { $0 }
        let one = [Double](repeating: 1, count: before)
        let line = try LeastSquares(
            Array(values.prefix(before)), on: OrthonormalDesign([("level", one), ("x1", Array(x[0].prefix(before)))]))
        #expect(agree(line.coefficients[0], reference["intercept"]?.number ?? .nan))
        #expect(agree(line.coefficients[1], reference["slope"]?.number ?? .nan))
        let standing = try LocalLevel(Array(y.prefix(before)), regressors: [Array(x[0].prefix(before))], share: 0)
        let horizon = Horizon(distances: Array(0..<30), regressors: [Array(x[0].dropFirst(before))])
        let predicted = horizon.predict(standing.end, standing.coefficients).predictions
        #expect(agree(Moments.mean(predicted), reference["counterfactual_mean"]?.number ?? .nan))
    }

    @Test func missingPointsArePassedOver() throws {
        let (y, x, before) = try Self.input("vignette")
        var gapped = y
        for place in [3, 30, 31, 75, 99] { gapped[place] = nil }
        let impact = try Counterfactual(gapped, regressors: x, change: before, replicates: 199)
        #expect(impact.positions.count == 28 && !impact.positions.contains(75))
        #expect((impact.average.estimate - 10.5).magnitude < 0.3)
    }

    @Test func tooLittleIsSaid() throws {
        #expect(throws: Unanswerable.tooFew(TooFew(had: 5, needed: 12), of: "points before the change")) {
            try Counterfactual([1, 2, 1, 2, 3, 4, 5], change: 5)
        }
        #expect(throws: Unanswerable.constant("the series")) {
            try Counterfactual([Double](repeating: 3, count: 20), change: 15)
        }
        let y = (0..<20).map { Double($0 * $0 % 7) }
        #expect(throws: Unanswerable.tooFew(TooFew(had: 0, needed: 1), of: "points after the change")) {
            try Counterfactual(y, change: 20)
        }
        // A control that never moves cannot say anything.
        #expect(throws: Unanswerable.noFit("a local level")) {
            try Counterfactual(y, regressors: [[Double](repeating: 1, count: 20)], change: 15)
        }
    }
}
