/**
 * The wire to her: the Realtime API's events over one WebSocket, which comes back by itself.
 */

/** @typedef {{type: string, [key: string]: any}} WireEvent */
/** @typedef {"closed" | "connecting" | "open" | "lost" | "refused"} Link */

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;
/** More than this unsent (about five seconds of sound) means the network stands still. */
const TOO_MUCH_UNSENT = 320_000;

export class Wire {
  /** @type {WebSocket | null} */ #socket = null;
  /** @type {Link} */ #link = "closed";
  #tries = 0;
  #timer = 0;
  #greeted = false;

  /**
   * @param {(event: WireEvent) => void} onEvent every event of the server
   * @param {(link: Link, why: string) => void} onLink the link changed; `why` is the server's reason
   */
  constructor(onEvent, onLink) {
    this.onEvent = onEvent;
    this.onLink = onLink;
    /** @type {(event: WireEvent, incoming: boolean) => void} both directions, for the tests */
    this.onTraffic = () => {};
    window.addEventListener("online", () => this.retryNow());
    document.addEventListener("visibilitychange", () => document.hidden || this.retryNow());
  }

  /** @returns {Link} */
  get link() {
    return this.#link;
  }

  open() {
    clearTimeout(this.#timer);
    this.#become("connecting");
    const socket = new WebSocket(this.#address(), "realtime");
    this.#socket = socket;
    socket.addEventListener("message", (message) => this.#receive(socket, message.data));
    socket.addEventListener("close", ({ code, reason }) => this.#lose(socket, code, reason));
  }

  /** Tries at once instead of waiting, if the link was lost or refused. */
  retryNow() {
    if (this.#link === "lost" || this.#link === "refused") this.open();
  }

  /**
   * @param {WireEvent} event
   * @returns {boolean} whether it was sent: nothing is kept for later
   */
  send(event) {
    if (this.#link !== "open" || !this.#socket) return false;
    if (this.#socket.bufferedAmount > TOO_MUCH_UNSENT) {
      // A connection that died without a word (a phone out of reach) is given up and made anew.
      this.#socket.close();
      this.#lose(this.#socket, 1006, "");
      return false;
    }
    this.#socket.send(JSON.stringify(event));
    this.onTraffic(event, false);
    return true;
  }

  #address() {
    const address = new URL("/v1/realtime?model=becoming", location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    // She greets somebody who comes, not somebody whose line was cut for a moment.
    if (this.#greeted) address.searchParams.set("resume", "1");
    return address;
  }

  /** @param {WebSocket} socket @param {string} data */
  #receive(socket, data) {
    if (socket !== this.#socket) return;
    /** @type {WireEvent} */
    const event = JSON.parse(data);
    if (event.type === "session.created") {
      this.#tries = 0;
      this.#greeted = true;
      this.#become("open");
    }
    this.onTraffic(event, true);
    this.onEvent(event);
  }

  /** @param {WebSocket} socket @param {number} code @param {string} reason */
  #lose(socket, code, reason) {
    if (socket !== this.#socket) return;
    this.#socket = null;
    // 1008, "policy violation": asking again by ourselves would get the same answer.
    if (code === 1008) {
      this.#become("refused", reason);
      return;
    }
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#tries) * (0.8 + 0.4 * Math.random());
    this.#tries += 1;
    this.#become("lost", reason);
    this.#timer = window.setTimeout(() => this.open(), wait);
  }

  /** @param {Link} link @param {string} [why] */
  #become(link, why = "") {
    // While it tries again after a loss it stays "lost" for the person: nothing has changed for them.
    if (link === "connecting" && this.#tries > 0) return;
    this.#link = link;
    this.onLink(link, why);
  }
}
