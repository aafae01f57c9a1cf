/**
 * Joins the page: the only place that knows both the talk and what is seen of it.
 */
import { Approval } from "./approval-card.js";
import { Birth } from "./birth.js";
import { Captions } from "./captions.js";
import { Care } from "./care-card.js";
import { Dark } from "./dark.js";
import { Debug } from "./debug.js";
import { Hold } from "./hold.js";
import { openableMenu } from "./menu.js";
import { Look } from "./look.js";
import { moodWords } from "./mood.js";
import { part } from "./page.js";
import { CAN_SOUND } from "./playback.js";
import { Reminders, openRinging } from "./reminders.js";
import { Settings } from "./settings.js";
import { Shape } from "./shape.js";
import { openSounding } from "./sounding.js";
import { Talk } from "./talk.js";
import { MICROPHONE_TROUBLES, Troubles } from "./trouble.js";
import { Wakefulness } from "./wakefulness.js";
import { Welcome } from "./welcome.js";
import { Writing } from "./writing.js";

/** @typedef {import("./socket.js").WireEvent} WireEvent */
/** @typedef {"welcome" | "birth" | "talk"} View */

const WRITE = "Write to her…";
const ANSWER = "Say it, or write it here…";

const settings = new Settings();
const shape = new Shape(/** @type {HTMLCanvasElement} */ (document.querySelector("#shape canvas")));
const captions = new Captions();
const care = new Care(() => captions.last);
const approval = new Approval((number, answer) => talk.wire.send({ type: "becoming.approval.answer", number, answer }));
const reminders = new Reminders(() => talk.context);
const wakefulness = new Wakefulness();
const dark = new Dark((told) => {
  if (!told) talk.wire.send({ type: "becoming.dark", on: dark.on });
  showCaptions();
  draw();
});
const look = new Look((image) => talk.wire.send({ type: "becoming.look", image }), (text) => troubles.add("fault", text));
const hold = new Hold(held);
const writing = new Writing(written);
const welcome = new Welcome(wake, arrived);
const birth = new Birth(answered, () => view("talk"));
const troubles = new Troubles({
  microphone: () => talk.openMicrophone(),
  write: () => writing.show(),
  reconnect: () => (talk.wire.link === "closed" ? welcome.load() : talk.wire.retryNow()),
  unmute: () => talk.unmute(),
});
const talk = new Talk({ event: take, link, microphone, sound, loudness, change: draw });

// ── coming and going ────────────────────────────────────────────────────────────────────────

/** @param {import("./welcome.js").House | null} house */
function arrived(house) {
  if (!house) {
    troubles.add("gone");
    return;
  }
  troubles.clear("gone");
  if (house.born) named(house.name);
}

/** @param {boolean} withMicrophone */
async function wake(withMicrophone) {
  if (withMicrophone) welcome.asking();
  try {
    await talk.wake(withMicrophone);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
    troubles.add("gone");
    welcome.load();
    return;
  }
  if (document.body.dataset.view === "welcome") view("talk");
  wakefulness.keep(withMicrophone);
  if (!withMicrophone) writing.show();
}

/** She goes on being there to read and to write to; nothing listens any more. */
function rest() {
  talk.microphone.stop();
  talk.moods.resting = true;
  wakefulness.keep(false);
  draw();
}

async function rouse() {
  talk.moods.resting = false;
  wakefulness.keep(true);
  await talk.openMicrophone();
}

/** @param {View} name */
function view(name) {
  document.body.dataset.view = name;
  welcome.hide();
  showCaptions();
  draw();
}

function showCaptions() {
  // Where the browser gives no sound, she can only be read.
  const wanted = settings.get("captions") || !CAN_SOUND;
  captions.show(wanted && document.body.dataset.view === "talk" && !dark.on);
}

// ── what the server says ────────────────────────────────────────────────────────────────────

/** @param {WireEvent} event */
function take(event) {
  switch (event.type) {
    case "becoming.partial":
      heard(event.text, false);
      break;
    case "conversation.item.input_audio_transcription.completed":
      heard(event.transcript, true);
      break;
    case "response.created":
      care.reply();
      look.reply();
      captions.reply();
      birth.reply();
      break;
    case "response.output_audio_transcript.delta":
    case "response.output_text.delta":
      troubles.clear("fault");
      captions.speaking(event.delta, event.speaker);
      birth.speaking(event.delta);
      break;
    case "response.done":
      look.over();
      captions.over(event.response.status === "cancelled" ? heardOf(event.response) : undefined);
      if (document.body.dataset.view === "talk") care.over();
      break;
    case "becoming.care":
      care.show(event.card);
      if (event.card) dark.show(false); // what can be tapped in danger is never hidden
      break;
    case "becoming.approval":
      approval.show(event.card);
      break;
    case "becoming.reminders":
      reminders.show(event.open);
      break;
    case "becoming.birth":
      born(event);
      break;
    case "becoming.state":
      named(event.name);
      look.offer(event.sees ?? "");
      break;
    case "becoming.dark":
      dark.show(event.on, true);
      break;
    case "becoming.fault":
      troubles.add("fault", event.message);
      break;
    case "error":
      troubles.add("fault", event.error.message);
      break;
  }
}

