// A state as a lecture entry: reading one with all that may be wrong in it, and writing it as short as it can be.
//
// The page's own form of it has all axes: image [C][H][W], kernel [F][C][kh][kw], bias [F], pairs for the rest. `learn`
// is null, or {target, rate, dense, losses}: target [F][oh][ow], dense null or {weights [M][N], bias [M]}.

import { limits } from "./data.js";
import { flat, layout, product, range, shapeOf } from "./numbers.js";

export class Refused extends Error {}
const refuse = (message) => { throw new Refused(message); };
const shown = (value) => { const text = JSON.stringify(value) ?? String(value); return text.length > 40 ? `${text.slice(0, 37)}…` : text; };
export const LARGEST = 1e9;

/** Read a number from what was typed: with any minus sign, a decimal comma, or a fraction. NaN for anything else. */
export function typed(text) {
  const plain = text.trim().replace(/^[−–‐‑]/, "-").replace(/^([-+]?\d*),(\d+)$/, "$1.$2");
  const fraction = plain.match(/^([-+]?\d+)\/(\d+)$/);
  if (fraction && Number(fraction[2])) return Number(fraction[1]) / Number(fraction[2]);
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
}

function regular(name, value, axes) {
  const shape = shapeOf(value);
  const even = (nested, depth) =>
    depth === shape.length ? !Array.isArray(nested) : Array.isArray(nested) && nested.length === shape[depth] && nested.every((item) => even(item, depth + 1));
  if (!even(value, 0) || flat(value).length === 0) refuse(`${name} must be rows of numbers, all of one length; got ${shown(value)}`);
  if (!axes.includes(shape.length)) refuse(`${name} must be nested ${axes.join(", ")} deep; got ${shape.length}`);
  const wrong = flat(value).find((number) => typeof number !== "number" || !Number.isFinite(number));
  if (wrong !== undefined) refuse(`${name} must hold numbers; got ${shown(wrong)}`);
  const large = flat(value).find((number) => Math.abs(number) > LARGEST);
  if (large !== undefined) refuse(`${name} must hold numbers up to ${LARGEST}; got ${shown(large)}`);
  return value;
}

/** Put axes of 1 in front, until there are so many. */
const padAxes = (value, axes) => range(axes - shapeOf(value).length).reduce((nested) => [nested], value);

function whole(name, value, least, most) {
  if (!Number.isInteger(value) || value < least || value > most)
    refuse(`${name} must be a whole number from ${least} to ${most}, or a pair (rows, columns) of them; got ${shown(value)}`);
  return value;
}

const pair = (name, value, least, most) =>
  Array.isArray(value) && value.length !== 2
    ? refuse(`${name} must be one whole number or a pair (rows, columns); got ${shown(value)}`)
    : [0, 1].map((axis) => whole(name, Array.isArray(value) ? value[axis] : value, least, most));

function readPadding(value) {
  if (value === "same") return "same";
  if (typeof value === "string" && value !== "valid") refuse(`padding must be a number, a pair, "valid" or "same"; got ${shown(value)}`);
  if (Array.isArray(value) && value.some(Array.isArray)) {
    if (value.length !== 2 || !value.every((side) => Array.isArray(side) && side.length === 2))
      refuse(`padding must be ((top, bottom), (left, right)) if it has pairs in it; got ${shown(value)}`);
    return value.map((side) => pair("padding", side, 0, limits.padding));
  }
  return pair("padding", value === "valid" ? 0 : value, 0, limits.padding).map((side) => [side, side]);
}

function atMost(name, what, size, most) {
  if (size > most) refuse(`${name} may have up to ${most} ${what} here; got ${size}`);
}

