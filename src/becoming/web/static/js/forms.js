/**
 * The six forms of the living shape: the rings of a tree, seen from the cut.
 *
 * Lengths are shares of the shape's radius, speeds are radians a second. Each mood differs from
 * every other by form and by motion, so that colour carries nothing alone and a still picture
 * (reduced motion) can still be read.
 */

/**
 * @typedef {object} Form
 * @property {number} size     radius of the outermost ring
 * @property {number} core     radius of the innermost ring
 * @property {number} fill     how solid the heart is, 0..1
 * @property {number} crowd    above 1 the rings crowd outwards, below 1 inwards
 * @property {number} flat     0 round … 1 a closed line
 * @property {number} sink     how far the whole lies below the middle
 * @property {number} wander   how uneven the rings are
 * @property {number} drift    how fast the unevenness goes round
 * @property {number} swirl    how far the rings lean off the middle, like a whirl
 * @property {number} turn     how fast the whirl goes round
 * @property {number} broken   how open the rings are: 0 closed … 1 short strokes
 * @property {number} wave     how strongly loudness moves the rings
 * @property {number} inward   1: sound runs from the outside in; -1: from the heart outwards
 * @property {number} weight   line width in CSS pixels
 * @property {number} breath   how deep it breathes
 * @property {number} fps      pictures a second while it moves; 0: it is still once it has arrived
 */

/** @type {Readonly<Record<import("./mood.js").Mood, Form>>} */
export const FORMS = Object.freeze({
  asleep: {
    size: 0.84, core: 0.06, fill: 0, crowd: 1.15, flat: 0.88, sink: 0.06, wander: 0.02, drift: 0,
    swirl: 0, turn: 0, broken: 0, wave: 0, inward: 0, weight: 1.3, breath: 0, fps: 0,
  },
  listening: {
    size: 0.74, core: 0.3, fill: 0, crowd: 1, flat: 0, sink: 0, wander: 0.035, drift: 0.16,
    swirl: 0, turn: 0, broken: 0, wave: 0.4, inward: 1, weight: 1.5, breath: 0.02, fps: 15,
  },
  hearing: {
    size: 0.8, core: 0.46, fill: 0, crowd: 1.35, flat: 0, sink: 0, wander: 0.03, drift: 0.3,
    swirl: 0, turn: 0, broken: 0, wave: 1.2, inward: 1, weight: 1.6, breath: 0.01, fps: 24,
  },
  thinking: {
    size: 0.64, core: 0.08, fill: 0.25, crowd: 0.9, flat: 0, sink: 0, wander: 0.04, drift: 0.5,
    swirl: 0.3, turn: 1.5, broken: 0, wave: 0, inward: 0, weight: 1.5, breath: 0, fps: 15,
  },
  speaking: {
    size: 0.74, core: 0.3, fill: 1, crowd: 0.85, flat: 0, sink: 0, wander: 0.05, drift: 0.5,
    swirl: 0, turn: 0, broken: 0, wave: 1.7, inward: -1, weight: 1.7, breath: 0, fps: 24,
  },
  ducked: {
    size: 0.66, core: 0.17, fill: 0.5, crowd: 0.9, flat: 0.45, sink: 0.2, wander: 0.03, drift: 0.2,
    swirl: 0, turn: 0, broken: 0.5, wave: 0.4, inward: 1, weight: 1.4, breath: 0, fps: 15,
  },
});

/**
 * Moves every measure of `now` a step towards `goal`.
 * @param {Form} now changed in place
 * @param {Form} goal
 * @param {number} share of the way, 0..1
 * @returns {boolean} whether it has arrived
 */
export function approach(now, goal, share) {
  let furthest = 0;
  for (const key of /** @type {(keyof Form)[]} */ (Object.keys(goal))) {
    now[key] += (goal[key] - now[key]) * share;
    if (key !== "fps") furthest = Math.max(furthest, Math.abs(goal[key] - now[key]));
  }
  return furthest < 0.004;
}
