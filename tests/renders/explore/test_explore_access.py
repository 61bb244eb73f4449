"""The page for everybody: axe, the keyboard alone, names for a screen reader, large targets, a narrow screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from driven import Open, Page

from cnnmath import EXAMPLE, Convolution
from renders.explore.presets import entry

pytestmark = pytest.mark.slow

NARROW = {"viewport": {"width": 360, "height": 740}}
LEAST = 24
"""CSS pixels along each side of what is touched."""
LARGE = Convolution(np.arange(192).reshape(3, 8, 8) % 10, np.arange(150).reshape(2, 3, 5, 5) % 7 - 3, padding=1)
TARGETS = "button, input, select, textarea, summary, .grid [data-at]"


def modes(page: Page) -> Iterator[str]:
    """Bring the page from one mode to the next, and name each."""
    page.do("explore.select('weight:0');")
    yield "a weight"
    page.press("learn")
    yield "learning"
    page.press("without the rules")
    yield "without the rules"
    page.show(entry(LARGE))
    yield "large"
    page.press("draw a digit")
    yield "a digit"
    page.press("draw a digit")
    page.press("take it with you")
    yield "taking along"
    page.press("close")


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_axe_finds_nothing(opened: Open, scheme: str) -> None:
    page = opened(color_scheme=scheme)
    for mode in modes(page):
        page.page.wait_for_timeout(200)  # colours fade in
        found = Axe().run(page.page).response["violations"]
        assert [(mode, one["id"], one["nodes"][0]["html"]) for one in found] == []


def small(page: Page) -> list[str]:
    """What is touched and is too small for a finger. In SVG, a network or a map, targets are tested apart."""
    found: list[str] = page.page.locator(TARGETS).evaluate_all(
        "(all, least) => all.map((e) => [e, e.getBoundingClientRect()])"
        ".filter(([, box]) => box.width && box.height && (box.width < least - 0.01 || box.height < least - 0.01))"
        ".map(([e, box]) => `${e.localName} ${e.ariaLabel ?? e.textContent} ${box.width}×${box.height}`)",
        LEAST,
    )
    return found


@pytest.mark.parametrize("settings", [{}, NARROW], ids=["wide", "narrow"])
def test_targets_are_large_and_the_page_never_scrolls_sideways(opened: Open, settings: dict[str, Any]) -> None:
    page = opened(**settings)
    for mode in modes(page):
        assert (mode, small(page)) == (mode, [])
        assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), mode


def test_a_finger_hits_a_neuron_on_a_narrow_screen(opened: Open) -> None:
    page = opened(has_touch=True, **NARROW)
    for thing in ("pixel:0", "pixel:8", "result:0", "result:3"):
        circle = page.cell(thing, "network").locator("circle")
        circle.scroll_into_view_if_needed()
        box = circle.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        for dx, dy in ((-LEAST / 2, 0), (LEAST / 2, 0), (0, 1 - LEAST / 2), (0, LEAST / 2 - 1)):
            page.do("explore.select(null);")
            page.page.touchscreen.tap(x + dx, y + dy)
            assert page.do("return explore.chosen;") == thing, (dx, dy)


def test_grids_have_names_rows_and_columns(opened: Open) -> None:
    page = opened()
    page.press("learn")
    grids = page.page.locator("[role=grid]").evaluate_all(
        "all => all.map((grid) => ({ name: grid.ariaLabel, rows: Number(grid.ariaRowCount),"
        " columns: Number(grid.ariaColCount),"
        " row: [...grid.querySelectorAll('[role=row]')].map((row) => Number(row.ariaRowIndex)),"
        " cells: [...grid.querySelectorAll('[role=gridcell]')].map((cell) => ({ column: Number(cell.ariaColIndex),"
        " name: cell.ariaLabel ?? cell.querySelector('input')?.ariaLabel })) }))"
    )
    assert len({grid["name"] for grid in grids}) == len(grids) >= 9
    for grid in grids:
        assert grid["name"]
        assert set(grid["row"]) <= set(range(1, grid["rows"] + 1)), grid["name"]
        assert all(cell["name"] and 1 <= cell["column"] <= grid["columns"] for cell in grid["cells"]), grid["name"]
    assert page.cell("weight:1").locator("input").get_attribute("aria-label") is not None
    page.do("explore.select('tap:0');")
    assert page.cell("tap:0", "matrix").get_attribute("aria-selected") == "true"
    assert page.cell("tap:1", "matrix").get_attribute("aria-selected") != "true"


def reach(page: Page, selector: str) -> None:
    """Go to what a selector names with the tab key alone."""
    for _ in range(80):
        page.page.keyboard.press("Tab")
        if page.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"the tab key does not come to {selector}")


def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        page.page.keyboard.press(key)
    page.do("")


def test_the_views_are_used_by_keyboard_alone(opened: Open) -> None:
    page = opened(reduced_motion="reduce")
    reach(page, "[data-view=image] [data-is='weight:0'] input")
    keys(page, "ArrowRight", "ArrowDown")
    assert page.do("return explore.chosen;") == "weight:3"
    keys(page, "7", "Enter")
    assert page.state()["kernel"][1][1] == 7
    keys(page, "PageUp", "PageUp", "PageDown")
    assert page.state()["kernel"][1][1] == 8
    keys(page, "Control+z", "Control+z")
    assert page.state() == {**page.state(), "kernel": EXAMPLE.kernel[0, 0].tolist()}
    reach(page, "[data-view=equations] [data-at]")
    keys(page, "ArrowRight", "ArrowRight", "ArrowDown")
    assert page.do("return explore.chosen;") == "tap:5"
    reach(page, "[data-view=network] [data-is='pixel:0']")
    keys(page, "ArrowDown", "ArrowRight")
    assert page.do("return explore.chosen;") == "tap:1"
    reach(page, "[data-view=matrix] [data-at]")
    keys(page, "ArrowDown", "ArrowRight", "ArrowLeft")
    assert page.do("return explore.chosen;") == "tap:0"
    reach(page, "button[aria-label='step forward']")
    keys(page, "Escape", "Enter", "Space")
    assert page.do("return explore.chosen;") == "result:1"


def test_learning_digits_and_taking_along_by_keyboard_alone(opened: Open) -> None:
    page = opened()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reach(page, "button:nth-of-type(1)[aria-pressed=false]:is(.bar > button)")
    keys(page, "Enter")
    assert page.values()["loss"] == 21
    reach(page, "[data-view=learning] button:nth-of-type(1)")
    keys(page, "Enter")
    assert page.values()["loss"] < 21
    reach(page, "[aria-haspopup=dialog]")
    keys(page, "Enter")
    reach(page, "dialog .main")
    keys(page, "Enter")
    assert page.page.evaluate("navigator.clipboard.readText()") == page.page.url
    keys(page, "Escape")
    assert page.page.locator("dialog[open]").count() == 0
    page.page.get_by_role("button", name="draw a digit", exact=True).focus()
    keys(page, "Enter")
    reach(page, ".paper [data-at='0,0']")
    keys(page, "Delete", "ArrowRight", "Delete", "Space")
    assert page.page.evaluate("explore.digit.slice(0, 2)") == [0, 0.5]
