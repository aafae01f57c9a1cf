/**
 * Forgetting for good: what would go is shown, a yes is asked for once, and what was done is told.
 */
import { ask, capital, counted, listed, Refused, sentence } from "./memory-api.js";
import { momentLine } from "./memory-talks.js";
import { make, part } from "./page.js";

/**
 * @typedef {{words: string} | {moment: number} | {talk: number} | {belief: number} | {book: number} | {rehearsal: number}} What
 * @typedef {object} Loss
 * @property {boolean} everything
 * @property {import("./memory-api.js").Moment[]} moments
 * @property {number} moments_count
 * @property {string[]} beliefs
 * @property {string[]} reopened
 * @property {string[]} people
 * @property {string[]} books
 * @property {string[]} notes
 */

export class Forgetting {
  #dialog = /** @type {HTMLDialogElement} */ (part("loss"));
  #yes = /** @type {HTMLButtonElement} */ (part("loss-yes"));
  #no = /** @type {HTMLButtonElement} */ (part("loss-no"));
  #plan = "";
  #busy = false;
  #went = false;

  /**
   * @param {() => void} onGone something went: what is seen of it must go too
   * @param {() => string} herName
   */
  constructor(onGone, herName) {
    this.onGone = onGone;
    this.herName = herName;
    this.#yes.addEventListener("click", () => this.#letGo());
    this.#no.addEventListener("click", () => this.#dialog.close());
    this.#dialog.addEventListener("cancel", (event) => {
      if (this.#busy) event.preventDefault(); // it cannot be called back any more
    });
    this.#dialog.addEventListener("close", () => {
      part("loss-words").replaceChildren();
      if (this.#went) this.onGone();
    });
  }

  /** Shows what would go. @param {What} what @throws {Refused} */
  async show(what) {
    const { plan, loss } = await ask("plan", what);
    this.#plan = plan ?? "";
    this.#went = false;
    this.#say(plan ? "This would go for good" : "There is nothing to forget");
    part("loss-words").replaceChildren(
      ...(plan ? this.#told(loss) : [make("p", "", "She keeps nothing of that kind.")]),
    );
    this.#yes.hidden = !plan;
    this.#no.textContent = plan ? "Keep it" : "Close";
    part("loss-state").textContent = "";
    this.#dialog.showModal();
    part("loss-title").focus();
  }

  async #letGo() {
    this.#busy = this.#yes.disabled = this.#no.disabled = true;
    part("loss-state").textContent = "Letting it go, and looking whether anything is left…";
    let told;
    try {
      const { receipt } = await ask("forget", { plan: this.#plan });
      this.#went = true;
      this.#say(receipt.left.length ? "Not all of it is gone" : "It is gone");
      part("loss-words").replaceChildren(...afterwards(receipt));
      told = "";
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      told = error.message;
    } finally {
      this.#busy = this.#yes.disabled = this.#no.disabled = false;
    }
    this.#yes.hidden = true;
    this.#no.textContent = "Close";
    part("loss-state").textContent = told;
    part("loss-title").focus();
  }

  /** @param {string} title */
  #say(title) {
    part("loss-title").textContent = title;
  }

  /** @param {Loss} loss @returns {HTMLElement[]} */
  #told(loss) {
    /** @type {HTMLElement[]} */
    const told = [];
    if (loss.everything) told.push(make("p", "", "This is all of it: every talk, everything she knows of you."));
    if (loss.moments_count) {
      told.push(heading(counted(loss.moments_count, "line of talk", "lines of talk")));
      const lines = make("div", "lines", "");
      lines.tabIndex = 0;
      lines.setAttribute("role", "group");
      lines.setAttribute("aria-label", "The lines that would go");
      lines.append(...loss.moments.map((moment) => momentLine(moment, this.herName(), true)));
      const more = loss.moments_count - loss.moments.length;
      if (more > 0) lines.append(make("p", "hint", `… and ${counted(more, "line", "lines")} more`));
      told.push(lines);
    }
    return [
      ...told,
      ...list(loss.beliefs, "what she would no longer hold", sentence),
      ...list(loss.people, "whom she would no longer know"),
      ...list(loss.books, "what she has read"),
      ...list(loss.notes, "what else she kept of it"),
      ...list(loss.reopened, "what she would hold true again", sentence),
    ];
  }
}

/** @param {string} text */
const heading = (text) => make("h3", "", capital(text));

/** @param {string[]} items @param {string} title @param {(text: string) => string} [say] */
function list(items, title, say = (text) => text) {
  if (!items.length) return [];
  const all = make("ul", "", "");
  all.append(...items.map((item) => make("li", "", say(item))));
  return [heading(title), all];
}

/** @param {Record<string, number> & {left: string[], beyond: string[]}} receipt */
function afterwards(receipt) {
  const kinds = /** @type {const} */ ([
    ["moments", "line of talk", "lines of talk"],
    ["beliefs", "thing she held", "things she held"],
    ["people", "person", "people"],
    ["books", "thing she had read", "things she had read"],
    ["notes", "note", "notes"],
  ]);
  const went = kinds.filter(([kind]) => receipt[kind]).map(([kind, one, many]) => counted(receipt[kind], one, many));
  const told = [make("p", "", sentence(`${listed(went)} went`))];
  if (receipt.left.length) {
    told.push(
      make("p", "left", `Something of it was still found in ${listed(receipt.left)}. She could not reach it there.`),
    );
    return told;
  }
  const backups = receipt.backups ? ` ${sentence(`${counted(receipt.backups, "backup was", "backups were")} replaced`)}` : "";
  told.push(make("p", "", `Afterwards she looked for it, and found nothing of it any more.${backups}`));
  if (receipt.beyond.length) {
    told.push(make("p", "left", `It may still be in ${listed(receipt.beyond)}. She cannot reach it there.`));
  }
  return told;
}
