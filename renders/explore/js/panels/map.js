// A matrix that is too large for cells: a map, one square an entry, in the colours of the weights or by sign and size.

import { hue, names } from "../derive.js";
import { html, useLayoutEffect, useMemo, useRef, useState } from "../lib.js";
import { parsed } from "../lit.js";
import { range } from "../numbers.js";
import { pin } from "../point.js";
import { hover, lit } from "../store.js";
import { written } from "../words.js";

const LEVELS = 8; // on either side of zero
const GAP = 3; // squares between matrix and column

const square = (x, y) => `M${x} ${y}h1v1h-1z`;

/** Squares by colour: of each weight, or of sign and size. */
function squares(v, wishing) {
  const byColour = new Map();
  const put = (colour, x, y) => byColour.set(colour, (byColour.get(colour) ?? "") + square(x, y));
  const value = wishing ? (y, x) => v.wishes[y][x] : v.isDense ? (y, x) => v.layer.weights[v.layer.taps[v.table[y][x]][2]] : null;
  if (!value) {
    for (const [result, pixel, weight] of v.layer.taps) put(hue(v, weight), pixel, result);
    return byColour;
  }
  const all = range(v.layer.results).map((y) => v.layer.inputs.map((_, x) => value(y, x)));
  const most = Math.max(...all.flat().map(Math.abs)) || 1;
  all.forEach((row, y) => row.forEach((number, x) => put(signed(number / most), x, y)));
  return byColour;
}

/** The colour of a number from −1 to 1: mid-grey at zero, as in the films. */
export function signed(share) {
  const level = Math.round(Math.abs(share) * LEVELS) / LEVELS;
  return level ? `color-mix(in srgb, var(--${share < 0 ? "negative" : "positive"}) ${level * 100}%, var(--middle))` : "var(--middle)";
}

/** Grey from black to white, or by sign where there are negative numbers. */
function shades(numbers) {
  const [low, high] = [Math.min(0, ...numbers), Math.max(0, ...numbers)];
  if (low < 0) return numbers.map((number) => signed(number / Math.max(-low, high)));
  return numbers.map((number) => `color-mix(in srgb, var(--bright) ${high ? (number / high) * 100 : 0}%, var(--dark))`);
}

const spot = (ref, v) => {
  const [kind, ...at] = parsed(ref);
  return kind === "tap" ? v.layer.taps[at[0]] : at;
};

/** The entries that are lit now, drawn again on top. */
function Lit({ v }) {
  const shown = [...lit.value].filter(([ref]) => /^(tap|zero):/.test(ref));
  return html`<g class="lit">${shown.map(([ref]) => {
    const [y, x] = spot(ref, v);
    return html`<rect key=${ref} data-is=${ref} x=${x} y=${y} width="1" height="1" />`;
  })}</g>`;
}

/** The column of pixels or results: a square each, with a strip to point at. */
const Strip = ({ kind, numbers, x, top, step, said }) => html`<g>${shades(numbers).map((colour, index) => html`<rect key=${index}
  data-is=${`${kind}:${index}`} x=${x} y=${top + index * step} width="2" height=${step} fill=${colour}><title>${said(index)}</title></rect>`)}<rect class="strip" x=${x} y=${top} width="2" height=${step * numbers.length} /></g>`;

/** One entry that the keyboard is on: a grid whose other cells are not drawn, with their number told. */
function Cursor({ v, name, at, move }) {
  const own = useRef(null);
  const moved = useRef(false);
  const [row, column] = at;
  const tap = v.table[row][column];
  const is = tap < 0 ? `zero:${row}:${column}` : `tap:${tap}`;
  useLayoutEffect(() => { if (moved.current) own.current.focus({ preventScroll: true }); moved.current = false; }, [is]);
  const onKeyDown = (event) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    moved.current = true;
    move([row + step[0], column + step[1]]);
  };
  const what = tap < 0 ? "untrainable zero" : `${name.weight(v.layer.taps[tap][2])}, ${written(v.layer.weights[v.layer.taps[tap][2]])}`;
  return html`<g role="row" aria-rowindex=${row + 1}><rect ref=${own} role="gridcell" tabindex="0" class="cursor" data-is=${is} aria-colindex=${column + 1}
    aria-label=${`row ${name.result(row)}, column ${name.pixel(column)}: ${what}`} x=${column} y=${row} width="1" height="1" onKeyDown=${onKeyDown} /></g>`;
}

export function MatrixMap({ v, wishing }) {
  const [at, setAt] = useState([0, 0]);
  const [rows, wide] = [v.layer.results, v.layer.inputs.length];
  const name = names(v);
  const numbers = wishing || v.isDense ? v : v.key;
  const paths = useMemo(() => [...squares(v, wishing)], [numbers, wishing, v.key]);
  const clamped = [Math.max(0, Math.min(rows - 1, at[0])), Math.max(0, Math.min(wide - 1, at[1]))];
  const down = Math.min(1, (rows * 1.5) / wide);
  const tall = Math.max(rows, wide * down);
  const top = (tall - rows) / 2;
  const entryAt = (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [Math.floor(((event.clientX - box.left) / box.width) * wide), Math.floor(((event.clientY - box.top) / box.height) * rows)];
    if (x < 0 || y < 0 || x >= wide || y >= rows) return null;
    const tap = v.table[y][x];
    return tap < 0 ? `zero:${y}:${x}` : `tap:${tap}`;
  };
  const signs = { x: wide + GAP / 2, y: tall / 2, "text-anchor": "middle", "dominant-baseline": "central", class: "sign", "font-size": 3, "aria-hidden": "true" };
  return html`<svg class="map" viewBox=${`-0.5 -0.5 ${wide + GAP * 2 + 4 + 1} ${tall + 1}`} style=${{ "--ratio": (wide + GAP * 2 + 5) / (tall + 1) }}>
    <g transform=${`translate(0 ${top})`} role="grid" aria-label=${wishing ? "wishes of the weight matrix" : "weight matrix"} aria-rowcount=${rows} aria-colcount=${wide}>
      <rect class="ground" width=${wide} height=${rows} />
      <g class="entries" role="presentation">${paths.map(([colour, d]) => html`<path key=${colour} d=${d} fill=${colour} />`)}</g>
      <${Lit} v=${v} /><${Cursor} v=${v} name=${name} at=${clamped} move=${setAt} />
      <rect class="catch" width=${wide} height=${rows} onPointerMove=${(event) => { if (event.pointerType !== "touch") hover.value = entryAt(event); }}
        onPointerLeave=${() => { hover.value = null; }} onClick=${(event) => { pin(entryAt(event)); event.stopPropagation(); }} />
    </g>
    <text ...${signs}>×</text>
    <${Strip} kind="pixel" numbers=${v.layer.inputs} x=${wide + GAP} top=${(tall - wide * down) / 2} step=${down} said=${(index) => `pixel ${name.pixel(index)}, ${written(v.layer.inputs[index])}`} />
    <text ...${signs} x=${wide + GAP * 1.5 + 2}>→</text>
    <${Strip} kind="result" numbers=${v.output} x=${wide + GAP * 2 + 2} top=${top} step=${1} said=${(index) => `result ${name.result(index)}, ${written(v.output[index])}`} />
  </svg>`;
}
