"""What CodeView shows: code that is read off the screen and run, and the numbers beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
from books import Book, Still, stills
from screen import CODE as LIBRARIES
from screen import Drawn, Key, Run, Shot

from cnnmath import Convolution, symbols
from scenes._mobjects.code import advance, tokens_of
from scenes._words.digits import results
from scenes._words.listings import listings

_COUNTS = ["no", "one", "two", "three", "four", "five", "six"]


def steps(scene: Any) -> list[str]:
    return ["code", "first", "others", "torch", "keras"]


def value(still: Still, key: Key) -> float | str | None:
    conv, lettered = still.scene.convolution, still.scene.notation == "letters"
    match key:
        case ("pixel", int(i)):
            return symbols.pixel(i) if lettered else float(conv.image.flat[i])
        case ("weight", int(i)):
            return symbols.weight(i) if lettered else float(conv.kernel.flat[i])
        case ("bias", int(i)):
            return symbols.bias(i, len(conv.bias)) if lettered else float(conv.bias[i])
        case ("padding", _):
            return 0.0
        case ("result", int(i)):
            same = conv.output_shape[1:] == conv.image.shape[1:]
            return (symbols.same_result if same else symbols.result)(i) if lettered else float(results(conv)[i].meant)
        case (str(kind), int(line), int(token)) if kind in LIBRARIES:
            return shown_token(still, kind, line, token)
    return None


def shown_token(still: Still, kind: str, line: int, token: int) -> str | None:
    """A token of the listing that stands there: the wide or the narrow one, by how many lines there are."""
    listing = listings(still.scene.convolution)[LIBRARIES.index(kind)]
    many = 1 + max(text.key[1] for text in still.shot.of_kind(kind) if text.key)
    lines = next((lines for lines in (listing.wide, listing.narrow) if len(lines) == many), ())
    written = [text for text in tokens_of(lines[line]) if text.strip()] if lines else []
    return written[token] if token < len(written) else None


def read_code(shot: Shot, kind: str) -> list[str]:
    """The lines of code on screen: every token in the column in which it stands."""
    tokens: dict[int, list[Drawn]] = {}
    for text in shot.of_kind(kind):
        assert text.key
        tokens.setdefault(text.key[1], []).append(text)
    if not tokens:
        return []
    em = max(text.em for line in tokens.values() for text in line)
    start = min(float(text.box[0]) for line in tokens.values() for text in line)
    lines = []
    for _, line in sorted(tokens.items()):
        code = ""
        for text in sorted(line, key=lambda t: float(t.box[0])):
            column = int((float(text.box[0]) - start) / (advance() * em) + 0.3)
            assert column >= len(code), f"{text} stands on {code!r}"
            code = code.ljust(column) + (text.says or "")
        lines.append(code)
    return lines


def arrays(conv: Convolution) -> dict[str, Any]:
    """What the lines of NumPy work on, without axes that no axis is needed for."""
    filters, channels = conv.kernel.shape[:2]
    image = conv.image[0] if channels == 1 else conv.image
    w = conv.kernel[:, 0] if channels == 1 else conv.kernel
    return {
        "np": np,
        "image": image,
        "w": w[0] if filters == 1 else w,
        "b": conv.bias[0] if filters == 1 else conv.bias,
    }


def code_faults(still: Still) -> Iterator[str]:
    """NumPy's lines as they stand there give the numbers of the core; one listing at a time."""
    shot, conv = still.shot, still.scene.convolution
    there = [kind for kind in LIBRARIES if shot.of_kind(kind)]
    wanted = {"torch": "pytorch", "keras": "keras"}.get(shot.slug, "numpy")
    if there != [wanted]:
        yield f"{shot}: the code is that of {there}"
    if wanted == "numpy":
        names = arrays(conv)
        exec("\n".join(read_code(shot, "numpy")), names)
        if np.abs(names["out"].reshape(conv.output_shape) - conv.output()).max() > 1e-9:
            yield f"{shot}: the code gives {names['out']}"


