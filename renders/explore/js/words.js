// What is said: numbers as they are written, and a sentence for whatever is chosen.

import { counts, hue, names } from "./derive.js";
import { parsed } from "./lit.js";
import { place } from "./numbers.js";

const SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
const DIGITS = 4;
const MOST_NAMED = 9;

/** Write a number with a real minus sign, rounded to what can be read. */
export function written(value, digits = DIGITS) {
  if (value === 0 || Number.isInteger(value)) return String(value || 0).replace("-", "−");
  const rounded = Math.abs(value) >= 10 ** digits ? Math.round(value) : Number(value.toPrecision(digits - (Math.abs(value) < 1 ? 1 : 0)));
  return String(rounded).replace("-", "−");
}

/** Write a number as short as a small cell needs it: two places after the point, fewer the larger it is. */
export function short(value) {
  const size = Math.abs(value);
  if (Number.isInteger(value)) return written(value);
  if (size < 0.005) return "≈0";
  return written(Number(value.toFixed(size < 10 ? 2 : size < 100 ? 1 : 0)));
}

/** Count in words: "one weight", "four places", "30 results". */
export const counted = (count, one, many = `${one}s`) => `${SMALL[count] ?? count} ${count === 1 ? one : many}`;
export const listed = (items) =>
  items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
const few = (items, what) =>
  items.length <= MOST_NAMED ? listed(items) : `${items.slice(0, MOST_NAMED - 1).join(", ")} and ${items.length - MOST_NAMED + 1} more ${what}`;
const capital = (text) => text[0].toUpperCase() + text.slice(1);
const inBrackets = (value) => (value < 0 ? `(${written(value)})` : written(value));

/** Say what a thing is: {name, colour, text}; the name stands in its colour before the text. */
export function described(ref, values) {
  const [kind, index, other] = parsed(ref);
  return { weight, pixel, result, bias, tap, zero, added, padding, target: compared, difference: compared }[kind](values, names(values), index, other);
}

function weight(values, name, index) {
  const { layer, ends } = values;
  const taps = ends.weights[index];
  const head = { name: `${name.weight(index)} = ${written(layer.weights[index])}`, colour: hue(values, index) };
  if (values.isDense) {
    const [row, column] = layer.taps[index];
    return { ...head, text: ` is a weight of its own, from ${name.pixel(column)} to ${name.result(row)}: no rule ties it to others.` };
  }
  const pixels = few(taps.map((tap) => name.pixel(layer.taps[tap][1])), "pixels");
  return { ...head, text: `: one weight, ${counted(taps.length, "place")}. ${taps.length ? `It multiplies ${pixels}.` : "It only ever meets padding."}` };
}

function pixel(values, name, index) {
  const { layer, ends } = values;
  const taps = ends.pixels[index];
  const head = { name: `${name.pixel(index)} = ${written(layer.inputs[index])}` };
  if (!taps.length) return { ...head, text: " is a pixel that no result sees." };
  const results = few(taps.map((tap) => name.result(layer.taps[tap][0])), "results");
  const through = values.isDense ? "" : `, through ${few(taps.map((tap) => name.weight(layer.taps[tap][2])), "weights")}`;
  return { ...head, text: ` is a pixel: ${results} ${taps.length === 1 ? "sees" : "see"} it${through}.` };
}

function result(values, name, index) {
  const { layer, ends, output } = values;
  const taps = ends.results[index].map((tap) => layer.taps[tap]);
  const bias = layer.biases[layer.ofBias[index]];
  const head = { name: `${name.result(index)} = ${written(output[index])}` };
  if (taps.length > MOST_NAMED || !taps.length)
    return { ...head, text: ` is the sum of ${counted(taps.length, "product")} and the bias ${written(bias)}.` };
  const products = taps.map(([, pixel, weight]) => `${inBrackets(layer.weights[weight])}·${inBrackets(layer.inputs[pixel])}`);
  return { ...head, text: ` is ${products.join(" + ")} + ${inBrackets(bias)}: the filter’s sum in this place.` };
}

function bias(values, name, index) {
  const { layer, geometry } = values;
  const head = { name: `${name.bias(index)} = ${written(layer.biases[index])}` };
  if (values.isDense) return { ...head, text: ` is the bias of ${name.result(index)} alone.` };
  const whose = geometry.kernel[0] > 1 ? `every result of filter ${index + 1}` : "every result";
  return { ...head, text: ` is the bias: one number, added to ${whose}.` };
}

function tap(values, name, index) {
  const { layer } = values;
  const [row, column, own] = layer.taps[index];
  const [w, x] = [layer.weights[own], layer.inputs[column]];
  const both = `${name.weight(own)}·${name.pixel(column)}`;
  return {
    name: `${both} = ${inBrackets(w)}·${inBrackets(x)} = ${written(w * x)}`,
    colour: hue(values, own),
    text: ` is a term of ${name.result(row)}: an entry of the matrix and a connection from ${name.pixel(column)}.`,
  };
}

function zero(values, name, row, column) {
  return { name: "0", text: ` is an untrainable zero: ${name.result(row)} does not see ${name.pixel(column)}.` };
}

function added(values, name, index) {
  const own = values.layer.ofBias[index];
  return { name: `${name.bias(own)} = ${written(values.layer.biases[own])}`, text: ` is the bias, added to ${name.result(index)}.` };
}

function compared(values, name, index) {
  const [is, wanted] = [values.output[index], values.target[index]].map((value) => written(value));
  return { name: `${name.result(index)} = ${is}`, text: `, and it should be ${wanted}: the difference is ${written(values.differences[index])}.` };
}

function padding(values, name, index) {
  const results = [...new Set(values.paddingTaps.filter(([, position]) => position === index).map(([result]) => name.result(result)))];
  return { name: "0", text: ` is padding and no pixel: ${results.length ? `${few(results, "results")} ${results.length === 1 ? "meets" : "meet"} it.` : "no result meets it."}` };
}

/** The key figures in one line. */
export function figures(values) {
  const { entries, taps, weights, zeros } = counts(values);
  if (values.isDense) return `${entries} entries, each a weight of its own`;
  const copies = `${counted(taps, "copy", "copies")} of ${counted(weights, "weight")}`;
  return capital(`${entries} entries = ${copies}${zeros ? ` + ${counted(zeros, "untrainable zero")}` : ""}`);
}

/** Where a thing stands, for a screen reader: "row 2, column 1", with channel or filter where there are several. */
export function where(index, shape, what) {
  const [plane, row, column] = place(index, shape).slice(-3);
  return `${shape.at(-3) > 1 ? `${what} ${plane + 1}, ` : ""}row ${row + 1}, column ${column + 1}`;
}
