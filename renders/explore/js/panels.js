// The panels of the page, in the order in which they stand. A new one is a component and a line here.

import { DigitPanel } from "./panels/digit.js";
import { EquationsPanel } from "./panels/equations.js";
import { ImagePanel } from "./panels/image.js";
import { MatrixPanel } from "./panels/matrix.js";
import { NetworkPanel } from "./panels/network.js";
import { LearningPanel } from "./panels/learning.js";
import { html } from "./lib.js";
import { mode, showZeros, state, values } from "./store.js";

const Zeros = () => !values.value.isDense && html`<button type="button" aria-pressed=${showZeros.value}
  onClick=${() => { showZeros.value = !showZeros.value; }}>with zeros</button>`;

/** Each: its name in `data-view`, its heading, what it draws, what stands beside the heading, and when it is there. */
export const PANELS = [
  { id: "image", title: () => "Image, filter, result", Body: ImagePanel, when: () => mode.value === "views" },
  { id: "equations", title: () => "Equations", Body: EquationsPanel, when: () => mode.value === "views" },
  { id: "network", title: () => (showZeros.value || values.value.isDense ? "Network, dense" : "Network, sparse"), Body: NetworkPanel, Tools: Zeros, when: () => mode.value === "views" },
  { id: "matrix", title: () => "Matrix × pixels + bias = result", Body: MatrixPanel, when: () => mode.value === "views" },
  { id: "learning", title: () => "Learning", Body: LearningPanel, when: () => mode.value === "views" && Boolean(state.value.learn) },
  { id: "digit", title: () => "Draw a digit, and a trained network reads it", Body: DigitPanel, when: () => mode.value === "digit" },
];
