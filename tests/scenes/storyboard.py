"""What every step must show at its end, for any convolution: symbols, edges, equations and figures.

The counts are worked out here by plain loops over shapes, not taken from the core.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from screen import Key

from cnnmath import Convolution

FILM = [
    "TheImage",
    "TheFilter",
    "FilterSliding",
    "EquationView",
    "CompactEquationView",
    "NeuralNetworkView",
    "MatrixView",
    "MatrixToNetwork",
    "DenseNetworkView",
    "FamiliarDiagram",
    "ZeroPadding",
    "Credits",
]
"""DESIGN.md §6, written out."""

Keys = Counter[Key]


class Numbers:
    """Sizes and counts of a convolution, by loops."""

    def __init__(self, conv: Convolution) -> None:
        self.image_rows, self.image_columns = conv.image.shape[1:]
        self.rows, self.columns = conv.kernel.shape[2:]
        (top, bottom), (left, right) = conv.pads
        self.result_rows = (self.image_rows + top + bottom - self.rows) // conv.stride[0] + 1
        self.result_columns = (self.image_columns + left + right - self.columns) // conv.stride[1] + 1
        self.weights = self.rows * self.columns
        self.pixels = self.image_rows * self.image_columns
        self.results = self.result_rows * self.result_columns
        self.entries = self.pixels * self.results
        self.row: list[list[int]] = [[-1] * self.pixels for _ in range(self.results)]
        """Which weight meets which pixel for each result."""
        for r in range(self.results):
            down, across = divmod(r, self.result_columns)
            for w in range(self.weights):
                y = down * conv.stride[0] - top + w // self.columns * conv.dilation[0]
                x = across * conv.stride[1] - left + w % self.columns * conv.dilation[1]
                if 0 <= y < self.image_rows and 0 <= x < self.image_columns:
                    self.row[r][y * self.image_columns + x] = w
        self.taps = sum(w >= 0 for row in self.row for w in row)
        self.zeros = self.entries - self.taps
        self.padded_columns = self.image_columns + left + right
        self.padding = [
            y * self.padded_columns + x
            for y in range(self.image_rows + top + bottom)
            for x in range(self.padded_columns)
            if not (top <= y < top + self.image_rows and left <= x < left + self.image_columns)
        ]

    def all(self, kind: str, times: int = 1) -> Keys:
        """Every pixel, weight, result …, this many times."""
        if kind == "bias":
            return Counter({("bias", 0): times})
        if kind == "padding":
            return Counter({("padding", i): times for i in self.padding})
        return Counter({(kind, i): times for i in range(getattr(self, f"{kind}s"))})

    def entries_of(self, results: Iterable[int], weights: bool = True, zeros: bool = True) -> Keys:
        """The matrix entries of these rows."""
        found: Keys = Counter()
        for r in results:
            for p, w in enumerate(self.row[r]):
                if w >= 0 and weights:
                    found["weight", w] += 1
                if w < 0 and zeros:
                    found["zero", r, p] += 1
        return found

    def equation(self, result: int, long: bool = False) -> Keys:
        """The symbols of one sum."""
        met = [p for p, w in enumerate(self.row[result]) if w >= 0 or long]
        line = self.entries_of([result], zeros=long) + Counter(("pixel", p) for p in met)
        return line + Counter([("bias", 0), ("result", result)])

    def equations(self, results: Iterable[int], long: bool = False) -> Keys:
        """The symbols of several sums."""
        return sum((self.equation(r, long) for r in results), Counter())

    def edges(self, results: Iterable[int] | None = None, dense: bool | Iterable[int] = False) -> set[tuple[int, int]]:
        """(result, pixel) of the edges of these results; `dense` also those of zeros, of all or of these results."""
        rows = range(self.results) if results is None else results
        grey = (range(self.results) if dense else []) if isinstance(dense, bool) else dense
        found = {(r, p) for r in rows for p, w in enumerate(self.row[r]) if w >= 0}
        return found | {(r, p) for r in grey for p, w in enumerate(self.row[r]) if w < 0}


@dataclass
class Page:
    """What one step shows at its end."""

    keys: Keys
    figures: list[int] = field(default_factory=list)
    """The numbers in the key figure, in their order."""
    narrated: list[int] = field(default_factory=list)
    """The numbers from two on in the narration."""
    numbers: tuple[str, ...] = ()
    """The kinds that are shown in numbers even when the scene's notation is letters."""
    edges: set[tuple[int, int]] = field(default_factory=set)
    equations: tuple[str, list[int]] | None = None
    """The form, "sparse" or "long", and the results whose sums are written out."""
    conv: Convolution | None = None
    """Another convolution than the scene's."""


