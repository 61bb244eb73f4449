"""All that can be wrong with the picture of one step: what it shows, how it is laid out, what its colours say."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from books import BOOK_SCENES, book_of, told_faults, value_faults
from claims import said_faults
from colour_faults import unnamed_weights, wrong_borders, wrong_edges, wrong_inks, wrong_shades
from layout_faults import CHECKS, faint_shapes, faint_texts
from matrix_pages import adapted, line_faults, matrix_faults
from numerals import unnoted
from reading import Screen, miscounted, misspelt, read, wrong_outlines
from screen import Run, Shot
from storyboard import Cut, Nodes, Numbers, Page, filter_table, shares, storyboard

from cnnmath import EXAMPLE, Convolution


def pages(run: Run) -> list[tuple[Shot, Page, Convolution]]:
    """Every shot with what it must show."""
    conv = run.scene.convolution
    nodes = nodes_of(run)
    board = storyboard(run.name, conv, run.scene.notation, nodes)
    made = []
    for shot in run.shots:
        page = board[shot.slug]
        if nodes and (most := products_in(shot)):
            page = storyboard(run.name, conv, run.scene.notation, replace(nodes, most=most))[shot.slug]
        page = adapted(run, page, shot, Numbers(conv, nodes))
        if nodes:
            page = without_names(page, shot, conv)
            page = without_node_names(page, read(shot, conv))
        if shot.slug == "side-by-side":
            page = shortened(page, shot, conv)
        if run.name in ("EquationView", "CompactEquationView") and shot.slug != "one-line":
            page = with_cuts(page, shot, run)
        if shot.slug == "shares":
            page = with_shares(page, shot, conv, run.scene.notation == "numbers")
        if run.name in ("TheImage", "TheFilter") and not shot.of_kind("padding"):
            # The image may stand there without what will be put around it.
            page = replace(page, keys=Counter({k: c for k, c in page.keys.items() if k[0] != "padding"}))
        made.append((shot, page, page.conv or conv))
    return made


def nodes_of(run: Run) -> Nodes | None:
    """Which pixels and results the network has nodes for: the first picture of it says so."""
    if run.name not in NETWORKS:
        return None
    for shot in run.shots:
        screen = read(shot, run.scene.convolution)
        if all(screen.layers):
            # The post's own matrix has cells wherever there is room for them beside the network.
            square = shot.size[0] == shot.size[1]
            cells = bool(shot.of_kind("zero")) or (run.scene.convolution is EXAMPLE and not square)
            # Where all zeros stand in one row, none is left at the end of the first step, but the names are.
            cells = cells or len(shot.of_kind("result")) > len(screen.nodes[1])
            return Nodes(*screen.nodes, cells)
    return None


def products_in(shot: Shot) -> int | None:
    """How many products stand around the dots of a sum below the network, if there are any."""
    dots = [text for text in shot.texts if text.says == "…"]
    level = dots[0].middle[1] if dots else 0.0
    pixels = [text for text in shot.of_kind("pixel") if abs(text.middle[1] - level) < 0.5 * text.em]
    return len(pixels) if dots else None


NETWORKS = ("NeuralNetworkView", "MatrixToNetwork", "DenseNetworkView", "FamiliarDiagram")
_MANY_EDGES = 30
"""Only more edges than this may be without names."""


def without_names(page: Page, shot: Shot, conv: Convolution) -> Page:
    """Where many edges cross, none of them has its weight's name."""
    coloured = Counter(("weight", int(conv.sharing[edge])) for edge in page.edges if conv.sharing[edge] >= 0)
    every = sum(conv.sharing[r, p] >= 0 for r in {r for r, _ in page.edges} for p in range(conv.counts.pixels))
    crowded = every > _MANY_EDGES or (shot.slug in ("first", "first-row") and conv.counts.taps > _MANY_EDGES)
    if page.keys and crowded and not read(shot, conv).edge_labels():
        return replace(page, keys=page.keys - coloured, nameless=True)
    return page


def without_node_names(page: Page, screen: Screen) -> Page:
    """Where there are too many nodes for names they have none, but shades."""
    keys = page.keys
    for nodes, names, kind in zip(screen.nodes, screen.node_names, ("pixel", "result"), strict=True):
        if len(nodes) > _MANY_NODES and not any(names):
            keys = keys - Counter((kind, node) for node in nodes)
    return replace(page, keys=keys)


