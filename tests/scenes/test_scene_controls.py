"""The checkers find faults that are planted: no test of the scenes is one that cannot fail."""

from collections import Counter
from collections.abc import Callable, Iterable

import numpy as np
import pytest
from colour_faults import wrong_borders, wrong_edges, wrong_inks, wrong_shades
from layout_faults import CHECKS, covered_texts, faint_shapes, faint_texts, outside, overlaps, too_small, undimmed
from manim import DOWN, RIGHT, UP, Line, Mobject, Square
from page_faults import figure_faults
from reading import Screen, miscounted, misspelt, same_outline, wrong_outlines
from screen import Run, Shot, fresh_outline, look_at, scene_class, shoot
from storyboard import Numbers

from cnnmath import EXAMPLE, symbols
from scenes._look.theme import theme
from scenes._mobjects.matrix import Matrix
from scenes._mobjects.text import symbol, words
from scenes._pictures.desk import Desk
from scenes._pictures.network_stages import SparseNetwork
from scenes._pictures.trio import ImageAlone, Trio
from scenes._words.subject import Subject

NAMES = Subject(EXAMPLE)
Make = Callable[[], Iterable[Mobject]]


def screen(make: Make, name: str = "dark") -> Screen:
    return Screen(look_at(make, name), EXAMPLE)


# Layout


def test_a_sound_picture_has_no_fault() -> None:
    shot = look_at(lambda: [SparseNetwork(NAMES)])
    assert [fault for check in CHECKS for fault in check(shot)] == []
    assert len(shot.texts) == 9 + 4 + 16 + 4 + 5 + 1


def test_outside() -> None:
    assert outside(look_at(lambda: [symbol("A").move_to(6.75 * RIGHT)]))
    assert outside(look_at(lambda: [Square(1).move_to(3.3 * UP)]))
    assert not outside(look_at(lambda: [Square(1).move_to(3.1 * UP)]))


def test_too_small() -> None:
    assert too_small(look_at(lambda: [symbol("A", size=0.32)]))
    assert too_small(look_at(lambda: [symbol("α", size=0.6).scale(0.5)]))
    assert not too_small(look_at(lambda: [symbol("A", size=0.33)]))


def test_overlaps() -> None:
    assert overlaps(look_at(lambda: [symbol("A"), symbol("B").shift(0.1 * RIGHT)]))
    assert overlaps(look_at(lambda: [symbol("0", size=1), symbol("α", size=0.33).move_to(symbol("0", size=1))]))
    assert overlaps(look_at(lambda: [words("two words"), words("more words").shift(0.2 * DOWN + 0.5 * RIGHT)]))
    assert not overlaps(look_at(lambda: [symbol("A"), symbol("B").shift(RIGHT)]))


def test_boxes_may_meet_where_outlines_do_not() -> None:
    def corner() -> list[Mobject]:
        a = symbol("A", size=1)
        return [a, symbol("α", size=0.4).move_to(a.get_corner(UP + RIGHT))]

    assert not overlaps(look_at(corner))


def test_dimmed() -> None:
    assert undimmed(look_at(lambda: [symbol("A").set_opacity(0.5)]))
    assert undimmed(look_at(lambda: [Square().set_stroke(opacity=0.5)]))
    assert not undimmed(look_at(lambda: [symbol("A"), symbol("B").set_opacity(0), Square()]))


@pytest.mark.parametrize("name", ["dark", "light"])
def test_faint(name: str) -> None:
    ground = {"dark": "#10131A", "light": "#FAFAF7"}[name]
    assert faint_texts(look_at(lambda: [symbol("A", color="#777777")], name)) or name == "light"
    assert faint_texts(look_at(lambda: [symbol("A", color="#7D7D7D")], name)) or name == "dark"
    assert faint_texts(look_at(lambda: [symbol("A", color=ground)], name))
    assert faint_shapes(look_at(lambda: [Square(stroke_color="#575757" if name == "dark" else "#9A9A9A")], name))
    assert not faint_shapes(look_at(lambda: [Square(stroke_color=theme().line)], name))


