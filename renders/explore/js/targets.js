// What a layer should give, and how large a step is at first.

import { derive } from "./derive.js";
import { nest } from "./numbers.js";

const ROUND = 5;

/** Targets near the results: multiples of five. */
export function freshTarget(state) {
  const { output, geometry } = derive({ ...state, learn: null });
  return nest(output.map((value) => Math.round(value / ROUND) * ROUND), geometry.output);
}

/** A rate at which the loss falls: below 2 over the largest curvature, which the sum of all curvatures bounds. */
export function safeRate(state) {
  const { layer } = derive({ ...state, learn: null });
  const curvatures = layer.taps.reduce((sum, [, pixel]) => sum + layer.inputs[pixel] ** 2, layer.results);
  return Number((0.5 / curvatures).toPrecision(1));
}
