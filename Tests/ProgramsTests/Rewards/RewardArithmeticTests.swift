import Basis
import Testing

@testable import Programs

/// Whole units by largest remainder, equal weights alike; rounding of fractions.
@Suite("Arithmetic of rewards")
struct RewardArithmeticTests {
    @Test("shares and what is left add up, and equal weights get alike")
    func apportionment() {
        let three = Apportionment.shares(of: 10_000, weights: [1, 1, 1], unit: 1)
        #expect(three.shares == [3_333, 3_333, 3_333] && three.left == 1)
        // Exact quotas 3,333.07 twice and 3,333.87: the largest remainder gets the cent that is left.
        let uneven = Apportionment.shares(of: 10_000, weights: [4_166, 4_166, 4_167], unit: 1)
        #expect(uneven.shares == [3_333, 3_333, 3_334] && uneven.left == 0)
        // Quotas 2.14, 2.14 and 0.71.
        let tie = Apportionment.shares(of: 5, weights: [3, 3, 1], unit: 1)
        #expect(tie.shares == [2, 2, 1] && tie.left == 0)
        #expect(Apportionment.shares(of: 100, weights: [0, 0], unit: 1).left == 100)
        let whole = Apportionment.shares(of: 1_050, weights: [1, 2], unit: 100)
        #expect(whole.shares == [300, 700] && whole.left == 50)
    }

    @Test("shares are within a unit of the exact quota, never more than the total", arguments: 0..<300)
    func quotas(seed: Int) {
        var random = RandomNumbers(UInt64(seed))
        let weights = (0..<(1 + random.below(12))).map { _ in Int64(random.below(9)) }
        let total = Int64(random.below(100_000))
        let unit = [1, 5, 100][random.below(3)]
        let found = Apportionment.shares(of: total, weights: weights, unit: Int64(unit))
        let sum = weights.reduce(0, +)
        #expect(found.shares.reduce(0, +) + found.left == total)
        guard sum > 0, total > 0 else { return }
        let units = total / Int64(unit)
        for (share, weight) in zip(found.shares, weights) {
            let given = share / Int64(unit)
            #expect(given * sum <= units * weight + sum && (given + 1) * sum > units * weight)
        }
        for (a, first) in weights.enumerated() {
            for (b, second) in weights.enumerated() where first <= second {
                #expect(found.shares[a] <= found.shares[b], "\(a) \(b)")
            }
        }
    }

    @Test("halves up, to even, down; to a unit")
    func rounding() {
        func round(_ n: Int128, _ d: Int128, _ mode: RewardRule.Rounding.Mode, to unit: Int64 = 1) -> Int64 {
            RewardRule.Rounding(to: Money(minorUnits: unit), mode: mode).rounded(n, over: d)
        }
        #expect(round(5, 2, .halfUp) == 3 && round(5, 2, .halfEven) == 2 && round(7, 2, .halfEven) == 4)
        #expect(round(5, 2, .down) == 2 && round(499, 100, .down) == 4)
        // 14 of 23 days of 150.00: 91.304…
        #expect(round(15_000 * 14, 23, .halfUp) == 9_130)
        #expect(round(15_000 * 14, 23, .halfUp, to: 500) == 9_000)
        #expect(round(9_250, 1, .halfUp, to: 500) == 9_500 && round(9_250, 1, .halfEven, to: 500) == 9_000)
    }

    @Test("a tier holds its lower bound exactly and not its upper one")
    func edges() {
        let tiers = [
            RewardRule.Tier(from: 900, below: 950, pays: Money(minorUnits: 1)),
            RewardRule.Tier(from: 950, below: nil, pays: Money(minorUnits: 2)),
        ]
        func tier(_ inTime: Int, of all: Int) -> Int? {
            var count = RewardCount()
            count.inTime = inTime
            count.late = all - inTime
            return RewardPayment.tier(of: count, in: tiers)
        }
        #expect(tier(9, of: 10) == 0 && tier(19, of: 20) == 1 && tier(20, of: 20) == 1)
        #expect(tier(899, of: 1_000) == nil && tier(949, of: 1_000) == 0 && tier(0, of: 0) == nil)
        // 28 of 31 is 90.32 %, 27 of 30 is 90 % to the point.
        #expect(tier(28, of: 31) == 0 && tier(27, of: 30) == 0 && tier(26, of: 29) == nil)
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers for the same seed, everywhere.
struct RandomNumbers: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
    mutating func below(_ n: Int) -> Int { Int.random(in: 0..<n, using: &self) }
    mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }
}
