/**
 * The numbers of the person's country, each to be tapped, with what it rests on.
 */
import { make } from "./page.js";

/**
 * @typedef {{name: string, phone: string, by: string, also: string, hours: string, how: string}} Line
 * @typedef {{country: string, sure: boolean, line: Line | null, emergency: string, emergency_how: string, finder: string}} Numbers
 */

/** @param {Numbers} numbers @returns {HTMLElement[]} */
export function numbers({ country, sure, line, emergency, emergency_how: emergencyHow, finder }) {
  const found = [];
  const where = sure || !country ? "" : ` in ${country}`;
  if (line) {
    const how = [line.by, line.also && `also ${line.also}`, line.hours].filter(Boolean).join(", ");
    found.push(paper(`tel:${plain(line.phone)}`, line.phone, line.name + where, how, line.how));
  }
  if (emergency) found.push(paper(`tel:${emergency}`, emergency, `When it can’t wait${where}`, "emergency number", emergencyHow));
  found.push(paper(finder, new URL(finder).host, "Lines in other countries, and for other things", "", ""));
  return found;
}

/** The numbers as a line of the safety plan. @param {Numbers} numbers */
export function always({ line, emergency, finder }) {
  const found = line ? `${line.name}: ${line.phone}` : `Lines near you: ${new URL(finder).host}`;
  return emergency ? `${found}. When it can’t wait: ${emergency}.` : `${found}.`;
}

/** A number to tap beside the talk. @param {string} phone @param {string} words */
export function tap(phone, words) {
  const link = /** @type {HTMLAnchorElement} */ (make("a", "choice strong", words));
  link.href = `tel:${plain(phone)}`;
  return link;
}

/** @param {string} phone */
const plain = (phone) => phone.replace(/[^\d+]/g, "");

/** @param {string} href @param {string} shown @param {string} what @param {string} how @param {string} rests */
function paper(href, shown, what, how, rests) {
  const whole = make("div", "paper number", "");
  const words = make("p", "", what);
  if (how) words.append(make("span", "hint", how));
  const link = /** @type {HTMLAnchorElement} */ (make("a", "", shown));
  link.href = href;
  if (href.startsWith("http")) Object.assign(link, { target: "_blank", rel: "noreferrer" });
  whole.append(words, link);
  if (rests) whole.append(make("p", "hint", `Rests on: ${rests}.`));
  return whole;
}
