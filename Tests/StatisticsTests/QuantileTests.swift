import Testing

@testable import Statistics

@Suite struct QuantileTests {
    @Test func theNineTypesAgreeWithR() throws {
        let answers = try PublishedAnswers("stat_reference")
        let cases = answers.cases().filter { $0.text("op") == "quantiles" }
        #expect(cases.count == 32)
        for answer in cases {
            let sorted = answers.dataset(answer.text("dataset")).sorted()
            let type = try #require(HyndmanFan(rawValue: answer.whole("r_type")))
            for (p, expected) in zip(answer.numbers("probs"), answer.numbers("values")) {
                let quantile = Quantile(permille: Int((p * 1000).rounded()))
                #expect(agree(type.quantile(quantile, ofSorted: sorted), expected), "\(answer) \(p)")
            }
        }
    }

    @Test func theHistogramsQuantileIsType1() throws {
        var random = SplitMix64(seed: 11)
        for n in [1, 2, 3, 7, 10, 29, 100, 250] {
            let values = (0..<n).map { _ in Int32(random.below(50)) - 25 }
            let histogram = SparseHistogram(sortingValues: values)
            let sorted = values.map(Double.init).sorted()
            for permille in stride(from: 0, through: 1000, by: 5) {
                let p = Quantile(permille: permille)
                let expected = HyndmanFan.type1.quantile(p, ofSorted: sorted)
                #expect(histogram.quantile(p).map(Double.init) == expected)
                // By its definition: the least value with at least the share p at or below it.
                let least = sorted.first { value in
                    sorted.filter { $0 <= value }.count * 1000 >= permille * n
                }
                #expect(expected == least)
            }
        }
    }

    @Test func ranksAreWhole() {
        // 0.07 × 100 in doubles is 7.000000000000001 and would give rank 8.
        let hundred = SparseHistogram(sortingValues: (1...100).map(Int32.init))
        #expect((0.07 * 100).rounded(.up) == 8)
        #expect(hundred.quantile(Quantile(permille: 70)) == 7)
        #expect(hundred.quantile(.p90) == 90)
        #expect(hundred.quantile(Quantile(numerator: 0, denominator: 1)) == 1)
        #expect(hundred.quantile(Quantile(numerator: 1, denominator: 1)) == 100)
    }

    @Test func nothingHasNoQuantile() {
        let nothing = SparseHistogram()
        #expect(nothing.quantile(.median) == nil)
        #expect(nothing.mean == nil)
        #expect(nothing.quantileInterval(.median) == nil)
        #expect(HyndmanFan.type7.quantile(.median, ofSorted: []) == nil)
    }

    @Test func longArraysAreSortedRight() {
        var random = SplitMix64(seed: 3)
        for spread in [1, 40, 3000, 5_000_000, Int(Int32.max)] {
            var values = (0..<5000).map { _ in Int32(random.below(spread)) - Int32(spread / 2) }
            values += [Int32.min, Int32.max, 0, -1]
            var sorted = values
            sorted.sortAscendingInt32()
            #expect(sorted == values.sorted())
            let histogram = SparseHistogram(sortingValues: values)
            #expect(histogram == SparseHistogram(sortingValues: values.map(Int64.init)))
            #expect(histogram.count == 5004)
            #expect(histogram.min == Int64(Int32.min) && histogram.max == Int64(Int32.max))
            #expect(histogram.sum == values.reduce(Int128(0)) { $0 + Int128($1) })
        }
    }

    @Test(arguments: [0, 1, 2, 95, 96, 97, 300, 4095, 4096, 4097])
    func arraysOfEveryLengthAreSortedRight(count: Int) {
        var random = SplitMix64(seed: UInt64(count))
        for spread in [1, 40, 300, 70_000, Int(Int32.max)] {
            let values = (0..<count).map { _ in Int32(random.below(spread)) - Int32(spread / 3) }
            var sorted = values
            sorted.sortAscendingInt32()
            #expect(sorted == values.sorted())
        }
    }

    /// Digits begin where numbers differ, wherever that is.
    @Test(arguments: [0, 1, 95, 96, 4095, 5000])
    func wideNumbersOfEveryLengthAreSortedRight(count: Int) {
        var random = SplitMix64(seed: UInt64(count) + 9)
        for shift in [0, 3, 31, 40, 52] as [UInt64] {
            let values = (0..<count).map { _ in
                UInt64(random.below(3_000)) << shift | UInt64(random.below(2)) << 63
                    | UInt64(random.below(90)) &* 0x1_0000_0001
            }
            var sorted = values
            sorted.sortAscendingUInt64()
            #expect(sorted == values.sorted())
        }
    }

