/**
 * The small menu of settings.
 */
import { part } from "./page.js";

/** @typedef {import("./settings.js").Setting} Setting */

/** @param {import("./settings.js").Settings} settings */
export function openableMenu(settings) {
  const button = part("menu-button");
  const menu = part("menu");

  const show = (/** @type {boolean} */ open) => {
    menu.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => show(menu.hidden));
  document.addEventListener("pointerdown", ({ target }) => {
    if (target instanceof Node && !menu.contains(target) && !button.contains(target)) show(false);
  });
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || menu.hidden) return;
      event.stopPropagation();
      show(false);
      button.focus();
    },
    { capture: true },
  );

  for (const name of /** @type {Setting[]} */ (["captions", "hold", "backchannels"])) {
    const box = /** @type {HTMLInputElement} */ (part(`set-${name}`));
    box.checked = settings.get(name);
    box.addEventListener("change", () => settings.set(name, box.checked));
  }
}
