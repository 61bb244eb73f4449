"""A convolution as code: the very lines that stand on screen, which run as they are, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cnnmath import Convolution
from scenes._words.counting import counted
from scenes._words.figures import in_digits


@dataclass(frozen=True)
class Listing:
    """Code for one library: `wide` lines, and `narrow` ones with more breaks, which do the same."""

    library: str
    wide: tuple[str, ...]
    narrow: tuple[str, ...]

    def lines(self, narrow: bool) -> tuple[str, ...]:
        """The lines of one of the two."""
        return self.narrow if narrow else self.wide


# NumPy


def _slice(name: str, size: int, stride: int, dilation: int) -> str:
    """The rows or columns under the filter: `r:r + 2`, or `2*r:2*r + 3:2`."""
    start = name if stride == 1 else f"{stride}*{name}"
    step = "" if dilation == 1 else f":{dilation}"
    return f"{start}:{start}+{(size - 1) * dilation + 1}{step}"


def numpy_listing(conv: Convolution) -> Listing:
    """The sum over the window: `image` and `w` are the layer's, without axes that are 1 long in all of them."""
    filters, channels, *size = conv.kernel.shape
    rows, columns = conv.output_shape[1:]
    padded = any(map(sum, conv.pads))
    start, end = ("", "") if channels == 1 else (":, ", "")
    slices = [_slice(*one) for one in zip("rc", size, conv.stride, conv.dilation, strict=True)]
    source = "padded" if padded else "image"
    which = "" if filters == 1 else "[f]"
    place, shape = ("r, c", f"{rows}, {columns}") if filters == 1 else ("f, r, c", f"{filters}, {rows}, {columns}")
    pads = str(conv.pads) if channels == 1 else str(((0, 0), *conv.pads))
    wide, narrow = [f"out = np.zeros(({shape}))"], [f"out = np.zeros(({shape}))"]
    if padded:
        wide.append(f"padded = np.pad(image, {pads})")
        narrow += ["padded = np.pad(", f"    image, {pads})"]
    loop = f"for {place} in np.ndindex({shape}):"
    wide.append(loop)
    narrow.append(loop)
    part = f"    part = {source}[{start}"
    wide.append(f"{part}{slices[0]}, {slices[1]}]{end}")
    broken = len(wide[-1]) > _NARROW
    narrow += [f"{part}{slices[0]},", f"{' ' * len(part)}{slices[1]}]"] if broken else [wide[-1]]
    sum_ = f"np.sum(part * w{which}) + b{which}"
    wide.append(f"    out[{place}] = {sum_}")
    narrow += [f"    out[{place}] = (", f"        {sum_})"] if len(wide[-1]) > _NARROW else [wide[-1]]
    return Listing("NumPy", tuple(wide), tuple(narrow))


_NARROW = 36
"""So many characters a line has room in a narrow picture."""


def working(lines: Sequence[str]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Which lines take the part of the image, and which add up: the first and the last one of each."""
    part = next(i for i, line in enumerate(lines) if line.strip().startswith("part ="))
    out = next(i for i, line in enumerate(lines) if line.startswith("    out["))
    return (part, out - 1), (out, len(lines) - 1)


# PyTorch and Keras


def torch_listing(conv: Convolution) -> Listing:
    """The same as a layer of PyTorch; `x` is (1, C, H, W)."""
    filters, channels, *size = conv.kernel.shape
    pads = tuple(before for before, _ in conv.pads)
    more = [f"stride={conv.stride}", f"padding={pads}"]
    more += [f"dilation={conv.dilation}"] if conv.dilation != (1, 1) else []
    first = [f"in_channels={channels}", f"out_channels={filters}"]
    end = ["y = layer(x)", f"layer.weight.shape == {conv.kernel.shape}"]
    kernel = f"kernel_size={tuple(size)}"
    wide = ["layer = nn.Conv2d(", f"    {', '.join(first)}, {kernel},", f"    {', '.join(more)})", *end]
    return Listing("PyTorch", tuple(wide), ("layer = nn.Conv2d(", *_packed([*first, kernel, *more]), *end))


def _packed(arguments: Sequence[str]) -> list[str]:
    """The arguments of a call on lines that are as full as a narrow picture allows; the last one closes it."""
    lines = ["   "]
    for argument in [*(f"{one}," for one in arguments[:-1]), f"{arguments[-1]})"]:
        if len(lines[-1]) + 1 + len(argument) > _NARROW:
            lines.append("   ")
        lines[-1] += f" {argument}"
    return lines


def keras_shape(conv: Convolution) -> tuple[int, int, int, int]:
    """The shape of Keras's kernel: channels and filters come last."""
    filters, channels, rows, columns = conv.kernel.shape
    return rows, columns, channels, filters


def keras_listing(conv: Convolution) -> Listing:
    """The same as a layer of Keras; `x` is (1, H, W, C)."""
    filters, _, *size = conv.kernel.shape
    pads = tuple(before for before, _ in conv.pads)
    kernel, strides = f"kernel_size={tuple(size)}", [f"strides={conv.stride}"]
    strides += [f"dilation_rate={conv.dilation}"] if conv.dilation != (1, 1) else []
    pad = [f"x = layers.ZeroPadding2D({pads})(x)"] if any(pads) else []
    end = ["y = layer(x)", f"layer.kernel.shape == {keras_shape(conv)}"]
    wide = [*pad, "layer = layers.Conv2D(", f"    filters={filters}, {kernel},", f"    {', '.join(strides)})", *end]
    narrow = [*pad, "layer = layers.Conv2D(", *_packed([f"filters={filters}", kernel, *strides]), *end]
    return Listing("Keras", tuple(wide), tuple(narrow))


def listings(conv: Convolution) -> tuple[Listing, Listing, Listing]:
    """All three."""
    return numpy_listing(conv), torch_listing(conv), keras_listing(conv)


# What is said


def code(conv: Convolution) -> str:
    """What the lines are."""
    lines = len(numpy_listing(conv).wide)
    count = counted(lines, "line")
    given = "Given the image, weights w and bias b, they run as they are."
    return f"The whole convolution is {count} of NumPy. {given}"


def first(conv: Convolution) -> str:
    """What the loop does at its first place."""
    layers = "in every channel " if len(conv.image) > 1 else ""
    return (
        f"At each place the slice takes the part of the image {layers}below the filter. "
        "Part times weights, added up, plus the bias: one number."
    )


def others(conv: Convolution) -> str:
    """All other places."""
    if conv.counts.results == 1:
        return "There is no other place, so this is the whole result."
    return "The same lines do so at every other place, until the result is whole."


def torch(conv: Convolution) -> str:
    """The arguments of PyTorch."""
    return (
        "In PyTorch it is one layer, made of the numbers of this picture. "
        "The weight has the axes filters, channels, rows, columns."
    )


def keras(conv: Convolution) -> str:
    """Those of Keras."""
    apart = " The padding is a layer of its own." if any(map(sum, conv.pads)) else ""
    axes = "its kernel has rows and columns first, channels and filters last"
    return f"Keras counts the channels itself, and {axes}.{apart}"


def figure(conv: Convolution) -> str:
    """How many numbers each of them learns."""
    weights, biases = conv.counts.weights, len(conv.bias)
    word = "1 bias" if biases == 1 else f"{biases} biases"
    return f"in each of them {in_digits(weights, 'weight')} + {word} = {weights + biases} numbers to learn"
