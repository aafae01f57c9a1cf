/**
 * Her voice in the loudspeaker, and what of it has really been played.
 */
import { RATE } from "./pcm.js";

const RAMP_MS = 30;

/** Without a secure context (plain http from another device) there is no worklet, and so no voice. */
export const CAN_SOUND = "AudioContext" in window && "audioWorklet" in AudioContext.prototype;

/** @typedef {{item: string, ms: number}} Played */

export class Voice {
  /** @type {AudioWorkletNode | null} */ #node = null;
  /** @type {Map<number, (played: Played) => void>} */ #waiting = new Map();
  #tickets = 0;
  #item = "";
  #given = 0;
  #recording = false;
  /** Sound is queued or playing. */
  playing = false;

  /**
   * @param {(played: Played) => void} onPlayed every 200 ms while she speaks, and when she stops
   * @param {(loudness: number) => void} onLoudness root mean square of the last 32 ms, 0..1
   * @param {() => void} onQuiet the queue has run dry or was dropped
   */
  constructor(onPlayed, onLoudness, onQuiet) {
    this.onPlayed = onPlayed;
    this.onLoudness = onLoudness;
    this.onQuiet = onQuiet;
    /** @type {(report: {tape: Int16Array, began: number, last: boolean}) => void} for the recorder */
    this.onTape = () => {};
  }

  /** @param {AudioContext} context running at 24 kHz */
  async start(context) {
    if (this.#node) return;
    await context.audioWorklet.addModule("/static/worklets/playback-worklet.js");
    this.#node = new AudioWorkletNode(context, "voice", { numberOfInputs: 0, outputChannelCount: [1] });
    this.#node.port.onmessage = ({ data }) => this.#hear(data);
    // The plain destination: it is what the browser's echo canceller takes as its reference.
    this.#node.connect(context.destination);
    if (this.#recording) this.record(true);
  }

  /** @param {string} item @param {Float32Array} samples */
  say(item, samples) {
    if (samples.length === 0 || !this.#node) return;
    this.playing = true;
    this.#item = item;
    this.#given += 1;
    this.#order({ say: true, item, samples }, [samples.buffer]);
  }

  /** A small sound beside the reply ("mm-hm"), never counted as said. @param {Float32Array} samples */
  aside(samples) {
    if (samples.length > 0) this.#order({ aside: true, samples }, [samples.buffer]);
  }

  /** @param {number} gain 1 is her own loudness; at 0 she waits where she is */
  gain(gain) {
    this.#order({ gain, ms: RAMP_MS });
  }

  /**
   * Stops at once and forgets what is queued.
   * @returns {Promise<Played | null>} what was heard of her last reply; null if there was none
   */
  drop() {
    if (!this.#item) return Promise.resolve(null);
    this.playing = false;
    this.#tickets += 1;
    const ticket = this.#tickets;
    this.#order({ drop: true, ticket });
    return new Promise((resolve) => this.#waiting.set(ticket, resolve));
  }

  /** @param {boolean} on */
  record(on) {
    this.#recording = on;
    this.#order({ record: on });
  }

  /** @param {object} order @param {Transferable[]} [transfer] */
  #order(order, transfer = []) {
    this.#node?.port.postMessage(order, transfer);
  }

  /** @param {any} report */
  #hear(report) {
    if ("loudness" in report) return this.onLoudness(report.loudness);
    if (report.tape) return this.onTape(report);
    const played = { item: report.item, ms: Math.round((report.count / RATE) * 1000) };
    if (report.dropped) {
      this.#waiting.get(report.ticket)?.(played);
      this.#waiting.delete(report.ticket);
    }
    this.onPlayed(played);
    // The queue may have run dry while more was already on its way to it.
    if (report.quiet && report.taken === this.#given) this.playing = false;
    if (!report.played && !this.playing) this.onQuiet();
  }
}
