// Reading digits: the trained network, layer by layer, on the page's own taps.

import { told } from "./data.js";
import { computed, signal } from "./lib.js";
import { convolution, dense, flat, layout, maxPooled, output, product, shapeOf, softmax, touches } from "./numbers.js";

export const network = told.digits;
const geometry = layout({ image: network.shape, kernel: shapeOf(network.kernel), stride: [1, 1], padding: [[0, 0], [0, 0]], dilation: [1, 1] });
const touched = touches(geometry);
const FULL = 16;

/** What is drawn: each pixel from 0, paper, to 1, ink, in sixteenths as the digits that were learned from. */
export const ink = signal(network.examples[3].map((sixteenths) => sixteenths / FULL));
export const exact = (value) => Math.round(Math.max(0, Math.min(1, value)) * FULL) / FULL;

/** All layers for an image: the filters' results, what is above zero, the largest of each window, scores, shares. */
export function readDigit(pixels) {
  const conv = output(convolution(geometry, touched, pixels, network.kernel, network.bias));
  const relu = conv.map((value) => Math.max(0, value));
  const pooled = maxPooled(relu, geometry.output, network.pool);
  const scores = output(dense(network.weights, network.dense_bias, pooled.values));
  const shares = softmax(scores);
  return { conv, relu, pooled: pooled.values, pooledShape: pooled.shape, scores, shares, shape: geometry.output, answers: best(shares) };
}

const best = (shares) => shares.map((share, digit) => ({ digit, share })).sort((one, other) => other.share - one.share).slice(0, 3);

export const reading = computed(() => readDigit(ink.value));
export const size = product(network.shape);
export const filters = network.kernel.map((filter) => flat(filter));
