"""What the matrix views show when the matrix is one of coloured pixels, and sums of which terms are left out.

The matrix is read back off its outlines: every little square's place and colour.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
from colour_faults import THEMES, rgb
from manim import Rectangle, VMobject
from numerals import sign_of
from reading import Screen, hue, shades, spelt
from screen import Drawn, Key, Run, Shot
from storyboard import Keys, Numbers, Page

from cnnmath import Convolution

SCENES = ("MatrixView", "MatrixToNetwork", "ZeroPadding")
NOTHING, ZERO = -2, -1
_MARGIN = 0.06
"""Between the entries and the border."""
_GROUND = (70, 90)
"""In a matrix of more rows or columns the grey ground reaches below the weights, so none of them leaves a gap."""
_PRODUCT = ("product", "long-sums", "compact", "results")


def in_pixels(run: Run) -> bool:
    """Whether any step of a scene shows a matrix of pixels."""
    return run.name in SCENES and any(shapes(shot) for shot in run.shots)


def shapes(shot: Shot) -> list[Drawn]:
    """Shapes of many squares: the entries of one colour."""
    return [d for d in shot.visible if d.kind is VMobject and d.filled and not d.stroked]


def entries(shot: Shot, conv: Convolution) -> np.ndarray | None:
    """The matrix as it is read: a colour's number for each weight, ZERO for dots and grey ground, NOTHING elsewhere."""
    there = shapes(shot)
    results, pixels = conv.sharing.shape
    found = np.full((results, pixels), NOTHING)
    if not there:
        return found
    look = THEMES[shot.theme]
    frames = [d for d in shot.visible if d.kind is Rectangle and d.stroked and not d.filled]
    around = [d for d in frames if all((d.box[:2] < s.box[:2]).all() and (d.box[2:] > s.box[2:]).all() for s in there)]
    if not around:
        return None
    border = max(around, key=lambda d: d.width * d.height)
    corner = np.array([border.points[:, 0].min() + _MARGIN, border.points[:, 1].max() - _MARGIN])
    pitch = (border.width - 2 * _MARGIN) / pixels
    for shape in sorted(there, key=lambda d: d.order):
        squares = shape.points.reshape(-1, 16, 3)[:, :, :2]
        low, high = squares.min(1), squares.max(1)
        gaps = [np.abs(rgb(color) - shape.fill[:3]).max() for color in look.weights]
        color = int(np.argmin(gaps)) if min(gaps) < 0.01 else ZERO
        for (left, bottom), (right, top) in zip(low, high, strict=True):
            if right - left > 2.5 * pitch:
                first, last = round((corner[1] - top) / pitch), round((corner[1] - bottom) / pitch)
                found[first:last] = ZERO
                continue
            column, row = ((left + right) / 2 - corner[0]) / pitch, (corner[1] - (top + bottom) / 2) / pitch
            if not (0 < column < pixels and 0 < row < results and abs(column % 1 - 0.5) < 0.1):
                return None
            found[int(row), int(column)] = color
    return found


def expected_entries(name: str, slug: str, conv: Convolution) -> np.ndarray:
    """What must stand where."""
    colors = np.vectorize(lambda weight: hue(conv, weight) if weight >= 0 else ZERO)(conv.sharing)
    nothing, first = np.full(colors.shape, NOTHING), np.arange(len(colors))[:, None] == 0
    if slug in ("fold-back", "stuck", "ring", "first", "sweep", "matrix"):
        return nothing
    if name == "MatrixToNetwork" and slug in ("first-row", "other-rows"):
        gone = (conv.sharing >= 0) & (first | (slug == "other-rows"))
        return np.where(gone, NOTHING, colors)
    return np.where(first, colors, NOTHING) if slug == "first-row" else colors


