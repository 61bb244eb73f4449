// All numbers of the page, worked out from a state. What only depends on shapes is kept as long as these stay.

import { geometryOf } from "./entry.js";
import {
  backward, byEnd, convolution, dense, entries, flat, loss, matrix, output, place, positions, product, range, shapeOf,
  touches, wishes,
} from "./numbers.js";
import { biasSymbol, symbol } from "./symbols.js";

/** As many weights have colours of their own as the theme has colours; beyond that each filter has one. */
export const COLOURS = 16;

let kept = { key: "" };

function shapesOf(state) {
  const key = JSON.stringify([shapeOf(state.image), shapeOf(state.kernel), state.stride, state.padding, state.dilation]);
  if (kept.key === key) return kept;
  const geometry = geometryOf(state);
  kept = { key, geometry, touched: touches(geometry), padded: positions(geometry) };
  return kept;
}

/** What a state gives: shapes, taps, the layer, its result, and what learning needs. */
export function derive(state) {
  const { key, geometry, touched, padded } = shapesOf(state);
  const conv = convolution(geometry, touched, state.image, state.kernel, state.bias);
  const learned = state.learn?.dense;
  const layer = learned ? dense(learned.weights, learned.bias, conv.inputs) : conv;
  const table = entries(layer);
  const origin = learned ? entries(conv).flat().map((tap) => (tap < 0 ? -1 : conv.taps[tap][2])) : null;
  const values = {
    key: learned ? `${key} dense` : key,
    geometry, padded, conv, layer, table, origin,
    paddingTaps: learned ? [] : touched.padding,
    ends: byEnd(layer),
    output: output(layer),
    isDense: Boolean(learned),
  };
  return state.learn ? { ...values, ...learning(values, state) } : values;
}

function learning({ layer, output: results }, { learn }) {
  const target = flat(learn.target);
  const differences = results.map((result, index) => result - target[index]);
  const gradients = backward(layer, differences);
  return { target, differences, gradients, wishes: wishes(layer, differences), loss: loss(differences) };
}

/** The colour of a weight as CSS: its own, or that of its filter if there are too many; none for a filled zero. */
export function hue({ conv, geometry, origin }, weight) {
  const shared = origin ? origin[weight] : weight;
  if (shared < 0) return "var(--muted)";
  const many = conv.weights.length > COLOURS;
  return `var(--w${(many ? place(shared, geometry.kernel)[0] : shared) % COLOURS})`;
}

/** The names of things in this layer. */
export function names({ origin, layer }) {
  return {
    pixel: (index) => symbol("pixel", index),
    result: (index) => symbol("result", index),
    weight: (index) => (origin ? (origin[index] < 0 ? "0" : symbol("weight", origin[index])) : symbol("weight", index)),
    bias: (index) => (origin ? "b" : biasSymbol(index, layer.biases.length)),
  };
}

/** The numbers for teachers and tests, nested as cnnmath has them. */
export function published(values) {
  const { geometry, layer, conv } = values;
  return {
    output: values.output, outputShape: geometry.output, pads: geometry.pads,
    taps: layer.taps, paddingTaps: values.paddingTaps, matrix: matrix(layer), sharing: sharing(values),
    equations: range(layer.results).map((result) => ({
      result,
      filter: layer.ofBias[result],
      terms: values.ends.results[result].map((tap) => {
        const [, pixel, weight] = layer.taps[tap];
        return { weight, pixel, weightValue: layer.weights[weight], pixelValue: layer.inputs[pixel] };
      }),
      bias: layer.biases[layer.ofBias[result]],
      value: values.output[result],
    })),
    counts: counts(values),
    inputs: conv.inputs,
    ...(values.gradients
      ? { gradients: values.gradients, differences: values.differences, wishes: values.wishes, loss: values.loss }
      : {}),
  };
}

const sharing = ({ table, layer }) => table.map((row) => row.map((tap) => (tap < 0 ? -1 : layer.taps[tap][2])));

/** The key figures. */
export function counts({ layer, geometry }) {
  const all = layer.results * product(geometry.image);
  return {
    weights: layer.weights.length, taps: layer.taps.length, entries: all, zeros: all - layer.taps.length,
    pixels: layer.inputs.length, results: layer.results,
  };
}
