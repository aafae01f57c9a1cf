/**
 * Before the first touch: who is here, and what the browser is about to ask.
 */
import { part } from "./page.js";

/**
 * @typedef {object} House what the server tells before anything is said
 * @property {boolean} born
 * @property {string} name
 * @property {string} person
 * @property {string} [notice]
 * @property {string} [last_talk]
 */

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;
const MICROPHONE =
  "When you go on, your browser asks whether this page may use your microphone. " +
  "What it hears stays on this computer.";
const ASKING = "Your browser is asking for the microphone now.";

export class Welcome {
  #section = part("welcome");
  #tries = 0;
  #timer = 0;

  /**
   * @param {(withMicrophone: boolean) => void} onWake
   * @param {(house: House | null) => void} onHouse null: the server does not answer (yet)
   */
  constructor(onWake, onHouse) {
    this.onHouse = onHouse;
    part("wake").addEventListener("click", () => onWake(true));
    part("wake-writing").addEventListener("click", () => onWake(false));
  }

  /** Asks the server who is here, again and again until it answers. */
  async load() {
    clearTimeout(this.#timer);
    const house = await ask();
    this.onHouse(house);
    if (house) {
      this.#show(house);
      return;
    }
    this.#timer = window.setTimeout(() => this.load(), Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#tries));
    this.#tries += 1;
  }

  /** The browser is asking now; writing is still possible. */
  asking() {
    part("welcome-microphone").textContent = ASKING;
    part("wake").hidden = true;
  }

  hide() {
    this.#section.hidden = true;
  }

  /** @param {House} house */
  #show({ born, name, person, notice, last_talk: lastTalk }) {
    part("welcome-title").textContent = born ? greeting(name, person) : "Somebody new is about to begin here.";
    const before = born ? lastTalk : notice;
    part("welcome-last").textContent = before ?? "";
    part("welcome-last").hidden = !before;
    part("welcome-microphone").textContent = MICROPHONE;
    part("wake").textContent = born ? "Talk" : "Begin";
    part("wake").hidden = false;
    this.#section.hidden = false;
  }
}

/** @param {string} name @param {string} person */
function greeting(name, person) {
  return person ? `${name} is here, ${person}.` : `${name} is here.`;
}

/** @returns {Promise<House | null>} */
async function ask() {
  try {
    const answer = await fetch("/api/state", { cache: "no-store" });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