def matrix_faults(run: Run, shot: Shot, conv: Convolution) -> list[str]:
    """Entries, strips and captions that are not what the core says."""
    if not in_pixels(run):
        return []
    found, expected = entries(shot, conv), expected_entries(run.name, shot.slug, conv)
    if found is None:
        return [f"{shot}: the entries of the matrix stand in no rows and columns of one border"]
    if run.name == "MatrixToNetwork" and any(
        size > most for size, most in zip(conv.sharing.shape, _GROUND, strict=True)
    ):
        expected = np.where(expected == NOTHING, ZERO, expected)
    wrong = np.argwhere(found != expected)
    faults = [f"{shot}: entry {tuple(at)} is {found[tuple(at)]}, not {expected[tuple(at)]}" for at in wrong[:5]]
    # Where no zero is left over nothing stays of the matrix.
    left = run.name == "MatrixToNetwork" and shot is run.shots[-1] and bool((conv.sharing >= 0).all())
    if left:
        faults += [f"{shot}: a strip of {len(strip)} is left of the matrix" for strip in strips(shot)]
    elif shot.slug not in ("stuck", "ring", "first", "sweep"):
        faults += strip_faults(shot, conv) + count_faults(shot, conv)
    return faults


def strips(shot: Shot) -> list[np.ndarray]:
    """The fills of rectangles that stand in one row or in one column, in their order; biases are none of them."""
    panel = rgb(THEMES[shot.theme].panel)
    cells = [d for d in shot.visible if d.kind is Rectangle and d.filled]
    cells = [d for d in cells if np.abs(d.fill[:3] - panel).max() > 0.004]
    groups: dict[tuple[str, float], list[Drawn]] = {}
    # A thousand cells in a row are closer to each other than a hundredth.
    below = Counter(round(float(cell.middle[0]), 3) for cell in cells)
    for cell in cells:
        upright = below[round(float(cell.middle[0]), 3)] > 1
        place = ("down", round(float(cell.middle[0]), 2)) if upright else ("across", round(float(cell.middle[1]), 2))
        groups.setdefault(place, []).append(cell)
    found = []
    for (way, _), group in groups.items():
        group.sort(key=lambda d: float(d.middle[0] if way == "across" else -d.middle[1]))
        found.append(np.array([d.fill[:3] for d in group]))
    return found


def strip_faults(shot: Shot, conv: Convolution) -> list[str]:
    """Strips of pixels and results in other shades than those of the values."""
    look = THEMES[shot.theme]
    there = strips(shot)
    found = []
    for kind, values in (("pixel", conv.image.ravel()), ("result", conv.output().ravel())):
        wanted = shades(values, values, look)
        if not any(len(strip) == len(wanted) and np.abs(strip - wanted).max() < 0.01 for strip in there):
            found.append(f"{shot}: no strip has the shades of the {kind}s; their lengths are {[len(s) for s in there]}")
    return found


def count_faults(shot: Shot, conv: Convolution) -> list[str]:
    """Captions with other numbers than the true ones."""
    pixels, results = conv.counts.pixels, conv.counts.results
    if shot.slug in _PRODUCT:
        biases = len(conv.kernel)
        wanted = Counter({f"{results} rows × {pixels} columns": 1, f"{pixels} pixels": 1, f"{results} results": 1,
                          "1 bias" if biases == 1 else f"{biases} biases": 1})  # fmt: skip
    else:
        wanted = Counter({f"{pixels} columns: pixels": 1, f"{results} rows: results": 1})
    there = Counter(text.says for text in shot.of_kind("count"))
    return [] if there == wanted else [f"{shot}: the captions say {there}, not {wanted}"]


def adapted(run: Run, page: Page, shot: Shot, n: Numbers) -> Page:
    """The page as it is with a matrix of pixels, a column of shades, or sums that are shown in part."""
    if run.name not in SCENES:
        return page
    if in_pixels(run):
        page = replace(page, keys=pixel_keys(run.name, shot.slug, page.keys, n))
        page = replace(page, equations=("long", [0]) if shot.slug == "long-sums" else page.equations)
        if page.equations and shot.slug == "compact":
            page = replace(page, equations=("sparse", [0]))
        if shot.slug == "long-sums":
            page = replace(page, figures=[n.pixels])
    elif any(key[0] == "pixel" for key in page.keys) and not shot.of_kind("pixel") and shades_counted(shot, n):
        page = replace(page, keys=page.keys - n.all("pixel"))
    return cut(page, shot, n, in_pixels(run))


