"""Text that is set and read the short way has the outlines that manim gives it."""

from __future__ import annotations

import string
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from manim import tempconfig

from scenes import _fast
from scenes._fast import typeset
from scenes._mobjects import code, text
from scenes._mobjects.code import tokens_of
from scenes._mobjects.text import _outlines

GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
SYMBOLS = [*string.ascii_letters, *GREEK, *string.digits]
PRINTED = string.ascii_letters + string.digits + " .,;:!?'\"()[]+−=×·≈–—…/\\#$%&@*_<>éüß"


def both(monkeypatch: pytest.MonkeyPatch, pieces: tuple[str, ...], math: bool) -> list[tuple[np.ndarray, ...]]:
    """The outlines as they are found by us, and by manim."""
    found = []
    for stock in ("", "1"):
        with monkeypatch.context() as patch:
            patch.setenv(_fast.STOCK, stock)
            found.append(_outlines.__wrapped__(pieces, math))
    return found


def same(sides: list[tuple[np.ndarray, ...]]) -> bool:
    """Whether both have the same curves, to the last bit."""
    ours, stock = sides
    return len(ours) == len(stock) and all(np.array_equal(one, other) for one, other in zip(ours, stock, strict=True))


@pytest.fixture
def never_read_by_manim(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where our side leaves a text to manim."""
    monkeypatch.setattr(_fast, "UnreadableError", ZeroDivisionError)


@pytest.mark.usefixtures("never_read_by_manim")
@pytest.mark.parametrize(
    ("pieces", "math"),
    [
        (("P", "=", "α", "·", "A", "+", "β", "·", "B", "+", "b"), True),
        (("A₁₂′", "≈", "−2.5", "∗", "W₃", "−", "0"), True),
        (tuple(SYMBOLS), True),
        (("36 entries = 16 copies of 4 weights + 20 untrainable zeros",), False),
        (tuple(sign for sign in PRINTED if sign != " "), False),
    ],
)
def test_the_outlines_are_manims(pieces: tuple[str, ...], math: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    assert same(both(monkeypatch, pieces, math))


@pytest.mark.usefixtures("never_read_by_manim")
def test_the_outlines_of_code_are_manims(monkeypatch: pytest.MonkeyPatch) -> None:
    # Code is set in another font, with curves of another kind: the same up to rounding.
    tokens = tuple(tokens_of("""    y[0, 1:3] = "Qq&@g%" + x * {8: 'é'}  # {}()""")[1:])
    found = []
    for stock in ("", "1"):
        with monkeypatch.context() as patch:
            patch.setenv(_fast.STOCK, stock)
            found.append(code._outlines.__wrapped__(tokens))
    ours, manims = found
    assert len(ours) == len(manims) > 10
    for one, other in zip(ours, manims, strict=True):
        assert one.shape == other.shape
        assert one == pytest.approx(other, abs=1e-8)


@pytest.mark.usefixtures("never_read_by_manim")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(PRINTED, min_size=1, max_size=30).filter(str.strip))
def test_any_words_have_the_outlines_of_manim(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert same(both(monkeypatch, (words,), False))


def test_what_cannot_be_read_is_left_to_manim(monkeypatch: pytest.MonkeyPatch) -> None:
    source = '#lbl("p0", $1/2$)#lbl("ref", $H$)'
    with pytest.raises(_fast.UnreadableError, match="expected groups of glyphs"):
        typeset.outlines(source, text.PREAMBLE)
    assert set(text.outlines_of(source, ["p0", "ref"])) == {"p0", "ref"}


@pytest.mark.parametrize(
    "path", ["M 0 0 A 1 1 0 0 0 2 2 Z", "M 0 0 L 1 1", "M 0 0 L 1 1 M 2 2 L 3 3 Z", "M 0 0 T 2 2 Z"]
)
def test_paths_of_another_kind_are_refused(path: str) -> None:
    with pytest.raises(_fast.UnreadableError, match="expected"):
        typeset._subpaths(path)


def test_nothing_is_left_on_disk(tmp_path: Path) -> None:
    with tempconfig({"media_dir": str(tmp_path)}):
        _outlines.__wrapped__(("never", "seen", "before"), False)
    assert list(tmp_path.iterdir()) == []


def test_outlines_are_kept_for_the_next_process_and_a_broken_file_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, kept = '#lbl("p0", $Q$)', tmp_path / "kept"
    for name in ("_used", "_recalled"):
        monkeypatch.setattr(typeset, name, {})
    first = typeset.outlines(source, text.PREAMBLE)
    kept.write_bytes(typeset.kept())
    monkeypatch.setattr(typeset, "_used", {})
    typeset.recall(kept)
    monkeypatch.setattr(typeset, "_set", lambda _: pytest.fail("it was set again"))
    assert typeset.outlines(source, text.PREAMBLE)["p0"].tolist() == first["p0"].tolist()
    assert typeset.kept() == b""
    for broken in (b"", b"no pickle", kept.read_bytes()[:-9]):
        kept.write_bytes(broken)
        typeset.recall(kept)
    typeset.recall(tmp_path / "nowhere")
