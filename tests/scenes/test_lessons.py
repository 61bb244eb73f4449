"""What a clip teaches is true of its own example: the scene's docstring, or else a sentence for that example."""

import ast
from pathlib import Path

import numpy as np
import pytest

from cnnmath import EXAMPLE, PADDED_EXAMPLE, Convolution, classics
from scenes._film import CLASSICS, FILM
from scenes._words.lessons import lesson

SCENES = Path(__file__).parents[2] / "scenes"
SCENES_OF = {clip.scene: clip.module for clip in (*FILM, *CLASSICS) if not clip.scene.startswith("Transposed")}


def own(scene: str) -> Convolution:
    """The film's example of a scene."""
    (made,) = (
        node
        for node in ast.parse((SCENES / f"{SCENES_OF[scene]}.py").read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and node.name == scene
    )
    for line in map(ast.unparse, made.body):
        if line.startswith("convolution = classics."):
            return getattr(classics, line.rpartition(".")[2])
        if line.startswith("convolution"):
            return PADDED_EXAMPLE
    return EXAMPLE


@pytest.mark.parametrize("scene", SCENES_OF)
def test_the_films_own_example_is_what_the_docstring_is_of(scene: str) -> None:
    assert lesson(scene, own(scene), "letters") == ""


B = [[3, 1, 4], [1, 5, 9], [2, 6, 5]]
ONCE = Convolution(B, B)
TWO = Convolution([B, B], [[[[1]], [[2]]]] * 2)
APART = Convolution(B, [[1, 2], [3, 4]], stride=9)
"""One window on a part of the image: no weight stands in two places."""


@pytest.mark.parametrize(
    ("scene", "conv", "notation", "said"),
    [
        ("TheImage", EXAMPLE, "numbers", "An image is a grid of numbers, one for each pixel."),
        ("TheImage", TWO, "letters", "An image is a grid of numbers for each channel, and a letter can stand for"),
        ("TheFilter", TWO, "letters", "A filter is a small grid of weights for each channel, and one bias: "),
        ("FilterSliding", ONCE, "letters", "The filter fits in the image once, and gives one result."),
        ("CompactEquationView", ONCE, "letters", "The equation says in one line"),
        ("NeuralNetworkView", ONCE, "letters", "Pixels are input neurons, results output neurons, and each term"),
        (
            "MatrixView",
            ONCE,
            "letters",
            "A convolution is a matrix product: every position of the filter is a row",
        ),
        ("DenseNetworkView", ONCE, "letters", "A convolution is a dense layer if its filter covers the whole image."),
        ("DenseNetworkView", APART, "letters", "A convolution is a dense layer in which some weights are held at z"),
        (
            "DenseNetworkView",
            Convolution(B, np.ones((5, 5)), padding=2),
            "letters",
            "A convolution is a dense layer wh",
        ),
        ("FamiliarDiagram", ONCE, "letters", "The textbook's network and the convolution are one graph."),
        ("ZeroPadding", Convolution(B, [[1, 2], [3, 4]], padding=1), "letters", "Zeros around the image give the filt"),
        ("Strides", EXAMPLE, "numbers", "The filter stops wherever it fits in the image, and every stop gives one"),
        ("Dilation", PADDED_EXAMPLE, "numbers", "The filter stops wherever it fits in the padded image, and every"),
        ("FullPadding", Convolution(B, np.ones((3, 3)), padding=1), "numbers", "The filter stops wherever it fits in"),
        ("OddSize", Convolution(B, np.ones((3, 3)), padding=1), "numbers", "The filter stops wherever it fits in"),
    ],
)
def test_of_another_example_it_says_only_what_holds(scene: str, conv: Convolution, notation: str, said: str) -> None:
    assert lesson(scene, conv, notation).startswith(said)


def test_no_letter_is_promised_in_numbers() -> None:
    """Whatever is shown, in every scene."""
    for scene in SCENES_OF:
        for conv in (EXAMPLE, PADDED_EXAMPLE, ONCE, TWO, APART):
            made = ast.parse((SCENES / f"{SCENES_OF[scene]}.py").read_text(encoding="utf-8"))
            (doc,) = (ast.get_docstring(n) for n in made.body if isinstance(n, ast.ClassDef) and n.name == scene)
            assert "letter" not in (lesson(scene, conv, "numbers") or doc or "")
