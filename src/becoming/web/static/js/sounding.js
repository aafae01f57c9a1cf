/**
 * The switch by which the person lets her listen to how they sound. She keeps it, not this browser; where she has
 * no ear for it there is no switch.
 */
import { part } from "./page.js";

const ADDRESS = "/api/sounding";

export function openSounding() {
  const box = /** @type {HTMLInputElement} */ (part("set-sounding"));
  box.addEventListener("change", () => show(decide(box.checked)));
  // A spoken "stop listening to how I sound" has moved it meanwhile.
  part("menu-button").addEventListener("click", () => show(fetch(ADDRESS, { cache: "no-store" })));
}

/** @param {boolean} given */
function decide(given) {
  const headers = { "Content-Type": "application/json" };
  return fetch(ADDRESS, { method: "PUT", headers, body: JSON.stringify({ given }) });
}

/** What holds is what she says it is. @param {Promise<Response>} asked */
async function show(asked) {
  const state = await asked.then(
    (answer) => (answer.ok ? answer.json() : { there: false }),
    () => ({ there: false }),
  );
  part("sounding").hidden = !state.there;
  /** @type {HTMLInputElement} */ (part("set-sounding")).checked = state.given === true;
}
