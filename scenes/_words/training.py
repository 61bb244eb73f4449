"""What is said of one step of learning, and what stands in each place of its pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from cnnmath import Convolution, symbols
from cnnmath.descent import Descent
from scenes._words.counting import count, counted, one_zero
from scenes._words.digits import Number, number, relation, to_places
from scenes._words.figures import in_digits
from scenes._words.piece import Piece

FINE = 4
"""Significant digits of weights and losses: one step changes the first three but little."""
_PLACES = 2
"""Digits after the point of results and of their differences, which are read beside each other."""
_MOST_SQUARES = 6
"""More of them are not written out."""


def fine(value: float) -> Number:
    """A weight or a loss."""
    return number(value, digits=FINE)


class Lesson:
    """One step of gradient descent in pieces, in numbers: what each says, and what it stands for."""

    def __init__(self, descent: Descent[Convolution]) -> None:
        self.descent, self.conv = descent, descent.layer

    def pixel(self, pixel: int) -> Piece:
        """A pixel."""
        return Piece(number(self.conv.image.flat[pixel]), ("pixel", pixel))

    def weight(self, weight: int) -> Piece:
        """A weight."""
        return Piece(fine(self.conv.kernel.flat[weight]), ("weight", weight))

    def name(self, weight: int) -> Piece:
        """A weight's letter."""
        return Piece(symbols.weight(weight), ("name", weight))

    def bias(self) -> Piece:
        """The bias."""
        return Piece(fine(self.conv.bias[0]), ("bias", 0))

    def bias_name(self) -> Piece:
        """The bias's letter."""
        return Piece(symbols.bias(0, 1), ("name", "bias"))

    def zero(self, result: int, pixel: int) -> Piece:
        """An untrainable zero."""
        return Piece("0", ("zero", result, pixel))

    def entry(self, result: int, pixel: int) -> Piece:
        """What stands in the matrix: a weight's value, or an untrainable zero."""
        weight = int(self.conv.sharing[result, pixel])
        return self.weight(weight) if weight >= 0 else self.zero(result, pixel)

    def letter(self, result: int, pixel: int) -> Piece:
        """The same with the weight's letter."""
        weight = int(self.conv.sharing[result, pixel])
        return self.name(weight) if weight >= 0 else self.zero(result, pixel)

    def result(self, result: int) -> Piece:
        """What the layer gives."""
        return Piece(to_places(self.conv.output().flat[result], _PLACES), ("result", result))

    def wanted(self, result: int) -> Piece:
        """What it should give."""
        return Piece(to_places(self.descent.target.flat[result], _PLACES), ("wanted", result))

    def error(self, result: int) -> Piece:
        """What it gives less what it should."""
        size = abs(self.conv.output().flat[result]) + abs(self.descent.target.flat[result])
        value = float(number(self.descent.differences.flat[result], size or None).meant)
        return Piece(to_places(value, _PLACES), ("error", result))

    def wish(self, result: int, pixel: int) -> Piece:
        """The gradient of one entry: the error of its row times the pixel of its column."""
        return Piece(number(self.descent.wishes[result, pixel]), ("wish", result, pixel))

    def gradient(self, weight: int) -> Piece:
        """The sum of a weight's wishes."""
        size = float(abs(self.descent.wishes[self.conv.sharing == weight]).sum())
        return Piece(number(self.descent.gradients.kernel.flat[weight], size or None), ("gradient", weight))

    def bias_gradient(self) -> Piece:
        """The sum of the errors."""
        size = float(abs(self.descent.differences).sum())
        return Piece(number(self.descent.gradients.bias[0], size or None), ("gradient", "bias"))

    @property
    def parameters(self) -> list[Piece]:
        """All weights, and the bias."""
        return [*map(self.weight, range(self.conv.counts.weights)), self.bias()]

    @property
    def gradients(self) -> list[Piece]:
        """Those of all weights, and of the bias."""
        return [*map(self.gradient, range(self.conv.counts.weights)), self.bias_gradient()]

    def places(self, weight: int) -> list[tuple[int, int]]:
        """Where a weight stands in the matrix: (result, pixel), in the order of the results."""
        found = zip(*(self.conv.sharing == weight).nonzero(), strict=True)
        return [(int(result), int(pixel)) for result, pixel in found]

    @property
    def used(self) -> list[int]:
        """The weights that stand in the matrix; one that only ever meets padding does not."""
        return [weight for weight in range(self.conv.counts.weights) if self.places(weight)]

    @property
    def told(self) -> int:
        """The weight whose sum is told slowly: the first one that stands in most places."""
        return max(self.used, key=lambda weight: len(self.places(weight)))

    @property
    def loss(self) -> Number:
        """Half the sum of the squared errors."""
        return fine(self.descent.loss)

    @cached_property
    def next(self) -> Lesson:
        """The same after the step."""
        return Lesson(self.descent.next())

    @property
    def twice(self) -> Lesson:
        """The same after a step that is twice as large."""
        return Lesson(Descent(self.conv, self.descent.target, 2 * self.descent.rate).next())

    def gradient_sum(self, weight: int | None) -> tuple[list[Piece], Piece]:
        """The wishes of a weight, or with None of the bias, and what they add up to."""
        if weight is None:
            return [self.error(r) for r in range(self.conv.counts.results)], self.bias_gradient()
        return [self.wish(*place) for place in self.places(weight)], self.gradient(weight)

    def step_of(self, weight: int) -> tuple[list[Piece], Piece]:
        """A weight, the rate, its gradient; and what the step makes of it."""
        rate = Piece(number(self.descent.rate, digits=FINE), ("rate",))
        before = Piece(self.weight(weight).says, ("before", weight))
        return [before, rate, self.gradient(weight)], self.next.weight(weight)


