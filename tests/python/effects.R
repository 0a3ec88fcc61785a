# What a result finds, again from its ratings and rows alone: the numbers that recomputed.py computes, under the same names.
# Usage: Rscript effects.R RESULT.h5      prints the place of each number (table, labels, name) and the number, with tabs between.
library(hdf5r)
file <- H5File$new(commandArgs(trailingOnly = TRUE)[1], mode = "r")

# With words in place of codes; R counts dimensions from the other end.
read <- function(name) {
  item <- file[[name]]
  values <- item$read(drop = FALSE)
  if (!item$attr_exists("flag_values")) return(values)
  words <- strsplit(h5attr(item, "flag_meanings"), " ")[[1]][match(values, h5attr(item, "flag_values"))]
  `dim<-`(words, dim(values))
}
has <- function(...) all(c(...) %in% names(file))
spelt <- function(name) gsub(" ", "_", name)
tell <- function(place, values) {
  shown <- if (is.character(values)) values else sprintf("%.15g", unlist(values))
  cat(paste(place, names(values), shown, sep = "\t"), sep = "\n")
}

## The ratings

# One row a rating, with what is known of its participant; study, person and period count from 1.
all_ratings <- function() {
  do.call(rbind, lapply(Filter(has, c("diary", "probes")), function(table) {
    rating <- read(paste0(table, "/rating"))
    size <- dim(rating) # occasions, participants, studies
    of_occasion <- function(name) rep(read(paste0(table, "/", name)), times = prod(size[2:3]))
    of_person <- function(name) rep(c(read(paste0("participants/", name))), each = size[1])
    of_rating <- function(name) if (name %in% names(file[[table]])) c(read(paste0(table, "/", name))) else NA_real_
    data.frame(study = rep(seq_len(size[3]), each = prod(size[1:2])), person = rep(rep(seq_len(size[2]), each = size[1]), times = size[3]),
               cluster = of_person("cluster"), status = of_person("status"), sequence = of_person("sequence"),
               measure = of_occasion("measure"), period = of_occasion("period"), time = of_occasion("time"),
               arm = of_rating("arm"), rating = c(rating), own = of_rating("own_difference"),
               itt_rating = of_rating("itt_rating"), itt_own = of_rating("itt_own_difference"))
  }))
}

arms_of <- function(sequence) { # "placebo_x2,_naltrexone" -> placebo, placebo, naltrexone
  unlist(lapply(strsplit(sequence, ",_", fixed = TRUE)[[1]], function(part) {
    found <- regmatches(part, regexec("^(.*)_x([0-9]+)$", part))[[1]]
    if (length(found)) rep(found[2], as.integer(found[3])) else part
  }))
}

## Methods

nothing <- function(name) setNames(rep(NaN, 6), paste0(name, c("", "_standard_error", "_degrees", "_low", "_high", "_p")))
term <- function(name, estimate, error, degrees) {
  reach <- qt(0.975, degrees) * error
  p <- if (error > 0) 2 * pt(-abs(estimate) / error, degrees) else as.numeric(estimate == 0)
  setNames(c(estimate, error, degrees, estimate - reach, estimate + reach, p), names(nothing(name)))
}

# A t-test as R makes it; of samples that do not vary, which R refuses, the difference.
tested <- function(name, ..., degrees) {
  test <- tryCatch(t.test(...), error = function(e) NULL)
  samples <- list(...)
  difference <- mean(samples[[1]]) - mean(samples[[2]])
  if (is.null(test)) return(term(name, difference, 0, degrees))
  setNames(c(difference, test$stderr, test$parameter, test$conf.int, test$p.value), names(nothing(name)))
}

# P(T < t) of the noncentral t; R's own loses precision beyond a noncentrality of 37.
below <- function(t, degrees, shift) {
  if (abs(shift) < 37) return(suppressWarnings(pt(t, degrees, shift)))  # it warns far from the root
  spread <- function(s) pnorm(t * s - shift) * 2 * degrees * s * dchisq(degrees * s^2, degrees)
  integrate(spread, 0, Inf, rel.tol = 1e-10)$value
}
limits_of_noncentrality <- function(t, degrees) {
  reach <- 3 * abs(t) + 6
  sapply(c(0.975, 0.025), function(share) uniroot(function(shift) below(t, degrees, shift) - share, c(-reach, reach), tol = 1e-11)$root)
}

