# Independent answers for Tests/Fixtures/published/series_oracles_r.json: nlme, sandwich, rpact, stats.
# R 4.2.2, nlme 3.1-162, sandwich 3.0-2, rpact 3.3.4 (Debian 12: r-base-core r-cran-nlme r-cran-sandwich r-cran-rpact
# r-cran-jsonlite).
#
#     Rscript Scripts/oracles/series_oracles.R Tests/Fixtures/series > Tests/Fixtures/published/series_oracles_r.json
suppressMessages({library(nlme); library(sandwich); library(jsonlite)})
folder <- commandArgs(TRUE)[1]
nile <- read.csv(file.path(folder, "nile.csv"))
belts <- read.csv(file.path(folder, "seatbelts.csv"))
nile$t <- 1:100
belts$t <- 1:192
terms <- function(d, change) {
  d$x <- as.numeric(d$t >= change)
  d$since <- pmax(0, d$t - change + 1)
  for (k in 1:2) {
    d[[paste0("s", k)]] <- sin(2 * pi * k * (d$t - 1) / 12)
    d[[paste0("c", k)]] <- cos(2 * pi * k * (d$t - 1) / 12)
  }
  d
}
nile <- terms(nile, 29)
belts <- terms(belts, 170)
belts$logd <- log(belts$drivers)
# gls stops its own search early: the restricted likelihood at fixed correlations is searched to the end instead.
reml <- function(id, formula, data) {
  at <- function(r) gls(formula, data, correlation = corAR1(r, form = ~t, fixed = TRUE), method = "REML")
  near <- coef(gls(formula, data, correlation = corAR1(form = ~t), method = "REML")$modelStruct$corStruct,
               unconstrained = FALSE)
  r <- optimize(function(r) as.numeric(logLik(at(r))), near + c(-0.02, 0.02), maximum = TRUE, tol = 1e-12)$maximum
  f <- at(r)
  list(id = id, coefficients = unname(coef(f)), errors = unname(sqrt(diag(vcov(f)))), sigma = f$sigma,
       correlation = r, t = data$t)
}
gaps <- belts[-c(5, 6, 40, 100:104, 171, 180), ]
short <- belts[belts$t > 145 & belts$t < 182, ]
autoregressive <- list(
  reml("nile", flow ~ t + x + since, nile),
  reml("seatbelts", logd ~ t + x + s1 + c1 + s2 + c2, belts),
  reml("seatbelts-slope", logd ~ t + x + since + s1 + c1 + s2 + c2, belts),
  reml("seatbelts-gaps", logd ~ t + x + s1 + c1 + s2 + c2, gaps),
  reml("seatbelts-short", logd ~ t + x, short))
counts <- function(id, formula) {
  f <- glm(formula, family = quasipoisson, data = belts, control = glm.control(epsilon = 1e-15, maxit = 100))
  list(id = id, coefficients = unname(coef(f)), errors = unname(sqrt(diag(vcov(f)))),
       dispersion = summary(f)$dispersion)
}
poisson <- list(
  counts("harmonics", drivers ~ t + x + s1 + c1 + s2 + c2),
  counts("exposure", drivers ~ t + x + s1 + c1 + s2 + c2 + offset(log(kms))),
  counts("small", VanKilled ~ t + x))
newey <- lapply(c(0, 1, 4, 12), function(lag) {
  f <- lm(logd ~ t + x + s1 + c1 + s2 + c2, belts)
  list(lag = lag, coefficients = unname(coef(f)),
       errors = unname(sqrt(diag(NeweyWest(f, lag = lag, prewhite = FALSE, adjust = FALSE)))))
})
spending <- function(fractions, alpha) {
  d <- rpact::getDesignGroupSequential(kMax = length(fractions), alpha = alpha, sided = 2, typeOfDesign = "asOF",
                                       informationRates = fractions, tolerance = 1e-10)
  list(fractions = fractions, alpha = alpha, boundaries = d$criticalValues, spent = d$alphaSpent)
}
looks <- list(spending(c(0.5, 1), 0.05), spending((1:5) / 5, 0.05), spending((1:10) / 10, 0.05),
              spending((1:4) / 4, 0.1), spending(c(0.2, 0.55, 0.7, 1), 0.05), spending(c(0.3, 0.6, 0.9, 1), 0.01))
runs <- lapply(c(10, 11, 15, 20, 24, 30, 50, 60, 100), function(n)
  list(n = n, longest = round(log2(n)) + 3, crossings = qbinom(0.05, n - 1, 0.5)))
cat(toJSON(list(meta = list(how = "Scripts/oracles/series_oracles.R", r = R.version.string,
                            nlme = as.character(packageVersion("nlme")),
                            rpact = as.character(packageVersion("rpact"))),
                autoregressive = autoregressive, counts = poisson, newey_west = newey, spending = looks, runs = runs),
           digits = NA, auto_unbox = TRUE, pretty = 1))
