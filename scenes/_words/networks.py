"""What is said of the network, sparse and dense, and of how the matrix becomes one."""

from __future__ import annotations

from cnnmath import Convolution
from scenes._words.counting import count, counted, is_dense, one_zero

# The neural network view


def layers(conv: Convolution, cut: bool) -> str:
    """What becomes a neuron; `cut`: dots stand for some of them."""
    one_pixel = conv.counts.pixels == 1
    pixels = "the pixel becomes" if one_pixel else "every pixel becomes"
    results = "The result becomes" if conv.counts.results == 1 else "Every result becomes"
    some = " Dots stand for those that are not shown." if cut else ""
    return f"Unroll the image: {pixels} an input neuron. {results} an output neuron.{some}"


def first_sum(conv: Convolution, complete: bool = True) -> str:
    """What the first sum connects; not `complete`: some of its connections are not drawn."""
    met = len(conv.window(0).taps)
    which = "" if conv.counts.results == 1 else "first "
    if not met:
        return f"The {which}sum has no pixel, only the bias: nothing is connected with the {which}result."
    weight = "Each weight becomes a connection" if met > 1 else "Its weight becomes a connection"
    some = "" if complete else " Only some of them are drawn."
    return f"The {which}sum connects {counted(met, 'pixel')} with the {which}result. {weight}.{some}"


def other_sums(conv: Convolution) -> str:
    """Whose weights the other connections carry."""
    if len(conv.kernel) > 1:
        same = "with the weights of its filter"
    elif len(conv.padding_taps):
        same = "with those of the weights that meet a pixel"
    else:
        same = "always with the same weights"
    return f"Every sum draws its own connections, {same}."


def sharing(conv: Convolution, colours: int, whole: bool, twice: bool, filters_too: bool) -> str:
    """How many connections share the weights.

    `whole`: nothing of the network is left out; `twice`: some weight can be seen in two places; `filters_too`: after
    some weights the filters are looked at.
    """
    counts = conv.counts
    weights, connections = counted(counts.weights, "weight"), counted(counts.taps, "connection")
    there = "" if whole else " in the whole network"
    if not conv.shares_weights:
        return f"Here every connection has a weight of its own: {weights} for {connections}{there}. None is shared."
    shared = f"{weights} {'is' if counts.weights == 1 else 'are'} shared by {connections}{there}."
    if not twice:
        return f"Each of these weights is drawn once here, but {shared}"
    if counts.weights <= colours:
        return f"Equal colour means equal weight: {shared}"
    after = "then at one filter after the other: " if filters_too else ""
    look = f"Look at one weight after the other, {after}" if after else "Look at one weight after the other: "
    return f"{look}{shared}"


# From the matrix to the network


def labels() -> str:
    """What stands above the columns and beside the rows."""
    return "Put each pixel above its column, and each result beside its row. We leave the bias aside."


def neurons(whole: bool) -> str:
    """What becomes a neuron; `whole`: none is left out."""
    few = "" if whole else " Here are some of them; dots stand for the others."
    return f"Every column becomes an input neuron, every row an output neuron.{few}"


def first_row(conv: Convolution, complete: bool = True) -> str:
    """What the first row becomes; not `complete`: not all of its pixels are shown."""
    which = "only" if conv.counts.results == 1 else "first"
    if not len(conv.window(0).taps):
        return f"The {which} row holds no weight, so nothing is connected with its result."
    each = "Each weight" if complete else "Each weight whose pixel is shown"
    return f"Take the {which} row. {each} stretches from its column's pixel to its row's result."


def last_slug(conv: Convolution) -> str:
    """What the step is called that ends with the last row."""
    return "only-row" if conv.counts.results == 1 else "other-rows"


def other_rows(conv: Convolution) -> str:
    """What is left when all rows are connections."""
    done = "Row by row, all the weights become connections."
    if conv.counts.results == 1:
        done = "It is the only row, so all the weights are connections now."
    if is_dense(conv):
        return f"{done} No zero is left, so nothing of the matrix stays behind."
    return f"{done} " + one_zero(
        conv,
        "Zeros do not become connections: they stay behind.",
        "The zero does not become a connection: it stays behind.",
    )


# The dense network


def zeros_as_edges(conv: Convolution) -> str:
    """What becomes of the zeros."""
    return one_zero(
        conv,
        "What if the zeros became connections, too? Each stretches from its pixel to its result.",
        "What if the zero became a connection, too? It stretches from its pixel to its result.",
    )


def other_zeros(whole: bool) -> str:
    """The zeros of the other rows."""
    what = (
        "every pixel is connected with every result"
        if whole
        else "every pixel shown is connected with every result shown"
    )
    return f"All the other zeros do the same, until {what}."


def dense_already(conv: Convolution) -> str:
    """Why no zero can become a connection."""
    who = "The filter" if conv.positions == 1 else "At every stop the filter"
    if len(conv.kernel) > 1:
        who = "Every filter" if conv.positions == 1 else "At every stop every filter"
    return f"{who} touches every pixel, so there is no zero to become a connection. The network is dense already."


def dense(conv: Convolution, whole: bool) -> str:
    """What the network is with its zeros."""
    entries = conv.counts.entries
    there = "are there" if whole else "belong to it, of which some are drawn"
    return f"Drawn like this, it is a dense layer: all {entries} possible connections {there}."


def untrainable(conv: Convolution) -> str:
    """What the grey connections are."""
    return one_zero(
        conv,
        f"The {count(conv.counts.zeros)} grey ones are untrainable: they stay zero, whatever the network learns.",
        "The grey one is untrainable: it stays zero, whatever the network learns.",
    )


def trainable(conv: Convolution) -> str:
    """What the coloured connections share."""
    counts = conv.counts
    if conv.shares_weights:
        who = f"But all {count(counts.taps)} connections" if is_dense(conv) else f"The other {count(counts.taps)}"
        return f"{who} share {counted(counts.weights, 'weight')}. That is what makes the layer a convolution."
    if is_dense(conv):
        if counts.entries == 1:
            return "The one connection has a weight of its own."
        return "Every connection has a weight of its own. A filter that covers the whole image makes a dense layer."
    others = "The other one has" if counts.taps == 1 else f"The other {count(counts.taps)} can be trained. Each has"
    return f"{others} a weight of its own: none is shared here."


# The textbook's diagram


def plain() -> str:
    """The dense network without colours and names."""
    return "Take colours and names away, and it is every textbook's diagram: two layers, fully connected."


def held_at_zero(conv: Convolution) -> str:
    """The first rule that makes a convolution of a dense layer."""
    zeros = conv.counts.zeros
    held = "the dashed one is zero and stays" if zeros == 1 else f"the {zeros} dashed weights are zero and stay"
    return f"A convolution is a special case. First rule: {held} zero."


def shared(conv: Convolution) -> str:
    """The second rule."""
    counts = conv.counts
    if not conv.shares_weights:
        if is_dense(conv):
            return "And it is our convolution, too: no weight is held at zero, and none is shared."
        left = "weight is" if counts.taps == 1 else f"{counts.taps} weights are"
        return f"The other {left} left to learn; none is shared here. Here is our convolution again."
    left = "one weight is" if counts.weights == 1 else f"{counts.weights} weights are"
    rule = "A convolution is a special case: the" if is_dense(conv) else "Second rule: the other"
    return f"{rule} {counts.taps} are shared, so only {left} left to learn. Here is our convolution again."
