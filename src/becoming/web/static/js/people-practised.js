/**
 * The hard talks that were practised: what of each is kept, in the person's own words, and letting go of it.
 */
import { capital, dayOf } from "./memory-api.js";
import { make, part } from "./page.js";

/**
 * @typedef {{at: number, title: string, whom: string, worked: string, try: string, plan: number | null, went: string,
 *   learned: string}} Rehearsal
 */

/** @param {Rehearsal[]} all @param {(at: number) => void} forget */
export function showRehearsals(all, forget) {
  part("practised-none").hidden = all.length > 0;
  part("rehearsals").replaceChildren(...all.map((one) => rehearsal(one, forget)));
}

/** @param {Rehearsal} one @param {(at: number) => void} forget */
function rehearsal(one, forget) {
  const item = make("li", "rehearsal", "");
  const title = make("h3", "", one.title);
  title.id = `rehearsal-${one.at}`;
  item.append(title, make("p", "how", [dayOf(one.at), one.whom].filter(Boolean).join(", for ")));
  if (one.worked) item.append(...line("What worked", "blockquote", `“${one.worked}”`));
  if (one.try) item.append(...line("To try", "p", `${capital(one.try)}.`));
  if (one.plan) item.append(...line("The real talk", "p", dayOf(one.plan)));
  if (one.went) item.append(...line("How it went", "blockquote", `“${one.went}”`));
  if (one.learned) item.append(...line("What to keep from it", "blockquote", `“${one.learned}”`));
  const away = make("button", "small", "Forget it");
  away.setAttribute("aria-describedby", title.id);
  away.addEventListener("click", () => forget(one.at));
  item.append(away);
  return item;
}

/** @param {string} label @param {"p" | "blockquote"} tag @param {string} words */
const line = (label, tag, words) => [make("p", "hint", label), make(tag, "", words)];
