/**
 * The parts of a page, one of which is looked at: the one that the address names after its #.
 */
import { part } from "./page.js";

/** @template {string} View */
export class Views {
  /** @param {readonly View[]} names the first is shown where the address names none */
  constructor(names) {
    this.names = names;
  }

  /** @returns {View} */
  get here() {
    const name = /** @type {View} */ (location.hash.slice(1));
    return this.names.includes(name) ? name : this.names[0];
  }

  /** Shows the one that the address names, and no other. */
  show() {
    for (const name of this.names) part(`view-${name}`).hidden = name !== this.here;
    for (const link of document.querySelectorAll("nav a")) {
      if (link.getAttribute("href") === `#${this.here}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }

  /** Who came here by a link reads on from its title. */
  focus() {
    part(`${this.here}-title`).focus({ preventScroll: true });
  }
}

/**
 * Her name, empty where it is not known; the way back says it, and a pairing token leaves the address.
 * @returns {Promise<string>}
 */
export async function whoIsHere() {
  if (location.search) history.replaceState(null, "", location.pathname + location.hash);
  const answer = await fetch("/api/state", { cache: "no-store" }).catch(() => null);
  const her = answer?.ok ? (await answer.json()).name : "";
  if (her) part("back").textContent = `Back to ${her}`;
  return her;
}
