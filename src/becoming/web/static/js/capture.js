/**
 * The microphone: asked for once, heard as packets, let go of entirely.
 */
import { toBase64 } from "./pcm.js";

/** @typedef {"insecure" | "missing" | "refused" | "busy" | "unplugged"} MicrophoneTrouble */

const WORKLET = "/static/worklets/capture-worklet.js";

/** 40 ms of nothing, sent while push-to-talk is not held: her ears keep time, and hear nothing. */
const SILENCE = toBase64(new Uint8Array(1920));

/** The microphone cannot be had; `kind` says why. */
export class MicrophoneError extends Error {
  /** @param {MicrophoneTrouble} kind */
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

export class Microphone {
  /** @type {MediaStream | null} */ #stream = null;
  /** @type {AudioNode[]} */ #nodes = [];
  /** @type {AudioContext | null} */ #own = null;
  /** While muted, silence is sent in place of what it hears. */
  muted = false;

  /**
   * @param {(base64: string) => void} onPacket 40 ms of PCM16 at 24 kHz
   * @param {(loudness: number) => void} onLoudness root mean square of each packet, 0..1
   * @param {(trouble: MicrophoneTrouble) => void} onLost the device went away by itself
   */
  constructor(onPacket, onLoudness, onLost) {
    this.onPacket = onPacket;
    this.onLoudness = onLoudness;
    this.onLost = onLost;
  }

  get open() {
    return this.#stream !== null;
  }

  /**
   * Asks the browser, which asks the person the first time.
   * @param {AudioContext} context running at 24 kHz
   * @throws {MicrophoneError}
   */
  async start(context) {
    if (this.#stream) return;
    if (!navigator.mediaDevices) throw new MicrophoneError("insecure");
    await context.audioWorklet.addModule(WORKLET); // before the microphone opens: nothing said is lost meanwhile
    const stream = await ask();
    this.#stream = stream;
    stream.getTracks()[0].addEventListener("ended", () => {
      this.stop();
      this.onLost("unplugged");
    });
    const source = await this.#source(stream, context).catch((error) => {
      this.stop();
      throw error;
    });
    const capture = new AudioWorkletNode(source.context, "capture", { numberOfOutputs: 0 });
    capture.port.onmessage = ({ data }) => this.#packet(data.pcm, data.loudness);
    source.connect(capture);
    this.#nodes = [source, capture];
  }

  stop() {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    for (const node of this.#nodes) node.disconnect();
    this.#own?.close();
    this.#stream = null;
    this.#own = null;
    this.#nodes = [];
  }

  /** @param {MediaStream} stream @param {AudioContext} context */
  async #source(stream, context) {
    try {
      return context.createMediaStreamSource(stream);
    } catch (error) {
      // Firefox joins a microphone only to a context of the device's own rate; the worklet resamples.
      if (!(error instanceof DOMException && error.name === "NotSupportedError")) throw error;
      this.#own = new AudioContext();
      await this.#own.audioWorklet.addModule(WORKLET);
      return this.#own.createMediaStreamSource(stream);
    }
  }

  /** @param {ArrayBuffer} pcm @param {number} loudness */
  #packet(pcm, loudness) {
    this.onPacket(this.muted ? SILENCE : toBase64(new Uint8Array(pcm)));
    this.onLoudness(this.muted ? 0 : loudness);
  }
}

/** @returns {Promise<MediaStream>} */
async function ask() {
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
    });
  } catch (error) {
    const name = error instanceof DOMException ? error.name : "";
    if (name === "NotAllowedError" || name === "SecurityError") throw new MicrophoneError("refused");
    if (name === "NotReadableError" || name === "AbortError") throw new MicrophoneError("busy");
    throw new MicrophoneError("missing");
  }
}
