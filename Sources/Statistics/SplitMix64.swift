/// A seeded generator for bootstraps and simulations: same seed, same numbers, on every machine.
///
/// The state counts up by the golden ratio and is mixed on the way out, so that the n-th number is a function of
/// seed and n alone. Steele, Lea, Flood 2014 (doi:10.1145/2660193.2660195), with Stafford's mix 13. Not for secrets.
public struct SplitMix64: RandomNumberGenerator, Hashable, Sendable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    /// An independent stream of one seed, e.g. one a bootstrap replicate or a store, whatever the order they run in.
    public init(seed: UInt64, stream: UInt64) {
        var seeding = SplitMix64(seed: seed)
        var streams = SplitMix64(seed: stream ^ seeding.next())
        state = streams.next()
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Uniform in the open interval (0, 1), on a grid of 2⁻⁵³: 0 and 1 never come, so that logarithms are finite.
    public mutating func uniform() -> Double {
        (Double(next() >> 12) + 0.5) * 0x1p-52
    }

    /// Standard normal, by the inverse of the distribution: one number a call.
    public mutating func normal() -> Double { NormalDistribution.quantile(uniform()) }

    /// Uniform in 0 ..< bound, without bias: Lemire 2019 (doi:10.1145/3230636). Written out here because the
    /// standard library does not promise to keep its own way of drawing.
    public mutating func below(_ bound: Int) -> Int {
        precondition(bound > 0, "a draw needs something to draw from")
        let width = UInt64(bound)
        var (high, low) = next().multipliedFullWidth(by: width)
        if low < width {
            let threshold = (0 &- width) % width
            while low < threshold { (high, low) = next().multipliedFullWidth(by: width) }
        }
        return Int(high)
    }
}
