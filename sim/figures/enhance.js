"use strict";
// All is there without this: it reads values of the tables at a cursor over their drawings, and hides curves.
(() => {
  const spoken = document.getElementById("spoken");
  for (const figure of document.querySelectorAll(".figure")) {
    const days = [...figure.querySelectorAll(".drawing")].filter((drawing) => drawing.querySelector("svg[data-day]"));
    if (days.length < 2) continue;
    const label = document.createElement("label");
    label.className = "keys";
    const slider = document.createElement("input");
    const told = document.createElement("output");
    Object.assign(slider, { type: "range", min: 0, max: days.length - 1, step: 1, value: 0 });
    const show = () => {
      days.forEach((drawing, d) => drawing.classList.toggle("resting", d !== Number(slider.value)));
      told.textContent = `day ${days[slider.value].querySelector("svg").dataset.day}`;
    };
    slider.addEventListener("input", show);
    label.append("Day ", slider, told);
    days[0].before(label);
    show();
  }
  for (const figure of document.querySelectorAll(".figure")) {
    const table = figure.querySelector("table");
    if (!table) continue;
    const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
    const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent));
    const at = rows.map((row) => Number(row[0].replace("−", "-")));
    if (at.some(Number.isNaN)) continue;
    for (const drawing of figure.querySelectorAll(".drawing")) {
      const svg = drawing.querySelector("svg[data-axis]");
      if (!svg) continue;
      const [from, to, left, right] = svg.dataset.axis.split(" ").map(Number);
      const [bottom, top] = svg.dataset.upright.split(" ").map(Number);
      const names = (svg.dataset.columns || "").split("|");
      const place = (value) => left + ((right - left) * (value - from)) / (to - from);
      const cursor = document.createElementNS(svg.namespaceURI, "line");
      cursor.setAttribute("class", "cursor hidden");
      svg.append(cursor);
      const reading = document.createElement("p");
      reading.className = "reading";
      reading.textContent = "Point at the drawing, or use the arrow keys in it, to read values.";
      drawing.after(reading);
      let row = -1;
      const show = (next, aloud) => {
        row = Math.max(0, Math.min(at.length - 1, next));
        for (const [name, value] of [["x1", place(at[row])], ["x2", place(at[row])], ["y1", bottom], ["y2", top]])
          cursor.setAttribute(name, value);
        cursor.classList.remove("hidden");
        const shown = heads.map((head, c) => [head, rows[row][c]]).filter(([head], c) => c > 0 && names.includes(head));
        reading.textContent = `${heads[0]} ${rows[row][0]}: ` + shown.map(([head, value]) => `${head} ${value}`).join("; ");
        if (aloud) spoken.textContent = reading.textContent;
      };
      svg.addEventListener("pointermove", (event) => {
        const box = svg.getBoundingClientRect();
        const x = ((event.clientX - box.left) * svg.viewBox.baseVal.width) / box.width;
        const value = from + ((to - from) * (x - left)) / (right - left);
        let best = 0;
        for (let r = 1; r < at.length; ++r) if (Math.abs(at[r] - value) < Math.abs(at[best] - value)) best = r;
        show(best, false);
      });
      svg.addEventListener("pointerleave", () => cursor.classList.add("hidden"));
      drawing.addEventListener("keydown", (event) => {
        const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 };
        if (event.key in steps) show(row + steps[event.key], true);
        else if (event.key === "Home") show(0, true);
        else if (event.key === "End") show(at.length - 1, true);
        else return;
        event.preventDefault();
      });
      const series = svg.querySelectorAll(".series");
      if (series.length < 2) continue;
      const keys = document.createElement("div");
      keys.className = "keys";
      series.forEach((group, s) => {
        const label = document.createElement("label");
        const box = document.createElement("input");
        box.type = "checkbox";
        box.checked = true;
        box.addEventListener("change", () => group.classList.toggle("hidden", !box.checked));
        label.append(box, " " + (names[s] || `curve ${s + 1}`));
        keys.append(label);
      });
      reading.after(keys);
    }
  }
})();
