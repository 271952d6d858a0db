import Testing

@testable import Statistics

@Suite struct ProcessChartTests {
    static func charts() -> [PublishedCase] { (try? PublishedAnswers("spc_xmr_nhsr").cases()) ?? [] }
    static func rules() -> [PublishedCase] { (try? PublishedAnswers("spc_xmr_nhsr").cases("rule_unit_cases")) ?? [] }

    @Test func thePublishedCasesAreThere() {
        #expect(Self.charts().count == 9)
        #expect(Self.rules().count == 18)
    }

    @Test(arguments: charts())
    func aChartOfNHSRplotthedots(_ published: PublishedCase) throws {
        let columns = published.inner("columns")
        let facets = columns.texts("f")
        for facet in Set(facets).sorted() {
            let rows = facets.indices.filter { facets[$0] == facet }
            try compare(rows, of: columns, arguments: published.inner("args"))
        }
    }

    private func compare(_ rows: [Int], of columns: PublishedCase, arguments: PublishedCase) throws {
        func column(_ name: String) -> [Double] { rows.map { columns.numbers(name)[$0] } }
        let groups = column("rebase_group")
        let rebases = groups.indices.dropFirst().filter { groups[$0] != groups[$0 - 1] }
        let chart = try #require(
            ProcessChart.of(
                column("y"), rebasedAt: rebases,
                baseline: arguments.has("fix_after_n_points") ? arguments.whole("fix_after_n_points") : nil,
                screening: !arguments.has("screen_outliers") || arguments.flag("screen_outliers")
            ).value)
        let types = columns.texts("special_cause_type")
        for (index, row) in rows.enumerated() {
            let segment = try #require(chart.segment(at: index))
            #expect(agree(segment.centre, column("mean_col")[index]))
            #expect(agree(segment.lower, column("lpl")[index]))
            #expect(agree(segment.upper, column("upl")[index]))
            let signals = chart.signals[index]
            let outside = signals.contains { $0.rule == .outside }
            #expect(outside == (column("outside_limits")[index] == 1))
            #expect(signals.isEmpty == (types[row] == "Common Cause"), "\(index) \(types[row]) \(signals)")
            let named: ProcessChart.Signal? =
                switch types[row] {
                case "Above UCL": .init(rule: .outside, direction: .up)
                case "Below LCL": .init(rule: .outside, direction: .down)
                case "7 Points Above CL": .init(rule: .sevenOnOneSide, direction: .up)
                case "7 Points Below CL": .init(rule: .sevenOnOneSide, direction: .down)
                case "2 in 3 Above CL": .init(rule: .twoOfThreeOuter, direction: .up)
                case "2 in 3 Below CL": .init(rule: .twoOfThreeOuter, direction: .down)
                case "7 Point Trend Increasing": .init(rule: .sevenTrending, direction: .up)
                case "7 Point Trend Decreasing": .init(rule: .sevenTrending, direction: .down)
                default: nil
                }
            if let named { #expect(signals.contains(named)) } else { #expect(types[row] == "Common Cause") }
        }
    }

    @Test(arguments: rules())
    func aRule(_ published: PublishedCase) {
        let input = published.numbers("input")
        let expected = published.numbers("expected").map { Int($0) }
        switch published.text("op") {
        case "seven_point_one_side":
            // Theirs marks the end of a row with 1 whichever side it is on.
            let ends = ProcessRules.endsOfSevenOnOneSide(input.map { Int($0) })
            #expect(ends.map { Int($0.magnitude) } == expected)
        case "seven_point_trend": #expect(ProcessRules.endsOfSevenTrending(input) == expected)
        case "spread_back_over_seven":
            #expect(ProcessRules.spreadBack(input.map { Int($0) }).map { Int($0.magnitude) } == expected)
        case "assurance":
            let segment = ProcessChart.Segment(
                range: 0..<20, centre: 0, lower: published.number("lpl"), upper: published.number("upl"),
                meanMovingRange: 0, rangeLimit: 0, provisional: false)
            let answer = segment.assurance(
                target: published.number("target"), wanted: published.text("improvement") == "increase" ? .up : .down)
            let names: [String: ProcessChart.Assurance] = [
                "consistent_pass": .alwaysMeets, "consistent_fail": .alwaysMisses, "inconsistent": .hitOrMiss,
            ]
            #expect(answer == names[published.text("expected")])
        default: Issue.record("an unknown rule: \(published)")
        }
    }

