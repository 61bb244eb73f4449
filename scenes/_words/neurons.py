"""What is said of a neuron and of a layer of them, and what stands there."""

from __future__ import annotations

from functools import cached_property

from cnnmath import Dense, activation
from cnnmath.activations import Kind
from scenes._words.activations import KNOWN, lower
from scenes._words.counting import count, counted
from scenes._words.dense_subject import DenseSubject
from scenes._words.digits import Number, number, relation
from scenes._words.figures import in_digits
from scenes._words.piece import Piece


class Neurons(DenseSubject):
    """A layer of neurons in numbers: their sums, and what an activation makes of them. The first is shown alone."""

    def __init__(self, layer: Dense, kind: Kind) -> None:
        super().__init__(layer, "numbers")
        self.kind = kind

    @cached_property
    def sums(self) -> list[Number]:
        """The neurons' sums."""
        return self._all_results

    def output(self, index: int) -> Piece:
        """What leaves a neuron."""
        value = activation(self.kind, float(self.sums[index].meant))
        return Piece(number(float(value)), ("activation", index))

    @property
    def sources(self) -> range:
        """The inputs."""
        return range(self.layer.counts.pixels)

    def product(self, index: int) -> Piece:
        """An input of the first neuron times its weight."""
        return Piece(self._products[index], ("product", index))

    @cached_property
    def _products(self) -> list[Number]:
        return [number(value) for value in self.layer.products(0).tolist()]

    def sum_pieces(self) -> list[Piece | str]:
        """The first neuron's products and its bias, added up."""
        terms = [*map(self.product, self.sources), self.bias(0)]
        pieces: list[Piece | str] = [terms[0]]
        for says, key in terms[1:]:
            assert isinstance(says, Number), "all of them are numbers"
            assert key, "all of them stand for something"
            if says[0] == "−":
                # Its sign stands in front of it, so what is left is another number.
                key = ("term", key[1]) if key[0] == "product" else ("added",)
                pieces += ["−", Piece(Number(says[1:], -says.shown, -says.meant), key)]
            else:
                pieces += ["+", Piece(says, key)]
        products = [[product] for product in self._products]
        sign = relation([*products, [number(self.layer.bias[0])]], self.sums[0])
        return [*pieces, sign, self.result(0)]


def neuron(neurons: Neurons) -> str:
    """What belongs to a neuron."""
    many = len(neurons.sources)
    if many == 1:
        return "A neuron takes a number. Its line has a weight, and the neuron has a bias."
    return f"A neuron takes {counted(many, 'number')}. Every line has a weight, and the neuron has a bias."


def summed(neurons: Neurons) -> str:
    """What a neuron does first."""
    if len(neurons.sources) == 1:
        return "The number is multiplied by the weight on its line, and the bias is added."
    return "Each number is multiplied by its line's weight. All is added up, with the bias."


def activated(neurons: Neurons) -> str:
    """What it does then."""
    before, after = neurons.sums[0], neurons.output(0).says
    known = KNOWN[neurons.kind]
    passes = f"{before} passes as it is" if str(before) == str(after) else f"{before} becomes {after}"
    return f"An activation passes the sum on: {lower(known.name)} {known.does}. {passes}."


def layer(neurons: Neurons) -> str:
    """Several of them."""
    many = neurons.layer.counts.results
    return f"{count(many).capitalize()} neurons that take the same numbers are a layer. Each has weights of its own."


def matrix() -> str:
    """The weights of a layer."""
    return "Its weights are a matrix: a row for each neuron, a column for each number."


def layer_figure(neurons: Neurons) -> str:
    """How many numbers a layer learns."""
    counts = neurons.layer.counts
    made = f"{in_digits(counts.results, 'row')} × {in_digits(counts.pixels, 'column')}"
    return f"{made} = {in_digits(counts.weights, 'weight')}, and {counts.results} biases"
