"""What a clip of a lecture file may say, key by key, and every mistake in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, create_model
from pydantic_core import ErrorDetails

from renders.lecture.characters import strange
from renders.lecture.clips import LectureClip
from renders.lecture.document import Place
from renders.lecture.faults import less, near, said, short
from renders.lecture.layer import Picture
from renders.lecture.model import Model
from renders.lecture.names import known_scene, name_of_its_own
from renders.lecture.own_keys import keys_of


class _Clip(BaseModel):
    """What every clip of a lecture file says."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: Annotated[str, AfterValidator(said(name_of_its_own))]
    scene: Annotated[str, AfterValidator(said(known_scene))]
    notation: Literal["letters", "numbers"] = "letters"


@cache
def _entry(keys: type[BaseModel]) -> type[BaseModel]:
    """One clip of a lecture file, whose scene takes these keys."""
    return create_model("Entry", __base__=(_Clip, keys))


def clip_or_mistakes(given: Any, folder: Path) -> Iterator[tuple[Place, str, LectureClip | None]]:
    """Read one clip: yield each mistake with its place, and the clip if it has a scene and what that shows.

    A mistake elsewhere, as in the name, does not keep what is shown from being looked at.
    """
    model = keys_of(given.get("scene") if isinstance(given, dict) else None)
    known = ("name", "scene", *model.model_fields, "notation")
    if not isinstance(given, dict):
        yield (), f"expected a mapping with {', '.join(known)}; got {short(given)}", None
        return
    empty = [key for key, value in given.items() if value is None]
    wrong = {str(key) for key in empty}
    for key in empty:
        yield (key,), "has no value" if key in known else f"unknown key; {near(key, known)}", None
    context = {"folder": folder}
    try:
        _entry(model).model_validate(given, context=context)
    except ValidationError as error:
        for detail in error.errors():
            place = _place(detail)
            if str(place[0]) not in map(str, empty):
                yield place, _message(detail, place, known), None
            wrong.add(str(place[0]))
    if wrong & set(model.model_fields):
        return
    mine = {key: given[key] for key in model.model_fields if key in given}
    try:
        made = model.model_validate(mine, context=context).made(given)
    except (ValueError, TypeError) as error:
        key = str(error).partition(" ")[0]
        key = key if key in model.model_fields else "kernel" if "kernel" in model.model_fields else "scene"
        yield (key,), less(key, str(error)), None
        return
    if "scene" not in wrong:
        name = "Clip" if "name" in wrong else given["name"]
        notation = "letters" if "notation" in wrong else given.get("notation", "letters")
        yield (), "", LectureClip(name, given["scene"], made.convolution, notation, made.parameters)


def _place(detail: ErrorDetails) -> Place:
    """Give where a mistake stands in its clip, without pydantic's names for the forms of an image or a kernel."""
    place = detail["loc"]
    within: Place = detail.get("ctx", {}).get("place", ())
    return (place[:1] + place[2:] if place[0] in ("image", "kernel") else place) + within


def _message(detail: ErrorDetails, place: Place, keys: tuple[str, ...]) -> str:
    """Say a mistake of pydantic's as all errors here are said: what was expected and what was given."""
    kind, given = detail["type"], short(detail["input"])
    if isinstance(detail["input"], str) and (named := strange(detail["input"])):
        given += f" ({named})"
    if kind == "refused":
        return less(detail["loc"][-1] if len(place) > 1 else place[0], detail["msg"])
    if kind == "missing":
        return "is missing"
    if kind in ("extra_forbidden", "invalid_key"):
        within = Model if place[0] == "kernel" else Picture
        return f"unknown key; {near(place[-1], keys if len(place) == 1 else tuple(within.model_fields))}"
    if kind == "literal_error":
        return f"expected {detail['ctx']['expected']}; got {given}"
    return f"{detail['msg'].replace('Input should be', 'expected')}; got {given}"
