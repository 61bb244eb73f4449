// Learning: what every entry wishes, how the wishes of one weight are gathered and summed, the step, the loss.

import { hue, names } from "../derive.js";
import { typed } from "../entry.js";
import { html, useState } from "../lib.js";
import { setRate, takeSteps, withRules } from "../learn.js";
import { say, showWishes, state, values } from "../store.js";
import { counted, written } from "../words.js";

const MOST_WISHES = 9;
const MOST_ROWS = 30;
const CURVE = { width: 320, height: 130, left: 46, bottom: 22, top: 10, right: 10 };

const signed = (value, first) => (first ? written(value) : value < 0 ? `− ${written(-value)}` : `+ ${written(value)}`);

/** One number that is learned: its wishes, their sum, and where a step takes it. */
function Gathered({ is, name, colour, wishes, gradient, value, rate }) {
  const sum = wishes.length > MOST_WISHES ? `${wishes.length} wishes, together` : `${wishes.map((wish, index) => signed(wish, index === 0)).join(" ")} =`;
  return html`<tr data-is=${is} tabindex="0"><th scope="row" style=${{ color: colour }}>${name}</th><td class="wishes">${wishes.length ? sum : "no wish:"}</td><td>${written(gradient)}</td>
    <td>${written(value)}</td><td class="becomes">${written(value - rate * gradient, 5)}</td></tr>`;
}

function Gathering() {
  const v = values.value;
  const { layer, ends, gradients, wishes, differences } = v;
  const { rate } = state.value.learn;
  const name = names(v);
  if (v.isDense) return html`<p class="aside wide">Without the rules nothing is gathered: each of the ${layer.weights.length} entries takes a step of its own, the zeros, too.</p>`;
  const rows = layer.weights.slice(0, MOST_ROWS).map((value, index) => ({
    is: `weight:${index}`, name: name.weight(index), colour: hue(v, index), value, gradient: gradients.weights[index],
    wishes: ends.weights[index].map((tap) => wishes[layer.taps[tap][0]][layer.taps[tap][1]]),
  }));
  const biases = layer.biases.map((value, index) => ({
    is: `bias:${index}`, name: name.bias(index), value, gradient: gradients.biases[index],
    wishes: differences.filter((_, result) => layer.ofBias[result] === index),
  }));
  return html`<div class="scroll" tabindex="0" role="group" aria-label="gathered wishes"><table class="gathered"><thead><tr><th scope="col">number</th><th scope="col">the wishes of its places</th><th scope="col">sum</th><th scope="col">now</th><th scope="col">after a step</th></tr></thead>
    <tbody>${[...rows, ...biases].map((row) => html`<${Gathered} key=${row.is} ...${row} rate=${rate} />`)}</tbody></table>
    ${layer.weights.length > MOST_ROWS && html`<p class="figure">and ${layer.weights.length - MOST_ROWS} more weights</p>`}</div>`;
}

/** The loss before each step so far, and now. */
function Curve({ losses }) {
  const { width, height, left, right, top, bottom } = CURVE;
  const most = Math.max(...losses, 1e-12);
  const x = (index) => left + (index / Math.max(1, losses.length - 1)) * (width - left - right);
  const y = (value) => top + (1 - value / most) * (height - top - bottom);
  const now = losses.at(-1);
  return html`<svg class="curve" viewBox=${`0 0 ${width} ${height}`} role="img" aria-label=${`the loss fell from ${written(losses[0])} to ${written(now)} in ${counted(losses.length - 1, "step")}`.replace(now > losses[0] ? "fell" : "", now > losses[0] ? "rose" : "")}>
    <path class="axes" d=${`M${left} ${top}V${height - bottom}H${width - right}`} />
    <text x=${left - 6} y=${top + 5} text-anchor="end">${written(most, 3)}</text><text x=${left - 6} y=${height - bottom} text-anchor="end">0</text>
    <text x=${width - right} y=${height - 5} text-anchor="end">${counted(losses.length - 1, "step")}</text>
    ${losses.length > 1 && html`<polyline points=${losses.map((value, index) => `${x(index)},${y(value)}`).join(" ")} />`}<circle cx=${x(losses.length - 1)} cy=${y(now)} r="4.5" /></svg>`;
}

function Rate() {
  const [text, setText] = useState(null);
  const { rate } = state.value.learn;
  const take = () => {
    const value = text === null ? rate : typed(text);
    if (Number.isNaN(value)) say(`“${text.slice(0, 20)}” is no number; the rate stays ${written(rate)}.`, "error");
    else if (value !== rate) setRate(value);
    setText(null);
  };
  return html`<label class="field"><span>rate</span><input type="text" size="7" autocomplete="off" value=${text ?? String(rate)} data-typing=${text === null ? undefined : ""}
    onInput=${({ target }) => setText(target.value)} onBlur=${take} onKeyDown=${(event) => { if (event.key === "Enter") take(); }} /></label>`;
}

export function LearningPanel() {
  const v = values.value;
  const { learn } = state.value;
  return html`<div class="learning"><div class="controls">
      <p class="loss">loss <b>${written(v.loss)}</b></p>
      <span class="pair" role="group" aria-label="steps">${[[1, "one step"], [10, "10"], [100, "100 steps"]].map(([count, label]) => html`<button type="button" key=${count} aria-label=${counted(count, "step")} onClick=${() => takeSteps(count)}>${label}</button>`)}</span>
      <${Rate} />
      <button type="button" aria-pressed=${showWishes.value} onClick=${() => { showWishes.value = !showWishes.value; }}>wishes in the matrix</button>
      <button type="button" aria-pressed=${v.isDense} onClick=${() => withRules(v.isDense)}>without the rules</button></div>
    <${Gathering} /><${Curve} losses=${[...learn.losses, v.loss]} />
    <p class="figure wide">An entry’s wish is its pixel times the difference at its result. ${v.isDense ? "Now every one is heard." : "The zeros’ are crossed out; those of one weight are added up."}</p></div>`;
}
