// The scenarios of the lessons, which are those of scenarios/lessons, and runs of them.
import { run } from "../engine/engine.js";

const scenarios = JSON.parse(document.getElementById("scenarios").textContent);
export const yamlOf = (name) => scenarios[name];

// What makes runs of a lesson's scenario again (parts/export.js).
export const againOf = (name, runs) => ({ file: `${name}.yaml`, yaml: yamlOf(name), scenario: `lessons/${name}`, runs });

// Runs the scenario of a lesson with changes; what it gives has `again`, by which anybody makes the same run.
export async function runLesson(name, set, tables, progress) {
  const answer = await run(yamlOf(name), { name: `lessons/${name}`, set, tables }, progress);
  if (answer.mistakes) answer.error = answer.mistakes.map(({ text }) => text).join("\n");
  answer.again = againOf(name, [{ sets: set, fingerprint: answer.fingerprint }]);
  return answer;
}
