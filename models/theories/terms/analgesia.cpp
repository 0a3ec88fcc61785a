#include "models/theories/theory.hpp"

namespace kith::theories {

extern const TermKind analgesia_term;
const TermKind analgesia_term{
    .name = "analgesia",
    .claim = "the mu-signal also damps the pain of rejection, as it damps other pain (Eisenberger 2012)",
    .equations =
        "distress of a bad contact x exp(-a (S - 1)), beside what the theory says; stressors and separation as they "
        "were",
    .published =
        "social and physical pain share mechanisms; mu-opioid release during rejection goes with less distress (Hsu "
        "2013)",
    .ours = "its form, and the number",
    .source = "Eisenberger 2012, Nat Rev Neurosci 13:421; Hsu et al. 2013, Mol Psychiatry 18:1211",
    .parameters = {
        {&people::Opioids::analgesia,
         {.key = "rejection",
          .fallback = "0.5",
          .min = "0",
          .max = "5",
          .doc = "How much the mu-signal damps the distress of rejection (a).",
          .mark = config::Mark::assumed,
          .source = "range 0-1"}},
    }};

}  // namespace kith::theories
