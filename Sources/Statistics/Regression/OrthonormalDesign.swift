import CStatistics

/// The columns of a regression with an orthonormal basis of them: taken once, any number of series can be fitted.
///
/// X T = Q by Householder QR with pivoting of the scaled columns (Eigen). Coefficients of X are T times those of Q.
public struct OrthonormalDesign: Hashable, Sendable {
    public let names: [String]
    public let rowCount: Int
    public var columnCount: Int { names.count }
    /// X, Q (rows × columns) and T (columns × columns), column after column.
    let x: [Double]
    let q: [Double]
    let t: [Double]

    /// - Throws: `tooFew` where there are fewer rows than columns, `dependent` naming the first column that those before
    ///   it span.
    public init(_ columns: [(name: String, values: [Double])]) throws(Unanswerable) {
        let rows = columns.first?.values.count ?? 0
        guard !columns.isEmpty, rows >= columns.count else {
            throw .tooFew(TooFew(had: rows, needed: max(1, columns.count)), of: "points for the model's terms")
        }
        names = columns.map(\.name)
        rowCount = rows
        x = columns.flatMap(\.values)
        var q = [Double](repeating: 0, count: x.count)
        var t = [Double](repeating: 0, count: columns.count * columns.count)
        let rank = cs_orthonormal_basis(Int32(rows), Int32(columns.count), x, &q, &t)
        guard rank == columns.count else {
            throw rank < 0 ? .noFit("a regression") : .dependent(Self.spanned(columns))
        }
        self.q = q
        self.t = t
    }

    /// The first column that those before it span.
    private static func spanned(_ columns: [(name: String, values: [Double])]) -> String {
        for count in 1...columns.count {
            let x = columns.prefix(count).flatMap(\.values)
            var q = [Double](repeating: 0, count: x.count)
            var t = [Double](repeating: 0, count: count * count)
            let rank = cs_orthonormal_basis(Int32(x.count / count), Int32(count), x, &q, &t)
            if rank < count { return columns[count - 1].name }
        }
        return columns.last?.name ?? ""
    }

    /// Q′y.
    func onBasis(_ y: [Double]) -> [Double] {
        (0..<columnCount).map { column in
            var sum = 0.0
            for row in 0..<rowCount { sum += q[column * rowCount + row] * y[row] }
            return sum
        }
    }

    /// T c: coefficients of X from those of Q.
    func ofColumns(_ c: [Double]) -> [Double] {
        (0..<columnCount).map { row in
            var sum = 0.0
            for column in 0..<columnCount { sum += t[column * columnCount + row] * c[column] }
            return sum
        }
    }

    /// T′l: the weights on Q's coefficients that make the same sum as l on X's.
    func weightsOnBasis(_ l: [Double]) -> [Double] {
        (0..<columnCount).map { column in
            var sum = 0.0
            for row in 0..<columnCount { sum += t[column * columnCount + row] * l[row] }
            return sum
        }
    }

    /// T M T′ for a symmetric M (columns × columns); without M T T′ = (X′X)⁻¹.
    func ofColumns(covariance m: [Double]? = nil) -> [[Double]] {
        let count = columnCount
        let half = (0..<count).map { column in
            m.map { m in ofColumns(Array(m[column * count..<(column + 1) * count])) }
                ?? (0..<count).map { t[column * count + $0] }
        }
        // half[k] is the k-th column of T M; times T′.
        return (0..<count).map { row in
            (0..<count).map { column in
                var sum = 0.0
                for k in 0..<count { sum += half[k][row] * t[k * count + column] }
                return sum
            }
        }
    }

    /// y − X b, each sum in twice the precision.
    func residuals(_ y: [Double], _ b: [Double]) -> [Double] {
        var r = [Double](repeating: 0, count: rowCount)
        cs_exact_residuals(Int32(rowCount), Int32(columnCount), x, y, b, &r)
        return r
    }

    /// X b.
    func values(_ b: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: rowCount)
        for column in 0..<columnCount {
            for row in 0..<rowCount { sums[row] += x[column * rowCount + row] * b[column] }
        }
        return sums
    }

    /// The design with each row multiplied by a weight's root.
    func scaled(rows roots: [Double]) throws(Unanswerable) -> OrthonormalDesign {
        var columns: [(name: String, values: [Double])] = []
        for (column, name) in names.enumerated() {
            columns.append((name, (0..<rowCount).map { x[column * rowCount + $0] * roots[$0] }))
        }
        return try OrthonormalDesign(columns)
    }

    func row(_ index: Int) -> [Double] { (0..<columnCount).map { x[$0 * rowCount + index] } }
}
