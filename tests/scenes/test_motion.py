"""While things move, what stands can be read: at most so many text-seconds a clip (tests/scenes/motion.py)."""

import pytest
from manim import LEFT, ORIGIN, RIGHT, UP, FadeIn, Square, VMobject
from motion import OTHERS, Motion, table, watch, watched_with
from screen import FILM_SCENES, scene_class

from scenes._film import CLASSICS
from scenes._look.theme import theme
from scenes._mobjects.motion import FLIGHT
from scenes._mobjects.text import Glyph, symbol
from scenes._stage.viewpoint import Viewpoint

GOAL = {"wide": 1.0, "square": 2.0, "tall": 2.0}
"""Text-seconds a clip may lose, by the shape of the picture."""


@pytest.mark.slow
@pytest.mark.parametrize("shape", GOAL)
@pytest.mark.parametrize("name", FILM_SCENES)
def test_what_stands_can_be_read_while_others_move(name: str, shape: str) -> None:
    motion = watch(scene_class(name), shape)
    assert motion.moments > 20
    assert motion.seconds <= GOAL[shape], motion.report()


@pytest.mark.slow
@pytest.mark.parametrize("name", [clip.scene for clip in CLASSICS])
def test_so_it_is_in_the_classics(name: str) -> None:
    motion = watch(scene_class(name), "wide")
    assert motion.seconds <= GOAL["wide"], motion.report()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "which"),
    [
        ("FilterSliding", "channels and filters"),
        ("MatrixView", "channels and filters"),
        ("EquationView", "8 × 8"),
        ("CompactEquationView", "two filters"),
    ],
)
def test_so_it_is_with_other_convolutions(name: str, which: str) -> None:
    motion = watched_with(name, OTHERS[which], "wide")
    assert motion is not None, "it has been shown"
    assert motion.seconds <= 3, motion.report()


def test_a_table_has_a_dash_for_what_is_refused() -> None:
    head, _, row = table(["TheImage"], "wide")
    assert head.count("|") == row.count("|") == len(OTHERS) + 2
    cells = [cell.strip() for cell in row.split("|")[2:-1]]
    assert all(cell == "–" or float(cell) <= 3 for cell in cells)
    assert any(cell != "–" for cell in cells)


class Passing(Viewpoint):
    """Something moves from left to right past a letter, or over it."""

    height = 0.0

    def mover(self) -> VMobject:
        """A filled square."""
        return Square(1, fill_color=theme().panel, fill_opacity=1, stroke_width=0).set_z_index(FLIGHT)

    def construct(self) -> None:
        """Two seconds of motion, the letter in their middle."""
        self.step("pass", "Something passes by.")
        letter = symbol("A", ("pixel", 0), 1.0).move_to(ORIGIN)
        mover = self.mover().move_to(3 * LEFT + self.height * UP)
        self.play(FadeIn(letter), FadeIn(mover), run_time=1)
        self.play(mover.animate(rate_func=lambda t: t).shift(6 * RIGHT), run_time=2)


class PassingBeside(Passing):
    """Past it."""

    height = 1.5


class PassingText(Passing):
    """Another letter, over it."""

    def mover(self) -> Glyph:
        """A letter."""
        return symbol("B", ("pixel", 1), 1.0)


class PassingItself(Passing):
    """A copy of the letter: one turns into the other."""

    def mover(self) -> Glyph:
        """The same letter."""
        return symbol("A", ("pixel", 0), 1.0)


class PassingBehind(Passing):
    """Behind the letter, which stays readable."""

    def mover(self) -> VMobject:
        """A filled square, farther back."""
        return super().mover().set_z_index(-1)


class PassingLine(Passing):
    """A frame, whose two upright lines cross it."""

    def mover(self) -> VMobject:
        """An empty square."""
        return Square(2, stroke_color=theme().accent, stroke_width=4)


@pytest.mark.parametrize(
    ("made", "least", "most"),
    [
        # At 3 units a second a square of one unit covers some of a letter 0.7 wide for about half a second.
        (Passing, 0.3, 0.7),
        (PassingBeside, 0, 0),
        (PassingText, 0.2, 0.7),
        (PassingItself, 0, 0),
        (PassingBehind, 0, 0),
        (PassingLine, 0.2, 0.7),
    ],
)
def test_the_measure(made: type[Viewpoint], least: float, most: float) -> None:
    motion: Motion = watch(made)
    assert least <= round(motion.seconds, 3) <= most, motion.report()
    assert all(strike.slug == "pass" and strike.text == "'A'" for strike in motion.strikes)


def test_a_report_says_where_it_is_bad() -> None:
    report = watch(Passing).report()
    assert "Passing (wide)" in report
    assert "pass" in report
    assert "'A' by Square" in report