    @Test func theConstantsAreTheRoundedOnes() throws {
        let constants = try PublishedAnswers("stat_reference").cases().filter { $0.text("op") == "spc_constant" }
        let d2 = try #require(constants.first { $0.text("name") == "d2_n2" }).number("value")
        let d4 = try #require(constants.first { $0.text("name") == "mr_upper_factor_D4_n2" }).number("value")
        #expect((LaneyChart.meanRangeFactor - d2).magnitude < 0.0005)
        #expect((ProcessChart.naturalFactor - 3 / d2).magnitude < 0.005)
        #expect((ProcessChart.rangeFactor - d4).magnitude < 0.0005)
    }

    @Test func fewPoints() throws {
        #expect(ProcessChart.of([]) == .tooFew(TooFew(had: 0, needed: 2)))
        #expect(ProcessChart.of([3]) == .tooFew(TooFew(had: 1, needed: 2)))
        #expect(ProcessChart.of([3, 4, 5], rebasedAt: [2]) == .tooFew(TooFew(had: 1, needed: 2)))
        let two = try #require(ProcessChart.of([3, 4]).value)
        #expect(two.segments[0].provisional)
        #expect(two.segments[0].upper == 3.5 + 2.66)
        #expect(two.movingRanges == [nil, 1])
        let eleven = try #require(ProcessChart.of((0..<11).map { Double($0 % 3) }).value)
        let twelve = try #require(ProcessChart.of((0..<12).map { Double($0 % 3) }).value)
        #expect(eleven.segments[0].provisional && !twelve.segments[0].provisional)
    }

    @Test func aConstantSeriesHasNoSignals() throws {
        let chart = try #require(ProcessChart.of([Double](repeating: 5, count: 20)).value)
        #expect(chart.signals.allSatisfy { $0.isEmpty })
        #expect(chart.segments[0].lower == 5 && chart.segments[0].upper == 5)
    }

    @Test func aTurningPointEndsARiseAndBeginsAFall() throws {
        let values = (1...7).map(Double.init) + (1...6).reversed().map(Double.init)
        let chart = try #require(ProcessChart.of(values).value)
        let trends = chart.signals.map { $0.filter { $0.rule == .sevenTrending }.map(\.direction) }
        #expect(trends[6] == [.up, .down])
        #expect(trends[0] == [.up] && trends[12] == [.down])
    }

    @Test func limitsAndRulesBeginAnewAtARebase() throws {
        let values = [1, 2, 1, 2, 1, 2, 11, 12, 11, 12, 11, 12].map(Double.init)
        let chart = try #require(ProcessChart.of(values, rebasedAt: [6, 0, 12, -3]).value)
        #expect(chart.segments.map(\.range) == [0..<6, 6..<12])
        #expect(chart.segments.map(\.centre) == [1.5, 11.5])
        #expect(chart.signals.allSatisfy { $0.isEmpty })
        #expect(chart.movingRanges[6] == nil)
        let whole = try #require(ProcessChart.of(values).value)
        #expect(whole.rangesOutside == [6])
    }

    @Test func laneysChart() throws {
        let cases = try PublishedAnswers("oracles").cases("laney")
        #expect(cases.count == 2)
        for answer in cases {
            let shares = zip(answer.numbers("x"), answer.numbers("n")).map {
                Proportion(successes: Int($0), trials: Int($1))
            }
            let chart = try #require(LaneyChart.of(shares).value)
            #expect(agree(chart.centre, answer.number("centre")))
            #expect(agree(chart.spread, answer.number("spread")))
            for index in shares.indices {
                #expect(agree(chart.lower[index], answer.numbers("lower")[index]))
                #expect(agree(chart.upper[index], answer.numbers("upper")[index]))
            }
        }
        let none = Proportion(successes: 0, trials: 9)
        let flat = try #require(LaneyChart.of([none, none, none]).value)
        #expect(flat.upper == [0, 0, 0] && flat.signals.allSatisfy { $0.isEmpty })
        #expect(LaneyChart.of([none]) == .tooFew(TooFew(had: 1, needed: 2)))
        #expect(LaneyChart.of([none, none, Proportion(successes: 0, trials: 0)]).value == nil)
    }
}
