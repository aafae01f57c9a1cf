/**
 * How the weeks felt: the picture, and one moment opened, to read it and to put it right.
 */
import { ask, capital, counted, dayOf, hourOf, listed, Refused } from "./memory-api.js";
import { make, part } from "./page.js";
import { say, trying } from "./trying.js";
import { Picture, SIDE, told } from "./weeks-picture.js";
import { mondayOf, weeksLater } from "./weeks-shape.js";

/**
 * @typedef {import("./weeks-shape.js").Point} Point
 * @typedef {{word: string, intensity: number}} Emotion
 * @typedef {Point & {moment: import("./memory-api.js").Moment, emotions: Emotion[], guess: Emotion[] | null}} Whole
 */

const QUARTER = 14; // weeks: thirteen, and the one that has begun
const FEWEST = 3; // weeks that are shown, however young it is

export class Weeks {
  #dialog = /** @type {HTMLDialogElement} */ (part("felt"));
  #was = /** @type {HTMLInputElement} */ (part("felt-was"));
  #earlier = part("weeks-earlier");
  #picture;
  /** @type {Point[]} */ #points = [];
  #count = QUARTER;
  #open = 0;
  #changed = false;

  /** @param {(what: import("./memory-forget.js").What) => void} forget */
  constructor(forget) {
    const svg = /** @type {SVGSVGElement} */ (/** @type {unknown} */ (part("weeks")));
    this.#picture = new Picture(svg, (id) => trying(() => this.#show(id)), (words) => (part("weeks-told").textContent = words));
    this.#earlier.addEventListener("click", () => {
      this.#count += QUARTER;
      trying(() => this.show());
    });
    part("felt-earlier").addEventListener("click", () => this.#doing(() => this.#show(this.#beside(-1))));
    part("felt-later").addEventListener("click", () => this.#doing(() => this.#show(this.#beside(1))));
    part("felt-wrong").addEventListener("click", () => this.#ask());
    part("felt-away").addEventListener("click", () => this.#doing(() => this.#takeAway()));
    part("felt-close").addEventListener("click", () => this.#dialog.close());
    part("felt-forget").addEventListener("click", () => {
      this.#dialog.close();
      forget({ moment: this.#open });
    });
    part("felt-otherwise").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#doing(() => this.#putRight());
    });
    this.#dialog.addEventListener("close", () => {
      part("felt-words").replaceChildren();
      if (this.#changed) trying(() => this.show().then(() => this.#picture.focus(this.#open)));
      else this.#picture.focus(this.#open);
    });
  }

  async show() {
    this.#changed = false;
    const last = mondayOf(new Date());
    let first = weeksLater(last, 1 - this.#count);
    const { points, first: begun } = await ask(`feelings?since=${first.getTime() / 1000}`);
    this.#points = points;
    const beginning = begun === null ? null : mondayOf(new Date(begun * 1000));
    this.#earlier.hidden = !beginning || beginning >= first;
    if (beginning && beginning > first) first = new Date(Math.min(+beginning, +weeksLater(last, 1 - FEWEST)));
    part("weeks-none").hidden = Boolean(beginning);
    part("weeks-some").hidden = !beginning;
    part("weeks-sum").textContent = summed(points, first);
    part("weeks-told").textContent = "";
    if (beginning) this.#picture.show(points, first, last);
  }

  // ── one moment ──

  /** The moment before or after the open one. @param {number} step */
  #beside(step) {
    const at = this.#points.findIndex((point) => point.id === this.#open);
    return this.#points[at + step]?.id ?? this.#open;
  }

  /** @param {number} id */
  async #show(id) {
    const whole = /** @type {Whole} */ (await ask(`feelings/${id}`));
    this.#open = id;
    this.#tell(whole);
    if (!this.#dialog.open) this.#dialog.showModal();
    part("felt-title").focus();
  }

  /** @param {Whole} whole */
  #tell(whole) {
    const place = this.#points.findIndex((point) => point.id === whole.id);
    part("felt-title").textContent = `${dayOf(whole.at)}, ${hourOf(whole.at)}`;
    const quote = make("blockquote", "", whole.moment.text);
    part("felt-words").replaceChildren(quote, make("p", "guess", sentence(whole)), ...more(whole));
    part("felt-otherwise").hidden = true;
    part("felt-deeds").hidden = false;
    part("felt-away").textContent = whole.own ? "Take this away" : "Take the guess away";
    /** @type {HTMLButtonElement} */ (part("felt-earlier")).disabled = place <= 0;
    /** @type {HTMLButtonElement} */ (part("felt-later")).disabled = place < 0 || place === this.#points.length - 1;
    part("felt-state").textContent = "";
  }

  #ask() {
    part("felt-otherwise").hidden = false;
    part("felt-deeds").hidden = true;
    this.#was.value = "";
    this.#was.focus();
  }

  async #putRight() {
    const whole = await ask(`feelings/${this.#open}/otherwise`, { value: this.#was.value });
    this.#changed = true;
    const at = this.#points.findIndex((point) => point.id === whole.id);
    if (at >= 0) this.#points[at] = whole;
    this.#tell(whole);
    part("felt-state").textContent = "It is kept as you say.";
    part("felt-title").focus();
  }

  async #takeAway() {
    await ask(`feelings/${this.#open}/away`, {});
    this.#changed = true;
    this.#dialog.close();
    say("The guess is gone. The words stay.");
  }

  /** Does it, and says within the sheet what was in the way. @param {() => Promise<void>} work */
  async #doing(work) {
    part("felt-state").textContent = "";
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      part("felt-state").textContent = error.message;
    }
  }
}

/** @param {Whole} whole */
function sentence(whole) {
  if (whole.own) return whole.emotions.length ? `You said it was: ${named(whole.emotions)}.` : "You said it was not as she had guessed.";
  if (!whole.word) return `${capital(told(whole))}.`;
  return `As far as words tell, you sounded ${named(whole.emotions)}.`;
}

/** @param {Emotion[]} emotions */
function named(emotions) {
  return listed(emotions.slice(0, 3).map(({ word, intensity }) => (intensity < 0.35 ? `a little ${word}` : word)));
}

/** @param {Whole} whole */
function more(whole) {
  if (!whole.guess) return [];
  const guessed = whole.guess.length ? named(whole.guess) : "nothing plain";
  return [make("p", "hint", `She had guessed: ${guessed}.`)];
}

/** @param {Point[]} points @param {Date} first */
function summed(points, first) {
  const since = dayOf(first.getTime() / 1000).replace(/^\w+,? /, "").replace(/ \d{4}$/, "");
  const plain = points.filter((point) => point.sure || point.own);
  const light = plain.filter((point) => point.valence > SIDE).length;
  const heavy = plain.filter((point) => point.valence < -SIDE).length;
  const count = `${capital(counted(points.length, "moment", "moments"))} since ${since}`;
  if (light + heavy < 5) return `${count}.`;
  if (light > 1.2 * heavy) return `${count}, more of them light than heavy.`;
  if (heavy > 1.2 * light) return `${count}, more of them heavy than light.`;
  return `${count}, light and heavy about as often.`;
}
