// Distribution functions of Boost.Math (header only), seen through CStatistics.h.
#include "CStatistics.h"

#include <cmath>
#include <limits>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace {

namespace math = boost::math;

// Errors become NaN (domain, evaluation, pole) or the limit (overflow) instead of exceptions, and doubles are not
// promoted to long double: its width differs between processors, and the same input shall give the same bytes.
using Quiet = math::policies::policy<
    math::policies::domain_error<math::policies::ignore_error>,
    math::policies::pole_error<math::policies::ignore_error>,
    math::policies::overflow_error<math::policies::ignore_error>,
    math::policies::underflow_error<math::policies::ignore_error>,
    math::policies::denorm_error<math::policies::ignore_error>,
    math::policies::rounding_error<math::policies::ignore_error>,
    math::policies::evaluation_error<math::policies::ignore_error>,
    math::policies::indeterminate_result_error<math::policies::ignore_error>,
    math::policies::promote_double<false>>;

using Normal = math::normal_distribution<double, Quiet>;
using Student = math::students_t_distribution<double, Quiet>;
using ChiSquared = math::chi_squared_distribution<double, Quiet>;
using Beta = math::beta_distribution<double, Quiet>;
using Gamma = math::gamma_distribution<double, Quiet>;
using Binomial = math::binomial_distribution<double, Quiet>;

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

// The last line of defence: an exception that crossed into Swift would be undefined behaviour.
template <class Body> double guarded(Body body) noexcept {
    try {
        return body();
    } catch (...) {
        return nothing;
    }
}

bool positive(double x) { return x > 0 && std::isfinite(x); }
bool share(double p) { return p >= 0 && p <= 1; }
bool whole(double x) { return x >= 0 && std::isfinite(x) && std::floor(x) == x; }

} // namespace

double cs_normal_cumulative(double x) {
    if (std::isnan(x)) return nothing;
    return guarded([=] { return math::cdf(Normal(), x); });
}

double cs_normal_upper_tail(double x) {
    if (std::isnan(x)) return nothing;
    return guarded([=] { return math::cdf(math::complement(Normal(), x)); });
}

double cs_normal_quantile(double p) {
    if (!share(p)) return nothing;
    if (p == 0) return -infinite;
    if (p == 1) return infinite;
    return guarded([=] { return math::quantile(Normal(), p); });
}

double cs_student_cumulative(double df, double x) {
    if (!positive(df) || std::isnan(x)) return nothing;
    if (std::isinf(x)) return x < 0 ? 0 : 1;
    return guarded([=] { return math::cdf(Student(df), x); });
}

double cs_student_quantile(double df, double p) {
    if (!positive(df) || !share(p)) return nothing;
    if (p == 0) return -infinite;
    if (p == 1) return infinite;
    return guarded([=] { return math::quantile(Student(df), p); });
}

double cs_chi_squared_cumulative(double df, double x) {
    if (!positive(df) || std::isnan(x)) return nothing;
    if (x <= 0) return 0;
    if (std::isinf(x)) return 1;
    return guarded([=] { return math::cdf(ChiSquared(df), x); });
}

double cs_chi_squared_upper_tail(double df, double x) {
    if (!positive(df) || std::isnan(x)) return nothing;
    if (x <= 0) return 1;
    if (std::isinf(x)) return 0;
    return guarded([=] { return math::cdf(math::complement(ChiSquared(df), x)); });
}

double cs_chi_squared_quantile(double df, double p) {
    if (!positive(df) || !share(p)) return nothing;
    if (p == 0) return 0;
    if (p == 1) return infinite;
    return guarded([=] { return math::quantile(ChiSquared(df), p); });
}

double cs_beta_cumulative(double a, double b, double x) {
    if (!positive(a) || !positive(b) || std::isnan(x)) return nothing;
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    return guarded([=] { return math::cdf(Beta(a, b), x); });
}

double cs_beta_quantile(double a, double b, double p) {
    if (!positive(a) || !positive(b) || !share(p)) return nothing;
    if (p == 0 || p == 1) return p;
    return guarded([=] { return math::quantile(Beta(a, b), p); });
}

double cs_beta_upper_quantile(double a, double b, double q) {
    if (!positive(a) || !positive(b) || !share(q)) return nothing;
    if (q == 0 || q == 1) return 1 - q;
    return guarded([=] { return math::quantile(math::complement(Beta(a, b), q)); });
}

double cs_gamma_cumulative(double shape, double x) {
    if (!positive(shape) || std::isnan(x)) return nothing;
    if (x <= 0) return 0;
    if (std::isinf(x)) return 1;
    return guarded([=] { return math::cdf(Gamma(shape, 1), x); });
}

double cs_gamma_quantile(double shape, double p) {
    if (!positive(shape) || !share(p)) return nothing;
    if (p == 0) return 0;
    if (p == 1) return infinite;
    return guarded([=] { return math::quantile(Gamma(shape, 1), p); });
}

double cs_gamma_upper_quantile(double shape, double q) {
    if (!positive(shape) || !share(q)) return nothing;
    if (q == 0) return infinite;
    if (q == 1) return 0;
    return guarded([=] { return math::quantile(math::complement(Gamma(shape, 1), q)); });
}

double cs_binomial_mass(double n, double p, double k) {
    if (!whole(n) || !share(p) || !whole(k) || k > n) return nothing;
    if (n == 0) return 1;
    return guarded([=] { return math::pdf(Binomial(n, p), k); });
}

double cs_binomial_cumulative(double n, double p, double k) {
    if (!whole(n) || !share(p) || std::isnan(k)) return nothing;
    if (k < 0) return 0;
    if (k >= n) return 1;
    return guarded([=] { return math::cdf(Binomial(n, p), std::floor(k)); });
}

double cs_binomial_upper_tail(double n, double p, double k) {
    if (!whole(n) || !share(p) || std::isnan(k)) return nothing;
    if (k < 0) return 1;
    if (k >= n) return 0;
    return guarded([=] { return math::cdf(math::complement(Binomial(n, p), std::floor(k))); });
}
