/**
 * Push to talk: a button to hold, or Space.
 */
import { part } from "./page.js";

/** What takes Space for itself. */
const OWN_SPACE = "button, input, textarea, select, a, summary";

export class Hold {
  #button = part("hold");
  #held = false;

  /** @param {(held: boolean) => void} onChange */
  constructor(onChange) {
    this.onChange = onChange;
    this.#button.addEventListener("pointerdown", (event) => {
      this.#button.setPointerCapture(event.pointerId);
      this.#set(true);
    });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
      this.#button.addEventListener(end, () => this.#set(false));
    }
    this.#button.addEventListener("contextmenu", (event) => event.preventDefault());
    document.addEventListener("keydown", (event) => this.#key(event, true));
    document.addEventListener("keyup", (event) => this.#key(event, false));
    window.addEventListener("blur", () => this.#set(false));
  }

  get held() {
    return this.#held;
  }

  /** @param {boolean} on whether there is a button to hold */
  show(on) {
    this.#button.hidden = !on;
    if (!on) this.#set(false);
  }

  /** @param {KeyboardEvent} event @param {boolean} down */
  #key(event, down) {
    if (this.#button.hidden || event.ctrlKey || event.altKey || event.metaKey) return;
    const target = /** @type {Element} */ (event.target);
    const onButton = target === this.#button && (event.key === " " || event.key === "Enter");
    const onPage = event.key === " " && !target.closest(OWN_SPACE);
    if (!onButton && !onPage) return;
    event.preventDefault();
    this.#set(down);
  }

  /** @param {boolean} held */
  #set(held) {
    if (held === this.#held || (held && this.#button.hidden)) return;
    this.#held = held;
    this.#button.setAttribute("aria-pressed", String(held));
    this.onChange(held);
  }
}
