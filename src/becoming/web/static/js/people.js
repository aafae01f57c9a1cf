/**
 * Joins the page of the person's people: who there is, what she keeps to, what was practised, and the weeks.
 */
import { ask, capital, dayOf, hourOf, sentence } from "./memory-api.js";
import { Openable } from "./memory-belief.js";
import { Forgetting } from "./memory-forget.js";
import { make, part } from "./page.js";
import { Around } from "./people-picture.js";
import { showRehearsals } from "./people-practised.js";
import { Weeks } from "./people-weeks.js";
import { say, trying } from "./trying.js";
import { Views, whoIsHere } from "./views.js";

/**
 * @typedef {import("./memory-api.js").Moment} Moment
 * @typedef {{text: string, moments: Moment[]}} Line
 * @typedef {{id: number, name: string, kin: string, times: number, first: Moment | null, last: Moment | null, tone: string,
 *   stands: Line, open: Line[], facts: import("./memory-belief.js").Belief[], unsafe: boolean, quiet: boolean, hurt: boolean}} Person
 * @typedef {{now: number, people: Person[], keeps: import("./memory-belief.js").Belief[],
 *   rehearsed: import("./people-practised.js").Rehearsal[]} & import("./people-weeks.js").Measured} People
 */

const DAY = 86400;
const views = new Views(/** @type {const} */ (["people", "between", "practised", "weeks"]));
const keepWords = /** @type {HTMLInputElement} */ (part("keep-words"));
let now = Date.now() / 1000;

let her = "";

const openable = new Openable({ changed: async () => show(await ask("/people")) });
const around = new Around(/** @type {SVGSVGElement} */ (/** @type {unknown} */ (part("around"))), (id) => open(id));
const weeks = new Weeks(async (path, body) => show(await ask(path, body)));
const forgetting = new Forgetting(() => void trying(async () => show(await ask("/people"))), () => her);

/** @param {People} it */
function show(it) {
  now = it.now;
  part("people-none").hidden = it.people.length > 0;
  part("people-some").hidden = !it.people.length;
  const were = new Set([...document.querySelectorAll(".person[open]")].map((one) => one.id));
  part("persons").replaceChildren(...it.people.map((one) => person(one, were.has(`person-${one.id}`))));
  around.show(it.people, now);
  part("keeps").replaceChildren(
    ...(it.keeps.length ? it.keeps.map((rule) => openable.row(rule)) : [make("li", "soft", "Nothing so far. She is a friend, and will ask.")]),
  );
  showRehearsals(it.rehearsed, (rehearsal) => void trying(() => forgetting.show({ rehearsal })));
  weeks.show(it);
}

/** Opens somebody and goes there. @param {number} id */
function open(id) {
  const card = /** @type {HTMLDetailsElement} */ (part(`person-${id}`));
  card.open = true;
  card.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth", block: "start" });
  card.querySelector("summary")?.focus({ preventScroll: true });
}

// ── somebody ────────────────────────────────────────────────────────────────────────────────

/** @param {Person} one @param {boolean} opened */
function person(one, opened) {
  const item = make("li", "", "");
  const card = /** @type {HTMLDetailsElement} */ (make("details", "person", ""));
  card.id = `person-${one.id}`;
  card.open = opened;
  const summary = make("summary", "", "");
  const name = one.name === one.kin ? capital(`your ${one.kin}`) : one.name;
  summary.append(make("span", "who", name));
  if (one.kin && one.name !== one.kin) summary.append(make("span", "kin", `your ${one.kin}`));
  summary.append(make("span", "how", short(one)));
  const inside = make("div", "paper", "");
  inside.append(...lines(one), ...facts(one), hands(one));
  card.append(summary, inside);
  item.append(card);
  return item;
}

/** A glance: how things stand, when last, what is open. @param {Person} one */
function short(one) {
  const tone = { warm: "mostly warm", heavy: "mostly heavy", mixed: "warm and heavy by turns" }[one.tone];
  const marks = [one.unsafe && "not safe for you", one.quiet && "not brought up", one.hurt && !one.unsafe && "a quarrel lately"];
  const open = one.open.some(({ text }) => !text.startsWith("a silence")) && "something open";
  return capital([...marks, one.last && spoken(one.last.at), tone, open].filter(Boolean).join(" · "));
}

