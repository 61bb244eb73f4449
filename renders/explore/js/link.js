// A state in an address, to be read by people too: #image=2,7,1;8,4,9;3,0,6&kernel=2,-3;4,-2&bias=5
//
// Columns are parted by a comma, rows by a semicolon, channels by a slash; each filter has a `kernel` of its own.

import { read, Refused, write } from "./entry.js";
import { shapeOf } from "./numbers.js";

const rows = (matrix) => matrix.map((row) => row.join(",")).join(";");
const planes = (nested) => (shapeOf(nested).length === 3 ? nested.map(rows).join("/") : rows(nested));

/** Write a state behind the # of an address; what is as usual is left out. */
export function toLink(state) {
  const entry = write(state);
  const parts = [`image=${planes(entry.image)}`, ...state.kernel.map((filter) => `kernel=${planes(filter)}`)];
  if ([entry.bias].flat().some((bias) => bias !== 0)) parts.push(`bias=${[entry.bias].flat().join(",")}`);
  for (const [key, usual] of [["stride", 1], ["dilation", 1]])
    if (entry[key] !== usual) parts.push(`${key}=${[entry[key]].flat().join(",")}`);
  if (entry.padding === "same") parts.push("padding=same");
  else if (entry.padding !== 0) parts.push(`padding=${[entry.padding].flat().map((side) => [side].flat().join(",")).join(Array.isArray([entry.padding].flat()[0]) ? ";" : ",")}`);
  if (entry.notation !== "letters") parts.push(`notation=${entry.notation}`);
  if (entry.target) parts.push(`target=${planes(entry.target)}`, `rate=${entry.rate}`);
  if (entry.dense) parts.push(`weights=${rows(entry.dense.weights)}`, `biases=${entry.dense.bias.join(",")}`);
  return parts.join("&");
}

function number(text, key) {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new Refused(`${key} must hold numbers; got “${text.slice(0, 30)}”`);
  return value;
}

const list = (text, key) => text.split(",").map((part) => number(part, key));
const matrix = (text, key) => text.split(";").map((row) => list(row, key));
const block = (text, key) => (text.includes("/") ? text.split("/").map((plane) => matrix(plane, key)) : matrix(text, key));
const single = (values) => (values.length === 1 ? values[0] : values);

const READERS = {
  image: block,
  kernel: (text) => { const read = block(text, "kernel"); return shapeOf(read).length === 2 ? [read] : read; },
  bias: (text, key) => single(list(text, key)),
  stride: (text, key) => single(list(text, key)),
  dilation: (text, key) => single(list(text, key)),
  padding: (text, key) => (text === "same" ? text : text.includes(";") ? matrix(text, key) : single(list(text, key))),
  notation: (text) => text,
  target: block,
  rate: number,
  weights: matrix,
  biases: list,
};

/** Read a state from behind the # of an address; throws Refused for a broken one. */
export function fromLink(text) {
  const entry = { kernel: [] };
  for (const part of decodeURIComponent(text).split("&")) {
    const [key, value] = [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)];
    if (!(key in READERS)) throw new Refused(`there is no “${(key || part).slice(0, 30)}” in a state`);
    const value_ = READERS[key](value, key);
    if (key === "kernel") entry.kernel.push(value_);
    else entry[key] = value_;
  }
  if (entry.weights) entry.dense = { weights: entry.weights, bias: entry.biases };
  if (!entry.kernel.length) delete entry.kernel;
  return read(entry);
}
