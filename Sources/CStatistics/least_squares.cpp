// Orthogonal bases by Eigen's Householder QR, seen through CRegression.h.
#include "CRegression.h"

#include <cmath>

#include <eigen3/Eigen/Dense>

namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

// Columns of one that are nearer than this to those before them count as spanned by these. Longley's data, the worst
// that anybody fits on purpose, are at 1e-5.
constexpr double nearness = 1e-10;

// a·b = product + error, exactly.
struct Twofold {
    double high = 0;
    double low = 0;

    void add(double value) {
        const double sum = high + value;
        const double part = sum - high;
        low += (high - (sum - part)) + (value - part);
        high = sum;
    }

    void subtract_product(double a, double b) {
        const double product = a * b;
        add(-product);
        low -= std::fma(a, b, -product);
    }
};

} // namespace

int32_t cs_orthonormal_basis(int32_t rows, int32_t columns, const double *x, double *q, double *t) {
    if (rows < 1 || columns < 1) return -1;
    try {
        const Eigen::Map<const Matrix> design(x, rows, columns);
        if (!design.allFinite()) return -1;
        Vector norms = design.colwise().stableNorm().transpose();
        for (int32_t j = 0; j < columns; ++j) {
            if (!(norms[j] > 0)) norms[j] = 1;
        }
        const Matrix scaled = design * norms.cwiseInverse().asDiagonal();
        Eigen::ColPivHouseholderQR<Matrix> qr(rows, columns);
        qr.setThreshold(nearness);
        qr.compute(scaled);
        const int32_t rank = static_cast<int32_t>(qr.rank());
        if (rank < columns) return rank;
        Eigen::Map<Matrix>(q, rows, columns) = qr.householderQ() * Matrix::Identity(rows, columns);
        const Matrix upper = qr.matrixR().topLeftCorner(columns, columns);
        const Matrix inverse =
            upper.triangularView<Eigen::Upper>().solve(Matrix::Identity(columns, columns));
        Eigen::Map<Matrix>(t, columns, columns) =
            norms.cwiseInverse().asDiagonal() * (qr.colsPermutation() * inverse);
        return rank;
    } catch (...) {
        return -1;
    }
}

void cs_exact_residuals(
    int32_t rows, int32_t columns, const double *x, const double *y, const double *b, double *r) {
    for (int32_t i = 0; i < rows; ++i) {
        Twofold sum;
        sum.add(y[i]);
        for (int32_t j = 0; j < columns; ++j) sum.subtract_product(x[static_cast<size_t>(j) * rows + i], b[j]);
        r[i] = sum.high + sum.low;
    }
}