def test_faint_on_what_lies_behind() -> None:
    def on_own_colour() -> list[Mobject]:
        ink = theme().text
        return [Square(1, fill_color=ink, fill_opacity=1, stroke_width=0), symbol("A")]

    assert faint_texts(look_at(on_own_colour))
    half = look_at(lambda: [Square(1, fill_color=theme().text, fill_opacity=1).shift(0.5 * RIGHT), symbol("A", size=1)])
    assert faint_texts(half)


def test_covered() -> None:
    cover = look_at(lambda: [symbol("A"), Square(1, fill_opacity=1).set_z_index(9)])
    assert covered_texts(cover)
    assert covered_texts(look_at(lambda: [symbol("A"), Line([-1, 0.15, 0], [1, 0.15, 0])]))
    assert not covered_texts(look_at(lambda: [symbol("A"), Square(2)]))


# Reading


def test_a_wrong_symbol() -> None:
    def wrong() -> list[Mobject]:
        image = ImageAlone(NAMES)
        image.image.pixels[4].symbol.says = "F"
        return [image]

    assert misspelt(look_at(wrong), EXAMPLE, ())
    assert wrong_outlines(look_at(wrong))


def test_a_wrong_number() -> None:
    def wrong() -> list[Mobject]:
        return [symbol("3", ("pixel", 0)), symbol("−2", ("weight", 0))]

    assert len(misspelt(look_at(wrong), EXAMPLE, ("pixel", "weight"))) == 2
    assert misspelt(look_at(lambda: [symbol("A", ("pixel", 0))]), EXAMPLE, ("pixel",))


def test_a_morph_that_ends_in_another_shape() -> None:
    def morphed() -> list[Mobject]:
        glyph = symbol("A", ("pixel", 0))
        glyph.become(symbol("B", ("pixel", 1)))
        glyph.says = "A"
        return [glyph]

    assert wrong_outlines(look_at(morphed))
    assert wrong_outlines(look_at(lambda: [symbol("A", ("pixel", 0)).stretch(0.9, 0)]))
    assert wrong_outlines(look_at(lambda: [symbol("β", ("weight", 1)).rotate(0.1)]))


def test_no_two_symbols_have_the_same_outline() -> None:
    names = [symbols.pixel(i) for i in range(13)] + [symbols.result(i) for i in range(11)]
    names += [symbols.weight(i) for i in range(9)] + [symbols.same_result(0), symbols.pixel(13), *"0123456789b+="]
    alike = [(a, b) for i, a in enumerate(names) for b in names[:i] if same_outline(fresh_outline(a), fresh_outline(b))]
    assert alike == []


def test_miscounted() -> None:
    shot = look_at(lambda: [ImageAlone(NAMES)])
    n = Numbers(EXAMPLE)
    assert not miscounted(shot, n.all("pixel"))
    assert miscounted(shot, n.all("pixel") + n.all("bias"))
    assert miscounted(shot, n.all("pixel") - Counter([("pixel", 3)]))


def swapped(one: Mobject, other: Mobject) -> None:
    place = np.array(one.get_center())
    one.move_to(other)
    other.move_to(place)


def test_a_swapped_image() -> None:
    def wrong() -> list[Mobject]:
        image = ImageAlone(NAMES)
        swapped(image.image.pixels[0], image.image.pixels[1])
        return [image]

    assert screen(wrong).misplaced()
    assert not screen(lambda: [ImageAlone(NAMES)]).misplaced()


def test_a_transposed_filter() -> None:
    def wrong() -> list[Mobject]:
        trio = Trio(NAMES)
        swapped(trio.filter.grid.cells[1], trio.filter.grid.cells[2])
        return [trio]

    assert screen(wrong).misplaced()
    assert not screen(lambda: [Trio(NAMES)]).misplaced()


def test_a_filter_where_it_never_stands() -> None:
    def wrong() -> list[Mobject]:
        trio = Trio(NAMES)
        patch = trio.image.cover(0)
        swapped(patch[0][1], patch[3][1])
        return [trio, patch]

    assert screen(wrong).misplaced()


def matrix() -> tuple[Matrix, list[Mobject]]:
    made = Matrix(NAMES, 0.6)
    return made, [made, *made.header, *made.rows]


