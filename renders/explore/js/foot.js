// The bar below: the sweep, a sentence for what is chosen, a slider that moves all places of a weight at once.

import { setNumber } from "./edit.js";
import { html, useEffect, useMemo } from "./lib.js";
import { parsed } from "./lit.js";
import { chosen, hover, mode, note, pinned, settle, sweep, values } from "./store.js";
import { described, written } from "./words.js";

const PAUSE = 1400; // milliseconds that the sweep stays in one place

const to = (at, playing) => { pinned.value = null; hover.value = null; sweep.value = { at, playing }; };

function Sweep() {
  const { at, playing } = sweep.value;
  const last = values.value.layer.results - 1;
  const here = at === null ? null : Math.min(at, last);
  const go = (next) => to(Math.max(0, Math.min(last, next)), false);
  const play = () => to(playing ? here : here === null || here === last ? 0 : here, !playing);
  useEffect(() => {
    if (!playing) return undefined;
    const timer = setTimeout(() => to(Math.min(last, here + 1), here + 1 < last), PAUSE);
    return () => clearTimeout(timer);
  }, [playing, here, last]);
  return html`<span class="pair sweep" role="group" aria-label="sweep">
    <button type="button" aria-label="step back" onClick=${() => go(here === null ? last : here - 1)}>◂</button>
    <button type="button" aria-label=${playing ? "pause" : "play"} onClick=${play}>${playing ? "❙❙" : "▶"}</button>
    <button type="button" aria-label="step forward" onClick=${() => go(here === null ? 0 : here + 1)}>▸</button></span>`;
}

/** Which number a thing stands for, if that can be changed. */
function numberOf(ref, { layer }) {
  if (!ref) return null;
  const [kind, index] = parsed(ref);
  if (kind === "tap") return `weight:${layer.taps[index][2]}`;
  if (kind === "added") return `bias:${layer.ofBias[index]}`;
  return ["weight", "pixel", "bias"].includes(kind) ? ref : null;
}

function Slider() {
  const v = values.value;
  const ref = numberOf(pinned.value, v);
  const [kind, index] = ref ? parsed(ref) : [];
  const value = { weight: v.layer.weights, pixel: v.layer.inputs, bias: v.layer.biases }[kind]?.[index];
  const reach = useMemo(() => Math.max(10, Math.ceil(Math.abs(value ?? 0)) * 2), [ref]);
  if (value === undefined) return null;
  return html`<input type="range" class="slider" aria-label=${`value of this ${kind}`} min=${-reach} max=${reach} step="0.1" value=${value} aria-valuetext=${written(value)}
    onInput=${({ target }) => setNumber(ref, Number(target.value))} onChange=${settle} />`;
}

function Sentence() {
  const ref = chosen.value;
  const said = note.value;
  if (said) return html`<p class=${`said ${said.kind}`}>${said.text}</p>`;
  if (mode.value === "digit") return html`<p class="said rest">Draw with a pen, a finger or the mouse; its right button rubs out. With the keyboard: arrows move, <kbd>Space</kbd> inks, <kbd>Delete</kbd> rubs out.</p>`;
  if (!ref) return html`<p class="said rest">Point at anything, or move with <kbd>Tab</kbd> and the arrow keys. Type a number, or drag it.</p>`;
  const { name, colour, text } = described(ref, values.value);
  return html`<p class="said"><b style=${colour ? { color: colour } : undefined}>${name}</b>${text}</p>`;
}

export const Foot = () => html`<footer class="foot">${mode.value === "views" && html`<${Sweep} />`}<div class="sentence" role="status"><${Sentence} /></div>${mode.value === "views" && html`<${Slider} />`}</footer>`;
