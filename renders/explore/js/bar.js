// The bar above: where to begin, sizes, how the filter moves, how it is written, and the look.

import { told, limits } from "./data.js";
import { read, write } from "./entry.js";
import { PictureField } from "./drop.js";
import { learnOrNot } from "./learn.js";
import { computed, html, signal, useState } from "./lib.js";
import { range, shapeOf } from "./numbers.js";
import { setMove, setSize } from "./shape.js";
import { attempt, canRedo, canUndo, mode, redo, state, undo } from "./store.js";

const groups = [...new Set(told.presets.map((preset) => preset.group))];

/** Take a preset by its number. */
export function takePreset(index) {
  const { entry } = told.presets[index];
  attempt(() => read(entry));
}

const plainly = (shown) => JSON.stringify(write({ ...shown, learn: null, notation: "letters" }));
const plainPresets = computed(() => told.presets.map(({ entry }) => plainly(read(entry))));

/** The number of the preset that is shown, or −1. */
const shownPreset = computed(() => plainPresets.value.indexOf(plainly(state.value)));

function Presets() {
  const at = shownPreset.value;
  return html`<label class="field"><span class="hidden">Begin with</span><select value=${at} onChange=${({ target }) => takePreset(Number(target.value))}>
    ${at < 0 && html`<option value="-1">your own</option>`}
    ${groups.map((group) => html`<optgroup label=${group} key=${group}>${told.presets.map((preset, index) => preset.group === group && html`<option key=${index} value=${index}>${preset.title}</option>`)}</optgroup>`)}
  </select></label>`;
}

const shownMove = (value) => (value === "same" ? "same" : [value].flat().map((side) => [side].flat().join(",")).join(Array.isArray([value].flat()[0]) ? ";" : ","));

/** A field for stride, padding or dilation: a number, rows and columns, or a word. */
function Move({ name, least }) {
  const [text, setText] = useState(null);
  const value = shownMove(write(state.value)[name]);
  const take = (given) => { if (given !== null && given !== value) setMove(name, given); setText(null); };
  const onKeyDown = (event) => {
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (event.key === "Enter") take(text);
    if (event.key === "Escape" && text !== null) { event.stopPropagation(); setText(null); }
    if (!step || !/^\d+$/.test(value)) return;
    event.preventDefault();
    if (Number(value) + step >= least) setMove(name, String(Number(value) + step));
  };
  return html`<label class="field"><span>${name}</span><input type="text" size=${Math.max(1, (text ?? value).length)} autocomplete="off" value=${text ?? value} data-typing=${text === null ? undefined : ""}
    onInput=${({ target }) => setText(target.value)} onBlur=${() => take(text)} onKeyDown=${onKeyDown} /></label>`;
}

const Size = ({ label, what, value, most }) => html`<label class="field"><span>${label}</span><select value=${value} onChange=${({ target }) => { if (!setSize(what, Number(target.value))) target.value = value; }}>
  ${range(most).map((index) => html`<option key=${index} value=${index + 1}>${index + 1}</option>`)}</select></label>`;

function Sizes() {
  const [channels, rows, columns] = shapeOf(state.value.image);
  const [filters, , high, wide] = shapeOf(state.value.kernel);
  return html`<details class="menu"><summary aria-label=${`sizes: ${rows}×${columns} image, ${high}×${wide} filter`}>${rows}×${columns} ∗ ${high}×${wide}</summary><div class="sheet">
    <fieldset><legend>image</legend><${Size} label="rows" what="rows" value=${rows} most=${limits.side} /><${Size} label="columns" what="columns" value=${columns} most=${limits.side} />
      <${Size} label="channels" what="channels" value=${channels} most=${limits.channels} /></fieldset>
    <fieldset><legend>filter</legend><${Size} label="rows" what="high" value=${high} most=${limits.filter} /><${Size} label="columns" what="wide" value=${wide} most=${limits.filter} />
      <${Size} label="filters" what="filters" value=${filters} most=${limits.filters} /></fieldset><${PictureField} /></div></details>`;
}

/** What the preset that is shown suggests to learn, if it does. */
function suggested() {
  const preset = told.presets[shownPreset.value];
  return preset?.learn;
}

const notate = (notation) => attempt((now) => ({ ...now, notation }));

/** A look chosen by hand, or "" for that of the reader's system. */
const look = signal("");

function Look() {
  const system = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
  const now = look.value || system;
  const turn = () => {
    look.value = now === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = look.value;
  };
  return html`<button type="button" onClick=${turn} aria-label=${`${now === "dark" ? "light" : "dark"} look`}>${now === "dark" ? "☀" : "☾"}</button>`;
}

/** What changes the convolution. */
function Fields() {
  const { notation } = state.value;
  return html`<${Presets} /><${Sizes} />
    <${Move} name="stride" least=${1} /><${Move} name="padding" least=${0} /><${Move} name="dilation" least=${1} />
    <span class="pair" role="group" aria-label="how it is written">
      <button type="button" aria-pressed=${notation === "letters"} onClick=${() => notate("letters")}>letters</button>
      <button type="button" aria-pressed=${notation === "numbers"} onClick=${() => notate("numbers")}>numbers</button></span>
    <button type="button" aria-pressed=${Boolean(state.value.learn)} onClick=${() => learnOrNot(!state.value.learn, suggested())}>learn</button>`;
}

const Changes = () => html`<span class="pair" role="group" aria-label="changes">
      <button type="button" aria-label="undo" disabled=${!canUndo.value} onClick=${undo}>↶</button>
      <button type="button" aria-label="redo" disabled=${!canRedo.value} onClick=${redo}>↷</button></span>`;

export const Bar = ({ children }) => html`<header class="bar"><h1>Explore</h1>
  ${mode.value === "views" && html`<${Fields} />`}${children}${mode.value === "views" && html`<${Changes} />`}<${Look} /></header>`;
