// Grids of cells: rows and columns for a screen reader, arrow keys for everybody, one stop for the tab key.

import { html } from "./lib.js";

/** A grid. `children` are `Row`s; `plain` leaves out its own style. */
export function Grid({ label, rows, columns, children, class: style = "", ...rest }) {
  return html`<div role="grid" aria-label=${label} aria-rowcount=${rows} aria-colcount=${columns} data-grid
    class=${`grid ${style}`} ...${rest}>${children}</div>`;
}

export const Row = ({ index, children, class: style = "", ...rest }) =>
  html`<div role="row" aria-rowindex=${index + 1} class=${`row ${style}`} ...${rest}>${children}</div>`;

/** What a focusable cell has: its place, and that the tab key goes by it unless it is the first or was the last used. */
export const at = (row, column) => ({ "data-at": `${row},${column}`, tabindex: -1 });

/** A cell that only shows something. */
export function Cell({ is, row, column, label, role = "gridcell", class: style = "", colour, children }) {
  return html`<div role=${role} aria-colindex=${column + 1} aria-label=${label} data-is=${is}
    class=${`cell ${style}`} style=${colour ? { "--hue": colour } : undefined} ...${at(row, column)}>${children}</div>`;
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function next(grid, [row, column], [down, across]) {
  for (let far = 1; far < 64; far++) {
    const found = grid.querySelector(`[data-at="${row + far * down},${column + far * across}"]`);
    if (found) return found;
  }
  return null;
}

function ends(grid, row, key) {
  const cells = [...grid.querySelectorAll(`[data-at^="${row},"]`)];
  return key === "Home" ? cells[0] : cells.at(-1);
}

/** Move with arrow keys, Home and End; a number that is being typed keeps the keys that move in its text. */
export function moveByKeys(event) {
  const here = event.target.closest("[data-at]");
  const grid = here?.closest("[data-grid]");
  if (!grid || event.altKey || event.ctrlKey || event.metaKey) return;
  const typing = here.matches("input") && here.dataset.typing !== undefined;
  if (typing && !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const place = here.dataset.at.split(",").map(Number);
  const found = event.key in STEPS ? next(grid, place, STEPS[event.key]) : ["Home", "End"].includes(event.key) ? ends(grid, place[0], event.key) : undefined;
  if (found === undefined) return;
  event.preventDefault();
  found?.focus();
}

/** The cell that has the focus is the one that the tab key comes back to. */
export function rove(event) {
  const here = event.target.closest?.("[data-at]");
  if (!here) return;
  for (const other of here.closest("[data-grid]").querySelectorAll('[data-at][tabindex="0"]')) other.setAttribute("tabindex", "-1");
  here.setAttribute("tabindex", "0");
}
