"""Folders and files whose names hold braces: manim 0.22 takes all of these for blanks that it has to fill in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from manim._config.utils import ManimConfig

_STOCK: Any = ManimConfig.get_dir
_DIRS = ("assets", "media", "video", "sections", "images", "text", "tex", "log", "partial_movie")
_BLANKS = frozenset({*(f"{name}_dir" for name in _DIRS), "quality", "module_name", "scene_name"})
"""What stands in braces in manim's own settings."""


def any_name() -> None:
    """Have manim fill in the blanks that it knows, and leave other braces as they are, from now on."""
    setattr(ManimConfig, "get_dir", _folder)  # noqa: B010


def _folder(config: ManimConfig, key: str, **given: str) -> Path | None:
    """Give a folder or file of manim's settings as `ManimConfig.get_dir` does."""
    if key == "input_file":
        return Path(config.input_file) if config.input_file else None
    if key not in _BLANKS | {"output_file"} or "{" not in str(config[key]):
        path: Path | None = _STOCK(config, key, **given)
        return path
    return Path(_filled(str(config[key]), config, given))


def _filled(text: str, config: ManimConfig, given: dict[str, str]) -> str:
    def fill(blank: re.Match[str]) -> str:
        name = blank[1]
        if name == "quality":
            return f"{config.pixel_height}p{config.frame_rate:g}"
        if name in given:
            return given[name]
        return _filled(str(config[name]), config, given) if name in _BLANKS else blank[0]

    return re.sub(r"\{(\w+)\}", fill, text)
