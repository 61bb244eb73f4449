// The weight matrix times the pixels, plus the biases, gives the results. Small ones in cells, large ones as a map.

import { hue, names } from "../derive.js";
import { chars } from "../edit.js";
import { Cell, Grid, Row } from "../grid.js";
import { html } from "../lib.js";
import { showWishes, state, values } from "../store.js";
import { figures, short, written } from "../words.js";
import { MatrixMap } from "./map.js";

export const MOST_CELLS = 640;

const Text = ({ children }) => html`<span style=${chars(children)}>${children}</span>`;

function Entry({ v, row, column, letters, wishing }) {
  const tap = v.table[row][column];
  const name = names(v);
  const wish = wishing ? v.wishes[row][column] : null;
  const place = `row ${name.result(row)}, column ${name.pixel(column)}`;
  if (tap < 0)
    return html`<${Cell} is=${`zero:${row}:${column}`} row=${row + 1} column=${column + 1} class=${`zero ${wishing ? "crossed" : ""}`}
      label=${`${place}: untrainable zero${wishing ? `, its wish ${written(wish)} is not heard` : ""}`}><${Text}>${wishing ? short(wish) : "0"}<//><//>`;
  const weight = v.layer.taps[tap][2];
  const value = written(v.layer.weights[weight]);
  const text = wishing ? short(wish) : letters ? name.weight(weight) : short(v.layer.weights[weight]);
  return html`<${Cell} is=${`tap:${tap}`} row=${row + 1} column=${column + 1} class="weight" colour=${hue(v, weight)}
    label=${`${place}: ${name.weight(weight)}, ${value}${wishing ? `, wishes ${written(wish)}` : ""}`}><${Text}>${text}<//><//>`;
}

/** A column of numbers beside the matrix. */
const Column = ({ label, items, class: style }) => html`<${Grid} label=${label} rows=${items.length} columns=${1} class=${`vector ${style}`}>
  ${items.map(({ is, text, said, kind }, index) => html`<${Row} index=${index} key=${index}><${Cell} is=${is} row=${index} column=${0} class=${kind} label=${said}><${Text}>${text}<//><//><//>`)}<//>`;

export function columns(v, letters) {
  const { layer, output } = v;
  const name = names(v);
  return {
    pixels: layer.inputs.map((value, index) => ({ is: `pixel:${index}`, kind: "pixel", text: letters ? name.pixel(index) : short(value), said: `pixel ${name.pixel(index)}, ${written(value)}` })),
    biases: layer.ofBias.map((own, result) => ({ is: `added:${result}`, kind: "bias", text: letters ? name.bias(own) : short(layer.biases[own]), said: `bias ${written(layer.biases[own])}` })),
    results: output.map((value, index) => ({ is: `result:${index}`, kind: "result", text: letters ? name.result(index) : short(value), said: `result ${name.result(index)}, ${written(value)}` })),
  };
}

export function MatrixPanel() {
  const v = values.value;
  const { layer } = v;
  const letters = state.value.notation === "letters" && !v.isDense;
  const wishing = Boolean(v.wishes) && showWishes.value;
  if (layer.results * layer.inputs.length > MOST_CELLS) return html`<${MatrixMap} v=${v} wishing=${wishing} /><p class="figure">${figures(v)}</p>`;
  const name = names(v);
  const { pixels, biases, results } = columns(v, letters);
  return html`<div class="product" style=${{ "--across": layer.inputs.length + 4.6, "--rows": layer.results, "--down": layer.inputs.length }}>
    <${Grid} label=${wishing ? "wishes of the weight matrix" : "weight matrix"} rows=${layer.results + 1} columns=${layer.inputs.length + 1} class="matrix">
      <${Row} index=${0} class="heads"><span class="corner" role="presentation"></span>
        ${pixels.map(({ is }, column) => html`<${Cell} key=${is} is=${is} row=${0} column=${column + 1} role="columnheader" class="name" label=${`column of ${name.pixel(column)}`}>${name.pixel(column)}<//>`)}<//>
      ${v.table.map((_, row) => html`<${Row} index=${row + 1} key=${row}>
        <${Cell} is=${`result:${row}`} row=${row + 1} column=${0} role="rowheader" class="name" label=${`row of ${name.result(row)}`}>${name.result(row)}<//>
        ${layer.inputs.map((_, column) => html`<${Entry} key=${`${v.key}${column}`} v=${v} row=${row} column=${column} letters=${letters} wishing=${wishing} />`)}<//>`)}
    <//>
    <span class="sign" aria-hidden="true">×</span><${Column} label="pixels" items=${pixels} class="down" />
    <span class="sign" aria-hidden="true">+</span><${Column} label="biases" items=${biases} class="beside" />
    <span class="sign" aria-hidden="true">=</span><${Column} label="results" items=${results} class="beside" /></div>
  <p class="figure">${figures(v)}</p>`;
}
