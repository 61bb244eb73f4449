// The state of the page and all that follows from it. Every change goes through `change`, which can be undone.

import { told } from "./data.js";
import { derive } from "./derive.js";
import { read, Refused } from "./entry.js";
import { fromLink } from "./link.js";
import { litBy } from "./lit.js";
import { batch, computed, signal } from "./lib.js";

/** What is said to the reader: {kind: "error" | "done", text}, or null. */
export const note = signal(null);
export const say = (text, kind = "done") => { note.value = text ? { kind, text } : null; };

export const state = signal(beginning());
export const values = computed(() => derive(state.value));

/** What is pointed at, what was chosen to stay, and where the sweep is: each a thing such as "weight:3", or null. */
export const hover = signal(null);
export const pinned = signal(null);
export const sweep = signal({ at: null, playing: false });
export const chosen = computed(() => {
  const swept = sweep.value.at === null ? null : `result:${sweep.value.at}`;
  return [hover.value, pinned.value, swept].find((ref) => ref && litBy(ref, values.value)) ?? null;
});
let last = new Map();
const same = (one, other) => one.size === other.size && [...one].every(([thing, colour]) => other.get(thing) === colour);

/** What is lit. It stays the same object while the same things are, so that an edit alone paints no light anew. */
export const lit = computed(() => {
  const now = litBy(chosen.value, values.value) ?? new Map();
  if (!same(now, last)) last = now;
  return last;
});

/** "views" or "digit". */
export const mode = signal("views");
/** Whether the network shows the untrainable zeros, too, and whether the matrix shows its entries' wishes. */
export const showZeros = signal(false);
export const showWishes = signal(true);

const past = signal([]);
const future = signal([]);
export const canUndo = computed(() => past.value.length > 0);
export const canRedo = computed(() => future.value.length > 0);
const MOST = 500;
let group = null;

/** Take a new state. Changes of one `key` that follow each other, as of a number being dragged, are undone as one. */
export function change(next, key = null) {
  batch(() => {
    if (key === null || key !== group) past.value = [...past.value.slice(-MOST), state.value];
    future.value = [];
    group = key;
    state.value = next;
    say("");
  });
}

/** End a group of changes: what comes next is undone by itself. */
export const settle = () => { group = null; };

/** Change to what `make` gives of the state; say what is wrong with it if it is refused. Tells whether it was taken. */
export function attempt(make, key = null) {
  try {
    change(make(state.value), key);
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    say(sentence(error.message), "error");
    return false;
  }
}

const sentence = (text) => `${text[0].toUpperCase()}${text.slice(1)}. Nothing has changed.`;

export function undo() { travel(past, future); }
export function redo() { travel(future, past); }

function travel(from, to) {
  if (!from.value.length) return;
  batch(() => {
    to.value = [...to.value, state.value];
    state.value = from.value.at(-1);
    from.value = from.value.slice(0, -1);
    group = null;
    say("");
  });
}

function beginning() {
  const usual = told.start ?? told.presets[0].entry;
  const link = location.hash.slice(1);
  if (link.length < 2) return read(usual);
  try {
    return fromLink(link);
  } catch (error) {
    const why = error instanceof Refused ? error.message : "it is cut off or damaged";
    note.value = { kind: "error", text: `The link does not hold a convolution: ${why}. Here is the example instead.` };
    return read(usual);
  }
}

/** Follow a link that was put into the address of the open page. */
export function follow(link) {
  return attempt(() => {
    try {
      return fromLink(link);
    } catch (error) {
      if (error instanceof Refused) throw error;
      throw new Refused("the link is cut off or damaged");
    }
  });
}
