"""A refusal as whoever gave manim's command is told it: one message, no traceback."""

from __future__ import annotations

import inspect

COMMAND = "manim.cli.render.commands"
"""The module of manim whose function a scene is rendered by when it comes from the command line."""


def by_command() -> bool:
    """Whether manim's command is rendering, and not a program, a notebook or a test."""
    frame = inspect.currentframe()
    while frame is not None:
        if frame.f_globals.get("__name__") == COMMAND:
            return True
        frame = frame.f_back
    return False


def end(refusal: ValueError) -> SystemExit:
    """What ends the command: Python prints the message and leaves with exit code 1. manim would print fifty lines."""
    return SystemExit(f"\n{refusal}\n")
