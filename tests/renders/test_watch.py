"""`make watch`: a save gives a new still, a broken edit its traceback, and the end leaves nothing behind."""

from __future__ import annotations

import errno
import http.client
import importlib
import io
import json
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from renders.lecture import scene_files
from renders.watch import drawing
from renders.watch.asked import Asked, Failed, Made, Steps
from renders.watch.page import TEMPLATE, Page, Shown
from renders.watch.saves import Saves
from scenes._film import FILM

ROOT = Path(__file__).parents[2]
SCENE = """
from manim import Create, Scene, Square


class Mine(Scene):
    def construct(self):
        square = Square(side_length=SIDE, fill_opacity=1)
        self.next_section("draw")
        self.play(Create(square), run_time=0.2)
        self.next_section("after")
        self.wait(0.2)
"""
SAMPLE = ROOT / "lectures" / "sample.yaml"
TALK = """
- name: MyFilter
  scene: TheFilter
  image: [[3, 4, 5], [5, 6, 7], [1, 2, 3]]
  kernel: [[2, -3], [4, 5]]
  notation: numbers
"""
LONG = 60
NOISE = 40
"""Of 255: what the encoder makes of equal pictures differs by less."""


class Watched:
    """A process that watches, what it prints, and what its page is told."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        # As a shell starts it in the background, which then has Ctrl-C ignored.
        ignoring = ["sh", "-c", 'trap "" INT; exec "$@"', "sh"]
        self.process = subprocess.Popen(
            [*ignoring, sys.executable, "-u", "-m", "renders.watch", *arguments, "--no-browser", "--port", "0"],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
            start_new_session=True,
        )
        self.printed: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.address = self.until(lambda: re.search(r"http://[\d.:]+/", self.said()))[0]
        self.news: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout
        self.printed.extend(iter(self.process.stdout.readline, ""))

    def _listen(self) -> None:
        try:
            with urllib.request.urlopen(f"{self.address}news", timeout=LONG) as news:
                for line in news:
                    if line.startswith(b"data: "):
                        self.news.put(json.loads(line.removeprefix(b"data: ")))
        except (OSError, http.client.HTTPException):
            pass

    def said(self) -> str:
        return "".join(self.printed)

    def until(self, found: Callable[[], Any]) -> Any:
        end = time.monotonic() + LONG
        while time.monotonic() < end:
            if result := found():
                return result
            assert self.process.poll() is None, self.said()
            time.sleep(0.02)
        raise AssertionError(self.said())

    def shows(self, what: str) -> dict[str, Any]:
        """What the page is told next when nothing is being drawn: a still, a clip, or what has failed."""
        while True:
            news = self.news.get(timeout=LONG)
            if not news["busy"] and news[what]:
                return news

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.address + path.removeprefix("/"), timeout=LONG) as answer:
            content: bytes = answer.read()
            return content

    def white(self, news: dict[str, Any]) -> int:
        """How many white pixels the still has that the page shows."""
        return (
            Image.open(io.BytesIO(self.get(news["still"]))).convert("L").point(lambda v: v > 200 and 1).histogram()[1]
        )

    def end(self) -> int:
        """Press Ctrl-C, which all processes of the terminal get, and wait until none of them is left."""
        os.killpg(self.process.pid, signal.SIGINT)
        code = self.process.wait(LONG)
        self._reader.join(LONG)
        assert self.process.stdout
        self.process.stdout.close()
        end = time.monotonic() + LONG
        while time.monotonic() < end:
            try:
                os.killpg(self.process.pid, 0)
            except ProcessLookupError:
                return code
            time.sleep(0.02)
        raise AssertionError("a process is left over")


def save(path: Path, text: str) -> None:
    """Save as editors do: beside it, then in its place."""
    beside = path.with_suffix(".swp")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Callable[..., Watched]]:
    started: list[Watched] = []

    def start(*arguments: str) -> Watched:
        started.append(Watched(tmp_path, *arguments))
        return started[-1]

    yield start
    for watched in started:
        if watched.process.poll() is None:
            watched.end()


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C for a group of processes")
@pytest.mark.slow
def test_every_save_is_shown_and_a_broken_one_mended(tmp_path: Path, watch: Callable[..., Watched]) -> None:
    file, still = tmp_path / "mine.py", tmp_path / "renders/media/watch/Mine.png"
    save(file, SCENE.replace("SIDE", "1"))
    watched = watch("Mine", "--file", "mine.py")
    one = watched.white(watched.shows("still"))
    assert 5000 < one < 10000
    wrong = []
    looking = threading.Event()

    def look() -> None:
        while not looking.is_set():
            try:
                Image.open(io.BytesIO(still.read_bytes())).load()
            except OSError as error:
                wrong.append(error)

    threading.Thread(target=look, daemon=True).start()
    # The same length, within the second: what Python has compiled of the former one looks valid.
    save(file, SCENE.replace("SIDE", "2"))
    news = watched.shows("still")
    assert 3 * one < watched.white(news)
    assert watched.get(news["still"]) == still.read_bytes()
    assert news["steps"] == ["draw", "after"]

    save(file, SCENE)
    news = watched.shows("failed")
    assert news["failed"]["error"] == "NameError: name 'SIDE' is not defined"
    assert news["failed"]["own"] == "mine.py:7 in construct\n    square = Square(side_length=SIDE, fill_opacity=1)\n"
    assert "Traceback (most recent call last)" in news["failed"]["whole"]
    assert watched.get(news["still"])
    watched.until(lambda: watched.said().rstrip().endswith("NameError: name 'SIDE' is not defined"))

    file.write_text(SCENE.replace("SIDE", "3").replace("self.next_section", "self.next_section("), encoding="utf-8")
    assert watched.shows("failed")["failed"]["error"].startswith("SyntaxError")
    file.write_text(SCENE.replace("SIDE", "3"), encoding="utf-8")
    news = watched.shows("still")
    assert news["failed"] is None
    assert 8 * one < watched.white(news)
    looking.set()
    assert not wrong

    asked = urllib.request.Request(f"{watched.address}clip", method="POST", headers={"X-Watch": "1"})
    urllib.request.urlopen(asked, timeout=LONG).close()
    with av.open(io.BytesIO(watched.get(watched.shows("clip")["clip"]))) as clip:
        assert clip.streams.video[0].height == 480
        assert sum(1 for _ in clip.decode(video=0)) == 6

    assert watched.end() == 0
    assert "KeyboardInterrupt" not in watched.said()
    assert sorted(path.name for path in (tmp_path / "renders/media").iterdir()) == ["watch"]
    assert sorted(p.suffix for p in (tmp_path / "renders/media/watch").iterdir() if p.is_file()) == [".mp4", ".png"]


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C for a group of processes")
@pytest.mark.slow
def test_every_save_of_a_lecture_file_films_the_step(tmp_path: Path, watch: Callable[..., Watched]) -> None:
    talk = tmp_path / "watched_talk.yaml"
    save(talk, TALK)
    watched = watch("MyFilter", "--lecture", talk.name, "--step", "weights", "--clip", "1")
    films = []
    for text in (TALK, TALK.replace("-3]", "-8]"), TALK.replace("-3]", "-3"), TALK):
        if text is not TALK or films:
            save(talk, text)
        news = watched.shows("failed" if text.count("[") > text.count("]") else "clip")
        if news["failed"]:
            assert news["failed"]["error"].startswith("watched_talk.yaml:5: not YAML: the [ in column 11 has no ]")
            assert news["clip"] is None
            continue
        while news["steps"] != ["weights", "bias"]:
            assert news["steps"] == ["weights"], "all of them are told when the first clip is there"
            news = watched.news.get(timeout=LONG)
        with av.open(io.BytesIO(watched.get(news["clip"]))) as clip:
            films.append(np.stack([frame.to_ndarray(format="gray").astype(int) for frame in clip.decode(video=0)]))
    assert {len(film) for film in films} == {len(films[0])}
    assert 30 < len(films[0]) < 130, "the step alone"
    # Of equal pictures the encoder may make a shade more or less: once in many runs it did.
    assert np.abs(films[0] - films[2]).max() < NOISE < np.abs(films[0] - films[1]).max()
    assert "Traceback" not in watched.said()
    assert watched.end() == 0


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C for a group of processes")
@pytest.mark.slow
def test_without_forks_it_says_so_and_a_scene_that_there_is_not_is_told(
    tmp_path: Path, watch: Callable[..., Watched]
) -> None:
    save(tmp_path / "mine.py", SCENE.replace("SIDE", "1"))
    watched = watch("Other", "--file", "mine.py", "--no-fork")
    assert watched.shows("failed")["failed"]["error"] == "mine.py has no scene 'Other'; it has Mine"
    assert "Without forks each save takes a fresh process" in watched.said()
    save(tmp_path / "mine.py", SCENE.replace("SIDE", "1").replace("Mine", "Other"))
    assert 5000 < watched.white(watched.shows("still")) < 10000
    assert watched.end() == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Nothing"], "unknown scene Nothing; expected any of Neuron, TheImage, TheFilter"),
        ([""], "expected one scene; got ''. The film's are Neuron"),
        (["Mine", "--file", "nowhere.py"], "nowhere.py: there is no such file"),
        (["Mine", "--file", "a.py", "--lecture", "b.yaml"], "got both"),
        (["", "--lecture", str(SAMPLE)], "got none. Its clips are FaceInNumbers, SobelFilter"),
    ],
)
def test_what_cannot_be_watched_is_said_at_once(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from renders.watch.__main__ import main

    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert message in capsys.readouterr().err


def told(asked: Asked, monkeypatch: pytest.MonkeyPatch, folder: Path) -> list[Any]:
    """What is answered, without a process of its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        importlib.import_module("manim")  # the process that draws has it by then
    answers: list[Any] = []
    monkeypatch.setattr(drawing, "FOLDER", folder)
    monkeypatch.setattr(sys, "pycache_prefix", sys.pycache_prefix)
    monkeypatch.setattr(sys, "dont_write_bytecode", sys.dont_write_bytecode)
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(drawing.gc, "disable", lambda: None)
    drawing.answer(asked._replace(work=str(folder / "work")), answers.append)
    return answers


