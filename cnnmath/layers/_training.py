"""Training: stochastic gradient descent, and what is written down of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cnnmath import _read
from cnnmath.layers import _batches
from cnnmath.layers._conv import Conv2D
from cnnmath.layers._layer import Layer
from cnnmath.values import Floats


@dataclass(frozen=True)
class Plan:
    """How to train; raises TypeError for what is no number, and ValueError for one that is too small."""

    epochs: int
    learning_rate: float
    batch_size: int
    seed: int

    def __post_init__(self) -> None:
        """Read and check the numbers."""
        rate = _read.number("learning_rate", self.learning_rate)
        if rate <= 0:
            raise ValueError(f"learning_rate must be above 0; got {self.learning_rate!r}")
        object.__setattr__(self, "learning_rate", rate)
        for name, least in (("epochs", 1), ("batch_size", 1), ("seed", 0)):
            object.__setattr__(self, name, _read.whole(name, getattr(self, name), least))


@dataclass(frozen=True, eq=False)
class History:
    """How a training went, before its first step and after each epoch, as read-only arrays.

    `loss` and `accuracy`, (epochs + 1,), are measured on the images that were learned from, `validation_loss` and
    `validation_accuracy` on those that were not, where there were any (else None). `filters` holds for each
    convolutional layer, in their order, its kernel at these times: (epochs + 1, F, C, kh, kw).
    """

    loss: Floats
    accuracy: Floats
    filters: tuple[Floats, ...]
    validation_loss: Floats | None = None
    validation_accuracy: Floats | None = None

    @property
    def epochs(self) -> int:
        """How many times all images were learned from.

        >>> History(loss=np.zeros(3), accuracy=np.zeros(3), filters=()).epochs
        2
        """
        return len(self.loss) - 1


def fit(
    layers: Sequence[Layer], examples: _batches.Examples, plan: Plan, held_out: _batches.Examples | None
) -> tuple[Sequence[Layer], History]:
    """Train, and give the layers that came of it with the history; raises ValueError if the weights grow too large."""
    random = np.random.default_rng(plan.seed)
    record = _Record(examples, held_out)
    record.add(layers)
    for epoch in range(1, plan.epochs + 1):
        # What is too large shows below; until then it may overflow.
        with np.errstate(over="ignore", invalid="ignore"):
            layers = _epoch(layers, _shuffled(examples, random), plan)
            record.add(layers)
        if not record.is_finite(layers):
            raise ValueError(
                f"learning_rate is too large: in epoch {epoch} the weights grew without end; got {plan.learning_rate:g}"
            )
    return layers, record.history()


def _epoch(layers: Sequence[Layer], examples: _batches.Examples, plan: Plan) -> Sequence[Layer]:
    """Learn once from all images, batch by batch; the last batch may be smaller."""
    for start in range(0, len(examples.labels), plan.batch_size):
        chosen = slice(start, start + plan.batch_size)
        batch = _batches.Examples(examples.values[..., chosen], examples.labels[chosen], examples.classes)
        layers = _batches.stepped(layers, batch, plan.learning_rate)
    return layers


def _shuffled(examples: _batches.Examples, random: np.random.Generator) -> _batches.Examples:
    """Give the examples in another order."""
    # Only the generator's plain numbers stay the same in every version of NumPy; its own shuffling may change.
    order = np.argsort(random.random(len(examples.labels)), kind="stable")
    return examples._replace(values=np.take(examples.values, order, axis=-1), labels=examples.labels[order])


class _Record:
    """What becomes a History."""

    def __init__(self, examples: _batches.Examples, held_out: _batches.Examples | None) -> None:
        self._sets = [examples] if held_out is None else [examples, held_out]
        self._measured: list[list[float]] = []
        self._filters: list[list[Floats]] = []

    def add(self, layers: Sequence[Layer]) -> None:
        """Measure the layers as they are now."""
        self._measured.append([number for examples in self._sets for number in _batches.evaluation(layers, examples)])
        self._filters.append([layer.kernel for layer in layers if isinstance(layer, Conv2D)])

    def is_finite(self, layers: Sequence[Layer]) -> bool:
        """Tell whether the last loss and all parameters are finite. A ReLU may hide a weight that is not."""
        numbers = [np.array(self._measured[-1]), *(part for layer in layers for part in layer.parameters.values())]
        return all(np.isfinite(part).all() for part in numbers)

    def history(self) -> History:
        """Give all that was measured."""
        loss, accuracy, *others = (_read.freeze(column.copy()) for column in np.array(self._measured).T)
        filters = tuple(_read.freeze(np.array(kernels)) for kernels in zip(*self._filters, strict=True))
        return History(loss, accuracy, filters, *others)