def pixel_keys(name: str, slug: str, keys: Keys, n: Numbers) -> Keys:
    """The symbols of a step whose matrix has none."""
    desk = n.all("pixel") + n.all("padding") + n.all("weight") + n.all("bias")
    biases = n.all("bias")
    if name == "MatrixView":
        if slug in _PRODUCT:
            sums = {"long-sums": n.equation(0, long=True), "compact": n.equation(0)}.get(slug, Counter())
            return biases + sums
        return desk + n.weights_of(0) if slug == "first-row" and n.results > 1 else desk
    if name == "MatrixToNetwork":
        if slug == "labels":
            return Counter()
        rows = {"neurons": [], "first-row": [0]}.get(slug, n.nodes.results)
        return n.node_names() + n.edge_names(rows)
    image = n.all("pixel") + n.all("padding")
    late = {"matrix": Counter(), "first-row": n.weights_of(0), "other-rows": Counter(), "full-rows": Counter()}
    return image + late[slug] if slug in late else keys


def shades_counted(shot: Shot, n: Numbers) -> bool:
    """Whether a caption says how many pixels a column of shades stands for."""
    return any(text.says == f"{n.pixels} pixels" for text in shot.texts)


def cut(page: Page, shot: Shot, n: Numbers, pixels: bool) -> Page:
    """Where dots stand in sums, only the terms that are shown; how many there are in all is said below."""
    if not page.equations or not any(text.says == "…" for text in shot.texts):
        return page
    form, results = page.equations
    keys = page.keys
    # Of the longest line: shorter ones may stand there whole.
    most = max(1, *Counter(round(pixel.baseline, 2) for pixel in shot.of_kind("pixel")).values())
    lengths = []
    for result in results:
        terms = [p for p, w in enumerate(n.row[result]) if w >= 0 or form == "long"]
        lengths.append(len(terms))
        for p in terms[most - 1 : -1] if len(terms) > most else []:
            w = n.row[result][p]
            keys = keys - Counter([("pixel", p), ("weight", w) if w >= 0 else ("zero", result, p)])
    return replace(page, keys=keys, figures=[n.pixels if form == "long" else max(lengths)])


def line_faults(screen: Screen, form: str, results: list[int], dots: bool) -> list[str]:
    """Sums that do not read as the core says, whole or with dots before the last term."""
    shot, conv = screen.shot, screen.conv
    lines = {}
    for equals in (t for t in shot.texts if t.says in ("=", "≈")):
        line = line_at(shot, equals)
        if line and line[-1].key and line[-1].key[0] == "result":
            lines[int(line[-1].key[1])] = line
    if sorted(lines) != results:
        return [f"{shot}: equations of {sorted(lines)}, not of {results}"]
    found = []
    for result, drawn in lines.items():
        equation, line = conv.equations()[result], said(drawn)
        whole = spelt(conv, equation, form, dots, range(len(equation.terms)))
        if line not in [whole, *cuts(whole)]:
            found.append(f"{shot}: equation {result} reads {line}, not {whole}")
        elif drawn[-2].says != (sign_of(drawn, conv, equation) if dots else "="):
            found.append(f"{shot}: equation {result} is written with {drawn[-2].says}")
    return found


def line_at(shot: Shot, equals: Drawn) -> list[Drawn]:
    """The line of an = or ≈ sign up to the result."""
    level = [
        t
        for t in shot.texts
        if t is equals
        or (t.says in "+·" and abs(t.middle[1] - equals.middle[1]) < 0.3 * equals.em)
        or ((t in shot.symbols or t.says == "…") and abs(t.baseline + 0.3 * t.em - equals.middle[1]) < 0.25 * t.em)
    ]
    level.sort(key=lambda t: float(t.middle[0]))
    return level[: level.index(equals) + 2]


def said(line: list[Drawn]) -> list[Key | str]:
    """A line as it is read; ≈ is read as =."""
    return [t.key if t.key else "=" if t is line[-2] else str(t.says) for t in line]


def cuts(whole: list[Key | str]) -> list[list[Key | str]]:
    """The same line with terms left out before the last one, and dots in their place."""
    terms: list[list[Key | str]] = [[]]
    for piece in whole[:-2]:
        if piece == "+":
            terms.append([])
        else:
            terms[-1].append(piece)
    *products, bias = terms
    found = []
    for most in range(2, len(products)):
        shown = [*products[: most - 1], ["…"], products[-1], bias]
        line = [piece for k, term in enumerate(shown) for piece in (*(["+"] if k else []), *term)]
        found.append([*line, *whole[-2:]])
    return found
