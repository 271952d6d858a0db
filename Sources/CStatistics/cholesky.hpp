// The Cholesky factor of small matrices in place: a likelihood's search takes thousands of them, and for five or ten
// columns a plain loop is all there is to do.
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

namespace cholesky {

// A symmetric matrix of this size, row after row; after `factor` the lower triangle L with L L′ = A.
struct Matrix {
    int size;
    std::vector<double> cells;

    explicit Matrix(int size) : size(size), cells(static_cast<std::size_t>(size) * size, 0.0) {}
    double &at(int i, int j) { return cells[static_cast<std::size_t>(i) * size + j]; }
    double at(int i, int j) const { return cells[static_cast<std::size_t>(i) * size + j]; }

    // Factors the leading `count` rows and columns and reduces the rest to its Schur complement; false where they are
    // not positive definite, each pivot held against the diagonal it came from.
    bool factor(int count) {
        for (int j = 0; j < count; ++j) {
            const double whole = at(j, j);
            double pivot = whole;
            for (int k = 0; k < j; ++k) pivot -= at(j, k) * at(j, k);
            if (!(pivot > whole * 1e-13) || !std::isfinite(pivot)) return false;
            const double root = std::sqrt(pivot);
            at(j, j) = root;
            for (int i = j + 1; i < size; ++i) {
                double sum = at(i, j);
                for (int k = 0; k < j; ++k) sum -= at(i, k) * at(j, k);
                at(i, j) = sum / root;
            }
        }
        return true;
    }

    // After factor(count): 2 Σ log L_jj.
    double log_determinant(int count) const {
        double sum = 0;
        for (int j = 0; j < count; ++j) sum += std::log(at(j, j));
        return 2 * sum;
    }

    // After factor(count): solves L′ b = l in place, l of `count` numbers.
    void solve_transposed(int count, double *l) const {
        for (int i = count - 1; i >= 0; --i) {
            for (int k = i + 1; k < count; ++k) l[i] -= at(k, i) * l[k];
            l[i] /= at(i, i);
        }
    }

    // After factor(count): (L L′)⁻¹, count × count.
    void invert(int count, double *inverse) const {
        for (int column = 0; column < count; ++column) {
            double *b = inverse + static_cast<std::size_t>(column) * count;
            for (int i = 0; i < count; ++i) {
                b[i] = i == column ? 1 : 0;
                for (int k = 0; k < i; ++k) b[i] -= at(i, k) * b[k];
                b[i] /= at(i, i);
            }
            solve_transposed(count, b);
        }
    }
};

} // namespace cholesky
