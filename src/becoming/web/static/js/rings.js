/**
 * Draws one picture of the rings. No state: the same arguments draw the same picture.
 */

/** @typedef {import("./forms.js").Form} Form */
/** @typedef {{near: string, far: string, heart: string}} Ink */
/** @typedef {{drift: number, turn: number, breath: number}} Phases where each motion stands, radians */

const RINGS = 11;
const POINTS = 80;
const TURN = 2 * Math.PI;

/** Precomputed directions: the same for every ring of every picture. */
const DIRECTIONS = Array.from({ length: POINTS + 1 }, (_, k) => {
  const angle = (k / POINTS) * TURN;
  return { angle, cos: Math.cos(angle), sin: Math.sin(angle) };
});

/**
 * @param {CanvasRenderingContext2D} canvas
 * @param {number} extent half the canvas, in CSS pixels
 * @param {Form} form
 * @param {Phases} phases
 * @param {(ring: number) => number} loudness of the sound that is passing ring 0 (heart) … 1 (rim)
 * @param {Ink} ink
 */
export function drawRings(canvas, extent, form, phases, loudness, ink) {
  const breath = 1 + form.breath * Math.sin(phases.breath);
  const radius = extent * form.size * breath;
  canvas.clearRect(0, 0, 2 * extent, 2 * extent);
  canvas.save();
  canvas.translate(extent, extent * (1 + form.sink));
  canvas.scale(1, 1 - 0.82 * form.flat);
  canvas.lineCap = "round";
  if (form.fill > 0.01) drawHeart(canvas, radius, form, phases, loudness(0), ink);
  for (let ring = RINGS - 1; ring >= 0; ring -= 1) {
    const place = ring / (RINGS - 1);
    canvas.globalAlpha = 1 - 0.62 * place;
    canvas.strokeStyle = place < 0.5 ? ink.near : ink.far;
    canvas.lineWidth = form.weight * (1.15 - 0.5 * place);
    const dash = (TURN * radius * (0.4 + 0.6 * place)) / 14;
    canvas.setLineDash(form.broken > 0.02 ? [dash * (1 - 0.75 * form.broken), dash * form.broken] : []);
    traceRing(canvas, radius, form, phases, place, loudness(place));
    canvas.stroke();
  }
  canvas.restore();
}

/**
 * @param {CanvasRenderingContext2D} canvas @param {number} radius @param {Form} form
 * @param {Phases} phases @param {number} place @param {number} level
 */
function traceRing(canvas, radius, form, phases, place, level) {
  const reach = form.core + (1 - form.core) * place ** (1 / form.crowd);
  // The rim moves least, so that the loudest word stays inside the canvas.
  const base = radius * reach * (1 + 0.24 * form.wave * level * (1 - 0.7 * place));
  const lean = radius * form.swirl * (1 - place);
  const whirl = phases.turn + place * 3.2;
  const shiftX = lean * Math.cos(whirl);
  const shiftY = lean * Math.sin(whirl);
  const uneven = form.wander * (0.6 + 1.2 * place) + 0.05 * form.wave * level;
  const phase = phases.drift + place * 0.9;
  canvas.beginPath();
  for (const { angle, cos, sin } of DIRECTIONS) {
    const bend =
      0.52 * Math.sin(2 * angle + phase) +
      0.3 * Math.sin(3 * angle - 1.3 * phase + 2) +
      0.18 * Math.sin(5 * angle + 0.7 * phase + 4);
    const r = base * (1 + uneven * bend);
    canvas.lineTo(shiftX + r * cos, shiftY + r * sin);
  }
  canvas.closePath();
}

/**
 * @param {CanvasRenderingContext2D} canvas @param {number} radius @param {Form} form
 * @param {Phases} phases @param {number} level @param {Ink} ink
 */
function drawHeart(canvas, radius, form, phases, level, ink) {
  canvas.globalAlpha = form.fill;
  canvas.fillStyle = ink.heart;
  traceRing(canvas, radius * 0.86, form, phases, 0, level);
  canvas.fill();
}
