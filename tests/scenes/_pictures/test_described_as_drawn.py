"""What a picture is said to take is what it takes when it is drawn, in every shape."""

import numpy as np
import pytest
from cases import COLOURS, LARGE, SOBEL, TWO_FILTERS
from manim import VMobject, config, tempconfig

from cnnmath import EXAMPLE, PADDED_EXAMPLE, Convolution
from scenes._layout import Layout
from scenes._look.frame import FRAMES, fit_camera, frame
from scenes._look.theme import colour
from scenes._mobjects.text import LEAST, Glyph
from scenes._pictures import applied_table, stacked, standing, trio
from scenes._words.subject import Subject

CONVOLUTIONS = {
    "post": EXAMPLE,
    "padded": PADDED_EXAMPLE,
    "colours": COLOURS,
    "two filters": TWO_FILTERS,
    "strided": LARGE["strided"],
    "four channels": Convolution(np.arange(800).reshape(4, 20, 10) % 10, np.arange(72).reshape(2, 4, 3, 3) % 5 - 2),
    "levels": Convolution(np.arange(64).reshape(8, 8) * 4, SOBEL),
}
PIXELS = {"wide": (1280, 720), "square": (720, 720), "tall": (720, 1280)}
HAIR = 0.02
"""In parts of a block: the frame of a filter has room around it."""


@pytest.fixture(params=FRAMES)
def shape(request: pytest.FixtureRequest):
    width, height = PIXELS[request.param]
    with tempconfig({"pixel_width": width, "pixel_height": height, "frame_width": config.frame_width}):
        fit_camera()
        yield request.param
    fit_camera()


@pytest.fixture
def misfits(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is drawn larger, or much smaller, than its block."""
    found: list[str] = []

    def put(layout: Layout, **mobjects: VMobject) -> None:
        standing.put(layout, **mobjects)
        for name, mobject in mobjects.items():
            box = layout[name]
            for drawn, said in ((mobject.width, box.wide), (mobject.height, box.tall)):
                if name.split()[0] in ("image", "filter", "result") and not (1 - HAIR) * said < drawn < said + 1e-6:
                    found.append(f"{name} is {drawn:.3f} and was said to be {said:.3f}")

    for picture in (trio, stacked, applied_table):
        monkeypatch.setattr(picture, "put", put)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", CONVOLUTIONS)
def test_filter_image_and_result(name: str, shape: str, misfits: list[str]) -> None:
    conv = CONVOLUTIONS[name]
    colour(conv)
    for notation in ("letters", "numbers"):
        names = Subject(conv, notation)
        for result, sums in ((False, False), (True, False), (True, len(conv.image) > 1)):
            made = trio.Trio(names, result=result, sums=sums)
            reach = max(-float(made.get_left()[0]), float(made.get_right()[0]))
            assert misfits == []
            assert reach <= frame().safe_x
            assert frame().stage_bottom <= made.get_bottom()[1] < made.get_top()[1] <= frame().stage_top + 1e-6
            weights = [part for part in made.filter.get_family() if isinstance(part, Glyph)]
            assert all(glyph.em >= LEAST - 1e-6 for glyph in weights)
            # In numbers, two filters over three channels leave no room for their names beside sums in a square picture.
            assert weights or name == "four channels" or (shape == "square" and sums and notation == "numbers")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["post", "padded", "strided"])
def test_positions_side_by_side(name: str, shape: str, misfits: list[str]) -> None:
    conv = CONVOLUTIONS[name]
    names = Subject(conv, "letters")
    if name == "post":
        assert applied_table.AppliedTable.fits(names)
    if applied_table.AppliedTable.fits(names):
        made = applied_table.AppliedTable(names)
        # Places that are as wide as the widest hold what is narrower.
        assert [one for one in misfits if one.startswith("image")] == []
        stops = [column.stop for column in made.columns]
        assert stops[0] == 0
        assert stops[-1] == conv.counts.results - 1
        assert bool(made.dots) == (len(stops) < conv.counts.results)
        assert max(-float(made.get_left()[0]), float(made.get_right()[0])) <= frame().safe_x


def test_cells_of_the_post_are_no_smaller_than_before(shape: str) -> None:
    """The cells of the post's example, in every shape at least as large as they were when each was laid out by hand."""
    side = trio.Trio(Subject(EXAMPLE)).side
    assert side >= {"wide": 1.2638, "square": 0.8749, "tall": 1.2798}[shape]
    columns = applied_table.AppliedTable(Subject(EXAMPLE)).columns
    assert columns[0].image.side >= {"wide": 0.6657, "square": 0.54, "tall": 0.7792}[shape]
