/**
 * The shape of the picture of weeks, in numbers only: which weeks, where each moment stands, how the hills run.
 *
 * A week is a row, the latest in front. Height is intensity: how stirred a moment was, times how strong. Moments of
 * a day stand side by side in their order, as a talk of minutes would else be a single line.
 */

/**
 * @typedef {object} Point
 * @property {number} id
 * @property {number} at Unix seconds
 * @property {number} valence -1 to 1
 * @property {number} arousal 0 to 1
 * @property {number} strength 0 to 1
 * @property {boolean} sure
 * @property {string} word
 * @property {boolean} own the person's own word
 *
 * @typedef {object} Placed
 * @property {Point} point
 * @property {number} x in days from the beginning of its week, 0 to 7
 * @property {number} height 0 to 1
 *
 * @typedef {object} Week
 * @property {Date} monday
 * @property {Placed[]} all
 * @property {Placed[]} shown those with a point of their own
 */

const WIDTH = 0.3; // of a moment's hill, in days
const POWER = 4; // how closely the hills follow the highest moments
const LIFT = 0.6; // small intensities are lifted, so that they can be told apart

/** @param {Point} point */
export const height = (point) => Math.min(1, point.arousal * point.strength) ** LIFT;

/** Midnight of the Monday of that week, here. @param {Date} day */
export function mondayOf(day) {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - ((day.getDay() + 6) % 7));
}

/** @param {Date} day @param {number} count */
export const weeksLater = (day, count) => new Date(day.getFullYear(), day.getMonth(), day.getDate() + 7 * count);

/**
 * The weeks from one Monday to the week of `last`, each with its moments in their places.
 * @param {Point[]} points in order @param {Date} first @param {Date} last @param {number} perDay points that a day has room for
 * @returns {Week[]}
 */
export function weeksOf(points, first, last, perDay) {
  /** @type {Week[]} */
  const weeks = [];
  for (let monday = first; monday <= last; monday = weeksLater(monday, 1)) weeks.push({ monday, all: [], shown: [] });
  /** @type {Map<string, Point[]>} */
  const byDay = new Map();
  for (const point of points) {
    const name = new Date(point.at * 1000).toDateString();
    const day = byDay.get(name);
    if (day) day.push(point);
    else byDay.set(name, [point]);
  }
  for (const day of byDay.values()) {
    const date = new Date(day[0].at * 1000);
    const monday = mondayOf(date);
    const week = weeks.find((each) => each.monday.getTime() === monday.getTime());
    if (!week) continue;
    const placed = day.map((point, place) => ({
      point,
      x: ((date.getDay() + 6) % 7) + 0.14 + (0.72 * (place + 0.5)) / day.length,
      height: height(point),
    }));
    week.all.push(...placed);
    week.shown.push(...strongest(placed, perDay));
  }
  for (const week of weeks) {
    week.all.sort((one, other) => one.x - other.x);
    week.shown.sort((one, other) => one.x - other.x);
  }
  return weeks;
}

/** The few that stand out, spread again over the room of their day. @param {Placed[]} day @param {number} most */
function strongest(day, most) {
  if (day.length <= most) return day;
  const kept = new Set([...day].sort((one, other) => other.height - one.height).slice(0, most));
  return day.filter((each) => kept.has(each));
}

/**
 * The line of the hills over one week: height and valence at so many places from Monday to Sunday.
 * The weeks before and after run into it, so that it begins where the row before ended.
 * @param {Week[]} weeks @param {number} row @param {number} samples
 * @returns {{height: number, valence: number}[]}
 */
export function ridge(weeks, row, samples) {
  const near = [-1, 0, 1].flatMap((step) =>
    (weeks[row + step]?.all ?? [])
      .map((each) => ({ ...each, x: each.x + 7 * step }))
      .filter((each) => each.height > 0.02 && each.x > -1 && each.x < 8),
  );
  return Array.from({ length: samples }, (_, at) => {
    const x = (7 * at) / (samples - 1);
    let sum = 0;
    let weight = 0;
    let valence = 0;
    for (const each of near) {
      const here = each.height * Math.exp(-(((each.x - x) / WIDTH) ** 2));
      sum += here ** POWER;
      weight += here;
      valence += here * each.point.valence;
    }
    return { height: sum ** (1 / POWER), valence: weight > 0.01 ? valence / weight : 0 };
  });
}

/** Where a hill is over one moment. @param {{height: number}[]} line @param {number} x in days */
export function over(line, x) {
  const at = (x / 7) * (line.length - 1);
  const left = Math.floor(at);
  const right = Math.min(left + 1, line.length - 1);
  return line[left].height + (line[right].height - line[left].height) * (at - left);
}
