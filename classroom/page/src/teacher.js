// For teachers: what each lesson is for, questions and answers, what pupils often think, what the model cannot say, and where its numbers come from.
import { h, paragraphs, rich } from "./dom.js";
import { explain } from "./engine/engine.js";
import { lessons } from "./lessons/all.js";
import { list, t } from "./words.js";

// Keys of the reference that a class may ask about.
const sources = ["people.opioid_tone.median", "people.opioid_tone.cv", "network.sizes", "meeting.contacts_per_day", "meeting.positive_share", "theory.opioid_share"];

function aboutLesson({ name }, number) {
  const key = (end) => `teacher.${name}.${end}`;
  return h("section", { class: "wide", id: `about-${name}` },
    h("h2", {}, `${number}. ${t(`lesson.${name}.title`)}`),
    h("p", { class: "small" }, t(key("time"))),
    h("h3", {}, t("teacher.goals")), h("ul", {}, list(key("goals")).map((one) => h("li", {}, ...rich(one)))),
    h("h3", {}, t("teacher.questions")),
    h("dl", {}, list(key("questions")).map(({ ask, answer }) => [h("dt", {}, ...rich(ask)), h("dd", {}, ...rich(answer))])),
    h("h3", {}, t("teacher.thoughts")),
    h("ul", {}, list(key("thoughts")).map((one) => h("li", {}, ...rich(one)))));
}

export function teacher(main) {
  const told = h("div", {});
  main.append(
    h("h1", {}, t("teacher.title")),
    h("p", { class: "lead" }, ...rich(t("teacher.lead"))),
    h("div", { class: "fact" }, h("h2", {}, t("teacher.before")), h("ol", {}, list("teacher.steps").map((one) => h("li", {}, ...rich(one))))),
    h("section", { class: "wide" }, h("h2", {}, t("teacher.limits")), h("ul", {}, list("teacher.limits_list").map((one) => h("li", {}, ...rich(one))))),
    ...lessons.map((lesson, k) => aboutLesson(lesson, k + 1)),
    h("section", { class: "wide" }, h("h2", {}, t("teacher.sources")), paragraphs(list("teacher.sources_story")), told));
  const words = ["naltrexone", "botsa", ...sources];
  Promise.all(words.map(explain)).then((answers) => told.append(...answers.flatMap((answer, k) => {
    const texts = answer.text ? [answer.text] : answer.claim ? [["claim", "published", "ours", "source", "fitted"].map((part) => `${t(`teacher.part_${part}`)}: ${answer[part]}`).join("\n")] : (answer.keys ?? []);
    return texts.map((text) => h("details", {}, h("summary", {}, h("code", {}, words[k])), h("pre", { lang: "en", tabindex: 0 }, text)));
  })));
}
