"""YAML that remembers where everything stands, takes numbers as people write them, and sees keys that stand twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import yaml

from renders.lecture.characters import BLANK, MINUS, plain
from renders.lecture.not_yaml import NotReadError, check_characters, explained

Place = tuple[int | str, ...]
"""Where something stands in the data: indices of lists, keys of mappings."""


MOST_TEXT = 500_000
"""Characters: of images as large as any scene shows there are some hundred in so long a file."""
MOST_VALUES = 500_000
"""What a file stands for, each alias counted as all that it stands for."""
MOST_NESTED = 50
"""Lists and mappings in each other."""
MOST_DIGITS = 400
"""Of a number; the largest that a float holds has 309."""


_SIGN = f"[-+{MINUS}]"
_AROUND = f"[{BLANK}]*"
_FIRST = f"-+0123456789{MINUS}{BLANK}"
_SCALARS = (
    ("tag:yaml.org,2002:null", r"(?:~|null|Null|NULL|)$", "~nN\0"),
    ("tag:yaml.org,2002:bool", r"(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("tag:yaml.org,2002:merge", r"<<$", "<"),
    ("!whole", rf"{_AROUND}{_SIGN}?[0-9]+{_AROUND}$", _FIRST),
    ("!fraction", rf"{_AROUND}{_SIGN}?[0-9]+/0*[1-9][0-9]*{_AROUND}$", _FIRST),
    ("!float", rf"{_AROUND}{_SIGN}?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE]{_SIGN}?[0-9]+)?{_AROUND}$", _FIRST + "."),
)


def _fraction(text: str) -> float:
    over, under = text.split("/")
    return int(over) / int(under)


def _number(read: Callable[[str], int | float]) -> Callable[[yaml.SafeLoader, yaml.ScalarNode], Any]:
    """Read a number; one of absurd length, and a fraction too large for a float, stay text, which is no number."""

    def made(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int | float | str:
        text = str(loader.construct_scalar(node))
        try:
            return read(plain(text)) if len(text) <= MOST_DIGITS else text
        except (OverflowError, ZeroDivisionError):
            return text

    return made


def loader_of(reader: type[Any]) -> type[Any]:
    """Make PyYAML take its own types less their traps.

    1e-3 and 1/9 are numbers, also with a minus sign that is no hyphen; `on`, `no`, 010, 1:30 and dates are what they
    say.
    """
    made: type[Any] = type("_Loader", (reader,), {"yaml_implicit_resolvers": {}})
    for tag, pattern, first in _SCALARS:
        made.add_implicit_resolver(tag, re.compile(pattern), ["" if c == "\0" else c for c in first])
    for tag, read in (("!whole", int), ("!float", float), ("!fraction", _fraction)):
        made.add_constructor(tag, _number(read))
    return made


_Loader = loader_of(getattr(yaml, "CSafeLoader", yaml.SafeLoader))
"""The reader in C takes a fifth of the time, where there is one."""


class Twice(NamedTuple):
    """A key that stands twice in one mapping: its place, and the line of the second."""

    place: Place
    line: int


class Document:
    """What a YAML text says, and on which lines. Raises NotReadError for what is no YAML, or stands for too much."""

    def __init__(self, text: str) -> None:
        """Parse the text."""
        if len(text) > MOST_TEXT:
            raise NotReadError(1, f"expected at most {MOST_TEXT:,} characters; got more")
        check_characters(text)
        loader = _Loader(text)
        try:
            _check_nesting(text)
            self._root = loader.get_single_node()
            _check_extent(self._root)
            self.twice = list(_twice(self._root, (), set()))
            self.data: Any = None if self._root is None else loader.construct_document(self._root)
        except yaml.YAMLError as error:
            raise explained(error, text) from error
        except RecursionError:
            raise NotReadError(1, _TOO_DEEP) from None
        except (ValueError, TypeError, AttributeError, LookupError) as error:  # of a tag of YAML's own, as in !!int x
            raise NotReadError(1, f"not YAML: a tag does not go with its value ({error})") from error
        finally:
            loader.dispose()

    def line(self, place: Place) -> int:
        """Give the line of a place, or of the nearest thing around it; the first line is 1."""
        node, line = self._root, 1
        for step in place:
            if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line + 1
            elif isinstance(node, yaml.MappingNode):
                found = [(key, value) for key, value in node.value if key.value == str(step)]
                if not found:
                    break
                line, node = found[-1][0].start_mark.line + 1, found[-1][1]
            else:
                break
        return int(line)


_TOO_DEEP = f"expected at most {MOST_NESTED} lists and mappings in each other; got more"


def _check_nesting(text: str) -> None:
    """Raise NotReadError for what is nested too deeply: on what follows, the reader in C would run out of stack."""
    depth = 0
    for event in yaml.parse(text, _Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MOST_NESTED:
            raise NotReadError(event.start_mark.line + 1, _TOO_DEEP)


def _check_extent(root: yaml.Node | None) -> None:
    """Raise NotReadError for what is nested too deeply, or stands for too much by aliases of aliases."""
    known: dict[int, tuple[int, int]] = {}

    def extent(node: yaml.Node, around: int) -> tuple[int, int]:
        """How many values there are from here on, and how many of them are in each other."""
        if id(node) in known or isinstance(node, yaml.ScalarNode):
            return known.get(id(node), (1, 0))
        known[id(node)] = 1, 0  # A list that holds itself.
        parts = [part for item in node.value for part in (item if isinstance(item, tuple) else (item,))]
        within = [extent(part, around + 1) for part in parts] if around < MOST_NESTED else [(0, MOST_NESTED)]
        size, depth = 1 + sum(size for size, _ in within), 1 + max((depth for _, depth in within), default=0)
        if depth > MOST_NESTED:
            raise NotReadError(node.start_mark.line + 1, _TOO_DEEP)
        if size > MOST_VALUES:
            message = f"expected at most {MOST_VALUES:,} values; got more, each alias counted as all that it stands for"
            raise NotReadError(node.start_mark.line + 1, message)
        known[id(node)] = size, depth
        return size, depth

    if root is not None:
        extent(root, 0)


def _twice(node: yaml.Node | None, place: Place, seen: set[int]) -> Iterator[Twice]:
    """Yield the keys that stand twice below a node, each where it is written: aliases lead to what has been seen."""
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _twice(item, (*place, index), seen)
    elif isinstance(node, yaml.MappingNode):
        keys = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in keys and key.value != "<<":
                    yield Twice((*place, key.value), key.start_mark.line + 1)
                keys.add(key.value)
                yield from _twice(value, (*place, key.value), seen)