ALL = ("pixel", "weight", "result", "bias")


def storyboard(scene: str, conv: Convolution, notation: str = "letters") -> dict[str, Page]:
    """The pages of a scene by their slugs, in order. In numbers nothing turns into letters, or out of them."""
    board = _BOARDS[scene](conv, Numbers(conv))
    if notation == "numbers":
        board.pop("numbers" if scene == "EquationView" else "", None)
        back = {"TheImage": "plain", "EquationView": "factors"}.get(scene, "letters")
        board = {back if slug == "letters" else slug: page for slug, page in board.items()}
    return board


def _the_image(conv: Convolution, n: Numbers) -> dict[str, Page]:
    figure = [n.image_rows, n.image_columns, n.pixels]
    return {
        "brightness": Page(Counter(), figure),
        "numbers": Page(n.all("pixel"), figure, numbers=("pixel",)),
        "letters": Page(n.all("pixel"), figure),
    }


def _the_filter(conv: Convolution, n: Numbers) -> dict[str, Page]:
    both = n.all("pixel") + n.all("padding") + n.all("weight")
    return {"weights": Page(both), "bias": Page(both + n.all("bias"), [n.weights, 1, n.weights + 1])}


def _filter_sliding(conv: Convolution, n: Numbers) -> dict[str, Page]:
    trio = n.all("pixel") + n.all("padding") + n.all("weight") + n.all("bias")
    return {
        "first": Page(trio + n.all("weight") + Counter([("result", 0)])),
        "slide": Page(trio + n.all("result"), narrated=[n.results, n.results]),
        "side-by-side": Page(filter_table(n, range(n.results))),
    }


def filter_table(n: Numbers, stops: Iterable[int]) -> Keys:
    """The positions of the filter side by side: filter, covered image and one result for each."""
    image = n.all("pixel") + n.all("padding")
    return sum((image + n.all("weight", 2) + Counter([("result", r)]) for r in stops), Counter())


def _equation_view(conv: Convolution, n: Numbers) -> dict[str, Page]:
    results = list(range(n.results))
    desk = n.all("pixel") + n.all("padding") + n.all("weight") + n.all("bias")
    lines = desk + n.equations(results)
    products = Counter(("product", r, k) for r in results for k in range(sum(w >= 0 for w in n.row[r])))
    return {
        "results": Page(desk + n.all("result")),
        "first": Page(desk + n.all("weight") + n.equation(0) + n.all("result") - Counter([("result", 0)]),
                      equations=("sparse", [0])),
        "others": Page(lines, equations=("sparse", results)),
        "same-bias": Page(lines, equations=("sparse", results)),
        "numbers": Page(lines, numbers=("pixel", "weight", "bias"), equations=("sparse", results)),
        "sums": Page(desk + products + n.all("result") + n.all("bias", n.results), numbers=ALL),
        "letters": Page(lines, equations=("sparse", results)),
    }  # fmt: skip


def _compact(conv: Convolution, n: Numbers) -> dict[str, Page]:
    results = list(range(n.results))
    star = n.all("pixel") + n.all("padding") + n.all("weight") + n.all("bias")
    return {
        "condense": Page(star + n.equations(results), equations=("sparse", results)),
        "one-line": Page(star + n.all("result")),
    }


def _network(conv: Convolution, n: Numbers) -> dict[str, Page]:
    last = n.results - 1
    layers = n.all("pixel") + n.all("weight") + n.all("bias") + n.all("result")
    whole = layers + n.entries_of(range(n.results), zeros=False)
    met = sum(w >= 0 for w in n.row[0])
    return {
        "layers": Page(layers),
        "first": Page(layers + n.equation(0) + n.entries_of([0], zeros=False), narrated=[met],
                      edges=n.edges([0]), equations=("sparse", [0])),
        "others": Page(whole + n.equation(last), edges=n.edges(), equations=("sparse", [last])),
        "shared": Page(whole, [n.weights, n.taps], [n.weights, n.taps], edges=n.edges()),
    }  # fmt: skip


