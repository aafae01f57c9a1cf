/**
 * The picture of the person's people: arcs of a week, a month, a season; who was spoken of lately is near.
 */

/** @typedef {import("./people.js").Person} Person */

const NS = "http://www.w3.org/2000/svg";
const DAY = 86400;
const RINGS = /** @type {const} */ ([[7, 1, "a week"], [30, -1, "a month"], [120, 1, "a season"]]);
const FARTHEST = 365;

/** @param {string} name @param {Record<string, string | number>} [values] @param {string} [text] */
export function svg(name, values = {}, text = "") {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(values)) element.setAttribute(key, String(value));
  if (text) element.textContent = text;
  return element;
}

/** How far out somebody is who was spoken of so many days ago, 0 to 1. @param {number} days */
const away = (days) => Math.min(1, 0.2 + 0.8 * (Math.log1p(days) / Math.log1p(FARTHEST)));

export class Around {
  /** @type {Person[]} */ #people = [];
  #now = 0;

  /** @param {SVGSVGElement} place @param {(id: number) => void} open */
  constructor(place, open) {
    this.place = place;
    this.open = open;
    let width = 0;
    new ResizeObserver(() => {
      if (Math.abs(place.clientWidth - width) > 1) this.#draw();
      width = place.clientWidth;
    }).observe(place);
  }

  /** @param {Person[]} people @param {number} now */
  show(people, now) {
    this.#people = people.filter((one) => one.last).slice(0, 16);
    this.#now = now;
    this.#draw();
  }

  #draw() {
    const width = this.place.clientWidth;
    if (!width || !this.#people.length) return this.place.replaceChildren();
    const reach = Math.min(width / 2 - 8, 250);
    const base = reach + 18;
    const middle = width / 2;
    this.place.setAttribute("viewBox", `0 0 ${width} ${base + 34}`);
    this.place.style.height = `${base + 34}px`;
    const rings = RINGS.flatMap(([days, side, name]) => {
      const r = away(days) * reach;
      const arc = svg("path", { class: "ring", d: `M${middle - r} ${base}A${r} ${r} 0 0 1 ${middle + r} ${base}` });
      return [arc, svg("text", { class: "far", x: middle + side * r, y: base + 17 }, name)];
    });
    const you = [svg("circle", { class: "you", cx: middle, cy: base, r: 7 }), svg("text", { class: "far", x: middle, y: base + 24 }, "you")];
    /** @type {{x: number, y: number, wide: number}[]} */
    const taken = [{ x: middle, y: base, wide: 40 }];
    const marks = this.#people.map((one) => this.#mark(one, middle, base, reach, width, taken));
    this.place.replaceChildren(svg("path", { class: "ground", d: `M0 ${base}H${width}` }), ...rings, ...you, ...marks);
  }

  /**
   * Of the places at its distance the one with the most room around it.
   * @param {Person} one @param {number} middle @param {number} base @param {number} reach @param {number} width
   * @param {{x: number, y: number, wide: number}[]} taken
   */
  #mark(one, middle, base, reach, width, taken) {
    const r = away(Math.max(0, this.#now - (one.last?.at ?? 0)) / DAY) * reach;
    const name = one.name === one.kin ? `your ${one.kin}` : one.name;
    const wide = Math.max(44, name.length * 8.2);
    let best = { x: middle, y: base - r, room: -1 };
    for (let turn = 0; turn <= 44; turn++) {
      const angle = Math.PI * (0.06 + 0.02 * turn);
      const x = middle - Math.cos(angle) * r;
      const y = base - Math.sin(angle) * r;
      if (x - wide / 2 < 0 || x + wide / 2 > width || y > base - 26) continue;
      const room = Math.min(...taken.map((other) => Math.hypot((x - other.x) / ((wide + other.wide) / 2), (y - other.y) / 34)));
      if (room > best.room) best = { x, y, room };
    }
    taken.push({ ...best, wide });
    const tone = one.unsafe || one.quiet ? "kept-off" : one.tone || "untold";
    const mark = svg("g", {
      class: `one ${tone}`,
      role: "button",
      tabindex: 0,
      "aria-label": `${name}${one.tone ? `, ${one.tone === "mixed" ? "warm and heavy by turns" : `mostly ${one.tone}`}` : ""}`,
      transform: `translate(${best.x.toFixed(1)} ${best.y.toFixed(1)})`,
    });
    const size = 4.5 + Math.min(4.5, Math.sqrt(one.times) * 0.9);
    mark.append(svg("rect", { class: "reach", x: -wide / 2, y: -20, width: wide, height: 44, rx: 14 }));
    mark.append(svg("circle", { class: `dot ${tone}`, r: size.toFixed(1) }), svg("text", { y: size + 15 }, name));
    const open = () => this.open(one.id);
    mark.addEventListener("click", open);
    mark.addEventListener("keydown", (event) => {
      if (!["Enter", " "].includes(/** @type {KeyboardEvent} */ (event).key)) return;
      event.preventDefault();
      open();
    });
    return mark;
  }
}

