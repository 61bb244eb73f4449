// What belongs to a thing: which others light up with it. Read off the taps, and nothing else.
//
// Things are written as a kind and indices:
//   weight:3  pixel:4  result:0  bias:0   as they are numbered in the core
//   tap:12            the 13th tap: an entry of the matrix, a term of a sum, an edge of the network
//   zero:0:5          the untrainable zero in row 0, column 5
//   added:2           the bias where it is added to result 2
//   padding:7         a position on the padding, counted in the padded image
//   target:0  difference:0    what result 0 should be, and how far it is from that

import { hue } from "./derive.js";

/** The kind of a thing, and its indices. */
export function parsed(ref) {
  const [kind, ...indices] = ref.split(":");
  return [kind, ...indices.map(Number)];
}

/** Map each thing that lights up with `ref` to the colour of the weight that it has to do with, or "". Null for none. */
export function litBy(ref, values) {
  if (!ref) return null;
  const [kind, index, other] = parsed(ref);
  const lit = new Map();
  const ways = { weight, pixel, result, bias, tap, zero, added, padding, target: compared, difference: compared };
  return ways[kind]?.(index, values, (thing, colour = "") => lit.set(thing, colour), other) ? lit : null;
}

function eachTap(taps, values, add, ends) {
  for (const index of taps) {
    const [result, pixel, weight] = values.layer.taps[index];
    const colour = hue(values, weight);
    add(`tap:${index}`, colour);
    if (ends.includes("pixel")) add(`pixel:${pixel}`, colour);
    if (ends.includes("weight")) add(`weight:${weight}`, colour);
    if (ends.includes("result")) add(`result:${result}`);
  }
}

function weight(index, values, add) {
  if (!(index < values.layer.weights.length)) return false;
  add(`weight:${index}`, hue(values, index));
  eachTap(values.ends.weights[index], values, add, ["pixel"]);
  return true;
}

function pixel(index, values, add) {
  if (!(index < values.layer.inputs.length)) return false;
  eachTap(values.ends.pixels[index], values, add, ["weight", "result"]);
  add(`pixel:${index}`);
  return true;
}

function result(index, values, add) {
  if (!(index < values.layer.results)) return false;
  eachTap(values.ends.results[index], values, add, ["pixel", "weight"]);
  for (const [of, position, weight] of values.paddingTaps)
    if (of === index) {
      add(`padding:${position}`, hue(values, weight));
      add(`weight:${weight}`, hue(values, weight));
    }
  add(`result:${index}`);
  add(`added:${index}`);
  add(`bias:${values.layer.ofBias[index]}`);
  for (const kind of values.target ? ["target", "difference"] : []) add(`${kind}:${index}`);
  return true;
}

function bias(index, values, add) {
  if (!(index < values.layer.biases.length)) return false;
  add(`bias:${index}`);
  values.layer.ofBias.forEach((own, result) => {
    if (own === index) for (const thing of [`added:${result}`, `result:${result}`]) add(thing);
  });
  return true;
}

function tap(index, values, add) {
  if (!(index < values.layer.taps.length)) return false;
  eachTap([index], values, add, ["pixel", "weight", "result"]);
  return true;
}

function zero(row, values, add, column) {
  if (!(row < values.layer.results && column < values.layer.inputs.length) || values.table[row][column] >= 0) return false;
  for (const thing of [`zero:${row}:${column}`, `result:${row}`, `pixel:${column}`]) add(thing);
  return true;
}

function added(index, values, add) {
  if (!(index < values.layer.results)) return false;
  for (const thing of [`added:${index}`, `bias:${values.layer.ofBias[index]}`, `result:${index}`]) add(thing);
  return true;
}

/** A target and a difference are about their result. */
function compared(index, values, add) {
  if (!values.target || !(index < values.layer.results)) return false;
  for (const kind of ["target", "difference", "result"]) add(`${kind}:${index}`);
  return true;
}

function padding(index, values, add) {
  const touching = values.paddingTaps.filter(([, position]) => position === index);
  if (!touching.length && !values.padded.flat(2).some((cell) => cell.position === index && cell.pixel < 0)) return false;
  add(`padding:${index}`);
  for (const [result, , weight] of touching) {
    add(`result:${result}`);
    add(`weight:${weight}`, hue(values, weight));
  }
  return true;
}
