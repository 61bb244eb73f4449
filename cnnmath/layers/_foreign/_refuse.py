"""What cannot be read, said by name."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any


def need(name: str, said: str, given: Any, expected: Any, why: str = "") -> None:
    """Raise ValueError unless an attribute of a layer is the only one that has a meaning here.

    >>> need("conv1", "groups", 2, 1)
    Traceback (most recent call last):
    ...
    ValueError: conv1 has groups=2; expected groups=1, the only one here
    """
    if given != expected:
        raise ValueError(f"{name} has {said}={given!r}; expected {said}={expected!r}, {why or 'the only one here'}")


def unknown(name: str, kind: str, known: Iterable[str]) -> ValueError:
    """Give the error for a layer of a kind that has no counterpart.

    >>> str(unknown("up1", "Upsample", ["Conv2d", "ReLU"]))
    'up1 is a layer Upsample, which has no counterpart here; expected any of Conv2d, ReLU'
    """
    return ValueError(
        f"{name} is a layer {kind}, which has no counterpart here; expected any of {', '.join(sorted(known))}"
    )


def framework_class(thing: Any, *packages: str) -> type | None:
    """Give the class of a thing that a framework made, or the nearest one that its own class comes from.

    >>> framework_class(3, "torch") is None, framework_class(3, "builtins")
    (True, <class 'int'>)
    """
    for cls in type(thing).__mro__:
        if cls.__module__.partition(".")[0] in packages:
            return cls
    return None


def own_way(method: str, name: str, thing: Any, cls: type) -> None:
    """Raise ValueError if a thing's own class works otherwise than the framework's class that it comes from.

    >>> own_way("__abs__", "conv1", 3, int)
    """
    own = type(thing)
    if own is not cls and cls.__name__ not in ("Module", "Model") and getattr(own, method) is not getattr(cls, method):
        raise ValueError(
            f"{name} is a {own.__name__}, a {cls.__name__} with a {method} of its own, which says what it does"
        )


@contextmanager
def about(name: str) -> Iterator[None]:
    """Have errors of the block name the layer that they are about.

    >>> with about("conv1"):
    ...     raise ValueError("kernel must be finite")
    Traceback (most recent call last):
    ...
    ValueError: conv1: kernel must be finite
    """
    try:
        yield
    except (ValueError, TypeError) as error:
        if str(error).startswith((f"{name} ", f"{name}: ")):
            raise
        raise type(error)(f"{name}: {error}") from error


def extra(package: str, path: object) -> Any:
    """Import a package of the extra `models`. Raises ImportError, with the line that installs it, if it is missing."""
    try:
        return import_module(package)
    except ImportError as error:
        raise ImportError(
            f"{path}: reading it needs the package {package.partition('.')[0]}; in the project's folder, run: make "
            f"models (without make: pip install --no-deps -r requirements-models.txt)"
        ) from error
