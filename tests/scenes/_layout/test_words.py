"""What each word of a description does, and whole pictures as the scenes have them."""

from itertools import pairwise

import pytest

from scenes._layout import (
    Box,
    DoesNotFitError,
    Layout,
    Part,
    Room,
    Size,
    between,
    block,
    column,
    first_of,
    label,
    longest,
    row,
    sketch,
    solve,
    space,
    stack,
    table,
)
from scenes._layout.measuring import extent
from scenes._layout.parts import Side

WIDE, SQUARE, TALL = Room(13.5, 5.3), Room(7.3, 5.0), Room(7.3, 10.3)


def tops(layout: Layout) -> list[float]:
    return [round(box.top, 9) for box in layout.boxes.values()]


def bottoms(layout: Layout) -> list[float]:
    return [round(box.bottom, 9) for box in layout.boxes.values()]


def test_a_row_is_aligned_at_its_top_its_middle_its_bottom_or_its_line():
    low, high = block("low", 1, (1.0, 0.2)), block("high", 1, (2.0, 1.0))
    room = Room(4, 4)
    assert len(set(tops(solve(row(low, high, align="start"), room)))) == 1
    assert len(set(bottoms(solve(row(low, high, align="end"), room)))) == 1
    centred = solve(row(low, high), room)
    assert centred["low"].y == centred["high"].y
    level = solve(row(low, high, align="line"), room)
    assert level["low"].top - 1.0 == pytest.approx(level["high"].top - 2.0)
    hanging = block("hanging", 1, (0.5, 2.0))
    below = solve(column(row(low, hanging, high, align="line"), block("below", 1, 1)), Room(4, 6))
    assert below["below"].top == pytest.approx(below["hanging"].bottom)
    assert below["high"].top - below["below"].bottom == pytest.approx(5.0)


def test_a_column_is_aligned_left_and_right():
    parts = [block("a", 1, 1), block("b", 3, 1)]
    left, right = (solve(column(*parts, align=align), Room(4, 4)) for align in ("start", "end"))
    assert left["a"].left == left["b"].left
    assert right["a"].right == right["b"].right
    with pytest.raises(ValueError, match="in a row"):
        column(*parts, align="line")


def test_words_of_a_row_stand_on_one_line_and_what_they_name_is_level():
    parts = [label(block(name, 1, tall), block(f"{name} word", 1, 0.3), gap=0.2) for name, tall in (("a", 1), ("b", 3))]
    layout = solve(row(*parts, row(label(block("c", 1, 2), block("c word", 1, 0.3), gap=0.2))), Room(6, 6))
    assert layout["a"].y == layout["b"].y == layout["c"].y
    assert layout["a word"].top == layout["b word"].top == layout["c word"].top
    assert layout["a word"].top == pytest.approx(layout["b"].bottom - 0.2)


def test_words_stand_on_one_line_also_at_the_end_of_a_column():
    def word(name: str) -> Part:
        return block(name, 1, 0.3)

    below = column(block("a", 1, 1), label(block("b", 1, 1), word("b word"), gap=0.2), gap=0.5)
    above = column(label(block("d", 1, 1), word("d word"), "above", gap=0.2), block("e", 1, 1), gap=0.5)
    layout = solve(row(below, label(block("c", 1, 4), word("c word"), gap=0.2)), Room(6, 6))
    assert layout["b word"].top == pytest.approx(layout["c word"].top)
    layout = solve(row(above, label(block("c", 1, 4), word("c word"), "above", gap=0.2)), Room(6, 6))
    assert layout["d word"].top == pytest.approx(layout["c word"].top)


