"""The fifteen classics: every stop is read back off the screen, and every clip ends as it begins."""

from __future__ import annotations

import importlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pytest
from _pytest.mark import ParameterSet
from colour_faults import THEMES, rgb, same, weight_colour
from layout_faults import CHECKS
from manim.utils.family import extract_mobject_family_members
from markers import SEARCH
from reading import wrong_outlines
from screen import Drawn, Run, Shot, shoot, snapshot

from cnnmath import EXAMPLE, Convolution, classics
from cnnmath.transposed import Transposed
from scenes._film import CLASSICS
from scenes._stage.viewpoint import Viewpoint

SIZES = {
    "NoPadding": "4 × 4 image, 3 × 3 filter → 2 × 2",
    "ArbitraryPadding": "5 × 5 image, 4 × 4 filter, padding 2 → 6 × 6",
    "HalfPadding": "5 × 5 image, 3 × 3 filter, padding 1 → 5 × 5",
    "FullPadding": "5 × 5 image, 3 × 3 filter, padding 2 → 7 × 7",
    "Strides": "5 × 5 image, 3 × 3 filter, stride 2 → 2 × 2",
    "PaddingAndStrides": "5 × 5 image, 3 × 3 filter, padding 1, stride 2 → 3 × 3",
    "OddSize": "6 × 6 image, 3 × 3 filter, padding 1, stride 2 → 3 × 3",
    "Dilation": "7 × 7 image, 3 × 3 filter, dilation 2 → 3 × 3",
    "TransposedNoPadding": "Transposed: 2 × 2 input, 3 × 3 filter → 4 × 4",
    "TransposedArbitraryPadding": "Transposed: 6 × 6 input, 4 × 4 filter, padding 2 → 5 × 5",
    "TransposedHalfPadding": "Transposed: 5 × 5 input, 3 × 3 filter, padding 1 → 5 × 5",
    "TransposedFullPadding": "Transposed: 7 × 7 input, 3 × 3 filter, padding 2 → 5 × 5",
    "TransposedStrides": "Transposed: 2 × 2 input, 3 × 3 filter, stride 2 → 5 × 5",
    "TransposedPaddingAndStrides": "Transposed: 3 × 3 input, 3 × 3 filter, padding 1, stride 2 → 5 × 5",
    "TransposedOddSize": "Transposed: 3 × 3 input, 3 × 3 filter, padding 1, stride 2 → 6 × 6",
}
"""What a clip's title says, written out after the guide."""
FORWARD = [name for name in SIZES if not name.startswith("Transposed")]
TRANSPOSED = [name for name in SIZES if name.startswith("Transposed")]
SUM_Y, STRIP_Y = -2.5, -3.25

QUICK = ("NoPadding",)
"""This one is always run; the others are slow, by their number."""
LIGHT = ("NoPadding", "Dilation", "TransposedStrides")
"""These are looked at in the light theme too; with the others, which are made of the same parts, that takes long."""


def cases(names: Iterable[str], *values: object) -> list[ParameterSet]:
    """The names as parameters, the slow ones marked."""
    return [pytest.param(name, *values, marks=[] if name in QUICK else pytest.mark.slow) for name in names]


ALL = pytest.mark.parametrize("name", cases(SIZES))
BOTH = pytest.mark.parametrize(
    ("name", "theme"),
    [
        *cases(SIZES, "dark"),
        *cases(LIGHT, "light"),
        *(pytest.param(name, "light", marks=SEARCH) for name in SIZES if name not in LIGHT),
    ],
)


@dataclass
class Stop:
    """What is on screen when a stop is done."""

    texts: list[Drawn]
    squares: list[Drawn]

    def on_line(self, y: float) -> list[Drawn]:
        return sorted((t for t in self.texts if abs(t.middle[1] - y) < 0.3), key=lambda t: float(t.middle[0]))

    @property
    def spoken(self) -> str:
        """The sum, from left to right, without the number of its terms."""
        return "".join(t.says or "" for t in self.on_line(SUM_Y) if t.key and t.key[0] != "terms")

    @property
    def terms(self) -> int | None:
        """How many terms the line says that the sum has."""
        said = [int(t.key[1]) for t in self.on_line(SUM_Y) if t.key and t.key[0] == "terms"]
        return said[0] if said else None

    @property
    def strip(self) -> list[Drawn]:
        return sorted((d for d in self.squares if abs(d.middle[1] - STRIP_Y) < 0.3), key=lambda d: float(d.middle[0]))

    def grid(self, kind: str) -> dict[int, str]:
        """What the numbers of one kind say above the sum, by their index."""
        found = [t for t in self.texts if t.key and t.key[0] == kind and t.middle[1] > -2]
        assert len({t.key[1] for t in found if t.key}) == len(found), f"a {kind} stands there twice"
        return {int(t.key[1]): t.says or "" for t in found if t.key}


