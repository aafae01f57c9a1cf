/**
 * What a test may look at: `window.becoming.debug`. Nothing of the page reads it.
 */
import { toBase64, wavOf } from "./pcm.js";

/** @typedef {import("./socket.js").WireEvent} WireEvent */
/** @typedef {{ms: number, type: string, incoming: boolean, [detail: string]: any}} TimelineEntry */

/**
 * @typedef {object} Recording times in milliseconds since its first sample
 * @property {string} wav            all that her voice put out, silences included; base64
 * @property {TimelineEntry[]} timeline what crossed the wire; sound is given by its size
 * @property {{wav: string, ms: number} | null} microphone what was sent of the microphone, and when the
 *   first packet of it was
 */

const SOUND = "response.output_audio.delta";
const HEARD = "input_audio_buffer.append";

export class Debug {
  /** @type {{role: "you" | "her", text: string}[]} what was said, since the page was opened */
  transcript = [];
  #recording = false;
  /** @type {Int16Array[]} */ #tapes = [];
  /** @type {Int16Array[]} */ #heard = [];
  #heardFrom = 0;
  /** @type {{at: number, event: WireEvent, incoming: boolean}[]} */ #traffic = [];

  /** @param {import("./talk.js").Talk} talk @param {() => object} look what `state` returns */
  constructor(talk, look) {
    this.talk = talk;
    this.look = look;
    talk.wire.onTraffic = (event, incoming) => this.#note(event, incoming);
  }

  /** Mood, link, trouble and microphone as they are now. */
  get state() {
    return this.look();
  }

  /** Records all that her voice puts out, after its gain, from now (or from her waking). */
  recordOutput() {
    this.#tapes = [];
    this.#heard = [];
    this.#traffic = [];
    this.#recording = true;
    this.talk.voice.onTape = ({ tape }) => this.#tapes.push(tape);
    this.talk.voice.record(true);
  }

  /** @returns {Promise<Recording>} */
  stopRecording() {
    this.#recording = false;
    return new Promise((resolve) => {
      this.talk.voice.onTape = ({ tape, began, last }) => {
        this.#tapes.push(tape);
        if (last) resolve(this.#recordingFrom(began));
      };
      this.talk.voice.record(false);
    });
  }

  /** @param {number} began seconds on the audio clock @returns {Recording} */
  #recordingFrom(began) {
    const since = (/** @type {number} */ at) => Math.round((at - began) * 1000);
    return {
      wav: toBase64(wavOf(this.#tapes)),
      timeline: this.#traffic.map(({ at, event, incoming }) => ({ ...event, ms: since(at), incoming })),
      microphone: this.#heard.length
        ? { wav: toBase64(wavOf(this.#heard)), ms: since(this.#heardFrom) }
        : null,
    };
  }

  /** @param {WireEvent} event @param {boolean} incoming */
  #note(event, incoming) {
    const said = spokenIn(event, incoming);
    if (said) this.transcript.push(said);
    if (!this.#recording) return;
    const at = this.talk.now;
    if (event.type === HEARD) {
      if (this.#heard.length === 0) this.#heardFrom = at;
      const bytes = Uint8Array.from(atob(event.audio), (letter) => letter.charCodeAt(0));
      this.#heard.push(new Int16Array(bytes.buffer));
    } else {
      const kept = { ...event, ...(event.type === SOUND && { delta: event.delta.length }), ...(event.image && { image: event.image.length }) };
      this.#traffic.push({ at, event: kept, incoming });
    }
  }
}

/**
 * @param {WireEvent} event @param {boolean} incoming
 * @returns {{role: "you" | "her", text: string} | null}
 */
function spokenIn(event, incoming) {
  if (event.type === "conversation.item.input_audio_transcription.completed" && event.transcript) {
    return { role: "you", text: event.transcript };
  }
  if (event.type === "conversation.item.create" && !incoming) {
    return { role: "you", text: event.item.content[0].text };
  }
  if (event.type === "response.output_audio_transcript.done" && event.transcript) {
    return { role: "her", text: event.transcript };
  }
  return null;
}