@pytest.mark.parametrize("side", ["above", "below"])
def test_words_between_the_parts_of_a_column_take_room_from_its_gaps(side: Side):
    named = (label(block(name, 1, 1), block(f"{name} word", 1, 0.5), side, gap=0.25) for name in "abc")
    layout = solve(column(*named, gap=between(0.1, 5.0)), Room(3, 8))
    whole = [(max(box.top, word.top), min(box.bottom, word.bottom)) for box, word in words_of(layout)]
    free = [upper[1] - lower[0] for upper, lower in pairwise(whole)]
    # As much above the first and below the last one as between two of them.
    assert free == pytest.approx([4.0 - whole[0][0]] * 2)
    assert free == pytest.approx([4.0 + whole[2][1]] * 2)


def words_of(layout: Layout) -> list[tuple[Box, Box]]:
    return [(layout[name], layout[f"{name} word"]) for name in "abc"]


def test_a_size_stops_at_its_largest_where_room_is_left_by_a_hair():
    cell = Size("cell", most=1.0)
    for room in (3.0, 3.001, 3.01, 4.0):
        assert solve(block("image", 3 * cell, cell), Room(room, 2)).size(cell) == 1.0
    assert solve(block("image", 3 * cell, cell), Room(2.997, 2)).size(cell) == pytest.approx(0.999)


@pytest.mark.parametrize("side", ["above", "below", "left", "right"])
def test_a_word_stands_at_its_side(side: Side):
    layout = solve(label(block("a", 2, 2), block("word", 1, 0.5), side, gap=0.25), Room(6, 6))
    a, word = layout["a"], layout["word"]
    apart = {
        "above": word.bottom - a.top,
        "below": a.bottom - word.top,
        "left": a.left - word.right,
        "right": word.left - a.right,
    }
    assert apart[side] == pytest.approx(0.25)
    assert (a.x == word.x) == (side in ("above", "below"))


def test_what_is_left_goes_to_what_stretches_and_then_to_the_gaps():
    parts = [block("a", 1, 1), block("sums", between(1, 4), 1), block("b", 1, 1)]
    layout = solve(row(*parts, gap=between(0.5, 2.0)), Room(5, 2))
    assert layout["sums"].wide == pytest.approx(2.0)
    assert layout["b"].right - layout["a"].left == pytest.approx(5.0)
    layout = solve(row(*parts, gap=between(0.5, 2.0)), Room(10, 2))
    assert layout["sums"].wide == 4.0
    assert layout["sums"].left - layout["a"].right == pytest.approx(1.0)
    assert layout["a"].left == pytest.approx(-4.0)


def test_a_gap_for_each_pair_and_room_in_which_nothing_stands():
    layout = solve(row(block("a", 1, 1), space(2), block("b", 1, 1), gap=[0.5, 1.0]), Room(9, 2))
    assert layout["b"].left - layout["a"].right == pytest.approx(3.5)
    assert list(layout) == ["a", "b"]
    with pytest.raises(ValueError, match="expected 1"):
        row(block("a", 1, 1), block("b", 1, 1), gap=[0.5, 1.0])


def test_a_stack_lies_on_top_of_each_other_in_a_corner():
    layout = solve(stack(block("cell", 2, 2), block("mark", 0.5, 0.5), across="start", down="start"), Room(4, 4))
    assert (layout["mark"].left, layout["mark"].top) == (layout["cell"].left, layout["cell"].top)


def test_a_table_has_columns_and_rows():
    def places(stop: int) -> list[Part]:
        return [block(f"{kind} {stop}", side, side) for kind, side in (("filter", 1.0), ("image", 2.0))]

    lines = list(zip(*(places(stop) for stop in range(3)), strict=True))
    words = [block("word", 1.5, 0.5), None]
    layout = solve(table(*([word, *line] for word, line in zip(words, lines, strict=True)), apart=0.25), Room(12, 5))
    assert layout["filter 1"].x == layout["image 1"].x
    assert layout["filter 0"].y == layout["filter 2"].y == layout["word"].y
    assert layout["image 1"].left - layout["image 0"].right == pytest.approx(0.25)
    with pytest.raises(ValueError, match="equally many"):
        table([None], [None, None])