def scene_class(name: str) -> type[Viewpoint]:
    return getattr(importlib.import_module("scenes.classics"), name)


@cache
def run(name: str, theme: str = "dark") -> tuple[Run, dict[int, Stop]]:
    """The dry run of a clip, and what is on screen at the end of every stop."""
    stops: dict[int, Stop] = {}

    class Stopping(scene_class(name)):  # type: ignore[misc]
        def look(self, stop: int) -> None:
            parts = extract_mobject_family_members(self.mobjects, only_those_with_points=True)
            low = [p for p in parts if hasattr(p, "says") or (p.get_y() < -2.9 and type(p).__name__ == "Square")]
            drawn = [d for d in (snapshot(part, 0) for part in low) if d.visible]
            stops[stop] = Stop([d for d in drawn if d.is_text], [d for d in drawn if d.is_square])

        def first(self) -> None:
            super().first()
            self.look(0)

        def stop(self, result: int, seconds: float) -> None:
            super().stop(result, seconds)
            self.look(result)

        def row(self) -> None:
            super().row()
            self.look(0)

    Stopping.__name__ = name
    return shoot(Stopping, theme), stops


def as_said(value: float) -> str:
    return f"{value:.0f}".replace("-", "−")


def factor(value: float) -> str:
    return f"({as_said(value)})" if value < 0 else as_said(value)


def worked_out(spoken: str) -> tuple[float, float]:
    """Both sides of a sum."""
    left, right = spoken.translate(str.maketrans("−·", "-*")).split("=")
    assert re.fullmatch(r"[-+*()\d]+", left)
    return float(eval(left)), float(right)


def check_sum(stop: Stop, terms: Iterable[tuple[float, float]], total: float) -> None:
    """The sum on screen is that of these terms; where some are left out, it says how many there are."""
    whole = [f"{factor(weight)}·{factor(value)}" for weight, value in terms]
    if "…" not in stop.spoken:
        assert stop.spoken == "+".join(whole) + f"={as_said(total)}"
        assert stop.terms is None
        left, right = worked_out(stop.spoken)
        assert left == right == total
        return
    first, last = stop.spoken.split("+…+")
    assert stop.terms == len(whole)
    assert "+".join(whole).startswith(first + "+")
    assert last == f"{whole[-1]}={as_said(total)}"
    assert len(first.split("+")) >= 3, "enough is shown to see how it goes on"


def check_strip(stop: Stop, weights: Iterable[int], conv: Convolution, theme: str) -> None:
    """The cells of the strip have the colours of a row's weights, and their numbers, if any."""
    look, weights = THEMES[theme], list(weights)
    assert len(stop.strip) == len(weights)
    for square, weight in zip(stop.strip, weights, strict=True):
        assert same(square.stroke, weight_colour(look, weight) if weight >= 0 else rgb(look.zero))
    numbers = [t.says for t in stop.on_line(STRIP_Y) if t.key and t.key[0] in ("weight", "zero")]
    expected = [as_said(conv.kernel.flat[w]) if w >= 0 else "0" for w in weights]
    assert numbers in ([], expected)


# Forward


@pytest.mark.parametrize("name", cases(FORWARD))
def test_every_stop_shows_its_sum_its_result_and_its_row(name: str) -> None:
    done, stops = run(name)
    conv: Convolution = done.scene.convolution
    output = conv.output().ravel()
    assert sorted(stops) == list(range(conv.counts.results))
    pixels = {i: as_said(value) for i, value in enumerate(conv.image.ravel())}
    for equation in conv.equations():
        stop = stops[equation.result]
        check_sum(stop, [(term.weight_value, term.pixel_value) for term in equation.terms], equation.value)
        check_strip(stop, conv.sharing[equation.result], conv, "dark")
        assert stop.grid("pixel") == pixels
        assert stop.grid("result") == {i: as_said(output[i]) for i in range(equation.result + 1)}
        assert next(t.says for t in stop.on_line(STRIP_Y)) == f"row {equation.result + 1}"


