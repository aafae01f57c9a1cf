/**
 * Her voice: a queue that knows to the sample what has really been played.
 *
 * Messages in:  {say, item, samples} {aside, samples} {gain, ms} {drop, ticket} {record}
 * Messages out: {played, item, count} every 200 ms of sound, {quiet, item, count, taken} when the
 *               queue runs dry, {dropped, item, count, ticket}, {loudness}, {tape, began} while recording
 */
const REPORT_EVERY = 0.2 * sampleRate;
const LOUDNESS_EVERY = 0.032 * sampleRate;
const TAPE_EVERY = 0.25 * sampleRate;
/** What is left of the last sample is let go over about 5 ms, so that a stop does not click. */
const LET_GO = Math.exp(-1 / (0.0015 * sampleRate));
const NOTHING = 1e-4;

class Voice extends AudioWorkletProcessor {
  constructor() {
    super();
    /** @type {{item: string, samples: Float32Array}[]} */ this.queue = [];
    /** @type {Float32Array[]} */ this.asides = [];
    this.taken = 0;
    this.place = 0;
    this.asidePlace = 0;
    this.item = "";
    this.count = 0;
    this.reported = 0;
    this.gain = 1;
    this.target = 1;
    this.slope = 0;
    this.last = 0;
    this.energy = 0;
    this.measured = 0;
    this.loud = false;
    /** @type {Int16Array | null} */ this.tape = null;
    this.taped = 0;
    this.port.onmessage = (message) => this.obey(message.data);
  }

  /** @param {any} order */
  obey(order) {
    if (order.say) {
      this.queue.push(order);
      this.taken += 1;
    } else if (order.aside) this.asides.push(order.samples);
    else if (order.drop) this.drop(order.ticket);
    else if ("record" in order) this.record(order.record);
    else if ("gain" in order) {
      this.target = order.gain;
      this.slope = (order.gain - this.gain) / Math.max(1, (order.ms / 1000) * sampleRate);
    }
  }

  /** @param {number} ticket */
  drop(ticket) {
    const item = this.queue.length > 0 ? this.queue[0].item : this.item;
    const count = item === this.item ? this.count : 0;
    this.queue = [];
    this.asides = [];
    this.place = 0;
    this.asidePlace = 0;
    this.gain = this.target = 1;
    this.reported = this.count;
    this.port.postMessage({ dropped: true, item, count, ticket });
  }

  /** @param {Float32Array[][]} inputs @param {Float32Array[][]} outputs */
  process(inputs, [[out]]) {
    for (let i = 0; i < out.length; i += 1) {
      const spoken = this.next();
      this.last = spoken ?? (Math.abs(this.last) < NOTHING ? 0 : this.last * LET_GO);
      out[i] = this.last + this.nextAside();
      this.energy += out[i] * out[i];
    }
    this.measure(out.length);
    if (this.tape) this.write(out);
    return true;
  }

  /** The next sample of her voice after its gain, or null where she is silent. */
  next() {
    if (this.gain !== this.target) {
      const gain = this.gain + this.slope;
      const arrived = this.slope > 0 ? gain >= this.target : gain <= this.target;
      this.gain = arrived ? this.target : gain;
    }
    // Ducked to nothing she waits in mid-word: no sample is lost that nobody could hear.
    if (this.queue.length === 0 || this.gain === 0) return null;
    const { item, samples } = this.queue[0];
    if (item !== this.item) this.begin(item);
    const sample = samples[this.place] * this.gain;
    this.place += 1;
    this.count += 1;
    if (this.count - this.reported >= REPORT_EVERY) this.report("played");
    if (this.place === samples.length) {
      this.queue.shift();
      this.place = 0;
      if (this.queue.length === 0) this.report("quiet");
    }
    return sample;
  }

  nextAside() {
    if (this.asides.length === 0) return 0;
    const sample = this.asides[0][this.asidePlace];
    this.asidePlace += 1;
    if (this.asidePlace === this.asides[0].length) {
      this.asides.shift();
      this.asidePlace = 0;
    }
    return sample;
  }

  /** @param {string} item */
  begin(item) {
    if (this.item && this.count > this.reported) this.report("played");
    this.item = item;
    this.count = 0;
    this.reported = 0;
  }

  /** @param {"played" | "quiet"} what */
  report(what) {
    this.reported = this.count;
    this.port.postMessage({ [what]: true, item: this.item, count: this.count, taken: this.taken });
  }

  /** @param {number} frames */
  measure(frames) {
    this.measured += frames;
    if (this.measured < LOUDNESS_EVERY) return;
    const loudness = Math.sqrt(this.energy / this.measured);
    this.measured = 0;
    this.energy = 0;
    if (loudness > 0.0005 || this.loud) this.port.postMessage({ loudness });
    this.loud = loudness > 0.0005;
  }

  /** @param {boolean} on */
  record(on) {
    if (on) {
      this.tape = new Int16Array(TAPE_EVERY);
      this.began = currentTime;
    } else if (this.tape) {
      this.port.postMessage({ tape: this.tape.slice(0, this.taped), began: this.began, last: true });
      this.tape = null;
    }
    this.taped = 0;
  }

  /** @param {Float32Array} out */
  write(out) {
    for (const sample of out) {
      this.tape[this.taped] = Math.round(Math.max(-1, Math.min(1, sample)) * 32767);
      this.taped += 1;
      if (this.taped < this.tape.length) continue;
      this.port.postMessage({ tape: this.tape.slice(), began: this.began, last: false });
      this.taped = 0;
    }
  }
}

registerProcessor("voice", Voice);
