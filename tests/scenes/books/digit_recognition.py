"""What DigitRecognition shows: every shade and bar is what the network says of its image, worked out by loops."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
from books import Book, Fine, Still
from claims import number
from reading import THEMES, rgb
from screen import Drawn, Key, Run, Shot

from cnnmath import digits
from cnnmath.layers import Activation, Conv2D, Dense, Flatten, MaxPooling2D, Sequential
from cnnmath.layers import AveragePooling2D as Average


class Read:
    """One image through conv, activation, pooling and dense layer, by loops over its windows."""

    def __init__(self, network: Any, image: np.ndarray, label: int) -> None:
        conv, activation, pool, _, dense = network.layers
        self.network, self.label, self.image = network, int(label), image.reshape(image.shape[-2:])
        self.kernel = conv.kernel[:, 0]
        windows = np.lib.stride_tricks.sliding_window_view(self.image, self.kernel.shape[1:])
        self.maps = np.array(
            [
                [[(w * k).sum() + b for w in line] for line in windows]
                for k, b in zip(self.kernel, conv.bias, strict=True)
            ]
        )
        bends = {"relu": lambda x: np.maximum(x, 0), "tanh": np.tanh}
        self.bent = bends[activation.kind](self.maps)
        high, wide = pool.size
        _, rows, columns = self.bent.shape
        self.pooled = np.array(
            [
                [
                    [plane[i : i + high, j : j + wide].max() for j in range(0, columns - wide + 1, wide)]
                    for i in range(0, rows - high + 1, high)
                ]
                for plane in self.bent
            ]
        )
        self.column = self.pooled.ravel()
        scores = dense.weights @ self.column + dense.bias
        powers = np.exp(scores - scores.max())
        self.probabilities = powers / powers.sum()
        self.guess = int(self.probabilities.argmax())

    @property
    def right(self) -> bool:
        return self.guess == self.label


def readings(scene: Any) -> list[Read]:
    """Those that the scene shows, with the labels that the test's digits have."""
    network = scene.readings[0].network
    images = [reading.image for reading in scene.readings]
    if scene.images is None:
        places = [int(np.flatnonzero((digits.TEST.images == image).all((1, 2, 3)))[0]) for image in images]
        labels = digits.TEST.labels[places].tolist()
    else:
        labels = [int(label) for label in np.ravel(scene.labels)]
    return [Read(network, image, label) for image, label in zip(images, labels, strict=True)]


def of(still: Still) -> Read:
    """The digit that is there at the end of the step."""
    all_of_them = readings(still.scene)
    return all_of_them[-1] if still.shot.slug in ("others", "network") else all_of_them[0]


def article(digit: int) -> str:
    return f"an {digit}" if digit == 8 else f"a {digit}"


def steps(scene: Any) -> list[str]:
    more = ["others"] if len(scene.readings) > 1 else []
    own = scene.network is not None or scene.images is not None
    layers = ["digit", "filters", "looks", "activation", "pooling", "scores", "answer"]
    return [*layers, *more, "network" if own else "training"]


def value(still: Still, key: Key) -> float | str | Fine | None:
    """What a text on screen must say."""
    if key[0] == "class":
        return float(key[1])
    if key[0] == "probability":
        exact = float(of(still).probabilities[key[1]])
        return Fine(exact, places=3) if exact >= 0.001 else "< 0.001"
    if key[0] == "truth":
        return article(of(still).label)
    if key[0] == "tick":
        return float(key[2])
    return None


def _share(still: Still) -> float:
    """Of all that the figure counts, how many are read rightly: one by one."""
    scene = still.scene
    images, labels = digits.TEST if scene.images is None else (scene.images, scene.labels)
    network = scene.readings[0].network
    named = [
        Read(network, np.asarray(image, float), label).right
        for image, label in zip(images, np.ravel(labels), strict=True)
    ]
    return float(np.mean(named))


def _counted(still: Still) -> int:
    return len(digits.TEST.labels) if still.scene.images is None else len(np.ravel(still.scene.labels))


def _params(network: Any) -> int:
    return sum(np.size(part) for layer in network.layers for part in layer.parameters.values())


def _near(said: str, exact: float, digits_after: int) -> bool:
    return abs(float(said) - exact) <= 0.5 * 10.0**-digits_after + 1e-9


def _others(still: Still, match: re.Match[str]) -> bool:
    return number(match[1].lower()) == len(readings(still.scene)) - 1


def _wrong(still: Still, match: re.Match[str]) -> bool:
    last = [one for one in readings(still.scene)[1:] if not one.right][-1]
    order = np.argsort(last.probabilities)[::-1]
    close = int(order[1]) == last.label and last.probabilities[last.label] > 0.25
    return (match[2], match[3]) == (article(last.label), article(last.guess)) and close == ("two bars" in match[4])


