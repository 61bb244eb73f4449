"""What manim is asked for, made into what can be filmed, before anything is drawn; one line says what was changed."""

from __future__ import annotations

from manim import config, logger
from manim._config.output import OutputFormat

GIF_MOST, GIF_RATE = 50, 30
"""A GIF counts hundredths of a second, and browsers slow down what takes only one. At 30 steps last as long as ever."""
UNFILMED = (OutputFormat.PNG, OutputFormat.PNG_SEQUENCE)


def settle() -> None:
    """Make manim's options fit each other; raises SystemExit for those of which nothing can be made."""
    first, last = config.from_animation_number, config.upto_animation_number
    if 0 <= last < first:
        raise SystemExit(f"manim -n {first},{last}: expected the number of the first animation, then of the last one")
    if config.dry_run:
        return
    asked = OutputFormat.parse(config.format)
    if asked in UNFILMED:
        if config.save_sections:
            logger.warning("A still has no sections: --save_sections is left out.")
            config.save_sections = False
        return
    # Both are coded with colours that four pixels share; qtrle and VP9 take any size.
    if asked is not OutputFormat.WEBM and not config.transparent:
        _settle_size()
    if asked is OutputFormat.GIF and config.frame_rate > GIF_MOST:
        logger.warning(
            f"A GIF has at most {GIF_MOST} frames a second; {GIF_RATE} are taken instead of {config.frame_rate:g}. "
            "(make render FORMATS=gif makes one under 2 MB.)"
        )
        config.frame_rate = GIF_RATE


def _settle_size() -> None:
    """Make both sides of the picture even, which H.264 asks for."""
    width, height = (side + side % 2 for side in (config.pixel_width, config.pixel_height))
    if (width, height) != (config.pixel_width, config.pixel_height):
        logger.warning(
            f"A film has even sides: {width},{height} is taken instead of {config.pixel_width},{config.pixel_height}."
        )
        config.pixel_width, config.pixel_height = width, height
