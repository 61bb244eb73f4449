// Changing shapes: sizes of image and filter, channels and filters, and how the filter moves.

import { geometryOf, read, Refused, write } from "./entry.js";
import { flat, range, shapeOf } from "./numbers.js";
import { freshTarget } from "./targets.js";
import { attempt } from "./store.js";

/** What fills new pixels and new weights: small numbers, next to each other different. */
const PIXELS = [2, 7, 1, 8, 4, 9, 3, 0, 6, 5];
const WEIGHTS = [2, -3, 4, -2, 5, 3, -4, 6, -5];

const grown = (nested, shape, fill, depth = 0) =>
  depth === shape.length ? nested ?? fill() : range(shape[depth]).map((index) => grown(nested?.[index], shape, fill, depth + 1));

function filler(numbers, taken) {
  let next = taken;
  return () => numbers[next++ % numbers.length];
}

/** Give nested numbers another shape: what stays keeps its place, what is new is filled in. */
const resized = (nested, shape, numbers) => grown(nested, shape, filler(numbers, flat(nested).length));

/** Check a new state as an entry is checked, and give it a target of its shape if it learns. */
export function checked(state) {
  const next = read({ ...write({ ...state, learn: null }) });
  if (!state.learn) return next;
  const same = String(geometryOf(next).output) === String(shapeOf(state.learn.target));
  const target = same ? state.learn.target : freshTarget(next);
  return { ...next, learn: { ...state.learn, target, dense: null, losses: [] } };
}

const SIZES = { rows: ["image", 1], columns: ["image", 2], high: ["kernel", 2], wide: ["kernel", 3], filters: ["kernel", 0] };

/** Set one size: rows, columns and channels of the image, high and wide of the filter, filters. */
export function setSize(what, size) {
  return attempt((state) => {
    if (!Number.isInteger(size) || size < 1) throw new Refused(`a size must be a whole number from 1; got ${size}`);
    if (what === "channels") return checked(withChannels(state, size));
    const [key, axis] = SIZES[what];
    const shape = shapeOf(state[key]).with(axis, size);
    const next = { ...state, [key]: resized(state[key], shape, key === "image" ? PIXELS : WEIGHTS) };
    if (what === "filters") next.bias = range(size).map((index) => state.bias[index] ?? 0);
    return checked(next);
  }, `size:${what}`);
}

function withChannels(state, channels) {
  const image = resized(state.image, shapeOf(state.image).with(0, channels), PIXELS);
  const kernel = resized(state.kernel, shapeOf(state.kernel).with(1, channels), WEIGHTS);
  return { ...state, image, kernel };
}

/** Read "2", "1,2", "1×2", "same", or "0,1;2,2" (top and bottom; left and right) as a lecture entry has it. */
export function readMove(text) {
  const plain = text.trim().toLowerCase();
  if (["same", "valid"].includes(plain)) return plain;
  const sides = plain.split(";").map((side) => side.trim().split(/[\s,×x]+/).map((part) => (/^\d+$/.test(part) ? Number(part) : NaN)));
  if (sides.flat().some(Number.isNaN)) throw new Refused(`expected a whole number such as 1, or rows and columns such as 1, 2; got “${text.trim().slice(0, 20)}”`);
  const values = sides.map((side) => (side.length === 1 ? side[0] : side));
  return values.length === 1 ? values[0] : values;
}

/** Set stride, padding or dilation from what was typed. */
export const setMove = (key, text) =>
  attempt((state) => checked({ ...state, ...{ [key]: read({ ...write({ ...state, learn: null }), [key]: readMove(text) })[key] } }), `move:${key}`);
