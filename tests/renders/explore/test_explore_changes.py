"""Changing things as whoever uses the page does: typing, dragging, presets, sizes, pictures, undo; and refusals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from driven import Open, Page, convolution_of
from PIL import Image

from cnnmath import EXAMPLE, PADDED_EXAMPLE, Convolution
from renders.explore.__main__ import main
from renders.explore.notebook import explore
from renders.explore.presets import LIMITS, entry, presets
from scenes._look.photos import load_image

pytestmark = pytest.mark.slow


def typed(page: Page, is_: str, text: str) -> None:
    """Type a text into a cell, and leave it."""
    field = page.cell(is_).locator("input")
    field.fill(text)
    field.blur()
    page.do("")


@pytest.mark.parametrize(
    ("text", "value"), [("-4", -4), ("−4", -4), ("0,5", 0.5), (".25", 0.25), ("1/4", 0.25), ("1e2", 100)]
)
def test_a_number_may_be_written_in_many_ways(shared: Page, text: str, value: float) -> None:
    shared.show(entry(EXAMPLE))
    typed(shared, "weight:2", text)
    kernel = EXAMPLE.kernel.copy()
    kernel[0, 0, 1, 0] = value
    expected = Convolution(EXAMPLE.image, kernel, EXAMPLE.bias)
    assert shared.values()["output"] == expected.output().ravel().tolist()


def test_letters_in_a_cell_lose_nothing(shared: Page) -> None:
    shared.show(entry(EXAMPLE, "letters"))
    before = shared.state()
    field = shared.cell("pixel:1").locator("input")
    field.fill("seven")
    assert field.get_attribute("aria-invalid") == "true"
    field.blur()
    shared.do("")
    assert shared.said() == "“seven” is no number; expected one such as 2, −3, 0.5 or 1/9. B is 7 as before."
    assert shared.state() == before
    assert field.input_value() == "B"


def test_escape_takes_back_what_was_typed(shared: Page) -> None:
    shared.show(entry(EXAMPLE))
    before = shared.state()
    field = shared.cell("bias:0").locator("input")
    field.fill("99")
    shared.do("")
    assert shared.state() != before
    field.press("Escape")
    shared.do("")
    assert shared.state() == before


def test_a_number_is_turned_by_dragging_and_undone_as_one(opened: Open) -> None:
    page = opened()
    page.show(entry(EXAMPLE))
    box = page.cell("weight:0").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.page.mouse.move(x, y)
    page.page.mouse.down()
    for moved in (8, 16, 24):
        page.page.mouse.move(x + moved, y)
    page.page.mouse.up()
    page.do("")
    assert page.state()["kernel"][0][0] == EXAMPLE.kernel[0, 0, 0, 0] + 3
    page.press("undo")
    assert page.state()["kernel"] == entry(EXAMPLE)["kernel"][0][0]


def test_undo_and_redo_go_through_everything(opened: Open) -> None:
    page = opened()
    states = [page.state()]
    assert page.page.get_by_role("button", name="undo", exact=True).is_disabled()
    for change in (
        lambda: typed(page, "pixel:4", "-2"),
        lambda: page.press("numbers"),
        lambda: page.page.get_by_label("padding", exact=True).fill("1"),
        lambda: page.press("learn"),
        lambda: page.press("ten steps"),
        lambda: page.press("without the rules"),
    ):
        change()
        page.page.locator("h1").click()  # a field takes its text when it is left
        page.do("")
        assert page.state() != states[-1]
        states.append(page.state())
    for state in reversed(states[:-1]):
        page.page.keyboard.press("Control+z")
        page.do("")
        assert page.state() == state
    for state in states[1:]:
        page.page.keyboard.press("Control+y")
        page.do("")
        assert page.state() == state
    assert page.page.get_by_role("button", name="redo", exact=True).is_disabled()


def test_every_preset_is_what_it_says(shared: Page) -> None:
    menu = shared.page.get_by_label("Begin with")
    assert menu.locator("option:not([value='-1'])").all_inner_texts() == [preset.title for preset in presets()]
    for preset in presets():
        menu.select_option(label=preset.title)
        shared.do("")
        np.testing.assert_allclose(shared.values()["output"], preset.convolution.output().ravel(), rtol=1e-9, atol=1e-9)
        assert shared.state()["notation"] == preset.notation
        assert menu.locator("option:checked").inner_text() == preset.title
    assert {"The post’s example", "With zero padding"} <= {preset.title for preset in presets()}
    assert presets()[1].convolution is PADDED_EXAMPLE


def size_field(page: Page, group: str, name: str) -> Any:
    return page.page.locator(f'fieldset:has(legend:text-is("{group}")) label:has(span:text-is("{name}")) select')


def sized(page: Page, group: str, name: str, size: int) -> None:
    size_field(page, group, name).select_option(str(size))
    page.do("")


def test_sizes_channels_and_filters_grow_to_their_limits_and_keep_what_stays(opened: Open) -> None:
    page = opened()
    page.page.locator("summary").click()
    for group, name, size in (
        *(("image", "rows", LIMITS["side"]), ("image", "columns", LIMITS["side"])),
        *(("filter", "rows", LIMITS["filter"]), ("filter", "columns", LIMITS["filter"])),
        *(("image", "channels", LIMITS["channels"]), ("filter", "filters", LIMITS["filters"])),
    ):
        sized(page, group, name, size)
    conv = convolution_of(page.state())
    assert conv.image.shape == (3, 8, 8)
    assert conv.kernel.shape == (2, 3, 5, 5)
    assert np.array_equal(conv.image[0, :3, :3], EXAMPLE.image[0])
    assert np.array_equal(conv.kernel[0, 0, :2, :2], EXAMPLE.kernel[0, 0])
    np.testing.assert_allclose(page.values()["output"], conv.output().ravel())


def test_a_filter_larger_than_the_image_is_refused(opened: Open) -> None:
    page = opened()
    before = page.state()
    page.page.locator("summary").click()
    sized(page, "filter", "rows", 5)
    assert page.said() == "The filter spans 5×2 and does not fit in the padded image of 3×3. Nothing has changed."
    assert page.state() == before
    assert size_field(page, "filter", "rows").input_value() == "2"


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("stride", "0", "Stride must be a whole number from 1 to 8"),
        ("stride", "two", "Expected a whole number such as 1, or rows and columns such as 1, 2; got “two”"),
        ("padding", "9", "Padding must be a whole number from 0 to 4"),
        ("dilation", "3", "The filter spans 4×4 and does not fit in the padded image of 3×3"),
    ],
)
def test_a_move_that_cannot_be_is_refused(opened: Open, name: str, text: str, word: str) -> None:
    page = opened()
    before = page.state()
    field = page.page.get_by_label(name, exact=True)
    field.fill(text)
    field.press("Enter")
    page.do("")
    assert page.said().startswith(word)
    assert page.said().endswith("Nothing has changed.")
    assert page.state() == before
    assert field.input_value() == str(before[name])


@pytest.mark.parametrize(
    ("text", "padding"),
    [("1", 1), ("same", "same"), ("1,2", [1, 2]), ("0,1;2,0", [[0, 1], [2, 0]]), ("0,0;1,1", [0, 1])],
)
def test_padding_is_read_as_a_lecture_has_it(shared: Page, text: str, padding: Any) -> None:
    shared.show(entry(EXAMPLE))
    field = shared.page.get_by_label("padding", exact=True)
    field.fill(text)
    field.press("Enter")
    shared.do("")
    assert shared.state()["padding"] == padding


def dropped(page: Page, name: str, content: bytes, kind: str) -> None:
    """Drop a file on the image."""
    transfer = page.page.evaluate_handle(
        "([name, bytes, type]) => { const held = new DataTransfer();"
        " held.items.add(new File([new Uint8Array(bytes)], name, { type })); return held; }",
        [name, list(content), kind],
    )
    page.page.dispatch_event("[data-view=image]", "drop", {"dataTransfer": transfer})
    page.page.wait_for_function("document.querySelector('.sentence').textContent.includes('pi')")
    page.do("")


@pytest.mark.parametrize("channels", [1, 3])
def test_a_dropped_picture_becomes_the_numbers_that_the_scenes_read(
    opened: Open, tmp_path: Path, channels: int
) -> None:
    colours = np.random.default_rng(3).integers(0, 256, (4, 5, 3), dtype=np.uint8)
    file = tmp_path / "mine.png"
    Image.fromarray(colours).save(file)
    page = opened()
    page.show(entry(Convolution(np.zeros((channels, 4, 5)), np.ones((1, channels, 2, 2)))))
    dropped(page, "mine.png", file.read_bytes(), "image/png")
    assert page.said() == "mine.png is the image now, in 4×5 pixels."
    expected = load_image(file, (4, 5), color=channels == 3)
    # A grey or a level just between two may fall to either side: Pillow rounds the grey first.
    difference = np.abs(convolution_of(page.state()).image - np.reshape(expected, (channels, 4, 5)))
    assert difference.max() <= (1 if channels == 1 else 0)
    assert (difference > 0).mean() <= 0.1
    page.press("undo")
    assert not convolution_of(page.state()).image.any()


def test_a_dropped_file_that_is_no_picture_is_refused(opened: Open) -> None:
    page = opened()
    before = page.state()
    dropped(page, "notes.txt", b"no picture", "text/plain")
    assert (
        page.said()
        == "Notes.txt is no picture that this browser opens; expected one such as PNG or JPEG. Nothing has changed."
    )
    assert page.state() == before


def test_in_a_notebook_the_page_shows_the_convolution(browser: Any, tmp_path: Path) -> None:
    conv = Convolution([[1, 2], [3, 4]], [[2]], -1)
    cell = tmp_path / "cell.html"
    cell.write_text(f'<!doctype html><meta charset="utf-8">{explore(conv, "numbers")._repr_html_()}', encoding="utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(cell.as_uri())
    frame = page.frames[1]
    frame.wait_for_function("window.explore")
    assert frame.evaluate("explore.values.output") == conv.output().ravel().tolist()
    field = frame.locator('[data-view=image] [data-is="weight:0"] input')
    field.fill("5")
    assert frame.evaluate("explore.values.output") == [4, 9, 14, 19]
    context.close()
    assert faults == []


def test_the_convolutions_of_a_lecture_are_offered_first(browser: Any, tmp_path: Path) -> None:
    lecture = tmp_path / "my.yaml"
    lecture.write_text(
        "- name: Mine\n  scene: FilterSliding\n  image: [[1, 2, 3]]\n  kernel: [[4, 5]]\n"
        f"- name: Large\n  scene: FilterSliding\n  image: {[[1] * 9]}\n  kernel: [[1]]\n",
        encoding="utf-8",
    )
    file = tmp_path / "index.html"
    assert main([str(file), "--lecture", str(lecture)]) == 0
    page = Page(browser, file)
    assert page.values()["output"] == [14, 23]
    menu = page.page.get_by_label("Begin with")
    assert menu.locator("optgroup").first.get_attribute("label") == "my"
    assert menu.locator("option").all_inner_texts()[0] == "Mine"
    page.close()


def test_a_digit_is_drawn_with_the_pen_and_wiped(opened: Open) -> None:
    page = opened()
    page.press("draw a digit")
    page.press("wipe")
    assert page.page.evaluate("explore.digit.every((ink) => ink === 0)")
    box = page.page.locator(".paper").bounding_box()
    x, top, low = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.1, box["y"] + box["height"] * 0.9
    page.page.mouse.move(x, top)
    page.page.mouse.down()
    page.page.mouse.move(x, low, steps=6)
    page.page.mouse.up()
    page.do("")
    ink = np.reshape(page.page.evaluate("explore.digit"), (8, 8))
    assert ink[:, 3:5].all()
    assert not ink[:, [0, 1, 6, 7]].any()
    answer = page.values()["digit"]["answers"][0]
    assert page.page.locator(".answer b").inner_text() == str(answer["digit"])
