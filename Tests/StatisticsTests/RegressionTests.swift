import Foundation
import Testing

@testable import Statistics

/// A column of a file in Tests/Fixtures/series.
func seriesColumn(_ file: String, _ name: String) throws -> [Double] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: folder.appendingPathComponent("Fixtures/series/\(file)"), encoding: .utf8)
    let rows = text.split(whereSeparator: \.isNewline).map { line in
        line.split(separator: ",", omittingEmptySubsequences: false).map { $0.filter { $0 != "\"" && $0 != " " } }
    }
    let place = try #require(rows.first?.firstIndex(of: name))
    return try rows.dropFirst().map { try #require(Double($0[place])) }
}

private func close(_ a: Double?, _ b: Double, _ digits: Double) -> Bool { agree(a, b, digits: digits) }

private func matches(_ found: [Double], _ wanted: [Double], _ digits: Double) -> Bool {
    found.count == wanted.count && zip(found, wanted).allSatisfy { agree($0, $1, digits: digits) }
}

@Suite struct RegressionTests {
    static func certified() -> [PublishedCase] { (try? PublishedAnswers("nist_linear").cases()) ?? [] }
    static func oracle(_ key: String) -> [PublishedCase] {
        ((try? PublishedAnswers("series_oracles_r").cases(key)) ?? [])
    }
    static func dense() -> [PublishedCase] { (try? PublishedAnswers("series_oracles").cases("regressions")) ?? [] }

    @Test func theCasesAreThere() {
        #expect(Self.certified().count == 5)
        #expect(Self.oracle("autoregressive").count == 5 && Self.oracle("counts").count == 3)
        #expect(Self.dense().count == 4)
    }

    @Test(arguments: certified())
    func certifiedRegressionsOfNIST(_ answer: PublishedCase) throws {
        let y = answer.numbers("y")
        let xs = answer.fields["x"]?.list ?? []
        let rows = xs.map { one in one.number.map { [$0] } ?? one.list.compactMap(\.number) }
        let terms = answer.numbers("coefficients").count
        let hasIntercept = answer.flag("intercept")
        let columns = (0..<terms).map { j in
            let exponent = hasIntercept ? j : j + 1
            // One regressor is a polynomial's, several stand for themselves.
            let values = rows.map { row in
                exponent == 0 ? 1 : row.count == 1 ? pow(row[0], Double(exponent)) : row[exponent - 1]
            }
            return (name: "b\(j)", values: values)
        }
        let fit = try LeastSquares(y, on: OrthonormalDesign(columns))
        #expect(matches(fit.coefficients, answer.numbers("coefficients"), 1e-11))
        #expect(matches(fit.standardErrors, answer.numbers("std_errors"), 1e-11))
        #expect(close(fit.residualVariance?.squareRoot(), answer.number("residual_sd"), 1e-11))
        #expect(close(fit.rSquared, answer.number("r_squared"), 1e-11))
    }

    @Test func theNile() throws {
        let answer = try #require(try PublishedAnswers("its_reference").whole.fields["nile"]?.fields)
        func expected(_ model: String, _ key: String) -> [Double] {
            ["(Intercept)", "t", "d", "td"].compactMap { answer[model]?.fields[$0]?.fields[key]?.number }
        }
        let flow = try seriesColumn("nile.csv", "flow")
        let positions = Array(0..<100)
        let step = try LeastSquares(
            flow, on: SegmentedDesign(positions: positions, change: 28, trend: false).basis)
        #expect(matches(step.coefficients, expected("step_ols", "est"), 1e-12))
        #expect(matches(step.standardErrors, expected("step_ols", "se"), 1e-12))
        let segmented = try LeastSquares(
            flow, on: SegmentedDesign(positions: positions, change: 28, slope: true).basis)
        #expect(matches(segmented.coefficients, expected("segmented_ols", "est"), 1e-12))
        #expect(matches(segmented.standardErrors, expected("segmented_ols", "se"), 1e-12))
        #expect(close(segmented.durbinWatson, try #require(answer["durbin_watson_segmented"]?.number), 1e-12))
        let robust = segmented.neweyWest(lag: 4)
        let errors = ["(Intercept)", "t", "d", "td"].compactMap { answer["segmented_nw_se_lag4"]?.fields[$0]?.number }
        #expect(matches(robust.indices.map { robust[$0][$0].squareRoot() }, errors, 1e-12))
    }

