// Distribution functions of Boost.Math behind a C interface. Regression and time series: CRegression.h.
//
// Every function takes and gives plain doubles. Outside a function's domain, where no root is found and for NaN the
// answer is NaN; at the edges of a domain it is the limit (a quantile may be ±infinity). No C++ exception leaves this
// library.
#pragma once

#include "CRegression.h"

#ifdef __cplusplus
extern "C" {
#endif

/// P(Z <= x) for the standard normal.
double cs_normal_cumulative(double x);
/// P(Z > x), accurate in the far tail.
double cs_normal_upper_tail(double x);
/// The x with P(Z <= x) = p.
double cs_normal_quantile(double p);

/// P(T <= x) for Student's t.
double cs_student_cumulative(double degrees_of_freedom, double x);
/// The x with P(T <= x) = p.
double cs_student_quantile(double degrees_of_freedom, double p);

/// P(X <= x) for chi-squared.
double cs_chi_squared_cumulative(double degrees_of_freedom, double x);
/// P(X > x), accurate in the far tail.
double cs_chi_squared_upper_tail(double degrees_of_freedom, double x);
/// The x with P(X <= x) = p.
double cs_chi_squared_quantile(double degrees_of_freedom, double p);

/// P(X <= x) for the beta distribution: the regularised incomplete beta function I_x(a, b).
double cs_beta_cumulative(double a, double b, double x);
/// The x with I_x(a, b) = p.
double cs_beta_quantile(double a, double b, double p);
/// The x with 1 - I_x(a, b) = q, accurate for small q.
double cs_beta_upper_quantile(double a, double b, double q);

/// P(X <= x) for the gamma distribution of this shape and scale 1: the regularised lower incomplete gamma function.
double cs_gamma_cumulative(double shape, double x);
/// The x with P(X <= x) = p.
double cs_gamma_quantile(double shape, double p);
/// The x with P(X > x) = q, accurate for small q.
double cs_gamma_upper_quantile(double shape, double q);

/// P(X = successes) of a binomial; successes and trials are whole numbers.
double cs_binomial_mass(double trials, double probability, double successes);
/// P(X <= successes).
double cs_binomial_cumulative(double trials, double probability, double successes);
/// P(X > successes), accurate in the far tail.
double cs_binomial_upper_tail(double trials, double probability, double successes);

#ifdef __cplusplus
}
#endif
