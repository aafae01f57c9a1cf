/**
 * What the person has chosen, remembered by this browser.
 */

/** @typedef {"captions" | "hold" | "backchannels"} Setting */

/** @type {Record<Setting, boolean>} */
const DEFAULTS = { captions: true, hold: false, backchannels: true };

export class Settings {
  #values = { ...DEFAULTS };
  /** Told of each choice. @type {(name: Setting, on: boolean) => void} */
  onChange = () => {};

  constructor() {
    for (const name of /** @type {Setting[]} */ (Object.keys(DEFAULTS))) {
      const kept = read(name);
      if (kept !== null) this.#values[name] = kept === "on";
    }
  }

  /** @param {Setting} name */
  get(name) {
    return this.#values[name];
  }

  /** @param {Setting} name @param {boolean} on */
  set(name, on) {
    this.#values[name] = on;
    write(name, on ? "on" : "off");
    this.onChange(name, on);
  }
}

// A browser may refuse storage (private windows, policies): then a choice lasts as long as the page.
/** @param {string} name */
function read(name) {
  try {
    return localStorage.getItem(`becoming.${name}`);
  } catch {
    return null;
  }
}

/** @param {string} name @param {string} value */
function write(name, value) {
  try {
    localStorage.setItem(`becoming.${name}`, value);
  } catch {
    // nothing to do: the choice holds for this visit
  }
}
