// Image, filter and result: the filter stands in one place after the other, and each place gives one result.

import { hue, names } from "../derive.js";
import { chars, NumberCell } from "../edit.js";
import { Cell, Grid, Row } from "../grid.js";
import { html } from "../lib.js";
import { parsed } from "../lit.js";
import { nest, product, range, shapeOf, windowOf } from "../numbers.js";
import { chosen, state, sweep, values } from "../store.js";
import { counted, short, where, written } from "../words.js";

const several = (count, word, index) => (count > 1 ? `${word} ${index + 1}` : word);

/** Rows of cells with a word below. */
const Plane = ({ label, rows, columns, children, over, class: style }) => html`<figure class=${`plane ${style ?? ""}`}>
  <div class="over" style=${{ "--rows": rows, "--columns": columns }}>
    <${Grid} label=${label} rows=${rows} columns=${columns}>${children}<//>${over}</div>
  <figcaption aria-hidden="true">${label}</figcaption></figure>`;

function Filters() {
  const v = values.value;
  const { kernel, bias, notation } = state.value;
  const name = names(v);
  const shape = shapeOf(kernel);
  const [filters, channels, high, wide] = shape;
  if (v.isDense) return html`<p class="aside">No filter: each of the ${product([v.layer.results, v.layer.inputs.length])} connections has a weight of its own.</p>`;
  const indices = nest(range(product(shape)), shape);
  return html`<div class="stack">${range(filters).map((filter) => html`<div class="filter" key=${filter}>
    ${range(channels).map((channel) => {
      const label = [several(filters, "filter", filter), channels > 1 ? `channel ${channel + 1}` : ""].filter(Boolean).join(", ");
      return html`<${Plane} key=${channel} label=${label} rows=${high} columns=${wide}>
        ${indices[filter][channel].map((row, y) => html`<${Row} index=${y}>${row.map((index, x) => html`<${NumberCell} key=${index}
          is=${`weight:${index}`} value=${v.layer.weights[index]} name=${name.weight(index)} letters=${notation === "letters"}
          label=${`weight, ${where(index, shape, "channel")}`} row=${y} column=${x} colour=${hue(v, index)} class="weight" />`)}<//>`)}<//>`;
    })}
    <figure class="plane"><${NumberCell} is=${`bias:${filter}`} value=${bias[filter]} name=${name.bias(filter)} lonely
      letters=${notation === "letters"} label=${several(filters, "bias of filter", filter).replace(/^bias of filter$/, "bias")} class="bias" /></figure>
  </div>`)}</div>`;
}

/** Which result the filter stands at: that of the sweep, or the one that is chosen. */
function standing(v) {
  if (!chosen.value) return null;
  const [kind, index] = parsed(chosen.value);
  if (["result", "added", "zero"].includes(kind)) return index;
  return kind === "tap" ? v.layer.taps[index][0] : null;
}

/** The frame around what the filter covers now. */
function Frame({ v }) {
  const result = standing(v);
  if (result === null || v.isDense) return null;
  const { top, left, high, wide } = windowOf(v.geometry, result);
  return html`<div class="frame" aria-hidden="true" style=${{ "--top": top, "--left": left, "--high": high, "--wide": wide }}></div>`;
}

function Image() {
  const v = values.value;
  const { image, notation } = state.value;
  const name = names(v);
  const shape = shapeOf(image);
  const [, rows, columns] = v.geometry.padded;
  const padded = rows * columns > shape[1] * shape[2];
  const words = (channel) => several(shape[0], padded ? "image with padding" : "image", channel).replace(/(image.*) (\d)$/, "$1, channel $2");
  return html`<div class="stack">${v.padded.map((plane, channel) => html`<${Plane} key=${channel} class="picture"
    label=${words(channel)} rows=${rows} columns=${columns} over=${html`<${Frame} v=${v} />`}>
    ${plane.map((row, y) => html`<${Row} index=${y}>${row.map(({ position, pixel }, x) => pixel < 0
      ? html`<${Cell} key=${`p${position}`} is=${`padding:${position}`} row=${y} column=${x} label="padding, 0" class="pad">0<//>`
      : html`<${NumberCell} key=${pixel} is=${`pixel:${pixel}`} value=${v.layer.inputs[pixel]} name=${name.pixel(pixel)}
          letters=${notation === "letters"} label=${`pixel, ${where(pixel, shape, "channel")}`} row=${y} column=${x} class="pixel" />`)}<//>`)}
  <//>`)}</div>`;
}

function Results() {
  const v = values.value;
  const { notation, learn } = state.value;
  const name = names(v);
  const { output } = v.geometry;
  const swept = sweep.value.at;
  const indices = nest(range(product(output)), output);
  const planes = (label, cell) => indices.map((plane, filter) => html`<${Plane} key=${`${label}${filter}`} rows=${output[1]} columns=${output[2]}
    label=${several(output[0], label, filter).replace(/ (\d)$/, " of filter $1")}>
    ${plane.map((row, y) => html`<${Row} index=${y}>${row.map((index, x) => cell(index, y, x))}<//>`)}<//>`);
  return html`<div class="stack">
    ${planes("result", (index, y, x) => {
      const text = notation === "letters" && !learn ? name.result(index) : short(v.output[index]);
      return html`<${Cell} key=${index} is=${`result:${index}`} row=${y} column=${x} class=${`result ${swept !== null && index > swept ? "later" : ""}`}
        label=${`result ${name.result(index)}, ${written(v.output[index])}`}><span style=${chars(text)}>${text}</span><//>`;
    })}
    ${learn && planes("target", (index, y, x) => html`<${NumberCell} key=${index} is=${`target:${index}`} value=${v.target[index]} name=${short(v.target[index])}
      label=${`target of ${name.result(index)}`} row=${y} column=${x} class="target" />`)}
    ${learn && planes("difference", (index, y, x) => html`<${Cell} key=${index} is=${`difference:${index}`} row=${y} column=${x} class="difference"
      label=${`difference at ${name.result(index)}, ${written(v.differences[index])}`}><span style=${chars(short(v.differences[index]))}>${short(v.differences[index])}</span><//>`)}
  </div>`;
}

export function ImagePanel() {
  const v = values.value;
  const [, rows, columns] = v.geometry.image;
  const [, , high, wide] = v.geometry.kernel;
  const across = (v.isDense ? 3 : wide) + v.geometry.padded[2] + v.geometry.output[2];
  return html`<div class="trio" style=${{ "--across": across }}>
    <${Filters} /><${Image} /><${Results} />
    <p class="figure">${rows}×${columns} image · ${high}×${wide} filter · ${counted(product(v.geometry.output.slice(1)), "place")}</p></div>`;
}
