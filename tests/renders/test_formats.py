"""What a clip is offered as: every file is decoded and looked at."""

import itertools
import re
from pathlib import Path

import av
import numpy as np
import pypdfium2
import pytest
from made_clips import STORY, make_story
from made_transparent import BEHIND, FRAMES, FULL, HALF, ORANGE, RATE, SIZE, make_transparent, picture
from PIL import Image

from renders.formats import FORMATS, check_formats, files, page_files, too_long
from renders.handout import handout
from renders.making import whole
from renders.steps import Step, clip_steps
from renders.themes import DARK, LIGHT, THEMES, background, check_themes, of_suffix
from renders.transparent import BT709, _cleaner

CLIPS = Path("renders", "clips")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("formats")


@pytest.fixture(autouse=True)
def _there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)


@pytest.fixture(scope="module")
def clips(folder: Path) -> dict[str, Path]:
    return make_story(folder / CLIPS)


@pytest.fixture(scope="module")
def transparent(folder: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        make_transparent("Square", (".webm", ".mov"))
    return folder / CLIPS


def decoded(video: Path, decoder: str) -> list[np.ndarray]:
    """Decode with a decoder of that name (FFmpeg's own for VP9 leaves the alpha out), colours as they are tagged."""
    frames = []
    context = av.codec.CodecContext.create(decoder, "r")
    with av.open(video) as container:
        stream = container.streams.video[0]
        context.extradata = stream.codec_context.extradata
        for packet in container.demux(stream):
            frames += context.decode(packet if packet.size else None)
    return [frame.reformat(format="rgba", src_colorspace="ITU709").to_ndarray() for frame in frames]


@pytest.mark.parametrize(
    ("ending", "codec", "decoder", "pixels"),
    [(".webm", "vp9", "libvpx-vp9", "yuv420p"), (".mov", "prores", "prores", "yuva444p12le")],
)
def test_a_transparent_video_is_whole_and_clean(
    transparent: Path, ending: str, codec: str, decoder: str, pixels: str
) -> None:
    video = transparent / f"Square-transparent{ending}"
    with av.open(video) as container:
        stream = container.streams.video[0]
        context = stream.codec_context
        assert (context.name, context.pix_fmt) == (codec, pixels)
        assert (context.width, context.height, float(stream.average_rate)) == (*SIZE, RATE)
        tags = (context.color_primaries, context.color_trc, context.colorspace, context.color_range)
        assert tags == (BT709, BT709, BT709, 1)
        assert container.duration == pytest.approx(1e6 * FRAMES / RATE, abs=1000)
        assert stream.metadata.get("alpha_mode") == ("1" if ending == ".webm" else None)
    assert clip_steps(video) == [Step("rest", 19), Step("half", 44)]
    frames = decoded(video, decoder)
    assert len(frames) == FRAMES
    first, last = frames[10].astype(int), frames[-1].astype(int)
    assert first[5, 5, 3] == last[170, 310, 3] == 0
    assert abs(first[50, 50] - (*ORANGE, 255)).max() <= 3
    assert first[130, 130, 3] == 0
    assert abs(last[130, 130] - (*ORANGE, 128)).max() <= 5, "the background is out of the colour too"


def test_the_transparent_still_is_the_last_frame(transparent: Path) -> None:
    with Image.open(transparent / "Square-transparent-still.png") as still:
        assert (still.mode, still.size) == ("RGBA", SIZE)
        pixels = np.asarray(still)
    assert (pixels[FULL] == (*ORANGE, 255)).all()
    assert (pixels[HALF][..., 3] == 128).all()
    assert abs(pixels[HALF][..., :3].astype(int) - ORANGE).max() <= 1
    assert "A square." in (transparent / "Square-transparent.vtt").read_text(encoding="utf-8")


def test_nothing_but_what_is_partly_covered_is_changed() -> None:
    before = picture(last=True)
    after = _cleaner(BEHIND)(before.copy())
    changed = (before != after).any(axis=-1)
    assert changed[HALF].all()
    changed[HALF] = False
    assert not changed.any()


def test_a_handout_shows_every_step_with_what_is_said(clips: dict[str, Path]) -> None:
    target = CLIPS / "TheSquare.pdf"
    handout(clips["TheSquare"], target, "The square", "A square is where it is; # not *elsewhere*.")
    pdf = pypdfium2.PdfDocument(target)
    try:
        assert len(pdf) == 1
        assert pdf.get_metadata_value("Title") == "The square"
        page = pdf[0]
        text = " ".join(page.get_textpage().get_text_range().split())
        pictures = [each for each in page.get_objects() if each.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
        assert [picture_.get_px_size() for picture_ in pictures] == [(320, 180), (320, 180)]
    finally:
        pdf.close()
    assert "A square is where it is; # not *elsewhere*." in text
    for slug, *_, said in STORY["TheSquare"]:
        assert slug.replace("-", " ").capitalize() in text
        assert said in text


# Names


def test_no_two_themes_share_a_file() -> None:
    names = [files("Clip", [theme], list(FORMATS)) for theme in THEMES.values() if not theme.transparent]
    names += [files("Clip", [theme], []) for theme in THEMES.values()]
    opaque, light, *alone = names
    assert not set(opaque) & set(light)
    assert all(not set(one) & set(two) for one, two in itertools.combinations(alone, 2))
    assert {"Clip.mp4", "Clip.gif", "Clip.pdf", "Clip-transparent.webm", "Clip-transparent.mov"} <= set(opaque)
    assert {"Clip-light.mp4", "Clip-light-still.png", "Clip-light-transparent.webm"} <= set(light)


def test_only_the_light_ones_are_made_without_being_asked_for() -> None:
    assert files("Clip", [DARK], []) == ["Clip.mp4", "Clip.srt", "Clip.vtt", "Clip.png", "Clip-still.png"]
    assert files("Clip", check_themes("transparent"), []) == [
        f"Clip-transparent{ending}" for ending in (".webm", ".srt", ".vtt", "-still.png")
    ]


def test_a_theme_is_found_by_its_files_and_takes_manims_colour() -> None:
    assert [of_suffix(theme.suffix) for theme in THEMES.values()] == list(THEMES.values())
    assert [THEMES[name].twin(False) for name in ("transparent", "light-transparent")] == [DARK, LIGHT]
    assert [background(theme) for theme in THEMES.values()] == ["#10131A", "#FAFAF7"] * 2


def test_what_is_unknown_is_named_beside_what_is_known() -> None:
    with pytest.raises(ValueError, match=r"unknown theme pink; expected any of dark, light, transparent, light-trans"):
        check_themes("dark pink")
    with pytest.raises(ValueError, match=r"unknown format mpg; expected any of mp4, still, gif, webp, pdf, webm, pro"):
        check_formats("gif mpg")
    assert check_themes("") == (DARK,)
    assert check_formats("gif  pdf gif") == ("gif", "pdf")


def test_the_page_shows_what_is_asked_for_and_what_is_there(tmp_path: Path) -> None:
    plain = ["Clip.mp4", "Clip.srt", "Clip.vtt", "Clip-still.png"]
    assert page_files("Clip", [DARK], [], tmp_path) == plain
    assert page_files("Clip", [DARK], ["pdf", "webm", "prores"], tmp_path) == [
        *plain,
        "Clip.pdf",
        "Clip-transparent.webm",
    ]
    (tmp_path / "Clip-webp").mkdir()
    assert page_files("Clip", [DARK], [], tmp_path) == [*plain, "Clip-webp"]
    assert page_files("Clip", [DARK], ["gif-steps", "webp-whole"], tmp_path) == [
        *plain,
        "Clip-gif",
        "Clip.webp",
        "Clip-webp",
    ]
    (tmp_path / "Clip-webp").rmdir()
    for name in ("Clip-light.mp4", "Clip-light.gif", "Clip.png", "Other.gif"):
        (tmp_path / name).touch()
    light = [f"Clip-light{ending}" for ending in (".mp4", ".srt", ".vtt", "-still.png", ".gif")]
    assert page_files("Clip", [DARK], [], tmp_path) == [*plain, *light]
    assert not re.search("transparent", " ".join(page_files("Clip", [LIGHT], [], tmp_path)))


def test_a_long_clip_is_one_loop_only_if_that_is_asked_for() -> None:
    seconds = {"Short": 19.8, "Long": 62.0, "Longer-light": 71.2}
    assert too_long(["webp", "pdf"], seconds) == (
        "longer than 20 s are Long 62 s, Longer-light 71 s; ask for FORMATS=webp-steps, a loop for each step, or for "
        "FORMATS=webp-whole if it is to be one loop all the same"
    )
    assert "gif-steps" in too_long(["gif"], seconds)
    for formats in (["webp-steps"], ["webp-whole", "gif-whole"], ["pdf", "webm"], []):
        assert too_long(formats, seconds) == ""
    assert too_long(["gif", "webp"], {"Short": 20.0}) == ""


def test_a_failure_leaves_neither_a_file_nor_rubbish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kept.txt").write_text("old")

    def interrupted() -> None:
        with whole(Path("kept.txt"), Path("new.txt")) as (first, _):
            first.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert (tmp_path / "kept.txt").read_text() == "old"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["kept.txt", "media", "renders"]
