/**
 * Beside the talk: what waits for a yes, in its exact words, and for a minute what can be taken back.
 */
import { make, part } from "./page.js";

/**
 * @typedef {{number: number, done: boolean, left_s: number, what: string, whom: string, words: string, ask: string}} Card
 * @typedef {"yes" | "no" | "undo"} Answer
 */

export class Approval {
  #card = part("approval");
  #timer = 0;

  /** @param {(number: number, answer: Answer) => boolean} answer whether it could be sent */
  constructor(answer) {
    this.answer = answer;
  }

  /** @param {Card | null} card */
  show(card) {
    clearTimeout(this.#timer);
    this.#card.hidden = !card;
    this.#card.replaceChildren();
    if (!card) return;
    this.#timer = window.setTimeout(() => this.show(null), Math.max(0, card.left_s) * 1000);
    const words = make("p", "words", card.words);
    const answers = make("div", "choices");
    if (card.done) answers.append(this.#button(card.number, "undo", "Undo"));
    else answers.append(this.#button(card.number, "yes", "Yes", true), this.#button(card.number, "no", "No"));
    const whom = make("p", "whom", card.done ? `You allowed: ${card.what}, ${card.whom}` : card.ask);
    this.#card.append(whom, ...(card.done ? [] : [make("p", "aside", `${card.what}, ${card.whom}`), words]), answers);
  }

  /** @param {number} number @param {Answer} answer @param {string} label @param {boolean} [strong] */
  #button(number, answer, label, strong = false) {
    const button = /** @type {HTMLButtonElement} */ (make("button", strong ? "choice strong" : "choice", label));
    button.type = "button";
    button.addEventListener("click", () => {
      // One tap is one answer: what becomes of it is told by the server.
      if (this.answer(number, answer)) for (const each of this.#card.querySelectorAll("button")) each.disabled = true;
    });
    return button;
  }
}
