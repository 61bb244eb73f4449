"""Finishing: from manim's mp4 to one that plays everywhere."""

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

import renders.finish
from renders.captions import read_captions
from renders.finish import COLOURS, colours, facts, finish, main, top_atoms
from scenes._stage.captions import LOW

FRAMES, RATE, SIZE = 45, 15, (320, 180)
RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)


def write_video(path: Path, codec: str = "libx264", pixel_format: str = "yuv420p") -> Path:
    """Write what manim writes: one second each of red, green and blue, without tags, moov at the end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(path, "w") as container:
        stream = container.add_stream(codec, rate=Fraction(RATE))
        stream.width, stream.height, stream.pix_fmt = *SIZE, pixel_format
        for number in range(FRAMES):
            pixels = np.full((SIZE[1], SIZE[0], 4), (*(RED, GREEN, BLUE)[number // RATE], 255), np.uint8)
            frame = av.VideoFrame.from_ndarray(pixels, format="rgba")
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


@pytest.fixture
def source(tmp_path: Path) -> Path:
    video = write_video(tmp_path / "media" / "Clip.mp4")
    video.with_suffix(".srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nα is orange.\n", encoding="utf-8")
    sections = tmp_path / "media" / "sections" / "Clip.json"
    sections.parent.mkdir()
    steps = [{"name": name, "nb_frames": str(RATE)} for name in ("red", "green", "blue")]
    sections.write_text(json.dumps(steps), encoding="utf-8")
    return video


@pytest.fixture
def clips(tmp_path: Path) -> Path:
    return tmp_path / "clips"


def decoded(video: Path) -> list[np.ndarray]:
    with av.open(video) as container:
        return [frame.to_ndarray() for frame in container.decode(video=0)]


def test_the_source_lacks_what_finishing_adds(source: Path) -> None:
    assert colours(source) != COLOURS
    assert top_atoms(source).index("moov") > top_atoms(source).index("mdat")


def test_a_finished_clip_is_tagged_and_starts_with_its_index(source: Path, clips: Path) -> None:
    finish(source, clips)
    clip = clips / "Clip.mp4"
    assert facts(clip) == ("h264", "yuv420p", SIZE, FRAMES, FRAMES / RATE)
    assert colours(clip) == COLOURS
    assert top_atoms(clip).index("moov") < top_atoms(clip).index("mdat")
    assert b"colrnclx\x00\x01\x00\x01\x00\x06\x00" in clip.read_bytes()


def test_no_pixel_changes_and_no_frame_moves(source: Path, clips: Path) -> None:
    finish(source, clips)
    before, after = decoded(source), decoded(clips / "Clip.mp4")
    assert len(after) == FRAMES
    assert all(np.array_equal(old, new) for old, new in zip(before, after, strict=True))
    with av.open(clips / "Clip.mp4") as container:
        stream = container.streams.video[0]
        assert stream.average_rate == RATE
        assert [round(frame.time * RATE) for frame in container.decode(stream)] == list(range(FRAMES))


def test_the_matrix_tag_says_how_manims_encoder_computes(tmp_path: Path) -> None:
    """Encode through manim's own class: BT.601 makes pure red Y 81, BT.709 would make it 63."""
    encoder = pytest.importorskip("manim.scene.video_segment_encoder")
    from manim._config.video_encoder import VideoEncoderSpec

    size = (1920, 1080)  # BT.709 would be the custom from 720 lines on
    spec = VideoEncoderSpec("mp4", "libx264", "yuv420p", *size, Fraction(RATE), (("preset", "ultrafast"),))
    writer = encoder.VideoSegmentEncoder(target=tmp_path / "red.mp4", spec=spec)
    writer.write_frame(np.full((size[1], size[0], 4), (*RED, 255), np.uint8))
    writer.finish()
    luma = decoded(tmp_path / "red.mp4")[0][: size[1]]
    assert abs(int(np.median(luma)) - 81) <= 1
    assert COLOURS.matrix == 6


