"""YAML that remembers where everything stands, takes numbers as people write them, and sees keys that stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

Place = tuple[int | str, ...]
"""Where something stands in the data: indices of lists, keys of mappings."""


class _Loader(yaml.SafeLoader):  # type: ignore[misc]  # PyYAML is untyped
    """YAML's own types less its traps: 1e-3 and 1/9 are numbers; `on`, `no`, 010, 1:30 and dates are what they say."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (yaml's own class attribute)


_SCALARS = (
    ("tag:yaml.org,2002:null", r"(?:~|null|Null|NULL|)$", "~nN\0"),
    ("tag:yaml.org,2002:bool", r"(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("tag:yaml.org,2002:merge", r"<<$", "<"),
    ("!whole", r"[-+]?[0-9]+$", "-+0123456789"),
    ("!fraction", r"[-+]?[0-9]+/0*[1-9][0-9]*$", "-+0123456789"),
    ("!float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
)
for _tag, _pattern, _first in _SCALARS:
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), ["" if c == "\0" else c for c in _first])


def _fraction(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> float:
    over, under = loader.construct_scalar(node).split("/")
    return int(over) / int(under)


_Loader.add_constructor("!whole", lambda loader, node: int(loader.construct_scalar(node)))
_Loader.add_constructor("!float", lambda loader, node: float(loader.construct_scalar(node)))
_Loader.add_constructor("!fraction", _fraction)


class Twice(NamedTuple):
    """A key that stands twice in one mapping: its place, and the line of the second."""

    place: Place
    line: int


class Document:
    """What a YAML text says, and on which lines. Raises yaml.YAMLError for what is no YAML."""

    def __init__(self, text: str) -> None:
        """Parse the text."""
        loader = _Loader(text)
        try:
            self._root = loader.get_single_node()
            self.twice = list(_twice(self._root, (), frozenset()))
            self.data: Any = None if self._root is None else loader.construct_document(self._root)
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


def _twice(node: yaml.Node | None, place: Place, around: frozenset[int]) -> Iterator[Twice]:
    """Yield the keys that stand twice below a node; `around` ends the way through a list that holds itself."""
    if id(node) in around:
        return
    around |= {id(node)}
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _twice(item, (*place, index), around)
    elif isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen and key.value != "<<":
                    yield Twice((*place, key.value), key.start_mark.line + 1)
                seen.add(key.value)
                yield from _twice(value, (*place, key.value), around)
