// Least squares (Eigen) and the likelihoods of two time series models behind a C interface.
//
// Matrices lie column after column. Every function gives 0 or more where it could answer and a negative number where it
// could not (numbers that are not finite, no room in memory); then the outputs hold nothing. No C++ exception leaves.
#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// An orthonormal basis Q of the columns of X (rows × columns) and the T (columns × columns) with X T = Q, by
/// Householder QR of the scaled columns with pivoting. Gives the rank; below `columns` q and t are not filled.
int32_t cs_orthonormal_basis(int32_t rows, int32_t columns, const double *x, double *q, double *t);

/// One step of iterative refinement's residuals: r = y − X b, each sum carried in twice the precision.
void cs_exact_residuals(
    int32_t rows, int32_t columns, const double *x, const double *y, const double *b, double *r);

/// What the likelihood of y = Q c + e says at one correlation; e is stationary AR(1) on whole-number positions.
typedef struct {
    double correlation;
    /// Restricted log-likelihood, σ² concentrated out, up to a constant of the design: −½ (m log S + log|R| +
    /// log|Q′R⁻¹Q|), m = rows − columns.
    double log_likelihood;
    /// S = (y − Qĉ)′R⁻¹(y − Qĉ).
    double weighted_squares;
} cs_autoregression;

/// At a given correlation in (−1, 1). `coefficients` and `inverse` (columns × columns, (Q′R⁻¹Q)⁻¹) may be null.
/// `positions` rise strictly.
int32_t cs_autoregression_at(
    int32_t rows, int32_t columns, const double *q, const double *y, const int32_t *positions, double correlation,
    cs_autoregression *result, double *coefficients, double *inverse);

/// At the correlation between `lower` and `upper` where the restricted likelihood is greatest.
int32_t cs_autoregression_fit(
    int32_t rows, int32_t columns, const double *q, const double *y, const int32_t *positions, double lower,
    double upper, cs_autoregression *result, double *coefficients, double *inverse);

/// The local level model with regression, after its last point. Variances are shares of their sum σ²: η's is `share`.
typedef struct {
    /// Of the level's steps in the sum of both variances: 0 a level that stands, 1 a random walk.
    double share;
    /// Diffuse log-likelihood, σ² concentrated out.
    double log_likelihood;
    /// σ² = var(ε) + var(η).
    double variance;
    /// The level's next prediction in units of y, of the series itself; those of the regressors are given apart.
    double level;
    /// The variance of that prediction, as a share of σ².
    double level_variance;
    /// Innovations counted: points known, less the first.
    int32_t innovations;
} cs_level;

/// At a given share in 0…1. y is NaN where it is missing; x (rows × columns) must be finite where y is known.
/// `coefficients` (columns), `inverse` (columns × columns, unscaled covariance), `levels` (the regressors' predicted
/// levels, columns) and `standardized` (rows; NaN where there is none) may be null.
int32_t cs_level_at(
    int32_t rows, int32_t columns, const double *y, const double *x, double share, cs_level *result,
    double *coefficients, double *inverse, double *levels, double *standardized);

/// At the share where the diffuse likelihood is greatest, both ends of 0…1 included.
int32_t cs_level_fit(
    int32_t rows, int32_t columns, const double *y, const double *x, cs_level *result, double *coefficients,
    double *inverse, double *levels, double *standardized);

#ifdef __cplusplus
}
#endif
