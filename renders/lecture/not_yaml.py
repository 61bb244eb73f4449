"""What is wrong with a text that is no YAML, in a lecturer's words."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from renders.lecture.characters import like_punctuation, named

_NOT_TAKEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML takes nowhere (section 5.1 of its specification): control characters and halves of others."""
_CLOSED_BY = {"[": "]", "{": "}"}


class NotReadError(Exception):
    """A text that cannot be read as YAML: the line, and why."""

    def __init__(self, line: int, message: str) -> None:
        """Keep both."""
        self.line, self.message = line, message
        super().__init__(message)


class _Spot(NamedTuple):
    """A place in a text, counted from 0, and the line that it is in."""

    row: int
    column: int
    line: str

    @property
    def after(self) -> str:
        """What stands there, up to the end of the line."""
        return self.line[self.column :]

    def says(self, message: str) -> NotReadError:
        """Say what is wrong there."""
        return NotReadError(self.row + 1, f"not YAML: {message}")


def check_characters(text: str) -> None:
    """Raise NotReadError for a character that YAML takes nowhere."""
    if found := _NOT_TAKEN.search(text):
        row, start = text.count("\n", 0, found.start()), text.rfind("\n", 0, found.start()) + 1
        spot = _Spot(row, found.start() - start, "")
        raise spot.says(f"{named(found.group())} in column {spot.column + 1}, which a text does not hold")


def explained(error: yaml.YAMLError, text: str) -> NotReadError:
    """Say an error of PyYAML's, whether of its reader in C or of that in Python, of the line where it can be mended."""
    if not isinstance(error, yaml.MarkedYAMLError) or not (error.problem_mark or error.context_mark):
        return NotReadError(1, f"not YAML: {' '.join(str(error).split())}")
    lines = [*text.split("\n"), ""]
    at = _spot(error.problem_mark or error.context_mark, lines)
    begun = _spot(error.context_mark, lines) if error.context_mark else at
    context, problem = error.context or "", error.problem or ""
    above = _Spot(max(at.row - 1, 0), 0, lines[max(at.row - 1, 0)])
    return (
        _character(at)
        or _character(begun if "flow" in context else above)
        or _bracket(at, begun, context)
        or _quote(begun, context)
        or _sign(at, begun, context, problem)
        or _line(at, begun, above, problem)
        or at.says(", ".join(filter(None, (context, problem))))
    )


def _spot(mark: yaml.Mark, lines: list[str]) -> _Spot:
    row = min(mark.line, len(lines) - 1)
    return _Spot(row, mark.column, lines[row])


def _character(at: _Spot) -> NotReadError | None:
    """A character in the line that looks like another one."""
    tab = re.match(r"[ -]*\t", at.line)
    if tab or at.after[:1] == "\t":
        return at.says(f"a tab in column {tab.end() if tab else at.column + 1}; expected blanks")
    place = like_punctuation(re.sub(r"(^|\s)#.*", "", at.line))
    if place is None:
        return None
    return at.says(f"{named(at.line[place])} in column {place + 1}; expected the plain character that it looks like")


def _bracket(at: _Spot, begun: _Spot, context: str) -> NotReadError | None:
    """A bracket or a comma too few or too many."""
    opened = begun.after[:1]
    if context.startswith("while parsing a flow") and opened in _CLOSED_BY:
        if at.after[:1] in ("[", "{", '"', "'"):
            return at.says(f"no comma before the {at.after[0]} in column {at.column + 1}")
        return begun.says(f"the {opened} in column {begun.column + 1} has no {_CLOSED_BY[opened]} that closes it")
    if at.after[:1] in ("]", "}"):
        return at.says(f"the {at.after[0]} in column {at.column + 1} closes nothing, or comes too early")
    return None


def _quote(begun: _Spot, context: str) -> NotReadError | None:
    if "quoted scalar" not in context:
        return None
    return begun.says(f"the {begun.after[:1]} in column {begun.column + 1} has no second one that ends the text")


def _sign(at: _Spot, begun: _Spot, context: str, problem: str) -> NotReadError | None:
    """A sign that has a meaning of its own in YAML."""
    if "alias" in problem and (name := re.match(r"\*(\w+)", at.after)):
        return at.says(f"*{name.group(1)} stands for nothing; expected &{name.group(1)} somewhere above")
    if "cannot start any token" in problem:
        return at.says(f"{at.after[:1]} in column {at.column + 1} begins no value; expected quotes around it")
    if re.search("scanning (an anchor|an alias|a block scalar|a tag|a directive)", context):
        sign = f"{begun.after[:1]} in column {begun.column + 1}"
        return begun.says(f"{sign} has a meaning of its own in YAML; expected quotes around the text")
    if "node content" in problem:
        return at.says(f"no value before the {at.after[:1]} in column {at.column + 1}")
    return None


def _line(at: _Spot, begun: _Spot, above: _Spot, problem: str) -> NotReadError | None:
    """A line that is no key: value, or does not fit to those above."""
    if "expected ':'" in problem and begun.after[:1] in _CLOSED_BY:
        return begun.says(f"the {begun.after[:1]} in column {begun.column + 1} must be further right than its key")
    if "expected ':'" in problem:
        return begun.says(f"{begun.after.strip()} has no colon; expected key: value")
    if re.match(r"\s*-[^\s-]", at.line):
        return at.says("no blank after the -")
    if "another document" in problem:
        return at.says("a second document begins here; expected all clips in one list")
    block = ("<block end>", "'-' indicator", "expected key", "mapping values", "document start")
    if any(part in problem for part in block):
        for spot in (at, above):
            if glued := re.match(r"\s*(?:- +)?(\w+):\S", spot.line):
                return spot.says(f"no blank after {glued.group(1)}:")
        return at.says("this line does not go on from those above; expected one key: value a line, all keys of a clip "
                       "in one column, and - before its first")  # fmt: skip
    return None
