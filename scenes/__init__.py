"""The pictures: one viewpoint a file, one Scene a class. `from scenes import MatrixView` imports just that one."""

from __future__ import annotations

from importlib import import_module

from scenes._film import CLASSICS, FILM

__all__ = [clip.scene for clip in FILM + CLASSICS]


def __getattr__(name: str) -> object:
    """Import a scene when it is asked for: listing them must not cost an import of manim."""
    for clip in FILM + CLASSICS:
        if clip.scene == name:
            return getattr(import_module(f"scenes.{clip.module}"), name)
    raise AttributeError(f"module 'scenes' has no scene {name!r}; it has {', '.join(__all__)}")
