"""What a clip of a lecture file may be called, and which scenes it may ask for."""

from __future__ import annotations

import keyword
import re

from pydantic import ValidationInfo

from renders.lecture.faults import near, short
from scenes._film import CLASSICS, FILM, OPENING

MOST_NAME = 100
"""Characters: files are called after clips, with endings, and a file system takes 255 bytes."""
RESERVED = frozenset({"cnnmath", "scenes", "lectures"})
"""Names that a scene file and its folder need themselves."""

_OWN = {clip.scene: clip.module for clip in (OPENING, *FILM, *CLASSICS)}
MODULES = {
    clip.scene: clip.module
    for clip in (*FILM, *CLASSICS)
    # What these show is no convolution that an entry could give, but the transpose of one.
    if not clip.scene.startswith("Transposed")
}
"""The scenes that a clip may ask for, and their modules."""


def name_of_its_own(name: str, info: ValidationInfo) -> str:
    """Names become classes and files: safe ones, and none that a file system could take for a clip of the film."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) or keyword.iskeyword(name):
        raise ValueError(f"expected a Python name of ASCII letters, digits and _, a letter first; got {short(name)}")
    if len(name) > MOST_NAME:
        raise ValueError(f"expected at most {MOST_NAME} characters, for files are called so; got {len(name):,}")
    own = {scene.casefold(): scene for scene in _OWN}
    if name.casefold() in own:
        raise ValueError(f"{own[name.casefold()]} is a clip of the project; expected a name of its own")
    if name.casefold() in RESERVED:
        raise ValueError(f"{name!r} is a name that the project needs itself; expected another one")
    return name


def known_scene(scene: str, info: ValidationInfo) -> str:
    """Scenes are those of the film and the classics."""
    if scene not in MODULES:
        raise ValueError(f"unknown scene {short(scene)}; {near(scene, MODULES)}")
    return scene
