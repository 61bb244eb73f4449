"""What is said of the matrix and of its product with the pixels."""

from __future__ import annotations

from cnnmath import Convolution
from scenes._words.counting import is_dense, one_zero, touches_all


def fold_back() -> str:
    """From the network to rows and columns."""
    return "Back to the grids. Now let every result have a row, and every pixel a column."


def first_row(conv: Convolution) -> str:
    """What the first row holds."""
    one = conv.counts.results == 1
    many_filters = len(conv.kernel) > 1 and conv.positions == 1
    who = "The first filter" if many_filters else f"The filter's {'only' if one else 'first'} position"
    what = "a weight where it covers a pixel, a zero elsewhere"
    if touches_all(conv, 0):
        what = "a weight for every pixel, for it covers them all"
    elif not len(conv.window(0).taps):
        what = "all zeros, for it covers only padding"
    return f"{who} unrolls into the {'only' if one else 'first'} row: {what}."


def other_rows(conv: Convolution) -> str:
    """What makes the other rows."""
    padded = len(conv.padding_taps) > 0
    stay = "weights that meet a pixel" if padded else "weights"
    if len(conv.kernel) == 1:
        who = "The other position makes" if conv.counts.results == 2 else "Each of the other positions makes"
        return f"{who} a row of its own. The {stay} stay the same; their columns change."
    if conv.positions == 1:
        who = "The other filter makes" if len(conv.kernel) == 2 else "Each of the other filters makes"
        return f"{who} a row of its own, with weights of its own."
    return (
        f"Every position of every filter makes a row of its own. A filter's {stay} stay the same; their columns change."
    )


def zeros(conv: Convolution) -> str:
    """What the zeros of the matrix are."""
    return one_zero(
        conv,
        "Grey zeros stand for pixels that the filter does not touch. They are untrainable: they stay zero.",
        "The grey zero stands for a pixel that the filter does not touch. It is untrainable: it stays zero.",
    )


def copies(conv: Convolution, colours: int) -> str:
    """What equal entries are; where a colour stands for a filter, its entries may be different ones."""
    if not conv.shares_weights:
        which = "entry" if is_dense(conv) else "coloured entry"
        return f"Every {which} has a weight of its own, which can be trained. None is shared here."
    few = conv.counts.weights <= colours
    who = "Entries of one colour are one shared weight. They" if few else "All copies of a weight share its value. They"
    return f"{who} can be trained, but they must stay equal."


def product() -> str:
    """What is multiplied."""
    return "Now multiply: the matrix times the pixels, plus the biases, gives the results."


def long_sums(conv: Convolution) -> str:
    """What the sums of all rows are."""
    one = conv.counts.results == 1
    how = f"{'Each' if one else 'Row by row: each'} entry times the pixel of its column, all added up."
    if is_dense(conv):
        return f"{how} {'That is the equation' if one else 'Those are the equations'} that we know."
    return f"{how} {_zeros_add_nothing(conv)}"


def first_long_sum(conv: Convolution) -> str:
    """What the sum of the first row is, where no other is written."""
    ends = "That is the equation that we know." if touches_all(conv, 0) else _zeros_add_nothing(conv)
    return f"Take the first row: each entry times the pixel of its column, all added up. {ends}"


def _zeros_add_nothing(conv: Convolution) -> str:
    return one_zero(conv, "The grey zeros take part, but add nothing.", "The grey zero takes part, but adds nothing.")


def compact(conv: Convolution, written: int) -> str:
    """What is left of the sums that are written; a weight may be 0 too, and its term stays."""
    terms = one_zero(conv, "the terms with grey zeros", "the term with the grey zero")
    back = "equation that we know is" if written == 1 else "equations that we know are"
    return f"Leave out {terms}, and the {back} back."


def results(conv: Convolution) -> str:
    """What one product works out."""
    what = "the result" if conv.counts.results == 1 else "all the results at once"
    return f"So one matrix product works out {what}. That is the whole convolution."
