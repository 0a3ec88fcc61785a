// A network on a canvas. Ties lie in a layer of their own that is painted only when somebody has moved; people are painted in each frame.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";

// Where people stand: friends near each other. `ties`: [[a, b, closeness]]. Places come in steps, so that the page never waits.
export class Layout {
  constructor(people, ties, communities = null, size = 1000) {
    this.size = size;
    // Communities stand on a spiral, and everybody begins on one around theirs: the same places each time.
    const count = communities ? Math.max(1, ...communities.map((one) => one + 1)) : 1;
    const spiral = (k, of, reach) => [reach * Math.sqrt((k + 0.5) / of) * Math.cos(k * 2.399963), reach * Math.sqrt((k + 0.5) / of) * Math.sin(k * 2.399963)];
    const members = new Array(count).fill(0);
    this.nodes = Array.from({ length: people }, (_, k) => {
      const home = communities ? Math.max(0, communities[k]) : 0;
      const [homeX, homeY] = count > 1 ? spiral(home, count, size / 2.1) : [0, 0];
      const [x, y] = spiral(members[home]++, people / count, size / 2.6 / Math.sqrt(count));
      return { home, homeX, homeY, x: homeX + x, y: homeY + y };
    });
    const links = ties.map(([source, target, closeness]) => ({ source, target, closeness }));
    const spread = size / Math.sqrt(people);
    const isNear = ({ source, target }) => source.home === target.home;
    this.simulation = forceSimulation(this.nodes).stop()
      .force("ties", forceLink(links).distance(spread * 0.6).strength((tie) => (isNear(tie) ? 0.35 : 0.01) * tie.closeness))
      .force("apart", forceManyBody().strength(-spread * 0.8).theta(1.1).distanceMax(size / 4))
      .force("room", forceCollide(spread * 0.4))
      .force("x", forceX(({ homeX }) => homeX).strength(0.11)).force("y", forceY(({ homeY }) => homeY).strength(0.11))
      .alphaDecay(0.04);
  }
  get isSettled() {
    return this.simulation.alpha() < 0.03;
  }
  // Moves people for about so many milliseconds.
  step(milliseconds) {
    const end = performance.now() + milliseconds;
    do this.simulation.tick();
    while (performance.now() < end && !this.isSettled);
  }
}

export class NetworkView {
  constructor(canvas, layout, ties) {
    this.canvas = canvas;
    this.layout = layout;
    this.ties = ties;
    this.layer = document.createElement("canvas");
    this.fit();
  }
  // Takes the size that the canvas has on the page.
  fit() {
    const ratio = Math.min(2, devicePixelRatio || 1);
    const { width, height } = this.canvas.getBoundingClientRect();
    this.canvas.width = this.layer.width = Math.max(1, Math.round(width * ratio));
    this.canvas.height = this.layer.height = Math.max(1, Math.round(height * ratio));
    this.ratio = ratio;
    this.paintTies();
  }
  place() {
    const { nodes } = this.layout;
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const { x, y } of nodes) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    const room = 14 * this.ratio;
    const scale = Math.min((this.canvas.width - 2 * room) / (right - left || 1), (this.canvas.height - 2 * room) / (bottom - top || 1));
    this.scale = scale;
    this.moved = [this.canvas.width / 2 - ((left + right) / 2) * scale, this.canvas.height / 2 - ((top + bottom) / 2) * scale];
  }
  paintTies() {
    this.place();
    const { nodes } = this.layout;
    const [dx, dy] = this.moved;
    const context = this.layer.getContext("2d");
    context.clearRect(0, 0, this.layer.width, this.layer.height);
    context.strokeStyle = getComputedStyle(this.canvas).getPropertyValue("--soft");
    context.lineWidth = 0.7 * this.ratio;
    // Close ties are darker. A few shades, each painted at once.
    for (const [from, to, alpha] of [[0, 0.3, 0.05], [0.3, 0.7, 0.09], [0.7, 1.01, 0.2]]) {
      context.globalAlpha = Math.min(1, alpha * Math.sqrt(4000 / Math.max(1500, this.ties.length)));
      context.beginPath();
      for (const [a, b, closeness] of this.ties) {
        if (closeness < from || closeness >= to) continue;
        context.moveTo(nodes[a].x * this.scale + dx, nodes[a].y * this.scale + dy);
        context.lineTo(nodes[b].x * this.scale + dx, nodes[b].y * this.scale + dy);
      }
      context.stroke();
    }
  }
  // `colours`: of each person, one of `palette` by number; `ringed`: who has a ring, or null.
  paint(palette, colours, ringed = null) {
    const { nodes } = this.layout;
    const [dx, dy] = this.moved;
    const context = this.canvas.getContext("2d");
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    context.drawImage(this.layer, 0, 0);
    const radius = Math.max(1.6 * this.ratio, Math.min(6 * this.ratio, 0.3 * this.scale * (this.layout.size / Math.sqrt(nodes.length))));
    const by = palette.map(() => []);
    nodes.forEach((_, k) => by[colours[k]].push(k));
    by.forEach((people, shade) => {
      if (!people.length) return;
      context.fillStyle = palette[shade];
      context.beginPath();
      for (const k of people) {
        const [x, y] = [nodes[k].x * this.scale + dx, nodes[k].y * this.scale + dy];
        context.moveTo(x + radius, y);
        context.arc(x, y, radius, 0, 2 * Math.PI);
      }
      context.fill();
    });
    if (!ringed) return;
    context.strokeStyle = getComputedStyle(this.canvas).getPropertyValue("--ink");
    context.lineWidth = this.ratio;
    context.globalAlpha = 0.75;
    context.beginPath();
    nodes.forEach(({ x, y }, k) => {
      if (!ringed[k]) return;
      const [at, up] = [x * this.scale + dx, y * this.scale + dy];
      context.moveTo(at + radius + 1.6 * this.ratio, up);
      context.arc(at, up, radius + 1.6 * this.ratio, 0, 2 * Math.PI);
    });
    context.stroke();
    context.globalAlpha = 1;
  }
}

// Ties of a result's table `network`: each once, as [a, b, closeness].
export function tiesOf(table) {
  const offsets = table.variable("offsets").values;
  const others = table.variable("targets").values;
  const closeness = table.variable("closeness").values;
  const ties = [];
  for (let person = 0; person + 1 < offsets.length; ++person)
    for (let k = Number(offsets[person]); k < Number(offsets[person + 1]); ++k)
      if (person < Number(others[k])) ties.push([person, Number(others[k]), closeness[k]]);
  return ties;
}