@pytest.mark.parametrize("name", cases(FORWARD))
def test_the_whole_output_and_matrix_stand_there_at_the_end(name: str) -> None:
    done, _ = run(name)
    conv = done.scene.convolution
    whole = done.shot("whole")
    shown = {t.key[1]: t.says for t in whole.of_kind("result") if t.key}
    assert shown == {i: as_said(value) for i, value in enumerate(conv.output().ravel())}
    np.testing.assert_array_equal(matrix_of(whole), conv.sharing)
    numbers = [int(n) for t in whole.of_kind("figure") for n in re.findall(r"\d+", t.says or "")]
    assert numbers == [conv.sharing.size, conv.kernel.size, len(conv.taps), conv.sharing.size - len(conv.taps)]


# Transposed


@pytest.mark.parametrize("name", cases(TRANSPOSED))
def test_every_input_spreads_and_the_sums_grow(name: str) -> None:
    done, stops = run(name)
    case: Transposed = done.scene.transposed
    given = case.given.ravel()
    assert sorted(stops) == list(range(given.size))
    for result, stop in stops.items():
        so_far = np.where(np.arange(given.size) <= result, given, 0).reshape(case.given.shape)
        sums = case.convolution.transpose(so_far).ravel()
        reached = {int(p) for r, p, _ in case.convolution.taps.tolist() if r <= result}
        assert stop.grid("output") == {pixel: as_said(sums[pixel]) for pixel in reached}
        assert stop.grid("input") == {i: as_said(value) for i, value in enumerate(given)}
        left, right = worked_out(stop.spoken)
        assert left == right
        share = case.of_result(result)[0]
        assert right == sums[share.pixel]
        before = "" if share.before is None else f"{factor(share.before)}+"
        assert stop.spoken.startswith(f"{before}{factor(share.weight_value)}·{as_said(given[result])}=")


@pytest.mark.parametrize("name", cases(TRANSPOSED))
def test_one_output_is_read_back_as_a_row_of_the_turned_matrix(name: str) -> None:
    done, _ = run(name)
    case: Transposed = done.scene.transposed
    shot = done.shot("one-output")
    stop = Stop(shot.texts, [d for d in shot.visible if d.is_square])
    shares = case.of_pixel(case.fullest)
    check_sum(stop, [(s.weight_value, s.result_value) for s in shares], case.output().flat[case.fullest])
    check_strip(stop, case.convolution.sharing[:, case.fullest], case.convolution, "dark")
    assert stop.grid("output") == {i: as_said(value) for i, value in enumerate(case.output().ravel())}


@pytest.mark.parametrize("name", cases(TRANSPOSED))
def test_the_matrix_is_turned_over_and_back(name: str) -> None:
    done, _ = run(name)
    sharing = done.scene.transposed.convolution.sharing
    np.testing.assert_array_equal(matrix_of(done.shot("turn-over")), sharing.T)
    np.testing.assert_array_equal(matrix_of(done.shot("again")), sharing)


def matrix_of(shot: Shot) -> np.ndarray:
    """The small matrix, read off its coloured pixels and grey dots."""
    look = THEMES[shot.theme]
    found: list[tuple[float, float, int]] = []
    for shape in shot.visible:
        if shape.kind.__name__ != "VMobject" or not shape.filled:
            continue
        weights = [w for w in range(16) if same(shape.fill, weight_colour(look, w))]
        (weight,) = weights or [-1]
        assert weights or same(shape.fill, rgb(look.zero))
        found += [(*((c.min(0) + c.max(0)) / 2).round(3).tolist(), weight) for c in shape.curves]
    columns, rows = (sorted(distinct(p[axis] for p in found)) for axis in (0, 1))
    matrix = np.full((len(rows), len(columns)), -9)
    for x, y, weight in found:
        row = len(rows) - 1 - int(np.argmin(np.abs(np.array(rows) - y)))
        matrix[row, int(np.argmin(np.abs(np.array(columns) - x)))] = weight
    assert len(found) == matrix.size
    return matrix


def distinct(values: Iterable[float]) -> Iterator[float]:
    """Coordinates that differ by more than rounding."""
    last = -np.inf
    for value in sorted(values):
        if value - last > 0.02:
            yield value
        last = value


