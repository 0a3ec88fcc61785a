#include "models/theories/theory.hpp"

namespace kith::theories {

extern const TermKind warmth_term;
const TermKind warmth_term{
    .name = "warmth",
    .claim =
        "warmth on the skin is opioid too: touch releases ligand, and cold makes people seek (Inagaki & Eisenberger "
        "2013)",
    .equations =
        "a good contact in person on a tie of closeness w releases dlambda t w more; a cold thing in the hand: ln P += "
        "c",
    .published =
        "physical and social warmth share mechanisms, and naltrexone takes from a warm pack what it takes from "
        "messages (Inagaki, Irwin & Eisenberger 2015)",
    .ours =
        "that touch goes with closeness; both numbers. What holding a warm object releases is the probe's own "
        "assumption",
    .source = "Inagaki & Eisenberger 2013; Inagaki, Irwin & Eisenberger 2015, Emotion 15:494",
    .parameters = {
        {&people::Opioids::touch,
         {.key = "touch",
          .fallback = "0.5",
          .min = "0",
          .max = "5",
          .doc = "Ligand that touch adds where closeness is 1, over that of a contact of quality 1.",
          .mark = config::Mark::assumed,
          .source = "range 0-1"}},
        {&people::Opioids::cold,
         {.key = "cold",
          .fallback = "0.1",
          .min = "0",
          .max = "2",
          .doc = "Rise of ln P with a cold thing in the hand (probe object, ask: approach).",
          .mark = config::Mark::assumed,
          .source = "range 0-0.3"}},
    }};

}  // namespace kith::theories