def test_a_step_is_shown_as_it_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made, all_of_them = told(Asked("TheFilter", theme="light", shape="tall", step="weights"), monkeypatch, tmp_path)
    if not isinstance(made, Made):
        pytest.fail(str(made))
    assert made.steps[-1] == "weights"
    assert all_of_them == Steps(("weights", "bias"))
    with Image.open(tmp_path / "TheFilter-light-tall.png") as still:
        assert still.size == (720, 1280)
        assert still.getpixel((0, 0)) == (0xFA, 0xFA, 0xF7)


@pytest.mark.slow
@pytest.mark.parametrize("name", [clip.scene for clip in FILM])
def test_every_clip_of_the_film_is_drawn(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, *more = told(Asked(name), monkeypatch, tmp_path)
    if not isinstance(made, Made):
        pytest.fail(str(made))
    assert (made.path.is_file(), more) == (True, [])


def test_a_step_that_is_not_there_is_said_with_those_that_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps, failed = told(Asked("TheFilter", step="wieghts"), monkeypatch, tmp_path)
    assert steps == Steps(("weights", "bias"))
    assert failed == Failed("TheFilter has no step 'wieghts'; it has weights, bias")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("kernel: [[", "kernel: ["), "{talk}:5: not YAML: "),
        (("TheFilter", "TheFiltre"), "{talk}:3: clip MyFilter: scene: unknown scene 'TheFiltre'; expected any of "),
        (("MyFilter", "Other"), "{talk} has no scene 'MyFilter'; it has Other"),
        (("[1, 2, 3]]", "[1, 2, 3]]\n  padding: 20"), "{talk}:2: clip MyFilter: scene: MyFilter shows at most "),
    ],
)
def test_a_mistake_in_a_lecture_file_is_one_line_without_a_traceback(
    wrong: tuple[str, str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = tmp_path / "watched_talk.yaml"
    talk.write_text(TALK.replace(*wrong), encoding="utf-8")
    monkeypatch.setattr(scene_files, "ROOT", tmp_path)
    monkeypatch.setattr(drawing, "ROOT", tmp_path)
    (tmp_path / "manim.cfg").write_text((ROOT / "manim.cfg").read_text(encoding="utf-8"), encoding="utf-8")
    *_, failed = told(Asked("MyFilter", lecture=str(talk)), monkeypatch, tmp_path)
    assert failed.error.startswith(said.format(talk=talk))
    assert (failed.own, failed.whole) == ("", "")


def test_what_a_scene_refuses_is_told_after_its_still(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "from cnnmath import Convolution\nfrom scenes import TheFilter\n\n\nclass Small(TheFilter):\n"
    text += "    def check_picture(self, picture):\n        raise ValueError('cannot be read')\n"
    (tmp_path / "small_text.py").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    made, refused = told(Asked("Small", "small_text.py"), monkeypatch, tmp_path)
    assert made.path == tmp_path / "Small.png"
    assert refused.error == "ValueError: cannot be read"
    assert refused.own.startswith("small_text.py:7 in check_picture\n")


@pytest.fixture
def page() -> Iterator[Page]:
    asked: list[tuple[str, str]] = []
    shown = Page(Shown("Mine"), lambda *what: asked.append(what), port=0)
    yield shown
    shown.close()


def test_the_page_is_for_this_machine_alone(page: Page) -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    assert not re.search(r"(?:https?:)?//\w", text.replace("// As a whole", ""))
    host = page.address.split("/")[2]
    assert host.startswith("127.0.0.1:")

    def status(method: str, path: str, **headers: str) -> int:
        connection = http.client.HTTPConnection(host, timeout=LONG)
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        policy = answer.getheader("Content-Security-Policy") or ""
        connection.close()
        assert "default-src 'none'" in policy
        return answer.status

    assert status("GET", "/") == 200
    assert status("GET", "/still/1") == 404
    assert status("GET", "/etc/passwd") == 404
    assert status("GET", "/", Host="rebound.example:80") == 403
    assert status("POST", "/clip") == 403
    assert status("POST", "/clip", X_Watch="1", Host="rebound.example:80") == 403
    assert status("POST", "/step/after", X_Watch="1") == 204


@pytest.mark.slow
def test_the_page_shows_still_and_failure(page: Page, browser: Any, tmp_path: Path) -> None:
    Image.new("RGB", (64, 36), "white").save(tmp_path / "a.png")
    seen = browser.new_page()
    requests: list[str] = []
    seen.on("request", lambda request: requests.append(request.url))
    seen.goto(page.address)
    page.show(still=tmp_path / "a.png", steps=("draw", "after"))
    seen.wait_for_selector("#still:visible")
    # The page allows no text to be run as a program, so that it cannot be waited for with one either.
    end = time.monotonic() + LONG
    while seen.evaluate("document.getElementById('still').naturalWidth") != 64:
        assert time.monotonic() < end, "the still is not shown"
        seen.wait_for_timeout(50)
    assert seen.locator("#step option").all_inner_texts() == ["last still", "draw", "after"]
    page.show(failed=drawing.failed(ValueError("<b>no</b>"), Asked("Mine")))
    seen.wait_for_selector("#error:visible")
    assert seen.inner_text("#error") == "ValueError: <b>no</b>"
    assert seen.locator("#still.old:visible").count() == 1
    page.show(failed=None)
    seen.wait_for_selector("#error", state="hidden")
    assert {address for address in requests if not address.startswith(page.address)} <= {"data:,"}
    seen.close()


def test_a_full_disk_is_no_broken_edit() -> None:
    told = drawing.failed(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), Asked("TheFilter"))
    assert told == Failed("the disk is full. Make some room; the same command then goes on from here.")


@pytest.mark.parametrize(
    ("given", "polls"), [([], False), (["--poll="], False), (["--poll=1"], True), (["--poll"], True)]
)
def test_it_looks_for_saves_when_it_is_asked_to(given: list[str], polls: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[bool] = []

    def watch(asked: Asked, films: bool, fork: bool, poll: bool, port: int | None) -> None:
        started.append(poll)
        raise KeyboardInterrupt

    main = importlib.import_module("renders.watch.__main__")
    monkeypatch.setattr(main, "Watch", watch)
    monkeypatch.setattr(main.signal, "signal", lambda *_: None)
    assert main.main(["TheFilter", *given]) == 0
    assert started == [polls]


@pytest.mark.parametrize("poll", [False, True])
def test_only_saves_of_sources_are_told(tmp_path: Path, poll: bool) -> None:
    (tmp_path / "cnnmath").mkdir()
    (tmp_path / "scenes" / "_mobjects").mkdir(parents=True)
    (tmp_path / "mine").mkdir()
    source, own = tmp_path / "scenes/_mobjects/a.py", tmp_path / "mine/b.py"
    save(source, "1")
    saved: queue.Queue[Path] = queue.Queue()
    saves = Saves(tmp_path, tmp_path / "mine", saved.put, poll)
    try:
        for name in ("scenes/a.pyc", "scenes/.#a.py", "mine/b.mp4", "c.py", "scenes/picture.png"):
            (tmp_path / name).write_text("1", encoding="utf-8")
        source.read_text(encoding="utf-8")
        for path in (source, own, tmp_path / "manim.cfg", tmp_path / "mine/picture.PNG"):
            save(path, "longer")
            assert saved.get(timeout=LONG) == path.resolve()
            while not saved.empty():
                assert saved.get() == path.resolve()
    finally:
        saves.close()
