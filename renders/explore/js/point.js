// Pointing, touching and focusing: whatever has a `data-is` can be chosen, and lights up.

import { moveByKeys, rove } from "./grid.js";
import { hover, note, pinned, redo, say, settle, sweep, undo } from "./store.js";

const thing = (target) => target.closest?.("[data-is]:not([data-quiet])")?.dataset.is ?? null;

/** Listen on the page once, for all views. */
export function listen(root) {
  root.addEventListener("pointerover", (event) => { if (event.pointerType !== "touch" && !event.buttons) hover.value = thing(event.target); });
  root.addEventListener("pointerleave", () => { hover.value = null; });
  root.addEventListener("focusin", (event) => { rove(event); if (thing(event.target)) pin(thing(event.target)); });
  root.addEventListener("click", (event) => { if (thing(event.target)) pin(thing(event.target)); });
  root.addEventListener("keydown", moveByKeys);
  document.addEventListener("keydown", shortcuts);
}

/** Keep a thing chosen. */
export function pin(ref) {
  if (ref !== pinned.value && note.value?.kind === "done") say("");
  pinned.value = ref;
  if (ref) sweep.value = { ...sweep.value, playing: false };
}

function shortcuts(event) {
  const typing = event.target.closest?.("[data-typing], textarea");
  if (event.key === "Escape") {
    hover.value = null;
    pinned.value = null;
    sweep.value = { at: null, playing: false };
    say("");
    return;
  }
  if (!(event.ctrlKey || event.metaKey) || event.altKey || typing) return;
  const key = event.key.toLowerCase();
  if (!["z", "y"].includes(key)) return;
  event.preventDefault();
  settle();
  if (key === "y" || event.shiftKey) redo();
  else undo();
}
