/**
 * What she is doing, as far as the person can tell: one of six moods, out of everything the wire says.
 */

/** @typedef {"asleep" | "listening" | "hearing" | "thinking" | "speaking" | "ducked"} Mood */
/** @typedef {import("./socket.js").WireEvent} WireEvent */

const WORDS = Object.freeze({
  asleep: "asleep",
  listening: "listening",
  hearing: "hearing you",
  thinking: "thinking",
  speaking: "speaking",
  ducked: "waiting for you",
});

/**
 * The mood in words, under the shape and for the screen reader.
 * @param {Mood} mood
 * @param {{ears: boolean, holding: boolean, held: boolean}} hands microphone open, push to talk, held now
 */
export function moodWords(mood, { ears, holding, held }) {
  if (mood !== "listening") return WORDS[mood];
  if (!ears) return "here, reading";
  if (holding) return held ? WORDS.hearing : "hold to talk";
  return WORDS.listening;
}

export class Moods {
  /** Somebody woke her, and the wire is open. */
  awake = false;
  /** The person let her rest: she does not listen, but answers what is written. */
  resting = false;
  /** Her sound is queued or playing here (the server cannot know). */
  playing = false;
  #hearing = false;
  #thinking = false;
  #ducked = false;
  /** A reply has begun and is not over: between two of its sounds she is still speaking. */
  #replying = false;
  #begun = false;

  /** @returns {Mood} */
  get mood() {
    if (!this.awake) return "asleep";
    if (this.speaking) return this.#ducked ? "ducked" : "speaking";
    if (this.#hearing) return "hearing";
    if (this.#thinking) return "thinking";
    return this.resting ? "asleep" : "listening";
  }

  /** Her reply is being heard, or has more to come. */
  get speaking() {
    return this.playing || (this.#replying && this.#begun);
  }

  /** The person is in the middle of a turn. */
  get hearing() {
    return this.#hearing;
  }

  /** There is something to stop. */
  get busy() {
    return this.speaking || this.#replying || this.#thinking;
  }

  /** A reply was asked for from here, by text. */
  asked() {
    this.#thinking = true;
  }

  /** She was stopped from here: what the server still has to say about that reply changes nothing. */
  stopped() {
    this.playing = this.#replying = this.#begun = this.#thinking = this.#ducked = false;
  }

  /** The wire broke: nothing of what it said holds any longer. */
  lost() {
    this.stopped();
    this.awake = this.#hearing = false;
  }

  /** @param {WireEvent} event */
  take(event) {
    switch (event.type) {
      case "input_audio_buffer.speech_started":
        this.stopped();
        this.#hearing = true;
        break;
      case "input_audio_buffer.speech_stopped":
        this.#hearing = false;
        break;
      case "input_audio_buffer.committed":
        this.#hearing = false;
        this.#thinking = true;
        break;
      case "response.created":
        this.#replying = this.#thinking = true;
        this.#begun = this.#ducked = false;
        break;
      case "response.output_audio.delta":
        if (this.#replying) this.#begun = true;
        this.#thinking = false;
        break;
      case "response.output_text.delta":
        this.#thinking = false;
        break;
      case "response.done":
        this.#replying = this.#begun = this.#thinking = false;
        break;
      case "becoming.duck":
        this.#ducked = true;
        break;
      case "becoming.resume":
        this.#ducked = false;
        break;
      case "becoming.state":
        this.#thinking = this.#replying;
        break;
    }
  }
}