def numbers(pieces: Iterable[Piece]) -> list[Number]:
    """Their numbers."""
    return [piece.says for piece in pieces if isinstance(piece.says, Number)]


def sum_sign(terms: Sequence[Piece], total: Piece) -> str:
    """= or ≈ between a sum of numbers and what it comes to."""
    (value,) = numbers([total])
    return relation([[term] for term in numbers(terms)], value)


def product_sign(factors: Sequence[Piece], product: Piece) -> str:
    """The same for a product."""
    (value,) = numbers([product])
    return relation([numbers(factors)], value)


def step_sign(parts: Sequence[Piece], after: Piece) -> str:
    """The same for weight − rate · gradient."""
    weight, rate, gradient = numbers(parts)
    (value,) = numbers([after])
    return relation([[weight], [number(-1.0), rate, gradient]], value)


# What is said


def errors(lesson: Lesson) -> str:
    """What the layer gives, what it should, and their difference, the error."""
    return "What the layer gives, and what is wanted instead: their difference is the error."


def loss(lesson: Lesson) -> str:
    """What the loss is."""
    of = "its square" if lesson.conv.counts.results == 1 else "the sum of their squares"
    return f"Half {of} is the loss. To learn is to make it smaller."


def wishes() -> str:
    """What a wish is."""
    return "Every entry of the matrix has a wish: its row's error times its column's pixel. Learning goes against it."


def zeros(conv: Convolution) -> str:
    """The first rule."""
    return one_zero(
        conv,
        "First rule: the zeros are no weights. Whatever they wish is crossed out, so they stay zero.",
        "First rule: the zero is no weight. Whatever it wishes is crossed out, so it stays zero.",
    )


def shared(lesson: Lesson) -> str:
    """The second rule."""
    weight = lesson.told
    name, wished = lesson.name(weight).says, lesson.descent.wishes_of(weight)
    if len(wished) == 1:
        return f"{name} stands in one place only, so its gradient is the wish of that place."
    rule = "Second rule" if lesson.conv.counts.zeros else "One rule"
    pull = "They pull in different directions" if wished.min() < 0 < wished.max() else "Each has a wish of its own"
    return f"{rule}: {name} is one weight in {count(len(wished))} places. {pull}, so their wishes are added up."


def others(lesson: Lesson) -> str:
    """The other sums."""
    others = "The same for the other weights. " if len(lesson.used) > 1 else ""
    added = "it is the error itself" if lesson.conv.counts.results == 1 else "the errors themselves are added up"
    return f"{others}For the bias, {added}."


def step(lesson: Lesson) -> str:
    """One step of gradient descent."""
    rate = number(lesson.descent.rate, digits=FINE)
    return f"Each sum is a gradient. One step against it: every weight loses {rate} times its gradient."


def copies(lesson: Lesson) -> str:
    """Where the places take their values from."""
    conv, many = lesson.conv, len(lesson.places(lesson.told))
    name = lesson.name(lesson.told).says
    equal = f"the {count(many)} {name} stay equal" if many > 1 else ""
    stay = one_zero(conv, "the zeros stay zero", "the zero stays zero") if conv.counts.zeros else ""
    why = " and ".join(filter(None, (equal, stay)))
    return "Every place takes its new value from the filter" + (f", so {why}." if why else ".")


def better(lesson: Lesson) -> str:
    """What one step, and one twice as large, make of the loss."""
    before, after, twice = lesson.loss, lesson.next.loss, lesson.twice.loss
    moved = f"The results move, and the loss {_goes(lesson.descent.loss, lesson.next.descent.loss)} from {before} to "
    said = f"{moved}{after}."
    if is_too_large(lesson):
        return f"{said} Twice the rate would be too much: {twice}."
    return said


def _goes(before: float, after: float) -> str:
    return "falls" if after < before else "rises" if after > before else "goes"


def more(lessons: Sequence[Lesson]) -> str:
    """Many steps; `lessons` are all of them."""
    done = len(lessons) - 2
    losses = [lesson.descent.loss for lesson in lessons]
    steadily = all(after < before for before, after in pairwise(losses[1:]))
    goes = "falls step by step to" if steadily else "ends at"
    which = f"{count(done).capitalize()} more step{'' if done == 1 else 's'} by the same rules"
    return f"{which}: the loss {goes} {lessons[-1].loss}."


