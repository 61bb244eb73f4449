// Learning: steps of gradient descent towards targets, under the rules of a convolution or without them.

import { derive } from "./derive.js";
import { LARGEST, Refused } from "./entry.js";
import { backward, flat, loss, nest, output, shapeOf, step, twin } from "./numbers.js";
import { attempt } from "./store.js";
import { freshTarget, safeRate } from "./targets.js";

const MOST_LOSSES = 400;

/** Begin to learn, towards the targets that are given or near the results, or stop. */
export const learnOrNot = (on, given) =>
  attempt((state) => (on ? { ...state, learn: { target: freshTarget(state), rate: safeRate(state), dense: null, losses: [], ...given } } : { ...state, learn: null }));

const differencesOf = (layer, target) => output(layer).map((result, index) => result - target[index]);

/** Take so many steps. */
export const takeSteps = (count) => attempt((state) => stepped(state, count));

function stepped(state, count) {
  const target = flat(state.learn.target);
  let { layer } = derive(state);
  const losses = [...state.learn.losses];
  for (let index = 0; index < count; index++) {
    const differences = differencesOf(layer, target);
    losses.push(loss(differences));
    layer = { ...layer, ...step(layer, backward(layer, differences), state.learn.rate) };
  }
  if (![...layer.weights, ...layer.biases].every((value) => Math.abs(value) <= LARGEST))
    throw new Refused("the steps are too large: the loss grows without end; a smaller rate helps");
  const { dense } = state.learn;
  const learn = { ...state.learn, losses: losses.slice(-MOST_LOSSES) };
  if (dense) return { ...state, learn: { ...learn, dense: { weights: nest(layer.weights, shapeOf(dense.weights)), bias: layer.biases } } };
  return { ...state, kernel: nest(layer.weights, shapeOf(state.kernel)), bias: layer.biases, learn };
}

/** Let go of the rules, so that it is a dense layer; or take them back, and with them the convolution as it was. */
export const withRules = (on) =>
  attempt((state) => ({ ...state, learn: { ...state.learn, losses: [], dense: on ? null : twin(derive({ ...state, learn: null }).layer) } }));

export const setRate = (rate) => attempt((state) => ({ ...state, learn: { ...state.learn, rate } }), "rate");
