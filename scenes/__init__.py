"""The pictures: one viewpoint a file, one Scene a class. `from scenes import MatrixView` imports just that one.

`load_image`, which makes an image of a picture file, is here too and imports no scene.
"""

from __future__ import annotations

from importlib import import_module

from scenes._film import CARDS, CLASSICS, FILM, OPENING

_CLIPS = (OPENING, *CARDS, *FILM, *CLASSICS)
__all__ = [*(clip.scene for clip in _CLIPS), "load_image"]


def __getattr__(name: str) -> object:
    """Import a scene when it is asked for: listing them must not cost an import of manim."""
    if name == "load_image":
        return import_module("scenes._look.photos").load_image
    for clip in _CLIPS:
        if clip.scene == name:
            return getattr(import_module(f"scenes.{clip.module}"), name)
    raise AttributeError(f"module 'scenes' has no {name!r}; it has {', '.join(__all__)}")
