"""Rendering faster than manim 0.22 does, without changing a pixel. `STOCK_MANIM=1` turns all of it off.

How much they give together is what `make bench GROUPS="frames film size"` says.

camera      redraw only what changes: manim draws all in front of the first mover anew in each frame
            outlines as cairo paths: manim hands over every point of every outline in every frame
            families only once: manim collects that of each member of a family
renderer    nothing drawn while skipping: of skipped animations nobody sees any but the last
            arrays used again, equal frames counted: to get fresh megabytes costs more than to fill them
            converted to video once and in place: manim copies each frame, and converts each frame of a still
            small pictures: a section's encoder ends while the next one begins, a tenth of the time of `manim -ql`
            a section encoded in one go: manim ends a file, and waits for its encoder, after each animation
animations  quick copies: deepcopy asks each of a mobject's forty attributes how it is copied
            families kept while an animation runs: manim collects them for each frame of each transform
moves       all parts of a transform moved by one sum: manim moves eight arrays and numbers of each part by themselves
making      families, colours and bounds without ado: manim goes through lists of one, point by point
typeset     one Typst compiler for all texts: manim starts one for each, which looks for the system's fonts first
            its SVG read for what it is: a library for all of SVG takes twenty times as long

Not about speed, and never turned off, is what manim 0.22 does wrong, or not at all:

asked       options that do not fit each other or the film: odd sizes, a GIF of 60 frames a second, sections of a still
textures    photographs as mobjects like any other
filmed      `manim -n`: captions and sections of what is filmed; apostrophes in the name of a folder
folders     braces in the name of a folder

Tried, and left out because it gave nothing, or other pixels (1080p60, on two busy cores):

- A clip to columns as well as rows, or a clip of bent strokes: 33 of 2000 random strokes came out different.
- All below the lowest change taken as static, not only what is below the first mover: a quarter of the shapes that are
  drawn again are there, and their picture would have to be made anew whenever one of them changes.
- x264 without its look at coming frames (`mbtree=0`): a fifth faster, and a fifth larger for the same likeness.
  `partitions=none`, `me=dia`, `8x8dct=0`: no faster that the clock could tell. `preset=superfast`: twice as large.
- x264 with one thread instead of three: as much processor time.
"""

from __future__ import annotations

import os

from manim import CairoRenderer, config
from manim.constants import RendererType

from scenes._fast.animations import keep_families as keep_families
from scenes._fast.animations import quick_copies
from scenes._fast.asked import settle as settle
from scenes._fast.camera import RedrawCamera
from scenes._fast.filmed import FilmedRenderer, FilmedWriter
from scenes._fast.folders import any_name
from scenes._fast.making import quick_making
from scenes._fast.renderer import FastRenderer, FastWriter
from scenes._fast.textures import Raster as Raster
from scenes._fast.textures import Texture as Texture
from scenes._fast.textures import TextureCamera
from scenes._fast.typeset import UnreadableError as UnreadableError
from scenes._fast.typeset import kept as kept
from scenes._fast.typeset import outlines as outlines
from scenes._fast.typeset import recall as recall

STOCK = "STOCK_MANIM"
"""The environment variable that turns the measures off, for comparison."""


def measures() -> bool:
    """Whether the measures are taken: not with manim's OpenGL renderer, and not when they are turned off."""
    return os.environ.get(STOCK, "") in ("", "0") and config.renderer == RendererType.CAIRO


def renderer(skip_animations: bool) -> CairoRenderer | None:
    """The fast renderer for a scene, or manim's own with its faults mended; None stands for that of OpenGL."""
    on = measures()
    any_name()
    quick_copies(on)
    quick_making(on)
    if on:
        return FastRenderer(FastWriter, RedrawCamera, skip_animations=skip_animations)
    if config.renderer != RendererType.CAIRO:
        return None
    return FilmedRenderer(FilmedWriter, TextureCamera, skip_animations=skip_animations)
