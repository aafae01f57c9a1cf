/**
 * Microphone → 40 ms packets of PCM16 at 24 kHz, each with its loudness.
 *
 * The context usually runs at 24 kHz and nothing is resampled. Where a browser insists on the
 * device's own rate (Firefox), a windowed sinc brings it to 24 kHz here.
 */
const RATE = 24000;
const PACKET = 960;
const HALF_TAPS = 16;

class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.packet = new Int16Array(PACKET);
    this.filled = 0;
    this.energy = 0;
    this.step = sampleRate / RATE;
    this.cutoff = Math.min(1, 1 / this.step);
    /** The input still needed for resampling, and where in it the next output sample lies. */
    this.history = new Float32Array(0);
    this.at = HALF_TAPS / this.cutoff;
  }

  /** @param {Float32Array[][]} inputs */
  process([input]) {
    if (input.length > 0) {
      const samples = this.step === 1 ? input[0] : this.resample(input[0]);
      for (const sample of samples) this.add(sample);
    }
    return true;
  }

  /** @param {number} sample */
  add(sample) {
    const clipped = Math.max(-1, Math.min(1, sample));
    this.packet[this.filled] = Math.round(clipped * 32767);
    this.energy += clipped * clipped;
    this.filled += 1;
    if (this.filled < PACKET) return;
    const loudness = Math.sqrt(this.energy / PACKET);
    this.port.postMessage({ pcm: this.packet.buffer, loudness }, [this.packet.buffer]);
    this.packet = new Int16Array(PACKET);
    this.filled = 0;
    this.energy = 0;
  }

  /** @param {Float32Array} input @returns {number[]} */
  resample(input) {
    const reach = HALF_TAPS / this.cutoff;
    const joined = new Float32Array(this.history.length + input.length);
    joined.set(this.history);
    joined.set(input, this.history.length);
    const output = [];
    for (; this.at + reach < joined.length; this.at += this.step) output.push(this.sample(joined, reach));
    const spent = Math.max(0, Math.floor(this.at - reach));
    this.history = joined.slice(spent);
    this.at -= spent;
    return output;
  }

  /** @param {Float32Array} input @param {number} reach */
  sample(input, reach) {
    let sum = 0;
    for (let i = Math.max(0, Math.ceil(this.at - reach)); i <= this.at + reach; i += 1) {
      const x = (i - this.at) * this.cutoff;
      const window = 0.5 + 0.5 * Math.cos((Math.PI * x) / HALF_TAPS);
      const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
      sum += input[i] * sinc * window;
    }
    return sum * this.cutoff;
  }
}

registerProcessor("capture", Capture);
