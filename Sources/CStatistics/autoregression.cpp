// Regression with errors of AR(1), by restricted maximum likelihood, seen through CRegression.h.
//
// R has the entries ρ^|s−t| of the positions s, t. Its inverse whitens each point by the one before it at distance d:
// (e_t − ρᵈ e_{t−d}) ÷ √(1 − ρ²ᵈ). Z′R⁻¹Z of Z = [Q y] is then a polynomial in ρᵈ of sums that are taken once, and each
// correlation that the search tries costs a small Cholesky factor, however long the series.
#include "CRegression.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include <boost/math/tools/minima.hpp>

#include "cholesky.hpp"

namespace {

// The cross products of Z at one distance between neighbours.
struct Lag {
    int distance;
    int pairs = 0;
    // Σ z_t z_t′ + …: later with later, earlier with earlier, later with earlier plus its transpose.
    std::vector<double> later, earlier, cross;

    Lag(int distance, std::size_t size) : distance(distance), later(size), earlier(size), cross(size) {}
};

struct Sums {
    int rows;
    int columns;
    std::vector<double> first;
    std::vector<Lag> lags;

    Sums(int rows, int columns, const double *q, const double *y, const int32_t *positions)
        : rows(rows), columns(columns) {
        const int width = columns + 1;
        const std::size_t size = static_cast<std::size_t>(width) * width;
        const auto cell = [&](int row, int column) {
            return column < columns ? q[static_cast<std::size_t>(column) * rows + row] : y[row];
        };
        first.resize(size);
        std::vector<double> now(width), before(width);
        for (int t = 0; t < rows; ++t) {
            for (int i = 0; i < width; ++i) now[i] = cell(t, i);
            if (t == 0) {
                for (int i = 0; i < width; ++i)
                    for (int j = 0; j <= i; ++j) first[i * width + j] = now[i] * now[j];
            } else {
                Lag &lag = at(positions[t] - positions[t - 1], size);
                lag.pairs += 1;
                for (int i = 0; i < width; ++i) {
                    for (int j = 0; j <= i; ++j) {
                        lag.later[i * width + j] += now[i] * now[j];
                        lag.earlier[i * width + j] += before[i] * before[j];
                        lag.cross[i * width + j] += now[i] * before[j] + before[i] * now[j];
                    }
                }
            }
            now.swap(before);
        }
    }

    Lag &at(int distance, std::size_t size) {
        for (Lag &lag : lags)
            if (lag.distance == distance) return lag;
        lags.emplace_back(distance, size);
        return lags.back();
    }

    // Z′R⁻¹Z, its leading block factored, and the likelihood; false where that cannot be.
    bool evaluate(double correlation, cholesky::Matrix &matrix, cs_autoregression &result) const {
        const int width = columns + 1;
        for (std::size_t i = 0; i < first.size(); ++i) matrix.cells[i] = first[i];
        double log_determinant = 0;
        for (const Lag &lag : lags) {
            const double power = std::pow(correlation, lag.distance);
            const double left = 1 - power * power;
            log_determinant += lag.pairs * std::log(left);
            for (int i = 0; i < width; ++i) {
                for (int j = 0; j <= i; ++j) {
                    const int at = i * width + j;
                    matrix.cells[at] +=
                        (lag.later[at] - power * lag.cross[at] + power * power * lag.earlier[at]) / left;
                }
            }
        }
        if (!matrix.factor(columns)) return false;
        double squares = matrix.at(columns, columns);
        for (int k = 0; k < columns; ++k) squares -= matrix.at(columns, k) * matrix.at(columns, k);
        if (!(squares > 0)) return false;
        result.correlation = correlation;
        result.weighted_squares = squares;
        result.log_likelihood = -0.5 * ((rows - columns) * std::log(squares) + log_determinant
                                        + matrix.log_determinant(columns));
        return true;
    }

    bool answer(double correlation, cs_autoregression &result, double *coefficients, double *inverse) const {
        cholesky::Matrix matrix(columns + 1);
        if (!evaluate(correlation, matrix, result)) return false;
        if (coefficients) {
            for (int k = 0; k < columns; ++k) coefficients[k] = matrix.at(columns, k);
            matrix.solve_transposed(columns, coefficients);
        }
        if (inverse) matrix.invert(columns, inverse);
        return true;
    }
};

} // namespace

int32_t cs_autoregression_at(
    int32_t rows, int32_t columns, const double *q, const double *y, const int32_t *positions, double correlation,
    cs_autoregression *result, double *coefficients, double *inverse) {
    if (rows <= columns || columns < 1 || !(correlation > -1 && correlation < 1)) return -1;
    try {
        const Sums sums(rows, columns, q, y, positions);
        return sums.answer(correlation, *result, coefficients, inverse) ? 0 : -1;
    } catch (...) {
        return -1;
    }
}

int32_t cs_autoregression_fit(
    int32_t rows, int32_t columns, const double *q, const double *y, const int32_t *positions, double lower,
    double upper, cs_autoregression *result, double *coefficients, double *inverse) {
    if (rows <= columns || columns < 1 || !(lower > -1 && upper < 1 && lower < upper)) return -1;
    try {
        const Sums sums(rows, columns, q, y, positions);
        cholesky::Matrix matrix(columns + 1);
        const auto cost = [&](double correlation) {
            cs_autoregression tried;
            return sums.evaluate(correlation, matrix, tried) ? -tried.log_likelihood
                                                             : std::numeric_limits<double>::infinity();
        };
        // The likelihood may have two humps: the best of a coarse grid is where the fine search begins.
        constexpr int steps = 20;
        const auto knot = [&](int i) { return lower + (upper - lower) * i / steps; };
        int best = 0;
        double least = cost(lower);
        for (int i = 1; i <= steps; ++i) {
            const double now = cost(knot(i));
            if (now < least) {
                least = now;
                best = i;
            }
        }
        const double from = knot(best > 0 ? best - 1 : 0);
        const double to = knot(best < steps ? best + 1 : steps);
        std::uintmax_t iterations = 60;
        const std::pair<double, double> found = boost::math::tools::brent_find_minima(cost, from, to, 30, iterations);
        const double correlation = found.second <= least ? found.first : knot(best);
        return sums.answer(correlation, *result, coefficients, inverse) ? 0 : -1;
    } catch (...) {
        return -1;
    }
}
