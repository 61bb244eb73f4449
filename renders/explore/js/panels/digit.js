// Draw a digit, and the trained network reads it: all its layers, alive.

import { Cell, Grid, Row } from "../grid.js";
import { html, useRef } from "../lib.js";
import { nest, place, range, shapeOf } from "../numbers.js";
import { exact, ink, network, reading } from "../read.js";
import { signed } from "./map.js";

const REACH = 1.15; // of the pen, in pixels: ink there falls off to the edge
const [, ROWS, COLUMNS] = network.shape;
const percent = (share) => `${(share * 100).toFixed(share > 0.9995 || share < 0.0005 ? 0 : 1)} %`;
const shade = (share) => `color-mix(in srgb, var(--bright) ${(1 - share) * 100}%, var(--dark))`;

/** Ink all pixels near a point, which is in pixels from the top left. */
function press([x, y], rub) {
  ink.value = ink.value.map((old, index) => {
    const [row, column] = place(index, [ROWS, COLUMNS]);
    const share = exact(1.25 * (REACH - Math.hypot(x - column - 0.5, y - row - 0.5)));
    return rub ? Math.min(old, exact(1 - share)) : Math.max(old, share);
  });
}

function Paper() {
  const last = useRef(null);
  const at = (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * COLUMNS, ((event.clientY - box.top) / box.height) * ROWS];
  };
  const draw = (event) => {
    const [to, from] = [at(event), last.current ?? at(event)];
    for (const share of [0.25, 0.5, 0.75, 1]) press([0, 1].map((axis) => from[axis] + share * (to[axis] - from[axis])), event.buttons === 2);
    last.current = to;
  };
  const onPointerDown = (event) => { event.currentTarget.setPointerCapture(event.pointerId); last.current = null; draw(event); };
  const onKeyDown = (event) => {
    const cell = event.target.closest("[data-at]");
    if (!cell || ![" ", "Enter", "Delete", "Backspace"].includes(event.key)) return;
    event.preventDefault();
    const [row, column] = cell.dataset.at.split(",").map(Number);
    ink.value = ink.value.map((old, index) => (String(place(index, [ROWS, COLUMNS])) === String([row, column]) ? (/^(De|Ba)/.test(event.key) || old >= 1 ? 0 : exact(old + 0.5)) : old));
  };
  const rows = nest(ink.value.map((value, index) => ({ value, index })), [ROWS, COLUMNS]);
  return html`<div class="paper" onPointerDown=${onPointerDown} onPointerMove=${(event) => { if (event.buttons) draw(event); }} onContextMenu=${(event) => event.preventDefault()} onKeyDown=${onKeyDown}>
    <${Grid} label="the digit, drawn with pen, or space and delete" rows=${ROWS} columns=${COLUMNS}>${rows.map((row, y) => html`<${Row} index=${y}>${row.map(({ value, index }, x) => html`<${Ink} key=${index} value=${value} row=${y} column=${x} />`)}<//>`)}<//></div>`;
}

const Ink = ({ value, row, column }) => html`<${Cell} row=${row} column=${column} class="ink" label=${`row ${row + 1}, column ${column + 1}: ${Math.round(value * 100)} % ink`} colour=${shade(value)} />`;

/** A plane of numbers as a picture. */
const Map = ({ values, columns, colour, label, side }) => html`<svg class="shades" role="img" aria-label=${label} viewBox=${`0 0 ${columns} ${values.length / columns}`} style=${{ "--side": side }}>
  ${values.map((value, index) => { const [y, x] = place(index, [values.length / columns, columns]); return html`<rect key=${index} x=${x} y=${y} width="1.02" height="1.02" fill=${colour(value)} />`; })}</svg>`;

function Layers() {
  const { conv, relu, pooled, pooledShape, shape } = reading.value;
  const [filters] = shape;
  const planes = (values, of) => nest(values, of).map((plane) => plane.flat());
  const most = (values) => Math.max(...values.map(Math.abs), 1e-12);
  const scaled = (values) => { const top = most(values); return (value) => `color-mix(in srgb, var(--bright) ${(value / top) * 100}%, var(--dark))`; };
  const weights = network.kernel.map((filter) => filter.flat(2));
  const [high, wide] = shapeOf(network.kernel).slice(2);
  const [after, small] = [planes(relu, shape), planes(pooled, pooledShape)];
  return html`<div class="layers"><span></span><span class="title">${filters} filters of ${high}×${wide}</span><span class="title">what they find</span><span class="title">above zero</span><span class="title">largest of ${network.pool.join("×")}</span>
    ${range(filters).map((filter) => html`<span class="title" key=${filter}>${filter + 1}</span>
      <${Map} label=${`weights of filter ${filter + 1}`} values=${weights[filter]} columns=${wide} side=${wide} colour=${(value) => signed(value / most(weights.flat()))} />
      <${Map} label=${`result of filter ${filter + 1}`} values=${planes(conv, shape)[filter]} columns=${shape[2]} side=${shape[2]} colour=${(value) => signed(value / most(conv))} />
      <${Map} label=${`result of filter ${filter + 1} above zero`} values=${after[filter]} columns=${shape[2]} side=${shape[2]} colour=${scaled(relu)} />
      <${Map} label=${`largest results of filter ${filter + 1}`} values=${small[filter]} columns=${pooledShape[2]} side=${pooledShape[2]} colour=${scaled(pooled)} />`)}</div>`;
}

function Answers() {
  const { shares, answers } = reading.value;
  const [first, ...others] = answers;
  return html`<div class="answers"><p class="answer" role="status"><b>${first.digit}</b><span>${percent(first.share)}; then ${others.map(({ digit, share }) => `${digit} (${percent(share)})`).join(", ")}</span></p>
    <ol class="bars">${shares.map((share, digit) => html`<li key=${digit} class=${digit === first.digit ? "first" : ""}><span>${digit}</span><i style=${{ width: `${share * 100}%` }}></i><span class="hidden">${percent(share)}</span></li>`)}</ol></div>`;
}

export function DigitPanel() {
  const show = (digit) => { ink.value = network.examples[digit].map((sixteenths) => exact(sixteenths / 16)); };
  return html`<div class="reader"><div class="drawn"><${Paper} />
      <div class="pair"><button type="button" onClick=${() => { ink.value = ink.value.map(() => 0); }}>wipe</button></div>
      <div class="examples" role="group" aria-label="a digit to begin with">${range(network.examples.length).map((digit) => html`<button type="button" key=${digit} onClick=${() => show(digit)}>${digit}</button>`)}</div></div>
    <${Layers} /><${Answers} />
    <p class="figure">${network.parameters} numbers, trained on ${network.learned.toLocaleString("en")} real handwritten digits of ${ROWS}×${COLUMNS} pixels. Of ${network.tested} others it reads ${percent(network.accuracy)} rightly; the same people wrote them. How well it reads your hand, nobody has counted.</p></div>`;
}
