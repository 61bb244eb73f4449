// The network: a pixel is an input neuron, a result an output neuron, and every tap a connection.

import { hue, names } from "../derive.js";
import { html, useLayoutEffect, useMemo, useRef, useState } from "../lib.js";
import { parsed } from "../lit.js";
import { pin } from "../point.js";
import { hover, lit, showZeros, state, values } from "../store.js";
import { short, written } from "../words.js";
import { nearest, placed } from "./places.js";

const MOST_LABELS = 12;
const LARGER = 1.15; // than a unit of the picture a CSS pixel may be
const AWAY = 0.24; // of a connection, from its pixel: where its weight stands

const line = ([x1, y1], [x2, y2]) => `M${x1} ${y1}L${x2} ${y2}`;

/** The connections at rest: one path a colour, and one of all zeros. */
function Edges({ v, places }) {
  const zeros = showZeros.value && !v.isDense;
  const paths = useMemo(() => {
    const byColour = new Map();
    for (const [result, pixel, weight] of v.layer.taps) {
      const colour = hue(v, weight);
      byColour.set(colour, (byColour.get(colour) ?? "") + line(places.pixels[pixel], places.results[result]));
    }
    return [...byColour];
  }, [v.key]);
  const grey = useMemo(() => (zeros ? v.table.map((row, result) => row.map((tap, pixel) => (tap < 0 ? line(places.pixels[pixel], places.results[result]) : "")).join("")).join("") : ""), [v.key, zeros]);
  return html`<g class="edges">${zeros && html`<path class="zeros" d=${grey} />`}${paths.map(([colour, d]) => html`<path key=${colour} d=${d} stroke=${colour} />`)}</g>`;
}

const ends = (ref, v) => {
  const [kind, ...at] = parsed(ref);
  return kind === "tap" ? v.layer.taps[at[0]] : at;
};

/** The connections that are lit, on top, with their weights if there are few. */
function LitEdges({ v, places, letters }) {
  const shown = [...lit.value].filter(([ref]) => /^(tap|zero):/.test(ref));
  const name = names(v);
  return html`<g class="lit">${shown.map(([ref, colour]) => {
    const [result, pixel] = ends(ref, v);
    const [[x1, y1], [x2, y2]] = [places.pixels[pixel], places.results[result]];
    return html`<line key=${ref} data-is=${ref} x1=${x1} y1=${y1} x2=${x2} y2=${y2} style=${{ "--by": colour }} />`;
  })}${shown.length <= MOST_LABELS && places.small >= places.readable && shown.map(([ref, colour]) => {
    const [result, pixel, weight] = ends(ref, v);
    const [[x1, y1], [x2, y2]] = [places.pixels[pixel], places.results[result]];
    const text = weight === undefined ? "0" : letters ? name.weight(weight) : short(v.layer.weights[weight]);
    return html`<text key=${`${ref} text`} x=${x1 + AWAY * (x2 - x1)} y=${y1 + AWAY * (y2 - y1)} style=${{ fill: colour || "var(--muted)" }} aria-hidden="true">${text}</text>`;
  })}</g>`;
}

function Node({ is, at: [x, y], radius, text, label, here, own, onKeyDown, role = "option" }) {
  return html`<g role=${role} data-is=${is} class="node" tabindex=${here ? 0 : -1} aria-label=${label} ref=${here ? own : undefined} onKeyDown=${onKeyDown}>
    <circle cx=${x} cy=${y} r=${radius} />${text !== null && html`<text x=${x} y=${y} style=${{ "font-size": `${Math.min(radius * 1.05, (radius * 3) / text.length)}px` }} aria-hidden="true">${text}</text>`}</g>`;
}

/** The connections of a pixel or a result, zeros among them where they are shown. */
function connections(v, kind, index) {
  const zeros = showZeros.value;
  const all = kind === "pixel" ? v.table.map((row, result) => [row[index], result, index]) : v.table[index].map((tap, pixel) => [tap, index, pixel]);
  return all.filter(([tap]) => zeros || tap >= 0).map(([tap, result, pixel]) => (tap < 0 ? `zero:${result}:${pixel}` : `tap:${tap}`));
}

