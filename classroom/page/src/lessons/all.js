// The lessons, in their order. Each: {name, begin() → state, isReady(state), chart(state, label, changed) → spec, run(state, progress) → result,
// told(state) → values for its words, verdicts(state) → which words judge the prediction, rows(state) → its numbers, controls?(state, changed, draw), further?}.
import { city } from "./city.js";
import { theories } from "./theories.js";
import { tone } from "./tone.js";
import { trial } from "./trial.js";
import { washout } from "./washout.js";

export const lessons = [tone, trial, washout, city, theories];
