// Take it with you: the state as a link, a lecture entry or code to copy, and a view as a file.

import { WAYS } from "./code.js";
import { html, useRef, useState } from "./lib.js";
import { toLink } from "./link.js";
import { PANELS } from "./panels.js";
import { asPng, asSvg } from "./picture.js";
import { mode, say, state } from "./store.js";

/** The address of this page with its state in it; in a frame that has none, only the state. */
const address = () => `${location.protocol === "about:" ? "" : location.href.split("#")[0]}#${toLink(state.value)}`;

/** Give the text of one way to take the state along. */
export const textOf = (id) => WAYS.find((way) => way.id === id).text(state.value, address());

function save(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Save a view as svg or png. */
export async function saveView(id, kind) {
  const svg = asSvg(document.querySelector(`[data-view="${id}"] .body`));
  save(`${id}.${kind}`, kind === "svg" ? new Blob([svg], { type: "image/svg+xml" }) : await asPng(svg));
}

async function copy(area) {
  area.select();
  try {
    await navigator.clipboard.writeText(area.value);
  } catch {
    document.execCommand("copy"); // a page from disk may have no other way
  }
  say("Copied.");
}

function Sheet({ close }) {
  const [id, setId] = useState("link");
  const views = PANELS.filter(({ when }) => when());
  const [view, setView] = useState(views[0].id);
  const area = useRef(null);
  const way = WAYS.find((each) => each.id === id);
  const shown = views.some((each) => each.id === view) ? view : views[0].id;
  return html`<div class="taken"><div class="head"><h2 id="take-title">Take it with you</h2><button type="button" onClick=${close}>close</button></div>
    ${mode.value === "views" && html`<div class="pair ways" role="group" aria-label="as what">${WAYS.map((each) => html`<button type="button" key=${each.id} aria-pressed=${each.id === id} onClick=${() => setId(each.id)}>${each.title}</button>`)}</div>
    <p class="advice">${way.advice}</p>
    <textarea ref=${area} readonly rows="12" spellcheck=${false} aria-label=${way.title} value=${textOf(id)}></textarea>
    <button type="button" class="main" onClick=${() => copy(area.current)}>copy ${way.title === "Link" ? "the link" : "it"}</button>`}
    <div class="saves"><label class="field"><span>A view as a picture</span><select value=${shown} onChange=${({ target }) => setView(target.value)}>
      ${views.map((each) => html`<option key=${each.id} value=${each.id}>${each.title()}</option>`)}</select></label>
      ${["svg", "png"].map((kind) => html`<button type="button" key=${kind} onClick=${() => saveView(shown, kind)}>${kind.toUpperCase()}</button>`)}</div></div>`;
}

export function Take() {
  const dialog = useRef(null);
  const [open, setOpen] = useState(false);
  const show = () => { setOpen(true); dialog.current.showModal(); };
  return html`<button type="button" aria-haspopup="dialog" onClick=${show}>take it with you</button>
    <dialog ref=${dialog} aria-labelledby="take-title" onClose=${() => setOpen(false)} onKeyDown=${(event) => event.stopPropagation()}>${open && html`<${Sheet} close=${() => dialog.current.close()} />`}</dialog>`;
}
