"""Where a colour does not mean what it means everywhere: each function lists the faults of one snapshot."""

from __future__ import annotations

import numpy as np
from reading import THEMES, Place, Screen, bars, hue, rgb
from screen import Drawn, Shot

from cnnmath import EXAMPLE, Convolution
from scenes._look.theme import Theme


def same(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two colours are equal, as far as eight bits tell."""
    return bool(np.abs(one[:3] - other[:3]).max() < 1.5 / 255)


def weight_colour(look: Theme, index: int, conv: Convolution = EXAMPLE) -> np.ndarray:
    """The colour of a weight."""
    return rgb(look.weights[hue(conv, index)])


def wrong_inks(shot: Shot, conv: Convolution = EXAMPLE) -> list[str]:
    """Symbols in another colour than theirs; the numbers on the image's shades are black or white."""
    look, found, muted = THEMES[shot.theme], [], 0
    on_shades = (shot.scene, shot.slug) == ("TheImage", "numbers")
    zero_terms = (shot.scene, shot.slug) == ("MatrixView", "long-sums")
    for text in shot.symbols:
        assert text.key is not None
        kind = text.key[0]
        expected = {
            "weight": [weight_colour(look, text.key[1], conv)] if kind == "weight" else [],
            "zero": [rgb(look.muted)],
            "padding": [rgb(look.muted), rgb(look.text)],
            "pixel": [rgb("#000000"), rgb("#FFFFFF")] if on_shades else [rgb(look.text)],
        }.get(kind, [rgb(look.text)])
        if zero_terms and kind == "pixel" and same(text.fill, rgb(look.muted)):
            muted += 1
            continue
        if not any(same(text.fill, color) for color in expected):
            found.append(f"{shot}: {text} has the colour {np.round(text.fill[:3] * 255)}")
    if zero_terms and muted != len(shot.of_kind("zero")):
        found.append(f"{shot}: {muted} pixels are grey, but {len(shot.of_kind('zero'))} are multiplied by zeros")
    return found


def wrong_borders(screen: Screen) -> list[str]:
    """Cells with another border than that of what stands in them; of weights without symbols, all and no others."""
    shot, look = screen.shot, THEMES[screen.shot.theme]
    found = []
    every = sorted(hue(screen.conv, weight) for weight in range(screen.conv.counts.weights))
    unnamed = unnamed_weights(screen)
    for place in screen.places:
        if id(place) in screen.bare:
            continue
        border = top_border(place)
        if border is None:
            continue
        weights = [key for key in place.keys if key[0] == "weight"]
        expected = rgb(look.zero if any(key[0] == "zero" for key in place.keys) else look.line)
        if weights:
            expected = weight_colour(look, weights[0][1], screen.conv)
        if not place.keys and border.filled and weight_hue(border, look) is not None:
            continue
        frame = rgb(look.accent)
        if not same(border.stroke, expected) and not (same(border.stroke, frame) and not border.filled):
            found.append(f"{shot}: the cell of {place.keys} has the border {np.round(border.stroke[:3] * 255)}")
    if unnamed and unnamed != every:
        found.append(f"{shot}: weights without symbols have the colours {unnamed}, not {every}")
    return found


def unnamed_weights(screen: Screen) -> list[int]:
    """Which colours of weights cells have that no symbol stands in, in their order; the filter on the image apart."""
    look, found = THEMES[screen.shot.theme], []
    for place in screen.places:
        border = top_border(place)
        if place.keys or id(place) in screen.bare or border is None or not border.filled:
            continue
        found.append(weight_hue(border, look))
    return sorted(which for which in found if which is not None)


def weight_hue(border: Drawn, look: Theme) -> int | None:
    """Which of the weights' colours a border has, if any."""
    return next((k for k, color in enumerate(look.weights) if same(border.stroke, rgb(color))), None)


def top_border(place: Place) -> Drawn | None:
    """The border on top of a cell; one that only frames what matters now does not count."""
    return max((d for d in place.squares if d.stroked), key=lambda d: d.order, default=None)


HELD = {("FamiliarDiagram", "fix-zeros"), ("FamiliarDiagram", "share")}
"""Where an edge whose weight is held at zero is dashed."""


def wrong_edges(screen: Screen) -> list[str]:
    """Edges in another colour than their weight's (some are plain), or dashed though not held."""
    shot, look = screen.shot, THEMES[screen.shot.theme]
    plain = {("FamiliarDiagram", "plain"): (-1, 0), ("FamiliarDiagram", "fix-zeros"): (0,)}.get((shot.scene, shot.slug))
    found = []
    for (result, pixel), edges in screen.edges.items():
        weight = int(screen.conv.sharing[result, pixel])
        expected = weight_colour(look, weight, screen.conv) if weight >= 0 else rgb(look.zero)
        if plain and min(weight, 0) in plain:
            expected = rgb(look.muted)
        held = weight < 0 and (shot.scene, shot.slug) in HELD
        for edge in edges:
            if (len(bars(edge)) > 1) != held:
                found.append(f"{shot}: {edge} is {'not ' if held else ''}dashed")
            if not same(edge.fill, expected):
                found.append(f"{shot}: {edge} has the colour {np.round(edge.fill[:3] * 255)}")
    return found


def wrong_shades(screen: Screen) -> list[str]:
    """Pixels whose brightness does not follow their value: equal steps of value are equal steps of grey."""
    shot, values = screen.shot, screen.conv.image.ravel()
    grids = sorted(screen.grids, key=lambda grid: grid[0][0].middle[0])
    squares = [cell.squares[0] for grid in grids for row in grid for cell in row]
    # A single cell makes no grid.
    squares = squares or [cell.squares[0] for cell in screen.places]
    if len(squares) != len(values):
        return [f"{shot}: {len(squares)} squares for {len(values)} pixels"]
    if values.min() < 0:
        return []
    expected = values / values.max() if values.max() else np.zeros_like(values)
    return [
        f"{shot}: pixel {i} of value {value:g} has the shade {square.fill[:3]}"
        for i, (square, value) in enumerate(zip(squares, values, strict=True))
        if np.abs(square.fill[:3] - expected[i]).max() > 0.01
    ]
