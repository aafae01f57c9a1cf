/**
 * The last exchange in words: what you said, what she says.
 */
import { make, part } from "./page.js";

/** Longer replies are set smaller. */
const LONG = 150;
const LEAVING_MS = 400;

export class Captions {
  #section = part("captions");
  #said = part("said");
  /** @type {{all: HTMLElement, you: HTMLElement, her: HTMLElement} | null} */ #exchange = null;
  #shown = true;

  /** @param {boolean} on */
  show(on) {
    this.#shown = on;
    this.#section.hidden = !on;
    if (!on) this.#said.textContent = "";
  }

  /** What you have said so far. @param {string} text */
  hearing(text) {
    if (!text) return;
    const open = this.#exchange && !this.#exchange.her.textContent ? this.#exchange : this.#begin();
    open.you.textContent = text;
  }

  /** What you said, in its final form; empty if it was nothing after all. @param {string} text */
  heard(text) {
    if (text) this.hearing(text);
    else if (this.#exchange && !this.#exchange.her.textContent) this.#exchange.you.textContent = "";
  }

  /** Her last words, as far as they are shown. */
  get last() {
    return this.#exchange?.her.textContent ?? "";
  }

  /** A new reply begins. */
  reply() {
    if (this.#exchange?.her.textContent) this.#begin();
  }

  /**
   * The next words of the reply, as they begin to sound.
   * @param {string} words @param {string} [speaker] whom she plays in them; empty: nobody
   */
  speaking(words, speaker = "") {
    const { her } = this.#exchange ?? this.#begin();
    if (speaker !== (her.dataset.speaker ?? "")) {
      her.append(make("b", "speaker", speaker || part("name").textContent || ""));
      her.dataset.speaker = speaker;
    }
    her.append(make("span", "", words));
    her.classList.toggle("long", (her.textContent ?? "").length > LONG);
  }

  /** The reply is over. @param {string} [heard] what was heard of it, if it was cut */
  over(heard) {
    if (!this.#exchange) return;
    const { her } = this.#exchange;
    const { speaker } = her.dataset;
    if (heard !== undefined) her.textContent = speaker ? `${speaker}: ${heard}` : heard;
    her.classList.add("over");
    // Said to a screen reader once and whole, not word by word.
    if (this.#shown) this.#said.textContent = her.textContent;
  }

  #begin() {
    const last = this.#exchange?.all;
    if (last) {
      last.classList.add("leaving");
      last.ariaHidden = "true";
      window.setTimeout(() => last.remove(), LEAVING_MS);
    }
    const all = make("div", "exchange", "");
    const exchange = { all, you: make("p", "you", ""), her: make("p", "her", "") };
    all.append(exchange.you, exchange.her);
    this.#section.append(all);
    this.#exchange = exchange;
    return exchange;
  }
}
