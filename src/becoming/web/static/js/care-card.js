/**
 * Beside the talk: numbers to tap while somebody is in danger, and what can be done about her last words.
 */
import { tap } from "./care-numbers.js";
import { Refused, send } from "./memory-api.js";
import { make, part } from "./page.js";

/**
 * @typedef {{tier: string, numbers: import("./care-numbers.js").Numbers, plan: boolean,
 *   trusted: {name: string, reach: string} | null, gone?: string}} Card
 */

export class Care {
  #card = part("care");
  #after = part("after");

  /** @param {() => string} last her last words */
  constructor(last) {
    this.last = last;
  }

  /** @param {Card | null} card */
  show(card) {
    this.#card.hidden = !card;
    this.#card.replaceChildren();
    if (!card) return;
    if (card.gone) {
      this.#card.append(make("p", "gone", card.gone));
      return;
    }
    const { line, emergency, sure, country } = card.numbers;
    const there = sure || !country ? "" : ` (${country})`;
    if (emergency) this.#card.append(tap(emergency, `${emergency}, if it can’t wait${there}`));
    if (line) this.#card.append(tap(line.phone, `${line.phone}, ${line.by}${there}`));
    if (card.trusted) this.#card.append(somebody(card.trusted));
    this.#card.append(link("/care#plan", card.plan ? "Your safety plan" : "A safety plan"), link("/care#now", "More"));
  }

  /** She begins to speak anew. */
  reply() {
    this.#after.replaceChildren();
  }

  /** She has spoken: her words can be marked as not all right, and a break can be put off. */
  over() {
    const said = this.last();
    if (!said) return;
    const deeds = [this.#deed("Not all right", "/care/flag", { said }, "Marked.")];
    if (said.includes("“not now”") || said.includes('"not now"')) deeds.unshift(this.#deed("Not now", "/care/not-now", {}, "Later, then."));
    this.#after.replaceChildren(...deeds);
  }

  /** @param {string} label @param {string} path @param {object} body @param {string} done */
  #deed(label, path, body, done) {
    const button = make("button", "aside", label);
    button.addEventListener("click", async () => {
      try {
        await send(path, body);
        button.replaceWith(make("span", "aside", done));
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        button.replaceWith(make("span", "aside", error.message));
      }
    });
    return button;
  }
}

/** Their name; the number comes at a tap, and nothing is sent. @param {{name: string, reach: string}} trusted */
function somebody({ name, reach }) {
  const button = make("button", "choice", name);
  button.addEventListener("click", () => {
    if (reach.replace(/\D/g, "").length > 4) button.replaceWith(tap(reach, `${name}, ${reach}`));
    else button.replaceWith(make("span", "choice", `${name}, ${reach || "no number was put down"}`));
  });
  return button;
}

/** @param {string} href @param {string} words */
function link(href, words) {
  const made = /** @type {HTMLAnchorElement} */ (make("a", "choice", words));
  made.href = href;
  return made;
}