def test_sizes_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="there is none such"):
        Size("cell", 2.0, 1.0)
    with pytest.raises(ValueError, match="not negative"):
        block("a", -1, 1)
    with pytest.raises(ValueError, match="not negative"):
        -1 * Size("cell")
    with pytest.raises(ValueError, match="called 'a'"):
        solve(row(block("a", 1, 1), block("a", 1, 1)), WIDE)
    with pytest.raises(ValueError, match="at least one"):
        first_of()
    with pytest.raises(ValueError, match="before one is chosen"):
        extent(first_of(block("a", 1, 1)), 0)


def test_what_must_be_readable_makes_cells_as_large_as_that():
    cell, entry = Size("cell", most=2.0), Size("entry", most=0.3)
    image = block("image", 3 * cell, 3 * cell, reads={"−12": 0.5 * cell})
    matrix = block("matrix", 9 * entry, 4 * entry, reads={"α": 0.8 * entry})
    layout = solve(row(image, matrix, gap=0.2), Room(6.0, 5), readable=0.33)
    assert 0.5 * layout.size(cell) >= 0.33
    # Larger than it need be, as it could not be read otherwise.
    assert layout.size(entry) == pytest.approx(0.33 / 0.8)
    with pytest.raises(DoesNotFitError) as refused:
        solve(row(image, matrix, gap=0.2), Room(5.6, 5), readable=0.33)
    error = refused.value
    assert (error.block, error.along, error.size) == ("matrix", "width", "entry")
    assert (error.label, error.reader, error.needed) == ("α", "matrix", pytest.approx(0.4125))
    assert "'matrix' takes the width: entry would be 0.3" in str(error)


def test_a_text_of_a_fixed_size_is_readable_or_refused():
    with pytest.raises(DoesNotFitError, match=r"0\.300 em large; at least 0\.330") as refused:
        solve(block("words", 2, 1, reads={"image": 0.3}), WIDE, readable=0.33)
    assert (refused.value.block, refused.value.got, refused.value.needed) == ("words", 0.3, 0.33)
    cell = Size("cell", most=0.2)
    # Cells may be smaller: this one text does not get smaller with them.
    solve(block("words", 2 * cell, 1, reads={"image": longest(0.5 * cell, 0.4)}), WIDE, readable=0.33)
    with pytest.raises(ValueError, match="multiple of one size"):
        solve(block("words", 2, 1, reads={"image": cell + 0.1}), WIDE, readable=0.33)


def test_what_is_fixed_and_too_large_is_named():
    with pytest.raises(
        DoesNotFitError, match=r"the height is 5\.30; .poster. and what stands with it take 6\.00"
    ) as refused:
        solve(column(block("poster", 1, 5.5), space(0, 0.5)), WIDE)
    assert (refused.value.block, refused.value.size) == ("poster", None)


def test_labels_go_first_then_numbers_become_shades():
    """The same alternatives, chosen once, wherever the image stands."""
    cell = Size("cell", most=1.5)
    image = first_of(
        block("image", 8 * cell, 8 * cell, reads={"255": 0.45 * cell}, look="numbers"),
        block("image", 8 * cell, 8 * cell, look="shades"),
        near=0,
    )
    picture = first_of(row(image, block("result", 6 * cell, 6 * cell)), column(image, block("result", 2, 1)))
    assert solve(picture, WIDE, readable=0.33)["image"].look == "shades"
    assert solve(column(image), Room(7, 7), readable=0.33)["image"].look == "numbers"
    assert "result" in solve(picture, WIDE)
    assert "bias" not in solve(picture, WIDE)


