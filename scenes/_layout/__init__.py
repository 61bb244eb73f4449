"""Where things go: rows, columns and stacks of blocks whose sizes are to be found. Knows no convolution and no manim.

A picture is described once, in lengths that are multiples of sizes. Here a filter, an image and a result are measured
in cells, all in the same `cell`, so they are tied: their cells are equally large in every picture. Each has its name
below it, and its numbers must be readable: they are written at 0.7 sides of a cell.

>>> cell = Size("cell", most=1.6)
>>> def grid(name, columns, rows):
...     body = block(name, columns * cell, rows * cell, reads={"−12": 0.7 * cell})
...     return label(body, block(f"“{name}”", 1.2, 0.3), gap=0.2)
>>> filter_, image, result = grid("filter", 2, 2), grid("image", 4, 3), grid("result", 3, 2)

They stand in a row, or the result below the other two, or all below each other: the first in which cells are nearly as
large as in the best. In a room that is higher than wide, another order is liked better.

>>> picture = first_of(
...     row(filter_, image, result, gap=between(0.4, 1.0)),
...     column(row(filter_, image, gap=between(0.4, 1.0)), result, gap=between(0.3, 1.0)),
...     tall=[column(filter_, image, result, gap=between(0.3, 1.0))],
... )

Wide, square and tall are three rooms for the same description.

>>> room = Room(wide=12.0, tall=4.0)
>>> wide = solve(picture, room, readable=0.33)
>>> round(wide.size(cell), 2), round(wide["image"].left, 2), round(wide["image"].y, 2)
(1.17, -2.92, 0.25)
>>> print(sketch(wide, room, rows=12))
                   +-------------------------+
                   |                         |
  +------------+   |                         |   +-------------------+
  |            |   |                         |   |                   |
  |            |   |                         |   |                   |
  |   filter   |   |          image          |   |      result       |
  |            |   |                         |   |                   |
  |            |   |                         |   |                   |
  +------------+   |                         |   +-------------------+
                   +-------------------------+
<BLANKLINE>
     “filter”                “image”                   “result”

>>> room = Room(wide=4.0, tall=8.0)
>>> print(sketch(solve(picture, room, readable=0.33), room, rows=24))
       +--------+
       |        |
       | filter |
       |        |
       +--------+
<BLANKLINE>
        “filter”
  +------------------+
  |                  |
  |                  |
  |                  |
  |      image       |
  |                  |
  |                  |
  +------------------+
<BLANKLINE>
        “image”
    +--------------+
    |              |
    |              |
    |    result    |
    |              |
    +--------------+
        “result”

What does not fit says why: in words of its own, and in parts, for a sentence that a lecturer understands.

>>> try:
...     solve(picture, Room(wide=3.0, tall=3.5), readable=0.33)
... except DoesNotFitError as refused:
...     print(refused.block, refused.along, round(refused.got, 2), round(refused.needed, 2), refused.label)
image height 0.2 0.47 −12

The words:

- `Size(name, least, most)`: what the solver finds. `3 * cell + 0.2` is a length; `longest(cell, 0.6)` is one that
  stays readable while the cells of others shrink; `between(0.4, 1.3)` is a gap or an extent that takes what is left.
- `block(name, wide, tall)`: a thing. `reads` says what must be readable in it, `look` tells alternatives apart.
- `row`, `column`, `table`: beside each other, below each other, or both; `align` is "start", "centre", "end", or
  "line" for texts on one baseline. `stack`: on top of each other. `space`: room in which nothing stands.
- `label(part, word, side)`: a word at a side of a part. In a row, parts are aligned without their words, and the words
  stand on one line.
- `first_of(a, b, c)`: alternatives in order of preference; with `near=0` the first that fits, which is how labels go
  before numbers become shades, and these before parts are left out.
- `solve(picture, room)`: where each block stands, and how large each size is. `sketch` shows it in a terminal.

The words are those of chalk (`hcat`, `vcat`, `strut`) and of Bluefish (`align`, `distribute`, `stack`), in plain
English. What neither has is a size to be found: here the largest is, so that a room is filled.
"""

from scenes._layout.lengths import Between, Length, Measure, Size, between, longest, total
from scenes._layout.parts import Part, block, column, first_of, label, row, space, stack, table
from scenes._layout.refusing import DoesNotFitError
from scenes._layout.room import Box, Room
from scenes._layout.sketch import sketch
from scenes._layout.solving import Layout, solve

__all__ = [
    "Between",
    "Box",
    "DoesNotFitError",
    "Layout",
    "Length",
    "Measure",
    "Part",
    "Room",
    "Size",
    "between",
    "block",
    "column",
    "first_of",
    "label",
    "longest",
    "row",
    "sketch",
    "solve",
    "space",
    "stack",
    "table",
    "total",
]
