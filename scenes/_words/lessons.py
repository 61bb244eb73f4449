"""What a viewer understands after a clip of an example of their own: the scene's sentence, where it holds of that."""

from __future__ import annotations

import math
from collections.abc import Callable

from cnnmath import Convolution
from scenes._words.counting import is_dense
from scenes._words.padding import centres_everywhere, keeps_size

FAR_TOO_MANY = 10_000
"""Cells, results or weights; the scenes' own limits are lower."""


def lesson(scene: str, conv: Convolution, notation: str) -> str:
    """Return what the clip teaches where the scene's own docstring, which is of the film's example, would not be true.

    Nothing where it is true, and of a convolution that no scene shows: to look at all of it would take long.

    >>> lesson("TheImage", Convolution([[1, 2]], kernel=[[3]]), "numbers")
    'An image is a grid of numbers, one for each pixel.'
    >>> lesson("TheImage", Convolution([[1, 2]], kernel=[[3]]), "letters")
    ''
    """
    if scene == "TheImage":
        return _image(conv, notation)
    if max(math.prod(conv.padded_shape), math.prod(conv.output_shape), conv.kernel.size) > FAR_TOO_MANY:
        return ""
    return _OTHERS[scene](conv) if scene in _OTHERS else ""


def _image(conv: Convolution, notation: str) -> str:
    if notation == "letters" and len(conv.image) == 1:
        return ""
    grid = "a grid of numbers" if len(conv.image) == 1 else "a grid of numbers for each channel"
    letters = ", and a letter can stand for each of them" if notation == "letters" else ", one for each pixel"
    return f"An image is {grid}{letters}."


def _filter(conv: Convolution) -> str:
    filters, channels = conv.kernel.shape[:2]
    if filters == channels == 1:
        return ""
    grid = "a small grid of weights" if channels == 1 else "a small grid of weights for each channel"
    return f"A filter is {grid}, and one bias: the numbers that a network learns."


def _sliding(conv: Convolution) -> str:
    if conv.positions > 1:
        return ""
    return f"The filter fits in the image once, and {'' if len(conv.kernel) == 1 else 'each filter '}gives one result."


def _compact(conv: Convolution) -> str:
    return "" if conv.counts.results > 1 else "The equation says in one line: image ∗ filter + b = result."


def _network(conv: Convolution) -> str:
    if conv.shares_weights:
        return ""
    return "Pixels are input neurons, results output neurons, and each term of a sum is a connection."


def _matrix(conv: Convolution) -> str:
    if not is_dense(conv):
        return ""
    return "A convolution is a matrix product: every position of the filter is a row of weights."


def _dense(conv: Convolution) -> str:
    if is_dense(conv):
        held = "whose weights are shared" if conv.shares_weights else "if its filter covers the whole image"
    elif conv.shares_weights:
        return ""
    else:
        held = "in which some weights are held at zero"
    return f"A convolution is a dense layer {held}."


def _familiar(conv: Convolution) -> str:
    rules = not is_dense(conv) or conv.shares_weights
    return "" if rules else "The textbook's network and the convolution are one graph."


def _training(conv: Convolution) -> str:
    if conv.shares_weights and conv.counts.zeros:
        return ""
    if conv.shares_weights:
        return "Copies of a weight stay equal because one weight takes the sum of all wishes."
    zeros = "Zeros stay zero because they are no weights; each" if conv.counts.zeros else "Each"
    return f"{zeros} weight moves against its error times its pixel."


def _padding(conv: Convolution) -> str:
    if centres_everywhere(conv):
        return ""
    so = ", here so that the result is as large as the image" if keeps_size(conv) else ""
    return f"Zeros around the image give the filter more room{so}."


def _classic(holds: Callable[[Convolution], bool]) -> Callable[[Convolution], str]:
    """What a classic teaches, if what it is a classic of does not hold."""

    def said(conv: Convolution) -> str:
        image = "the padded image" if _is_padded(conv) else "the image"
        return "" if holds(conv) else f"The filter stops wherever it fits in {image}, and every stop gives one result."

    return said


def _is_padded(conv: Convolution) -> bool:
    return conv.padded_shape != conv.image.shape


def _shrinks(conv: Convolution) -> bool:
    return conv.positions < len(conv.pixels_of(0))


def _grows(conv: Convolution) -> bool:
    return conv.positions > len(conv.pixels_of(0))


def _is_full(conv: Convolution) -> bool:
    """Whether the filter stops wherever it covers any pixel at all: at a corner it covers but one."""
    return _grows(conv) and conv.stride == (1, 1) and {len(conv.window(r).taps) for r in _ends(conv)} == {1}


def _ends(conv: Convolution) -> tuple[int, int]:
    return 0, conv.positions - 1


def _leaves_some(conv: Convolution) -> bool:
    """Whether the last row and column of the padded image are under no window."""
    last = conv.window(conv.positions - 1)
    return bool(last.rows.stop < conv.padded_shape[1] and last.columns.stop < conv.padded_shape[2])


_OTHERS: dict[str, Callable[[Convolution], str]] = {
    "TheFilter": _filter,
    "FilterSliding": _sliding,
    "CompactEquationView": _compact,
    "NeuralNetworkView": _network,
    "MatrixView": _matrix,
    "DenseNetworkView": _dense,
    "FamiliarDiagram": _familiar,
    "ZeroPadding": _padding,
    "Training": _training,
    "NoPadding": _classic(lambda conv: _shrinks(conv) and not _is_padded(conv)),
    "ArbitraryPadding": _classic(_grows),
    "HalfPadding": _classic(keeps_size),
    "FullPadding": _classic(_is_full),
    "Strides": _classic(lambda conv: max(conv.stride) > 1),
    "PaddingAndStrides": _classic(lambda conv: max(conv.stride) > 1 and _is_padded(conv)),
    "OddSize": _classic(lambda conv: _is_padded(conv) and _leaves_some(conv)),
    "Dilation": _classic(lambda conv: max(conv.dilation) > 1),
}
