"""The page to explore a convolution with: one HTML file that works from disk, all views on it alive.

    python -m renders explore           writes renders/explore/index.html, as `make explore` does
    explore(convolution)                shows the page in a notebook's cell

Python fills in the page once (`page`); from then on it is the browser's. What comes from where:

page        the page as text: template, styles, scripts and what Python knows (`told`)
bundle      many modules of JavaScript as one script, without node
vendored    the libraries, each with version, hash and licence (`vendor/vendored.json`)
look        the colours of the films' theme as CSS
presets     convolutions to begin with, those of a lecture file among them
notebook    the page in a cell
css, js     what the browser gets, in small files

In `js`, imports run down this list:

main, parts of the page (bar, foot, panels/*)   what is drawn, with Preact and htm
point, grid, light, edit                        pointer, keys, what is lit, a number being typed or dragged
store, history                                  the state as signals; every change goes through `store.change`
lit, words                                      what belongs to a thing, and a sentence that says what it is
entry, link                                     a state as a lecture entry, and in an address
numbers, symbols, data                          the core's taps again; letters; what Python told

Only `numbers.js` does index arithmetic; the tests hold it to `cnnmath`, and what is lit to its taps.

To add a panel: write `js/panels/NAME.js` that exports a component, and add a line to `js/panels.js`. It reads
`state.value` and `values.value` (store.js). Each element that stands for a thing says which in `data-is`, as in
`data-is="weight:3"` (`lit.js` lists the kinds): pointing, focus, the light and the sentence then come by themselves.
Cells that stand in rows go into a `Grid` (`grid.js`), so that arrow keys move in it and a screen reader knows rows and
columns. A panel that changes something calls `change`. Its style is `css/NAME.css`.

For teachers and tests there is `window.explore`: `state`, a lecture entry that may be set; `values`, all numbers of the
page; `lit`, what is lit; `select("weight:0")`; `settled()`, a promise that the page has drawn them.
"""

from renders.explore.notebook import Explored, explore

__all__ = ["Explored", "explore"]
