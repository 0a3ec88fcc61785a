import "./style.css";
import { cover } from "./cover.js";
import { h, s } from "./dom.js";
import { version, warmUp } from "./engine/engine.js";
import { lessonPage } from "./lessons/page.js";
import { lessons } from "./lessons/all.js";
import { playground, showResult } from "./playground/playground.js";
import { teacher } from "./teacher.js";
import { languageNow, languages, speak, t } from "./words.js";

const page = document.getElementById("page");
let leave = null; // what the page on show has to end

const mark = () => s("svg", { viewBox: "0 0 32 32", "aria-hidden": "true" },
  s("path", { d: "M8 23L16 7L25 20Z", fill: "none", stroke: "currentColor", "stroke-width": 1.6, "stroke-opacity": 0.55 }),
  s("circle", { cx: 8, cy: 23, r: 4.5, fill: "var(--placebo)" }), s("circle", { cx: 16, cy: 7, r: 4.5, fill: "var(--drug)" }),
  s("circle", { cx: 25, cy: 20, r: 4.5, fill: "var(--accent)" }));

const places = [["", "nav.lessons"], ["playground", "nav.playground"], ["teacher", "nav.teacher"]];

function top(route) {
  const choose = h("select", { "aria-label": t("nav.language"), id: "language", onchange: (event) => {
    speak(event.target.value);
    show();
    document.getElementById("language").focus();
  } }, languages.map(({ code, name }) => h("option", { value: code, lang: code, selected: code === languageNow() }, name)));
  return h("header", { class: "top" },
    h("a", { class: "skip", href: "#main", onclick: (event) => {
      event.preventDefault();
      document.getElementById("main").focus();
    } }, t("nav.skip")),
    h("a", { class: "brand", href: "#" }, mark(), t("nav.brand")),
    h("nav", { "aria-label": t("nav.label") }, places.map(([to, key]) =>
      h("a", { href: `#${to}`, "aria-current": (to === "" ? route[0] === "" || route[0] === "lesson" : route[0] === to) ? "page" : null }, t(key)))),
    choose);
}

function show() {
  leave?.();
  leave = null;
  const route = location.hash.slice(1).split("/");
  const main = h("main", { id: "main", tabindex: -1 });
  const onLeave = (act) => (leave = act);
  document.documentElement.lang = languageNow();
  const lesson = route[0] === "lesson" && lessons.find(({ name }) => name === route[1]);
  const title = lesson ? t(`lesson.${lesson.name}.title`) : route[0] === "playground" ? t("playground.title") : route[0] === "teacher" ? t("teacher.title") : null;
  document.title = title ? `${title} – ${t("nav.brand")}` : t("nav.brand");
  if (lesson) lessonPage(main, lesson, onLeave);
  else if (route[0] === "playground") playground(main, onLeave);
  else if (route[0] === "teacher") teacher(main, onLeave);
  else cover(main, onLeave);
  const built = h("span", {});
  page.replaceChildren(top(route), main, h("footer", {}, h("p", {}, t("footer.model")), h("p", {}, t("footer.kith"), " ", built)));
  version().then((answer) => built.append(`${answer.version} · ${answer.commit}`));
}

addEventListener("hashchange", () => {
  show();
  scrollTo(0, 0);
  document.getElementById("main").focus({ preventScroll: true });
});
// A result that is dropped anywhere is opened in the playground.
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files[0]) showResult(event.dataTransfer.files[0]);
});
show();
warmUp();