method_of <- function(sequences, has_clusters, arm, reference) {
  is_within <- any(sapply(sequences, function(sequence) all(c(arm, reference) %in% arms_of(sequence))))
  if (is_within) return(if (has_clusters) "adjusted" else "paired")
  if (has_clusters) "cluster_means" else "two_sample"
}

# The values of who is on the arm and on the reference, by name; of those who have both, where they are compared with themselves.
samples <- function(values, arm, reference, is_within) {
  on <- function(which) if (which %in% colnames(values)) values[, which] else rep(NA, nrow(values))
  found <- data.frame(a = on(arm), b = on(reference), row.names = rownames(values))
  if (is_within) found <- found[complete.cases(found), ]
  named <- function(column) { kept <- !is.na(found[[column]]); setNames(found[[column]][kept], rownames(found)[kept]) }
  list(a = named("a"), b = named("b"))
}
by_arm <- function(rows, column) {
  tapply(rows[[column]], list(rows$person, rows$arm), function(x) if (all(is.na(x))) NA else mean(x, na.rm = TRUE))
}

compare <- function(rows, arm, reference, method) {
  is_within <- method %in% c("paired", "adjusted")
  s <- samples(by_arm(rows, "rating"), arm, reference, is_within)
  cluster_of <- tapply(rows$cluster, rows$person, function(x) x[1])
  by_cluster <- function(x) if (method == "cluster_means") c(tapply(x, cluster_of[names(x)], mean)) else x
  x <- by_cluster(s$a)
  y <- by_cluster(s$b)
  n <- c(length(s$a), length(s$b))
  of_clusters <- method == "cluster_means"
  found <- c(n = if (is_within) n[1] else sum(n), n_arm = n[1], n_reference = n[2], clusters_arm = if (of_clusters) length(x) else 0,
             clusters_reference = if (of_clusters) length(y) else 0, mean_arm = mean(x), mean_reference = mean(y),
             compare_own(rows, s, by_cluster, arm, reference, method))
  names_of_test <- c("difference", "standard_error", "degrees", "low", "high", "p")
  blank <- setNames(rep(NaN, 9), c(names_of_test, "g", "g_low", "g_high"))
  if (method == "adjusted") return(c(found, blank))
  if (!is_outcome(rows)) {
    blank["difference"] <- mean(x) - mean(y)
    return(c(found, blank))
  }
  test <- setNames(if (method == "paired") tested("", x, y, paired = TRUE, degrees = n[1] - 1)
                   else tested("", x, y, degrees = length(x) + length(y) - 2), names_of_test)
  if (method == "paired") {
    spread <- sqrt((var(x) + var(y)) / 2)
    degrees <- behind_t <- n[1] - 1
    unit <- test[["standard_error"]] / spread
  } else {
    degrees <- behind_t <- sum(n) - 2
    spread <- sqrt(((n[1] - 1) * var(s$a) + (n[2] - 1) * var(s$b)) / degrees)
    unit <- sqrt(sum(1 / n))
    if (of_clusters) {
      unit <- test[["standard_error"]] / spread
      behind_t <- test[["degrees"]]
    }
  }
  d <- test[["difference"]] / spread
  limits <- unit * limits_of_noncentrality(d / unit, behind_t)
  c(found, test, g = (1 - 3 / (4 * degrees - 1)) * d, g_low = limits[1], g_high = limits[2])
}

# The contrast of the same people that stands beside the difference, of differences from the twins; and the largest of these.
compare_own <- function(rows, s, by_cluster, arm, reference, method) {
  if (all(is.na(rows$own))) return(c(own = NaN, largest_own = 0))
  means <- by_arm(rows, "own")
  a <- setNames(means[names(s$a), arm], names(s$a))
  b <- setNames(means[names(s$b), reference], names(s$b))
  own <- if (method == "adjusted") least_squares(rows, "own", reference, FALSE)$estimate[[paste0("drug", arm)]]
         else mean(by_cluster(a)) - mean(by_cluster(b))
  c(own = own, largest_own = max(abs(c(a, b))))
}

