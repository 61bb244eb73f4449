"""What can be taken along: links, a lecture entry, code that runs and gives the page's numbers, pictures."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from driven import Entry, Open, Page, convolution_of
from PIL import Image

from cnnmath import EXAMPLE, Convolution
from renders.explore.presets import entry
from renders.lecture import read

os.environ["KERAS_BACKEND"] = "jax"
pytestmark = pytest.mark.slow


def hard() -> Entry:
    """Everything at once: channels, filters, a stride beside a dilation, another padding on each side, fractions."""
    drawn = np.random.default_rng(15)
    image, kernel = drawn.integers(-9, 10, (3, 6, 7)) / 8, drawn.integers(-9, 10, (2, 3, 2, 3)) / 4
    return entry(Convolution(image, kernel, [0.5, -3], (2, 1), ((1, 0), (2, 3)), (1, 2)))


STATES = {"example": entry(EXAMPLE, "letters"), "hard": hard(), "same": {**entry(EXAMPLE), "padding": "same"}}


@pytest.fixture(params=STATES)
def state(request: pytest.FixtureRequest) -> Entry:
    return STATES[request.param]


def copied(page: Page, way: str) -> str:
    """Copy the state in this way with the mouse, and give what the clipboard holds then."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.press("take it with you")
    page.press(way)
    page.press("copy the link" if way == "Link" else "copy it")
    assert page.said() == "Copied."
    text = str(page.page.evaluate("navigator.clipboard.readText()"))
    page.press("close")
    return text


def printed(code: str) -> np.ndarray:
    """Run code as it was copied, and give the only thing that it prints."""
    said: list[Any] = []
    exec(code, {"print": said.append})
    (result,) = said
    return np.array(result.numpy() if hasattr(result, "numpy") else result, dtype=float)


@pytest.mark.parametrize(
    ("way", "needs", "exact"),
    [("cnnmath", "", 1e-9), ("NumPy", "", 1e-9), ("PyTorch", "torch", 1e-9), ("Keras", "keras", 1e-5)],
)
def test_copied_code_runs_and_gives_the_numbers_of_the_page(
    shared: Page, state: Entry, way: str, needs: str, exact: float
) -> None:
    shared.show(state)
    found = shared.values()
    code = copied(shared, way)
    compile(code, way, "exec")  # also where what it needs is missing
    if needs == "keras":
        pytest.importorskip("jax", reason="Keras computes with JAX here, which this machine has no wheel for")
    if needs:
        pytest.importorskip(needs)
    result = printed(code)
    assert list(result.shape) == found["outputShape"]
    np.testing.assert_allclose(result.ravel(), found["output"], rtol=exact, atol=exact)


@pytest.mark.parametrize("way", ["cnnmath", "NumPy", "PyTorch", "Keras"])
def test_without_the_rules_the_code_is_a_dense_layers(shared: Page, way: str) -> None:
    shared.show(entry(EXAMPLE))
    shared.press("learn")
    shared.press("without the rules")
    shared.press("one step")
    code = copied(shared, way)
    compile(code, way, "exec")
    for needed in {"PyTorch": ["torch"], "Keras": ["jax", "keras"]}.get(way, []):
        pytest.importorskip(needed)
    result = printed(code)
    assert not np.allclose(result, EXAMPLE.output().ravel())  # it has learned
    np.testing.assert_allclose(result, shared.values()["output"], rtol=1e-5, atol=1e-5)


def test_a_copied_entry_is_a_lecture_files(shared: Page, state: Entry, tmp_path: Path) -> None:
    shared.show(state)
    file = tmp_path / "mine.yaml"
    file.write_text(copied(shared, "Lecture entry"), encoding="utf-8")
    (clip,) = read(file, ask_scenes=False)
    one, other = clip.convolution, convolution_of(state)
    for name in ("image", "kernel", "bias"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    assert (one.stride, one.pads, one.dilation) == (other.stride, other.pads, other.dilation)
    assert clip.notation == state["notation"]


def test_a_copied_link_opens_the_page_as_it_is(opened: Open, state: Entry) -> None:
    page = opened()
    page.show(state)
    link = copied(page, "Link")
    assert link == page.page.url
    other = opened("#" + link.partition("#")[2])
    assert other.state() == page.state()
    assert other.values()["output"] == page.values()["output"]


@pytest.mark.parametrize(
    ("link", "word"),
    [
        ("#image=2,x;1,3&kernel=1", "image must hold numbers; got “x”"),
        ("#image=2,7;1&kernel=1", "image must be rows of numbers, all of one length"),
        ("#image=2,7;1,3", "kernel is missing"),
        ("#image=1,2;3,4&kernel=1,2,3", "the filter spans 1×3 and does not fit in the padded image of 2×2"),
        ("#picture=1", "there is no “picture” in a state"),
        ("#image=%E0%A4%A&kernel=1", "it is cut off or damaged"),
        ("#%7B%22image", "there is no"),
        ("#image=1&kernel=1&stride=0", "stride must be a whole number from 1"),
    ],
)
def test_a_broken_link_says_what_is_wrong_and_shows_the_example(opened: Open, link: str, word: str) -> None:
    page = opened(link)
    assert page.said().startswith("The link does not hold a convolution: ")
    assert word in page.said()
    assert page.values()["output"] == EXAMPLE.output().ravel().tolist()


def test_a_link_put_into_the_address_of_the_open_page_is_followed_or_refused(opened: Open) -> None:
    page = opened()
    page.do("location.hash = 'image=1,2&kernel=3&bias=1'; await new Promise((done) => setTimeout(done, 50));")
    assert page.values()["output"] == [4, 7]
    page.do("location.hash = 'image=1,2&kernel=q'; await new Promise((done) => setTimeout(done, 50));")
    assert page.said() == "Kernel must hold numbers; got “q”. Nothing has changed."
    assert page.values()["output"] == [4, 7]
    assert page.page.evaluate("location.hash.slice(1) === explore.link")
    page.press("undo")
    assert page.values()["output"] == EXAMPLE.output().ravel().tolist()


def saved(page: Page, view: str, kind: str) -> bytes:
    page.press("take it with you")
    page.page.get_by_label("A view as a picture").select_option(view)
    with page.page.expect_download() as download:
        page.page.get_by_role("button", name=kind.upper(), exact=True).click()
    assert download.value.suggested_filename == f"{view}.{kind}"
    page.press("close")
    return Path(download.value.path()).read_bytes()


@pytest.mark.parametrize("view", ["image", "equations", "network", "matrix"])
def test_a_view_is_saved_as_svg_that_holds_its_numbers(shared: Page, view: str) -> None:
    shared.show(entry(EXAMPLE, "numbers"))
    shared.do("explore.select(null);")
    drawing = ElementTree.fromstring(saved(shared, view, "svg"))
    texts = ["".join(text.itertext()) for text in drawing.iter("{http://www.w3.org/2000/svg}text")]
    results = [f"{value:.0f}".replace("-", "−") for value in EXAMPLE.output().ravel()]
    assert set(results) <= set(texts)
    assert not [element for element in drawing.iter() if "href" in "".join(element.attrib)]


def test_a_view_is_saved_as_png_that_looks_like_it(shared: Page) -> None:
    shared.show(entry(EXAMPLE, "numbers"))
    picture = Image.open(io.BytesIO(saved(shared, "image", "png"))).convert("RGB")
    box = shared.page.locator("[data-view=image] .body").bounding_box()
    assert abs(picture.width / 2 - box["width"] - 24) <= 1
    colours = picture.getcolors(1 << 24)
    assert colours is not None
    assert len(colours) > 50  # cells, frames and letters are drawn, not a plain ground