CLAIMS = [
    (r"A handwritten digit, as a grid of pixels", lambda s, m: True),
    (
        r"The network has never seen this one",
        lambda s, m: (
            s.scene.network is None and not (digits.TRAINING.images == s.scene.readings[0].image).all((1, 2, 3)).any()
        ),
    ),
    (
        r"(\w+) filters? of (\w+) by (\w+) (?:goes|go) over it",
        lambda s, m: (number(m[1].lower()), number(m[2]), number(m[3])) == of(s).kernel.shape,
    ),
    (
        r"(It|Each) gives a map: red above zero, blue below",
        lambda s, m: of(s).maps.min() < 0 < of(s).maps.max() and (m[1] == "It") == (len(of(s).kernel) == 1),
    ),
    (
        r"Here (it|each of them) fits best: (the|every) filter looks for an edge or a stroke (like this|of its own)",
        lambda s, m: (m[1] == "it") == (len(of(s).kernel) == 1),
    ),
    (r"ReLU keeps what is above zero; the rest turns dark", lambda s, m: of(s).bent.min() == 0 < of(s).bent.max()),
    (r"Tanh bends every number by itself", lambda s, m: np.allclose(of(s).bent, np.tanh(of(s).maps))),
    (
        r"Pooling keeps the largest number of every (\w+) by (\w+)",
        lambda s, m: (number(m[1]), number(m[2])) == s.scene.readings[0].network.layers[2].size,
    ),
    (
        r"A dense layer makes (\w+) scores of the (\d+) numbers in the column, and softmax makes probabilities of them",
        lambda s, m: (number(m[1]), int(m[2])) == (len(of(s).probabilities), len(of(s).column)),
    ),
    (
        r"The longest bar is the answer: (\d), with a probability of ([\d.]+)",
        lambda s, m: int(m[1]) == of(s).guess and _near(m[2], of(s).probabilities.max(), 3),
    ),
    (r"But it is (an? \d)", lambda s, m: not of(s).right and m[1] == article(of(s).label)),
    (r"(\w+) more digits?", _others),
    (r"All are right|It is right", lambda s, m: all(one.right for one in readings(s.scene)[1:])),
    (r"(The last one|One|It) is (an? \d), but the network takes it for (an? \d): (.*)", _wrong),
    (
        r"At first the filters are random: ([\d.]+) percent are right",
        lambda s, m: _near(m[1], 100 * digits.HISTORY.validation_accuracy[0], 1),
    ),
    (
        r"After (\d+) times through all examples it is ([\d.]+)",
        lambda s, m: int(m[1]) == digits.HISTORY.epochs and _near(m[2], 100 * _share(s), 1),
    ),
    (
        r"The whole network is ([\d,]+) numbers, each found by gradient descent",
        lambda s, m: int(m[1].replace(",", "")) == _params(s.scene.readings[0].network),
    ),
]
FIGURES = [
    (
        r"the network says (\d): ([\d.]+)",
        lambda s, m: int(m[1]) == of(s).guess and _near(m[2], of(s).probabilities.max(), 3),
    ),
    (
        r"([\d,]+) numbers: ([\d.]+) % of (\d+) digits( that it never saw)? are right",
        lambda s, m: (
            int(m[1].replace(",", "")) == _params(s.scene.readings[0].network)
            and _near(m[2], 100 * _share(s), 1)
            and int(m[3]) == _counted(s)
            and bool(m[4]) == (s.scene.network is None and s.scene.images is None)
        ),
    ),
]


# Pictures


def faults(run: Run) -> list[str]:
    """Shades that are not the network's, bars of another length, and a wrong digit that is none."""
    found: list[str] = []
    everything = readings(run.scene)
    if run.scene.images is None and run.scene.network is None and all(one.right for one in everything):
        found.append("none of the digits is read wrongly")
    for shot in run.shots:
        one = of(Still(run, shot))
        if shot.slug == "training":
            found += _shade_faults(shot, "filter", digits.HISTORY.filters[0][-1][:, 0], each=True)
            continue
        planes = {"pixel": one.image[None], "map": one.maps, "activated": one.bent, "pooled": one.pooled}
        planes["column"] = one.column[None, :, None]
        for kind, values in planes.items():
            found += _shade_faults(shot, kind, values)
        found += _shade_faults(shot, "filter", one.kernel, each=True)
        if shot.slug in ("scores", "answer", "others", "network"):
            found += _bar_faults(shot, one)
    return found


def _shades(shot: Shot, kind: str) -> dict[tuple[Any, ...], Drawn]:
    return {d.key[1:]: d for d in shot.visible if d.key and d.key[0] == kind and d.is_square}


