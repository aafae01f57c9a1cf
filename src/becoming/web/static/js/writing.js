/**
 * The line to write on: there when wanted, out of the way otherwise.
 */
import { part } from "./page.js";

export class Writing {
  #form = part("writing");
  #line = /** @type {HTMLInputElement} */ (part("line"));
  #button = part("write");
  /** The line stays while she waits for a written answer. */
  #kept = false;

  /** @param {(text: string) => boolean} onLine whether it could be sent; if not, it stays in the line */
  constructor(onLine) {
    this.#button.addEventListener("click", () => (this.open ? this.close() : this.show()));
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.#line.value.trim();
      if (text && onLine(text)) this.#line.value = "";
    });
    this.#line.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
      this.#button.focus();
    });
  }

  get open() {
    return !this.#form.hidden;
  }

  show() {
    this.#form.hidden = false;
    this.#button.setAttribute("aria-expanded", "true");
    this.#line.focus();
  }

  close() {
    if (this.#kept) return;
    this.#form.hidden = true;
    this.#button.setAttribute("aria-expanded", "false");
  }

  /** Keeps the line open as long as a written answer is asked for. @param {boolean} on @param {string} hint */
  keep(on, hint) {
    this.#line.placeholder = hint;
    if (on === this.#kept) return;
    this.#kept = on;
    if (on) this.show();
    else if (!this.#line.value) this.close();
  }
}
