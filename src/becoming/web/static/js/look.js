/**
 * One picture at a touch, for a model that sees: the camera is on for that moment only, the picture is shown to the
 * person while she speaks of it, and then it is gone.
 */
import { toBase64 } from "./pcm.js";
import { part } from "./page.js";

const LARGEST = 768;
const QUALITY = 0.75;
/** A camera needs so many pictures to get used to the light. */
const FRAMES = 8;

/** @type {Record<string, string>} */
const TROUBLES = {
  NotAllowedError: "The camera is turned off for this page. Allow it with the sign beside the address, or tell her what you see.",
  NotFoundError: "There is no camera on this device. Tell her what you see.",
  NotReadableError: "Another program is keeping the camera to itself. Close it, or tell her what you see.",
};

export class Look {
  #button = /** @type {HTMLButtonElement} */ (part("look"));
  #frame = part("frame");
  #answered = false;
  #canvas = /** @type {HTMLCanvasElement} */ (part("frame-picture"));

  /**
   * @param {(base64: string) => void} onPicture a JPEG
   * @param {(text: string) => void} onTrouble
   */
  constructor(onPicture, onTrouble) {
    this.onPicture = onPicture;
    this.onTrouble = onTrouble;
    this.#button.addEventListener("click", () => this.#look());
  }

  /** @param {string} where the computer the picture goes to; empty where her model sees nothing */
  offer(where) {
    this.#button.hidden = !where;
    part("frame-words").textContent = `Shown once to ${where}, and kept nowhere here.`;
  }

  /** She begins to speak. */
  reply() {
    this.#answered = !this.#frame.hidden;
  }

  /** She has spoken; if it was of the picture, it goes. */
  over() {
    if (!this.#answered) return;
    this.#frame.hidden = true;
    this.#canvas.width = this.#canvas.height = 0;
  }

  async #look() {
    this.#button.disabled = true;
    try {
      await this.#take();
      this.#frame.hidden = false;
      const jpeg = await new Promise((resolve) => this.#canvas.toBlob(resolve, "image/jpeg", QUALITY));
      this.onPicture(toBase64(new Uint8Array(await jpeg.arrayBuffer())));
    } catch (error) {
      if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
      this.onTrouble(TROUBLES[error.name] ?? "A browser lends this page no camera over plain http. Open it over https, or tell her what you see.");
    } finally {
      this.#button.disabled = false;
    }
  }

  async #take() {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    try {
      const video = document.createElement("video");
      video.muted = video.playsInline = true;
      video.srcObject = stream;
      await video.play();
      for (let count = 0; count < FRAMES; count += 1) await new Promise((seen) => video.requestVideoFrameCallback(seen));
      const scale = Math.min(1, LARGEST / Math.max(video.videoWidth, video.videoHeight));
      this.#canvas.width = Math.round(video.videoWidth * scale);
      this.#canvas.height = Math.round(video.videoHeight * scale);
      this.#canvas.getContext("2d")?.drawImage(video, 0, 0, this.#canvas.width, this.#canvas.height);
    } finally {
      for (const track of stream.getTracks()) track.stop();
    }
  }
}
