/**
 * Keeps a phone's screen on while they talk: a dark screen takes the microphone away.
 */
export class Wakefulness {
  #wanted = false;

  constructor() {
    document.addEventListener("visibilitychange", () => this.#ask());
  }

  /** @param {boolean} on */
  keep(on) {
    this.#wanted = on;
    this.#ask();
  }

  async #ask() {
    if (document.hidden || !navigator.wakeLock) return;
    if (!this.#wanted) {
      await this.#lock?.release();
      this.#lock = null;
    } else if (!this.#lock || this.#lock.released) {
      // Refused on a low battery: then the screen follows its own rule.
      this.#lock = await navigator.wakeLock.request("screen").catch(() => null);
    }
  }

  /** @type {WakeLockSentinel | null} */ #lock = null;
}
