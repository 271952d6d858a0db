#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// eˣ.
func exponential(_ x: Double) -> Double { exp(x) }
/// The natural logarithm.
func logarithm(_ x: Double) -> Double { log(x) }
/// sin and cos of 2π·turns.
func wave(turns: Double) -> (sine: Double, cosine: Double) {
    let part = 2 * Double.pi * (turns - turns.rounded(.down))
    return (sin(part), cos(part))
}
/// x to a power.
func power(_ x: Double, _ exponent: Double) -> Double { pow(x, exponent) }
