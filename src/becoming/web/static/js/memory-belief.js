/**
 * A belief as it can be opened: how she knows, and the person's own hand in it.
 */
import { ask, dayOf, hourOf, sentence } from "./memory-api.js";
import { make } from "./page.js";
import { say, trying } from "./trying.js";

/**
 * @typedef {{id: number, text: string, value: string, kind: string, learned: number, ended: number | null,
 *   how: "over" | "never" | null, can_be_put_right: boolean}} Belief
 * @typedef {import("./memory-api.js").Moment & {quote: string, against: boolean}} Source
 * @typedef {{changed: (belief?: number) => Promise<void>,
 *   forget?: (what: import("./memory-forget.js").What) => void}} Hands
 */

export class Openable {
  /** @param {Hands} hands what it can do; `changed` shows all anew, at that belief where one is named */
  constructor({ changed, forget }) {
    this.changed = changed;
    this.forget = forget;
  }

  /** @param {Belief} belief */
  row(belief) {
    const item = make("li", "", "");
    const whole = /** @type {HTMLDetailsElement} */ (make("details", "belief", ""));
    whole.id = `belief-${belief.id}`;
    const summary = make("summary", "", sentence(belief.text));
    if (belief.how) summary.append(make("span", "ended", ended(belief)));
    const inside = make("div", "paper", "");
    whole.append(summary, inside);
    whole.addEventListener("toggle", () => {
      if (whole.open && !inside.hasChildNodes()) trying(() => this.#open(belief, inside));
    });
    item.append(whole);
    return item;
  }

  /** @param {Belief} belief @param {HTMLElement} inside */
  async #open(belief, inside) {
    const { sources } = await ask(`beliefs/${belief.id}/sources`);
    inside.replaceChildren(...known(belief, sources), this.#hands(belief, inside));
  }

  /** @param {Belief} belief @param {HTMLElement} inside */
  #hands(belief, inside) {
    const hands = make("div", "deeds", "");
    const add = (/** @type {string} */ label, /** @type {() => void} */ act) => {
      const button = make("button", "small", label);
      button.addEventListener("click", act);
      hands.append(button);
    };
    if (!belief.how && belief.can_be_put_right) add("Put it right", () => this.#ask(belief, hands));
    if (!belief.how) add("That was never so", () => trying(() => this.#takeBack(belief)));
    const forget = this.forget;
    if (forget) add("Forget it", () => forget({ belief: belief.id }));
    return hands;
  }

  /** @param {Belief} belief @param {HTMLElement} hands */
  #ask(belief, hands) {
    const form = make("form", "asking", "");
    const id = `right-${belief.id}`;
    const label = /** @type {HTMLLabelElement} */ (make("label", "", `Instead of “${belief.value}”`));
    label.htmlFor = id;
    const input = document.createElement("input");
    Object.assign(input, { id, type: "text", required: true, maxLength: 300, autocomplete: "off" });
    const keep = make("button", "choice", "So it is");
    const never = make("button", "small", "Leave it");
    /** @type {HTMLButtonElement} */ (never).type = "button";
    never.addEventListener("click", () => {
      form.replaceWith(hands);
      hands.querySelector("button")?.focus();
    });
    form.append(label, input, keep, never);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      trying(() => this.#putRight(belief, input.value));
    });
    hands.replaceWith(form);
    input.focus();
  }

  /** @param {Belief} belief @param {string} value */
  async #putRight(belief, value) {
    const { belief: now } = await ask(`beliefs/${belief.id}/right`, { value });
    await this.changed(now.id);
    say(`Now she holds: ${sentence(now.text)}`);
  }

  /** @param {Belief} belief */
  async #takeBack(belief) {
    await ask(`beliefs/${belief.id}/never`, {});
    await this.changed();
    say(`She no longer holds: ${sentence(belief.text)}`);
  }
}

/** @param {Belief} belief */
function ended(belief) {
  const day = dayOf(belief.ended ?? belief.learned);
  return belief.how === "over" ? `so until ${day}` : `never so; put right on ${day}`;
}

/** How she knows. @param {Belief} belief @param {Source[]} sources */
function known(belief, sources) {
  if (!sources.length) return [make("p", "hint", `You wrote this here yourself, on ${dayOf(belief.learned)}.`)];
  return sources.map((source) => {
    const whole = make("figure", source.against ? "source against" : "source", "");
    const quote = make("blockquote", "", "");
    const at = source.text.indexOf(source.quote);
    quote.append(
      source.text.slice(0, Math.max(at, 0)),
      make("em", "", at < 0 ? source.quote : source.text.slice(at, at + source.quote.length)),
      at < 0 ? "" : source.text.slice(at + source.quote.length),
    );
    const said = source.against ? "You said against it" : source.role === "her" ? "She said" : "You told her";
    whole.append(quote, make("figcaption", "hint", `${said} on ${dayOf(source.at)} at ${hourOf(source.at)}`));
    return whole;
  });
}
