/**
 * The talks, the newest day first, a page at a time.
 */
import { ask, dayOf, hourOf } from "./memory-api.js";
import { make, part } from "./page.js";
import { say, trying } from "./trying.js";

/**
 * @typedef {import("./memory-api.js").Moment} Moment
 * @typedef {import("./memory-api.js").TalkPart} TalkPart
 */

/**
 * One line of a talk.
 * @param {Moment} moment @param {string} her @param {boolean} [dated] with its day, where no talk is around it
 */
export function momentLine(moment, her, dated = false) {
  const line = make("p", moment.role === "her" ? "moment hers" : "moment", "");
  line.append(make("span", "who", moment.role === "her" ? her || "She" : "You"));
  line.append(make("span", "text", moment.cut ? `${moment.text} …` : moment.text));
  const told = dated ? `${dayOf(moment.at)}, ${hourOf(moment.at)}` : hourOf(moment.at);
  const at = /** @type {HTMLTimeElement} */ (make("time", "", told));
  at.dateTime = new Date(moment.at * 1000).toISOString();
  line.append(at);
  return line;
}

export class Talks {
  #place = part("talks");
  #earlier = part("earlier");
  #day = /** @type {HTMLInputElement} */ (part("leaf-day"));
  /** @type {Map<string, HTMLElement>} */ #days = new Map();
  /** @type {Map<number, HTMLElement>} */ #talks = new Map();
  /** @type {number | null} */ #first = null;

  /**
   * @param {(what: import("./memory-forget.js").What) => void} forget
   * @param {() => string} herName
   */
  constructor(forget, herName) {
    this.forget = forget;
    this.herName = herName;
    this.#earlier.addEventListener("click", () => trying(() => this.#leaf()));
    this.#day.addEventListener("change", () => trying(() => this.show()));
    part("leaf").addEventListener("submit", (event) => event.preventDefault());
  }

  async show() {
    this.#first = null;
    const talks = await this.#page();
    this.#days.clear();
    this.#talks.clear();
    this.#place.replaceChildren();
    this.#add(talks);
    if (!talks.length) {
      const nothing = this.#day.value ? "Nothing was said by then." : "You have not talked yet, or nothing of it was kept.";
      this.#place.append(make("p", "soft", nothing));
    }
  }

  async #leaf() {
    const talks = await this.#page();
    this.#add(talks);
    if (!talks.length) say("That was the beginning.");
  }

  /** @returns {Promise<TalkPart[]>} */
  async #page() {
    const query = new URLSearchParams();
    if (this.#first !== null) query.set("before", String(this.#first));
    const [year, month, day] = this.#day.value.split("-").map(Number);
    if (year) query.set("until", String(new Date(year, month - 1, day + 1).getTime() / 1000));
    return (await ask(`talks?${query}`)).talks;
  }

  /** @param {TalkPart[]} talks */
  #add(talks) {
    this.#first = talks[0]?.moments[0].id ?? this.#first;
    this.#earlier.hidden = !talks.length;
    for (const talk of talks.toReversed()) this.#addTalk(talk);
  }

  /** The part of a talk that is on this page; the later part of it may be here already. @param {TalkPart} talk */
  #addTalk(talk) {
    const lines = talk.moments.map((moment) => this.#line(moment));
    const began = hourOf(talk.moments[0].at);
    const head = make("div", "talk-head", "");
    head.append(make("h4", "", `Talk at ${began}`), this.#forgets({ talk: talk.id }, "Forget this talk", `of ${began}`));
    const known = this.#talks.get(talk.id);
    if (known) {
      known.querySelector(".talk-head")?.replaceWith(head, ...lines);
      return;
    }
    const article = make("article", "talk", "");
    article.append(head, ...lines);
    this.#talks.set(talk.id, article);
    this.#dayFor(talk.moments[0].at).querySelector("h3")?.after(article);
  }

  /** @param {number} at */
  #dayFor(at) {
    const name = dayOf(at);
    const known = this.#days.get(name);
    if (known) return known;
    const day = make("section", "day", "");
    day.append(make("h3", "", name));
    this.#days.set(name, day);
    this.#place.append(day);
    return day;
  }

  /** @param {Moment} moment */
  #line(moment) {
    const line = momentLine(moment, this.herName());
    line.append(this.#forgets({ moment: moment.id }, "Forget", `this line: ${moment.text.slice(0, 60)}`));
    return line;
  }

  /** @param {import("./memory-forget.js").What} what @param {string} label @param {string} more */
  #forgets(what, label, more) {
    const button = make("button", "small", label);
    button.setAttribute("aria-label", `${label} ${more}`);
    button.addEventListener("click", () => this.forget(what));
    return button;
  }
}
