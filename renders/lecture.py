"""Clips without Python: a lecture file in YAML lists them, each with a name, a scene, an image and a filter.

Such a file becomes a Python file of scenes below renders/media/lectures, one subclass a clip, which the recipe renders
and plain manim previews. Every mistake in it is found before that, all of them at once, each one line.

    python -m renders.lecture FILE
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import keyword
import os
import re
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, cast

import numpy as np
import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Tag,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from cnnmath import Convolution, _read
from renders.lecture_yaml import Document, Place
from renders.request import Job
from scenes._film import CLASSICS, FILM, OPENING
from scenes._look.photos import LEVELS, load_image

ROOT = Path(__file__).resolve().parent.parent
SCENE_FILES = Path("renders", "media", "lectures")
"""Where the Python files of lectures land, seen from the project's folder."""
MOST_PIXELS = 64 * 64
"""More than any scene shows; a photograph without a size would take minutes to be refused."""
MOST_DEEP = 4
"""How deeply lists of numbers are nested at most: filters, channels, rows, columns."""
RESERVED = frozenset({"cnnmath", "scenes", "lectures"})
"""Names that a scene file and its folder need themselves."""

_OWN = {clip.scene: clip.module for clip in (OPENING, *FILM, *CLASSICS)}
_MODULES = {
    clip.scene: clip.module
    for clip in (*FILM, *CLASSICS)
    # What these show is no convolution that an entry could give, but the transpose of one.
    if not clip.scene.startswith("Transposed")
}


class Fault(NamedTuple):
    """One mistake: the line, the clip as the reader knows it, the key (or none), and what was given and expected."""

    line: int
    clip: str
    key: str
    message: str


class LectureError(Exception):
    """A lecture file that cannot be rendered: its mistakes, in the order of the file, as one line each."""

    def __init__(self, path: Path, faults: Iterable[Fault]) -> None:
        """Keep the mistakes, and say them."""
        self.faults = sorted(set(faults))
        super().__init__("\n".join(_one_line(path, fault) for fault in self.faults))


def _one_line(path: Path, fault: Fault) -> str:
    """Say a mistake; what the file says may hold line breaks of its own."""
    line, *rest = fault
    return f"{path}:{line}: " + " ".join(": ".join(filter(None, rest)).split())


# What a lecture file may say


def _said(check: Callable[..., Any]) -> Callable[..., Any]:
    """Let pydantic report whatever a check raises in the check's own words."""

    def checked(value: Any, info: ValidationInfo) -> Any:
        try:
            return check(value, info)
        except (ValueError, TypeError, OSError) as error:
            raise PydanticCustomError("refused", "{reason}", {"reason": str(error)}) from error

    return checked


def _near(word: object, known: Collection[str]) -> str:
    """Name what is known, and what was probably meant."""
    meant = difflib.get_close_matches(str(word), known, 1)
    return f"expected any of {', '.join(known)}" + (f" (did you mean {meant[0]}?)" if meant else "")


def _name(name: str, info: ValidationInfo) -> str:
    """Names become classes and files: safe ones, and none that a file system could take for a clip of the film."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) or keyword.iskeyword(name):
        raise ValueError(f"expected a Python name of ASCII letters, digits and _, a letter first; got {name!r}")
    own = {scene.casefold(): scene for scene in _OWN}
    if name.casefold() in own:
        raise ValueError(f"{own[name.casefold()]} is a clip of the project; expected a name of its own")
    if name.casefold() in RESERVED:
        raise ValueError(f"{name!r} is a name that the project needs itself; expected another one")
    return name


def _scene(scene: str, info: ValidationInfo) -> str:
    if scene not in _MODULES:
        raise ValueError(f"unknown scene {scene!r}; {_near(scene, _MODULES)}")
    return scene


def _numbers(name: str, value: Any, depth: int = 0) -> None:
    """Refuse anything but numbers in lists; NumPy would name the type, and not the value."""
    if depth > MOST_DEEP:
        raise ValueError(f"{name} must be lists of at most {MOST_DEEP} levels; got deeper ones")
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, list):
            _numbers(name, item, depth + 1)
        elif isinstance(item, bool) or not isinstance(item, int | float):
            raise TypeError(f"{name} must hold numbers; got {item!r}")


def _file(path: str, info: ValidationInfo) -> str:
    """Look for the file by itself, so that other mistakes of a picture do not hide that it is missing."""
    file = _folder(info) / path
    if not file.exists():
        raise FileNotFoundError(f"{file}: there is no such file; expected a picture")
    return path


def _size(size: Any, info: ValidationInfo) -> Any:
    return None if size is None else _read.pair("size", size, least=1)


def _folder(info: ValidationInfo) -> Path:
    """Give the folder of the lecture file."""
    return cast("dict[str, Path]", info.context)["folder"]


class Picture(BaseModel):
    """A picture file and how `scenes.load_image` reads it; the path counts from the lecture file's folder."""

    model_config = ConfigDict(extra="forbid", strict=True)

    path: Annotated[str, AfterValidator(_said(_file))]
    size: Annotated[Any, AfterValidator(_said(_size))] = None
    color: bool = False
    levels: int | None = LEVELS


