"""What comes out of a network: for one image, and how well it does on many; and the way back."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from cnnmath.activations import Activated
from cnnmath.layers._flatten import Flattened
from cnnmath.linear import LinearLayer
from cnnmath.losses import softmax
from cnnmath.values import Floats

BoundLayer = LinearLayer | Activated | Flattened


@dataclass(frozen=True, eq=False)
class Pass:
    """One image's way through a network: each layer bound to what it got, and what came out of it.

    `layers` are the bound layers in their order (`Convolution`, `Activated`, `Pooling`, `Flattened`, `Dense`), and
    `outputs` what each gives, as read-only arrays.
    """

    layers: tuple[BoundLayer, ...]
    outputs: tuple[Floats, ...]

    @property
    def logits(self) -> Floats:
        """The scores that the last layer gives, (classes,), before softmax.

        Raises ValueError if what it gives is no vector.

        >>> from cnnmath.layers import Dense, Sequential
        >>> Sequential([Dense([[1, 2], [3, 4]])])([5, 6]).logits
        array([17., 39.])
        """
        last = self.outputs[-1]
        if last.ndim != 1:
            raise ValueError(f"logits must be a vector, (classes,); the last layer gives the shape {last.shape}")
        return last

    @property
    def probabilities(self) -> Floats:
        """The softmax of the logits, (classes,). Raises as they do.

        >>> from cnnmath.layers import Dense, Sequential
        >>> Sequential([Dense([[1, 2], [1, 2]])])([5, 6]).probabilities
        array([0.5, 0.5])
        """
        return softmax(self.logits)

    @property
    def label(self) -> int:
        """The class of the largest logit; of equals the first. Raises as the logits do.

        >>> from cnnmath.layers import Dense, Sequential
        >>> Sequential([Dense([[1, 2], [3, 4]])])([5, 6]).label
        1
        """
        return int(np.argmax(self.logits))


@dataclass(frozen=True, eq=False)
class NetworkGradients:
    """The gradients of a loss all through a network.

    `loss` is the cross entropy, of a batch its mean. `layers` holds for each layer what the bound layer's `backward`
    gives: first the gradient at its input (of a batch one for each image, its axis first), then those at its
    parameters, by name (of a batch the sum over the images).
    """

    loss: float
    layers: tuple[Any, ...]

    @property
    def input(self) -> Floats:
        """The gradient at what the network was given: (C, H, W), or (N, C, H, W) of a batch.

        >>> from cnnmath.layers import Dense, Sequential
        >>> Sequential([Dense([[1, 0], [3, 0]])]).gradients([0, 5], label=1).input
        array([-1.,  0.])
        """
        gradient: Floats = self.layers[0][0]
        return gradient


class Evaluation(NamedTuple):
    """How a network does on images: the mean cross entropy, and the share that it names rightly."""

    loss: float
    accuracy: float