def place_faults(still: Still) -> Iterator[str]:
    """Results are there when they have been worked out, each in its place."""
    shot, conv = still.shot, still.scene.convolution
    shown = {text.key[1]: text for text in shot.of_kind("result") if text.key}
    wanted = {"code": 0, "first": 1}.get(shot.slug, conv.counts.results)
    if shown and set(shown) != set(range(wanted)):
        yield f"{shot}: the results {sorted(shown)} stand there, not {wanted}"


def faults(run: Run) -> list[str]:
    return [fault for still in stills(run) for fault in (*code_faults(still), *place_faults(still))]


def _lines(still: Still, match: re.Match[str]) -> bool:
    return _COUNTS.index(match[1]) in {len(listings(still.scene.convolution)[0].wide)}


def _padded(still: Still) -> bool:
    return bool(np.any(still.scene.convolution.pads))


CLAIMS = [
    (r"The whole convolution is (\w+) lines of NumPy", _lines),
    (
        r"Given the image, weights w and bias b, they run as they are",
        # `code_faults` runs them with these three.
        lambda s, m: {"image", "w", "b"} <= set(re.findall(r"\w+", "\n".join(read_code(s.shot, "numpy")))),
    ),
    (
        r"At each place the slice takes the part of the image (in every channel )?below the filter",
        lambda s, m: (
            "for" in "".join(read_code(s.shot, "numpy")) and bool(m[1]) == (len(s.scene.convolution.image) > 1)
        ),
    ),
    (
        r"Part times weights, added up, plus the bias: one number",
        lambda s, m: len(s.shot.of_kind("result")) <= 1,
    ),
    (
        r"There is no other place, so this is the whole result",
        lambda s, m: s.scene.convolution.counts.results == 1,
    ),
    (
        r"The same lines do so at every other place, until the result is whole",
        lambda s, m: s.scene.convolution.counts.results > 1,
    ),
    (
        r"In PyTorch it is one layer, made of the numbers of this picture",
        lambda s, m: "y = layer(x)" in read_code(s.shot, "pytorch"),
    ),
    (
        r"The weight has the axes filters, channels, rows, columns",
        lambda s, m: read_code(s.shot, "pytorch")[-1] == f"layer.weight.shape == {s.scene.convolution.kernel.shape}",
    ),
    (
        r"Keras counts the channels itself, and its kernel has rows and columns first, channels and filters last",
        lambda s, m: (
            str(tuple(np.array(s.scene.convolution.kernel.shape)[[2, 3, 1, 0]].tolist()))
            in read_code(s.shot, "keras")[-1]
        ),
    ),
    (r"The padding is a layer of its own", lambda s, m: _padded(s)),
]
FIGURES = [
    (
        r"in each of them (\d+) weights? \+ (\d+) bias(?:es)? = (\d+) numbers to learn",
        lambda s, m: (
            (int(m[1]), int(m[2])) == (s.scene.convolution.kernel.size, len(s.scene.convolution.bias))
            and int(m[3]) == int(m[1]) + int(m[2])
        ),
    )
]
IMAGE = (np.arange(25).reshape(5, 5) * 7) % 10
BOOK = Book(
    steps=steps,
    value=value,
    claims=CLAIMS,
    figures=FIGURES,
    faults=faults,
    others={
        "stride 2, padding 1": {"convolution": Convolution(IMAGE, [[1, 2], [3, -4]], bias=2, stride=2, padding=1)},
        "dilated letters": {"convolution": Convolution(IMAGE, [[1, 2], [3, 4]], dilation=2), "notation": "letters"},
        "two filters over two channels": {
            "convolution": Convolution(
                [IMAGE[:4, :4], IMAGE[1:, 1:]], np.arange(-8, 8).reshape(2, 2, 2, 2), bias=[1, -2]
            )
        },
        "a photograph": {"convolution": Convolution(np.outer(range(12), range(12)) % 10, np.ones((3, 3)), padding=1)},
        "one result": {"convolution": Convolution([[1, 2]], [[3, 4]])},
    },
    refused={
        "uneven": ({"convolution": Convolution(IMAGE, [[1, 2]], padding="same")}, "the same on both sides; got"),
        "both": (
            {"convolution": Convolution(IMAGE, [[1, 2]], stride=2, dilation=2)},
            "shows a stride or a dilation, as Keras does; got stride",
        ),
    },
)
