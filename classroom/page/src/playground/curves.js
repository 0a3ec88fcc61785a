// Live curves: the two worlds, and a line at the moment that the networks show.
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { h } from "../dom.js";
import { number, t } from "../words.js";

export class Curves {
  constructor(onTime) {
    this.place = h("div", { class: "curves" });
    this.onTime = onTime;
    this.now = 0;
    this.observer = new ResizeObserver(() => this.plot?.setSize({ width: this.place.clientWidth, height: 260 }));
    this.observer.observe(this.place);
  }
  // `series`: [{name, look, values}], all at `days`.
  show(days, series, label) {
    this.plot?.destroy();
    const style = getComputedStyle(this.place);
    const colour = (name) => style.getPropertyValue(name).trim();
    const axis = { stroke: colour("--soft"), grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line"), width: 1 }, font: "13px Inter, system-ui, sans-serif", labelFont: "13px Inter, system-ui, sans-serif" };
    const dashes = { drug: [], placebo: [8, 5], low: [], middle: [6, 4], high: [2, 4] };
    const marker = (plot) => {
      const x = plot.valToPos(this.now, "x", true);
      plot.ctx.save();
      plot.ctx.strokeStyle = colour("--ink");
      plot.ctx.lineWidth = devicePixelRatio;
      plot.ctx.setLineDash([]);
      plot.ctx.beginPath();
      plot.ctx.moveTo(x, plot.bbox.top);
      plot.ctx.lineTo(x, plot.bbox.top + plot.bbox.height);
      plot.ctx.stroke();
      plot.ctx.restore();
    };
    this.plot = new uPlot({
      width: this.place.clientWidth || 600,
      height: 260,
      scales: { x: { time: false } },
      cursor: { y: false, drag: { setScale: false } },
      legend: { live: false },
      axes: [{ ...axis, label: t("playground.days"), labelSize: 22, values: (_, all) => all.map((value) => number(value)) },
        { ...axis, size: 58, values: (_, all) => all.map((value) => number(value, decimalsOf(all))) }],
      series: [{}, ...series.map(({ name, look }) => ({ label: name, stroke: colour(`--${look}`), width: 2.25, dash: dashes[look], points: { show: false } }))],
      hooks: { draw: [marker] },
    }, [days, ...series.map(({ values }) => values)], this.place);
    this.plot.root.setAttribute("role", "img");
    this.plot.root.setAttribute("aria-label", label);
    this.plot.over.addEventListener("click", () => this.plot.cursor.idx !== null && this.onTime?.(this.plot.cursor.idx));
  }
  // Moves the line to this day.
  at(day) {
    this.now = day;
    this.plot?.redraw(false, false);
  }
  end() {
    this.observer.disconnect();
    this.plot?.destroy();
  }
}

// As many decimals as tell the ticks apart.
export function decimalsOf(values) {
  const gaps = values.slice(1).map((value, k) => Math.abs(value - values[k])).filter((gap) => gap > 0);
  return gaps.length ? Math.max(0, Math.min(4, Math.ceil(-Math.log10(Math.min(...gaps)) - 1e-9))) : 2;
}
