/// The points after a change as predictions see them: how far off they are and what the regressors say there.
struct Horizon {
    /// From the first period after the fit, rising.
    let distances: [Int]
    /// Each regressor at those points.
    let regressors: [[Double]]

    struct Prediction {
        var predictions: [Double]
        /// Standard errors of observed − predicted, and of its running sums.
        var errors: [Double]
        var cumulativeErrors: [Double]
    }

    /// Predictions and what they are worth. The sum of j errors has the variance σ²(j²P + sΣmin(dᵢ,dₖ) + j(1−s) + z′Cz),
    /// z the summed distance of the regressors from their levels.
    func predict(_ end: LocalLevel.End, _ coefficients: [Double]) -> Prediction {
        let k = regressors.count
        var sums = [Double](repeating: 0, count: k)
        var wandered = 0.0
        var distanceSum = 0.0
        var prediction = Prediction(predictions: [], errors: [], cumulativeErrors: [])
        prediction.predictions.reserveCapacity(distances.count)
        prediction.errors.reserveCapacity(distances.count)
        prediction.cumulativeErrors.reserveCapacity(distances.count)
        var own = [Double](repeating: 0, count: k)
        for j in distances.indices {
            var value = end.level
            for i in 0..<k {
                own[i] = regressors[i][j] - end.levels[i]
                sums[i] += own[i]
                value += own[i] * coefficients[i]
            }
            // Distances rise: min(d_j, d_i) = d_i for all before.
            let d = Double(distances[j])
            wandered += 2 * distanceSum + d
            distanceSum += d
            let single = end.levelVariance + end.share * d + 1 - end.share + form(end.inverse, own)
            let n = Double(j + 1)
            let summed = n * n * end.levelVariance + end.share * wandered + n * (1 - end.share) + form(end.inverse, sums)
            prediction.predictions.append(value)
            prediction.errors.append((end.variance * single).squareRoot())
            prediction.cumulativeErrors.append((end.variance * summed).squareRoot())
        }
        return prediction
    }

    private func form(_ inverse: [Double], _ z: [Double]) -> Double {
        var sum = 0.0
        for i in z.indices { for j in z.indices { sum += z[i] * inverse[i * z.count + j] * z[j] } }
        return sum
    }
}

/// Prediction errors of series drawn from a fitted local level, each fitted anew, in units of the fit's σ.
///
/// Level and β may be 0 in what is drawn: the fit's errors do not depend on them. Replicates have streams of their own,
/// so that the first 99 of 999 are those of 99.
struct BootstrapErrors {
    private let singles: [[Double]]
    private let sums: [[Double]]
    let count: Int

    init(
        known: [Int], length: Int, regressors: [[Double]], horizon: Horizon, end: LocalLevel.End, replicates: Int,
        seed: UInt64
    ) {
        let points = horizon.distances.count
        var singles = [[Double]](repeating: [], count: points)
        var sums = singles
        var buffers = LocalLevel.Buffers(rows: length, columns: regressors.count)
        let x = regressors.flatMap { $0 }
        let noise = (1 - end.share).squareRoot()
        let step = end.share.squareRoot()
        var y = [Double](repeating: .nan, count: length)
        var after = [Double](repeating: 0, count: points)
        for replicate in 0..<replicates {
            var random = SplitMix64(seed: seed, stream: UInt64(replicate))
            var level = 0.0
            var next = 0
            for t in 0..<length {
                if next < known.count, known[next] == t {
                    y[t] = level + (noise > 0 ? noise * random.normal() : 0)
                    next += 1
                }
                if step > 0 { level += step * random.normal() }
            }
            var distance = 0
            for j in 0..<points {
                while distance < horizon.distances[j] {
                    if step > 0 { level += step * random.normal() }
                    distance += 1
                }
                after[j] = level + (noise > 0 ? noise * random.normal() : 0)
            }
            guard let fit = buffers.end(y, x) else { continue }
            let predicted = horizon.predict(fit.end, fit.coefficients)
            var sum = 0.0
            for j in 0..<points {
                let error = after[j] - predicted.predictions[j]
                sum += error
                singles[j].append(error)
                sums[j].append(sum)
            }
        }
        self.singles = singles
        self.sums = sums
        count = sums.first?.count ?? 0
    }

    func single(_ j: Int) -> [Double] { singles[j] }
    func cumulative(_ j: Int) -> [Double] { sums[j] }

    /// The share of drawn sums at least as far out, on the nearer side twice, with the series itself counted in.
    func p(_ j: Int, _ sum: Double) -> Double {
        let above = sums[j].count { $0 >= sum }
        let below = sums[j].count { $0 <= sum }
        return min(1, 2 * Double(min(above, below) + 1) / Double(count + 1))
    }
}