    @Test func seatbelts() throws {
        let answer = try #require(try PublishedAnswers("its_reference").whole.fields["seatbelts"])
        func number(_ key: String, _ inner: String) -> Double { answer.fields[key]?.fields[inner]?.number ?? .nan }
        let drivers = try seriesColumn("seatbelts.csv", "drivers")
        let petrol = try seriesColumn("seatbelts.csv", "PetrolPrice").map { log($0) }
        let dummies = (1..<12).map { m in (name: "month \(m)", values: (0..<192).map { $0 % 12 == m ? 1.0 : 0 }) }
        let law = (name: "law", values: (0..<192).map { $0 >= 169 ? 1.0 : 0 })
        let one = (name: "level", values: [Double](repeating: 1, count: 192))
        let trend = (name: "trend", values: (1...192).map(Double.init))
        let plain = try LeastSquares(
            drivers.map { log($0) }, on: OrthonormalDesign([one, ("petrol", petrol), law] + dummies))
        #expect(close(plain.coefficients[1], number("petrol", "est"), 1e-11))
        #expect(close(plain.standardErrors[1], number("petrol", "se"), 1e-11))
        #expect(close(plain.coefficients[2], number("law", "est"), 1e-11))
        #expect(close(plain.standardErrors[2], number("law", "se"), 1e-11))
        let design = try OrthonormalDesign([one, trend, law] + dummies)
        let drifting = try LeastSquares(drivers.map { log($0) }, on: design)
        #expect(close(drifting.coefficients[2], number("law_with_linear_trend", "est"), 1e-11))
        #expect(close(drifting.standardErrors[2], number("law_with_linear_trend", "se"), 1e-11))
        let counts = try QuasiPoisson(drivers, on: design)
        #expect(close(counts.coefficients[2], number("law_quasipoisson", "est"), 1e-10))
        #expect(close(counts.covariance[2][2].squareRoot(), number("law_quasipoisson", "se"), 1e-10))
        #expect(close(counts.dispersion, answer.fields["quasipoisson_dispersion"]?.number ?? .nan, 1e-10))
    }

    /// log(drivers) or counts, on the terms the oracle has.
    private static func belts(_ id: String, t: [Int]? = nil, slope: Bool = false) throws -> SegmentedDesign {
        try SegmentedDesign(
            positions: t ?? Array(1...192), change: 170, slope: slope,
            season: id.hasSuffix("short") || id == "small" ? nil : .ofMonths)
    }

    @Test(arguments: oracle("autoregressive"))
    func autoregressiveErrorsOfNlme(_ answer: PublishedCase) throws {
        let id = answer.text("id")
        let t = answer.numbers("t").map { Int($0) }
        let isNile = id == "nile"
        let all = isNile
            ? try seriesColumn("nile.csv", "flow") : try seriesColumn("seatbelts.csv", "drivers").map { log($0) }
        let design = isNile
            ? try SegmentedDesign(positions: t, change: 29, slope: true)
            : try Self.belts(id, t: t, slope: id.hasSuffix("slope"))
        let fit = try AutoregressiveErrors(t.map { all[$0 - 1] }, on: design.basis, positions: t)
        // The likelihood is flat at its top: a search finds half of a double's digits.
        #expect(close(fit.correlation, answer.number("correlation"), 5e-6), "\(fit.correlation)")
        #expect(close(fit.variance.squareRoot(), answer.number("sigma"), 5e-6))
        #expect(design.basis.names.count == answer.numbers("coefficients").count)
        for (j, name) in design.basis.names.enumerated() where name != SegmentedDesign.intercept {
            let wanted = answer.numbers("errors")[j]
            let difference = fit.coefficients[j] - answer.numbers("coefficients")[j]
            #expect(difference.magnitude < 1e-5 * wanted, "\(id) \(name)")
            #expect(close(fit.covariance[j][j].squareRoot(), wanted, 5e-6), "\(id) \(name)")
        }
    }

    @Test(arguments: dense())
    func kenwardAndRogersAdjustment(_ answer: PublishedCase) throws {
        let t = answer.numbers("t").map { Int($0) }
        let design = try SegmentedDesign(
            positions: t, change: answer.whole("change"), slope: answer.flag("slope"),
            season: answer.flag("season") ? .ofMonths : nil)
        let fit = try AutoregressiveErrors(answer.numbers("y"), on: design.basis, positions: t)
        #expect(close(fit.correlation, answer.number("correlation"), 1e-6))
        #expect(close(fit.variance.squareRoot(), answer.number("sigma"), 1e-6))
        for combination in answer.fields["combinations"]?.list ?? [] {
            let wanted = PublishedCase(fields: combination.fields)
            let found = fit.combination(wanted.numbers("weights"))
            #expect(close(found.estimate, wanted.number("estimate"), 1e-6))
            #expect(close(found.error, wanted.number("error"), 1e-6), "\(answer.text("name"))")
            #expect(close(found.degreesOfFreedom, wanted.number("degrees"), 1e-5), "\(answer.text("name"))")
        }
    }

    @Test(arguments: oracle("counts"))
    func quasiPoissonOfR(_ answer: PublishedCase) throws {
        let id = answer.text("id")
        let design = try Self.belts(id)
        let counts = try seriesColumn("seatbelts.csv", id == "small" ? "VanKilled" : "drivers")
        let exposures = id == "exposure" ? try seriesColumn("seatbelts.csv", "kms") : nil
        let fit = try QuasiPoisson(counts, exposures: exposures, on: design.basis)
        #expect(close(fit.dispersion, answer.number("dispersion"), 1e-9))
        let errors = answer.numbers("errors")
        #expect(matches(fit.covariance.indices.map { fit.covariance[$0][$0].squareRoot() }, errors, 1e-9))
        for (j, wanted) in answer.numbers("coefficients").enumerated() {
            #expect((fit.coefficients[j] - wanted).magnitude < 1e-8 * errors[j])
        }
    }

