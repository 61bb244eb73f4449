"""The contact sheet shows every step's end and twelve frames between."""

import json
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from renders.contact import COLUMNS, EVENLY, GAP, LABEL, WIDTH, _labels, contact_sheet
from renders.steps import Step, read_steps

RATE = 15


def grey_video(path: Path, frames: int, special: tuple[int, ...] = ()) -> Path:
    """Write mid-grey frames, with pure white ones where they are special."""
    with av.open(path, "w") as container:
        stream = container.add_stream("libx264", rate=Fraction(RATE), options={"crf": "5"})
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for number in range(frames):
            pixels = np.full((180, 320, 3), 255 if number in special else 128, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        container.mux(stream.encode())
    return path


def tiles(sheet: Path, count: int) -> list[int]:
    """Return the brightness of the middle of the first `count` pictures of a sheet."""
    width = (WIDTH - GAP * (COLUMNS + 1)) // COLUMNS
    height = round(width * 180 / 320)
    with Image.open(sheet) as image:
        pixels = np.asarray(image.convert("L"))
    places = (divmod(place, COLUMNS) for place in range(count))
    middles = (
        (row * (height + LABEL + GAP) + GAP + height // 2, GAP + column * (width + GAP) + width // 2)
        for row, column in places
    )
    return [int(pixels[middle]) for middle in middles]


def test_every_step_end_is_shown(tmp_path: Path) -> None:
    ends = (7, 22, 40, 59)
    video = grey_video(tmp_path / "clip.mp4", 60, ends)
    steps = [Step(f"step-{end}", end) for end in ends]
    sheet = contact_sheet(video, steps, tmp_path / "clip.png")
    labels = _labels(60, RATE, steps)
    assert len(labels) >= EVENLY
    shown = [index for index, grey in zip(labels, tiles(sheet, len(labels)), strict=True) if grey > 250]
    assert shown == list(ends)


def test_labels_give_the_time_and_at_a_step_end_its_slug() -> None:
    labels = _labels(60, RATE, [Step("filter-moves", 31), Step("done", 59)])
    assert labels[31] == "2.1 s  filter-moves"
    assert labels[59] == "3.9 s  done"
    assert labels[0] == "0.0 s"
    assert list(labels) == sorted(labels)


def test_frames_are_evenly_spaced() -> None:
    indices = list(_labels(1200, 60, []))
    assert len(indices) == EVENLY
    assert (indices[0], indices[-1]) == (0, 1199)
    assert max(np.diff(indices)) - min(np.diff(indices)) <= 1


def test_a_clip_shorter_than_the_sheet_shows_all_of_its_frames(tmp_path: Path) -> None:
    contact_sheet(grey_video(tmp_path / "clip.mp4", 3), [], tmp_path / "clip.png")
    assert list(_labels(3, RATE, [])) == [0, 1, 2]


def test_steps_that_do_not_add_up_to_the_clip_are_refused(tmp_path: Path) -> None:
    video = grey_video(tmp_path / "clip.mp4", 30)
    with pytest.raises(ValueError, match=r"the last step ends with frame 44, the clip with 29"):
        contact_sheet(video, [Step("late", 44)], tmp_path / "clip.png")


def test_steps_are_read_from_manims_sections(tmp_path: Path) -> None:
    index = tmp_path / "Clip.json"
    index.write_text(json.dumps([{"name": "a", "nb_frames": "15"}, {"name": "b", "nb_frames": "30"}]))
    assert read_steps(index) == [Step("a", 14), Step("b", 44)]
    assert read_steps(tmp_path / "absent.json") == []