    @Test func mergingIsExactCommutativeAndAssociative() {
        var random = SplitMix64(seed: 5)
        for _ in 0..<60 {
            let lists = (0..<3).map { _ in
                (0..<random.below(40)).map { _ in Int32(random.below(30)) - 10 }
            }
            let (a, b, c) = (
                SparseHistogram(sortingValues: lists[0]), SparseHistogram(sortingValues: lists[1]),
                SparseHistogram(sortingValues: lists[2])
            )
            let whole = SparseHistogram(sortingValues: lists.flatMap(\.self))
            #expect(a + b == b + a)
            #expect((a + b) + c == a + (b + c))
            #expect(a + b + c == whole)
            #expect(SparseHistogram.merging([c, a, b]) == whole)
            #expect(a + SparseHistogram() == a)
            var added = SparseHistogram()
            for value in lists.flatMap(\.self) { added.add(Int64(value)) }
            #expect(added == whole)
            #expect(SparseHistogram(values: whole.values, counts: whole.counts) == whole)
        }
    }

    @Test func theWidestValuesAndCountsComeBack() {
        let values: [Int64] = [.min, .min + 1, -1, 0, 127, 128, 1 << 40, .max - 1, .max]
        let counts: [Int64] = [1, 127, 128, 1 << 33, 1, 2, 3, 16_384, 1 << 60]
        let whole = SparseHistogram(values: values, counts: counts)
        #expect(whole?.values == values && whole?.counts == counts)
        #expect(whole?.min == .min && whole?.max == .max && whole?.distinctCount == 9)
        #expect(whole?.count(through: 127) == counts[0...4].reduce(0, +))
        var added = SparseHistogram()
        for (value, count) in zip(values, counts).reversed() { added.add(value, times: count) }
        #expect(added == whole)
    }

    @Test func aStateThatIsNoHistogramIsRefused() {
        #expect(SparseHistogram(values: [2, 1], counts: [1, 1]) == nil)
        #expect(SparseHistogram(values: [1, 1], counts: [1, 1]) == nil)
        #expect(SparseHistogram(values: [1], counts: [0]) == nil)
        #expect(SparseHistogram(values: [1], counts: [1, 2]) == nil)
        #expect(SparseHistogram(values: [1, 2], counts: [.max, 1]) == nil)
        #expect(SparseHistogram(values: [], counts: []) == SparseHistogram())
    }

    /// Against every pair, with the binomial summed naively.
    @Test(arguments: [Quantile.median, .p90, .lowerQuartile, Quantile(permille: 10)])
    func thePairOfOrderStatisticsIsTheShortestAndLowest(_ p: Quantile) {
        for n in 1...70 {
            let binomial = BinomialDistribution(trials: n, probability: p.value)
            var best: (Int, Int)?
            search: for width in stride(from: 1, to: n, by: 1) {
                for low in 1...(n - width) {
                    let coverage = (low..<(low + width)).reduce(0.0) { $0 + binomial.mass($1) }
                    if coverage >= 0.95 {
                        best = (low, low + width)
                        break search
                    }
                }
            }
            let pair = OrderStatisticPair(n: Int64(n), quantile: p)
            #expect(pair.map { Int($0.lowerRank) } == best?.0, "n \(n)")
            #expect(pair.map { Int($0.upperRank) } == best?.1, "n \(n)")
            if let pair { #expect(pair.coverage >= 0.95 && pair.coverage < 1) }
        }
    }

    @Test func theNinetiethPercentileNeedsTwentyNine() {
        #expect(OrderStatisticPair(n: 28, quantile: .p90) == nil)
        #expect(OrderStatisticPair(n: 29, quantile: .p90)?.upperRank == 29)
        #expect(OrderStatisticPair(n: 5, quantile: .median) == nil)
        #expect(OrderStatisticPair(n: 6, quantile: .median)?.lowerRank == 1)
        #expect(OrderStatisticPair(n: 1, quantile: .median) == nil)
        #expect(OrderStatisticPair(n: 0, quantile: .median) == nil)
    }

    @Test func aPairOfMillionsIsNearTheNormalOne() throws {
        let n: Int64 = 10_000_000
        let pair = try #require(OrderStatisticPair(n: n, quantile: .p90))
        let half = 1.959964 * (Double(n) * 0.09).squareRoot()
        #expect((Double(pair.upperRank - pair.lowerRank) - 2 * half).magnitude < 3)
        #expect((Double(pair.lowerRank) - (9e6 - half)).magnitude < 60)
        #expect(pair.coverage >= 0.95 && pair.coverage < 0.9501)
    }
}
