/**
 * The safety plan as it is written by hand, a line for each thing.
 */
import { make, part } from "./page.js";

/** @typedef {{key: string, title: string}} Step */

export class Plan {
  #place = part("steps");

  /** @param {(written: {[key: string]: string[]}) => void} keep */
  constructor(keep) {
    part("safety-plan").addEventListener("submit", (event) => {
      event.preventDefault();
      keep(this.written);
    });
    this.#place.addEventListener("input", () => this.#mirror());
  }

  /**
   * @param {Step[]} steps
   * @param {{[key: string]: string[]}} plan
   * @param {string} always the line and the emergency number, which stand in it without being written
   */
  show(steps, plan, always) {
    this.#place.replaceChildren(
      ...steps.map(({ key, title }, at) => {
        const whole = make("div", "step", "");
        const label = /** @type {HTMLLabelElement} */ (make("label", "", `${at + 1}. ${title}`));
        label.htmlFor = `step-${key}`;
        const text = /** @type {HTMLTextAreaElement} */ (make("textarea", "", ""));
        Object.assign(text, { id: `step-${key}`, name: key, rows: 2, maxLength: 3800, value: (plan[key] ?? []).join("\n") });
        whole.append(label, text, make("ul", "", ""));
        if (key === "professionals") whole.append(make("p", "hint", always));
        return whole;
      }),
    );
    this.#mirror();
  }

  get written() {
    const fields = /** @type {NodeListOf<HTMLTextAreaElement>} */ (this.#place.querySelectorAll("textarea"));
    return Object.fromEntries([...fields].map(({ name, value }) => [name, lines(value)]));
  }

  /** On paper it is a list: a box would cut what is longer than it. */
  #mirror() {
    for (const step of this.#place.children) {
      const value = step.querySelector("textarea")?.value ?? "";
      step.querySelector("ul")?.replaceChildren(...lines(value).map((line) => make("li", "", line)));
    }
  }
}

/** @param {string} value */
const lines = (value) =>
  value
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
