"""What is said of the equations."""

from __future__ import annotations

from cnnmath import Convolution


def results(conv: Convolution, cut: bool) -> str:
    """Why equations are written; `cut`: not all of them."""
    if conv.counts.results == 1:
        return "How is this result worked out? Let us write it down."
    what = "some of them down" if cut else "down how"
    return f"Each of these results is worked out in the same way. Let us write {what}."


def first(conv: Convolution, result: int) -> str:
    """What the first sum that is written is made of."""
    window = conv.window(result)
    which = "the result" if conv.counts.results == 1 else "the first result" if result == 0 else "one result"
    products = len(window.taps)
    if not products:
        return f"Here the filter meets only padding, which is zero and adds nothing. The bias alone is {which}."
    padded = " Padding is zero and adds nothing." if len(window.padding_taps) else ""
    if products == 1:
        return f"Weight times pixel: add the bias, and out comes {which}.{padded}"
    more = ", and so on" if products > 2 else ""
    return (
        f"Weight times pixel, weight times pixel{more}: add the products, add the bias, and out comes {which}.{padded}"
    )


def others(conv: Convolution) -> str:
    """What is the same in the other sums, and what is not."""
    if conv.counts.results == 1:
        return "The filter fits nowhere else, so this is the only sum."
    if conv.positions == 1:
        return "Every filter gives another sum: the same pixels, but weights and a bias of its own."
    same = "the same weights"
    if len(conv.padding_taps):
        same = "the same weights, as far as they meet a pixel"
    next_filter = "" if len(conv.kernel) == 1 else " The next filter has weights and a bias of its own."
    return f"The filter slides on, and every stop gives another sum: other pixels, but {same}.{next_filter}"


def same_bias(conv: Convolution) -> str:
    """Where the same bias stands."""
    one = len(conv.kernel) == 1
    whose = "It is part of the filter" if one else "Every filter has its own"
    if conv.positions == 1:
        whose = "it is part of the filter" if one else "every filter has its own"
        return f"Look at the bias: {whose}, like the weights."
    same = "it is the same in every line" if one else "in all lines of one filter it is the same"
    return f"Look at the bias: {same}. {whose}, like the weights."


def numbers() -> str:
    """Letters turn over."""
    return "Now put in numbers: turn every letter over and look at its value."


def worked_out(lines: int) -> str:
    """The sums are worked out."""
    each = "Each line works" if lines > 1 else "The line works"
    return f"Multiply, then add. {each} out to one number: the result at that stop."


def factors() -> str:
    """Back from the products, where everything is in numbers."""
    return "And here are the products again, each weight with its pixel."


def letters() -> str:
    """Back from the numbers."""
    return "The letters say the same for any image and any filter, so back we go to letters."


def condense(numeric: bool, lines: int) -> str:
    """How a product is written without boxes."""
    line = "the lines become" if lines > 1 else "the line becomes"
    product = (
        "a dot between a weight and a pixel means that they are multiplied"
        if numeric
        else "a weight next to a pixel means that they are multiplied"
    )
    return f"Without the boxes {line} short: {product}."


def one_line(conv: Convolution) -> str:
    """All sums as one convolution."""
    one = len(conv.kernel) == 1
    filters, bias = ("filter", "bias") if one else ("filters", "biases")
    all_lines = "all the lines together are one" if conv.counts.results > 1 else "the whole line says"
    said = f"And {all_lines}: image convolved with {filters}, plus {bias}, gives the result."
    everywhere = "at every place, " if conv.positions > 1 else ""
    both = "filter and window are" if one else "each filter and its window are"
    return f"{said} The star means: {everywhere}{both} multiplied and added up."
