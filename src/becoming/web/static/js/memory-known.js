/**
 * What she holds true, by whom it is about: how she knows, what was once held, and the person's own hand in it.
 */
import { ask, dayOf, hourOf, sentence } from "./memory-api.js";
import { make, part } from "./page.js";

/**
 * @typedef {{id: number, text: string, value: string, kind: string, learned: number, ended: number | null,
 *   how: "over" | "never" | null, can_be_put_right: boolean}} Belief
 * @typedef {{about: string, title: string, held: Belief[], once: Belief[]}} Group
 * @typedef {import("./memory-api.js").Moment & {quote: string, against: boolean}} Source
 * @typedef {(work: () => Promise<void>) => Promise<void>} Trying
 */

export class Known {
  #place = part("known");

  /**
   * @param {(what: import("./memory-forget.js").What) => void} forget
   * @param {(text: string) => void} say
   * @param {Trying} trying
   * @param {(off: boolean) => void} offTheRecord told with every answer
   */
  constructor(forget, say, trying, offTheRecord) {
    this.forget = forget;
    this.say = say;
    this.trying = trying;
    this.offTheRecord = offTheRecord;
  }

  /** @param {number} [focus] the belief on which the person was, or which is new */
  async show(focus) {
    const { groups, off_the_record: off } = await ask("beliefs");
    this.offTheRecord(off);
    this.#place.replaceChildren(...groups.map((/** @type {Group} */ group) => this.#group(group)));
    if (!groups.length) {
      this.#place.append(make("p", "soft", "She holds nothing true of you yet. She learns while you talk."));
    }
    if (focus) document.querySelector(`#belief-${focus} > summary`)?.scrollIntoView({ block: "nearest" });
    if (focus) /** @type {HTMLElement | null} */ (document.querySelector(`#belief-${focus} > summary`))?.focus();
  }

  /** @param {Group} group */
  #group(group) {
    const whole = make("section", "group", "");
    const title = make("h3", "", group.title);
    const list = make("ul", "beliefs", "");
    list.append(...group.held.map((belief) => this.#belief(belief)));
    whole.append(title, list);
    if (group.once.length) {
      const once = document.createElement("details");
      once.className = "once";
      const past = make("ul", "beliefs", "");
      past.append(...group.once.toReversed().map((belief) => this.#belief(belief)));
      once.append(make("summary", "", "What she once held"), past);
      whole.append(once);
    }
    return whole;
  }

  /** @param {Belief} belief */
  #belief(belief) {
    const item = make("li", "", "");
    const whole = document.createElement("details");
    whole.id = `belief-${belief.id}`;
    whole.className = "belief";
    const summary = make("summary", "", sentence(belief.text));
    if (belief.how) summary.append(make("span", "ended", ended(belief)));
    const inside = make("div", "paper", "");
    whole.append(summary, inside);
    whole.addEventListener("toggle", () => {
      if (whole.open && !inside.hasChildNodes()) this.trying(() => this.#open(belief, inside));
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
    if (!belief.how) add("That was never so", () => this.trying(() => this.#takeBack(belief)));
    add("Forget it", () => this.forget({ belief: belief.id }));
    return hands;
  }

  /** @param {Belief} belief @param {HTMLElement} hands */
  #ask(belief, hands) {
    const form = document.createElement("form");
    form.className = "asking";
    const id = `right-${belief.id}`;
    const label = document.createElement("label");
    label.htmlFor = id;
    label.textContent = `Instead of “${belief.value}”`;
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
      this.trying(() => this.#putRight(belief, input.value));
    });
    hands.replaceWith(form);
    input.focus();
  }

  /** @param {Belief} belief @param {string} value */
  async #putRight(belief, value) {
    const { belief: now } = await ask(`beliefs/${belief.id}/right`, { value });
    await this.show(now.id);
    this.say(`Now she holds: ${sentence(now.text)}`);
  }

  /** @param {Belief} belief */
  async #takeBack(belief) {
    await ask(`beliefs/${belief.id}/never`, {});
    await this.show();
    part("known-title").focus();
    this.say(`She no longer holds: ${sentence(belief.text)}`);
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
