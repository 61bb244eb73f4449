// The libraries, under the names that all other modules use.

import { h, render } from "preact";
import htm from "htm";
export { useState, useRef, useEffect, useLayoutEffect, useMemo } from "preact/hooks";
export { signal, computed, effect, batch } from "@preact/signals";

export const html = htm.bind(h);
export { render };
