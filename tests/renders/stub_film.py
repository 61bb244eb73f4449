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
