/**
 * What is done on a page of hers, and what was in its way, said in the page's one line of status.
 */
import { Refused } from "./memory-api.js";
import { part } from "./page.js";

/** @param {string} text */
export function say(text) {
  part("status").textContent = text;
}

/** Does it, and says what was in the way. @param {() => Promise<void>} work */
export async function trying(work) {
  say("");
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    say(error.message);
  }
}