# Arms and carry-overs beside the effects of persons and periods; with clusters, errors by leaving out one after the other.
least_squares <- function(rows, column, reference, with_carry_over) {
  rows <- rows[!is.na(rows[[column]]), ]
  cells <- aggregate(rows[[column]], rows[c("person", "period", "arm", "sequence", "cluster")], mean)
  arm_before <- function(sequence, period) if (period > 1) arms_of(sequence)[period - 1] else reference
  cells$before <- mapply(arm_before, cells$sequence, cells$period)
  cells$person <- factor(cells$person)
  cells$period <- factor(cells$period)
  cells$drug <- relevel(factor(cells$arm), reference)
  cells$after <- relevel(factor(cells$before), reference)
  model <- if (with_carry_over) x ~ person + period + drug + after else x ~ person + period + drug
  fit <- lm(model, cells)
  estimate <- coef(fit)
  if (all(cells$cluster < 0)) return(list(estimate = estimate, error = sqrt(diag(vcov(fit))), degrees = fit$df.residual, cells = cells))
  clusters <- unique(cells$cluster)
  wanted <- grep("^(period|drug|after)", names(estimate), value = TRUE)
  without <- sapply(clusters, function(cluster) coef(lm(model, droplevels(cells[cells$cluster != cluster, ])))[wanted])
  without <- matrix(without, nrow = length(wanted), dimnames = list(wanted, NULL))
  degrees <- length(clusters) - 1
  error <- sqrt(degrees / length(clusters) * rowSums((without - estimate[wanted])^2))
  list(estimate = estimate, error = error, degrees = degrees, cells = cells)
}

adjust <- function(rows, arm, reference) {
  if (!is_outcome(rows) || length(arms_of(rows$sequence[1])) == 1) return(c(nothing("adjusted"), nothing("period"), nothing("carry_over")))
  of <- function(fit, coefficient, name) term(name, fit$estimate[[coefficient]], fit$error[[coefficient]], fit$degrees)
  plain <- least_squares(rows, "rating", reference, FALSE)
  found <- c(of(plain, paste0("drug", arm), "adjusted"), of(plain, paste0("period", max(rows$period)), "period"))
  if (max(rows$period) > 2)
    return(c(found, of(least_squares(rows, "rating", reference, TRUE), paste0("after", arm), "carry_over")))
  totals <- aggregate(x ~ person + sequence, plain$cells, function(x) if (length(x) == 2) sum(x) else NA)
  first <- sapply(totals$sequence, function(sequence) arms_of(sequence)[1])
  c(found, tested("carry_over", totals$x[first == arm], totals$x[first == reference], var.equal = TRUE, degrees = nrow(totals) - 2))
}

cutoffs <- list("UCLA-3" = function(rating) rating >= 6, "LSNS-6" = function(rating) rating < 12)

# Tango's (1998) score interval of a paired difference; the share of the nuisance by maximising the likelihood.
tango <- function(only_a, only_b, n) {
  score <- function(delta) {
    counts <- c(only_a, only_b, n - only_a - only_b)
    likely <- function(share) dmultinom(counts, prob = c(share + delta, share, 1 - 2 * share - delta), log = TRUE)
    share <- optimize(likely, c(max(0, -delta), (1 - delta) / 2), maximum = TRUE, tol = 1e-12)$maximum
    (only_a - only_b - n * delta) / sqrt(n * (2 * share + delta * (1 - delta)))
  }
  tiny <- 1e-9
  difference <- (only_a - only_b) / n
  z <- qnorm(0.975)
  c(if (only_b < n) uniroot(function(d) score(d) - z, c(tiny - 1, difference - tiny), tol = 1e-11)$root else -1,
    if (only_a < n) uniroot(function(d) score(d) + z, c(difference + tiny, 1 - tiny), tol = 1e-11)$root else 1)
}

number_needed <- function(differences) ifelse(abs(differences) < 1e-12, NaN, 1 / differences)