def _matrix(conv: Convolution, n: Numbers) -> dict[str, Page]:
    results = list(range(n.results))
    desk = n.all("pixel") + n.all("padding") + n.all("weight") + n.all("bias") + n.all("result")
    first = desk + n.all("pixel") + n.all("weight") + n.entries_of([0])
    full = desk + n.all("pixel") + n.entries_of(results)
    product = n.all("pixel") + n.all("result") + n.all("bias", n.results) + n.entries_of(results)
    return {
        "fold-back": Page(desk + n.all("pixel")),
        "first-row": Page(first),
        "other-rows": Page(full),
        "zeros": Page(full, [n.zeros]),
        "shared": Page(full, [n.taps, n.weights]),
        "product": Page(product),
        "long-sums": Page(n.equations(results, long=True), equations=("long", results)),
        "compact": Page(n.equations(results), equations=("sparse", results)),
        "results": Page(product, [n.entries, n.taps, n.weights, n.zeros]),
    }


def _to_network(conv: Convolution, n: Numbers) -> dict[str, Page]:
    names = n.all("pixel") + n.all("result")
    whole = names + names + n.entries_of(range(n.results))
    return {
        "labels": Page(names + n.entries_of(range(n.results))),
        "neurons": Page(whole),
        "first-row": Page(whole, edges=n.edges([0])),
        "other-rows": Page(whole, [n.taps, n.zeros], edges=n.edges()),
    }


def _dense(conv: Convolution, n: Numbers) -> dict[str, Page]:
    names = n.all("pixel") + n.all("result")
    weights = n.entries_of(range(n.results), zeros=False)
    left = n.entries_of(range(1, n.results), weights=False)
    dense = n.edges(dense=True)
    return {
        "first-row": Page(names + names + weights + left, edges=n.edges(dense=[0])),
        "other-rows": Page(names + names + weights, edges=dense),
        "whole": Page(names + weights, narrated=[n.entries], edges=dense),
        "untrainable": Page(names + weights, narrated=[n.zeros], edges=dense),
        "trainable": Page(names + weights, [n.entries, n.taps, n.weights, n.zeros], [n.taps, n.weights], edges=dense),
    }


def _familiar(conv: Convolution, n: Numbers) -> dict[str, Page]:
    whole = n.all("pixel") + n.all("result") + n.entries_of(range(n.results), zeros=False)
    dense = n.edges(dense=True)
    return {
        "plain": Page(Counter(), [n.entries], [2], edges=dense),
        "fix-zeros": Page(Counter(), [n.zeros, n.taps], [n.zeros], edges=dense),
        "share": Page(whole, [n.weights, n.entries], [n.taps, n.weights], edges=dense),
    }


def _padding(conv: Convolution, n: Numbers) -> dict[str, Page]:
    bare = replace(conv, padding=(0, 0))
    b = Numbers(bare)
    desk = n.all("pixel") + n.all("weight") + n.all("bias") + n.all("padding")
    side = n.all("pixel") + n.all("pixel") + n.all("padding") + n.all("result")
    first = sum(w >= 0 for w in n.row[0])
    full = Page(side + n.entries_of(range(n.results)))
    size = [n.image_rows, n.image_columns]
    stuck = [number for number in (b.results, b.result_rows, b.result_columns) if number > 1]
    return {
        "stuck": Page(b.all("pixel") + b.all("weight", 2) + b.all("bias") + Counter([("result", 0)]),
                      [*size, b.result_rows, b.result_columns], stuck, conv=bare),
        "ring": Page(desk),
        "first": Page(desk + n.all("weight") + Counter([("result", 0)])),
        "sweep": Page(desk + n.all("result"), [*size, n.result_rows, n.result_columns]),
        "matrix": Page(side + n.all("weight")),
        "first-row": Page(side + n.all("weight") + n.entries_of([0]), narrated=[n.weights - first, first]),
        "other-rows": full,
        "full-rows": replace(full, figures=[n.taps, n.weights, n.zeros]),
    }  # fmt: skip


def _credits(conv: Convolution, n: Numbers) -> dict[str, Page]:
    emblem = n.all("weight") + n.all("bias")
    return {"post": Page(emblem), "learned": Page(emblem)}


_BOARDS: dict[str, Callable[[Convolution, Numbers], dict[str, Page]]] = dict(
    zip(
        FILM,
        (
            _the_image,
            _the_filter,
            _filter_sliding,
            _equation_view,
            _compact,
            _network,
            _matrix,
            _to_network,
            _dense,
            _familiar,
            _padding,
            _credits,
        ),
        strict=True,
    )
)