def _shade_faults(shot: Shot, kind: str, values: np.ndarray, each: bool = False) -> Iterator[str]:
    """Squares of another shade than their values have, or at another place in their plane."""
    there = _shades(shot, kind)
    expected = {
        "pixel": 0, "filter": 1, "map": 1, "activated": 3, "pooled": 4, "column": 5,
    }[kind]  # fmt: skip
    order = ["digit", "filters", "looks", "activation", "pooling", "scores", "answer", "others", "network"]
    if shot.slug == "training" or order.index(shot.slug) >= expected:
        if len(there) != values.size:
            yield f"{shot}: {len(there)} shades of {kind}, not {values.size}"
            return
    elif there:
        yield f"{shot}: {kind} is there too early"
    look = THEMES[shot.theme]
    for plane, inner in enumerate(values):
        scale = inner if each else values
        low, high = min(0.0, scale.min()), max(0.0, scale.max())
        middles = np.zeros((*inner.shape, 2))
        for place in np.ndindex(inner.shape):
            flat = place[0] * inner.shape[1] + place[1]
            square = there.get((plane, flat) if each else (plane * inner.size + flat,))
            if square is None:
                return
            middles[place] = square.middle
            wanted = rgb(look.brightness(float(inner[place]), low, high).to_hex())
            if np.abs(square.fill[:3] - wanted).max() > 0.01:
                yield f"{shot}: {kind} {plane} {place} has another shade than {inner[place]:.3f}"
        across, down = middles[..., 0], middles[..., 1]
        if not ((np.diff(across, axis=1) > 0).all() and (np.diff(down, axis=0) < 0).all()):
            yield f"{shot}: the plane {plane} of {kind} is out of order"


def _bar_faults(shot: Shot, one: Read) -> Iterator[str]:
    """Bars that are not as long as their probabilities, by their tracks, in the row of their class."""
    bars = [d for d in shot.visible if d.kind.__name__ == "Rectangle" and d.filled and not d.is_square]
    tracks = sorted((d for d in bars if d.stroked and d.width > d.height), key=lambda d: -float(d.middle[1]))
    tracks = [t for t in tracks if any(abs(t.middle[1] - c.middle[1]) < 0.06 for c in shot.of_kind("class"))]
    if len(tracks) != len(one.probabilities):
        yield f"{shot}: {len(tracks)} tracks for {len(one.probabilities)} classes"
        return
    for track, share in zip(tracks, one.probabilities, strict=True):
        fills = [d for d in bars if not d.stroked and abs(d.middle[1] - track.middle[1]) < 0.03]
        fills = [d for d in fills if d.points[:, 0].min() > track.points[:, 0].min() - 0.02]
        long = max((d.width for d in fills), default=0.0) / track.width
        if abs(long - share) > 0.01:
            yield f"{shot}: a bar is {long:.3f} of its track, and its probability {share:.3f}"


def _trained() -> str:
    """Another network, in a file: six filters, tanh, pooling of 3 × 3."""
    random = np.random.default_rng(5)
    layers = [Conv2D.create(6, 1, 3, seed=random), Activation("tanh"), MaxPooling2D(3), Flatten()]
    network = Sequential([*layers, Dense.create(10, 24, seed=random)])
    trained, _ = network.fit(digits.TRAINING.images[:320], digits.TRAINING.labels[:320], 4, 0.1, 32, 1)
    path = Path(mkdtemp()) / "network.npz"
    trained.save(path)
    return str(path)


OWN = [
    [
        [0, 0, 1, 0, 0, 0],
        [0, 1, 1, 0, 0, 0],
        [0, 0, 1, 0, 0, 0],
        [0, 0, 1, 0, 0, 0],
        [0, 0, 1, 0, 0, 0],
        [0, 1, 1, 1, 0, 0],
    ]
]
SMALL = Sequential(
    [
        Conv2D([[[[1, -1, 0.5], [-2, 1, 1], [0.5, 1, -1]]], [[[2, -1, -1], [1, 1, -1], [0, 1, -2]]]], bias=[0.5, -0.5]),
        Activation("relu"),
        MaxPooling2D(2),
        Flatten(),
        Dense(np.arange(24).reshape(3, 8) % 5 - 2, bias=[0, 1, 0]),
    ]
)
BOOK = Book(
    steps=steps,
    value=value,
    claims=CLAIMS,
    figures=FIGURES,
    faults=faults,
    others={
        "another network, from a file": {"network": _trained()},
        "a network and a digit of one's own": {"network": SMALL, "images": OWN, "labels": [1]},
        "own digits": {"images": digits.TEST.images[:2], "labels": digits.TEST.labels[:2]},
    },
    refused={
        "other layers": (
            {"network": Sequential([Conv2D([[1, -1]]), Flatten()])},
            "shows a network of Conv2D, Activation, MaxPooling2D, Flatten, Dense; got Conv2D, Flatten",
        ),
        "average pooling": (
            {"network": Sequential([*SMALL.layers[:2], Average(2), *SMALL.layers[3:]])},
            "got Conv2D, Activation, AveragePooling2D",
        ),
        "no network": ({"network": 3}, "a Sequential or a file of one; got 3"),
        "no labels": ({"images": digits.TEST.images[:1]}, "a label for each of 1 images; got none"),
        "too many": ({"images": digits.TEST.images[:9], "labels": digits.TEST.labels[:9]}, "at most 6 images; got 9"),
        "no such class": ({"network": SMALL, "images": OWN, "labels": [4]}, r"labels from 0 to 2; got \[4\]"),
        "another size": ({"images": OWN, "labels": [1]}, "cannot read these images: layer 4"),
    },
)