    @Test func neweyWestOfSandwich() throws {
        let cases = Self.oracle("newey_west")
        #expect(cases.count == 4)
        let y = try seriesColumn("seatbelts.csv", "drivers").map { log($0) }
        let fit = try LeastSquares(y, on: Self.belts("").basis)
        for answer in cases {
            let robust = fit.neweyWest(lag: answer.whole("lag"))
            #expect(matches(robust.indices.map { robust[$0][$0].squareRoot() }, answer.numbers("errors"), 1e-10))
            #expect(matches(fit.coefficients, answer.numbers("coefficients"), 1e-10))
        }
    }

    @Test func whatCannotBeFittedSaysSo() throws {
        let one = (name: "one", values: [1.0, 1, 1, 1])
        let line = (name: "line", values: [1.0, 2, 3, 4])
        #expect(throws: Unanswerable.dependent("twice")) {
            try OrthonormalDesign([one, line, ("twice", line.values.map { 2 * $0 + 1 })])
        }
        #expect(throws: Unanswerable.tooFew(TooFew(had: 1, needed: 2), of: "points for the model's terms")) {
            try OrthonormalDesign([("a", [1]), ("b", [2])])
        }
        func points(_ values: [Double], change: Int) -> InterruptedSeries.Points {
            .init(positions: Array(values.indices), values: values, change: change)
        }
        let five = points([1, 2, 3, 2, 1], change: 3)
        #expect(throws: Unanswerable.tooFew(TooFew(had: 3, needed: 8), of: "points before the change")) {
            try InterruptedSeries(five)
        }
        let rising = (0..<20).map { Double($0) + ($0 % 3 == 0 ? 1 : 0) }
        #expect(throws: Unanswerable.tooFew(TooFew(had: 0, needed: 1), of: "points after the change")) {
            try InterruptedSeries(points(rising, change: 20))
        }
        #expect(throws: Unanswerable.constant("the series")) {
            try InterruptedSeries(points([Double](repeating: 4, count: 20), change: 12))
        }
        #expect(throws: Unanswerable.constant("what the model leaves over")) {
            try InterruptedSeries(points((0..<20).map(Double.init), change: 12))
        }
        #expect(throws: Unanswerable.notACount(1)) {
            try InterruptedSeries(points([3, -1] + rising, change: 12), model: .counts)
        }
        var none = points(rising, change: 12)
        none.exposures = [Double](repeating: 1, count: 19) + [0]
        #expect(throws: Unanswerable.notACount(19)) { try InterruptedSeries(none, model: .counts) }
        #expect(throws: Unanswerable.constant("the count")) {
            try QuasiPoisson([0, 0, 0, 0], on: OrthonormalDesign([one, line]))
        }
    }

    /// R: poisson.test(c(0, 66), c(10, 12)) has an upper limit of 0.06898; 1 − 0.025^(1/66) by pencil.
    @Test func aCountThatFallsToNothingHasExactLimits() throws {
        let counts: [Double] = [5, 7, 4, 6, 5, 8, 3, 6, 5, 7, 6, 4] + [Double](repeating: 0, count: 10)
        func fit(_ values: [Double], change: Int = 12, slope: Bool = false) throws -> InterruptedSeries {
            try InterruptedSeries(
                .init(positions: Array(values.indices), values: values, change: change), model: .counts, slope: slope)
        }
        let fell = try fit(counts)
        #expect(fell.average.estimate == 0 && fell.average.interval.lower == 0)
        #expect((fell.average.interval.upper - 0.0689803).magnitude < 1e-6)
        #expect(fell.average.direction == .down && fell.step == fell.last)
        #expect((fell.average.p ?? 1) < 1e-10)
        #expect(fell.unchangedEstimates == [Double](repeating: 5.5, count: 10))
        // Counts that scatter four times as much as chance stand for fewer: the limit is wider.
        let wild = try fit([1, 14, 0, 12, 2, 11, 0, 9, 1, 10, 2, 4] + [Double](repeating: 0, count: 10))
        #expect(wild.deviation > 2 && wild.average.interval.upper > 0.25 && wild.average.direction == .down)
        #expect(throws: Unanswerable.noFit("a regression of counts")) { try fit(counts, slope: true) }
        #expect(throws: Unanswerable.noFit("a regression of counts")) { try fit(counts.reversed(), change: 10) }
    }

    @Test func errorsThatNeverSettleAreNoAnswer() {
        let values: [Double] = [100, 96, 101, 103, 102, 104, 100, 99, 103, 101, 101, 104, 95, 101, 105]
        let fit = try? InterruptedSeries(.init(positions: Array(values.indices), values: values, change: 12))
        #expect((fit?.correlation ?? 0) > 0.9899)
        #expect((fit?.average.interval.upper ?? 0) > 1_000)
    }
}
