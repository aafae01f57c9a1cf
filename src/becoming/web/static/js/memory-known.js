/**
 * What she holds true, by whom it is about, and what was once held.
 */
import { ask } from "./memory-api.js";
import { Openable } from "./memory-belief.js";
import { make, part } from "./page.js";

/**
 * @typedef {import("./memory-belief.js").Belief} Belief
 * @typedef {{about: string, title: string, held: Belief[], once: Belief[]}} Group
 */

export class Known {
  #place = part("known");

  /**
   * @param {(what: import("./memory-forget.js").What) => void} forget
   * @param {(off: boolean) => void} offTheRecord told with every answer
   */
  constructor(forget, offTheRecord) {
    this.openable = new Openable({ forget, changed: (belief) => this.#again(belief) });
    this.offTheRecord = offTheRecord;
  }

  /** @param {number} [focus] the belief on which the person was, or which is new */
  async show(focus) {
    const { groups, off_the_record: off } = await ask("beliefs");
    this.offTheRecord(off);
    this.#place.replaceChildren(...groups.map((/** @type {Group} */ group) => this.#group(group)));
    if (!groups.length) {
      this.#place.append(make("p", "soft", "She holds nothing true of you yet. She learns while you talk."));
    }
    if (!focus) return;
    const summary = /** @type {HTMLElement | null} */ (document.querySelector(`#belief-${focus} > summary`));
    summary?.scrollIntoView({ block: "nearest" });
    summary?.focus();
  }

  /** @param {Group} group */
  #group(group) {
    const whole = make("section", "group", "");
    const title = make("h3", "", group.title);
    const list = make("ul", "beliefs", "");
    list.append(...group.held.map((belief) => this.openable.row(belief)));
    whole.append(title, list);
    if (group.once.length) {
      const once = make("details", "once", "");
      const past = make("ul", "beliefs", "");
      past.append(...group.once.toReversed().map((belief) => this.openable.row(belief)));
      once.append(make("summary", "", "What she once held"), past);
      whole.append(once);
    }
    return whole;
  }

  /** @param {number} [belief] */
  async #again(belief) {
    await this.show(belief);
    if (!belief) part("known-title").focus();
  }
}
