"""All that can be wrong with the picture of one step: what it shows, how it is laid out, what its colours say."""

from __future__ import annotations

import re

from colour_faults import wrong_borders, wrong_edges, wrong_inks, wrong_shades
from layout_faults import CHECKS
from reading import Screen, miscounted, misspelt, wrong_outlines
from screen import Run, Shot
from storyboard import Page, storyboard

from cnnmath import Convolution

_WORDS = dict(
    zip("two three four five six seven eight nine ten eleven twelve twice".split(), [*range(2, 13), 2], strict=True)
)


def pages(run: Run) -> list[tuple[Shot, Page, Convolution]]:
    """Every shot with what it must show."""
    conv = run.scene.convolution
    board = storyboard(run.name, conv)
    return [(shot, board[shot.slug], board[shot.slug].conv or conv) for shot in run.shots]


def in_numbers(run: Run, page: Page) -> tuple[str, ...]:
    """The kinds of symbols that the step shows in numbers."""
    return ("pixel", "weight", "result", "bias") if run.scene.notation == "numbers" else page.numbers


def reading_faults(run: Run) -> list[str]:
    """Symbols, grids, matrices, networks and equations that are not what the core says."""
    found = []
    for shot, page, conv in pages(run):
        numbers = in_numbers(run, page)
        screen = Screen(shot, conv)
        found += misspelt(shot, conv, numbers)
        found += wrong_outlines(shot)
        found += miscounted(shot, page.keys)
        found += screen.misplaced()
        if set(screen.edges) != page.edges:
            lacking, extra = page.edges - set(screen.edges), set(screen.edges) - page.edges
            found.append(f"{shot}: edges (result, pixel) missing {lacking}, too many {extra}")
        labels = len(screen.edge_labels())
        coloured = sum(conv.sharing[r, p] >= 0 for r, p in page.edges) if page.keys else 0
        if labels != coloured:
            found.append(f"{shot}: {labels} labels on {coloured} coloured edges")
        if page.equations:
            found += screen.missaid(*page.equations, dots="weight" in numbers)
        if shot.slug == "sums":
            found += screen.missummed()
    return found


def figure_faults(run: Run) -> list[str]:
    """Key figures and narration with other numbers than those that were counted."""
    found = []
    for shot, page, _ in pages(run):
        figures = sorted(shot.of_kind("figure"), key=lambda t: -round(float(t.middle[1]), 1))
        shown = [int(n) for text in figures for n in re.findall(r"\d+", text.says or "")]
        if shown != page.figures:
            found.append(f"{shot}: the figure shows {shown}, not {page.figures}")
        said = [_WORDS.get(word) or int(word) for word in re.findall(_NUMBER, shot.narration.lower())]
        said = [number for number in said if number > 1]
        if said != page.narrated:
            found.append(f"{shot}: the narration says {said}, not {page.narrated}: {shot.narration}")
    return found


_NUMBER = rf"\b(?:{'|'.join(_WORDS)}|\d+)\b"


def colour_faults(run: Run) -> list[str]:
    """Weights, zeros and neutral things in other colours than theirs."""
    found = []
    for shot, _, conv in pages(run):
        screen = Screen(shot, conv)
        found += [*wrong_inks(shot), *wrong_borders(screen), *wrong_edges(screen)]
        if shot.slug == "brightness":
            found += wrong_shades(screen)
    return found


def layout_faults(run: Run) -> list[str]:
    """Things outside, too small, on each other, dimmed, faint or covered."""
    return [fault for shot in run.shots for check in CHECKS for fault in check(shot)]
