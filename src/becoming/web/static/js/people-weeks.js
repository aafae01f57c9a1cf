/**
 * The weeks: real conversations above the line, time with her below; and what the person measures themself, if they like.
 */
import { counted, dayOf } from "./memory-api.js";
import { make, part } from "./page.js";
import { svg } from "./people-picture.js";
import { say, trying } from "./trying.js";

/**
 * @typedef {{monday: number, hours: number, told: number, answered: number | null}} Week
 * @typedef {{kind: string, at: number, score: number}} Entry
 * @typedef {{title: string, source: string, asks: string, items: string[], answers: [string, number][], least: number, most: number,
 *   reads: string, low?: number}} Instrument
 * @typedef {{weeks: Week[], measured: Entry[], instruments: {[kind: string]: Instrument}}} Measured
 */

const SHORT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const DOTS = 9; // so many conversations are drawn one by one

export class Weeks {
  #place = /** @type {SVGSVGElement} */ (/** @type {unknown} */ (part("two-sides")));
  #talks = /** @type {HTMLInputElement} */ (part("talks"));
  /** @type {Week[]} */ #weeks = [];

  /** @param {(path: string, body: object) => Promise<void>} send sends, and shows all anew */
  constructor(send) {
    this.send = send;
    let width = 0;
    new ResizeObserver(() => {
      if (Math.abs(this.#place.clientWidth - width) > 1) this.#draw();
      width = this.#place.clientWidth;
    }).observe(this.#place);
    part("count").addEventListener("submit", (event) => {
      event.preventDefault();
      const week = this.#weeks.at(-2);
      if (week) trying(() => this.#kept("/people/weeks", { week: week.monday, talks: Number(this.#talks.value) }, "It is kept."));
    });
  }

  /** @param {Measured} it */
  show(it) {
    this.#weeks = it.weeks;
    const last = it.weeks.at(-2);
    const told = last?.told ? `You told her of ${counted(last.told, "one", "ones")}.`.replace("one one", "one") : "";
    part("count-told").textContent = last?.answered == null ? told : `You said ${last.answered}. Said again, it is put right.`;
    this.#talks.value = last?.answered == null ? "" : String(last.answered);
    part("instruments").replaceChildren(...Object.entries(it.instruments).map(([kind, one]) => this.#instrument(kind, one, it.measured)));
    this.#draw();
  }

  /** @param {string} path @param {object} body @param {string} done */
  async #kept(path, body, done) {
    await this.send(path, body);
    say(done);
  }

  // ── the picture ──

  #draw() {
    const width = this.#place.clientWidth;
    const weeks = this.#weeks;
    if (!width || !weeks.length) return;
    const step = width / weeks.length;
    const size = Math.min(7, step / 3.4);
    const most = Math.max(4, ...weeks.map(talks));
    const shown = Math.min(most, DOTS);
    const line = 22 + shown * (size * 2 + 3);
    const longest = Math.max(1, ...weeks.map((week) => week.hours));
    const deep = line + 116;
    this.#place.setAttribute("viewBox", `0 0 ${width} ${deep}`);
    this.#place.style.height = `${deep}px`;
    const parts = weeks.flatMap((week, at) => {
      const x = step * (at + 0.5);
      const count = talks(week);
      const dots = Array.from({ length: Math.min(count, DOTS) }, (_, n) =>
        svg("circle", { class: week.answered == null ? "talk told" : "talk", cx: x, cy: line - 8 - size - n * (size * 2 + 3), r: size }),
      );
      if (count > DOTS) dots.push(svg("text", { class: "more", x, y: line - 14 - DOTS * (size * 2 + 3) }, String(count)));
      const tall = (week.hours / longest) * 64;
      const bar = svg("rect", { class: "with-her", x: x - size * 0.8, y: line + 8, width: size * 1.6, height: tall.toFixed(1), rx: size * 0.8 });
      const label = at % 4 === 0 ? [svg("text", { class: "far", x: Math.min(Math.max(x, 20), width - 22), y: deep - 6 }, SHORT.format(week.monday * 1000))] : [];
      return [...dots, bar, ...label];
    });
    const names = [svg("path", { class: "ground", d: `M0 ${line}H${width}` })];
    this.#place.replaceChildren(...names, ...parts);
    const sum = weeks.reduce((all, week) => all + talks(week), 0);
    const hours = weeks.reduce((all, week) => all + week.hours, 0);
    const spent = hours < 1 ? `${Math.round(hours * 60)} minutes` : counted(Math.round(hours), "hour", "hours");
    part("two-sides-told").textContent = `In these weeks: ${counted(sum, "real conversation", "real conversations")}, ${spent} with her. Pale ones are counted from what you told her.`;
  }

  // ── what is measured ──

  /** @param {string} kind @param {Instrument} one @param {Entry[]} all */
  #instrument(kind, one, all) {
    const whole = /** @type {HTMLDetailsElement} */ (make("details", "measure paper", ""));
    const entries = all.filter((entry) => entry.kind === kind);
    whole.append(make("summary", "", one.title));
    if (entries.length) whole.append(this.#curve(one, entries), ...this.#latest(kind, one, entries));
    const form = make("form", "questions", "");
    form.append(make("p", "asks", one.asks));
    form.append(...one.items.map((item, at) => choices(item, `${kind}-${at}`, one.answers)));
    form.append(make("button", "choice", "Keep the answers"), make("p", "hint source-of", one.source));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const data = new FormData(/** @type {HTMLFormElement} */ (form));
      const answers = one.items.map((_, at) => Number(data.get(`${kind}-${at}`)));
      trying(() => this.#kept(`/people/measures/${kind}`, { answers }, "It is kept, here and nowhere else."));
    });
    whole.append(form);
    return whole;
  }

  /** @param {Instrument} one @param {Entry[]} entries */
  #curve(one, entries) {
    const [wide, tall] = [300, 64];
    const picture = svg("svg", { class: "curve", viewBox: `-8 -8 ${wide + 16} ${tall + 16}`, role: "img", "aria-label": `${entries.length} entries` });
    const first = entries[0].at;
    const span = Math.max(1, entries[entries.length - 1].at - first);
    const points = entries.slice(-24).map(({ at, score }) => {
      const y = tall - (tall * (score - one.least)) / (one.most - one.least);
      return [entries.length === 1 ? wide / 2 : ((at - first) / span) * wide, y].map((n) => n.toFixed(1)).join(" ");
    });
    picture.append(svg("path", { class: "ground", d: `M0 ${tall}H${wide}M0 0H${wide}` }), svg("path", { class: "through", d: `M${points.join("L")}` }));
    picture.append(...points.map((point) => svg("circle", { class: "talk", cx: point.split(" ")[0], cy: point.split(" ")[1], r: 5 })));
    return picture;
  }

  /** @param {string} kind @param {Instrument} one @param {Entry[]} entries */
  #latest(kind, one, entries) {
    const { at, score } = entries[entries.length - 1];
    const told = make("p", "", `${score}, on ${dayOf(at)}. ${one.reads}`);
    const away = make("button", "small", "Take the last one away");
    away.addEventListener("click", () => trying(() => this.#kept("/people/take-away", { kind, at }, "It is gone.")));
    if (one.low === undefined || score >= one.low) return [told, away];
    const low = make("p", "soft", "That is low. A doctor is a good one to tell of it, and so is somebody near you. ");
    const link = /** @type {HTMLAnchorElement} */ (make("a", "plain", "For hard hours"));
    link.href = "/care";
    low.append(link);
    return [told, low, away];
  }
}

/** @param {Week} week */
const talks = (week) => week.answered ?? week.told;

/** @param {string} item @param {string} name @param {[string, number][]} answers */
function choices(item, name, answers) {
  const whole = make("fieldset", "", "");
  whole.append(make("legend", "", item));
  answers.forEach(([words], at) => {
    const label = make("label", "", "");
    const input = document.createElement("input");
    Object.assign(input, { type: "radio", name, value: String(at), required: true });
    label.append(input, make("span", "", words));
    whole.append(label);
  });
  return whole;
}