_MANY_NODES = 19
"""Only more nodes than this may be without names."""


def shortened(page: Page, shot: Shot, conv: Convolution) -> Page:
    """The table of positions may leave some out, but not the first and the last, and dots must say so."""
    stops = sorted(int(text.key[1]) for text in shot.of_kind("result") if text.key)
    last = conv.counts.results - 1
    dots = any(text.says in "…⋮" for text in shot.texts)
    if dots and len(stops) > 1 and stops == [*range(len(stops) - 1), last]:
        return replace(page, keys=filter_table(Numbers(conv), stops))
    return page


def with_cuts(page: Page, shot: Shot, run: Run) -> Page:
    """Some sums may be left out, and some products of each; dots must say so.

    The first and the last one may be left out only if all their products are 0. How much is left out is read off the
    screen; the true counts must then stand in the figure.
    """
    n, conv = Numbers(run.scene.convolution), run.scene.convolution
    screen = read(shot, conv)
    results = screen.lone_results
    grid = n.all("result") if screen.has_result_grid else Counter()
    dots = Counter(text.says for text in shot.texts)
    few = dots["⋮"] == len(gaps(results, n.results)) > 0 and are_telling(conv, results)
    results = results if few else list(range(n.results))
    written = results[:1] if shot.slug == "first" else results
    there = Counter(text.key for text in shot.symbols)
    page = replace(page, keys=page.keys + grid)
    if shot.slug == "results" and not few and dots["…"] == 0 and shot.of_kind("figure"):
        # Nothing is written yet: only the figure says that products will be left out.
        return replace(page, figures=Cut(results, 1).figure(n))
    for most in range(max(n.weights, 2), 0, -1):
        cut = Cut(results, most)
        made = storyboard(run.name, conv, run.scene.notation, cut=cut)[shot.slug]
        made = replace(made, keys=made.keys + grid)
        left_out = sum(length > most for length in n.lengths(written)) if shot.slug != "results" else 0
        if left_out == dots["…"] and unlabelled(made, screen).keys == there:
            return with_figure(made, shot, Cut(results, 1).figure(n))
    return page


def gaps(results: list[int], count: int) -> list[tuple[int, int]]:
    """Between which of them others are left out."""
    ends = [-1, *results, count]
    return [(one, other) for one, other in pairwise(ends) if other > one + 1]


def are_telling(conv: Convolution, results: list[int]) -> bool:
    """Whether the first ones stand there and the last one, or others of which not all products are 0."""
    run = len(results) > 1 and results[:-1] == [*range(results[0], results[0] + len(results) - 1)]
    ends = [(results[0], 0), (results[-1], conv.counts.results - 1)] if run else []
    return run and all(shown == end or (is_dark(conv, end) and not is_dark(conv, shown)) for shown, end in ends)


def is_dark(conv: Convolution, result: int) -> bool:
    """Whether all products of a result are 0."""
    return not any(term.product for term in conv.equations()[result].terms)


def with_figure(page: Page, shot: Shot, full: list[int]) -> Page:
    """Where the first line is whole, the figure says that others will not be."""
    early = shot.slug in ("results", "first") and not page.figures and shot.of_kind("figure")
    return replace(page, figures=full) if early else page


def with_shares(page: Page, shot: Shot, conv: Convolution, values: bool) -> Page:
    """The lines of the shares and their total may leave products out, but dots must say so."""
    n, there = Numbers(conv), Counter(text.key for text in shot.symbols)
    dots = sum(text.says == "…" for text in shot.texts)
    longest = max(sum(w >= 0 for w in row) for row in n.row)
    fitting = [
        (mine, cut)
        for lines in range(1, longest + 1)
        for total in range(1, longest + 1)
        for mine, cut in [(page.keys + shares(n, lines, values, total=False) + shares(n, total, values, total=True),
                           left_out(n, lines) + (0 if values else left_out(n, total)))]
    ]  # fmt: skip
    screen = read(shot, conv)
    made = [replace(page, keys=mine) for mine, cut in fitting if cut == dots]
    return next((one for one in made if unlabelled(one, screen).keys == there), page)


