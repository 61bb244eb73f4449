"""From scores to probabilities, and how wrong a result is: losses and their gradients."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import log_softmax
from scipy.special import softmax as _softmax

from cnnmath import _read
from cnnmath.values import Floats, Ints, SoftmaxSteps


def softmax(logits: ArrayLike) -> Floats:
    """Make probabilities of logits, (…, classes): each e to its power, divided by their sum along the last axis.

    Goodfellow et al., Deep Learning (2016), equation 6.29. The largest logit is taken off first, so that no number is
    too large. Raises ValueError if the logits are empty, not finite or no array of at least one axis, and TypeError
    if they are no numbers.

    >>> softmax([1000, 1000]).tolist(), softmax([[0, -1000], [-1000, 0]]).tolist()
    ([0.5, 0.5], [[1.0, 0.0], [0.0, 1.0]])
    """
    read = _read.logits(logits)
    # Two logits may differ by more than the largest number; e to the power of less than that is 0 all the same.
    with np.errstate(over="ignore"):
        probabilities: Floats = _softmax(read, axis=-1)
    return probabilities


def softmax_steps(logits: ArrayLike) -> SoftmaxSteps:
    """Give what stands on the way from logits, (classes,), to probabilities: the powers of e, and their sum.

    Goodfellow et al., Deep Learning (2016), equation 6.29, as it is written. Raises as `softmax` does, and ValueError
    for several rows of logits, and for logits so large that their powers or the sum of them are no numbers.

    >>> steps = softmax_steps([0, 0, 0, 0])
    >>> steps.powers.tolist(), steps.total, steps.probabilities.tolist()
    ([1.0, 1.0, 1.0, 1.0], 4.0, [0.25, 0.25, 0.25, 0.25])
    """
    read = _read.logits(logits)
    if read.ndim != 1:
        raise ValueError(f"logits must be one row, (classes,), to show every step; got the shape {read.shape}")
    with np.errstate(over="ignore"):
        powers = np.exp(read)
        total = float(powers.sum())
    if not np.isfinite(total):
        raise ValueError(f"logits must be small enough for e to their power to be a number; got {read.max()}")
    return SoftmaxSteps(powers, total, softmax(read))


def cross_entropy(logits: ArrayLike, label: ArrayLike) -> Floats:
    """Give −ln of the probability that the logits give to the true class: the loss, one for each row of logits.

    Logits are (…, classes), labels (…): one whole number from 0 for one row of logits, an array of them for many.
    The loss of PyTorch's nn.CrossEntropyLoss(reduction="none") (Goodfellow et al., Deep Learning, 2016, equation
    6.30), however small the probability. Raises as `softmax` does, ValueError if a label is out of range or
    the labels' shape is not that of the rows, and TypeError if a label is no number.

    >>> float(cross_entropy([1000, 0, 0], label=0)), float(cross_entropy([1000, 0, 0], label=2))
    (0.0, 1000.0)
    >>> cross_entropy([[0, 0], [0, 0]], label=[0, 1]).round(4).tolist()
    [0.6931, 0.6931]
    """
    read = _read.logits(logits)
    return losses_and_gradients(read, _read.labels(label, read.shape))[0]


def cross_entropy_gradient(logits: ArrayLike, label: ArrayLike) -> Floats:
    """Give the gradient of each row's cross entropy at its logits: the probabilities, less 1 at the true class.

    The shape is that of the logits. Follows from the derivative of equation 6.30 of Goodfellow et al., Deep Learning
    (2016). Raises as `cross_entropy` does.

    >>> cross_entropy_gradient([0, 0], label=1).tolist()
    [0.5, -0.5]
    """
    read = _read.logits(logits)
    return losses_and_gradients(read, _read.labels(label, read.shape))[1]


def losses_and_gradients(logits: Floats, labels: Ints) -> tuple[Floats, Floats]:
    """Give cross entropy and its gradient at once, for logits and labels that are checked already.

    >>> [part.tolist() for part in losses_and_gradients(np.array([1000.0, 0.0]), np.array(1))]
    [1000.0, [1.0, -1.0]]
    """
    chosen = np.asarray(labels)[..., None]
    with np.errstate(over="ignore"):
        logarithms = log_softmax(logits, axis=-1)
    # A certain class would have the loss −0.
    losses = 0.0 - np.take_along_axis(logarithms, chosen, axis=-1)[..., 0]
    gradients = np.exp(logarithms)
    np.put_along_axis(gradients, chosen, np.take_along_axis(gradients, chosen, axis=-1) - 1, axis=-1)
    return losses, gradients


def squared_error(output: ArrayLike, target: ArrayLike) -> float:
    """Give half the sum of the squared differences between a result and what it should have been.

    The half makes the gradient the difference itself (Bishop, Pattern Recognition and Machine Learning, 2006,
    equation 5.11). Raises ValueError if the shapes differ or a number is not finite, and TypeError for no numbers.

    >>> squared_error([[12, 14], [21, -26]], target=[[10, 15], [20, -20]])
    21.0
    """
    return float((squared_error_gradient(output, target) ** 2).sum() / 2)


def squared_error_gradient(output: ArrayLike, target: ArrayLike) -> Floats:
    """Give the gradient of the squared error at the result: output less target, in their shape.

    Raises as `squared_error` does.

    >>> squared_error_gradient([[12, 14], [21, -26]], target=[[10, 15], [20, -20]]).tolist()
    [[2.0, -1.0], [1.0, -6.0]]
    """
    read = _read.array("output", output, copy=False)
    return read - _read.shaped("target", target, read.shape, "the output's")