def _image(value: str | Picture | list[Any], info: ValidationInfo) -> Any:
    """Load a picture, or read rows of numbers."""
    if not isinstance(value, str | Picture):
        _numbers("image", value)
        return _read.image(value)
    if isinstance(value, str):
        path, image = value, load_image(_folder(info) / value)
    else:
        path, image = value.path, load_image(_folder(info) / value.path, value.size, value.color, value.levels)
    rows, columns = image.shape[-2:]
    if rows * columns > MOST_PIXELS:
        raise ValueError(
            f"{path} has {rows} rows of {columns} pixels; expected at most {MOST_PIXELS} pixels, "
            f"so give {{path: {path}, size: [rows, columns]}}"
        )
    return _read.image(image)


def _kernel(value: Any, info: ValidationInfo) -> Any:
    _numbers("kernel", value)
    return _read.kernel(value)


def _bias(value: Any, info: ValidationInfo) -> Any:
    _numbers("bias", value)
    return _read.array("bias", value)


def _kind(value: Any) -> str:
    return "file" if isinstance(value, str) else "picture" if isinstance(value, dict | Picture) else "rows"


_ImageForms = Annotated[
    Annotated[str, Tag("file")] | Annotated[Picture, Tag("picture")] | Annotated[Any, Tag("rows")],
    Discriminator(_kind),
]


