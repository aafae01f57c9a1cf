/**
 * What rings: a card with what can be done about it and a chime; and the switch that lets this device ring, too.
 */
import { Refused, ask, send } from "./memory-api.js";
import { make, part } from "./page.js";

/** @typedef {{id: number, text: string, chimes: boolean}} Ring */

const NEEDS = "This browser can’t be rung: it needs this page at localhost, or over https with a certificate that it trusts.";
const NOTES = [660, 880];

export class Reminders {
  #cards = part("ringing");
  /** @type {Set<number>} */ #known = new Set();

  /** @param {() => AudioContext | null} sound */
  constructor(sound) {
    this.sound = sound;
  }

  /** @param {Ring[]} open */
  show(open) {
    if (open.some(({ id, chimes }) => chimes && !this.#known.has(id))) chime(this.sound());
    this.#known = new Set(open.map(({ id }) => id));
    this.#cards.hidden = !open.length;
    this.#cards.replaceChildren(...open.map((one) => this.#card(one)));
  }

  /** @param {Ring} ring */
  #card({ id, text }) {
    const card = make("div", "ring", "");
    const deeds = [["Done", "done"], ["In ten minutes", "later"]].map(([label, path]) => {
      const button = make("button", "choice", label);
      button.addEventListener("click", async () => {
        try {
          await send(`/reminders/${id}/${path}`, {});
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          card.append(make("p", "soft", error.message));
        }
      });
      return button;
    });
    card.append(make("p", "", text), ...deeds);
    return card;
  }
}

/** Two soft notes; none where nothing may sound yet. @param {AudioContext | null} context */
function chime(context) {
  if (context?.state !== "running") return;
  NOTES.forEach((frequency, at) => {
    const begins = context.currentTime + at * 0.25;
    const note = new OscillatorNode(context, { frequency });
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.linearRampToValueAtTime(0, begins);
    gain.gain.linearRampToValueAtTime(0.15, begins + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.001, begins + 0.8);
    note.connect(gain).connect(context.destination);
    note.start(begins);
    note.stop(begins + 0.9);
  });
}

// ── this device ─────────────────────────────────────────────────────────────────────────────

export function openRinging() {
  const box = /** @type {HTMLInputElement} */ (part("set-ringing"));
  box.addEventListener("change", async () => {
    const wanted = box.checked;
    box.checked = !wanted; // until it is so
    part("ringing-why").textContent = "";
    try {
      box.checked = await (wanted ? switchOn() : switchOff());
    } catch (error) {
      part("ringing-why").textContent = error instanceof Refused ? error.message : NEEDS;
    }
  });
  part("menu-button").addEventListener("click", async () => {
    box.checked = await isOn().catch(() => false);
  });
}

async function subscription() {
  const bell = await navigator.serviceWorker?.getRegistration("/");
  return (await bell?.pushManager?.getSubscription()) ?? null;
}

/** Both must know of it: this browser, and she. @returns {Promise<boolean>} */
async function isOn() {
  const here = await subscription();
  return here ? (await ask("/ringing/here", { endpoint: here.endpoint })).on : false;
}

async function switchOn() {
  if (!("serviceWorker" in navigator && "PushManager" in window)) throw new Refused(NEEDS);
  if ((await Notification.requestPermission()) !== "granted") {
    throw new Refused("This browser was told not to show anything of hers. Allow it in its settings for this page.");
  }
  const { key } = await ask("/ringing/key", {});
  const bell = await navigator.serviceWorker.register("/bell.js");
  await navigator.serviceWorker.ready;
  await (await bell.pushManager.getSubscription())?.unsubscribe(); // it may be of another key
  const made = await bell.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = made.toJSON();
  return (await ask("/ringing/on", { endpoint, keys })).on;
}

async function switchOff() {
  const here = await subscription();
  if (here) {
    await ask("/ringing/off", { endpoint: here.endpoint });
    await here.unsubscribe();
  }
  return false;
}
