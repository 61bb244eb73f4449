"""A network: layers one after the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from cnnmath import _read
from cnnmath.layers import _batches, _file, _training
from cnnmath.layers._foreign._networks import FromElsewhere
from cnnmath.layers._layer import Layer, Shape, written
from cnnmath.layers._pass import BoundLayer, Evaluation, NetworkGradients, Pass
from cnnmath.values import Floats, Ints


@dataclass(frozen=True, init=False, eq=False)
class Sequential(FromElsewhere):
    """A network of layers in a row, as in Keras and PyTorch. There is no softmax at its end: it gives logits.

    An image is (H, W) or (C, H, W), and where the first layer is dense a vector, (K,), too; a batch has one more axis
    in front. Immutable: a training gives another network. Raises TypeError for what is no layer, and ValueError if
    there is none, and for two layers that cannot follow each other, as far as that can be told without an image. What
    only an image shows raises when it comes; the message names both layers.

    >>> from cnnmath.layers import Activation, Conv2D
    >>> Sequential([Conv2D([[1, -1]]), Activation("relu")])
    Sequential(layers=(Conv2D(kernel (1, 1, 1, 2)), Activation('relu')))
    """

    layers: tuple[Layer, ...]

    def __init__(self, layers: Iterable[Layer]) -> None:
        """Read and check the layers; the class says which are taken."""
        read = tuple(layers)
        for number, layer in enumerate(read):
            if not isinstance(layer, Layer):
                raise TypeError(f"layers must be layers of cnnmath.layers; got {layer!r} for layer {number}")
        if not read:
            raise ValueError("layers must hold at least one layer; got none")
        object.__setattr__(self, "layers", read)
        self._shapes(None)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle through the constructor."""
        return type(self), (self.layers,)

    def __deepcopy__(self, memo: object) -> Self:
        """Give the network itself: nothing in it can change."""
        return self

    def output_shapes(self, shape: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
        """Give the shape of what comes out of each layer for an input of this shape, (C, H, W) or (K,).

        Raises ValueError if a layer cannot take what comes out of the one before it, and names both.

        >>> from cnnmath.layers import Conv2D, Flatten
        >>> Sequential([Conv2D([[1, -1]]), Flatten()]).output_shapes((1, 2, 3))
        ((1, 2, 2), (4,))
        """
        return self._shapes(shape)  # type: ignore[return-value]

    def count_params(self) -> int:
        """Count the numbers that a training changes.

        >>> from cnnmath.layers import Conv2D
        >>> Sequential([Conv2D([[1, -1]])]).count_params()
        3
        """
        return sum(layer.count_params() for layer in self.layers)

    # The way forward

    def __call__(self, image: ArrayLike) -> Pass:
        """Take one image through the layers, and give the pass with every bound layer in it.

        Raises ValueError if a layer cannot take what it gets, or a number of the image is not finite.

        >>> from cnnmath.layers import Conv2D, Flatten
        >>> Sequential([Conv2D([[1, -1]]), Flatten()])([[1, 2, 4]]).logits
        array([-1., -2.])
        """
        values = self._one(image)
        bound: list[BoundLayer] = []
        outputs: list[Floats] = []
        for layer in self.layers:
            bound.append(layer(values))
            values = _read.freeze(bound[-1].output())
            outputs.append(values)
        return Pass(tuple(bound), tuple(outputs))

    def logits(self, images: ArrayLike) -> Floats:
        """Give the logits of a batch, (N, classes).

        Raises ValueError if a layer cannot take what it gets, if there is no image, or a number is not finite.

        >>> from cnnmath.layers import Dense
        >>> Sequential([Dense([[1, 2], [3, 4]])]).logits([[5, 6], [0, 1]])
        array([[17., 39.],
               [ 2.,  4.]])
        """
        values = self._batch(images)
        return _batches.logits(self.layers, values, self._classes(values))

    def classify(self, images: ArrayLike) -> Ints:
        """Give the class of the largest logit for each image of a batch, (N,); of equals the first. Raises as `logits`.

        >>> from cnnmath.layers import Dense
        >>> Sequential([Dense([[1, 2], [3, 4]])]).classify([[5, 6], [0, -1]])
        array([1, 0])
        """
        classes: Ints = np.argmax(self.logits(images), axis=1)
        return classes

    def mistakes(self, images: ArrayLike, labels: ArrayLike) -> Ints:
        """Give the indices of the images that the network names wrongly, in their order. Raises as `evaluate` does.

        >>> from cnnmath.layers import Dense
        >>> Sequential([Dense([[1, 2], [3, 4]])]).mistakes([[5, 6], [0, -1]], labels=[1, 1])
        array([1])
        """
        logits = self.logits(images)
        return np.flatnonzero(np.argmax(logits, axis=1) != _read.labels(labels, logits.shape))

    def evaluate(self, images: ArrayLike, labels: ArrayLike) -> Evaluation:
        """Measure how the network does on images with their labels: mean cross entropy, and accuracy.

        Raises as `logits` does, and ValueError if there is not one label an image, or one is out of range.

        >>> from cnnmath.layers import Dense
        >>> evaluation = Sequential([Dense([[1, 2], [3, 4]])]).evaluate([[50, 60], [0, -10]], labels=[1, 1])
        >>> round(evaluation.loss, 3), evaluation.accuracy
        (10.0, 0.5)
        """
        return _batches.evaluation(self.layers, self._examples(images, labels))

    # The way back

    def gradients(self, image: ArrayLike, label: ArrayLike) -> NetworkGradients:
        """Give the gradients of the cross entropy of an image with its label, or of the mean over a batch with labels.

        One label, a whole number, makes it an image; labels, (N,), make it a batch. Raises as `evaluate` does.

        >>> from cnnmath.layers import Dense
        >>> gradients = Sequential([Dense([[1, 0], [3, 0]])]).gradients([0, 5], label=1)
        >>> round(gradients.loss, 4), gradients.layers[0].weights.tolist()
        (0.6931, [[0.0, 2.5], [0.0, -2.5]])
        """
        single = np.ndim(label) == 0
        given = (self._one(image)[None], np.array([label])) if single else (image, label)
        loss, back = _batches.backward(self.layers, self._examples(*given))
        layers = (
            layer._gradients(at_input[..., 0] if single else np.moveaxis(at_input, -1, 0), at_parameters)
            for layer, (at_input, at_parameters) in zip(self.layers, back, strict=True)
        )
        return NetworkGradients(loss, tuple(layers))

    def fit(
        self,
        images: ArrayLike,
        labels: ArrayLike,
        epochs: int,
        learning_rate: float,
        batch_size: int = 32,
        seed: int = 0,
        validation: tuple[ArrayLike, ArrayLike] | None = None,
    ) -> tuple[Self, _training.History]:
        """Train on images with their labels by stochastic gradient descent; give the trained network and its history.

        In each epoch all images are shuffled, and cut into batches; after each batch every parameter moves by
        −learning_rate times the gradient of the batch's mean cross entropy (Goodfellow et al., Deep Learning, 2016,
        algorithm 8.1). The last batch may be smaller; one of two or three images makes a wild step, which the history
        shows, so let batch_size divide their number. The same seed gives the same network. `validation`, images and
        labels that are not learned from, is measured beside.

        Raises as `evaluate` does, ValueError if epochs or batch_size is below 1, the seed below 0, or the learning
        rate not above 0, and if it is so large that the weights grow without end.

        >>> from cnnmath.layers import Dense
        >>> network = Sequential([Dense([[0, 0], [0, 0]])])
        >>> trained, history = network.fit([[1, 0], [0, 1]], labels=[1, 0], epochs=2, learning_rate=1)
        >>> history.accuracy.tolist(), trained.classify([[3, 2]]).tolist()
        ([0.5, 1.0, 1.0], [1])
        """
        data = self._examples(images, labels)
        plan = _training.Plan(epochs, learning_rate, batch_size, seed)
        held_out = None if validation is None else self._examples(*validation)
        layers, history = _training.fit(self.layers, data, plan, held_out)
        return type(self)(layers), history

    # Files

    def save(self, path: str | Path) -> None:
        """Write the network to a file, which `load` reads: an .npz of numpy arrays, no pickle, whole or not at all.

        Raises OSError if the file cannot be written.

        >>> import tempfile
        >>> from cnnmath.layers import Dense
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     Sequential([Dense([[1, 2]])]).save(f"{folder}/network.npz")
        ...     sorted(np.load(f"{folder}/network.npz"))
        ['0.bias', '0.weights', 'format', 'layers']
        """
        _file.save(Path(path), self.layers)

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Read a network from a file that `save` wrote.

        Raises OSError if the file cannot be read, and ValueError if it is no such file, or not a whole one.

        >>> import tempfile
        >>> from cnnmath.layers import Dense
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     Sequential([Dense([[1, 2]])]).save(f"{folder}/network.npz")
        ...     Sequential.load(f"{folder}/network.npz")
        Sequential(layers=(Dense(weights (1, 2)),))
        """
        with _file.reading(Path(path)) as layers:
            return cls(layers)

    # Inside: batches have their axis last

    def _one(self, image: ArrayLike) -> Floats:
        """Read one image, and check that all layers can take it."""
        values = _read.array("image", image)
        values = values[None] if values.ndim == 2 else values
        self._shapes(values.shape)
        return values

    def _batch(self, images: ArrayLike) -> Floats:
        """Read a batch, and check that all layers can take it."""
        values = _read.batch(images)
        self._shapes(values.shape[:-1])
        return values

    def _examples(self, images: ArrayLike, labels: ArrayLike) -> _batches.Examples:
        """Read a batch with its labels."""
        values = self._batch(images)
        classes = self._classes(values)
        return _batches.Examples(values, _read.labels(labels, (values.shape[-1], classes)), classes)

    def _classes(self, values: Floats) -> int:
        """Count the logits; raises ValueError if the last layer gives something else than a vector."""
        *_, last = self._shapes(values.shape[:-1])
        if last is None or len(last) != 1 or last[0] is None:
            raise ValueError(
                f"the last layer must give a vector of one logit a class, (classes,); layer {len(self.layers) - 1}, "
                f"{self.layers[-1]!r}, gives {written(last or ())}"
            )
        return last[0]

    def _shapes(self, shape: Shape | None) -> tuple[Shape | None, ...]:
        """Follow a shape, as far as it is known, through the layers."""
        shapes = []
        for number, layer in enumerate(self.layers):
            try:
                after = layer.output_shape(shape)
            except ValueError as error:
                before = f"layer {number - 1}, {self.layers[number - 1]!r}, which gives" if number else "an input of"
                raise ValueError(
                    f"layer {number}, {layer!r}, cannot follow {before} {written(shape or ())}: {error}"
                ) from error
            shapes.append(after)
            shape = after
        return tuple(shapes)
