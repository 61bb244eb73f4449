// The page: its bars and panels, the light on them, and the handle for teachers and tests.

import { Bar } from "./bar.js";
import { asSvg } from "./picture.js";
import { exact, ink, reading } from "./read.js";
import { Take, textOf } from "./take.js";
import { published } from "./derive.js";
import { read, write } from "./entry.js";
import { Foot } from "./foot.js";
import { listenForPictures } from "./drop.js";
import { effect, html, render } from "./lib.js";
import { keepLit } from "./light.js";
import { toLink } from "./link.js";
import { PANELS } from "./panels.js";
import { listen, pin } from "./point.js";
import { change, chosen, follow, hover, lit, mode, state, sweep, values } from "./store.js";

const Panel = ({ id, title, Body, Tools }) => html`<section class="panel" data-view=${id} aria-labelledby=${`title-${id}`}>
  <div class="head"><h2 id=${`title-${id}`}>${title()}</h2>${Tools && html`<${Tools} />`}</div><div class="body"><${Body} /></div></section>`;

const App = () => html`<${Bar}><button type="button" aria-pressed=${mode.value === "digit"} onClick=${() => { mode.value = mode.value === "digit" ? "views" : "digit"; }}>draw a digit</button><${Take} /><//><main class="panels" data-mode=${mode.value}>
  ${PANELS.filter(({ when }) => when()).map((panel) => html`<${Panel} key=${panel.id} ...${panel} />`)}</main><${Foot} />`;

const root = document.getElementById("explore");
render(html`<${App} />`, root);
keepLit(root);
listen(root);
listenForPictures(document);

// The address follows the state; a frame of a notebook has none that could.
let own = location.hash;
effect(() => {
  own = `#${toLink(state.value)}`;
  try {
    history.replaceState(null, "", own);
  } catch {
    // about:srcdoc
  }
});
addEventListener("hashchange", () => {
  if (location.hash === own || location.hash.length < 2) return;
  if (!follow(location.hash.slice(1))) history.replaceState(null, "", own);
});

window.explore = {
  get state() { return write(state.value); },
  set state(entry) { change(read(entry)); },
  get values() { return { ...published(values.value), digit: reading.value }; },
  /** What is drawn as a digit: 64 shares of ink; may be set. */
  get digit() { return ink.value; },
  set digit(shares) { ink.value = shares.map(exact); },
  /** The text of one way to take the state along: link, lecture, cnnmath, numpy, pytorch, keras. */
  text: textOf,
  /** A view, by its name in `data-view`, as the text of an SVG file. */
  svg: (view) => asSvg(document.querySelector(`[data-view="${view}"] .body`)),
  get lit() { return [...lit.value.keys()]; },
  get chosen() { return chosen.value; },
  get link() { return toLink(state.value); },
  select(ref) { hover.value = null; sweep.value = { at: null, playing: false }; pin(ref); },
  /** Resolves when the page shows its state. */
  settled: () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
};
