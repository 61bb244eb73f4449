"""The page in a browser with the network off, and all that it complained about or asked for."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from cnnmath import Convolution
from renders.explore.presets import entry

Entry = dict[str, Any]
SEARCH = settings(
    max_examples=100 if os.environ.get("SEARCH") == "long" else 12,
    deadline=None,
    # To make a failing state smaller takes minutes in a browser; the page shows it as it is.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
"""How states are drawn for a page in the browser."""


class Page:
    """The page that somebody has opened, in one context of the browser."""

    def __init__(self, browser: Any, file: Path, link: str = "", **settings: Any) -> None:
        self.faults: list[str] = []
        self.context = browser.new_context(
            **({"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark", "offline": True} | settings)
        )
        self.context.set_default_timeout(60_000)  # other tests may keep the cores busy
        self.page = self.context.new_page()
        self.page.on("console", lambda said: self.faults.append(said.text))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", lambda asked: self._asked(asked.url, file))
        self.page.goto(file.as_uri() + link)
        self.page.wait_for_function("window.explore")

    def _asked(self, url: str, file: Path) -> None:
        if not url.startswith((file.as_uri(), "data:", "blob:")):
            self.faults.append(url)

    def do(self, script: str, argument: Any = None) -> Any:
        """Run a script with `explore` in it, and give what it gives once the page has drawn it."""
        return self.page.evaluate(
            f"async (given) => {{ const found = await (async () => {{ {script} }})(); "
            "await explore.settled(); return found; }",
            argument,
        )

    def show(self, given: Entry) -> None:
        """Set the state."""
        self.do("explore.state = given;", given)

    def values(self) -> Any:
        """All numbers of the page."""
        return self.page.evaluate("explore.values")

    def state(self) -> Any:
        """The state as a lecture entry."""
        return self.page.evaluate("explore.state")

    def press(self, name: str) -> None:
        """Press the button of this name, as whoever uses the page does."""
        self.page.get_by_role("button", name=name, exact=True).click()
        self.do("")

    def cell(self, is_: str, view: str = "image") -> Any:
        """What stands for a thing in a view."""
        return self.page.locator(f'[data-view={view}] [data-is="{is_}"]')

    def said(self) -> str:
        """What the page says below."""
        return str(self.page.locator(".sentence").inner_text())

    def close(self) -> None:
        """Close it; by then it has complained about nothing, and asked nobody for anything."""
        self.context.close()
        assert self.faults == []


Open = Callable[..., Page]
"""Opens a page of one's own, at a link, in a reader's settings."""


def convolution_of(given: Entry) -> Convolution:
    """Give the convolution of an entry."""
    keys = ("image", "kernel", "bias", "stride", "padding", "dilation")
    return Convolution(**{key: given[key] for key in keys if key in given})


NUMBERS = st.integers(-9, 9) | st.floats(-20, 20, allow_nan=False).map(lambda value: round(value, 3))


@st.composite
def entries(draw: st.DrawFn, most_side: int = 8, most_filter: int = 5) -> Entry:
    """Draw a lecture entry that the page takes: all sizes, strides, paddings and dilations that fit."""
    channels, filters = draw(st.integers(1, 3)), draw(st.integers(1, 2))
    rows, columns = draw(st.integers(1, most_side)), draw(st.integers(1, most_side))
    padding = draw(st.sampled_from(["same", 0, 1, [1, 2], [[0, 1], [2, 0]], [[4, 3], [0, 4]]]))
    pads = {"same": [[8, 8], [8, 8]], 0: [[0, 0]] * 2, 1: [[1, 1]] * 2}.get(
        padding if isinstance(padding, str | int) else ""
    )
    pads = pads or [side if isinstance(side, list) else [side, side] for side in padding]
    dilation = [draw(st.integers(1, 2)), draw(st.integers(1, 2))]
    high, wide = (
        draw(st.integers(1, max(1, min(most_filter, (side + sum(around) - 1) // gap + 1))))
        for side, around, gap in zip((rows, columns), pads, dilation, strict=True)
    )
    array = lambda *shape: draw(st.lists(NUMBERS, min_size=int(np.prod(shape)), max_size=int(np.prod(shape))))  # noqa: E731
    image = np.array(array(channels, rows, columns)).reshape(channels, rows, columns)
    kernel = np.array(array(filters, channels, high, wide)).reshape(filters, channels, high, wide)
    stride = draw(st.sampled_from([1, 2, [1, 2], [3, 1]]))
    made = Convolution(
        image,
        kernel,
        array(filters),
        stride,
        padding if padding == "same" else tuple(map(tuple, pads)),
        tuple(dilation),
    )
    return entry(made, draw(st.sampled_from(["letters", "numbers"])))
