"""Take the README's pictures of what is used in a browser. Needs Chromium and what the tests need.

python -m renders.screens      (after `make page`)
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from renders.making import whole
from renders.pictures import TARGET
from renders.steps import spoken


class Screen(NamedTuple):
    """A picture of the page: the scene that it shows and the step that was jumped to, some seconds ago."""

    name: str
    scene: str
    step: str
    seconds: float

    @property
    def path(self) -> Path:
        """Where it goes."""
        return TARGET / f"{self.name}.png"


SCREENS = (Screen("page", "MatrixToNetwork", "other-rows", 5),)
PAGE = Path("renders", "page", "index.html")
SIZE = {"width": 1280, "height": 800}


def shoot(screen: Screen) -> Path:
    """Take one picture, whole or not at all. Raises ValueError where there is no page or no browser."""
    from playwright.sync_api import sync_playwright  # only tests and pictures need it

    chromium = shutil.which("chromium")
    if chromium is None or not PAGE.is_file():
        raise ValueError(f"{PAGE} or Chromium is missing; run `make page` and `make test` first")
    with sync_playwright() as playwright, whole(screen.path) as (unfinished,):
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=SIZE, color_scheme="dark", offline=True)  # type: ignore[arg-type]
        page.goto(PAGE.resolve().as_uri())
        clip = page.locator(f"#{screen.scene}")
        clip.get_by_role("link", name=spoken(screen.step)).click()
        clip.evaluate("(clip) => clip.scrollIntoView({behavior: 'instant'})")
        page.wait_for_timeout(1000 * screen.seconds)
        page.screenshot(path=unfinished)
        browser.close()
    return screen.path


def main() -> int:
    """Take all pictures and name them."""
    try:
        for screen in SCREENS:
            path = shoot(screen)
            print(f"{path}  {path.stat().st_size // 1024} KiB")
    except ValueError as error:
        print(f"screens: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