risk <- function(rows, arm, reference, method) {
  names_of_risk <- c("risk_arm", "risk_reference", "risk_difference", "risk_low", "risk_high")
  names_of_needed <- c("number_needed", "number_needed_low", "number_needed_high")
  needed <- function(values) c(setNames(values, names_of_risk), setNames(number_needed(values[c(3, 5, 4)]), names_of_needed))
  is_case <- cutoffs[[rows$measure[1]]]
  if (is.null(is_case) || method == "adjusted") return(needed(rep(NaN, 5)))
  rows <- rows[!is.na(rows$rating), ]
  rows <- rows[order(rows$time), ]
  last <- tapply(as.numeric(is_case(rows$rating)), list(rows$person, rows$arm), function(x) x[length(x)])
  s <- samples(last, arm, reference, method == "paired")
  if (method == "cluster_means") {
    cluster_of <- tapply(rows$cluster, rows$person, function(x) x[1])
    shares <- lapply(s, function(x) c(tapply(x, cluster_of[names(x)], mean)))
    test <- tested("x", shares$a, shares$b, degrees = length(unlist(shares)) - 2)
    return(needed(c(mean(shares$a), mean(shares$b), test[c("x", "x_low", "x_high")])))
  }
  share <- sapply(s, mean)
  difference <- share[["a"]] - share[["b"]]
  limits <- if (method == "paired") tango(sum(s$a > s$b), sum(s$b > s$a), length(s$a)) else {
    wilson <- sapply(s, function(x) prop.test(sum(x), length(x), correct = FALSE)$conf.int)
    difference + c(-1, 1) * c(sqrt((share[["a"]] - wilson[1, "a"])^2 + (wilson[2, "b"] - share[["b"]])^2),
                              sqrt((wilson[2, "a"] - share[["a"]])^2 + (share[["b"]] - wilson[1, "b"])^2))
  }
  needed(c(share[["a"]], share[["b"]], difference, limits))
}

is_outcome <- function(rows) !startsWith(rows$measure[1], "occupancy")

share <- function(hits, n, name) {
  values <- if (n > 0) c(hits / n, binom.test(hits, n)$conf.int) else rep(NaN, 3)
  setNames(values, paste0(name, c("", "_low", "_high")))
}
mean_with_limits <- function(values) {
  values <- values[is.finite(values)]
  if (!length(values)) return(rep(NaN, 3))
  reach <- if (length(values) > 1) qt(0.975, length(values) - 1) * sd(values) / sqrt(length(values)) else NaN
  mean(values) + c(0, -reach, reach)
}

pool <- function(studies) { # one row a study
  mean_of <- function(name) { x <- studies[is.finite(studies[, name]), name]; if (length(x)) mean(x) else NaN }
  g <- studies[is.finite(studies[, "g"]), "g"]
  means <- sapply(c("difference", "own", "risk_difference", "adjusted", "period", "carry_over"), mean_of)
  quantiles <- if (length(g)) quantile(g, c(0.025, 0.975), names = FALSE, type = 7) else c(NaN, NaN)
  tests <- unlist(lapply(c("", "adjusted_", "period_", "carry_over_"), function(name) {
    p <- studies[is.finite(studies[, paste0(name, "p")]), paste0(name, "p")]
    share(sum(p < 0.05), length(p), paste0(name, "significant"))
  }))
  c(studies = nrow(studies), means, setNames(mean_with_limits(g), c("g", "g_low", "g_high")),
    g_of_study_low = quantiles[1], g_of_study_high = quantiles[2], largest_own = max(studies[, "largest_own"]), tests,
    number_needed = number_needed(means[["risk_difference"]]))
}

tell_effects <- function() {
  ratings <- all_ratings()
  studies <- unique(ratings$study)
  of_whom <- if ("itt_n" %in% names(file[["effects"]])) c("", "itt_") else ""
  for (prefix in of_whom) {
    rows <- if (prefix == "") ratings[ratings$status != "left", ] else transform(ratings, rating = itt_rating, own = itt_own)
    for (measure in read("effects/measure")) for (contrast in read("effects/contrast")) {
      arms <- spelt(strsplit(contrast, " - ", fixed = TRUE)[[1]])
      found <- t(sapply(studies, function(study) {
        of_study <- rows[rows$study == study, ]
        all <- ratings[ratings$study == study, ]
        method <- method_of(unique(all$sequence), any(all$cluster >= 0), arms[1], arms[2])
        asked <- of_study[of_study$measure == spelt(measure), ]
        numbers <- c(compare(asked, arms[1], arms[2], method), adjust(asked, arms[1], arms[2]), risk(asked, arms[1], arms[2], method))
        place <- paste("effects", study - 1, measure, contrast, sep = "\t")
        tell(place, setNames(numbers, paste0(prefix, names(numbers))))
        tell(place, c(method = method))
        numbers
      }))
      pooled <- pool(found)
      if (startsWith(measure, "occupancy")) pooled[names(pooled) != "studies"] <- NaN
      tell(paste("effects_pooled", measure, contrast, sep = "\t"), setNames(pooled, paste0(prefix, names(pooled))))
    }
  }
}

