/**
 * What the page of her memory asks of the server, and how it says numbers and days.
 */

/**
 * @typedef {{id: number, role: "person" | "her", text: string, at: number, cut: boolean}} Moment
 * @typedef {{id: number, moments: Moment[]}} TalkPart
 * @typedef {{id: number, title: string, form: string, read: number, passages: number}} Book
 */

const AWAY = "The computer she runs on does not answer. Start her there again with “uv run becoming”, then try once more.";

/** What went wrong, as a sentence for the person. */
export class Refused extends Error {}

/**
 * @param {string} path under /api/, that of her memory where it does not begin with a stroke
 * @param {object | Blob} [body] to send: an object as JSON, a file as it is; without one it is only asked
 * @returns {Promise<Response>}
 */
export async function send(path, body) {
  /** @type {RequestInit} */
  const request = { cache: "no-store" };
  if (body !== undefined) {
    const raw = body instanceof Blob;
    request.method = "POST";
    request.headers = { "Content-Type": raw ? "application/octet-stream" : "application/json" };
    request.body = raw ? body : JSON.stringify(body);
  }
  let answer;
  try {
    answer = await fetch(path.startsWith("/") ? `/api${path}` : `/api/memory/${path}`, request);
  } catch {
    throw new Refused(AWAY);
  }
  if (!answer.ok) throw new Refused(await reason(answer));
  return answer;
}

/** @param {string} path @param {object | Blob} [body] @returns {Promise<any>} */
export async function ask(path, body) {
  return (await send(path, body)).json();
}

/** @param {Response} answer */
async function reason(answer) {
  const text = await answer.text();
  try {
    return JSON.parse(text).error ?? text;
  } catch {
    return answer.status < 500 ? text : "Something broke on her side. Try again.";
  }
}

const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const HOUR = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** @param {number} at Unix seconds */
export const dayOf = (at) => DAY.format(at * 1000);

/** @param {number} at Unix seconds */
export const hourOf = (at) => HOUR.format(at * 1000);

/** @param {string} text */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** "your sister is called Iris" as a sentence. @param {string} text */
export function sentence(text) {
  const whole = capital(text);
  return /[.!?…]$/.test(whole) ? whole : `${whole}.`;
}

/** @param {number} count @param {string} one @param {string} many */
export const counted = (count, one, many) => (count === 1 ? `one ${one}` : `${count.toLocaleString("en")} ${many}`);

/** "a, b and c" @param {string[]} parts */
export function listed(parts) {
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}` : (parts[0] ?? "");
}