class Layer(BaseModel):
    """The keys of a clip that make its convolution, each by itself as `cnnmath.Convolution` takes it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    image: Annotated[_ImageForms, AfterValidator(_said(_image))]
    kernel: Annotated[Any, AfterValidator(_said(_kernel))]
    bias: Annotated[Any, AfterValidator(_said(_bias))] = 0.0
    stride: Annotated[Any, AfterValidator(_said(lambda value, info: _read.pair("stride", value, least=1)))] = 1
    padding: Annotated[Any, AfterValidator(_said(lambda value, info: _read.padding(value)))] = 0
    dilation: Annotated[Any, AfterValidator(_said(lambda value, info: _read.pair("dilation", value, least=1)))] = 1


class Entry(Layer):
    """One clip of a lecture file."""

    name: Annotated[str, AfterValidator(_said(_name))]
    scene: Annotated[str, AfterValidator(_said(_scene))]
    notation: Literal["letters", "numbers"] = "letters"


_KEYS = ("name", "scene", *Layer.model_fields, "notation")


class LectureClip(NamedTuple):
    """A clip that a lecture file asks for: a scene of the film with a convolution and notation of its own."""

    name: str
    scene: str
    convolution: Convolution
    notation: str

    def source(self) -> str:
        """Write the clip as Python: the subclass that a lecturer would write."""
        conv = self.convolution
        values = {
            "image": _rows(conv.image),
            "kernel": _rows(conv.kernel),
            "bias": _rows(conv.bias if len(conv.bias) > 1 else conv.bias[0]),
            "stride": repr(conv.stride),
            "padding": repr(conv.padding),
            "dilation": repr(conv.dilation),
        }
        arguments = "".join(f"        {key}={value},\n" for key, value in values.items())
        return (
            f"class {self.name}(scenes.{self.scene}):\n"
            f"    convolution = cnnmath.Convolution(\n{arguments}    )\n"
            f"    notation = {self.notation!r}\n"
        )


def _rows(array: np.ndarray[Any, Any], indent: str = " " * 8) -> str:
    """Write an array as nested lists, one row a line, whole numbers without a point; leading axes of 1 are left out."""
    while array.ndim > 2 and len(array) == 1:
        array = array[0]
    if array.ndim == 0:
        return repr(int(array) if float(array).is_integer() else float(array))
    if array.ndim == 1:
        return f"[{', '.join(_rows(value) for value in array)}]"
    lines = "".join(f"{indent}    {_nested(item, indent + '    ')},\n" for item in array)
    return f"[\n{lines}{indent}]"


def _nested(array: np.ndarray[Any, Any], indent: str) -> str:
    """Write an item of an array with all its axes."""
    if array.ndim < 2:
        return _rows(array)
    lines = "".join(f"{indent}    {_nested(item, indent + '    ')},\n" for item in array)
    return f"[\n{lines}{indent}]"


# Reading one


def read(path: Path, ask_scenes: bool = True) -> list[LectureClip]:
    """Read the clips of a lecture file. Raises LectureError with every mistake in it.

    With `ask_scenes` every scene is asked whether it can show its convolution, which takes the import of manim.
    """
    document = _document(path)
    if not isinstance(document.data, list) or not document.data:
        got = "nothing" if document.data in (None, []) else _short(document.data)
        raise LectureError(path, [Fault(1, "", "", f"expected a list of clips, each with - name: first; got {got}")])
    faults, clips = [], []
    for index, given in enumerate(document.data):
        called = _called(given, index)
        for place, message, clip in _entry(given, path.parent):
            if clip is not None:
                clips.append((index, clip))
            else:
                key = ".".join(map(str, place))
                faults.append(Fault(document.line((index, *place)), called, key, message))
    for twice in document.twice:
        called = _called(document.data[cast("int", twice.place[0])], cast("int", twice.place[0]))
        key = ".".join(map(str, twice.place[1:]))
        faults.append(Fault(twice.line, called, key, "stands twice in this clip; expected it once"))
    faults += _same_names(document)
    if ask_scenes:
        for index, message in _refusals(clips):
            called = _called(document.data[index], index)
            faults.append(Fault(document.line((index, "scene")), called, "scene", message))
    if faults:
        raise LectureError(path, faults)
    return [clip for _, clip in clips]


def refused(path: Path, name: str, message: str) -> LectureError:
    """Give the error for a clip that its scene cannot show, as `read` does."""
    return LectureError(path, [Fault(lines_of_names(path).get(name, 1), f"clip {name}", "scene", message)])


def lines_of_names(path: Path) -> dict[str, int]:
    """Tell on which line each clip of a lecture file has its name. Raises LectureError for a file that is no YAML."""
    document = _document(path)
    given = enumerate(document.data if isinstance(document.data, list) else [])
    named = ((index, clip["name"]) for index, clip in given if isinstance(clip, dict) and "name" in clip)
    return {str(name): document.line((index, "name")) for index, name in named}


def _document(path: Path) -> Document:
    """Parse a file; raises LectureError if there is none or if it is no YAML."""
    try:
        return Document(path.read_text(encoding="utf-8-sig"))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = ", ".join(filter(None, (error.context, error.problem)))
        fault = Fault(mark.line + 1 if mark else 1, "", "", f"not YAML: {said}")
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        fault = Fault(1, "", "", f"not YAML in UTF-8: {' '.join(str(error).split())}")
    except OSError as error:
        fault = Fault(1, "", "", f"{error.strerror}; expected a lecture file in YAML")
    raise LectureError(path, [fault])


def _called(given: Any, index: int) -> str:
    """Give the words by which a reader finds a clip: its name, or its place in the list."""
    name = given.get("name") if isinstance(given, dict) else None
    return f"clip {name}" if isinstance(name, str) and name.isprintable() and name else f"clip {index + 1}"


def _entry(given: Any, folder: Path) -> Iterator[tuple[Place, str, LectureClip | None]]:
    """Read one clip: yield each mistake with its place, and the clip if it has a scene and a convolution.

    A mistake elsewhere, as in the name, does not keep the convolution from being looked at.
    """
    if not isinstance(given, dict):
        yield (), f"expected a mapping with {', '.join(_KEYS)}; got {_short(given)}", None
        return
    empty = [key for key, value in given.items() if value is None]
    wrong = {str(key) for key in empty}
    for key in empty:
        known = key in _KEYS
        yield (key,), "has no value" if known else f"unknown key; {_near(key, _KEYS)}", None
    context = {"folder": folder}
    try:
        Entry.model_validate(given, context=context)
    except ValidationError as error:
        for detail in error.errors():
            place = _place(detail)
            if str(place[0]) not in map(str, empty):
                yield place, _message(detail, place), None
            wrong.add(str(place[0]))
    if wrong & set(Layer.model_fields):
        return
    layer = Layer.model_validate({key: given[key] for key in Layer.model_fields if key in given}, context=context)
    try:
        convolution = Convolution(**{key: getattr(layer, key) for key in Layer.model_fields})
    except (ValueError, TypeError) as error:
        key = str(error).partition(" ")[0]
        key = key if key in Layer.model_fields else "kernel"
        yield (key,), _less(key, str(error)), None
        return
    if "scene" not in wrong:
        name = "Clip" if "name" in wrong else given["name"]
        notation = "letters" if "notation" in wrong else given.get("notation", "letters")
        yield (), "", LectureClip(name, given["scene"], convolution, notation)


def _place(detail: ErrorDetails) -> Place:
    """Give where a mistake stands in its clip, without pydantic's names for the forms of an image."""
    place = detail["loc"]
    return place[:1] + place[2:] if place[0] == "image" else place


