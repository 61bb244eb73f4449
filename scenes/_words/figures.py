"""The key figures below the stage, as sentences."""

from __future__ import annotations

from cnnmath import Convolution


def in_digits(number: int, noun: str) -> str:
    """So many of something, in digits.

    >>> in_digits(1, "weight"), in_digits(676, "result")
    ('1 weight', '676 results')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def image_figure(conv: Convolution) -> str:
    """How many pixels the image has."""
    channels, rows, columns = conv.image.shape
    stack = f"{channels} channels × " if channels > 1 else ""
    return f"{stack}{rows} × {columns} = {in_digits(conv.counts.pixels, 'pixel')}"


def filter_figure(conv: Convolution) -> str:
    """How many numbers a filter has."""
    weights, biases = conv.counts.weights, len(conv.bias)
    word = "bias" if biases == 1 else "biases"
    return f"{in_digits(weights, 'weight')} + {biases} {word} = {weights + biases} numbers to learn"


def size_figure(conv: Convolution) -> str:
    """From the size of the image to the size of the result."""
    (rows, columns), (_, result_rows, result_columns) = conv.image.shape[1:], conv.output_shape
    return f"{rows} × {columns} image, {result_rows} × {result_columns} result"


def sums_figure(conv: Convolution) -> str:
    """How many results there are, and what each of them is the sum of."""
    lengths = {len(equation.terms) for equation in conv.equations()}
    few, many = min(lengths), max(lengths)
    products = f"{few} to {many} products" if few < many else "1 product" if few == 1 else f"{few} products"
    results, bias = conv.counts.results, "the bias" if len(conv.bias) == 1 else "a bias"
    return f"{results} results, each a sum of {products} and {bias}" if results > 1 else f"1 result, {products}"


def sharing_figure(conv: Convolution) -> str:
    """How few weights make all the connections."""
    counts = conv.counts
    return f"{in_digits(counts.weights, shared(conv))}, {in_digits(counts.taps, 'connection')}"


def shared(conv: Convolution) -> str:
    """What weights are called: those of a filter that fits only once are not shared."""
    return "shared weight" if conv.shares_weights else "weight"


def drawn_figure(conv: Convolution, drawn: int) -> str:
    """How many connections of the first result are drawn, where not all of them are."""
    return f"first result: {drawn} of {in_digits(len(conv.window(0).taps), 'connection')} drawn"


def copies_figure(conv: Convolution) -> str:
    """How few weights are in all the coloured entries."""
    counts = conv.counts
    but = "but only " if conv.shares_weights else ""
    return f"{_entries(counts.taps, 'coloured ')}, {but}{in_digits(counts.weights, shared(conv))}"


def _entries(number: int, kind: str = "") -> str:
    return f"{number} {kind}{'entry' if number == 1 else 'entries'}"


def zeros_figure(conv: Convolution) -> str:
    """How many entries stay zero."""
    return in_digits(conv.counts.zeros, "untrainable zero")


def matrix_figure(conv: Convolution) -> str:
    """What the matrix is made of."""
    counts = conv.counts
    weights = in_digits(counts.weights, "weight")
    copies = f"{counts.taps} copies of {weights}" if conv.shares_weights else in_digits(counts.taps, "weight")
    zeros = f" + {zeros_figure(conv)}" if counts.zeros else ", no zeros"
    return f"{_entries(counts.entries)} = {copies}{zeros}"


def leftover_figure(conv: Convolution) -> str:
    """What has become of the entries."""
    taps, zeros = conv.counts.taps, conv.counts.zeros
    are = "1 entry is a connection" if taps == 1 else f"{taps} entries are connections"
    left = "no zero is" if zeros == 0 else "1 zero is" if zeros == 1 else f"{zeros} zeros are"
    return f"{are}, {left} left over"


def dense_figure(conv: Convolution) -> str:
    """What the dense graph is made of."""
    counts = conv.counts
    all_of_them, weights = in_digits(counts.entries, "connection"), in_digits(counts.weights, "weight")
    if counts.zeros == 0:
        own = f" share {weights}, none stays zero" if conv.shares_weights else ", each with a weight of its own"
        return all_of_them + (own if counts.entries > 1 else ", with a weight of its own")
    what = f"share {weights}" if conv.shares_weights else "can be trained"
    return f"{all_of_them}: {counts.taps} {what}, {counts.zeros} {'stays' if counts.zeros == 1 else 'stay'} zero"


def textbook_figure(conv: Convolution) -> str:
    """What a dense layer has to learn."""
    own = "with its own weight" if conv.counts.entries == 1 else "each with its own weight"
    return f"{in_digits(conv.counts.entries, 'connection')}, {own}"


def held_figure(conv: Convolution) -> str:
    """How many weights of a dense layer are held at zero."""
    return f"{in_digits(conv.counts.zeros, 'weight')} held at zero, {conv.counts.taps} left"


def learned_figure(conv: Convolution) -> str:
    """How many weights are learned instead of how many."""
    if conv.counts.zeros == 0 and not conv.shares_weights:
        return f"{in_digits(conv.counts.entries, 'connection')}, {in_digits(conv.counts.taps, 'weight')}"
    return f"{in_digits(conv.counts.weights, 'weight')} instead of {conv.counts.entries}"


def terms_figure(conv: Convolution) -> str:
    """How long a row's sum is."""
    return f"{conv.counts.pixels} terms in every sum, one for each pixel"


def products_figure(conv: Convolution, result: int | None = None) -> str:
    """How long a compact sum is, or the longest of them."""
    lengths = [len(equation.terms) for equation in conv.equations()]
    return f"{max(lengths) if result is None else lengths[result]} products in a sum, and the bias"
