"""What is said of rows, zeros and shared weights: only of those that a convolution has."""

from __future__ import annotations

from cnnmath import Convolution
from scenes._words.counting import count, counted


def touches_all(conv: Convolution, result: int) -> bool:
    """Whether a result depends on every pixel, so that its row holds no zero."""
    return bool(conv.trainable[result].all())


def is_dense(conv: Convolution) -> bool:
    """Whether every result depends on every pixel: the sparse network and the dense one are the same."""
    return conv.counts.zeros == 0


def _zeros(conv: Convolution, many: str, one: str) -> str:
    """One sentence for several zeros, another one for a single zero."""
    return one if conv.counts.zeros == 1 else many


# The neural network view


def of_layers(conv: Convolution) -> str:
    """What becomes a neuron."""
    results = "The result becomes" if conv.counts.results == 1 else "Every result becomes"
    return f"Unroll the image: every pixel becomes an input neuron. {results} an output neuron."


def of_first_sum(conv: Convolution) -> str:
    """What the first sum connects."""
    pixels = counted(len(conv.equations()[0].terms), "pixel")
    which = "" if conv.counts.results == 1 else "first "
    return f"The {which}sum connects {pixels} with the {which}result. Each weight becomes a connection."


def of_sharing(conv: Convolution, colours: int) -> str:
    """How many connections share the weights; past the palette's end equal colours are not always equal weights."""
    counts = conv.counts
    weights, connections = counted(counts.weights, "weight"), counted(counts.taps, "connection")
    if not conv.shares_weights:
        return f"Here every connection has a weight of its own: {weights} for {connections}. None is shared."
    shared = f"{weights} {'is' if counts.weights == 1 else 'are'} shared by {connections}."
    if counts.weights > colours:
        return f"Look at one weight after the other, then at one filter after the other: {shared}"
    return f"Equal colour means equal weight: {shared}"


# The matrix


def of_matrix_row(conv: Convolution) -> str:
    """What the first row holds."""
    one = conv.counts.results == 1
    many_filters = len(conv.kernel) > 1 and conv.positions == 1
    who = "The first filter" if many_filters else f"The filter's {'only' if one else 'first'} position"
    what = "a weight where it covers a pixel, a zero everywhere else"
    if touches_all(conv, 0):
        what = "a weight for every pixel, for it covers them all"
    return f"{who} unrolls into the {'only' if one else 'first'} row: {what}."


def of_other_matrix_rows(conv: Convolution) -> str:
    """What makes the other rows."""
    if len(conv.kernel) == 1:
        return "Each of the other positions makes a row of its own. The weights stay the same; their columns change."
    if conv.positions == 1:
        return "Each of the other filters makes a row of its own, with weights of its own."
    return (
        "Every position of every filter makes a row of its own. A filter's weights stay the same; their columns change."
    )


def of_zeros(conv: Convolution) -> str:
    """What the zeros of the matrix are."""
    return _zeros(
        conv,
        "The grey zeros stand for pixels that the filter does not touch. They are untrainable: "
        "learning never changes them.",
        "The grey zero stands for a pixel that the filter does not touch. It is untrainable: "
        "learning never changes it.",
    )


def of_copies(conv: Convolution, colours: int) -> str:
    """What equal entries are; past the palette's end entries of one colour may be different ones."""
    if not conv.shares_weights:
        which = "entry" if is_dense(conv) else "coloured entry"
        return f"Every {which} has a weight of its own, which can be trained. None is shared here."
    few = conv.counts.weights <= colours
    who = "Entries of one colour are one shared weight. They" if few else "All copies of a weight share its value. They"
    return f"{who} can be trained, but they must stay equal."


def of_long_sums(conv: Convolution) -> str:
    """What the sums of all rows are."""
    one = conv.counts.results == 1
    how = f"{'Each' if one else 'Row by row: each'} entry times the pixel of its column, all added up."
    if is_dense(conv):
        return f"{how} {'That is the equation' if one else 'Those are the equations'} that we know."
    return f"{how} {_zeros_add_nothing(conv)}"


def of_first_long_sum(conv: Convolution) -> str:
    """What the sum of the first row is, where no other is written."""
    ends = "That is the equation that we know." if touches_all(conv, 0) else _zeros_add_nothing(conv)
    return f"Take the first row: each entry times the pixel of its column, all added up. {ends}"


