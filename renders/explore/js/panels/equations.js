// Every result as a sum: each term a weight times a pixel. Long lists come in pages.

import { hue, names } from "../derive.js";
import { chars } from "../edit.js";
import { Cell, Grid, Row } from "../grid.js";
import { html, useEffect, useMemo, useRef, useState } from "../lib.js";
import { parsed } from "../lit.js";
import { range } from "../numbers.js";
import { hover, chosen, state, values } from "../store.js";
import { short, written } from "../words.js";

const MOST_TERMS = 420;
const LEAST_ROWS = 4;
const TERM = 2.85; // cells that a term takes with its signs

const Sign = ({ children }) => html`<span class="sign" aria-hidden="true">${children}</span>`;
const Text = ({ children }) => html`<span style=${chars(children)}>${children}</span>`;

/** An equation is drawn anew only if one of its numbers has changed: a number that is typed is in few of them. */
function Equation({ v, result, row, letters }) {
  const { layer, ends, output } = v;
  const numbers = ends.results[result].flatMap((tap) => [layer.weights[layer.taps[tap][2]], layer.inputs[layer.taps[tap][1]]]);
  const around = [v.key, row, letters, layer.biases[layer.ofBias[result]], output[result]];
  return useMemo(() => drawn(v, result, row, letters), [...around, ...numbers]);
}

function drawn(v, result, row, letters) {
  const { layer, ends, output } = v;
  const name = names(v);
  const own = layer.ofBias[result];
  const taps = ends.results[result];
  return html`<${Row} index=${result} class="equation">
    <${Cell} is=${`result:${result}`} row=${row} column=${0} role="rowheader" class="name" label=${`result ${name.result(result)}`}>${name.result(result)}<//>
    <${Sign}>=<//>
    ${taps.map((tap, place) => {
      const [, pixel, weight] = layer.taps[tap];
      const [left, right] = letters ? [name.weight(weight), name.pixel(pixel)] : [short(layer.weights[weight]), short(layer.inputs[pixel])];
      const times = `${written(layer.weights[weight])} times ${written(layer.inputs[pixel])}`;
      return html`<span class="with" role="presentation" key=${tap}>${place > 0 && html`<${Sign}>+<//>`}<${Cell} is=${`tap:${tap}`} row=${row} column=${place + 1} class="term"
        label=${`${name.weight(weight)} times ${name.pixel(pixel)}, ${times}`} colour=${hue(v, weight)}>
        <span class="box weight"><${Text}>${left}<//></span><${Sign}>·<//><span class="box"><${Text}>${right}<//></span><//></span>`;
    })}
    <span class="with" role="presentation"><${Sign}>+<//><${Cell} is=${`added:${result}`} row=${row} column=${taps.length + 1} class="bias"
      label=${`bias ${written(layer.biases[own])}`}><${Text}>${letters ? name.bias(own) : short(layer.biases[own])}<//><//></span>
    <span class="with" role="presentation"><${Sign}>=<//><${Cell} is=${`result:${result}`} row=${row} column=${taps.length + 2} class="result"
      label=${`gives ${written(output[result])}`}><${Text}>${short(output[result])}<//><//></span>
  <//>`;
}

/** The result that a thing is about, if it is about one. */
function resultOf(ref, v) {
  if (!ref) return null;
  const [kind, index] = parsed(ref);
  if (kind === "tap") return v.layer.taps[index][0];
  return ["result", "added", "zero"].includes(kind) ? index : null;
}

/** Scroll a row into the part of its list that can be seen; the page stays where it is. */
function bring(row) {
  const list = row?.parentElement;
  if (!list || list.contains(document.activeElement)) return;
  const [around, own] = [list.getBoundingClientRect(), row.getBoundingClientRect()];
  if (own.top < around.top) list.scrollTop += own.top - around.top;
  else if (own.bottom > around.bottom) list.scrollTop += own.bottom - around.bottom;
}

export function EquationsPanel() {
  const v = values.value;
  const [page, setPage] = useState(0);
  const list = useRef(null);
  const kept = hover.value ? null : resultOf(chosen.value, v);
  const most = Math.max(...v.ends.results.map((taps) => taps.length), 1);
  const size = Math.max(LEAST_ROWS, Math.floor(MOST_TERMS / most));
  const pages = Math.ceil(v.layer.results / size);
  const here = Math.min(page, pages - 1);
  const shown = range(v.layer.results).slice(here * size, (here + 1) * size);
  const name = names(v);
  useEffect(() => { if (kept !== null) setPage(Math.floor(kept / size)); }, [kept, size]);
  useEffect(() => { if (kept !== null) bring(list.current.querySelector(`[aria-rowindex="${kept + 1}"]`)); }, [kept, here]);
  return html`<div ref=${list}><${Grid} label="equations" rows=${v.layer.results} columns=${most + 3} class="equations" style=${{ "--across": most * TERM + 5 }}>
      ${shown.map((result, row) => html`<${Equation} key=${`${v.key} ${result}`} v=${v} result=${result} row=${row} letters=${state.value.notation === "letters" && !v.isDense} />`)}
    <//></div>
    ${pages > 1 && html`<nav class="pages" aria-label="Pages of equations">
      <button type="button" disabled=${here === 0} onClick=${() => setPage(here - 1)}>Earlier</button>
      <span>${name.result(shown[0])} to ${name.result(shown.at(-1))}, ${here + 1} of ${pages}</span>
      <button type="button" disabled=${here === pages - 1} onClick=${() => setPage(here + 1)}>Later</button></nav>`}`;
}
