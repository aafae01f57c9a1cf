/**
 * What can be in the way, in calm words, each with what to do about it.
 */
import { make, part } from "./page.js";

/**
 * @typedef {"gone" | "turned-away" | "silent" | "insecure" | "missing" | "refused" | "busy"
 *   | "unplugged" | "fault"} TroubleKind
 * @typedef {"microphone" | "write" | "reconnect" | "unmute"} Remedy
 */

/** @type {[Remedy, string][]} */
const AGAIN_OR_WRITE = [
  ["microphone", "Try again"],
  ["write", "Write instead"],
];

/**
 * The most hindering first: only the first one that holds is shown.
 * @type {readonly {kind: TroubleKind, text: string, remedies: [Remedy, string][]}[]}
 */
const TROUBLES = Object.freeze([
  {
    kind: "turned-away",
    text: "This page was turned away.",
    remedies: [["reconnect", "Try again"]],
  },
  {
    kind: "gone",
    text:
      "I can’t reach the computer she runs on. I keep trying, and you go on where you were. " +
      "If it stays like this, start her there again with “uv run becoming”.",
    remedies: [["reconnect", "Try now"]],
  },
  {
    kind: "silent",
    text: "Your browser is holding her voice back until you touch the page.",
    remedies: [["unmute", "Let her be heard"]],
  },
  {
    kind: "insecure",
    text:
      "Over plain http a browser lends this page neither microphone nor sound. Open it on the computer " +
      "itself, or over https. Writing works here, and you can read what she says.",
    remedies: [["write", "Write instead"]],
  },
  {
    kind: "refused",
    text:
      "The microphone is turned off for this page, so she can’t hear you. Allow it with the sign beside " +
      "the address, then try again. Writing works without it.",
    remedies: AGAIN_OR_WRITE,
  },
  {
    kind: "missing",
    text: "There is no microphone on this device. Plug one in and try again, or write to her.",
    remedies: AGAIN_OR_WRITE,
  },
  {
    kind: "busy",
    text: "Another program is keeping the microphone to itself. Close it and try again, or write to her.",
    remedies: AGAIN_OR_WRITE,
  },
  {
    kind: "unplugged",
    text: "The microphone went away. Plug it in again, or write to her.",
    remedies: AGAIN_OR_WRITE,
  },
  { kind: "fault", text: "Something went wrong.", remedies: [] },
]);

export const MICROPHONE_TROUBLES = /** @type {const} */ (["insecure", "missing", "refused", "busy", "unplugged"]);

export class Troubles {
  #section = part("trouble");
  /** @type {Map<TroubleKind, string>} */ #now = new Map();
  #drawn = "";

  /** @param {Record<Remedy, () => void>} remedies */
  constructor(remedies) {
    this.remedies = remedies;
  }

  /** @returns {TroubleKind | null} what is shown */
  get kind() {
    return TROUBLES.find(({ kind }) => this.#now.has(kind))?.kind ?? null;
  }

  /** @param {TroubleKind} kind @param {string} [text] in place of the standing words */
  add(kind, text = "") {
    this.#now.set(kind, text);
    this.#draw();
  }

  /** @param {readonly TroubleKind[]} kinds */
  clear(...kinds) {
    for (const kind of kinds) this.#now.delete(kind);
    this.#draw();
  }

  #draw() {
    const trouble = TROUBLES.find(({ kind }) => this.#now.has(kind));
    const text = trouble ? this.#now.get(trouble.kind) || trouble.text : "";
    // Drawn again only when it changes, or a screen reader would say it at every try.
    if (text === this.#drawn) return;
    this.#drawn = text;
    if (!trouble) {
      this.#section.replaceChildren();
      return;
    }
    const choices = make("div", "choices", "");
    for (const [remedy, label] of trouble.remedies) {
      const button = make("button", "choice", label);
      button.addEventListener("click", () => this.remedies[remedy]());
      choices.append(button);
    }
    this.#section.replaceChildren(make("p", "", text), choices);
  }
}
