/**
 * The picture of weeks: hills of a quarter, the latest week in front, each moment a point that opens.
 *
 * It is moved through with the arrow keys: left and right from moment to moment, up and down from week to week.
 */
import { dayOf, hourOf } from "./memory-api.js";
import { over, ridge, weeksOf } from "./weeks-shape.js";

/**
 * @typedef {import("./weeks-shape.js").Point} Point
 * @typedef {import("./weeks-shape.js").Placed} Placed
 * @typedef {import("./weeks-shape.js").Week} Week
 * @typedef {{placed: Placed, row: number, mark: SVGGElement, x: number}} Mark
 */

const NS = "http://www.w3.org/2000/svg";
const SAMPLES = 113;
const STOPS = 29;
const FAINTEST = 0.5; // of the weeks furthest back
export const SIDE = 0.15; // from this valence on a moment is drawn as light, or as heavy
const MONTH = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const DAYS = ["M", "T", "W", "T", "F", "S", "S"];

/** @param {string} name @param {Record<string, string | number>} [values] */
function svg(name, values = {}) {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(values)) {
    if (key === "style") element.style.cssText = String(value); // as an attribute the page's policy would refuse it
    else element.setAttribute(key, String(value));
  }
  return element;
}

/** The colour of a valence, as the style sheet mixes it. @param {number} valence */
function colour(valence) {
  const share = Math.round(Math.min(1, Math.abs(valence) / 0.45) * 100);
  return `color-mix(in oklab, var(${valence < 0 ? "--felt-heavy" : "--felt-light"}) ${share}%, var(--felt-even))`;
}

/** How a moment felt, in a sentence. @param {Point} point */
export function told(point) {
  if (point.own) return point.word ? `by your own word, ${point.word}` : "not as she had guessed";
  if (point.word) return `you sounded ${point.word}`;
  if (!point.sure) return "she could not tell";
  return point.valence > SIDE ? "you sounded rather light" : point.valence < -SIDE ? "you sounded rather low" : "nothing plain";
}

export class Picture {
  /** @type {Mark[]} */ #marks = [];
  /** @type {Point[]} */ #points = [];
  #first = new Date();
  #last = new Date();