def _zeros_add_nothing(conv: Convolution) -> str:
    return _zeros(conv, "The zeros take part, but add nothing.", "The zero takes part, but adds nothing.")


def of_compact(conv: Convolution, written: int) -> str:
    """What is left without the zero terms of the sums that are written."""
    terms = _zeros(conv, "terms", "term")
    back = "equation that we know is" if written == 1 else "equations that we know are"
    return f"Leave the zero {terms} out, and the {back} back."


def of_results(conv: Convolution) -> str:
    """What one product works out."""
    what = "the result" if conv.counts.results == 1 else "all the results at once"
    return f"So one matrix product works out {what}. That is the whole convolution."


# From the matrix to the network


def of_network_row(conv: Convolution) -> str:
    """What the first row becomes."""
    which = "only" if conv.counts.results == 1 else "first"
    return f"Take the {which} row. Each weight stretches from the pixel of its column to the result of its row."


def last_slug(conv: Convolution) -> str:
    """What the step is called that ends with the last row."""
    return "only-row" if conv.counts.results == 1 else "other-rows"


def of_all_network_rows(conv: Convolution) -> str:
    """What is left when all rows are connections."""
    done = "Row by row, all the weights become connections."
    if conv.counts.results == 1:
        done = "It is the only row, so all the weights are connections now."
    zeros = _zeros(conv, "The zeros are no connections: they stay", "The zero is no connection: it stays")
    return f"{done} {'No zero is left, so nothing of the matrix stays' if is_dense(conv) else zeros} behind."


# The dense network


def of_zeros_as_edges(conv: Convolution) -> str:
    """What becomes of the zeros."""
    return _zeros(
        conv,
        "What if the zeros became connections as well? Each zero stretches from its pixel to its result, too.",
        "What if the zero became a connection as well? It stretches from its pixel to its result, too.",
    )


def of_dense_already(conv: Convolution) -> str:
    """Why no zero can become a connection."""
    who = "The filter" if conv.positions == 1 else "At every stop the filter"
    if len(conv.kernel) > 1:
        who = "Every filter" if conv.positions == 1 else "At every stop every filter"
    return f"{who} touches every pixel, so there is no zero to become a connection. The network is dense already."


def of_untrainable(conv: Convolution) -> str:
    """What the grey connections are."""
    return _zeros(
        conv,
        f"The {count(conv.counts.zeros)} grey ones are untrainable: they stay zero, whatever the network learns.",
        "The grey one is untrainable: it stays zero, whatever the network learns.",
    )


def of_trainable(conv: Convolution) -> str:
    """What the coloured connections share."""
    counts = conv.counts
    if conv.shares_weights:
        who = f"But all {count(counts.taps)} connections" if is_dense(conv) else f"The other {count(counts.taps)}"
        return f"{who} share {counted(counts.weights, 'weight')}. That is what makes the layer a convolution."
    if is_dense(conv):
        return "Every connection has a weight of its own. A filter that covers the whole image makes a dense layer."
    others = "The other one has" if counts.taps == 1 else f"The other {count(counts.taps)} can be trained. Each has"
    return f"{others} a weight of its own: none is shared here."


# The textbook's diagram


def of_fixed_zeros(conv: Convolution) -> str:
    """The first rule that makes a convolution of a dense layer."""
    zeros = conv.counts.zeros
    held = "one of these weights is zero and stays" if zeros == 1 else f"{zeros} of these weights are zero and stay"
    return f"A convolution is a special case of it. First rule: {held} zero."


def of_shared(conv: Convolution) -> str:
    """The second rule."""
    counts, dense = conv.counts, is_dense(conv)
    if not conv.shares_weights:
        if dense:
            return "And it is our convolution, too: no weight is held at zero, and none is shared."
        left = "weight is" if counts.taps == 1 else f"{counts.taps} weights are"
        return f"The other {left} left to learn; none is shared here. Here is our convolution again."
    left = "one weight is" if counts.weights == 1 else f"{counts.weights} weights are"
    rule = "A convolution is a special case of it: the" if dense else "Second rule: the other"
    return f"{rule} {counts.taps} are shared, so only {left} left to learn. Here is our convolution again."
