#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A seeded source of random numbers for one purpose and one thing, so that what one does changes nothing for others.
///
/// Source of the generator: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators" (2014),
/// doi:10.1145/2660193.2660195 (SplitMix64).
struct RandomStream {
    private var state: UInt64

    init(_ seed: UInt64, _ purpose: StaticString, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0) {
        // FNV-1a of the purpose; then each number is stirred in with a round of the generator.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        purpose.withUTF8Buffer { for byte in $0 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 } }
        state = seed ^ hash
        for key in [a, b, c] {
            state = next() ^ UInt64(bitPattern: Int64(key))
        }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// In [0, 1).
    mutating func share() -> Double { Double(next() >> 11) * 0x1p-53 }

    mutating func chance(_ probability: Double) -> Bool { share() < probability }

    /// In 0..<count; 0 where count is not positive.
    mutating func below(_ count: Int) -> Int { count > 1 ? min(Int(share() * Double(count)), count - 1) : 0 }

    mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    /// Nil for nothing to pick from.
    mutating func pick<Element>(_ elements: [Element]) -> Element? {
        let index = below(elements.count)
        return elements.isEmpty ? nil : elements[index]
    }

    /// The position that a share of the weights' sum falls on.
    mutating func weighted(_ weights: [Double]) -> Int {
        var left = share() * weights.reduce(0, +)
        for (index, weight) in weights.enumerated() {
            left -= weight
            if left < 0 { return index }
        }
        return max(0, weights.count - 1)
    }

    /// Box and Muller 1958, one of the pair.
    mutating func normal() -> Double {
        let radius = (-2 * log(1 - share())).squareRoot()
        return radius * cos(2 * Double.pi * share())
    }

    mutating func lognormal(median: Double, sigma: Double) -> Double { median * exp(sigma * normal()) }

    /// Knuth's product method, in parts of a mean of 30 so that e⁻ᵐ never vanishes.
    mutating func poisson(_ mean: Double) -> Int {
        var (left, count) = (mean, 0)
        while left > 0 {
            let limit = exp(-min(left, 30))
            var product = share()
            while product > limit {
                count += 1
                product *= share()
            }
            left -= 30
        }
        return count
    }
}

/// eˣ, from the system's mathematics.
func exponential(_ x: Double) -> Double { exp(x) }
