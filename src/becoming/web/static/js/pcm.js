/**
 * The sound on the wire: mono PCM16 little-endian at 24 kHz, base64 in JSON.
 */

/** Samples a second, both ways. */
export const RATE = 24000;

/**
 * @param {Uint8Array} bytes
 * @returns {string} base64
 */
export function toBase64(bytes) {
  let text = "";
  // String.fromCharCode takes its characters as arguments, and engines limit how many.
  for (let start = 0; start < bytes.length; start += 8192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  }
  return btoa(text);
}

/**
 * @param {string} base64 PCM16
 * @returns {Float32Array} samples from -1 to 1
 */
export function samplesOf(base64) {
  const text = atob(base64);
  const samples = new Float32Array(text.length >> 1);
  for (let i = 0; i < samples.length; i += 1) {
    const word = text.charCodeAt(2 * i) | (text.charCodeAt(2 * i + 1) << 8);
    samples[i] = (word > 32767 ? word - 65536 : word) / 32768;
  }
  return samples;
}

/**
 * @param {Int16Array[]} chunks
 * @returns {Uint8Array} a WAV file
 */
export function wavOf(chunks) {
  const size = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
  const file = new Uint8Array(44 + size);
  const view = new DataView(file.buffer);
  const write = (/** @type {number} */ at, /** @type {string} */ text) =>
    [...text].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  write(0, "RIFF");
  view.setUint32(4, 36 + size, true);
  write(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  write(36, "data");
  view.setUint32(40, size, true);
  let at = 44;
  for (const chunk of chunks) {
    file.set(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength), at);
    at += chunk.byteLength;
  }
  return file;
}
