"""Make a deck of slides for the browser (reveal.js) of scenes that are cut into steps.

python -m renders.deck TARGET TITLE FOLDER …      (folders that renders.cut made; TARGET is a folder or an .html file)

Neither form needs a network, and neither names another host.
"""

from __future__ import annotations

import base64
import mimetypes
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from renders.cut import Cut, Slide, read_cut, slides
from renders.making import put, reported, scratch

#: The package that brings reveal.js along, on every system and without node; nothing else of it is used.
CARRIER, INSIDE = "sphinx-revealjs", "sphinx_revealjs/_static/revealjs"
REVEAL = {"reveal.css": "dist/reveal.css", "reveal.js": "dist/reveal.js", "notes.js": "plugin/notes/notes.js"}
LICENCE = "LICENSE"

OWN = Path(__file__).with_name("templates")

#: What a file of the deck has for an address: a name beside the page, or all of the file.
Address = Callable[[Path, str], str]


def reveal() -> dict[str, str]:
    """Return the files of reveal.js that a deck needs, and its licence: without the addresses in their comments."""
    try:
        root = Path(str(distribution(CARRIER).locate_file(INSIDE)))
    except PackageNotFoundError as error:
        raise ValueError(f"{CARRIER}, which brings reveal.js, is not installed; run make render") from error
    files = {**REVEAL, "reveal-license.txt": LICENCE}
    return {name: _without_addresses((root / path).read_text(encoding="utf-8")) for name, path in files.items()}


def _without_addresses(text: str) -> str:
    return re.sub(r",? ?https?://[^\s'\"`,]+", "", text)


def write_folder(cuts: Sequence[Cut], folders: Sequence[Path], target: Path, title: str) -> None:
    """Write the deck as a new folder with an `index.html`: whole or not at all."""
    with scratch() as unfinished:
        made = unfinished / target.name
        made.mkdir()

        def beside(folder: Path, name: str) -> str:
            copy = made / folder.name / name
            copy.parent.mkdir(exist_ok=True)
            if not copy.exists():
                shutil.copyfile(folder / name, copy)
            return f"{folder.name}/{name}"

        files = {**reveal(), **_own()}
        for name, text in files.items():
            (made / name).write_text(text, encoding="utf-8", newline="\n")
        page = _page(cuts, folders, title, beside, dict.fromkeys(files))
        (made / "index.html").write_text(page, encoding="utf-8", newline="\n")
        put(made, target)


def write_file(cuts: Sequence[Cut], folders: Sequence[Path], target: Path, title: str) -> None:
    """Write the deck as one file that holds everything: whole or not at all."""
    with scratch() as unfinished:
        made = unfinished / target.name
        files: dict[str, str | None] = {**reveal(), **_own()}
        made.write_text(_page(cuts, folders, title, _inside, files), encoding="utf-8", newline="\n")
        put(made, target)


def _inside(folder: Path, name: str) -> str:
    kind, _ = mimetypes.guess_type(name)
    return f"data:{kind};base64,{base64.b64encode((folder / name).read_bytes()).decode('ascii')}"


def _own() -> dict[str, str]:
    return {name: (OWN / name).read_text(encoding="utf-8") for name in ("deck.css", "deck.js")}


def _page(
    cuts: Sequence[Cut], folders: Sequence[Path], title: str, address: Address, files: dict[str, str | None]
) -> str:
    """Fill in the template. A file of which `files` holds the text goes into the page, the others are linked."""
    environment = Environment(
        loader=FileSystemLoader(OWN), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    scenes = [_scene(cut, folder, address) for cut, folder in zip(cuts, folders, strict=True)]
    return environment.get_template("deck.html").render(
        title=title,
        scenes=scenes,
        size=cuts[0].size,
        background=cuts[0].background,
        ink=ink(cuts[0].background),
        styles={name: _embedded(text) for name, text in files.items() if name.endswith(".css")},
        scripts={name: _embedded(text) for name, text in files.items() if name.endswith(".js")},
        licence=_embedded(files["reveal-license.txt"]),
    )


def _embedded(text: str | None) -> Markup | None:
    """Mark a script or style as it is to stand in the page; nothing in it may close its element."""
    return None if text is None else Markup(re.sub(r"</(?=script|style)", r"<\\/", text, flags=re.IGNORECASE))


def _scene(cut: Cut, folder: Path, address: Address) -> dict[str, Any]:
    def still(name: str) -> str:
        return f"{cut.scene}-{Path(name).stem}-still"

    def step(slide: Slide) -> dict[str, str]:
        return {
            "id": f"{cut.scene}-{slide.slug}",
            "name": slide.name,
            "narration": slide.narration,
            "video": address(folder, slide.video),
            "still": address(folder, slide.last),
            "first": still(slide.first),
            "last": still(slide.last),
        }

    first = cut.slides[0].first
    steps = [step(slide) for slide in cut.slides]
    return {"name": cut.name, "first": address(folder, first), "first_id": still(first), "steps": steps}


def ink(background: str) -> str:
    """Return white or black, whichever reads better on a colour such as `#10131A`."""
    red, green, blue = (int(background[i : i + 2], 16) for i in (1, 3, 5))
    return "#FFFFFF" if 0.299 * red + 0.587 * green + 0.114 * blue < 128 else "#000000"


def _deck_of(target: str, title: str, *given: str) -> Iterator[str]:
    folders = [Path(folder) for folder in given]
    cuts = [read_cut(folder) for folder in folders]
    write = write_file if target.endswith(".html") else write_folder
    write(cuts, folders, Path(target), title)
    yield f"{Path(target).name}: {slides(cuts)} for the browser"


def main(arguments: list[str]) -> int:
    """Make the deck, say so."""
    return reported("deck", _deck_of(*arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
