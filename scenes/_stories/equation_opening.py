"""How EquationView begins: what FilterSliding ended with becomes image, filter, and results that wait for sums."""

from __future__ import annotations

from collections.abc import Sequence

from manim import FadeIn, FadeOut, VGroup, VMobject

from scenes._mobjects.cells import Cell
from scenes._mobjects.flights import Flight, plan
from scenes._mobjects.handing import become, grid_becomes
from scenes._mobjects.motion import SECOND_HALF
from scenes._pictures.applied_table import AppliedTable
from scenes._pictures.desk import Desk
from scenes._pictures.trio import Trio
from scenes._stage.viewpoint import Viewpoint

TITLE = "The equation view"


def from_table(scene: Viewpoint, table: AppliedTable, desk: Desk) -> None:
    """The columns fold back into one: of each there is left what it yielded."""
    first, *others = table.columns
    scene.play(
        *scene.new_title(TITLE),
        *map(FadeOut, (table.words, table.dots)),
        *(FadeOut(column.patch) for column in table.columns),
        *(FadeOut(part) for column in others for part in (column.filter, column.image)),
        *(FadeOut(column.result.boxes) for column in others),
        run_time=1.0,
    )
    results = _results(desk)
    flights = [
        Flight(column.result.cells[column.stop].symbol, results[column.stop].symbol)
        for column in table.columns
        if column.stop in results
    ]
    gone = [FadeOut(column.result.cells[column.stop].symbol) for column in table.columns if column.stop not in results]
    named = {column.stop for column in table.columns}
    boxes = VGroup(*(cell.box for cell in results.values()))
    rest = [cell.symbol for stop, cell in results.items() if stop not in named]
    scene.play(
        *([plan(flights, scene.mobjects, 1.2)] if flights else []),
        *gone,
        FadeOut(first.result.boxes),
        *(FadeIn(part, rate_func=SECOND_HALF) for part in (boxes, *rest)),
        run_time=1.2,
    )
    scene.settle(first.filter, first.image, *_cells(desk))
    flights = [Flight(first.filter, desk.filter.grid)]
    moves = grid_becomes(first.image, desk.image) if first.image.shaded != desk.image.shaded else []
    flights += [] if moves else [Flight(first.image, desk.image)]
    scene.play(plan(flights, scene.mobjects, 1.4, in_order=True), *moves, run_time=1.4)


def from_trio(scene: Viewpoint, trio: Trio, desk: Desk) -> None:
    """Results, filter and image take their places, one after the other; results that have none pass into dots."""
    scene.play(
        *scene.new_title(TITLE),
        *scene.new_figure(desk.figure),
        FadeOut(trio.captions),
        run_time=1.0,
    )
    results = _results(desk)
    if desk.result:
        moves = grid_becomes(trio.result, desk.result)
    else:
        moves = [move for stop, cell in results.items() for move in become(trio.result.cells[stop], cell)]
        moves += [FadeOut(cell) for stop, cell in enumerate(trio.result.cells) if stop not in results]
    scene.play(*moves, run_time=1.2)
    scene.settle(trio.image, trio.filter, *_cells(desk))
    bias = [trio.filter.bias, trio.filter.frame]
    scene.play(*map(FadeOut, bias), run_time=0.4)
    moves = grid_becomes(trio.image, desk.image) if trio.image.shaded != desk.image.shaded else []
    flights = [Flight(trio.filter.grid, desk.filter.grid)]
    flights += [] if moves else [Flight(trio.image, desk.image)]
    scene.play(plan(flights, scene.mobjects, 1.4, in_order=True), *moves, run_time=1.4)


def name_results(scene: Viewpoint, desk: Desk, blanks: Sequence[VMobject]) -> None:
    """The bias joins its filter; every result that will have a line stands at its end."""
    scene.play(
        *map(FadeIn, (desk.filter.bias, desk.filter.frame, *blanks)),
        *(scene.new_figure(desk.figure) if desk.figure and not scene.has_figure else []),
        run_time=0.6,
    )
    dots = [FadeIn(dot, rate_func=SECOND_HALF) for dot in desk.dots]
    if desk.result is None:
        scene.play(*dots, run_time=0.6)
        return
    scene.settle(*desk.grids, *blanks)
    cells = desk.result.cells
    flights = [Flight(cells[line.equation.result], line.result, True) for line in desk.lines]
    scene.play(plan(flights, scene.mobjects, 1.6, in_order=True), *dots, run_time=1.6)


def _results(desk: Desk) -> dict[int, Cell]:
    """Where results stand first: in their grid, if there is one, or else at the end of their lines."""
    if desk.result:
        return dict(enumerate(desk.result.cells))
    return {line.equation.result: line.result for line in desk.lines}


def _cells(desk: Desk) -> list[VMobject]:
    return [desk.result] if desk.result else [line.result for line in desk.lines]