def test_a_matrix_entry_in_the_wrong_column() -> None:
    def wrong() -> list[Mobject]:
        made, parts = matrix()
        swapped(made.entry(1, 1), made.entry(1, 3))
        return parts

    assert screen(wrong).misplaced()
    sound = screen(lambda: matrix()[1])
    assert not sound.misplaced()
    assert len(sound.entries) == 36


def test_a_header_in_another_order() -> None:
    def wrong() -> list[Mobject]:
        made, parts = matrix()
        swapped(made.header[0], made.header[1])
        return parts

    assert screen(wrong).misplaced()


def test_an_edge_to_the_wrong_node() -> None:
    def wrong() -> list[Mobject]:
        network = SparseNetwork(NAMES)
        one, other = network.graph.edge(0, 0), network.graph.edge(3, 8)
        points = one.points.copy()
        one.points, other.points = other.points.copy(), points
        return [network]

    assert screen(wrong).misplaced()
    sound = screen(lambda: [SparseNetwork(NAMES)])
    assert not sound.misplaced()
    assert set(sound.edges) == Numbers(EXAMPLE).edges()
    assert len(sound.edge_labels()) == 16


def test_an_edge_that_ends_short() -> None:
    def wrong() -> list[Mobject]:
        network = SparseNetwork(NAMES)
        network.graph.edge(0, 0).scale(0.9)
        return [network]

    assert screen(wrong).misplaced()


def test_a_label_on_another_edge() -> None:
    def wrong() -> list[Mobject]:
        network = SparseNetwork(NAMES)
        labels = list(network.labels.values())
        swapped(labels[0], labels[1])
        return [network]

    assert screen(wrong).misplaced()


def test_an_equation_with_swapped_symbols() -> None:
    def wrong() -> list[Mobject]:
        desk = Desk(NAMES)
        swapped(desk.lines[1].weights[0], desk.lines[1].weights[1])
        return [desk]

    assert len(screen(wrong).missaid("sparse", range(4), dots=False, boxed=True)) == 1
    assert not screen(lambda: [Desk(NAMES)]).missaid("sparse", range(4), dots=False, boxed=True)
    assert screen(lambda: [Desk(NAMES)]).missaid("sparse", range(3), dots=False, boxed=True)


def test_a_sum_that_comes_to_something_else(run: Callable[[str, str], Run]) -> None:
    shot = run("EquationView", "dark").shot("sums")
    assert not Screen(shot, EXAMPLE).missummed()
    wrong = next(text for text in shot.symbols if text.key == ("product", 2, 1))
    kept, wrong.says = wrong.says, "99"
    try:
        assert len(Screen(shot, EXAMPLE).missummed()) == 1
    finally:
        wrong.says = kept


def test_a_wrong_figure() -> None:
    done = shoot(scene_class("TheImage"))
    assert not figure_faults(done)
    done.shots[0].of_kind("figure")[0].says = "3 × 3 = 10 pixels"
    assert len(figure_faults(done)) == 2, "the number is wrong, and so is the claim"
    done.shots[1].narration = "Four of them."
    assert len(figure_faults(done)) == 3


# Colours


def test_a_weight_in_another_colour() -> None:
    def ink() -> list[Mobject]:
        trio = Trio(NAMES)
        trio.filter.grid.cells[1].symbol.set_fill(theme().weight(2))
        return [trio]

    def border() -> list[Mobject]:
        trio = Trio(NAMES)
        trio.filter.grid.cells[1].box.set_stroke(theme().weight(2))
        return [trio]

    def edge() -> list[Mobject]:
        network = SparseNetwork(NAMES)
        network.graph.edge(0, 0).set_fill(theme().zero)
        return [network]

    assert len(wrong_inks(look_at(ink))) == 1
    assert len(wrong_borders(screen(border))) == 1
    assert len(wrong_edges(screen(edge))) == 1
    assert not wrong_edges(screen(lambda: [SparseNetwork(NAMES)], "light"))


def test_shades_that_do_not_follow_the_values(run: Callable[[str, str], Run]) -> None:
    shot: Shot = run("TheImage", "dark").shot("brightness")
    assert not wrong_shades(Screen(shot, EXAMPLE))
    assert wrong_shades(Screen(shot, type(EXAMPLE)(EXAMPLE.image[0].T, EXAMPLE.kernel)))