def _message(detail: ErrorDetails, place: Place) -> str:
    """Say a mistake of pydantic's as all errors here are said: what was expected and what was given."""
    kind, given = detail["type"], _short(detail["input"])
    if kind == "refused":
        return _less(place[-1], detail["msg"])
    if kind == "missing":
        return "is missing"
    if kind in ("extra_forbidden", "invalid_key"):
        return f"unknown key; {_near(place[-1], _KEYS if len(place) == 1 else tuple(Picture.model_fields))}"
    if kind == "literal_error":
        return f"expected {detail['ctx']['expected']}; got {given}"
    return f"{detail['msg'].replace('Input should be', 'expected')}; got {given}"


def _less(key: int | str, message: str) -> str:
    """Take away a key with which a message begins: it stands in front of it anyway."""
    return message.removeprefix(f"{key} ") if message.startswith(f"{key} must ") else message


def _short(value: Any) -> str:
    """Show a value in one line of bearable length."""
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else f"{text[:57]}..."


def _same_names(document: Document) -> Iterator[Fault]:
    """Yield the clips whose name, or one that differs in case alone, is taken: their files would be the same."""
    taken: dict[str, tuple[int, int]] = {}
    for index, given in enumerate(document.data):
        name = given.get("name") if isinstance(given, dict) else None
        if not isinstance(name, str):
            continue
        line = document.line((index, "name"))
        first, its_line = taken.setdefault(name.casefold(), (index, line))
        if first != index:
            yield Fault(line, f"clip {name}", "name", f"is taken by the clip in line {its_line}; expected another one")


def _refusals(clips: Sequence[tuple[int, LectureClip]]) -> Iterator[tuple[int, str]]:
    """Yield what scenes say that cannot show their convolution, by drawing what they check and filming nothing."""
    if not clips:
        return
    from manim import logger, tempconfig

    level = logger.level
    logger.setLevel("WARNING")
    with tempfile.TemporaryDirectory() as folder, tempconfig({"media_dir": folder, "dry_run": True}):
        for index, clip in clips:
            scene = getattr(import_module(f"scenes.{_MODULES[clip.scene]}"), clip.scene)
            mine = type(clip.name, (scene,), {"convolution": clip.convolution, "notation": clip.notation})
            try:
                mine().setup()
            except (ValueError, TypeError) as error:
                yield index, str(error)
            except Exception as error:  # a scene that falls over its convolution cannot show it either
                yield index, f"{clip.scene} cannot show this convolution ({type(error).__name__}: {error})"
    logger.setLevel(level)


# What is made of one


def scene_file(path: Path) -> Path:
    """Give the Python file of a lecture file, seen from the project's folder.

    manim puts the file's folder in front of Python's path: without an ending of its own, a lecture numpy.yaml would
    hide numpy.
    """
    return SCENE_FILES / f"{re.sub(r'[^A-Za-z0-9_]', '_', path.stem)}_clips.py"


def write_scenes(path: Path, clips: Sequence[LectureClip]) -> Path:
    """Write the scenes of a lecture file for manim, whole or not at all; leave the file alone if it says that."""
    file = scene_file(path)
    head = f"# The clips of {path.name!a}. Written by the recipe: change that file, not this one.\n"
    classes = "".join(f"\n\n{clip.source()}" for clip in clips)
    text = f"{head}import cnnmath\nimport scenes\n{classes}"
    target = ROOT / file
    if target.is_file() and target.read_text(encoding="utf-8") == text:
        return file
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".unfinished-") as unfinished:
        made = Path(unfinished, target.name)
        made.write_text(text, encoding="utf-8")
        os.replace(made, target)
    return file


def lecture_jobs(path: Path, ask_scenes: bool = True) -> tuple[Job, ...]:
    """Read a lecture file, write its scenes, and give its jobs for the recipe. Raises LectureError as `read` does."""
    clips = read(path, ask_scenes)
    file = write_scenes(path, clips).as_posix()
    return tuple(
        Job(clip.name, _MODULES[clip.scene], file, hashlib.sha256(clip.source().encode()).hexdigest()[:16])
        for clip in clips
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Check a lecture file and write its scenes; print how each is previewed, or every mistake."""
    parser = argparse.ArgumentParser(prog="python -m renders.lecture", description="Check a lecture file.")
    parser.add_argument("file", type=Path, help="the lecture file, in YAML")
    path = parser.parse_args(arguments).file
    try:
        jobs = lecture_jobs(path)
    except LectureError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{path}: {len(jobs)} clips, no mistake. Preview one from the project's folder:")
    for job in jobs:
        print(f"  manim -pql {job.file} {job.scene}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
