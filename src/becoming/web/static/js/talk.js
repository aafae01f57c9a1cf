/**
 * The talk itself: joins the wire, the microphone and her voice. Knows nothing of the page.
 */
import { Microphone, MicrophoneError } from "./capture.js";
import { Moods } from "./mood.js";
import { RATE, samplesOf } from "./pcm.js";
import { CAN_SOUND, Voice } from "./playback.js";
import { Wire } from "./socket.js";

/** @typedef {import("./socket.js").WireEvent} WireEvent */
/** @typedef {import("./socket.js").Link} Link */
/** @typedef {import("./capture.js").MicrophoneTrouble} MicrophoneTrouble */

/** A browser that lets a page sound does so within this. */
const SOUND_WAIT_MS = 1000;

/**
 * @typedef {object} Hearer what the page wants to know
 * @property {(event: WireEvent) => void} event what the server says, after the talk has acted on it
 * @property {(link: Link, why: string) => void} link
 * @property {(trouble: MicrophoneTrouble | null) => void} microphone null: it is open
 * @property {(audible: boolean) => void} sound whether the browser lets her be heard
 * @property {(loudness: number, hers: boolean) => void} loudness
 * @property {() => void} change mood or microphone may be another now
 */

export class Talk {
  moods = new Moods();
  /** Until the next reply begins, what still comes of the last one is not to be heard. */
  #deaf = false;
  #backchannels = true;
  /** @type {AudioContext | null} */ #context = null;

  /** @param {Hearer} hearer */
  constructor(hearer) {
    this.hearer = hearer;
    this.wire = new Wire(
      (event) => this.#take(event),
      (link, why) => this.#linked(link, why),
    );
    this.microphone = new Microphone(
      (audio) => this.wire.send({ type: "input_audio_buffer.append", audio }),
      (loudness) => hearer.loudness(loudness, false),
      (trouble) => this.#microphone(trouble),
    );
    this.voice = new Voice(
      ({ item, ms }) => this.wire.send({ type: "becoming.played", item_id: item, audio_ms: ms }),
      (loudness) => hearer.loudness(loudness, true),
      () => this.#playing(false),
    );
    // A phone takes the sound from a page that is put aside; coming back is reason enough to ask again.
    document.addEventListener("visibilitychange", () => document.hidden || this.#context?.resume());
  }

  /** Where something may sound, once it may. */
  get context() {
    return this.#context;
  }

  /** Seconds on the audio clock. */
  get now() {
    return this.#context?.currentTime ?? 0;
  }

  /**
   * Must be called in answer to a touch or a key: only then may a page sound.
   * @param {boolean} microphone whether it is wanted
   * @throws {DOMException} AbortError: the server is away, its worklets cannot be loaded
   */
  async wake(microphone) {
    await this.unmute();
    if (microphone) await this.openMicrophone();
    if (this.wire.link === "closed") this.wire.open();
  }

  /** Asks the browser (again) to let her be heard. */
  async unmute() {
    if (!CAN_SOUND) return;
    if (!this.#context) {
      this.#context = new AudioContext({ sampleRate: RATE, latencyHint: "interactive" });
      this.#context.addEventListener("statechange", () => this.#sound());
    }
    const patience = new Promise((resolve) => window.setTimeout(resolve, SOUND_WAIT_MS));
    await Promise.race([this.#context.resume(), patience]);
    await this.voice.start(this.#context).catch((error) => {
      // A context remembers for good which worklets it could not load: another try needs another context.
      this.#context?.close();
      this.#context = null;
      throw error;
    });
    this.#sound();
  }

  async openMicrophone() {
    try {
      if (!this.#context) throw new MicrophoneError("insecure");
      await this.microphone.start(this.#context);
      this.#microphone(null);
    } catch (error) {
      if (!(error instanceof MicrophoneError)) throw error;
      this.#microphone(error.kind);
    }
  }

  /** @param {string} text @returns {boolean} whether it could be sent */
  write(text) {
    const item = { type: "message", role: "user", content: [{ type: "input_text", text }] };
    if (!this.wire.send({ type: "conversation.item.create", item })) return false;
    this.wire.send({ type: "response.create" });
    this.moods.asked();
    this.hearer.change();
    return true;
  }

  /** She falls silent at once, and knows how far she was heard. */
  async stop() {
    if (!this.moods.busy) return;
    const spoke = this.moods.speaking;
    this.#deaf = true;
    this.moods.stopped();
    this.wire.send({ type: "response.cancel" });
    this.hearer.change();
    const played = spoke ? await this.voice.drop() : null;
    if (!played) return;
    const { item, ms } = played;
    this.wire.send({ type: "conversation.item.truncate", item_id: item, content_index: 0, audio_end_ms: ms });
  }

  /** Push to talk, let go: the turn is over, nothing more needs to be waited for. */
  commit() {
    // If nothing was heard yet, the silence that follows ends the turn by itself.
    if (this.moods.hearing) this.wire.send({ type: "input_audio_buffer.commit" });
  }

  /** @param {boolean} on her small sounds of listening */
  set backchannels(on) {
    this.#backchannels = on;
    this.wire.send({ type: "session.update", session: { becoming: { backchannels: on } } });
  }

  /** @param {WireEvent} event */
  #take(event) {
    if (event.type === "session.created") this.#introduce();
    const spoke = this.moods.speaking;
    this.moods.take(event);
    if (event.type === "response.created") {
      this.#deaf = false;
      this.voice.gain(1);
    }
    if (event.type === "input_audio_buffer.speech_started") this.#silence(spoke);
    if (event.type === "response.done" && event.response?.status === "cancelled") this.#silence(spoke);
    if (event.type === "response.output_audio.delta" && !this.#deaf) this.#say(event);
    if (event.type === "becoming.duck") this.voice.gain(event.gain);
    if (event.type === "becoming.resume") this.voice.gain(1);
    if (event.type === "becoming.backchannel") this.voice.aside(samplesOf(event.delta));
    this.hearer.event(event);
    this.hearer.change();
  }

  /** What this page wants of the session, said anew on every connection. */
  #introduce() {
    /** @type {{[key: string]: any}} */
    const session = { becoming: { backchannels: this.#backchannels } };
    if (!CAN_SOUND) session.output_modalities = ["text"];
    this.wire.send({ type: "session.update", session });
  }

  /** @param {WireEvent} event */
  #say(event) {
    this.voice.say(event.item_id, samplesOf(event.delta));
    this.#playing(this.voice.playing);
  }

  /** @param {boolean} spoke whether there was something to be heard */
  #silence(spoke) {
    this.#deaf = true;
    this.moods.playing = false;
    if (spoke) this.voice.drop();
  }

  /** @param {boolean} on */
  #playing(on) {
    this.moods.playing = on;
    this.hearer.change();
  }

  /** @param {Link} link @param {string} why */
  #linked(link, why) {
    if (link === "open") this.moods.awake = true;
    if (link === "lost" || link === "refused") {
      this.moods.lost();
      this.voice.drop();
    }
    this.hearer.link(link, why);
    this.hearer.change();
  }

  /** @param {MicrophoneTrouble | null} trouble */
  #microphone(trouble) {
    this.hearer.microphone(trouble);
    this.hearer.change();
  }

  #sound() {
    if (this.#context) this.hearer.sound(this.#context.state === "running");
  }
}
