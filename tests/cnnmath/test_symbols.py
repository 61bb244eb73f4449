import pytest

from cnnmath import symbols

NAMES = [symbols.pixel, symbols.weight, symbols.result, symbols.same_result]


def test_the_alphabets():
    assert "".join(map(symbols.pixel, range(13))) == "ABCDEFGHJKLMN"
    assert "".join(map(symbols.weight, range(22))) == "αβγδεζηθκλμνξπρστυφχψω"
    assert "".join(map(symbols.result, range(11))) == "PQRSTUVWXYZ"
    assert [symbols.same_result(i) for i in (0, 8, 12, 13)] == ["A′", "J′", "N′", "A₁′"]


def test_subscripts_go_on_past_the_end():
    assert [symbols.pixel(13 * turn) for turn in (1, 2, 10, 123)] == ["A₁", "A₂", "A₁₀", "A₁₂₃"]
    assert [symbols.weight(i) for i in (22, 23, 44)] == ["α₁", "β₁", "α₂"]
    assert [symbols.result(i) for i in (11, 22)] == ["P₁", "P₂"]


def test_biases_are_numbered_only_if_there_are_several():
    assert symbols.bias(0) == "b"
    assert [symbols.bias(i, 12) for i in (0, 1, 11)] == ["b₁", "b₂", "b₁₂"]


def test_no_name_comes_twice():
    many = 2000
    names = [name(i) for name in NAMES for i in range(many)] + [symbols.bias(i, many) for i in range(many)]
    names.append(symbols.bias(0))
    assert len(set(names)) == len(names)


def test_no_name_looks_like_a_digit_or_another_letter():
    names = "".join(name(i) for name in NAMES for i in range(100))
    assert not set("IOιο") & set(names)


@pytest.mark.parametrize("name", [*NAMES, symbols.bias])
def test_a_negative_index_is_refused(name):
    with pytest.raises(ValueError, match="got -3"):
        name(-3)


@pytest.mark.parametrize("name", [*NAMES, symbols.bias])
def test_an_index_is_a_whole_number(name):
    with pytest.raises(TypeError):
        name(1.0)


def test_a_bias_beyond_the_filters_is_refused():
    with pytest.raises(ValueError, match="filters, 2; got 2"):
        symbols.bias(2, count=2)
