"""What every step must show at its end, for any convolution: symbols, edges, equations and figures.

The counts are worked out here by plain loops over shapes, not taken from the core.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from screen import Key

from cnnmath import Convolution

POST = [
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
]
NETWORK = [
    "Activation",
    "Pooling",
    "ManyFilters",
    "ManyLayers",
    "DenseLayer",
    "OutputLayer",
    "Training",
    "DigitRecognition",
]
VIEWS = ["CodeView", "RealisticView", "ManyFilterView"]
FILM = ["Neuron", *POST, *NETWORK, *VIEWS, "Credits"]
"""STORYBOARDS.md, written out."""

Keys = Counter[Key]


@dataclass
class Nodes:
    """Which pixels and results have nodes in a network that is shown in part."""

    pixels: list[int]
    results: list[int]
    cells: bool = True
    """Whether the zeros beside it stand in cells."""
    most: int | None = None
    """How many products are written out of a sum."""


def total(parts: Iterable[Keys]) -> Keys:
    """All of them together; + would copy what there is for each of a thousand parts."""
    found: Keys = Counter()
    for part in parts:
        found.update(part)
    return found


class Numbers:
    """Sizes and counts of a convolution, by loops."""

    def __init__(self, conv: Convolution, nodes: Nodes | None = None) -> None:
        self.channels, self.image_rows, self.image_columns = conv.image.shape
        self.filters, _, self.rows, self.columns = conv.kernel.shape
        (top, bottom), (left, right) = conv.pads
        high, wide = ((k - 1) * gap + 1 for k, gap in zip((self.rows, self.columns), conv.dilation, strict=True))
        self.result_rows = (self.image_rows + top + bottom - high) // conv.stride[0] + 1
        self.result_columns = (self.image_columns + left + right - wide) // conv.stride[1] + 1
        self.weights = self.filters * self.channels * self.rows * self.columns
        self.pixels = self.channels * self.image_rows * self.image_columns
        self.places = self.result_rows * self.result_columns
        self.results = self.filters * self.places
        self.entries = self.pixels * self.results
        self.row: list[list[int]] = [[-1] * self.pixels for _ in range(self.results)]
        """Which weight meets which pixel for each result."""
        for w in range(self.weights):
            rest, j = divmod(w, self.columns)
            rest, i = divmod(rest, self.rows)
            f, c = divmod(rest, self.channels)
            for place in range(self.places):
                down, across = divmod(place, self.result_columns)
                y = down * conv.stride[0] - top + i * conv.dilation[0]
                x = across * conv.stride[1] - left + j * conv.dilation[1]
                if 0 <= y < self.image_rows and 0 <= x < self.image_columns:
                    pixel = (c * self.image_rows + y) * self.image_columns + x
                    self.row[f * self.places + place][pixel] = w
        self.nodes = nodes or Nodes(list(range(self.pixels)), list(range(self.results)))
        self.taps = sum(w >= 0 for row in self.row for w in row)
        self.zeros = self.entries - self.taps
        self.shared = any(count > 1 for count in Counter(w for row in self.row for w in row if w >= 0).values())
        self.padded_columns = self.image_columns + left + right
        padded_rows = self.image_rows + top + bottom
        self.padding = [
            (c * padded_rows + y) * self.padded_columns + x
            for c in range(self.channels)
            for y in range(padded_rows)
            for x in range(self.padded_columns)
            if not (top <= y < top + self.image_rows and left <= x < left + self.image_columns)
        ]

    def all(self, kind: str, times: int = 1) -> Keys:
        """Every pixel, weight, result …, this many times."""
        if kind == "bias":
            return Counter({("bias", f): times for f in range(self.filters)})
        if kind == "padding":
            return Counter({("padding", i): times for i in self.padding})
        return Counter({(kind, i): times for i in range(getattr(self, f"{kind}s"))})

    def weights_of(self, which: int) -> Keys:
        """The weights of one filter."""
        size = self.weights // self.filters
        return Counter(("weight", w) for w in range(which * size, (which + 1) * size))

    def results_of(self, filters: Iterable[int]) -> Keys:
        """The results of some filters."""
        return Counter(("result", f * self.places + place) for f in filters for place in range(self.places))

    def biases(self) -> Keys:
        """The bias of every result's filter."""
        return Counter(("bias", r // self.places) for r in range(self.results))

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

    def equation(self, result: int, long: bool = False, most: int | None = None) -> Keys:
        """The symbols of one sum, of which at most so many products are written out."""
        ending = Counter([("bias", result // self.places), ("result", result)])
        if not long:
            met = [(p, w) for p, w in enumerate(self.row[result]) if w >= 0]
            terms = [met[k] for k in shown_products(len(met), most)]
            return Counter([key for p, w in terms for key in (("pixel", p), ("weight", w))]) + ending
        return self.entries_of([result]) + Counter(("pixel", p) for p in range(self.pixels)) + ending

    def equations(self, results: Iterable[int], long: bool = False, most: int | None = None) -> Keys:
        """The symbols of several sums."""
        return total(self.equation(r, long, most) for r in results)

    def lengths(self, results: Iterable[int] | None = None) -> list[int]:
        """How many products the sums of these results have."""
        return [sum(w >= 0 for w in self.row[r]) for r in (range(self.results) if results is None else results)]

    def edges(self, results: Iterable[int] | None = None, dense: bool | Iterable[int] = False) -> set[tuple[int, int]]:
        """(result, pixel) of the edges of these results; `dense` also those of zeros, of all or of these results.

        Those of the results that have nodes, and of the zeros those whose pixels have nodes too.
        """
        rows = self.nodes.results if results is None else results
        grey = (self.nodes.results if dense else []) if isinstance(dense, bool) else dense
        found = {(r, p) for r in rows for p in self.nodes.pixels if self.row[r][p] >= 0}
        return found | {(r, p) for r in grey for p in self.nodes.pixels if self.row[r][p] < 0}

    def node_names(self) -> Keys:
        """The pixels and results that have nodes."""
        pixels, results = (("pixel", p) for p in self.nodes.pixels), (("result", r) for r in self.nodes.results)
        return Counter([*pixels, *results])

    def node_biases(self, results: Iterable[int] | None = None) -> Keys:
        """The biases beside the results that have nodes, or beside these."""
        return Counter(("bias", r // self.places) for r in (self.nodes.results if results is None else results))

    def edge_names(self, results: Iterable[int] | None = None) -> Keys:
        """The weights on the edges between pixels and results that have nodes, or into these results."""
        return Counter(("weight", self.row[r][p]) for r, p in self.edges(results))


def shown_products(products: int, most: int | None) -> list[int]:
    """Which products of a sum are written out: all, or the first ones and the last one."""
    return list(range(products)) if most is None or products <= most else [*range(most - 1), products - 1]


@dataclass
class Page:
    """What one step shows at its end."""

    keys: Keys
    figures: list[int] = field(default_factory=list)
    """The numbers in the key figure, in their order."""
    numbers: tuple[str, ...] = ()
    """The kinds that are shown in numbers even when the scene's notation is letters."""
    edges: set[tuple[int, int]] = field(default_factory=set)
    equations: tuple[str, list[int]] | None = None
    """The form, "sparse" or "long", and the results whose sums are written out."""
    conv: Convolution | None = None
    """Another convolution than the scene's."""
    nameless: bool = False
    """Whether the edges have no names."""


ALL = ("pixel", "weight", "result", "bias")


@dataclass
class Cut:
    """Which sums are written out, and at most how many products of each."""

    results: list[int]
    most: int

    def figure(self, n: Numbers) -> list[int]:
        """The true counts, where anything is left out."""
        if len(self.results) == n.results and max(n.lengths(self.results)) <= self.most:
            return []
        return [n.results, *sorted({min(n.lengths()), max(n.lengths())})]


def storyboard(
    scene: str, conv: Convolution, notation: str = "letters", nodes: Nodes | None = None, cut: Cut | None = None
) -> dict[str, Page]:
    """The pages of a scene by their slugs, in order. In numbers nothing turns into letters, or out of them."""
    n = Numbers(conv, nodes)
    board = BOARDS[scene](conv, n) if cut is None else _CUT[scene](n, cut)
    if notation == "numbers":
        board.pop("numbers" if scene == "EquationView" else "", None)
        back = {"TheImage": "plain", "EquationView": "factors"}.get(scene, "letters")
        board = {back if slug == "letters" else slug: page for slug, page in board.items()}
    return board


def _the_image(conv: Convolution, n: Numbers) -> dict[str, Page]:
    many = [n.channels] if n.channels > 1 else []
    figure = [*many, n.image_rows, n.image_columns, n.pixels]
    return {
        "brightness": Page(Counter(), figure),
        **({"too-many": Page(Counter(), figure)} if n.pixels > 64 else {}),
        "numbers": Page(n.all("pixel"), figure, numbers=("pixel",)),
        "letters": Page(n.all("pixel"), figure),
    }


def _the_filter(conv: Convolution, n: Numbers) -> dict[str, Page]:
    both = n.all("pixel") + n.all("padding") + n.all("weight")
    figure = [n.weights, n.filters, n.weights + n.filters]
    return {"weights": Page(both), "bias": Page(both + n.all("bias"), figure)}


def _filter_sliding(conv: Convolution, n: Numbers) -> dict[str, Page]:
    trio = n.all("pixel") + n.all("padding") + n.all("weight") + n.all("bias")
    first, covered = Counter([("result", 0)]), trio + n.weights_of(0)
    board = {
        "first": Page(covered + (first if n.channels == 1 else Counter())),
        **({"shares": Page(covered + first)} if n.channels > 1 else {}),
        "slide": Page(trio + n.results_of([0])),
        **(
            {"side-by-side": Page(filter_table(n, range(n.results)))}
            if n.channels == n.filters == 1 and n.pixels <= 100
            else {}
        ),
    }
    for f in range(1, n.filters):
        board[f"filter-{f + 1}"] = Page(trio + n.results_of(range(f + 1)))
    return board


def shares(n: Numbers, most: int, values: bool, total: bool) -> Keys:
    """The first result's sum in shares of at most `most` products, or their total line; with the shares' `values`."""
    found: Keys = Counter()
    for c in range(n.channels):
        size = n.image_rows * n.image_columns
        met = [(w, p) for p, w in enumerate(n.row[0]) if w >= 0 and p // size == c]
        if values or not met:
            found["share", 0, c] += 1
        if not (values and total):
            for w, p in met if len(met) <= most else [*met[: most - 1], met[-1]] if most > 1 else met[:1]:
                found["weight", w] += 1
                found["pixel", p] += 1
    return found + Counter([("bias", 0), ("result", 0)] if total else [])


def filter_table(n: Numbers, stops: Iterable[int]) -> Keys:
    """The positions of the filter side by side: filter, covered image and one result for each."""
    image = n.all("pixel") + n.all("padding")
    return total(image + n.all("weight", 2) + Counter([("result", r)]) for r in stops)


def _equation_view(conv: Convolution, n: Numbers) -> dict[str, Page]:
    return _equations_cut(n, Cut(list(range(n.results)), n.weights))


def _equations_cut(n: Numbers, cut: Cut) -> dict[str, Page]:
    results, most, figure = cut.results, cut.most, cut.figure(n)
    first = results[0]
    desk = n.all("pixel") + n.all("padding") + n.all("weight") + n.all("bias")
    waiting = Counter(("result", r) for r in results)
    lines = desk + n.equations(results, most=most)
    products = Counter(("product", r, k) for r in results for k in shown_products(sum(w >= 0 for w in n.row[r]), most))
    biases = Counter(("bias", r // n.places) for r in results)
    return {
        "results": Page(desk + waiting, figure),
        "first": Page(desk + n.weights_of(0) + n.equation(first, most=most) + waiting - Counter([*waiting][:1]),
                      figure, equations=("sparse", [first])),
        "others": Page(lines, figure, equations=("sparse", results)),
        "same-bias": Page(lines, figure, equations=("sparse", results)),
        "numbers": Page(lines, figure, numbers=("pixel", "weight", "bias"), equations=("sparse", results)),
        "sums": Page(desk + products + waiting + biases, figure, numbers=ALL),
        "letters": Page(lines, figure, equations=("sparse", results)),
    }  # fmt: skip


def _compact(conv: Convolution, n: Numbers) -> dict[str, Page]:
    return _compact_cut(n, Cut(list(range(n.results)), n.weights))


def _compact_cut(n: Numbers, cut: Cut) -> dict[str, Page]:
    star = n.all("pixel") + n.all("padding") + n.all("weight") + n.all("bias")
    lines = star + n.equations(cut.results, most=cut.most)
    return {
        "condense": Page(lines, cut.figure(n), equations=("sparse", cut.results)),
        "one-line": Page(star + n.all("result")),
    }


_CUT = {"EquationView": _equations_cut, "CompactEquationView": _compact_cut}
"""Scenes that may leave sums and products out."""


def _network(conv: Convolution, n: Numbers) -> dict[str, Page]:
    last = n.nodes.results[-1]
    layers = n.node_names() + n.all("weight") + n.all("bias")
    whole = layers + n.edge_names() + n.node_biases()
    board = {
        "layers": Page(layers),
        "first": Page(layers + n.equation(0, most=n.nodes.most) + n.edge_names([0]) + n.node_biases([0]),
                      edges=n.edges([0]), equations=("sparse", [0])),
        "others": Page(whole + n.equation(last, most=n.nodes.most), edges=n.edges(), equations=("sparse", [last])),
        "shared": Page(whole, [n.weights, n.taps], edges=n.edges()),
    }  # fmt: skip
    return without(board, {"others": n.results == 1})


def without(board: dict[str, Page], left_out: dict[str, bool]) -> dict[str, Page]:
    """The pages but for those with nothing to tell of this convolution."""
    return {slug: page for slug, page in board.items() if not left_out.get(slug)}


def _matrix(conv: Convolution, n: Numbers) -> dict[str, Page]:
    results = list(range(n.results))
    desk = n.all("pixel") + n.all("padding") + n.all("weight") + n.all("bias") + n.all("result")
    # The filter leaves the image with the last row.
    first = desk + n.all("pixel") + (n.weights_of(0) if n.results > 1 else Counter()) + n.entries_of([0])
    full = desk + n.all("pixel") + n.entries_of(results)
    product = n.all("pixel") + n.all("result") + n.biases() + n.entries_of(results)
    parts = [n.taps, *([n.weights] if n.shared else []), *([n.zeros] if n.zeros else [])]
    board = {
        "fold-back": Page(desk + n.all("pixel")),
        "first-row": Page(first),
        "other-rows": Page(full),
        "zeros": Page(full, [n.zeros]),
        "shared": Page(full, [n.taps, n.weights]),
        "product": Page(product),
        "long-sums": Page(n.equations(results, long=True), equations=("long", results)),
        "compact": Page(n.equations(results), equations=("sparse", results)),
        "results": Page(product, [n.entries, *parts]),
    }
    return without(board, {"other-rows": n.results == 1, "zeros": not n.zeros, "compact": not n.zeros})


def _to_network(conv: Convolution, n: Numbers) -> dict[str, Page]:
    names = n.all("pixel") + n.all("result")
    whole = names + names + n.entries_of(range(n.results))
    last = "only-row" if n.results == 1 else "other-rows"
    # Where no zero is left over the names of rows and columns leave, too.
    end = whole if n.zeros else names + n.entries_of(range(n.results))
    return {
        "labels": Page(names + n.entries_of(range(n.results))),
        "neurons": Page(whole),
        "first-row": Page(whole, edges=n.edges([0])),
        last: Page(end, [n.taps, *([n.zeros] if n.zeros else [])], edges=n.edges()),
    }


def _dense(conv: Convolution, n: Numbers) -> dict[str, Page]:
    whole = n.node_names() + n.edge_names()
    beside = n.node_names() if n.nodes.cells else Counter()
    dense = n.edges(dense=True)
    share = [n.weights] if n.shared else []
    if not n.zeros:
        return {
            "whole": Page(whole, edges=dense),
            "trainable": Page(whole, [n.entries, *share], edges=dense),
        }
    first = next((r for r in n.nodes.results if -1 in n.row[r]), 0)
    others = [r for r in range(n.results) if r != first]
    left = n.entries_of(others, weights=False) if n.nodes.cells else Counter()
    board = {
        "first-row": Page(whole + beside + left, edges=n.edges(dense=[first])),
        "other-rows": Page(whole + beside, edges=dense),
        "whole": Page(whole, edges=dense),
        "untrainable": Page(whole, edges=dense),
        "trainable": Page(whole, [n.entries, n.taps, *share, n.zeros], edges=dense),
    }
    alone = all(-1 not in n.row[r] for r in others)
    return without(board, {"other-rows": alone})


def _familiar(conv: Convolution, n: Numbers) -> dict[str, Page]:
    whole = n.node_names() + n.edge_names()
    dense = n.edges(dense=True)
    board = {
        "plain": Page(Counter(), [n.entries], edges=dense),
        "fix-zeros": Page(Counter(), [n.zeros, n.taps], edges=dense),
        "share": Page(whole, [n.weights, n.entries], edges=dense),
    }
    if not n.shared:
        alike = [n.entries, n.taps] if not n.zeros else [n.weights, n.entries]
        board["share"] = Page(whole, alike, [n.taps] if n.zeros else [], edges=dense)
    return without(board, {"fix-zeros": not n.zeros})


def _padding(conv: Convolution, n: Numbers) -> dict[str, Page]:
    bare = replace(conv, padding=(0, 0))
    b = Numbers(bare)
    desk = n.all("pixel") + n.all("weight") + n.all("bias") + n.all("padding")
    side = n.all("pixel") + n.all("pixel") + n.all("padding") + n.all("result")
    full = Page(side + n.entries_of(range(n.results)))
    size = [n.image_rows, n.image_columns]
    return {
        "stuck": Page(b.all("pixel") + b.all("weight") + b.weights_of(0) + b.all("bias") + Counter([("result", 0)]),
                      [*size, b.result_rows, b.result_columns], conv=bare),
        "ring": Page(desk),
        "first": Page(desk + n.weights_of(0) + Counter([("result", 0)])),
        "sweep": Page(desk + n.all("result"), [*size, n.result_rows, n.result_columns]),
        "matrix": Page(side),
        "first-row": Page(side + n.weights_of(0) + n.entries_of([0])),
        "other-rows": full,
        "full-rows": replace(full, figures=[n.taps, n.weights, n.zeros]),
    }  # fmt: skip


def _credits(conv: Convolution, n: Numbers) -> dict[str, Page]:
    emblem = n.all("weight") + n.all("bias")
    return {"post": Page(emblem), "learned": Page(emblem)}


BOARDS: dict[str, Callable[[Convolution, Numbers], dict[str, Page]]] = dict(
    zip(
        [*POST, "Credits"],
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