def test_captions_and_contact_sheet_stand_beside_the_clip(source: Path, clips: Path) -> None:
    made = finish(source, clips)
    names = ["Clip-still.png", "Clip.mp4", "Clip.png", "Clip.srt", "Clip.vtt"]
    assert sorted(path.name for path in made) == names
    assert sorted(path.name for path in clips.iterdir()) == names
    assert (clips / "Clip.vtt").read_text(encoding="utf-8") == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nα is orange.\n"
    )
    assert "α is orange." in (clips / "Clip.srt").read_text(encoding="utf-8")
    with Image.open(clips / "Clip.png") as sheet:
        assert sheet.width == 1920


def test_captions_leave_free_what_stands_low(source: Path, clips: Path) -> None:
    said = [f"{at + 1}\n00:00:0{at},000 --> 00:00:0{at + 1},000\n{at}\n" for at in range(3)]
    source.with_suffix(".srt").write_text("\n".join(said), encoding="utf-8")
    index = source.parent / "sections" / "Clip.json"
    steps = json.loads(index.read_text(encoding="utf-8"))
    steps[1]["type"] = LOW
    index.write_text(json.dumps(steps), encoding="utf-8")
    finish(source, clips)
    assert [caption.high for caption in read_captions(clips / "Clip.srt")] == [False, True, False]
    assert (clips / "Clip.vtt").read_text(encoding="utf-8").count("line:0") == 1


def test_a_clip_without_a_word_has_empty_captions(source: Path, clips: Path) -> None:
    source.with_suffix(".srt").unlink()
    finish(source, clips)
    assert (clips / "Clip.srt").read_bytes() == b""
    assert (clips / "Clip.vtt").read_text(encoding="utf-8") == "WEBVTT\n"


def test_the_still_is_the_last_frame_in_full_size(source: Path, clips: Path) -> None:
    finish(source, clips)
    with Image.open(clips / "Clip-still.png") as still:
        assert (still.format, still.mode, still.size) == ("PNG", "RGB", SIZE)
        red, green, blue = (int(value) for value in np.asarray(still)[90, 160])
    assert (red < 5, green < 5, blue > 250) == (True, True, True)


def test_a_theme_has_files_of_its_own(source: Path, clips: Path) -> None:
    finish(source, clips)
    before = snapshot(clips)
    made = finish(source, clips, "Clip-light")
    assert sorted(path.name for path in made) == sorted(name.replace("Clip", "Clip-light") for name in before)
    assert before.items() <= snapshot(clips).items()


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_foreign_codec_is_refused_by_name(tmp_path: Path, clips: Path) -> None:
    video = write_video(tmp_path / "media" / "Clip.mov", "qtrle", "argb")
    before = snapshot(video.parent)
    with pytest.raises(ValueError, match=r"Clip\.mov is qtrle in argb; expected h264 in yuv420p"):
        finish(video, clips)
    assert snapshot(video.parent) == before
    assert list(clips.iterdir()) == []


@pytest.mark.parametrize("failing", ["remux", "copy_captions", "contact_sheet", "save_still", "read_steps", "_check"])
def test_a_failure_midway_leaves_the_last_good_clip_and_no_rubbish(
    source: Path, clips: Path, failing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(source, clips)
    before = snapshot(clips), snapshot(source.parent)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(renders.finish, failing, interrupted)
    with pytest.raises(KeyboardInterrupt):
        finish(source, clips)
    assert (snapshot(clips), snapshot(source.parent)) == before


def test_killed_midway_nothing_stands_under_a_final_name(source: Path, clips: Path) -> None:
    # Dies as by SIGKILL, without any cleaning up, when the video is written but not the sheet.
    dying = (
        "import os, sys, pathlib, renders.finish as f; f.contact_sheet = lambda *_: os._exit(9); "
        "f.finish(*map(pathlib.Path, sys.argv[1:]))"
    )
    ended = subprocess.run([sys.executable, "-c", dying, str(source), str(clips)], check=False)
    assert ended.returncode == 9
    assert list(clips.iterdir()) == []
    finish(source, clips)
    assert facts(clips / "Clip.mp4").frames == FRAMES


def test_a_truncated_video_is_refused(source: Path, clips: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source.write_bytes(source.read_bytes()[:500])
    assert main([str(source), str(clips)]) == 1
    assert capsys.readouterr().err.startswith("finish: ")
    assert list(clips.iterdir()) == []


def test_the_command_line_names_what_it_made(source: Path, clips: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(source), str(clips)]) == 0
    assert str(clips / "Clip.mp4") in capsys.readouterr().out