  /**
   * @param {SVGSVGElement} place
   * @param {(id: number) => void} open
   * @param {(words: string) => void} tell what the eye or the finger is on
   */
  constructor(place, open, tell) {
    this.place = place;
    this.open = open;
    this.tell = tell;
    place.addEventListener("click", (event) => this.#clicked(event));
    place.addEventListener("keydown", (event) => this.#pressed(event));
    place.addEventListener("focusin", (event) => this.#on(event.target));
    place.addEventListener("pointerover", (event) => this.#on(event.target));
    let width = 0;
    new ResizeObserver(() => {
      if (Math.abs(place.clientWidth - width) > 1) this.#draw();
      width = place.clientWidth;
    }).observe(place);
  }

  /** @param {Point[]} points in order @param {Date} first a Monday @param {Date} last the Monday of the last week */
  show(points, first, last) {
    this.#points = points;
    this.#first = first;
    this.#last = last;
    this.#draw();
  }

  /** Puts the focus on a moment, if it has a point. @param {number} id */
  focus(id) {
    const mark = this.#marks.find((each) => each.placed.point.id === id) ?? this.#marks.at(-1);
    if (mark) this.#go(mark);
  }

  #draw() {
    const width = this.place.clientWidth;
    if (!width || !this.#points.length) return;
    const narrow = width < 520;
    const margin = narrow ? 52 : 66;
    const day = (width - margin) / 7;
    const weeks = weeksOf(this.#points, this.#first, this.#last, Math.max(2, Math.floor(day / 9)));
    const pitch = narrow ? 40 : 46;
    const rise = pitch * 1.9;
    const lines = weeks.map((_, row) => ridge(weeks, row, SAMPLES));
    const peaks = lines.map((line, row) => rise * Math.max(...line.map((each) => each.height)) - pitch * row);
    const top = Math.max(...peaks, 12) + 12;
    const deep = top + pitch * (weeks.length - 1) + 44;
    this.place.setAttribute("viewBox", `0 0 ${width} ${deep}`);
    this.place.style.height = `${deep}px`;
    this.#marks = [];
    const fade = svg("linearGradient", { id: "felt-fade", x1: 0, y1: 0, x2: 0, y2: 1 });
    fade.append(svg("stop", { offset: 0, "stop-color": "#fff" }), svg("stop", { offset: 1, "stop-color": "#fff", "stop-opacity": 0.12 }));
    const mask = svg("mask", { id: "felt-mask", maskContentUnits: "objectBoundingBox" });
    mask.append(svg("rect", { width: 1, height: 1, fill: "url(#felt-fade)" }));
    const defs = svg("defs");
    defs.append(fade, mask);
    const rows = weeks.map((_, row) =>
      this.#row(weeks, row, lines[row], { margin, day, rise, base: top + pitch * row, width, defs }),
    );
    const names = svg("g", { class: "days", "aria-hidden": "true" });
    for (const [at, name] of DAYS.entries()) {
      const letter = svg("text", { x: margin + day * (at + 0.5), y: deep - 8 });
      letter.textContent = name;
      names.append(letter);
    }
    this.place.replaceChildren(defs, ...rows, names);
    const last = this.#marks.at(-1);
    last?.mark.setAttribute("tabindex", "0"); // one stop for the tab key; the arrows do the rest
  }

  /**
   * @param {Week[]} weeks @param {number} row @param {ReturnType<typeof ridge>} line
   * @param {{margin: number, day: number, rise: number, base: number, width: number, defs: SVGElement}} at
   */
  #row(weeks, row, line, at) {
    const week = weeks[row];
    const back = weeks.length - 1 - row;
    const group = svg("g", {
      class: "week",
      role: "group",
      "aria-label": weekTold(week),
      style: `--back: ${Math.max(FAINTEST, 1 - back * 0.045)}; --row: ${row}`,
    });
    const gradient = svg("linearGradient", { id: `felt-${row}`, gradientUnits: "userSpaceOnUse", x1: at.margin, x2: at.width, y1: 0, y2: 0 });
    for (let stop = 0; stop < STOPS; stop++) {
      const { valence } = line[Math.round((stop * (SAMPLES - 1)) / (STOPS - 1))];
      gradient.append(svg("stop", { offset: stop / (STOPS - 1), style: `stop-color: ${colour(valence)}` }));
    }
    at.defs.append(gradient);
    const across = (/** @type {number} */ n) => at.margin + (n * at.day * 7) / (SAMPLES - 1);
    const top = line.map((each, n) => `${across(n).toFixed(1)} ${(at.base - at.rise * each.height).toFixed(1)}`);
    const hills = `M${top.join("L")}`;
    const ground = `L${at.width} ${at.base}L${at.margin} ${at.base}Z`;
    const land = svg("g", { class: "land", "aria-hidden": "true" });
    if (week.all.length) {
      land.append(
        svg("path", { class: "haze", d: hills + ground }),
        svg("path", { class: "hill", d: hills + ground, fill: `url(#felt-${row})`, mask: "url(#felt-mask)" }),
      );
    }
    land.append(svg("path", { class: week.all.length ? "line" : "line quiet-week", d: hills, stroke: `url(#felt-${row})` }));
    const label = svg("text", { class: "monday", x: 0, y: at.base + 1, "aria-hidden": "true" });
    label.textContent = MONTH.format(week.monday);
    group.append(land, label, ...week.shown.map((placed) => this.#mark(placed, row, line, at)));
    return group;
  }

  /**
   * @param {Placed} placed @param {number} row @param {{height: number}[]} line
   * @param {{margin: number, day: number, rise: number, base: number}} at
   */
  #mark(placed, row, line, at) {
    const { point } = placed;
    const x = at.margin + placed.x * at.day;
    const y = at.base - at.rise * Math.min(placed.height, over(line, placed.x));
    const side = !point.word && !point.sure ? "unsure" : point.valence > SIDE ? "light" : point.valence < -SIDE ? "heavy" : "even";
    const mark = /** @type {SVGGElement} */ (
      svg("g", {
        class: `felt ${side}${point.own ? " own" : ""}`,
        role: "button",
        tabindex: -1,
        "aria-label": `${dayOf(point.at)}, ${hourOf(point.at)}: ${told(point)}`,
        transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`,
        style: `color: ${colour(point.valence)}`,
      })
    );
    const size = side === "unsure" || side === "even" ? 2.2 : 3 + 2 * point.strength;
    mark.append(svg("circle", { class: "reach", r: Math.max(9, Math.min(15, at.day / 5)) }));
    if (point.own) mark.append(svg("circle", { class: "ring", r: size + 3 }));
    mark.append(svg("circle", { class: "dot", r: size.toFixed(1) }));
    this.#marks.push({ placed, row, mark, x });
    return mark;
  }

  // ── what the hand does ──

  /** @param {EventTarget | null} target */
  #of(target) {
    const element = /** @type {Element | null} */ (target)?.closest?.(".felt");
    return element ? this.#marks.find((each) => each.mark === element) : undefined;
  }

  /** @param {EventTarget | null} target */
  #on(target) {
    const mark = this.#of(target);
    if (mark) this.tell(mark.mark.getAttribute("aria-label") ?? "");
  }

  /** @param {Event} event */
  #clicked(event) {
    const mark = this.#of(event.target);
    if (mark) {
      this.#go(mark);
      this.open(mark.placed.point.id);
    }
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const mark = this.#of(event.target);
    if (!mark) return;
    const place = this.#marks.indexOf(mark);
    const goes = {
      ArrowLeft: () => this.#marks[place - 1],
      ArrowRight: () => this.#marks[place + 1],
      ArrowUp: () => this.#beside(mark, -1),
      ArrowDown: () => this.#beside(mark, 1),
      Home: () => this.#marks[0],
      End: () => this.#marks.at(-1),
    };
    const go = goes[/** @type {keyof typeof goes} */ (event.key)];
    if (go) {
      event.preventDefault();
      const next = go();
      if (next) this.#go(next);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.open(mark.placed.point.id);
    }
  }

  /** The moment above or below it, in the next week that has one. @param {Mark} mark @param {number} step */
  #beside(mark, step) {
    const rows = this.#marks.filter((each) => (each.row - mark.row) * step > 0);
    if (!rows.length) return undefined;
    const row = step > 0 ? rows[0].row : rows[rows.length - 1].row;
    const there = rows.filter((each) => each.row === row);
    return there.reduce((best, each) => (Math.abs(each.x - mark.x) < Math.abs(best.x - mark.x) ? each : best));
  }

  /** @param {Mark} mark */
  #go(mark) {
    for (const each of this.#marks) each.mark.setAttribute("tabindex", each === mark ? "0" : "-1");
    mark.mark.focus();
  }
}

/** @param {Week} week */
function weekTold(week) {
  const count = week.all.length;
  const sides = week.all.filter((each) => each.point.sure || each.point.own);
  const light = sides.filter((each) => each.point.valence > SIDE).length;
  const heavy = sides.filter((each) => each.point.valence < -SIDE).length;
  const mood = !count ? "" : light > heavy ? ", more light than heavy" : heavy > light ? ", more heavy than light" : "";
  return `Week of ${MONTH.format(week.monday)}: ${count === 1 ? "one moment" : `${count || "no"} moments`}${mood}`;
}
