/**
 * Joins the care page: people to call, the safety plan, what is kept, leaving for good.
 */
import { ask, dayOf, hourOf } from "./memory-api.js";
import { always, numbers } from "./care-numbers.js";
import { Plan } from "./care-plan.js";
import { make, part } from "./page.js";
import { say, trying } from "./trying.js";
import { Views, whoIsHere } from "./views.js";

const views = new Views(/** @type {const} */ (["now", "plan", "kept", "leaving"]));
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric" });

/**
 * @typedef {{steps: {key: string, title: string}[], plan: {[key: string]: string[]},
 *   trusted: {name: string, reach: string, unsafe?: boolean} | null, country: string, fixed: boolean,
 *   countries: {[code: string]: string}, numbers: import("./care-numbers.js").Numbers,
 *   log: {at: number, words: string}[], counts: {[month: string]: {[what: string]: number}},
 *   flags: {at: number, said: string}[], protocol: string, gone?: string}} Care
 */

const country = /** @type {HTMLSelectElement} */ (part("country"));
const field = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (part(id));
const goodbye = /** @type {HTMLDialogElement} */ (part("goodbye"));

const plan = new Plan((written) =>
  trying(async () => {
    show(await ask("/care/plan", { plan: written }));
    say("It is kept.");
  }),
);

/** @param {Care} care */
function show(care) {
  if (care.gone) return left(care.gone);
  part("numbers").replaceChildren(...numbers(care.numbers));
  country.replaceChildren(
    new Option("not said", ""),
    ...Object.entries(care.countries).map(([code, name]) => new Option(name, code)),
  );
  country.value = care.country;
  country.disabled = care.fixed;
  plan.show(care.steps, care.plan, always(care.numbers));
  trusted(care.trusted);
  lines("log", care.log.map(({ at, words }) => ({ at, text: words })), "Nothing yet.");
  lines("flags", care.flags.map(({ at, said }) => ({ at, text: `“${said}”` })), "Nothing. You can say “flag that” at any time.");
  counts(care.counts);
  part("digest").textContent = care.protocol;
}

/** @param {Care["trusted"]} somebody */
function trusted(somebody) {
  field("trusted-name").value = somebody?.name ?? "";
  field("trusted-reach").value = "";
  const now = part("trusted-now");
  now.hidden = !somebody;
  now.replaceChildren();
  if (!somebody) return;
  now.append(`${somebody.name}. `);
  if (somebody.unsafe) now.append("She does not suggest them any more, after what you told her. Write them anew to change that.");
  if (!somebody.reach) return;
  const tap = make("button", "small", "Show how to reach them");
  /** @type {HTMLButtonElement} */ (tap).type = "button";
  tap.addEventListener("click", () => {
    const digits = somebody.reach.replace(/[^\d+]/g, "");
    const shown = make(digits.length > 4 ? "a" : "span", "plain", somebody.reach);
    if (shown instanceof HTMLAnchorElement) shown.href = `tel:${digits}`;
    tap.replaceWith(shown);
  });
  now.append(tap);
}

/** @param {string} id @param {{at: number, text: string}[]} entries @param {string} none */
function lines(id, entries, none) {
  const shown = entries.map(({ at, text }) => {
    const item = make("li", "", text);
    item.append(make("span", "hint", `${dayOf(at)}, ${hourOf(at)}`));
    return item;
  });
  part(id).replaceChildren(...(shown.length ? shown : [make("li", "hint", none)]));
}

/** @param {Care["counts"]} months */
function counts(months) {
  const shown = Object.entries(months)
    .toReversed()
    .flatMap(([month, counted]) => [
      make("dt", "month", MONTH.format(new Date(`${month}-15T12:00:00`))),
      ...Object.entries(counted).flatMap(([what, count]) => [make("dt", "", what), make("dd", "", String(count))]),
    ]);
  part("counts").replaceChildren(...(shown.length ? shown : [make("dt", "hint", "Nothing yet.")]));
}

/** Everything is erased; there is nothing to look at any more. @param {string} words */
function left(words) {
  for (const name of views.names) part(`view-${name}`).hidden = true;
  /** @type {HTMLElement | null} */ (document.querySelector("nav"))?.remove();
  part("title").textContent = "Go well.";
  say(words);
}

// ── what is looked at ───────────────────────────────────────────────────────────────────────

addEventListener("hashchange", () => {
  say("");
  views.show();
  views.focus();
});

// ── what is done ────────────────────────────────────────────────────────────────────────────

country.addEventListener("change", () => trying(async () => show(await ask("/care/country", { country: country.value }))));

part("trusted").addEventListener("submit", (event) => {
  event.preventDefault();
  trying(async () => {
    show(await ask("/care/trusted", { name: field("trusted-name").value, reach: field("trusted-reach").value }));
    say("It is kept.");
  });
});

part("print").addEventListener("click", () => print());
part("leave").addEventListener("click", () => goodbye.showModal());
part("goodbye-no").addEventListener("click", () => goodbye.close());
part("goodbye-yes").addEventListener("click", () => {
  goodbye.close();
  trying(async () => {
    say("Writing it all down, then erasing…");
    left((await ask("/care/goodbye", { yes: true })).gone);
  });
});

async function begin() {
  views.show();
  await whoIsHere();
  await trying(async () => show(await ask("/care")));
}

begin();
