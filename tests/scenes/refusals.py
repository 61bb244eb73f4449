"""How many ordinary convolutions the clips refuse: `python tests/scenes/refusals.py` (`make refusals`)."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np
from books import POST_SCENES
from manim import tempconfig
from screen import PIXELS, own

from cnnmath import Convolution

_MADE = np.random.default_rng(11)


def _digits(*shape: int) -> np.ndarray:
    return _MADE.integers(0, 10, shape)


def _weights(*shape: int) -> np.ndarray:
    return _MADE.choice([-4, -3, -2, -1, 1, 2, 3, 4], shape)


_NINTH, _SIXTEENTH = float(Fraction(1, 9)), 1 / 16
_GAUSS = np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]]) * _SIXTEENTH
_SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
ORDINARY = {
    "5x5 on 5x5": Convolution(_digits(5, 5), _weights(5, 5), bias=1),
    "5x5 on 7x7": Convolution(_digits(7, 7), _weights(5, 5), bias=1),
    "3x3 on 5x5": Convolution(_digits(5, 5), _weights(3, 3), bias=-2),
    "3x3 on 8x8": Convolution(_digits(8, 8), _weights(3, 3)),
    "RGB, 3x3 on 5x5": Convolution(_digits(3, 5, 5), _weights(1, 3, 3, 3), bias=1),
    "RGB, two 3x3": Convolution(_digits(3, 5, 5), _weights(2, 3, 3, 3), bias=[1, -1]),
    "RGB, two 2x2": Convolution(_digits(3, 3, 3), _weights(2, 3, 2, 2), bias=[1, -1]),
    "box blur": Convolution(_digits(5, 5), np.full((3, 3), _NINTH)),
    "box blur on 3x3": Convolution(_digits(3, 3), np.full((2, 2), _NINTH)),
    "Gauss on 8x8": Convolution(_digits(8, 8), _GAUSS),
    "two decimals": Convolution(_digits(3, 3), [[0.25, -1.75], [0.05, 2.5]], bias=0.5),
    "Sobel, levels": Convolution(_MADE.integers(0, 256, (8, 8)), _SOBEL),
    "stride, padding": Convolution(_digits(5, 5), _weights(3, 3), bias=1, stride=2, padding=1),
}
"""Thirteen that a lecturer would try first."""
CONVOLUTION_SCENES = (*POST_SCENES, "Activation", "Pooling", "ManyFilters", "CodeView")
"""The clips that show any convolution."""


def said_of(name: str, convolution: Convolution, notation: str, shape: str) -> str:
    """What the clip says that it cannot show; "" when it shows it. Its stills are laid out, but nothing is played."""
    width, height = PIXELS[shape]
    with tempconfig({"dry_run": True, "pixel_width": width, "pixel_height": height}):
        try:
            own(name, convolution=convolution, notation=notation)(skip_animations=True).setup()
        except ValueError as error:
            return str(error)
    return ""


def refusals(names: tuple[str, ...], shapes: tuple[str, ...]) -> Iterator[tuple[str, str, str, str]]:
    """Scene, shape, what was given and what was said ("" for shown), for all ordinary ones in letters and numbers."""
    for name in names:
        for shape in shapes:
            for given, asked in ORDINARY.items():
                # It shows what padding does.
                convolution = replace(asked, padding=(1, 1)) if name == "ZeroPadding" else asked
                for notation in ("letters", "numbers"):
                    yield name, shape, f"{given} in {notation}", said_of(name, convolution, notation, shape)


def drawn(names: tuple[str, ...], shapes: tuple[str, ...], count: int) -> Iterator[tuple[str, str, str, str]]:
    """The same for so many convolutions within the rule, each in one notation and one shape: always the same ones."""
    for name in names:
        for number in range(count):
            chance = np.random.default_rng(number)
            convolution = within_the_rule(chance)
            notation, shape = chance.choice(["letters", "numbers"]), chance.choice(shapes)
            given = f"{convolution.image.shape} with {convolution.kernel.shape} in {notation}"
            yield name, shape, given, said_of(name, convolution, notation, shape)


def within_the_rule(chance: np.random.Generator) -> Convolution:
    """Up to 32×32 pixels, 4 channels, 4 filters of up to 7×7; half of the sides are short, as most are in a lecture."""
    high, wide = (int(chance.integers(1, chance.choice([8, 32]), endpoint=True)) for _ in range(2))
    kernel = [int(chance.integers(1, min(7, side), endpoint=True)) for side in (high, wide)]
    channels, filters, stride, padding = (int(n) for n in chance.integers(1, [4, 4, 2, 2], endpoint=True))
    image, weights = (
        chance.integers(0, 10, (channels, high, wide)),
        chance.integers(1, 10, (filters, channels, *kernel)),
    )
    return Convolution(image, weights, stride=stride, padding=padding)


def main() -> None:
    """Print every refusal, and how many there are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenes", default="")
    parser.add_argument("--shape", default="wide square tall")
    parser.add_argument("--drawn", type=int, default=0, help="so many a clip drawn within the rule of 32 by 32 instead")
    asked = parser.parse_args()
    names = tuple(asked.scenes.split()) or CONVOLUTION_SCENES
    tried: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    shapes = tuple(asked.shape.split())
    for name, shape, given, said in drawn(names, shapes, asked.drawn) if asked.drawn else refusals(names, shapes):
        tried[name] += 1
        if said:
            refused[name] += 1
            print(f"{name}, {shape}, {given}: {said}", flush=True)
    for name, count in tried.items():
        print(f"{name:22} {refused[name]:4} of {count}")
    print(f"{'all':22} {refused.total():4} of {tried.total()} ({100 * refused.total() / tried.total():.1f} in 100)")


if __name__ == "__main__":
    main()