/** Where an arrow key leads: up and down among its like, left and right along a connection. */
function led(v, cursor, key) {
  const [kind, index] = parsed(cursor.ref);
  const step = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (kind === "pixel" || kind === "result") {
    const count = kind === "pixel" ? v.layer.inputs.length : v.layer.results;
    if (step) return { ref: `${kind}:${Math.max(0, Math.min(count - 1, index + step))}`, from: cursor.from };
    if ((key === "ArrowRight") !== (kind === "pixel")) return cursor;
    const [first] = connections(v, kind, index);
    return first ? { ref: first, from: `${kind}:${index}` } : { ref: kind === "pixel" ? "result:0" : "pixel:0", from: cursor.from };
  }
  const [result, pixel] = ends(cursor.ref, v);
  if (key === "ArrowLeft") return { ref: `pixel:${pixel}`, from: cursor.from };
  if (key === "ArrowRight") return { ref: `result:${result}`, from: cursor.from };
  const list = connections(v, ...parsed(cursor.from));
  return { ref: list[Math.max(0, Math.min(list.length - 1, list.indexOf(cursor.ref) + step))], from: cursor.from };
}

const valid = (v, ref) => {
  const [kind, index, other] = parsed(ref);
  const limit = { pixel: v.layer.inputs.length, result: v.layer.results, tap: v.layer.taps.length, zero: v.layer.results }[kind];
  return index < limit && (kind !== "zero" || v.table[index][other] < 0);
};

export function NetworkPanel() {
  const v = values.value;
  const letters = state.value.notation === "letters" && !v.isDense;
  const name = names(v);
  const places = useMemo(() => placed(v.layer.inputs.length, v.layer.results), [v.key]);
  const [kept, setCursor] = useState({ ref: "pixel:0", from: "pixel:0" });
  const cursor = valid(v, kept.ref) && valid(v, kept.from) ? kept : { ref: "pixel:0", from: "pixel:0" };
  const own = useRef(null);
  const moved = useRef(false);
  useLayoutEffect(() => { if (moved.current) own.current?.focus({ preventScroll: true }); moved.current = false; }, [cursor.ref]);
  const onKeyDown = (event) => {
    if (!/^Arrow/.test(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    moved.current = true;
    setCursor(led(v, cursor, event.key));
  };
  const found = (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    const scale = places.width / box.width;
    return nearest(v, places, [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale], showZeros.value);
  };
  const node = (kind, index, at, radius, value) => html`<${Node} key=${`${kind}${index}`} is=${`${kind}:${index}`} at=${at} radius=${radius} here=${cursor.ref === `${kind}:${index}`} own=${own}
    text=${radius < places.readable ? null : letters ? name[kind](index) : short(value)} label=${`${kind} ${name[kind](index)}, ${written(value)}`} onKeyDown=${onKeyDown} />`;
  const isEdge = /^(tap|zero):/.test(cursor.ref);
  return html`<svg class="network" viewBox=${`0 0 ${places.width} ${places.height}`} style=${{ "--most": `${places.width * LARGER}px` }}
      onPointerMove=${(event) => { if (event.pointerType !== "touch") hover.value = found(event); }} onPointerLeave=${() => { hover.value = null; }}
      onPointerOver=${(event) => event.stopPropagation()} onClick=${(event) => { pin(found(event)); event.stopPropagation(); }}>
    <${Edges} v=${v} places=${places} /><${LitEdges} v=${v} places=${places} letters=${letters} />
    ${isEdge && html`<g role="listbox" aria-label="connections"><line ref=${own} role="option" tabindex="0" class="cursor" data-is=${cursor.ref} onKeyDown=${onKeyDown}
      aria-label=${`connection from ${name.pixel(ends(cursor.ref, v)[1])} to ${name.result(ends(cursor.ref, v)[0])}`}
      x1=${places.pixels[ends(cursor.ref, v)[1]][0]} y1=${places.pixels[ends(cursor.ref, v)[1]][1]}
      x2=${places.results[ends(cursor.ref, v)[0]][0]} y2=${places.results[ends(cursor.ref, v)[0]][1]} /></g>`}
    <g role="listbox" aria-label="input neurons, the pixels">${v.layer.inputs.map((value, index) => node("pixel", index, places.pixels[index], places.small, value))}</g>
    <g role="listbox" aria-label="output neurons, the results">${v.output.map((value, index) => node("result", index, places.results[index], places.large, value))}</g>
  </svg>`;
}
