"""Captions are read as people edit them, and every program reads what is written."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import av
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from renders.captions import Caption, as_srt, as_vtt, narration, read_captions

PIECES = ["a", "b 2", "<", ">", "&", "&amp;", "<i>", "</i>", "-->", "--", "\n", "\n\n", " ", "\t", "\r", "\u2028", "\0"]
SAID = st.lists(st.sampled_from([*PIECES, "é", "نمی\u200cشود", "🎬", "1", "WEBVTT", "NOTE x", "{\\an8}"])).map("".join)
AWKWARD = [
    Caption(0, 1000, "one\n\ntwo"),
    Caption(1000, 2000, ""),
    Caption(2000, 3000, " \n\t\n"),
    Caption(3000, 4000, "a < b & c --> d, <b>x</b> &lt;"),
    Caption(4000, 5000, "\n\nlast\r\n\r\nline\n\n"),
]
SHOWN = [["one", "two"], ["a < b & c --> d, <b>x</b> &lt;"], ["last", "line"]]


def timed(texts: Sequence[str]) -> list[Caption]:
    return [Caption(1000 * second, 1000 * second + 900, text) for second, text in enumerate(texts)]


def lines(text: str) -> list[str]:
    """What is to be seen of a text."""
    return [" ".join(line.replace("\0", " ").split()) for line in text.splitlines() if line.strip(" \t\r\0")]


def cues(vtt: str) -> list[tuple[str, list[str]]]:
    """Read WebVTT by its own rules: a blank line ends a cue, and no arrow stands in what it says."""
    head, *blocks = vtt.split("\n\n")
    assert head.rstrip("\n") == "WEBVTT"
    found = []
    for block in filter(None, (block.strip("\n") for block in blocks)):
        timing, *said = block.split("\n")
        assert re.fullmatch(r"\d\d:\d\d:\d\d\.\d{3} --> \d\d:\d\d:\d\d\.\d{3}( line:0)?", timing)
        assert said
        assert not re.search(r"-->|<|&(?!(amp|lt|gt);)", "\n".join(said))
        found.append((timing, [html.unescape(line) for line in said]))
    return found


@given(st.lists(SAID, max_size=4))
@example([caption.text for caption in AWKWARD])
def test_webvtt_says_what_is_said(texts: list[str]) -> None:
    captions = timed(texts)
    assert [said for _, said in cues(as_vtt(captions))] == [lines(text) for text in texts if lines(text)]


@given(st.lists(SAID, max_size=4))
@example([caption.text for caption in AWKWARD])
def test_srt_is_read_back_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.getbasetemp() / "written.srt"
    path.write_text(as_srt(timed(texts)), encoding="utf-8", newline="")
    expected = [
        caption._replace(text="\n".join(lines(caption.text)).replace("-->", "→"))
        for caption in timed(texts)
        if lines(caption.text)
    ]
    assert read_captions(path) == expected
    assert not any("-->" in caption.text for caption in read_captions(path))


@pytest.mark.parametrize("ending", [".srt", ".vtt"])
def test_ffmpeg_finds_every_caption_and_no_other(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"awkward{ending}"
    path.write_text({".srt": as_srt, ".vtt": as_vtt}[ending](AWKWARD), encoding="utf-8", newline="")
    with av.open(path) as container:
        packets = [packet for packet in container.demux() if packet.size]
        shown = [bytes(packet).decode() for packet in packets]
        times = [round(1000 * packet.pts * packet.time_base) for packet in packets]
    assert times == [0, 3000, 4000]
    expected = ["\n".join(said) for said in SHOWN]
    if ending == ".srt":
        assert shown == [said.replace("-->", "→") for said in expected]
    else:
        assert [html.unescape(said) for said in shown] == expected


def test_a_browser_shows_every_caption_as_it_is_said(browser: Any) -> None:
    page = browser.new_page(offline=True)
    page.set_content(f'<video><track default src="data:text/vtt;charset=utf-8,{quote(as_vtt(AWKWARD))}"></video>')
    page.evaluate("document.querySelector('track').track.mode = 'showing'")
    page.wait_for_function("document.querySelector('track').readyState === 2")
    found = page.evaluate(
        "[...document.querySelector('track').track.cues].map((cue) => [cue.startTime, cue.getCueAsHTML().textContent])"
    )
    assert found == [[start, "\n".join(said)] for start, said in zip((0, 3, 4), SHOWN, strict=True)]
    page.close()


EDITED = """1
00:00:00,000 --> 00:00:02,000
one

two

2
00:00:05,000 --> 00:00:06,000
later


00:00:02,000 --> 00:00:03,000
2 < 3 & 4 --> 5

4
00:00:03,000 --> 00:00:04,000

9
0:0:10.5 --> 0:0:12
loose"""
READ = [
    Caption(0, 2000, "one\ntwo"),
    Caption(2000, 3000, "2 < 3 & 4 --> 5"),
    Caption(5000, 6000, "later"),
    Caption(10005, 12000, "loose"),
]


def test_what_goes_to_the_top_is_read_off_the_vtt_beside(tmp_path: Path) -> None:
    captions = [Caption(0, 1500, "low"), Caption(1500, 3000, "high", high=True), Caption(3_600_000, 3_602_000, "low")]
    path = tmp_path / "clip.srt"
    path.write_text(as_srt(captions), encoding="utf-8")
    assert read_captions(path) == [caption._replace(high=False) for caption in captions]
    path.with_suffix(".vtt").write_text(as_vtt(captions), encoding="utf-8")
    assert read_captions(path) == captions
    assert [time.endswith("line:0") for time, _ in cues(as_vtt(captions))] == [False, True, False]
    assert [caption.later(5).high for caption in captions] == [False, True, False]


@pytest.mark.parametrize("before", ["", "\ufeff", "\n\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_srt_that_somebody_has_edited_is_read(before: str, end: str, tmp_path: Path) -> None:
    path = tmp_path / "edited.srt"
    path.write_text(before + EDITED, encoding="utf-8", newline=end)
    assert read_captions(path) == READ
    assert narration(READ, 0, 2) == "one two"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "1\n00:00:01,000 --> 00:00:02,000\nfine\n\n2\n00:00:02,000 > 00:00:03,000\nlost",
            ":5: got '2'; expected a number,",
        ),
        ("rubbish", ":1: got 'rubbish'; expected a number, a line such as 00:00:01,000 --> 00:00:04,000, and then"),
        (
            "1\n00:00:09,000 --> 00:00:08,000\nback",
            ": the caption of 00:00:09,000 ends at 00:00:08,000, before it starts",
        ),
        (
            "1\n00:00:01,000 --> 00:00:02,000\none\n00:00:02,000 --> 00:00:03,000\ntwo",
            ": the caption of 00:00:01,000 says '00:00:02,000 --> 00:00:03,000'; expected a blank line before the next",
        ),
    ],
)
def test_what_cannot_be_read_says_where(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.srt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="broken") as refused:
        read_captions(path)
    assert str(refused.value).startswith(f"{path}{message}")
    assert "\n" not in str(refused.value)


def test_an_srt_in_an_older_coding_says_so(tmp_path: Path) -> None:
    path = tmp_path / "old.srt"
    path.write_bytes("1\n00:00:01,000 --> 00:00:02,000\ndéjà vu\n".encode("latin-1"))
    with pytest.raises(ValueError, match=r"old\.srt is not in UTF-8; save it so$"):
        read_captions(path)