# Every clip


@BOTH
def test_layout(name: str, theme: str) -> None:
    done, _ = run(name, theme)
    faults = [fault for shot in done.shots for check in CHECKS for fault in check(shot)]
    assert faults + [fault for shot in done.shots for fault in wrong_outlines(shot)] == []


@BOTH
def test_a_clip_ends_as_it_begins(name: str, theme: str) -> None:
    done, _ = run(name, theme)
    assert done.first is not None
    assert done.last is not None
    assert np.ptp(done.first.astype(int)) > 100
    np.testing.assert_array_equal(done.first, done.last)


@ALL
def test_a_clip_is_short_and_its_captions_can_be_read(name: str) -> None:
    done, _ = run(name)
    assert 12 <= done.scene.time <= 30
    assert all(shot.hold >= 1 - 1e-9 for shot in done.shots)
    assert len({shot.slug for shot in done.shots}) == len(done.shots) == len(done.sections)
    for caption in done.captions:
        assert len(caption.text) / (caption.end - caption.start) <= 17
    for duration, _ in done.durations:
        assert duration * 15 == pytest.approx(round(duration * 15))


@ALL
def test_the_title_has_the_guides_sizes_and_input_and_output_are_always_named(name: str) -> None:
    done, stops = run(name)
    for texts in [shot.texts for shot in done.shots] + [stop.texts for stop in stops.values()]:
        said = Counter(t.says for t in texts)
        assert said[SIZES[name]] == said["input"] == said["output"] == said["filter"] == 1


@ALL
def test_the_output_alone_has_the_bright_frame(name: str) -> None:
    done, _ = run(name)
    shot = done.shot("again")
    frames = [d for d in shot.visible if d.stroked and not d.filled and same(d.stroke, rgb(THEMES["dark"].accent))]
    (frame,) = frames
    named = {t.says: t for t in shot.texts}
    assert abs(frame.middle[0] - named["output"].middle[0]) < 0.05
    assert frame.middle[1] > named["output"].middle[1]


def test_the_list_and_the_file_have_the_same_clips() -> None:
    assert [clip.scene for clip in CLASSICS] == list(SIZES)
    assert {clip.module for clip in CLASSICS} == {"classics"}
    for name in SIZES:
        doc = scene_class(name).__doc__ or ""
        assert doc.endswith(".")
        assert "\n" not in doc


# What they refuse


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"convolution": EXAMPLE}, "bias"),
        ({"notation": "letters"}, "letters"),
        ({"convolution": Convolution(np.ones((12, 12)), kernel=[[2, 3], [4, -5]])}, "12"),
        ({"convolution": Convolution([[2, 3], [4, 5]], kernel=[[2, 3], [4, -5]], padding=2)}, "at 16 stops"),
        ({"convolution": replace(classics.STRIDES, image=classics.STRIDES.image * 1000)}, "too long"),
    ],
    ids=["bias", "letters", "size", "on padding alone", "long numbers"],
)
def test_what_cannot_be_shown_is_refused(parameters: dict[str, object], said: str) -> None:
    made = type("Own", (scene_class("NoPadding"),), {**parameters, "construct": lambda self: pytest.fail("drawn")})
    with pytest.raises(ValueError, match=said):
        shoot(made)


@pytest.mark.parametrize("own", [classics.STRIDES, replace(classics.NO_PADDING)], ids=["another", "a copy"])
def test_what_is_turned_over_is_set_in_one_place(own: Convolution) -> None:
    base = scene_class("TransposedNoPadding")
    made = type("Own", (base,), {"convolution": own, "construct": lambda self: pytest.fail("drawn")})
    with pytest.raises(ValueError, match="set `transposed` alone"):
        shoot(made)
    turned = vars(base)["transposed"]
    shoot(type("Own", (base,), {"convolution": turned.convolution, "construct": lambda self: None}))


def test_a_lecturers_own_case_takes_two_lines() -> None:
    own = type("Own", (scene_class("Strides"),), {"convolution": replace(classics.STRIDES, stride=(1, 2))})
    done = shoot(own)
    (title,) = (t.says for t in done.shots[0].texts if t.key == ("title",))
    assert title == "5 × 5 image, 3 × 3 filter, stride 1 × 2 → 3 × 2"
    assert [f for shot in done.shots for check in CHECKS for f in check(shot)] == []
