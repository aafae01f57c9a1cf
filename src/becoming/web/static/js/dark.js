/**
 * Lights off: the page is black and there is only her voice, until a touch, a key or a word.
 */
import { part } from "./page.js";

/** Keys that mean something else in the dark: talking, stopping her, and those that are held with others. */
const NOT_AWAKE = new Set([" ", "Escape", "Shift", "Control", "Alt", "Meta", "AudioVolumeUp", "AudioVolumeDown", "AudioVolumeMute"]);

export class Dark {
  #cover = part("dark");

  /** @param {(told: boolean) => void} onChange it is dark now, or light; `told`: by her */
  constructor(onChange) {
    this.onChange = onChange;
    this.#cover.addEventListener("click", () => this.show(false));
    part("fade").addEventListener("click", () => {
      part("menu-button").click();
      this.show(true);
    });
    document.addEventListener(
      "keydown",
      (event) => {
        if (!this.on || NOT_AWAKE.has(event.key)) return;
        // Whoever wakes the page by a key has not begun to write.
        event.preventDefault();
        event.stopPropagation();
        this.show(false);
      },
      { capture: true },
    );
  }

  get on() {
    return !this.#cover.hidden;
  }

  /** @param {boolean} on @param {boolean} [told] whether it is she who says so */
  show(on, told = false) {
    if (on === this.on) return;
    this.#cover.hidden = !on;
    for (const each of document.querySelectorAll("body > :not(#dark)")) /** @type {HTMLElement} */ (each).inert = on;
    for (const each of document.querySelectorAll('meta[name="theme-color"]')) {
      const meta = /** @type {HTMLMetaElement} */ (each);
      meta.dataset.light ??= meta.content;
      meta.content = on ? "#000000" : meta.dataset.light;
    }
    if (on) this.#cover.focus({ preventScroll: true });
    this.onChange(told);
  }
}
