"""Real handwritten digits, and a small network that reads them.

| name       | what it is                                                                              |
|------------|-----------------------------------------------------------------------------------------|
| `IMAGES`   | 1,797 digits, (1797, 1, 8, 8), each pixel from 0, paper, to 1, ink, in steps of 1/16     |
| `LABELS`   | which digit each is, (1797,), from 0 to 9                                               |
| `TRAINING` | the `Digits` to learn from, (images, labels): 1,442 of them                             |
| `TEST`     | the `Digits` that are not learned from: the other 357, spread evenly over each class   |
| `NETWORK`  | a `Sequential` trained on `TRAINING`: conv 3×3, 4 filters → relu → max pooling 2 → dense |
| `HISTORY`  | the `History` of that training, with the filters of every epoch, measured on `TEST`, too |

All are loaded when they are first asked for, and none can be changed. People who wrote for the test wrote for the
training, too: how well the network reads another hand, `TEST` does not tell.

`python -m cnnmath.digits` trains the network anew, in about two seconds, and writes the files that `NETWORK` and
`HISTORY` come from.

The digits are those of E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits (1998), UCI Machine
Learning Repository, https://doi.org/10.24432/C50P49, under CC BY 4.0; see SOURCE.md beside this file.

>>> from cnnmath import digits
>>> digits.IMAGES.shape, digits.LABELS[:5].tolist()
((1797, 1, 8, 8), [0, 1, 2, 3, 4])
>>> digits.NETWORK(digits.TEST.images[1]).label, digits.NETWORK.count_params()
(9, 410)
>>> digits.NETWORK.mistakes(*digits.TEST)[:3]
array([ 28,  99, 152])
"""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from cnnmath.digits._data import Digits, load_images, split
from cnnmath.digits._network import load_history, load_network, train

if TYPE_CHECKING:
    from cnnmath.layers import History, Sequential
    from cnnmath.values import Floats, Ints

    IMAGES: Floats
    LABELS: Ints
    TRAINING: Digits
    TEST: Digits
    NETWORK: Sequential
    HISTORY: History

__all__ = ["HISTORY", "IMAGES", "LABELS", "NETWORK", "TEST", "TRAINING", "Digits", "train"]

_LOADERS: dict[str, Callable[[], Any]] = {
    "IMAGES": lambda: load_images().images,
    "LABELS": lambda: load_images().labels,
    "TRAINING": lambda: split()[0],
    "TEST": lambda: split()[1],
    "NETWORK": load_network,
    "HISTORY": load_history,
}


@cache
def __getattr__(name: str) -> Any:
    """Load what is first asked for."""
    if name not in _LOADERS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _LOADERS[name]()


def __dir__() -> list[str]:
    """List what there is to ask for."""
    return [*globals(), *_LOADERS]