/** Read a lecture entry; throws Refused with a clear word for what is wrong. */
export function read(entry) {
  if (!entry || typeof entry !== "object" || Array.isArray(entry)) refuse(`expected a lecture entry; got ${shown(entry)}`);
  for (const key of ["image", "kernel"]) if (entry[key] === undefined) refuse(`${key} is missing`);
  const image = padAxes(regular("image", entry.image, [2, 3]), 3);
  const kernel = padAxes(regular("kernel", entry.kernel, [2, 3, 4]), 4);
  const [channels, rows, columns] = shapeOf(image);
  const [filters, depth, high, wide] = shapeOf(kernel);
  atMost("image", "rows and columns", Math.max(rows, columns), limits.side);
  atMost("image", "channels", channels, limits.channels);
  atMost("kernel", "rows and columns", Math.max(high, wide), limits.filter);
  atMost("kernel", "filters", filters, limits.filters);
  if (depth !== channels) refuse(`kernel and image must have the same number of channels; got ${depth} and ${channels}`);
  const given = regular("bias", entry.bias ?? 0, [0, 1]);
  const bias = Array.isArray(given) ? given : range(filters).map(() => given);
  if (bias.length !== filters) refuse(`bias must be one number, or one a filter, ${filters}; got ${bias.length}`);
  const notation = entry.notation ?? "letters";
  if (!["letters", "numbers"].includes(notation)) refuse(`notation must be "letters" or "numbers"; got ${shown(notation)}`);
  const state = {
    image, kernel, bias, notation,
    stride: pair("stride", entry.stride ?? 1, 1, limits.stride),
    padding: readPadding(entry.padding ?? 0),
    dilation: pair("dilation", entry.dilation ?? 1, 1, limits.dilation),
    learn: null,
  };
  const geometry = geometryOf(state);
  const by = (sides) => sides.join("×");
  if (!geometry.fits)
    refuse(`the filter spans ${by(geometry.span)} and does not fit in the padded image of ${by(geometry.padded.slice(1))}`);
  state.learn = readLearning(entry, geometry);
  return state;
}

function readLearning(entry, { output, image }) {
  if (entry.target === undefined) return null;
  const target = padAxes(regular("target", entry.target, [2, 3]), 3);
  if (String(shapeOf(target)) !== String(output)) refuse(`target must have the output's shape ${output.join("×")}; got ${shapeOf(target).join("×")}`);
  const rate = entry.rate ?? 0.005;
  if (typeof rate !== "number" || !Number.isFinite(rate)) refuse(`rate must be a number; got ${shown(rate)}`);
  let dense = null;
  if (entry.dense) {
    const weights = regular("dense weights", entry.dense.weights, [2]);
    const bias = regular("dense bias", entry.dense.bias, [1]);
    const expected = [product(output), product(image)];
    if (String(shapeOf(weights)) !== String(expected) || bias.length !== expected[0])
      refuse(`dense weights must be ${expected.join("×")} with a bias a row; got ${shapeOf(weights).join("×")} and ${bias.length}`);
    dense = { weights, bias };
  }
  return { target, rate, dense, losses: [] };
}

export const geometryOf = (state) => layout({ ...state, image: shapeOf(state.image), kernel: shapeOf(state.kernel) });

const lessAxes = (nested, least) => (shapeOf(nested).length > least && nested.length === 1 ? lessAxes(nested[0], least) : nested);
const lessPair = (pair) => (pair[0] === pair[1] ? pair[0] : pair);

/** Write a state as a lecture entry, without leading axes of 1. Learning adds keys of its own: target, rate, dense. */
export function write(state) {
  const { padding, learn } = state;
  const symmetric = padding !== "same" && padding.every(([before, after]) => before === after);
  const entry = {
    image: lessAxes(state.image, 2),
    kernel: lessAxes(state.kernel, 2),
    bias: lessAxes(state.bias, 0),
    stride: lessPair(state.stride),
    padding: symmetric ? lessPair(padding.map(([side]) => side)) : padding,
    dilation: lessPair(state.dilation),
    notation: state.notation,
  };
  if (!learn) return entry;
  return { ...entry, target: learn.target, rate: learn.rate, ...(learn.dense ? { dense: learn.dense } : {}) };
}