/** @param {number} at */
function spoken(at) {
  const days = Math.floor((now - at) / DAY);
  if (days < 1) return "today";
  if (days < 2) return "yesterday";
  if (days < 14) return `${days} days ago`;
  return days < 70 ? `${Math.round(days / 7)} weeks ago` : `${Math.round(days / 30.4)} months ago`;
}

/** @param {Person} one */
function lines(one) {
  const told = [one.stands, ...one.open.map((line) => ({ ...line, text: `Open: ${line.text}` }))];
  if (one.first) told.push({ text: `Known to her since ${dayOf(one.first.at)}`, moments: [one.first] });
  if (one.last && one.last.id !== one.first?.id) told.push({ text: `Last spoken of on ${dayOf(one.last.at)}`, moments: [one.last] });
  return told.map(line);
}

/** A line that opens to what it rests on. @param {Line} it */
function line(it) {
  if (!it.moments.length) return make("p", "rests", sentence(it.text));
  const whole = make("details", "rests", "");
  whole.append(make("summary", "", sentence(it.text)), ...it.moments.map(quote));
  return whole;
}

/** @param {Moment} moment */
function quote(moment) {
  const whole = make("figure", "source", "");
  whole.append(make("blockquote", "", moment.text), make("figcaption", "hint", `You told her on ${dayOf(moment.at)} at ${hourOf(moment.at)}`));
  return whole;
}

/** @param {Person} one */
function facts(one) {
  if (!one.facts.length) return [];
  const list = make("ul", "beliefs", "");
  list.append(...one.facts.map((belief) => openable.row(belief)));
  return [list];
}

/** What can be put right. @param {Person} one */
function hands(one) {
  const hands = make("div", "deeds", "");
  const add = (/** @type {string} */ label, /** @type {() => void} */ act) => {
    const button = make("button", "small", label);
    button.addEventListener("click", act);
    hands.append(button);
  };
  const mark = (/** @type {string} */ what, /** @type {boolean} */ on, /** @type {string} */ done) => () =>
    trying(async () => {
      show(await ask(`/people/${one.id}/mark`, { what, on }));
      say(done);
      part(`person-${one.id}`).querySelector("summary")?.focus();
    });
  add("Another name", () => rename(one, hands));
  if (one.unsafe) add("Safe again", mark("unsafe", false, `${one.name} is not marked any more.`));
  else add("Not safe for me", mark("unsafe", true, `She will never send you towards ${one.name}.`));
  if (one.quiet) add("May come up again", mark("quiet", false, `${one.name} may come up again.`));
  else add("Don’t bring them up", mark("quiet", true, `She won’t bring up ${one.name}.`));
  return hands;
}

/** @param {Person} one @param {HTMLElement} hands */
function rename(one, hands) {
  const form = make("form", "asking", "");
  const label = /** @type {HTMLLabelElement} */ (make("label", "", "What they are called"));
  const input = document.createElement("input");
  Object.assign(input, { id: `name-${one.id}`, type: "text", required: true, maxLength: 60, autocomplete: "off" });
  label.htmlFor = input.id;
  form.append(label, input, make("button", "choice", "So it is"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    trying(async () => {
      show(await ask(`/people/${one.id}/name`, { words: input.value }));
      say(`${input.value}, then.`);
      open(one.id);
    });
  });
  hands.replaceWith(form);
  input.focus();
}

// ── between us ──────────────────────────────────────────────────────────────────────────────

part("keep").addEventListener("submit", (event) => {
  event.preventDefault();
  trying(async () => {
    show(await ask("/people/keeps", { words: keepWords.value }));
    keepWords.value = "";
    say("She keeps to it from now on.");
  });
});

addEventListener("hashchange", () => {
  say("");
  views.show();
  views.focus();
});

async function begin() {
  views.show();
  her = await whoIsHere();
  await trying(async () => show(await ask("/people")));
}

begin();
