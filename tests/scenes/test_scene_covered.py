"""A filter that covers the whole image leaves no zeros: nothing is said or shown of any, in no shape of the picture."""

import re

import pytest
from page_faults import all_faults
from screen import Run, own_run
from test_scene_chain import jump

from cnnmath import Convolution
from scenes._words.padding import around

ONCE = Convolution([[3, 4], [5, 6]], kernel=[[2, -3], [4, 5]], bias=1)
CASES = {
    "once": ONCE,
    "two filters": Convolution(ONCE.image, [[[[2, -3], [4, 5]]], [[[3, -4], [-2, 6]]]], bias=[1, -2]),
    "shared": Convolution(ONCE.image, [[2, -3, 4], [5, -2, 3], [-4, 6, 7]], bias=1, padding=1),
    "one zero": Convolution([[3, 4]], kernel=[[2, -3]], bias=1, padding="same"),
    "one row": Convolution([[3, 4, 5]], kernel=[[2, -3]], bias=1, stride=2),
}
"""Every pixel in every result: with a weight for each, or with shared ones behind padding. Then a single zero."""
pytestmark = pytest.mark.xdist_group("covered")
DENSE = ("once", "two filters", "shared")
SCENES = ("NeuralNetworkView", "MatrixView", "MatrixToNetwork", "DenseNetworkView", "FamiliarDiagram")
LOOKS = {"once": ("numbers", "square"), "two filters": ("letters", "tall"), "shared": ("letters", "wide"),
         "one zero": ("letters", "square"), "one row": ("numbers", "tall")}  # fmt: skip


def shown(name: str, which: str) -> Run:
    notation, shape = LOOKS[which]
    return own_run(name, CASES[which], notation, "dark", shape)


def words(run: Run) -> list[str]:
    """What is said, and what stands in titles and figures."""
    return [text for shot in run.shots for text in (shot.narration, *(t.says or "" for t in shot.of_kind("figure")))]


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENES)
@pytest.mark.parametrize("which", CASES)
def test_every_still_is_sound(name: str, which: str) -> None:
    assert all_faults(shown(name, which)) == []


def test_nothing_is_left_of_a_matrix_of_pixels_either() -> None:
    filters = [[[[2, -3, 4, 5, -2, 3, 6, 8, 7, -4]]], [[[-4, 6, 3, 2, 5, -7, 9, 4, 8, -6]]]]
    long = Convolution([[3, 4, 5, 6, 7] * 2], filters)
    run = own_run("MatrixToNetwork", long, "letters", "dark", "square")
    assert run.shot("labels").of_kind("count"), "the matrix has no cells with names"
    assert all_faults(run) == []
    assert not run.shots[-1].of_kind("count")


@pytest.mark.parametrize("name", SCENES)
@pytest.mark.parametrize("which", DENSE)
def test_zeros_are_only_said_not_to_be_there(name: str, which: str) -> None:
    said = [text for text in words(shown(name, which)) if "zero" in text.lower() or "untrainable" in text]
    absent = re.compile(r"\b(no|none|stays) (weight is held at )?zeros?\b", re.IGNORECASE)
    assert [text for text in said if not absent.search(text)] == []


@pytest.mark.parametrize("name", [name for name in SCENES if name != "MatrixToNetwork"])
@pytest.mark.parametrize(("which", "shares"), [("once", False), ("two filters", False), ("shared", True)])
def test_sharing_is_said_where_it_is(name: str, which: str, shares: bool) -> None:
    said = [text for text in words(shown(name, which)) if re.search(r"\bshared?\b", text)]
    assert any("one is shared" not in text for text in said) == shares


@pytest.mark.parametrize("which", DENSE)
def test_the_sparse_network_is_the_dense_one(which: str) -> None:
    """Nothing is left of the matrix, and the next clip adds nothing to the network."""
    before, after = shown("MatrixToNetwork", which), shown("DenseNetworkView", which)
    assert before.last is not None
    assert after.first is not None
    assert jump(before.last, after.first)[1] == 0
    assert [shot.slug for shot in after.shots] == ["whole", "trainable"]
    for shot in (before.shots[-1], *after.shots):
        assert len(shot.of_kind("pixel")) == CASES[which].counts.pixels, "the names of the matrix have left"


@pytest.mark.parametrize(
    ("padding", "what"),
    [((1, 1), "a ring of zeros around the image"), ((1, 0), "zeros above and below the image"),
     ((0, 1), "zeros left and right of the image"), ("same", "zeros below and right of the image")],
)  # fmt: skip
def test_the_padding_is_said_to_be_where_it_is(padding: tuple[int, int] | str, what: str) -> None:
    assert around(Convolution(ONCE.image, ONCE.kernel, padding=padding)) == what
