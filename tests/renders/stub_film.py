"""The film of the stub projects that the recipe is tried on."""

FILM = """
from typing import NamedTuple
class Clip(NamedTuple):
    scene: str
    module: str
FILM = (Clip("One", "one"), Clip("Two", "two"))
CLASSICS = ()
OPENING = Clip("Opening", "opening")
TITLE = "A stub of a film"
"""


def clip_files(*scenes: str) -> list[str]:
    """Return the names of all that is made of these scenes when nothing else is asked for, sorted."""
    return sorted(f"{scene}{ending}" for scene in scenes for ending in (".mp4", ".srt", ".vtt", ".png", "-still.png"))