/** What was heard of a reply that was cut. @param {WireEvent} response @returns {string} */
function heardOf(response) {
  return response.output?.[0]?.content?.[0]?.transcript ?? "";
}

/** @param {string} text @param {boolean} final */
function heard(text, final) {
  if (birth.done) birth.end();
  if (birth.open) birth.hearing(text);
  else if (final) captions.heard(text);
  else captions.hearing(text);
}

/** @param {WireEvent} event */
function born(event) {
  birth.show(/** @type {any} */ (event));
  const asked = event.expects === "text";
  writing.keep(asked, asked ? ANSWER : WRITE);
  if (event.done) named(event.being?.name);
  view("birth");
}

/** @param {string} [name] */
function named(name) {
  if (!name) return;
  part("name").textContent = name;
  document.title = name;
}

// ── what the person does ────────────────────────────────────────────────────────────────────

/** @param {string} text @returns {boolean} */
function written(text) {
  if (birth.done) birth.end();
  if (birth.open) return birth.answer(text);
  if (!talk.write(text)) return false;
  captions.heard(text);
  return true;
}

/** @param {string} step @param {string} text @param {string} [choice] @returns {boolean} */
function answered(step, text, choice) {
  return talk.wire.send({ type: "becoming.birth.answer", step, text, ...(choice && { choice }) });
}

/** @param {boolean} down */
function held(down) {
  talk.microphone.muted = settings.get("hold") && !down;
  if (down) talk.stop();
  else talk.commit();
  draw();
}

part("rest").addEventListener("click", rest);
part("shape").addEventListener("click", () => (talk.moods.busy ? talk.stop() : rouse()));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") talk.stop();
  const free = event.target === document.body && !event.ctrlKey && !event.metaKey && !event.altKey;
  const letter = event.key.length === 1 && event.key !== " ";
  // Whoever begins to type wants to write: the line opens and takes this very letter.
  if (free && letter && document.body.dataset.view !== "welcome") writing.show();
});

settings.onChange = (name, on) => {
  if (name === "captions") showCaptions();
  if (name === "backchannels") talk.backchannels = on;
  if (name === "hold") talk.microphone.muted = on && !hold.held;
  draw();
};

// ── what is seen ────────────────────────────────────────────────────────────────────────────

/** @param {import("./socket.js").Link} state @param {string} why */
function link(state, why) {
  if (state === "open") troubles.clear("gone", "turned-away", "fault");
  if (state === "lost") troubles.add("gone");
  if (state === "refused") troubles.add("turned-away", why);
}

/** @param {import("./capture.js").MicrophoneTrouble | null} trouble */
function microphone(trouble) {
  troubles.clear(...MICROPHONE_TROUBLES);
  if (trouble) troubles.add(trouble);
}

/** @param {boolean} audible */
function sound(audible) {
  if (audible) troubles.clear("silent");
  else troubles.add("silent");
}

/** @param {number} rms @param {boolean} hers */
function loudness(rms, hers) {
  if (hers === talk.moods.speaking && !dark.on) shape.hear(rms);
}

function draw() {
  if (troubles.kind) dark.show(false);
  const { mood, busy } = talk.moods;
  const ears = talk.microphone.open;
  const rouses = !busy && !ears && talk.wire.link === "open";
  shape.mood = dark.on ? "asleep" : mood;
  document.body.dataset.mood = mood;
  const words = moodWords(mood, { ears, holding: settings.get("hold"), held: hold.held });
  part("mood").textContent = document.body.dataset.view === "welcome" ? "" : words;
  part("shape-words").textContent = rouses ? "Let her listen" : "Stop her";
  /** @type {HTMLButtonElement} */ (part("shape")).disabled = !busy && !rouses;
  part("rest").hidden = !ears;
  hold.show(settings.get("hold") && ears);
}

talk.backchannels = settings.get("backchannels");
talk.microphone.muted = settings.get("hold");
openableMenu(settings);
openSounding();
openRinging();
const seen = () => ({
  mood: talk.moods.mood,
  link: talk.wire.link,
  trouble: troubles.kind,
  microphone: talk.microphone.open,
  view: document.body.dataset.view,
  dark: dark.on,
});
Object.assign(window, { becoming: { debug: new Debug(talk, seen) } });
// A pairing link has done its work once the page is here; its token need not stay in the address.
if (location.search) history.replaceState(null, "", location.pathname);
welcome.load();
