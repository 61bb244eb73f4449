"""Outlines of text without manim's detour: one Typst compiler for all texts, and its SVG read for what it is.

manim starts a compiler for each text, which looks for the system's fonts first (a tenth of a second and more where many
are installed), and reads the SVG by a library for all of SVG. What Typst writes for text is little of that: glyphs are
symbols of lines and curves, used in groups that are moved, turned over or named.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple, cast
from xml.etree import ElementTree

import numpy as np
import typst
from manim.utils.typst_file_writing import TYPST_COMPILATION_FONT_SIZE, TYPST_TEMPLATE

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
"""x' = a x + c y + e and y' = b x + d y + f, in this order: a, b, c, d, e, f."""

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_LABEL = "data-typst-label"
_SAME: Matrix = (1, 0, 0, 1, 0, 0)
_TOKEN = re.compile(r"[A-Za-z]|-?\d+(?:\.\d+)?|[^\s,]")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "C": 6, "Z": 0}
_MEET = 1e-4
"""manim takes ends that are closer than this as one, and draws no line between them."""


_Outlines = dict[str, np.ndarray]
_recalled: dict[tuple[str, str], _Outlines] = {}
"""What an earlier process has set: by the version of Typst, and the source."""
_used: dict[tuple[str, str], _Outlines] = {}


class UnreadableError(ValueError):
    """Typst has written what is not read here."""


def outlines(source: str, preamble: str) -> _Outlines:
    """Have Typst set a source; gives the outlines of what has a label, in em, y up, as manim's curves of four points.

    Raises UnreadableError when there is more than glyphs in it.
    """
    text = TYPST_TEMPLATE.format(text_size=TYPST_COMPILATION_FONT_SIZE, preamble=preamble, body=source)
    key = (_version(), text)
    _used[key] = _recalled.get(key) or _set(text)
    return _used[key]


def recall(path: Path) -> None:
    """Take over what `kept` gave, if there is any: a preview sets nearly the same texts again and again."""
    with suppress(OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError):
        _recalled.update(pickle.loads(path.read_bytes()))


def kept() -> bytes:
    """The outlines of all texts that were asked for, for `recall`; nothing if all of them came from there."""
    return pickle.dumps(_used) if _used.keys() - _recalled.keys() else b""


def _set(text: str) -> _Outlines:
    """The outlines of what has a label in a whole document."""
    root = ElementTree.fromstring(cast(bytes, _compiler().compile(text.encode(), format="svg")))
    symbols: dict[str, list[np.ndarray]] = {}
    for symbol in root.iterfind(f"{_SVG}defs/{_SVG}symbol"):
        (path,) = symbol
        symbols[symbol.attrib["id"]] = _subpaths(path.attrib["d"])
    named: dict[str, list[np.ndarray]] = {}
    for element in root:
        if element.tag != f"{_SVG}defs":
            for use in _uses(element, _SAME, ""):
                named.setdefault(use.label, []).extend(_placed(symbols[use.glyph], use.matrix))
    flip = np.array([1, -1, 1]) / TYPST_COMPILATION_FONT_SIZE
    return {label: np.concatenate(curves) * flip for label, curves in named.items() if label and curves}


@cache
def _version() -> str:
    return version("typst")


@cache
def _compiler() -> typst.Compiler:
    """A compiler with the fonts that it carries: what is set does not depend on the machine."""
    return typst.Compiler(font_paths=typst.Fonts(include_system_fonts=False), ignore_system_fonts=True)


class _Use(NamedTuple):
    """A glyph where it stands, and the label of the innermost group that has one."""

    glyph: str
    matrix: Matrix
    label: str


def _uses(element: ElementTree.Element, matrix: Matrix, label: str) -> Iterator[_Use]:
    """All glyphs in an element."""
    matrix = _product(matrix, _matrix(element.get("transform", "")))
    label = element.get(_LABEL, label)
    if element.tag == f"{_SVG}use" and _plain(element.attrib):
        x, y = float(element.attrib["x"]), float(element.attrib["y"])
        yield _Use(element.attrib[_HREF].removeprefix("#"), _product(matrix, (1, 0, 0, 1, x, y)), label)
    elif element.tag == f"{_SVG}g":
        for part in element:
            yield from _uses(part, matrix, label)
    else:
        raise UnreadableError(f"{element.tag} {element.attrib}; expected groups of glyphs that are filled, not stroked")


def _plain(attributes: Mapping[str, str]) -> bool:
    return attributes.get("stroke", "none") == "none" and {"x", "y", _HREF} <= attributes.keys()


def _matrix(transform: str) -> Matrix:
    if not transform:
        return _SAME
    kind, _, rest = transform.partition("(")
    numbers = [float(number) for number in rest.removesuffix(")").replace(",", " ").split()]
    if kind == "translate" and len(numbers) in (1, 2):
        return (1, 0, 0, 1, numbers[0], numbers[1] if len(numbers) == 2 else 0)
    if kind == "matrix" and len(numbers) == 6:
        return cast(Matrix, tuple(numbers))
    raise UnreadableError(f"transform {transform!r}; expected translate or matrix")


def _product(outer: Matrix, inner: Matrix) -> Matrix:
    a, b, c, d, e, f = outer
    p, q, r, s, t, u = inner
    return (a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f)


def _placed(subpaths: list[np.ndarray], matrix: Matrix) -> list[np.ndarray]:
    """The curves of a glyph where it stands, closed as manim closes them."""
    a, b, c, d, e, f = matrix
    placed = []
    for points in subpaths:
        moved = np.zeros((len(points), 3))
        moved[:, 0] = a * points[:, 0] + c * points[:, 1] + e
        moved[:, 1] = b * points[:, 0] + d * points[:, 1] + f
        # The last curve closes the outline.
        placed.append(moved if np.linalg.norm(moved[-4] - moved[-1]) > _MEET else moved[:-4])
    return placed


@cache
def _subpaths(data: str) -> list[np.ndarray]:
    """The outlines of a glyph: curves of four points each, the last of each outline the line that closes it.

    The same letters stand in many texts.
    """
    found: list[np.ndarray] = []
    curves: list[Point] = []
    at = start = (0.0, 0.0)
    for command, numbers in _commands(data):
        kind = command.upper()
        origin = at if command.islower() else (0.0, 0.0)
        ends = _ends(kind, numbers, origin, at)
        if kind == "M":
            if curves:
                raise UnreadableError(f"an open outline: {data!r}; expected closed ones")
            at = start = ends[0]
        elif kind == "C":
            curves += [at, *ends]
            at = ends[-1]
        elif kind == "Q":
            curves += _raised(at, *ends)
            at = ends[-1]
        else:
            end = start if kind == "Z" else ends[0]
            curves += _line(at, end)
            at = end
        if kind == "Z":
            found.append(np.array(curves))
            curves = []
    if curves:
        raise UnreadableError(f"an open outline: {data!r}; expected closed ones")
    return found


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """The commands of a path, each with its numbers."""
    tokens = _TOKEN.findall(data)
    index = 0
    while index < len(tokens):
        command = tokens[index]
        takes = _TAKES.get(command.upper())
        if takes is None:
            raise UnreadableError(f"{command!r} in {data!r}; expected any of {', '.join(_TAKES)}")
        yield command, [float(number) for number in tokens[index + 1 : index + 1 + takes]]
        index += 1 + takes


def _ends(kind: str, numbers: list[float], origin: Point, at: Point) -> list[Point]:
    """The points that a command names."""
    if kind == "H":
        return [(origin[0] + numbers[0], at[1])]
    if kind == "V":
        return [(at[0], origin[1] + numbers[0])]
    return [(origin[0] + x, origin[1] + y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]


def _raised(start: Point, control: Point, end: Point) -> list[Point]:
    """A quadratic curve, as code's letters have them, as the cubic one that is the same."""
    nearer = [tuple(2 / 3 * c + 1 / 3 * e for c, e in zip(control, one, strict=True)) for one in (start, end)]
    return [start, *cast(list[Point], nearer), end]


def _line(start: Point, end: Point) -> list[Point]:
    (x, y), (u, v) = start, end
    return [start, ((2 * x + u) / 3, (2 * y + v) / 3), ((x + 2 * u) / 3, (y + 2 * v) / 3), end]
