"""How long the page to explore takes over an edit: a number is typed into the image, and all five views follow.

Counted is Chromium's own time in scripts, from the stroke to the page at rest. Needs Chromium, as the tests do.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measure import Measure, Target
from cnnmath import Convolution
from renders.explore.page import write_page
from renders.explore.presets import entry

RUNS = 20
TYPE = """async (text) => {
    const cell = document.activeElement;
    cell.value = text;
    cell.dispatchEvent(new Event("input", { bubbles: true }));
    await explore.settled();
}"""
CASES = {"8 × 8 with 3 × 3": (3, 1, 16), "8 × 8 with two filters of 5 × 5": (5, 2, 50)}
"""The side of a filter, how many there are, and the milliseconds that an edit may take."""


def measures() -> Iterator[Measure]:
    """Type a number again and again, in a small state and in the largest."""
    chance = np.random.default_rng(1)
    with _page() as page:
        counter = page.context.new_cdp_session(page)
        counter.send("Performance.enable")
        for name, (side, filters, most) in CASES.items():
            kernel = chance.integers(-4, 5, (filters, 1, side, side))
            shown = Convolution(chance.integers(0, 10, (8, 8)), kernel)
            page.evaluate("(given) => { explore.state = given; }", entry(shown, "numbers"))
            page.evaluate("explore.settled()")
            page.locator('[data-view=image] [data-is="pixel:9"] input').focus()
            samples = [_edit(page, counter, f"{run % 9}.5") for run in range(RUNS + 1)]
            yield Measure(f"an edit, {name}", "ms", samples[1:], None, Target(most, "ours"), "script in Chromium")


def _edit(page: Any, counter: Any, text: str) -> float:
    """The milliseconds of script that an edit takes."""
    before = _script(counter)
    page.evaluate(TYPE, text)
    return 1000 * (_script(counter) - before)


def _script(counter: Any) -> float:
    """Seconds of script until now."""
    found = counter.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in found if one["name"] == "ScriptDuration"))


@contextmanager
def _page() -> Iterator[Any]:
    """The page as `make explore` writes it, in a browser. Raises RuntimeError where there is none."""
    from playwright.sync_api import sync_playwright  # only this group needs it

    chromium = shutil.which("chromium")
    if chromium is None:
        raise RuntimeError("Chromium is missing; `make test` installs it")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder, "index.html")
        write_page(file)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1440, "height": 900}, offline=True)
        page.goto(file.resolve().as_uri())
        page.wait_for_function("window.explore")
        yield page
        browser.close()
