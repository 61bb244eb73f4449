"""What is said of zero padding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cnnmath import Convolution
from scenes._words.counting import count, counted, steps, times

FEW = 12
"""Up to so many places are counted in words."""


def unpadded(conv: Convolution) -> Convolution:
    """The same convolution without its padding."""
    return replace(conv, padding=(0, 0))


def keeps_size(conv: Convolution) -> bool:
    """Whether the result is as large as the image."""
    return conv.output_shape[1:] == conv.image.shape[1:]


def centres_everywhere(conv: Convolution) -> bool:
    """Whether the filter centres on every pixel in turn, so that each has a result of its own."""
    return conv.positions == len(conv.pixels_of(0)) and all(conv.middle(r) == r for r in conv.results_of(0))


def opening_title(conv: Convolution) -> str:
    """The title over the unpadded convolution."""
    return "Without padding" if keeps_size(unpadded(conv)) else "The result shrinks"


def stuck(conv: Convolution, middle: str) -> str:
    """How little room the filter has without padding; `middle` names the pixel below its middle, if there is one."""
    bare = unpadded(conv)
    rows, columns = bare.output_shape[1:]
    if keeps_size(bare):
        return f"This filter stops on every pixel as it is: the result is {rows} by {columns}, just as the image."
    if bare.positions > FEW:
        return f"The filter must stay inside the image, so the result is smaller: only {rows} by {columns}."
    on = f" It is stuck on {middle}." if bare.positions == 1 and middle else ""
    fits = f"stops {times(bare.positions)}" if steps(bare) else f"fits {times(bare.positions)}"
    who = "A larger" if bare.positions == 1 and not steps(bare) else "The"
    return f"{who} filter has little room: it {fits}.{on} The result is {rows} by {columns}."


def ring(conv: Convolution, shaded: bool) -> str:
    """What is laid around the image; `shaded`: no zero can be read in its cells."""
    zeros = "dashed cells that count as zero" if shaded else "zeros"
    return f"So we lay {around(conv, zeros)}: zero padding. The dashed cells are not pixels."


def around(conv: Convolution, zeros: str = "zeros") -> str:
    """What is laid around the image, or on those sides of it that are padded.

    >>> around(Convolution([[1, 2]], kernel=[[3, 4]], padding=(0, 1)))
    'zeros left and right of the image'
    """
    (top, bottom), (left, right) = conv.pads
    sides = zip(("above", "below", "left", "right"), (top, bottom, left, right), strict=True)
    padded = [side for side, pad in sides if pad]
    if top == bottom == left == right:
        return f"{'a ring' if top == 1 else f'{count(top)} rings'} of {zeros} around the image"
    if len(padded) == 4:
        return f"{zeros} all around the image"
    return f"{zeros} {' and '.join(padded)}{' of' if padded[-1] in ('left', 'right') else ''} the image"


def first(conv: Convolution, pixel: str, result: str) -> str:
    """What is said of the first stop; `pixel` and `result` are what stands in the cells, if it can be read."""
    comes = f"the result is {result}" if result else "out comes the first result"
    outside, middle = len(conv.window(0).padding_taps), conv.middle(0)
    if not outside:
        return f"The first stop is all inside the image, and {comes}. Later stops reach over the edge."
    if outside == len(conv.weights_of(0)):
        return f"Now the first stop is all on the padding. The zeros add nothing to the sum, and {comes}."
    on = "stand over the edge" if middle is None else f"centre on {pixel or 'the first pixel'}"
    return f"Now the filter can {on}. The zeros add nothing to the sum, and {comes}."


def sweep(conv: Convolution) -> str:
    """What all stops come to."""
    bare = unpadded(conv)
    if centres_everywhere(conv):
        moral = "every pixel has its own result, and the size is kept"
    elif keeps_size(conv):
        moral = "the result is as large as the image"
    elif conv.positions > bare.positions:
        moral = "there are more results than without padding"
    else:
        moral = f"there {'is' if conv.positions == 1 else 'are'} still {counted(conv.positions, 'result')}"
    return f"One stop after the other: {moral}."


def matrix() -> str:
    """What padding does to the matrix."""
    return "And the matrix? It has a column for each pixel, but none for the zeros of the padding."


def first_row(conv: Convolution) -> str:
    """How many of the filter's weights meet pixels at the first stop."""
    window = conv.window(0)
    outside, inside = len(window.padding_taps), len(window.taps)
    if not outside:
        return "At the first stop no weight lies on the padding, so all of them stand in the row."
    if not inside:
        return "At the first stop every weight lies on the padding. None meets a pixel, so the row has only zeros."
    lie = "lies" if outside == 1 else "lie"
    return (
        f"At the first stop {counted(outside, 'weight')} {lie} on the padding, so only {count(inside)} "
        f"{'stands' if inside == 1 else 'stand'} in the row."
    )


def other_rows() -> str:
    """What the other rows lack."""
    return "Every stop makes a row. Where the filter reaches over the edge, the weights on the padding drop out of it."


def whole_rows(conv: Convolution) -> list[int]:
    """The results for which the whole filter meets pixels."""
    return [result for result in range(conv.counts.results) if not len(conv.window(result).padding_taps)]


def full_rows(conv: Convolution, names: Sequence[str]) -> str:
    """Where the whole filter meets pixels; `names` are those of the rows in which it does, if they can be read."""
    rows, whole = conv.counts.results, len(whole_rows(conv))
    if not whole:
        return "No row contains the whole filter: at every stop a part of it lies on the padding."
    if whole == rows:
        return "Every row contains the whole filter: no stop reaches the padding."
    if names:
        some = f"Only row {names[0]} contains" if whole == 1 else f"Only rows {_listed(names)} contain"
    else:
        some = f"{whole} of the {rows} rows {'contains' if whole == 1 else 'contain'}"
    alone = ": there it never touches the padding."
    if np.array_equal(conv.sharing[whole_rows(conv)], unpadded(conv).sharing):
        alone = f". Without padding, {'it' if whole == 1 else 'they'} would be the whole matrix."
    return f"{some} the whole filter{alone}"


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
