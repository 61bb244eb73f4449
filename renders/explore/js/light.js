// The light: whatever stands for a thing that is lit says so, in every view and however it was drawn.

import { effect } from "./lib.js";
import { chosen, lit } from "./store.js";

const SELECTABLE = ["gridcell", "rowheader", "columnheader", "option"];

function paint(root) {
  const now = lit.value;
  root.toggleAttribute("data-lighting", now.size > 0);
  for (const element of root.querySelectorAll("[data-is]")) {
    const is = element.dataset.is;
    const colour = now.get(is);
    const on = colour !== undefined;
    if (on === element.hasAttribute("data-lit") && (!on || element.style.getPropertyValue("--by") === colour)) {
      mark(element, is === chosen.value);
      continue;
    }
    element.toggleAttribute("data-lit", on);
    if (colour) element.style.setProperty("--by", colour);
    else element.style.removeProperty("--by");
    if (SELECTABLE.includes(element.getAttribute("role"))) element.setAttribute("aria-selected", String(on));
    mark(element, is === chosen.value);
  }
  for (const grid of root.querySelectorAll("[data-grid]"))
    if (!grid.querySelector('[tabindex="0"]')) grid.querySelector("[data-at]")?.setAttribute("tabindex", "0");
}

const mark = (element, on) => { if (on !== element.hasAttribute("data-chosen")) element.toggleAttribute("data-chosen", on); };

/** Keep the light on what is drawn in `root`, whenever that or what is chosen changes. */
export function keepLit(root) {
  new MutationObserver(() => paint(root)).observe(root, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-is"],
  });
  effect(() => { paint(root); });
}
