/**
 * Joins the page of who she has become: her changes, what she carries, what she thinks, what she means to ask.
 */
import { ask, capital, dayOf, sentence } from "./memory-api.js";
import { Openable } from "./memory-belief.js";
import { make, part } from "./page.js";
import { say, trying } from "./trying.js";
import { Views, whoIsHere } from "./views.js";

const views = new Views(/** @type {const} */ (["grown", "carries", "thinks", "asks"]));
const KINDS = /** @type {{[kind: string]: string}} */ ({ journal: "Journal", dream: "A dream", question: "A question", change: "A change" });

/**
 * @typedef {{grows: boolean, changes: {id: number, told: string, undone: boolean}[],
 *   portrait: {part: string, lines: import("./memory-belief.js").Belief[]}[],
 *   thoughts: {id: number, kind: string, text: string, made: number, said: number | null}[],
 *   asks: {id: number, quote: string, asks: string, at: number, due: number}[],
 *   initiative: {level: string, quiet: [number, number]}}} Her
 */

let her = "she";
const grows = /** @type {HTMLInputElement} */ (part("grows"));
const words = /** @type {HTMLInputElement} */ (part("tell-words"));
const from = /** @type {HTMLSelectElement} */ (part("quiet-from"));
const until = /** @type {HTMLSelectElement} */ (part("quiet-until"));
const levels = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[name=level]"));

const openable = new Openable({
  changed: async (belief) => {
    show(await ask("/her"));
    const summary = /** @type {HTMLElement | null} */ (document.querySelector(`#belief-${belief} > summary`));
    (summary ?? part("carries-title")).focus();
  },
});

/** @param {Her} it */
function show(it) {
  grows.checked = it.grows;
  part("changes").replaceChildren(...listed(it.changes.map(change), `${capital(her)} is as she was born.`));
  part("portrait").replaceChildren(...portrait(it.portrait));
  part("thoughts").replaceChildren(...listed(it.thoughts.map(thought), `${capital(her)} has not slept yet.`));
  part("asks").replaceChildren(...listed(it.asks.map(question), "Nothing that she knows of is coming up."));
  for (const level of levels) level.checked = level.value === it.initiative.level;
  [from.value, until.value] = it.initiative.quiet.map(String);
}

/** @param {HTMLElement[]} items @param {string} none */
const listed = (items, none) => (items.length ? items : [make("li", "soft", none)]);

/** @param {Her["changes"][number]} one */
function change({ id, told, undone }) {
  const item = make("li", undone ? "undone" : "", "");
  item.append(make("p", "", told));
  if (undone) item.append(make("p", "hint", "Taken back."));
  else item.append(deed("Take it back", `/her/changes/${id}/undo`, "It is taken back."));
  return item;
}

/** @param {Her["portrait"]} parts */
function portrait(parts) {
  const filled = parts.filter(({ lines }) => lines.length);
  if (!filled.length) return [make("p", "soft", "An empty page, still. She learns while you talk.")];
  return filled.map(({ part: name, lines }) => {
    const group = make("section", "group", "");
    const list = make("ul", "beliefs", "");
    list.append(...lines.map((belief) => openable.row(belief)));
    group.append(make("h3", "", capital(name)), list);
    return group;
  });
}

/** @param {Her["thoughts"][number]} one */
function thought({ id, kind, text, made, said }) {
  const item = make("li", "", "");
  const told = said ? `, brought up on ${dayOf(said)}` : "";
  item.append(make("p", "", text), make("p", "hint", `${KINDS[kind] ?? kind}, ${dayOf(made)}${told}`));
  item.append(deed("Let it go", `/her/thoughts/${id}/let-go`, "It is gone."));
  return item;
}

/** @param {Her["asks"][number]} one */
function question({ id, quote, asks, due }) {
  const item = make("li", "", "");
  item.append(make("p", "", asks), make("p", "hint", `You said: “${sentence(quote)}” Not before ${dayOf(due)}.`));
  item.append(deed("Don’t ask", `/her/asks/${id}/drop`, "It will not be asked about."));
  return item;
}

/** @param {string} label @param {string} path @param {string} done */
function deed(label, path, done) {
  const button = make("button", "small", label);
  button.addEventListener("click", () =>
    trying(async () => {
      show(await ask(path, {}));
      say(done);
      part(`${views.here}-title`).focus();
    }),
  );
  return button;
}

// ── what is looked at ───────────────────────────────────────────────────────────────────────

addEventListener("hashchange", () => {
  say("");
  views.show();
  views.focus();
});

// ── what is done ────────────────────────────────────────────────────────────────────────────

grows.addEventListener("change", () =>
  trying(async () => {
    const wanted = grows.checked;
    grows.checked = !wanted; // until she says that it is so
    show(await ask("/her/grows", { on: wanted }));
    say(wanted ? "She may change again." : "She stays as she is.");
  }),
);

part("tell").addEventListener("submit", (event) => {
  event.preventDefault();
  trying(async () => {
    show(await ask("/her/portrait", { words: words.value }));
    words.value = "";
    say("It is written in, as you said it.");
  });
});

part("initiative").addEventListener("change", () =>
  trying(async () => {
    const level = [...levels].find((one) => one.checked)?.value;
    show(await ask("/her/initiative", { level, quiet: [Number(from.value), Number(until.value)] }));
    say("It is kept.");
  }),
);

async function begin() {
  for (const hours of [from, until]) {
    hours.append(...Array.from({ length: 24 }, (_, hour) => new Option(`${hour}:00`, String(hour))));
  }
  views.show();
  const name = await whoIsHere();
  if (name) {
    her = name;
    document.title = part("title").textContent = `Who ${name} has become`;
  }
  await trying(async () => show(await ask("/her")));
}

begin();
