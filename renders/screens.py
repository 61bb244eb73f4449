"""Take the README's pictures of what is used in a browser. Needs Chromium and what the tests need.

python -m renders.screens      (after `make page`, `make slides` and `make explore`)
"""

from __future__ import annotations

import shutil
import sys
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image

from renders.making import reported, whole
from renders.pictures import TARGET, lean, weighed
from renders.request import PROJECT
from renders.steps import spoken


class Screen(NamedTuple):
    """A picture of an HTML file: the scene that it shows and the step that was jumped to, some seconds ago.

    Of the page to explore: what is pointed at, its kind and its number.
    """

    name: str
    html: Path
    scene: str
    step: str
    seconds: float

    @property
    def path(self) -> Path:
        """Where it goes."""
        return TARGET / f"{self.name}.png"


SCREENS = (
    Screen("page", Path("renders", "page", "index.html"), "MatrixToNetwork", "other-rows", 5),
    Screen("deck", Path("renders", "slides", PROJECT, "index.html"), "MatrixView", "other-rows", 2),
    Screen("explore", Path("renders", "explore", "index.html"), "weight", "0", 1),
)
SIZE = {"width": 1280, "height": 800}


def shoot(screen: Screen) -> Path:
    """Take one picture, whole or not at all. Raises ValueError where there is no such file or no browser."""
    from playwright.sync_api import sync_playwright  # only tests and pictures need it

    chromium = shutil.which("chromium")
    if chromium is None or not screen.html.is_file():
        wanted = "`make page`, `make slides`, `make explore` and `make test`"
        raise ValueError(f"{screen.html} or Chromium is missing; run {wanted} first")
    with sync_playwright() as playwright, whole(screen.path) as (unfinished,):
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=SIZE, color_scheme="dark", offline=True)  # type: ignore[arg-type]
        page.goto(screen.html.resolve().as_uri())
        {"deck": _overview, "explore": _point}.get(screen.name, _jump)(page, screen)
        page.wait_for_timeout(1000 * screen.seconds)
        lean(Image.open(BytesIO(page.screenshot()))).save(unfinished, "PNG", optimize=True)
        browser.close()
    return screen.path


def _jump(page: Any, screen: Screen) -> None:
    """Jump to a step of a clip on the page."""
    clip = page.locator(f"#{screen.scene}")
    clip.get_by_role("link", name=spoken(screen.step)).click()
    clip.evaluate("(clip) => clip.scrollIntoView({behavior: 'instant'})")


def _overview(page: Any, screen: Screen) -> None:
    """Show all slides around one."""
    page.wait_for_function("Reveal.isReady()")
    page.evaluate(
        "(id) => { const { h, v } = Reveal.getIndices(document.getElementById(id));"
        " Reveal.slide(h, v); Reveal.toggleOverview(true); }",
        f"{screen.scene}-{screen.step}",
    )


def _point(page: Any, screen: Screen) -> None:
    """Point at something in the image's view: it is lit in all of them."""
    page.locator(f'[data-view=image] [data-is="{screen.scene}:{screen.step}"]').first.hover()


def main() -> int:
    """Take all pictures and name them."""
    return reported("screens", weighed(map(shoot, SCREENS)))


if __name__ == "__main__":
    sys.exit(main())
