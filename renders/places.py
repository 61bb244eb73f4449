"""The places where a clip is used, and what is copied into each of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import PurePath
from typing import NamedTuple

from renders.formats import LoopFolder, is_folder
from renders.themes import THEMES


class Place(NamedTuple):
    """A place: what it is, what to do there, the endings of the files that it takes, and what is copied into it.

    The first ending is the place's own: without such a file the place is not named. In the words to copy, {stem} is
    that file's name without its ending, {title} the clip's and {lesson} what it teaches. If it is that of a folder
    with a file for each step, {stem} is such a file's name, {title} the step's and {lesson} what is said there.
    """

    name: str
    advice: str
    endings: tuple[str, ...]
    copied: str = ""
    copied_as: str = ""


PLACES = (
    Place(
        "PowerPoint, Keynote, Google Slides",
        "Insert the file as a video. It has no sound; these words are its alternative text.",
        (".mp4",),
        "{title}: {lesson}",
        "alternative text",
    ),
    Place(
        "Learning platform or web page",
        "Upload video, captions and poster side by side, then paste this.",
        (".mp4", ".vtt", "-still.png"),
        '<video controls playsinline preload="metadata" poster="{stem}-still.png"\n'
        '  style="width: 100%" aria-label="{title}">\n'
        '  <source src="{stem}.mp4" type="video/mp4">\n'
        '  <track kind="captions" src="{stem}.vtt" srclang="en" label="English" default>\n'
        "</video>",
        "HTML",
    ),
    Place(
        "reveal.js, or a web page with a background of its own",
        "The background shows through. On a slide of reveal.js it plays as soon as the slide is there.",
        (".webm", "-still.png"),
        '<video src="{stem}.webm" data-autoplay muted playsinline aria-label="{title}"></video>',
        "HTML",
    ),
    Place(
        "Document, e-mail, chat, README",
        "A picture that moves and repeats, under 2 MB. WebP looks better; GIF moves everywhere.",
        (".webp", ".gif"),
        "![{title}: {lesson}]({stem}.webp)",
        "Markdown",
    ),
    Place(
        "Document, e-mail, chat, README",
        "A picture that moves and repeats, under 2 MB.",
        (".gif",),
        "![{title}: {lesson}]({stem}.gif)",
        "Markdown",
    ),
    Place(
        "One step in a document, an e-mail, a chat, a README",
        "Pictures that move and repeat, each under 2 MB. WebP looks better; GIF moves everywhere.",
        ("-webp",),
        "![{title}: {lesson}]({stem}.webp)",
        "Markdown",
    ),
    Place(
        "One step in a document, an e-mail, a chat, a README",
        "Pictures that move and repeat, each under 2 MB.",
        ("-gif",),
        "![{title}: {lesson}]({stem}.gif)",
        "Markdown",
    ),
    Place(
        "Handout",
        "All steps with what is said, ready to print; or the last still by itself.",
        (".pdf", "-still.png"),
        "\\includegraphics[width=\\linewidth]{{{stem}-still.png}}",
        "LaTeX",
    ),
    Place(
        "Handout",
        "The last still of the clip.",
        ("-still.png",),
        "\\includegraphics[width=\\linewidth]{{{stem}-still.png}}",
        "LaTeX",
    ),
    Place(
        "Captions for any other player", "Lecture recordings and video sites take one or the other.", (".vtt", ".srt")
    ),
)


class Offer(NamedTuple):
    """A place with what a clip has for it in one theme: the files, the words to copy, and the step, if it is of one."""

    place: Place
    theme: str
    files: tuple[str, ...]
    copied: str
    step: str = ""


class Told(NamedTuple):
    """A step of a clip in words: its slug, its title, what is said there."""

    slug: str
    title: str
    says: str


def offers(scene: str, title: str, lesson: str, files: Collection[str], steps: Sequence[Told] = ()) -> list[Offer]:
    """Return what a clip's files are good for, place by place; of two ways to the same place, the first that there is.

    `files` are the names of those that really exist, folders among them.
    """
    found: dict[tuple[str, str], list[Offer]] = {}
    for place in PLACES:
        for theme in THEMES.values():
            stem = f"{scene}{theme.suffix}"
            there = tuple(stem + ending for ending in place.endings if stem + ending in files)
            if stem + place.endings[0] in there and theme.transparent == (place.endings[0] == ".webm"):
                words = place.copied.format(stem=stem, title=title, lesson=lesson)
                whole = [Offer(place, theme.ground, there, words)]
                each = _of_steps(place, theme.ground, there[0], steps) if is_folder(there[0]) else whole
                found.setdefault((place.name, theme.ground), each)
    return [offer for each in found.values() for offer in each]


def _of_steps(place: Place, ground: str, folder: str, steps: Sequence[Told]) -> list[Offer]:
    """Return what a folder offers to a place: the file of each step."""
    offered = []
    for file, step in zip(LoopFolder.called(folder).files(step.slug for step in steps), steps, strict=True):
        words = place.copied.format(stem=PurePath(file).stem, title=step.title, lesson=" ".join(step.says.split()))
        offered.append(Offer(place, ground, (f"{folder}/{file}",), words, step.title))
    return offered


def kind(file: str) -> str:
    """Return what a reader calls a file: its ending, or that it is a still."""
    return "still" if file.endswith("-still.png") else PurePath(file).suffix.removeprefix(".")