def dense(lesson: Lesson) -> str:
    """What becomes of a dense layer without the rules."""
    what = ", and ".join(filter(None, (_filled(lesson), _drifted(lesson))))
    rules = "no such rules" if lesson.conv.counts.zeros and lesson.conv.shares_weights else "no such rule"
    return f"A dense layer has {rules}: {what or 'here, it learns the same'}."


def _filled(lesson: Lesson) -> str:
    """How many of the zeros have filled; a pixel that is 0 wishes nothing."""
    conv = lesson.conv
    zeros = conv.counts.zeros
    filled = int((lesson.descent.wishes[conv.sharing < 0] != 0).sum())
    if not filled:
        return ""
    if zeros == 1:
        return "its zero has filled"
    which = "all its" if filled == zeros else f"{count(filled)} of its"
    return f"{which} {count(zeros)} zeros {'has' if filled == 1 else 'have'} filled"


def _drifted(lesson: Lesson) -> str:
    """Whether copies of a weight are equal no more."""
    wished = [lesson.descent.wishes_of(weight) for weight in lesson.used]
    shared = [wishes for wishes in wished if len(wishes) > 1]
    apart = [wishes for wishes in shared if wishes.min() < wishes.max()]
    if not apart:
        return ""
    if len(apart) < len(shared):
        return "some copies have drifted apart"
    return "the copies have drifted apart"


def is_dense_already(lesson: Lesson) -> bool:
    """Whether there is no rule to speak of: no zero, and no weight in two places."""
    return not lesson.conv.counts.zeros and not lesson.conv.shares_weights


def answer(lesson: Lesson) -> str:
    """The clip in one line."""
    if not lesson.conv.shares_weights:
        return "One weight, one place: its gradient is what that place wishes."
    return "One weight, many places: its gradient is the sum over all of them."


# Titles and key figures


def places_title(lesson: Lesson) -> str:
    """The title of the heart of the clip."""
    many = len(lesson.places(lesson.told))
    if many == 1:
        return "One place, one wish"
    return f"{count(many).capitalize()} places, {counted(many, 'wish').replace('wishs', 'wishes')}, one weight"


def loss_figure(lesson: Lesson) -> str:
    """How the loss is worked out."""
    differences = lesson.descent.differences.ravel().tolist()
    squares = [number(value * value) for value in differences]
    if len(squares) > _MOST_SQUARES:
        return f"loss: half the sum of {len(squares)} squares = {lesson.loss}"
    half = relation([[square, number(0.5)] for square in squares], lesson.loss)
    return f"loss: half of {' + '.join(squares)} {half} {lesson.loss}"


def wishes_figure(lesson: Lesson) -> str:
    """How many wishes there are."""
    entries, zeros = lesson.conv.counts.entries, lesson.conv.counts.zeros
    made = f"{entries} {'wish' if entries == 1 else 'wishes'}"
    return f"{made}, {zeros} of them by {'a zero' if zeros == 1 else 'zeros'}" if zeros else made


def counted_figure(lesson: Lesson) -> str:
    """How many wishes count."""
    zeros, taps = lesson.conv.counts.zeros, lesson.conv.counts.taps
    return f"{zeros} {'wish' if zeros == 1 else 'wishes'} crossed out, {taps} {'counts' if taps == 1 else 'count'}"


def sums_figure(lesson: Lesson) -> str:
    """How many sums the wishes make."""
    taps = lesson.conv.counts.taps
    return f"{taps} {'wish' if taps == 1 else 'wishes'}, {in_digits(len(lesson.used), 'weight')}"


def rate_figure(lesson: Lesson) -> str:
    """The learning rate."""
    return f"learning rate {number(lesson.descent.rate, digits=FINE)}"


def is_too_large(lesson: Lesson) -> bool:
    """Whether the step makes the loss smaller, and one that is twice as large does not."""
    return lesson.next.descent.loss < lesson.descent.loss < lesson.twice.descent.loss


def loss_figure_after(lesson: Lesson) -> str:
    """The loss before and after the step."""
    return f"loss {lesson.loss} → {lesson.next.loss}"


def falling_figure(lesson: Lesson) -> str:
    """The same, and after a step that is twice as large."""
    rate = number(2 * lesson.descent.rate, digits=FINE)
    return f"{loss_figure_after(lesson)}, with rate {rate} → {lesson.twice.loss}"


def end_figure(lessons: Sequence[Lesson]) -> str:
    """The loss before the first step and after the last one."""
    return f"loss {lessons[0].loss} → {lessons[-1].loss} in {in_digits(len(lessons) - 1, 'step')}"


def answer_figure(lesson: Lesson) -> str:
    """The clip in one line."""
    return answer(lesson)[:-1].replace("One", "one", 1)


def answer_title(lesson: Lesson) -> str:
    """What the last still is about."""
    return "Why copies stay equal" if lesson.conv.shares_weights else "Why zeros stay zero"
