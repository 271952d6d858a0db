// The local level model with regression: exact diffuse Kalman filter and likelihood, seen through CRegression.h.
//
//     y_t = μ_t + x_t′β + ε_t,  μ_{t+1} = μ_t + η_t,  var ε = σ²(1 − s),  var η = σ² s
//
// μ₁ and β are diffuse. The first known point fixes the level (Durbin, Koopman 2012, section 2.9); the same filter run
// over each regressor gives innovations whose generalised least squares is the diffuse β (augmented filter, de Jong
// 1991, doi:10.1214/aos/1176348139), and σ² is concentrated out.
#include "CRegression.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include <boost/math/tools/minima.hpp>

#include "cholesky.hpp"

namespace {

struct Filter {
    int rows;
    int columns;
    const double *y;
    const double *x;
    // Levels of the regressors, then of y.
    std::vector<double> level;
    std::vector<double> innovation;
    cholesky::Matrix gram;

    Filter(int rows, int columns, const double *y, const double *x)
        : rows(rows), columns(columns), y(y), x(x), level(columns + 1), innovation(columns + 1), gram(columns + 1) {}

    double cell(int row, int column) const {
        return column < columns ? x[static_cast<std::size_t>(column) * rows + row] : y[row];
    }

    // Runs the filter; `each(row, innovations, F)` sees every innovation. False where β or σ² cannot be had.
    template <class Each> bool run(double share, cs_level &result, Each each) {
        const int width = columns + 1;
        for (double &one : gram.cells) one = 0;
        double variance = 0, log_f = 0;
        int known = 0;
        for (int t = 0; t < rows; ++t) {
            if (std::isnan(y[t])) {
                if (known > 0) variance += share;
                continue;
            }
            known += 1;
            if (known == 1) {
                for (int i = 0; i < width; ++i) level[i] = cell(t, i);
                variance = 1;
                continue;
            }
            const double f = variance + 1 - share;
            const double gain = variance / f;
            log_f += std::log(f);
            for (int i = 0; i < width; ++i) {
                innovation[i] = cell(t, i) - level[i];
                level[i] += gain * innovation[i];
            }
            for (int i = 0; i < width; ++i)
                for (int j = 0; j <= i; ++j) gram.at(i, j) += innovation[i] * innovation[j] / f;
            each(t, innovation, f);
            variance = variance * (1 - gain) + share;
        }
        const int left = known - 1 - columns;
        if (left < 1 || !gram.factor(columns)) return false;
        double squares = gram.at(columns, columns);
        for (int k = 0; k < columns; ++k) squares -= gram.at(columns, k) * gram.at(columns, k);
        if (!(squares > 0)) return false;
        result.share = share;
        result.variance = squares / left;
        result.level = level[columns];
        result.level_variance = variance;
        result.innovations = known - 1;
        constexpr double log_two_pi = 1.8378770664093454836;
        result.log_likelihood = -0.5 * (left * (log_two_pi + std::log(result.variance) + 1) + log_f
                                        + gram.log_determinant(columns));
        return true;
    }

    bool answer(
        double share, cs_level &result, double *coefficients, double *inverse, double *levels, double *standardized) {
        if (!run(share, result, [](int, const std::vector<double> &, double) {})) return false;
        std::vector<double> b(columns);
        for (int k = 0; k < columns; ++k) b[k] = gram.at(columns, k);
        gram.solve_transposed(columns, b.data());
        for (int k = 0; k < columns; ++k) {
            if (coefficients) coefficients[k] = b[k];
            if (levels) levels[k] = level[k];
        }
        if (inverse) gram.invert(columns, inverse);
        if (!standardized) return true;
        for (int t = 0; t < rows; ++t) standardized[t] = std::numeric_limits<double>::quiet_NaN();
        const double deviation = std::sqrt(result.variance);
        cs_level again;
        return run(share, again, [&](int t, const std::vector<double> &v, double f) {
            double own = v[columns];
            for (int k = 0; k < columns; ++k) own -= v[k] * b[k];
            standardized[t] = own / (deviation * std::sqrt(f));
        });
    }
};

} // namespace

int32_t cs_level_at(
    int32_t rows, int32_t columns, const double *y, const double *x, double share, cs_level *result,
    double *coefficients, double *inverse, double *levels, double *standardized) {
    if (rows < 2 || columns < 0 || !(share >= 0 && share <= 1)) return -1;
    try {
        Filter filter(rows, columns, y, x);
        return filter.answer(share, *result, coefficients, inverse, levels, standardized) ? 0 : -1;
    } catch (...) {
        return -1;
    }
}

int32_t cs_level_fit(
    int32_t rows, int32_t columns, const double *y, const double *x, cs_level *result, double *coefficients,
    double *inverse, double *levels, double *standardized) {
    if (rows < 2 || columns < 0) return -1;
    try {
        Filter filter(rows, columns, y, x);
        const auto nothing = [](int, const std::vector<double> &, double) {};
        const auto cost = [&](double share) {
            cs_level tried;
            return filter.run(share, tried, nothing) ? -tried.log_likelihood
                                                     : std::numeric_limits<double>::infinity();
        };
        const auto share = [](double logit) { return 1 / (1 + std::exp(-logit)); };
        const auto at = [&](double logit) { return cost(share(logit)); };
        // From a ten-thousandth of the variance to all but that: wide steps, then the fine search around the best.
        constexpr int lowest = -9, highest = 9;
        int best = lowest;
        double least = at(lowest);
        for (int i = lowest + 1; i <= highest; ++i) {
            const double now = at(i);
            if (now < least) {
                least = now;
                best = i;
            }
        }
        std::uintmax_t iterations = 40;
        const std::pair<double, double> found =
            boost::math::tools::brent_find_minima(at, best - 1.0, best + 1.0, 26, iterations);
        double chosen = share(found.first);
        double smallest = found.second;
        for (const double end : {0.0, 1.0}) {
            const double now = cost(end);
            // A level that all but stands stands: the ends are as likely as what lies a hair beside them.
            if (now <= smallest + 1e-9) {
                smallest = now;
                chosen = end;
            }
        }
        return filter.answer(chosen, *result, coefficients, inverse, levels, standardized) ? 0 : -1;
    } catch (...) {
        return -1;
    }
}
