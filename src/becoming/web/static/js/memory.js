/**
 * Joins the page of her memory: what is looked at, what is searched for, and what is let go.
 */
import { ask, send } from "./memory-api.js";
import { Forgetting } from "./memory-forget.js";
import { Known } from "./memory-known.js";
import { Reading } from "./memory-read.js";
import { momentLine, Talks } from "./memory-talks.js";
import { Weeks } from "./memory-weeks.js";
import { make, part } from "./page.js";
import { say, trying } from "./trying.js";
import { Views, whoIsHere } from "./views.js";

const views = new Views(/** @type {const} */ (["known", "talks", "weeks", "read", "letting-go", "found"]));

let her = "";
const herName = () => her;
const query = /** @type {HTMLInputElement} */ (part("query"));
const off = /** @type {HTMLInputElement} */ (part("off-the-record"));

/** @param {import("./memory-forget.js").What} what */
const forget = (what) => void trying(() => forgetting.show(what));
const forgetting = new Forgetting(() => show(true), herName);
const known = new Known(forget, showOff);
const talks = new Talks(forget, herName);
const weeks = new Weeks(forget);
const reading = new Reading(forget);

// ── what is looked at ───────────────────────────────────────────────────────────────────────

/** @param {boolean} [focus] */
async function show(focus = false) {
  views.show();
  const view = views.here;
  await trying(async () => {
    if (view === "known") await known.show();
    if (view === "talks") await talks.show();
    if (view === "weeks") await weeks.show();
    if (view === "read") await reading.show();
    if (view === "found") await search();
  });
  if (focus) views.focus();
}

async function search() {
  const words = query.value.trim();
  part("found-title").textContent = words ? `“${words}”` : "Nothing was asked for";
  part("found").replaceChildren();
  if (!words) return;
  const { moments, passages } = await ask(`search?q=${encodeURIComponent(words)}`);
  if (words !== query.value.trim()) return; // another question came in between
  for (const moment of moments) {
    const whole = make("article", "found", "");
    whole.append(momentLine(moment, her, true), make("p", "hint", `Why: ${moment.reason}`));
    part("found").append(whole);
  }
  for (const passage of passages) {
    const whole = make("article", "found read", "");
    whole.append(make("blockquote", "", passage.text), make("p", "hint", `Read in ${passage.title}, ${passage.place}`));
    part("found").append(whole);
  }
  const count = moments.length + passages.length;
  if (!count) part("found").append(make("p", "soft", "Nothing comes to mind."));
  say(count ? `${count === 1 ? "One thing comes" : `${count} things come`} to mind.` : "Nothing comes to mind.");
}

part("search").addEventListener("submit", (event) => {
  event.preventDefault();
  if (views.here === "found") show(true);
  else location.hash = "found";
});
addEventListener("hashchange", () => show(true));

// ── letting go ──────────────────────────────────────────────────────────────────────────────

/** @param {boolean} isOff */
function showOff(isOff) {
  off.checked = isOff;
  part("off").hidden = !isOff;
}

part("forget").addEventListener("submit", (event) => {
  event.preventDefault();
  forget({ words: /** @type {HTMLInputElement} */ (part("forget-what")).value });
});

off.addEventListener("change", () =>
  trying(async () => {
    const wanted = off.checked;
    off.checked = !wanted; // until she says that it is so
    showOff((await ask("off-the-record", { off: wanted })).off_the_record);
    say(wanted ? "Nothing is kept from now on." : "She remembers again from here.");
  }),
);

part("export").addEventListener("click", () =>
  trying(async () => {
    say("Putting all of it together…");
    const whole = URL.createObjectURL(await (await send("export", {})).blob());
    const link = document.createElement("a");
    Object.assign(link, { href: whole, download: "becoming-memory.zip" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(whole), 60_000); // the browser is saving it meanwhile
    say("It is with your downloads.");
  }),
);

// ── who is here ─────────────────────────────────────────────────────────────────────────────

async function begin() {
  her = await whoIsHere();
  if (her) document.title = part("title").textContent = `What ${her} remembers`;
  if (views.here !== "known") await trying(async () => showOff((await ask("beliefs")).off_the_record));
  await show();
}

begin();
