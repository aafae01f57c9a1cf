/**
 * The living shape: keeps the rings moving as little as will do.
 *
 * The machine that draws it also thinks for her, so it draws at most 24 pictures a second, rests when
 * nothing changes, stops when the page is hidden, and stands still for who asked for less motion.
 */
import { FORMS, approach } from "./forms.js";
import { drawRings } from "./rings.js";

/** @typedef {import("./mood.js").Mood} Mood */

/** The last two seconds of loudness run through the rings as a wave. */
const HISTORY = 32;
const SAMPLE_S = 0.032;
/** How long a sound takes from one side of the rings to the other. */
const CROSSING_S = 0.6;
/** She goes on breathing this long after the last thing that happened, then rests. */
const REST_AFTER_S = 40;
/** About twelve breaths a minute, in radians a second. */
const BREATH_SPEED = 1.3;
const QUIET = 0.004;
/** A level that shows each form's waves in a still picture. */
const STILL_LEVEL = 0.35;

export class Shape {
  /** @type {Mood} */ #mood = "asleep";
  #form = { ...FORMS.asleep };
  #levels = new Float32Array(HISTORY);
  #level = 0;
  #phases = { drift: 0, turn: 0, breath: 0 };
  #time = 0;
  #sampled = 0;
  #stirred = 0;
  #last = 0;
  #timer = 0;
  #extent = 0;

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.#ink = readInk();
    this.still.addEventListener("change", () => this.#stir());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.#ink = readInk();
      this.#stir();
    });
    document.addEventListener("visibilitychange", () => this.#stir());
    new ResizeObserver(() => this.#fit()).observe(canvas);
  }

  #ink;

  /** @param {Mood} mood */
  set mood(mood) {
    if (mood === this.#mood) return;
    this.#mood = mood;
    this.#level = 0;
    this.#stir();
  }

  /** The loudness to show now, of the microphone or of her voice. @param {number} rms 0..1 */
  hear(rms) {
    if (this.still.matches) return;
    // Speech lies around 0.02 to 0.2; the ear hears it by its logarithm.
    const level = rms < QUIET ? 0 : Math.min(1, Math.max(0, (Math.log10(rms) + 2.2) / 1.7));
    this.#level += (level - this.#level) * (level > this.#level ? 0.6 : 0.3);
    if (level > 0.05 && FORMS[this.#mood].wave > 0) this.#stir();
  }

  #fit() {
    const box = this.canvas.clientWidth;
    const density = Math.min(2, devicePixelRatio);
    this.#extent = box / 2;
    this.canvas.width = this.canvas.height = Math.round(box * density);
    this.context.setTransform(density, 0, 0, density, 0, 0);
    this.#draw();
    this.#stir();
  }

  #stir() {
    this.#stirred = this.#time;
    if (this.still.matches) {
      Object.assign(this.#form, FORMS[this.#mood]);
      this.#draw();
    } else if (!this.#timer && !document.hidden) {
      this.#last = performance.now();
      this.#next();
    }
  }

  #next() {
    const wait = 1000 / Math.max(12, FORMS[this.#mood].fps);
    this.#timer = window.setTimeout(() => requestAnimationFrame(() => this.#step()), wait);
  }

  #step() {
    this.#timer = 0;
    if (document.hidden || this.still.matches) return;
    const now = performance.now();
    const passed = Math.min(0.1, (now - this.#last) / 1000);
    this.#last = now;
    this.#time += passed;
    for (this.#sampled += passed; this.#sampled > SAMPLE_S; this.#sampled -= SAMPLE_S) {
      this.#levels.copyWithin(1, 0);
      this.#levels[0] = this.#level;
    }
    const rested = this.#time - this.#stirred > REST_AFTER_S || FORMS[this.#mood].fps === 0;
    const goal = rested ? { ...FORMS[this.#mood], drift: 0, turn: 0, breath: 0 } : FORMS[this.#mood];
    const arrived = approach(this.#form, goal, 1 - Math.exp(-passed * 5));
    this.#phases.drift += this.#form.drift * passed;
    this.#phases.turn += this.#form.turn * passed;
    this.#phases.breath += BREATH_SPEED * passed;
    this.#draw();
    if (!(rested && arrived)) this.#next();
  }

  #draw() {
    if (!this.#extent) return;
    const passing = (/** @type {number} */ place) => this.#passing(place);
    drawRings(this.context, this.#extent, this.#form, this.#phases, passing, this.#ink);
  }

  /** @param {number} place 0 heart … 1 rim @returns {number} the loudness that passes there now */
  #passing(place) {
    const { inward } = this.#form;
    if (this.still.matches) return STILL_LEVEL * (0.5 + 0.5 * Math.sin(place * 9)) * Math.abs(inward);
    const way = inward > 0 ? 1 - place : place;
    return this.#levels[Math.round((way * CROSSING_S) / SAMPLE_S)] * Math.abs(inward);
  }
}

/** The colours are the style sheet's; the canvas only borrows them. */
function readInk() {
  const style = getComputedStyle(document.documentElement);
  const colour = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  return { near: colour("--ring-near"), far: colour("--ring-far"), heart: colour("--ring-heart") };
}