def left_out(n: Numbers, most: int) -> int:
    """In how many of the first result's shares products are left out."""
    size = n.image_rows * n.image_columns
    met = Counter(p // size for p, w in enumerate(n.row[0]) if w >= 0)
    return sum(count > most for count in met.values())


def unlabelled(page: Page, screen: Screen) -> Page:
    """Where an image or the results are shown by their shades, and a filter without room for its symbols."""
    n, keys = Numbers(screen.conv), page.keys
    shaded = screen.shaded
    if shaded["pixel"]:
        keys = keys - n.all("pixel") - n.all("padding")
    if shaded["result"]:
        keys = keys - n.all("result")
    if unnamed_weights(screen):
        # Whether there are all of them, `wrong_borders` says.
        keys = keys - n.all("weight") - n.all("bias")
    for stop in screen.bare_stops:
        keys = keys - Counter(key for _, key in screen.under(stop))
    return replace(page, keys=keys)


def in_numbers(run: Run, page: Page) -> tuple[str, ...]:
    """The kinds of symbols that the step shows in numbers."""
    return ("pixel", "weight", "result", "bias") if run.scene.notation == "numbers" else page.numbers


def reading_faults(run: Run) -> list[str]:
    """Symbols, grids, matrices, networks and equations that are not what the core says."""
    if run.name in BOOK_SCENES:
        outlines = [fault for shot in run.shots for fault in wrong_outlines(shot)]
        return outlines + value_faults(run) + book_of(run.name).faults(run)
    found = []
    for shot, page, conv in pages(run):
        numbers = in_numbers(run, page)
        screen = read(shot, conv)
        found += misspelt(shot, conv, numbers)
        found += unnoted(shot, conv)
        found += wrong_outlines(shot)
        found += miscounted(shot, unlabelled(page, screen).keys)
        found += screen.shade_faults
        found += screen.misplaced()
        if set(screen.edges) != page.edges:
            lacking, extra = page.edges - set(screen.edges), set(screen.edges) - page.edges
            found.append(f"{shot}: edges (result, pixel) missing {lacking}, too many {extra}")
        labels = len(screen.edge_labels())
        coloured = sum(conv.sharing[r, p] >= 0 for r, p in page.edges) if page.keys and not page.nameless else 0
        if labels != coloured:
            found.append(f"{shot}: {labels} labels on {coloured} coloured edges")
        found += matrix_faults(run, shot, conv)
        if page.equations and run.name == "MatrixView":
            found += line_faults(screen, *page.equations, dots="weight" in numbers)
        elif page.equations:
            boxed = run.name == "EquationView"
            found += screen.missaid(*page.equations, dots="weight" in numbers, boxed=boxed)
        if shot.slug == "sums":
            found += screen.missummed()
    return found


def figure_faults(run: Run) -> list[str]:
    """Key figures and narration with other numbers than those that were counted, and sentences that are not true."""
    if run.name in BOOK_SCENES:
        return told_faults(run)
    board = pages(run)
    found = said_faults(run, board)
    for shot, page, _ in board:
        figures = sorted(shot.of_kind("figure"), key=lambda t: -round(float(t.middle[1]), 1))
        shown = [int(n) for text in figures for n in re.findall(r"\d+", text.says or "")]
        if shown != page.figures:
            found.append(f"{shot}: the figure shows {shown}, not {page.figures}")
    return found


def colour_faults(run: Run) -> list[str]:
    """Weights, zeros and neutral things in other colours than theirs."""
    if run.name in BOOK_SCENES:
        return [fault for shot in run.shots for fault in [*faint_texts(shot), *faint_shapes(shot)]]
    found = []
    for shot, _, conv in pages(run):
        screen = read(shot, conv)
        found += [*wrong_inks(shot, conv), *wrong_borders(screen), *wrong_edges(screen)]
        if shot.slug == "brightness":
            found += wrong_shades(screen)
    return found


def layout_faults(run: Run) -> list[str]:
    """Things outside, too small, on each other, dimmed, faint or covered."""
    return [fault for shot in run.shots for check in CHECKS for fault in check(shot)]


def all_faults(run: Run) -> list[str]:
    """Everything that is wrong with any of its stills."""
    return reading_faults(run) + figure_faults(run) + colour_faults(run) + layout_faults(run)
