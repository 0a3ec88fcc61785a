# What each virtual study of a result finds, again from its ratings alone.
# Usage: Rscript effects.R RESULT.h5      prints measure, contrast, study and difference, with tabs between.
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
spelt <- function(name) gsub(" ", "_", name)

# One row a rating, of those who stayed.
ratings <- do.call(rbind, lapply(intersect(c("diary", "probes"), names(file)), function(table) {
  rating <- read(paste0(table, "/rating"))
  of <- function(name, margin) rep(read(paste0(table, "/", name)), times = prod(dim(rating)[margin]))
  of_person <- function(name) rep(read(paste0("participants/", name)), each = dim(rating)[1])
  cluster <- if ("cluster" %in% names(file[["participants"]])) of_person("cluster") else -1
  rows <- data.frame(study = rep(seq_len(dim(rating)[3]), each = prod(dim(rating)[1:2])),
                     person = rep(seq_len(dim(rating)[2]), each = dim(rating)[1]), cluster = cluster, status = of_person("status"),
                     measure = of("measure", 2:3), period = of("period", 2:3), arm = c(read(paste0(table, "/arm"))), rating = c(rating))
  rows[!is.na(rows$rating) & !(rows$status %in% "left"), ]
}))

difference <- function(rows, arm, reference) {
  has_clusters <- any(rows$cluster >= 0, na.rm = TRUE)
  both <- intersect(rows$person[rows$arm == arm], rows$person[rows$arm == reference])
  if (length(both) && has_clusters) { # beside the effects of persons and periods
    cells <- aggregate(rating ~ person + period + arm, rows, mean)
    fit <- lm(rating ~ factor(person) + factor(period) + relevel(factor(arm), reference), cells)
    return(unname(coef(fit)[grepl(paste0(")", arm), names(coef(fit)), fixed = TRUE)]))
  }
  if (length(both)) rows <- rows[rows$person %in% both, ]
  means <- aggregate(rating ~ person + cluster + arm, rows, mean)
  if (has_clusters) means <- aggregate(rating ~ cluster + arm, means, mean)
  mean(means$rating[means$arm == arm]) - mean(means$rating[means$arm == reference])
}

for (contrast in read("effects/contrast")) {
  arms <- spelt(strsplit(contrast, " - ", fixed = TRUE)[[1]])
  for (measure in read("effects/measure")) {
    for (study in unique(ratings$study)) {
      rows <- ratings[ratings$study == study & ratings$measure == spelt(measure) & ratings$arm %in% arms, ]
      cat(measure, contrast, study - 1, format(difference(rows, arms[1], arms[2]), digits = 15), sep = "\t")
      cat("\n")
    }
  }
}