def test_readable_weights_beside_a_large_image():
    """Keep this readable, shrink that; where all can be as large, all are."""
    cell = Size("cell", most=1.6)
    weight = longest(cell, 0.62)
    picture = row(block("filter", 2.4 * weight, 3.6 * weight), block("image", 28 * cell, 28 * cell), gap=0.4)
    layout = solve(picture, WIDE)
    assert layout.size(weight) == 0.62
    assert layout.size(cell) == pytest.approx(5.3 / 28)
    small = row(block("filter", 2.4 * weight, 3.6 * weight), block("image", 3 * cell, 3 * cell), gap=0.4)
    assert solve(small, WIDE).size(weight) == solve(small, WIDE).size(cell) == pytest.approx(5.3 / 3.6)


def test_boxed_lines_lose_terms_until_they_can_be_read():
    """A line's cells are as wide as their texts need; of the alternatives the first fits that leaves least out."""
    side = Size("side", most=0.72)

    def lines(terms: int) -> Part:
        wide = terms * (longest(side, 0.5) + longest(side, 0.6) + 0.82 * side) + 2 * longest(side, 0.7)
        return column(*(block(f"line {k}", wide, side, reads={"A": 0.8 * side}) for k in range(4)), gap=0.3 * side)

    picture = first_of(*(lines(terms) for terms in range(9, 1, -1)), near=0)
    wide, square = (solve(picture, room, readable=0.33) for room in (WIDE, SQUARE))
    assert square["line 0"].wide <= 7.3 < wide["line 0"].wide
    assert square.size(side) >= 0.33 / 0.8


def product(rows: int, columns: int) -> Part:
    """W × pixels + b = results; in a room that is higher than wide the line breaks behind W."""
    entry, pixel = Size("entry", most=0.75), Size("pixel", most=0.75)
    signs = [block(sign, 0.5, 0.5) for sign in "×+="]
    matrix, vector = block("W", columns * entry, rows * entry), block("pixels", pixel, columns * pixel)
    biases, results = (block(name, entry, rows * entry) for name in ("b", "results"))
    rest = (signs[0], vector, signs[1], biases, signs[2], results)
    return first_of(
        row(matrix, *rest, gap=between(0.12, 0.3)),
        tall=[column(matrix, row(*rest, gap=0.3), gap=0.6)],
    )


def test_a_matrix_product_breaks_behind_the_matrix_in_a_tall_room():
    wide, tall = solve(product(4, 9), WIDE), solve(product(4, 9), TALL)
    assert wide["W"].y == pytest.approx(wide["pixels"].y)
    assert tall["W"].bottom > tall["pixels"].top
    assert wide["W"].wide == pytest.approx(9 * 0.75)
    assert wide["pixels"].tall == pytest.approx(5.3)


def test_the_same_numbers_come_out_on_every_machine():
    """To the last bit: only + − × ÷ decide."""
    found = [[side.hex() for side in solve(product(4, 9), room).sizes.values()] for room in (WIDE, SQUARE, TALL)]
    assert found == [
        ["0x1.8000000000000p-1", "0x1.2d82d82d82d83p-1"],
        ["0x1.b17e4b17e4b17p-2", "0x1.b17e4b17e4b17p-2"],
        ["0x1.7e07e07e07e09p-1", "0x1.7e07e07e07e09p-1"],
    ]


def test_a_picture_can_be_seen_in_a_terminal():
    drawn = sketch(solve(row(block("a", 2, 2), block("b", 4, 1)), Room(8, 2)), Room(8, 2), rows=4)
    assert drawn.splitlines() == [
        "    +------+",
        "    |      |+--------------+",
        "    |  a   |+------b-------+",
        "    +------+",
    ]


def test_a_size_that_may_be_nothing_is_not_to_blame():
    nothing, something = Size("nothing", most=0.0), Size("something", 0.4, 0.4)
    picture = column(block("first", 0.1, something), block("second", 0.1, nothing + 0.3))
    with pytest.raises(DoesNotFitError) as refused:
        solve(picture, Room(0.5, 0.5))
    assert (refused.value.block, refused.value.size) == ("first", "something")
