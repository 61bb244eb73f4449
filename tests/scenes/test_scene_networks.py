"""Networks of convolutions with more pixels than have a node: a neighbourhood of nodes, dots, and the true counts."""

from collections.abc import Callable

import pytest
from cases import LARGE, OTHER, PHOTO
from manim import Mobject
from markers import SEARCH
from page_faults import NETWORKS, all_faults
from reading import read
from screen import Ends, Run, ends, keep_ends, look_at, own_run
from storyboard import Numbers
from test_scene_chain import jump

from cnnmath import Convolution
from scenes._mobjects.excerpt import MOST_ROWS, excerpt
from scenes._pictures.network_stages import SparseNetwork
from scenes._words.subject import Subject

FAST = (("four", "letters"),)
SLOW = (("photo", "numbers"), ("strided", "numbers"), ("colours", "letters"))
LONG = (("photo", "letters"), ("digit", "numbers"), ("colours", "numbers"), ("upright", "numbers"),
        ("dilated", "letters"))  # fmt: skip


def shown(name: str, which: str, notation: str) -> Run:
    return keep_ends(f"{name}-{which}-{notation}", own_run(name, LARGE[which], notation))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("which", "notation"),
    [
        *(pytest.param(*case) for case in FAST),
        *(pytest.param(*case, marks=pytest.mark.slow) for case in SLOW),
        *(pytest.param(*case, marks=SEARCH) for case in LONG),
    ],
)
@pytest.mark.parametrize("name", NETWORKS)
def test_a_large_network_is_shown_soundly_in_part(name: str, which: str, notation: str) -> None:
    done = shown(name, which, notation)
    assert all_faults(done) == []
    assert all(shot.end - shot.start < 20 for shot in done.shots)


def ends_of(name: str, which: str, notation: str) -> Ends:
    return ends(f"{name}-{which}-{notation}", lambda: shown(name, which, notation))


@pytest.mark.slow
@pytest.mark.parametrize(("which", "notation"), [("four", "letters"), ("photo", "numbers"), ("colours", "letters")])
@pytest.mark.parametrize(
    ("before", "after"), [("CompactEquationView", "NeuralNetworkView"), ("DenseNetworkView", "FamiliarDiagram")]
)
def test_the_next_clip_opens_with_the_last_picture(before: str, after: str, which: str, notation: str) -> None:
    assert jump(ends_of(before, which, notation).last, ends_of(after, which, notation).first)[1] == 0


@pytest.mark.parametrize("which", LARGE)
def test_what_is_shown_of_a_layer_is_complete(which: str) -> None:
    conv = LARGE[which]
    part, row = excerpt(conv), Numbers(conv).row
    assert part.pixels.rows <= MOST_ROWS
    assert part.results.indices[0] == 0
    assert len(part.results) >= 2
    touched = {p for r in part.results for p, w in enumerate(row[r]) if w >= 0}
    assert touched <= set(part.pixels)
    used = [w for r in part.results for w in row[r] if w >= 0]
    assert len(set(used)) < len(used), "no weight is shared by two edges"
    assert any(row[r][p] < 0 for r in part.results for p in part.pixels), "no zero would become an edge"
    assert [i for slot in part.pixels.slots for i in (slot if isinstance(slot, range) else [slot])] == list(
        range(conv.counts.pixels)
    )


def faults(spoil: Callable[[SparseNetwork], object]) -> list[str]:
    """What is said of a picture of the photo's network with something wrong in it."""

    def made() -> list[Mobject]:
        stage = SparseNetwork(Subject(PHOTO, "numbers"))
        spoil(stage)
        return [stage]

    return read(look_at(made), PHOTO).misplaced()


def test_a_network_in_part_is_sound() -> None:
    assert faults(lambda stage: None) == []


def test_missing_dots_are_seen() -> None:
    found = faults(lambda stage: stage.graph.remove(stage.graph.pixel_dots[1]))
    assert found == [f"{found[0].split(':')[0]}: 0 dots between the pixels 12 and 16"]


def test_a_missing_count_is_seen() -> None:
    (found,) = faults(lambda stage: stage.graph.remove(stage.graph.figures[1]))
    assert "nothing below the results says that they are 36" in found


def test_a_node_with_another_name_is_seen() -> None:
    def swap(stage: SparseNetwork) -> None:
        one, other = stage.graph.inputs[3].label, stage.graph.inputs[4].label
        places = one.get_center(), other.get_center()
        one.move_to(places[1])
        other.move_to(places[0])

    assert any("order [0, 1, 2, 4, 3" in fault for fault in faults(swap))


BARE = {
    "five by five": (Convolution(OTHER.integers(0, 10, (8, 8)), OTHER.integers(-9, 10, (5, 5)), bias=1), "numbers"),
    "colours": (Convolution(OTHER.integers(0, 10, (3, 5, 5)), OTHER.integers(-9, 10, (2, 3, 3, 3))), "letters"),
    "cut": (Convolution(OTHER.integers(0, 10, (3, 7, 7)), OTHER.integers(-9, 10, (1, 3, 5, 5))), "letters"),
}
"""Windows of more pixels than can have names."""


@pytest.mark.slow
@pytest.mark.parametrize("which", BARE)
@pytest.mark.parametrize("name", NETWORKS)
def test_of_a_large_window_names_go_first_then_parts(name: str, which: str) -> None:
    if (name, which) == ("NeuralNetworkView", "cut"):
        pytest.skip("it opens with image ∗ filter + b = result, in which so many weights cannot be read")
    conv, notation = BARE[which]
    assert all_faults(own_run(name, conv, notation)) == []


def test_a_bare_node_with_another_shade_is_seen() -> None:
    conv = BARE["five by five"][0]

    def made(spoilt: bool) -> list[Mobject]:
        stage = SparseNetwork(Subject(conv, "numbers"))
        values = conv.image.ravel()
        stage.graph.inputs[0].circle.set_fill("#808080" if spoilt else stage.graph.inputs[0].circle.get_fill_color())
        assert values[0] / values.max() != 0.5
        return [stage]

    assert read(look_at(lambda: made(False)), conv).misplaced() == []
    (found,) = read(look_at(lambda: made(True)), conv).misplaced()
    assert "the node of pixel 0 has the shade" in found
