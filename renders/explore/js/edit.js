// A number that can be changed: typed, dragged, or moved by a slider; all ways end in `setNumber`.

import { LARGEST, Refused, typed } from "./entry.js";
import { at } from "./grid.js";
import { html, useRef, useState } from "./lib.js";
import { parsed } from "./lit.js";
import { flat, nest, shapeOf } from "./numbers.js";
import { attempt, say, settle } from "./store.js";
import { short, written } from "./words.js";

const DRAGGED = 4; // CSS pixels before a press becomes a drag
const PER_STEP = 8; // CSS pixels a step

const put = (nested, index, value) => nest(flat(nested).map((old, i) => (i === index ? value : old)), shapeOf(nested));

/** Give a state with another number in place of a weight, pixel, bias or target. */
export function replaced(state, ref, value) {
  const [kind, index] = parsed(ref);
  if (Math.abs(value) > LARGEST) throw new Refused(`a number here may be up to ${LARGEST}; got ${value}`);
  const learn = (part) => ({ ...state, learn: { ...state.learn, ...part } });
  const dense = state.learn?.dense;
  if (kind === "target") return learn({ target: put(state.learn.target, index, value), losses: [] });
  if (dense && kind === "weight") return learn({ dense: { ...dense, weights: put(dense.weights, index, value) } });
  if (dense && kind === "bias") return learn({ dense: { ...dense, bias: put(dense.bias, index, value) } });
  const key = { weight: "kernel", pixel: "image", bias: "bias" }[kind];
  return { ...state, [key]: put(state[key], index, value) };
}

export const tidy = (value) => Number(value.toFixed(9));
export const setNumber = (ref, value) => attempt((state) => replaced(state, ref, tidy(value)), `number:${ref}`);

/** How wide a text is, for CSS to choose its size by. */
export const chars = (text) => ({ "--chars": Math.max(1, [...text].length) });

/** A cell of a grid whose number can be changed. In letters it shows its name, until somebody types. */
export function NumberCell({ is, value, name, label, row, column, letters, colour, class: style = "", lonely }) {
  const [text, setText] = useState(null);
  const [wrong, setWrong] = useState(false);
  const before = useRef(value);
  const drag = useRef(null);
  const shown = text ?? (letters ? name : short(value));

  const onInput = ({ target }) => {
    if (text === null) before.current = value;
    setText(target.value);
    const number = typed(target.value);
    setWrong(Number.isNaN(number) && /[^-−+.,\d\s/e]/i.test(target.value));
    if (!Number.isNaN(number)) setNumber(is, number);
  };
  const end = () => {
    if (text !== null && Number.isNaN(typed(text)) && text.trim() !== name)
      say(`“${text.trim().slice(0, 20)}” is no number; expected one such as 2, −3, 0.5 or 1/9. ${name} is ${written(value)} as before.`, "error");
    setText(null);
    setWrong(false);
    settle();
  };
  const onKeyDown = (event) => {
    const steps = { PageUp: 1, PageDown: -1 }[event.key];
    if (steps) {
      event.preventDefault();
      setText(null);
      setNumber(is, value + steps * (event.shiftKey ? 0.1 : 1));
    } else if (event.key === "Enter") {
      end();
      event.target.select();
    } else if (event.key === "Escape" && text !== null) {
      event.stopPropagation();
      setNumber(is, before.current);
      setText(null);
      setWrong(false);
      settle();
    }
  };
  const onPointerDown = (event) => { drag.current = { x: event.clientX, y: event.clientY, from: value, on: false }; };
  const onPointerMove = (event) => {
    const held = drag.current;
    if (!held || !event.buttons) return;
    const moved = event.clientX - held.x - (event.clientY - held.y);
    if (!held.on && Math.abs(moved) < DRAGGED) return;
    if (!held.on) {
      held.on = true;
      event.target.setPointerCapture(event.pointerId);
      setText(null);
    }
    event.preventDefault();
    setNumber(is, held.from + Math.round(moved / PER_STEP) * (event.shiftKey ? 0.1 : 1));
  };
  const onPointerUp = () => {
    if (drag.current?.on) settle();
    drag.current = null;
  };
  const input = html`<input type="text" inputmode="text" autocomplete="off" autocapitalize="off" spellcheck=${false} enterkeyhint="done"
    value=${shown} aria-label=${`${label}: ${letters ? `${name}, ` : ""}${written(value)}`} aria-invalid=${wrong ? "true" : undefined} style=${chars(shown)}
    data-typing=${text === null ? undefined : ""} onInput=${onInput} onBlur=${end} onKeyDown=${onKeyDown}
    onFocus=${({ target }) => target.select()} onPointerDown=${onPointerDown} onPointerMove=${onPointerMove}
    onPointerUp=${onPointerUp} onPointerCancel=${onPointerUp} ...${lonely ? {} : at(row, column)} />`;
  const role = lonely ? {} : { role: "gridcell", "aria-colindex": column + 1 };
  return html`<div ...${role} data-is=${is} class=${`cell number ${style}`} style=${colour ? { "--hue": colour } : undefined}>${input}</div>`;
}
