"""A network's filters before and after its training, and below each the digit that it answers to most."""

from __future__ import annotations

from manim import DOWN, LEFT, RIGHT, UP, Rectangle, VGroup

from cnnmath.values import Floats
from scenes._layout import Part, Size, between, block, first_of, solve, table
from scenes._look.theme import theme
from scenes._mobjects.cells import FRAME_LAYER
from scenes._mobjects.shaded import Shaded
from scenes._mobjects.text import CAPTION_SIZE, LEAST
from scenes._pictures.standing import name_word, put, stage_room, word_block, write
from scenes._words.filter_walls import ROWS, LearnedFilters

_LARGEST, _ACROSS, _DOWN = 1.5, between(0.25, 0.9), between(0.2, 0.5)
"""The side of a filter and of a digit, at most; and between them."""


class LearnedTable(VGroup):
    """`rows[k]` are filters at first, when they have learned, and digits; `words[k]` their names; `frames` windows."""

    def __init__(self, learned: LearnedFilters) -> None:
        side = Size("filters", most=_LARGEST)
        words = [word_block(f"word {k}", word, CAPTION_SIZE) for k, word in enumerate(ROWS)]
        lines = [[words[k], *(_room(f"{k} {which}", side) for which in range(learned.many))] for k in range(len(ROWS))]
        beside = table(*lines, apart=_ACROSS, below=_DOWN)
        below = table(*zip(*lines, strict=True), apart=_ACROSS, below=_DOWN)
        layout = solve(first_of(beside, tall=[below]), stage_room(), LEAST)
        tall = layout.size(side)
        images = [learned.image(which)[0] for which in range(learned.many)]
        values: tuple[Floats | list[Floats], ...] = (learned.before, learned.after, images)
        self.rows = [
            [self._shaded(k, which, grid, tall) for which, grid in enumerate(grids)] for k, grids in enumerate(values)
        ]
        for k, line in enumerate(self.rows):
            put(layout, **{f"{k} {which}": made for which, made in enumerate(line)})
        self.words = [write(layout, f"word {k}", name_word(word)) for k, word in enumerate(ROWS)]
        self.frames = [self._window(learned, which) for which in range(learned.many)]
        super().__init__(*(made for line in self.rows for made in line), *self.words, *self.frames)

    def _shaded(self, line: int, which: int, values: Floats, tall: float) -> Shaded:
        """A filter or a digit; its cells say whose they are."""
        made = Shaded("cell", values[None], tall / max(values.shape), 0)
        for cell in made.cells:
            cell.key = (ROWS[line], which, cell.key[1])
        return made

    def _window(self, learned: LearnedFilters, which: int) -> Rectangle:
        """A frame where the filter lies when its result is the largest: bright on dark, to be seen on every shade."""
        digit, answer = self.rows[2][which], learned.answers[which]
        pixel = digit.side
        high, wide = learned.after.shape[1:]
        frame = Rectangle(width=wide * pixel, height=high * pixel, stroke_color=theme().accent, stroke_width=4)
        frame.set_stroke(theme().background, 8, background=True)
        right, down = (answer.column + wide / 2) * pixel, (answer.row + high / 2) * pixel
        return frame.move_to(digit.borders[0].get_corner(UP + LEFT) + RIGHT * right + DOWN * down).set_z_index(
            FRAME_LAYER + 1
        )


def _room(name: str, side: Size) -> Part:
    return block(name, 1.0 * side, 1.0 * side)
