/**
 * Birth: her few questions, and the moment she has a name.
 */
import { make, part } from "./page.js";

/**
 * @typedef {object} BirthEvent
 * @property {string} step
 * @property {string} text        her words
 * @property {{id: string, label: string}[]} [choices]
 * @property {"text" | "choice" | "none"} expects
 * @property {boolean} [done]
 * @property {{name: string, why: string}} [being]
 */

/** Between two letters of the name as it appears. */
const LETTER_S = 0.16;
/** More than this is set smaller; what goes beyond this begins a new screen. */
const LONG = 110;
const FULL = 170;

export class Birth {
  #section = part("birth");
  #words = part("birth-words");
  #choices = part("birth-choices");
  #name = part("birth-name");
  #why = part("birth-why");
  #heard = part("birth-heard");
  #step = "";
  #spoken = "";
  #done = false;

  /**
   * @param {(step: string, text: string, choice?: string) => boolean} onAnswer whether it could be sent
   * @param {() => void} onOver the person has seen her name and goes on
   */
  constructor(onAnswer, onOver) {
    this.onAnswer = onAnswer;
    this.onOver = onOver;
  }

  get open() {
    return !this.#section.hidden;
  }

  /** She has her name; whatever the person does next belongs to the talk. */
  get done() {
    return this.open && this.#done;
  }

  /** @param {BirthEvent} event */
  show(event) {
    this.#section.hidden = false;
    this.#step = event.step;
    this.#done = event.done === true;
    this.#heard.textContent = "";
    // What was just heard may have led up to this question; then it stays whole. Beside a name stands
    // only what is still asked.
    if (event.being || !this.#spoken.endsWith(event.text)) this.#write(event.text);
    this.#words.classList.toggle("beside", Boolean(event.being));
    this.#words.hidden = Boolean(event.being) && this.#done;
    if (event.being) this.#reveal(event.being);
    else this.#name.hidden = this.#why.hidden = true;
    const choices = (event.choices ?? []).map(({ id, label }) =>
      this.#choice(label, () => this.answer(label, id)),
    );
    if (this.#done) choices.push(this.#choice("Begin", () => this.end()));
    this.#choices.replaceChildren(...choices);
  }

  /** She begins to speak: what is on the screen was said before. */
  reply() {
    this.#spoken = "";
  }

  /** Her words as they sound, a screenful at a time. @param {string} words */
  speaking(words) {
    const longer = this.#spoken + words;
    this.#spoken = longer.length > FULL ? words.trimStart() : longer;
    this.#write(this.#spoken);
  }

  /** What the microphone has understood. @param {string} text */
  hearing(text) {
    this.#heard.textContent = text;
  }

  end() {
    this.#section.hidden = true;
    this.#done = false;
    this.onOver();
  }

  /**
   * @param {string} text typed, or the words of a choice
   * @param {string} [choice] its id
   * @returns {boolean} whether it could be sent
   */
  answer(text, choice) {
    if (!this.onAnswer(this.#step, text, choice)) return false;
    this.#choices.replaceChildren();
    this.#heard.textContent = text;
    return true;
  }

  /** @param {string} text */
  #write(text) {
    this.#words.textContent = text;
    this.#words.classList.toggle("long", text.length > LONG);
  }

  /** @param {string} label @param {() => void} onClick */
  #choice(label, onClick) {
    const button = make("button", "choice", label);
    button.addEventListener("click", onClick);
    return button;
  }

  /** @param {{name: string, why: string}} being */
  #reveal({ name, why }) {
    if (this.#name.ariaLabel !== name) {
      const letters = [...name].map((letter, place) => {
        const span = make("span", "", letter);
        span.style.animationDelay = `${place * LETTER_S}s`;
        return span;
      });
      this.#name.replaceChildren(...letters);
      this.#name.ariaLabel = name;
    }
    this.#why.textContent = why;
    this.#name.hidden = this.#why.hidden = false;
  }
}