## Rows of groups

# Kaplan and Meier's estimate, Greenwood's error, Rothman's limits; `first` is the row of the first step.
tell_survival <- function(table, name, first) {
  part <- function(what) read(paste0(table, "/", what)) # groups, times, studies
  at_risk <- part("at_risk")
  events <- part("events")
  times <- part("time")
  groups <- part("group")
  for (study in seq_len(dim(at_risk)[3])) for (group in seq_len(dim(at_risk)[1])) {
    n <- at_risk[group, , study]
    d <- events[group, , study]
    if (first > 1) n[seq_len(first - 1)] <- d[seq_len(first - 1)] <- 0
    curve <- cumprod(ifelse(n > 0, 1 - d / n, 1))
    spread <- cumsum(ifelse(d > 0 & d < n, d / (n * (n - d)), 0))
    started <- sapply(seq_along(n), function(k) c(n[seq_len(k)][n[seq_len(k)] > 0], NaN)[1])
    effective <- ifelse(curve > 0 & curve < 1, (1 - curve) / (curve * spread), started)
    z <- qnorm(0.975)
    reach <- z * sqrt(curve * (1 - curve) / effective + z^2 / (4 * effective^2))
    middle <- curve + z^2 / (2 * effective)
    limits <- outer(c(-1, 1), reach)
    limits <- t(t(limits) + middle) / rep(1 + z^2 / effective, each = 2)
    if (table == "patients") curve[part("count")[group, , study] == 0] <- NaN # nobody is there
    for (k in seq_along(times)) {
      numbers <- setNames(c(curve[k], curve[k] * sqrt(spread[k]), limits[, k]), paste0(name, c("", "_se", "_low", "_high")))
      tell(paste(table, study - 1, sprintf("%g", times[k]), groups[group], sep = "\t"), numbers)
    }
  }
}

# Means over all rows after the start, and over studies.
tell_spill_over <- function() {
  groups <- read("against_twin/group")
  for (variable in setdiff(names(file[["against_twin"]]), c("replicate", "time", "group"))) {
    values <- read(paste0("against_twin/", variable))
    means <- apply(values[, -1, , drop = FALSE], c(1, 3), function(x) mean(x[is.finite(x)]))
    for (group in seq_along(groups))
      tell(paste("spill-over", groups[group], variable, sep = "\t"), setNames(mean_with_limits(means[group, ]), c("mean", "low", "high")))
  }
}

# Of all allocated in all studies; of who relapsed the share with its limits.
tell_patients <- function() {
  values <- read("patient_outcomes/value") # outcomes, participants, studies
  arm <- read("participants/arm")
  outcomes <- read("patient_outcomes/outcome")
  for (which in unique(c(arm))) for (o in seq_along(outcomes)) {
    x <- values[o, , ][arm == which]
    x <- x[!is.na(x)]
    if (!length(x)) next
    numbers <- c(n = length(x), mean = mean(x))
    if (outcomes[o] == "relapsed") {
      limits <- 100 * binom.test(sum(x != 0), length(x))$conf.int
      numbers <- c(numbers, low = limits[1], high = limits[2])
    }
    tell(paste("patients after", which, outcomes[o], sep = "\t"), numbers)
  }
}

if (has("effects")) tell_effects()
if (has("patients")) tell_survival("patients", "not_relapsed", 1)
if (has("isolation_times")) tell_survival("isolation_times", "survival", 2)
if (has("against_twin")) tell_spill_over()
if (has("patient_outcomes", "participants")) tell_patients()
