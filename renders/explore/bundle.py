"""Many modules of JavaScript as one script: a page from disk may load no module, and nobody needs node for this.

Each module becomes a function that is called once and gives what it exports. It takes what our own files and the
minified libraries need: imports of names, `export` before a declaration, `export { … }`, `export { … } from`, `export
default`. Values are handed over once: what is exported must not be assigned anew later.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

_IMPORT = re.compile(r"""import\s*(?:\{(?P<names>[^}]*)\}|(?P<default>\w+))\s*from\s*["'](?P<of>[^"']+)["'];?""")
_FROM = re.compile(r"""export\s*\{(?P<names>[^}]*)\}\s*from\s*["'](?P<of>[^"']+)["'];?""")
_LIST = re.compile(r"export\s*\{(?P<names>[^}]*)\};?")
_DECLARED = re.compile(r"^export (?=(?:async )?(?:function\*?|const|class) (?P<name>\w+))", re.MULTILINE)
_DEFAULT = re.compile(r"export default ")
_COMMENTS = re.compile(r"^[ \t]*(?://.*|/\*\*[^*]*(?:\*(?!/)[^*]*)*\*/)[ \t]*$", re.MULTILINE)
_SOURCE_MAP = re.compile(r"//# sourceMappingURL=\S+")


class _Module:
    """A module taken apart: what it imports, what it exports, and its body without either."""

    def __init__(self, text: str) -> None:
        self.exports: dict[str, str] = {}
        self.needs: list[tuple[str, str]] = []
        """For each import a pattern of destructuring, and the module that it is of."""
        text = _SOURCE_MAP.sub("", text)
        text = _FROM.sub(self._passed_on, text)
        text = _LIST.sub(self._listed, text)
        text = _IMPORT.sub(self._imported, text)
        for found in _DECLARED.finditer(text):
            self.exports[found["name"]] = found["name"]
        text = _DECLARED.sub("", text)
        if _DEFAULT.search(text):
            self.exports["default"] = "$default"
            text = _DEFAULT.sub("const $default = ", text)
        self.body = _short(text)
        if left := re.search(r"(?m)^\s*(?:import|export)\b.*", self.body):
            raise ValueError(f"expected imports and exports as bundle.py lists them; got {left[0].strip()[:80]!r}")

    def _imported(self, found: re.Match[str]) -> str:
        pairs = _pairs(found["names"]) if found["names"] else [("default", found["default"])]
        names = ", ".join(one if one == other else f"{one}: {other}" for one, other in pairs)
        self.needs.append((f"{{ {names} }}", found["of"]))
        return ""

    def _passed_on(self, found: re.Match[str]) -> str:
        for name, other in _pairs(found["names"]):
            self.needs.append((f"{{ {name}: $from_{name} }}", found["of"]))
            self.exports[other] = f"$from_{name}"
        return ""

    def _listed(self, found: re.Match[str]) -> str:
        self.exports |= {other: name for name, other in _pairs(found["names"])}
        return ""


def _short(text: str) -> str:
    """Leave out what only a reader of the sources needs: comments on lines of their own, indentation, empty lines."""
    lines = (line.strip() for line in _COMMENTS.sub("", text).splitlines())
    return "\n".join(filter(None, lines))


def _pairs(names: str) -> list[tuple[str, str]]:
    """Read `a, b as c`: each name and what it is called on the other side."""
    named = (name.strip().partition(" as ") for name in names.split(",") if name.strip())
    return [(one, other or one) for one, _, other in named]


def bundled(entry: str, source: Callable[[str], str]) -> str:
    """Give the script that runs a module with all that it imports, each once, before what needs it.

    `source` gives the text of a module by its name. Raises ValueError for a circle of imports, a name that is imported
    and not exported, and for syntax that is not taken.

    >>> modules = {"a.js": 'import { b } from "./b.js";\\nconsole.log(b);', "b.js": "export const b = 1;"}
    >>> print(bundled("a.js", modules.__getitem__))
    "use strict";
    const $b_js = (() => {
    const b = 1;
    return { b };
    })();
    (() => {
    const { b } = $b_js;
    console.log(b);
    })();
    """
    done: dict[str, _Module] = {}
    parts = [part for name in _ordered(entry, source, done, ()) for part in _written(name, done, name == entry)]
    return "\n".join(['"use strict";', *parts])


def _ordered(
    name: str, source: Callable[[str], str], done: dict[str, _Module], above: tuple[str, ...]
) -> Iterator[str]:
    if name in above:
        raise ValueError(f"expected imports without a circle; got {' → '.join((*above, name))}")
    if name in done:
        return
    module = _Module(source(name))
    module.needs = [(names, _found(name, of)) for names, of in module.needs]
    for _, of in module.needs:
        yield from _ordered(of, source, done, (*above, name))
    done[name] = module
    yield name


def _found(importing: str, name: str) -> str:
    """Find the name of a module from the path that another one imports it by."""
    if not name.startswith("."):
        return name
    parts: list[str] = []
    for part in (PurePosixPath(importing).parent / name).parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _written(name: str, modules: dict[str, _Module], is_entry: bool) -> Iterator[str]:
    module = modules[name]
    yield "(() => {" if is_entry else f"const {_variable(name)} = (() => {{"
    for names, of in module.needs:
        for pair in names.strip("{} ").split(", "):
            wanted = pair.partition(":")[0]
            if wanted not in modules[of].exports:
                raise ValueError(f"{name} imports {wanted} from {of}, which exports {', '.join(modules[of].exports)}")
        yield f"const {names} = {_variable(of)};"
    yield module.body
    if not is_entry:
        given = ", ".join(one if one == other else f"{one}: {other}" for one, other in module.exports.items())
        yield f"return {{ {given} }};"
    yield "})();"


def _variable(name: str) -> str:
    return "$" + re.sub(r"\W", "_", name)
