"""Every sentence and every key figure is true of what is shown, whatever the convolution; so are equal colours."""

from dataclasses import replace

import numpy as np
import pytest
from books import POST_SCENES
from cases import COLOURS
from claims import CLAIMS, FIGURES, said_faults, sentences
from page_faults import colour_faults, pages
from screen import Run, film_run, outcome

from cnnmath import Convolution

RANDOM = np.random.default_rng(7)
B = [[3, 1, 4], [1, 5, 9], [2, 6, 5]]


def weights(*shape: int) -> np.ndarray:
    """Whole numbers without 0."""
    return RANDOM.integers(1, 9, shape) * RANDOM.choice([-1, 1], shape)


CASES = {
    "far apart": Convolution(RANDOM.integers(0, 10, (7, 7)), weights(3, 3), padding=2, dilation=2),
    "two rings": Convolution(B, np.ones((3, 3)), padding=2, stride=2),
    "64 weights": Convolution(RANDOM.integers(0, 10, (4, 5, 5)), weights(4, 4, 2, 2)),
    "five by five": Convolution(RANDOM.integers(0, 10, (7, 7)), weights(5, 5)),
    "24 weights": Convolution(RANDOM.integers(0, 10, (3, 4, 4)), weights(2, 3, 2, 2), bias=[1, 2]),
    "one pixel": Convolution([[5]], kernel=[[3]], bias=2),
    "one pixel, padded": Convolution([[5]], kernel=weights(3, 3), padding=1),
    "as large as the image": Convolution(B, weights(3, 3), bias=1),
    "larger than the image": Convolution([[5, 2], [3, 4]], weights(3, 3), padding=1),
    "one row": Convolution([[3, 1, 4, 1, 5, 9]], kernel=[[2, -3]]),
    "signed": Convolution([[3, -1, 4], [1, -5, 9], [2, 6, 5]], kernel=[[2, -3], [4, 5]]),
    "below zero": Convolution([[-3, -1], [-4, -1]], kernel=[[2, -3]]),
    "no light": Convolution(np.zeros((3, 3)), kernel=[[2, -3], [4, 5]]),
    "a weight of 0": Convolution(B, kernel=[[0, -3], [4, 5]]),
    "only padding at first": Convolution(B, kernel=[[2, -3]], padding=(2, 2)),
    "strided": Convolution(RANDOM.integers(0, 10, (5, 5)), weights(2, 2), stride=(2, 3)),
    "one stop in two": Convolution(RANDOM.integers(0, 10, (3, 3)), weights(2, 2), stride=2),
    "two results": Convolution([[3, 1, 4]], kernel=[[2, -3]]),
    "uneven": Convolution(B, weights(2, 2), padding="same"),
    "1 × 1, padded": Convolution(B, kernel=[[3]], padding=1),
    "two channels, padded": Convolution(RANDOM.integers(0, 10, (2, 3, 3)), weights(2, 3, 3), padding=1),
    "two filters, once": Convolution([[3, 4], [5, 6]], weights(2, 1, 2, 2), bias=[1, 2]),
}
"""Each is unusual in one way. Every one is shown by some scene."""


@pytest.mark.slow
@pytest.mark.parametrize("name", POST_SCENES)
@pytest.mark.parametrize("which", CASES)
def test_what_is_said_is_true(name: str, which: str) -> None:
    # One notation each is enough: which one, the names decide.
    notation = "letters" if (len(name) + len(which)) % 2 else "numbers"
    done = outcome(name, CASES[which], notation)
    if isinstance(done, Run):
        assert said_faults(done, pages(done)) + colour_faults(done) == []


SLIDING = "Lay the filter on a corner of the image. Each weight covers one pixel. With the bias they yield one result."
FALSE = (
    ("FilterSliding", "first", SLIDING, CASES["far apart"]),
    ("FilterSliding", "first", SLIDING, CASES["two filters, once"]),
    ("TheFilter", "weights", "Its cells hold weights, and every weight has a colour of its own.",
     CASES["five by five"]),
    ("TheFilter", "weights", "The filter is a smaller grid.", CASES["as large as the image"]),
    ("TheImage", "brightness", "This is an image: a grid of pixels.", CASES["one pixel"]),
    ("TheImage", "brightness", "Each pixel has a brightness.", CASES["signed"]),
    ("EquationView", "first", "Weight times pixel, weight times pixel, and so on: add the products, add the bias, and "
     "out comes the first result.", CASES["one row"]),
    ("ZeroPadding", "ring", "So we lay a ring of zeros around the image: zero padding.", CASES["two rings"]),
    ("ZeroPadding", "sweep", "One stop after the other: every pixel has its own result, and the size is kept.",
     CASES["two rings"]),
    ("NeuralNetworkView", "others", "Every sum draws its own connections, always with the same weights.",
     CASES["uneven"]),
    ("NeuralNetworkView", "shared", "Equal colour means equal weight: 24 weights are shared by 96 connections.",
     COLOURS),
)  # fmt: skip
"""What was once said of these."""


@pytest.mark.slow
@pytest.mark.parametrize(("name", "slug", "said", "conv"), FALSE, ids=[f"{name}-{slug}" for name, slug, *_ in FALSE])
def test_a_false_sentence_is_seen(name: str, slug: str, said: str, conv: Convolution) -> None:
    done = outcome(name, conv, "letters")
    assert isinstance(done, Run)
    done.shots = [replace(shot, narration=said) for shot in done.shots if shot.slug == slug]
    faults = said_faults(done, pages(done))
    assert any("not true" in fault for fault in faults), faults


def test_a_new_sentence_asks_for_its_condition() -> None:
    done = film_run("TheImage", "dark")
    shot = replace(done.shots[0], narration="A sentence that nobody has thought about.")
    assert ["claims.py" in fault for fault in said_faults(done, [(shot, None, done.scene.convolution)])[:1]] == [True]


def test_sentences_end_where_a_speaker_stops() -> None:
    assert sentences("The result is 3.5. What next? Done.") == ["The result is 3.5", "What next", "Done"]
    assert len(CLAIMS) > 100
    assert len({text for text, _ in (*CLAIMS, *FIGURES)}) == len(CLAIMS) + len(FIGURES)
