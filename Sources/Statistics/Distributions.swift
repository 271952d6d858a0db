import CStatistics

/// The standard normal distribution (Boost.Math).
public enum NormalDistribution {
    /// P(Z ≤ x).
    public static func cumulative(_ x: Double) -> Double { cs_normal_cumulative(x) }
    /// P(Z > x), accurate in the far tail.
    public static func upperTail(_ x: Double) -> Double { cs_normal_upper_tail(x) }
    /// The x with P(Z ≤ x) = p; NaN unless 0 ≤ p ≤ 1.
    public static func quantile(_ p: Double) -> Double { cs_normal_quantile(p) }

    /// The z of a two-sided interval: the quantile of 1 − (1 − level)/2; 1.95996… for 0.95.
    public static func twoSided(level: Double) -> Double { -cs_normal_quantile((1 - level) / 2) }
}

/// Student's t distribution (Boost.Math).
public struct StudentDistribution: Hashable, Sendable {
    public let degreesOfFreedom: Double

    public init(degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

    /// P(T ≤ x).
    public func cumulative(_ x: Double) -> Double { cs_student_cumulative(degreesOfFreedom, x) }
    /// The x with P(T ≤ x) = p.
    public func quantile(_ p: Double) -> Double { cs_student_quantile(degreesOfFreedom, p) }
    /// The t of a two-sided interval.
    public func twoSided(level: Double) -> Double { -quantile((1 - level) / 2) }
    /// P(|T| ≥ |x|).
    public func twoSidedP(_ x: Double) -> Double { min(1, 2 * cumulative(-x.magnitude)) }
}

/// The chi-squared distribution (Boost.Math).
public struct ChiSquaredDistribution: Hashable, Sendable {
    public let degreesOfFreedom: Double

    public init(degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

    /// P(X ≤ x).
    public func cumulative(_ x: Double) -> Double { cs_chi_squared_cumulative(degreesOfFreedom, x) }
    /// P(X > x), accurate in the far tail.
    public func upperTail(_ x: Double) -> Double { cs_chi_squared_upper_tail(degreesOfFreedom, x) }
    /// The x with P(X ≤ x) = p.
    public func quantile(_ p: Double) -> Double { cs_chi_squared_quantile(degreesOfFreedom, p) }
}

/// The beta distribution (Boost.Math).
public struct BetaDistribution: Hashable, Sendable {
    public let a: Double
    public let b: Double

    public init(_ a: Double, _ b: Double) {
        self.a = a
        self.b = b
    }

    /// P(X ≤ x), the regularised incomplete beta function.
    public func cumulative(_ x: Double) -> Double { cs_beta_cumulative(a, b, x) }
    /// The x with P(X ≤ x) = p.
    public func quantile(_ p: Double) -> Double { cs_beta_quantile(a, b, p) }
    /// The x with P(X > x) = q, accurate for small q.
    public func upperQuantile(_ q: Double) -> Double { cs_beta_upper_quantile(a, b, q) }
}

/// The gamma distribution of scale 1 (Boost.Math).
public struct GammaDistribution: Hashable, Sendable {
    public let shape: Double

    public init(shape: Double) { self.shape = shape }

    /// P(X ≤ x), the regularised lower incomplete gamma function.
    public func cumulative(_ x: Double) -> Double { cs_gamma_cumulative(shape, x) }
    /// The x with P(X ≤ x) = p.
    public func quantile(_ p: Double) -> Double { cs_gamma_quantile(shape, p) }
    /// The x with P(X > x) = q, accurate for small q.
    public func upperQuantile(_ q: Double) -> Double { cs_gamma_upper_quantile(shape, q) }
}

/// The binomial distribution (Boost.Math).
public struct BinomialDistribution: Hashable, Sendable {
    public let trials: Int
    public let probability: Double

    public init(trials: Int, probability: Double) {
        self.trials = trials
        self.probability = probability
    }

    /// P(X = successes).
    public func mass(_ successes: Int) -> Double {
        cs_binomial_mass(Double(trials), probability, Double(successes))
    }
    /// P(X ≤ successes).
    public func cumulative(_ successes: Int) -> Double {
        cs_binomial_cumulative(Double(trials), probability, Double(successes))
    }
    /// P(X > successes), accurate in the far tail.
    public func upperTail(_ successes: Int) -> Double {
        cs_binomial_upper_tail(Double(trials), probability, Double(successes))
    }

    /// The least number k with P(X ≤ k) ≥ p, for 0 < p < 1.
    ///
    /// Small p are met from below, large p through the upper tail, so that limits as far out as 1e-12 stay right.
    public func quantile(_ p: Double) -> Int {
        let deviation = (Double(trials) * probability * (1 - probability)).squareRoot()
        let guess = Double(trials) * probability + deviation * NormalDistribution.quantile(p) - 0.5
        guard guess.isFinite, trials > 0 else { return bisected(p, from: trials / 2) }
        let begin = Int(min(max(guess.rounded(), 0), Double(trials)))
        return walked(p, from: begin) ?? bisected(p, from: begin)
    }

    /// The normal distribution's value is hardly ever more than two away: from there by single probabilities, each from
    /// the one before. Nil: not within a few steps, or so close to p that rounding could decide.
    private func walked(_ p: Double, from begin: Int) -> Int? {
        let isLow = p <= 0.5
        let goal = isLow ? p : 1 - p
        let odds = probability / (1 - probability)
        var k = begin
        var tail = isLow ? cumulative(k) : upperTail(k)
        var mass = mass(k)
        let close = 1e-9 * max(tail, goal)
        func isReached(_ tail: Double) -> Bool { isLow ? tail >= goal : tail <= goal }
        guard (tail - goal).magnitude > close, mass > 0 else { return nil }
        let isDown = isReached(tail)
        for _ in 0..<8 {
            if isDown {
                if k == 0 { return 0 }
                tail += isLow ? -mass : mass
                mass *= Double(k) / (Double(trials - k + 1) * odds)
                k -= 1
            } else {
                if k == trials { return trials }
                mass *= Double(trials - k) / Double(k + 1) * odds
                tail += isLow ? mass : -mass
                k += 1
            }
            guard (tail - goal).magnitude > close else { return nil }
            if isReached(tail) != isDown { return isDown ? k + 1 : k }
        }
        return nil
    }

    /// By bisection on the cumulative.
    private func bisected(_ p: Double, from begin: Int) -> Int {
        func reached(_ k: Int) -> Bool { p <= 0.5 ? cumulative(k) >= p : upperTail(k) <= 1 - p }
        // What is sought lies in `low ... high`; wider and wider steps from the guess find both ends.
        var (low, high) = (0, trials)
        var middle = begin
        var step = 1
        if trials > 0, middle < trials, !reached(middle) {
            low = middle + 1
            while low + step - 1 < high {
                if reached(low + step - 1) {
                    high = low + step - 1
                } else {
                    low += step
                    step *= 2
                }
            }
        } else {
            high = middle
            while high - step >= low, reached(high - step) {
                high -= step
                step *= 2
            }
            low = max(low, high - step + 1)
        }
        while low < high {
            middle = low + (high - low) / 2
            if reached(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
