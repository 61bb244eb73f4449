"""The deck for the browser, driven in Chromium with the network off: as a folder and as one file."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from made_clips import BACKGROUND, RATE, SIZE, STORY, make_story

from renders.cut import Cut, cut, read_cut
from renders.deck import ink, reveal, write_file, write_folder

pytestmark = pytest.mark.slow
STEPS = [f"{scene}-{slug}" for scene, steps in STORY.items() for slug, *_ in steps]
SECONDS = {f"{scene}-{slug}": count / RATE for scene, steps in STORY.items() for slug, _, _, count, _ in steps}
SAID = {f"{scene}-{slug}": said for scene, steps in STORY.items() for slug, *_, said in steps}
TITLE = "A stub & a film"


@pytest.fixture(scope="module")
def decks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages of both forms, and the folder of the cuts."""
    folder = tmp_path_factory.mktemp("deck")
    here = Path.cwd()
    os.chdir(folder)
    try:
        folders = [folder / "steps" / scene for scene in STORY]
        cuts = [cut(clip, at, at.name) for clip, at in zip(make_story(folder / "clips").values(), folders, strict=True)]
        write_folder(cuts, folders, folder / "moved", TITLE)
        write_file(cuts, folders, folder / "stub.html", TITLE)
        (folder / "elsewhere").mkdir()
        (folder / "moved").rename(folder / "elsewhere" / "a deck")
    finally:
        os.chdir(here)
    return {"folder": folder / "elsewhere" / "a deck" / "index.html", "file": folder / "stub.html"}


class Driven:
    """A page in the browser, with all that it said and asked for."""

    def __init__(self, browser: Any, page: Path, at: str = "", **settings: Any) -> None:
        self.context = browser.new_context(viewport={"width": 640, "height": 400}, offline=True, **settings)
        self.faults: list[str] = []
        self.context.set_default_timeout(90_000)  # other tests may keep the cores busy
        self.context.on("page", self._watch)
        self.page = self.context.new_page()
        self.page.goto(page.as_uri() + at)
        self.page.wait_for_function("Reveal.isReady()")

    def _watch(self, page: Any) -> None:
        page.on("console", lambda said: self.faults.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda asked: None if self._own(asked.url) else self.faults.append(asked.url))

    @staticmethod
    def _own(url: str) -> bool:
        return url.startswith(("file:", "data:", "blob:", "about:"))

    @property
    def step(self) -> str:
        return str(self.page.evaluate("Reveal.getCurrentSlide().id"))

    def video(self, what: str) -> Any:
        return self.page.evaluate(f"Reveal.getCurrentSlide().querySelector('video').{what}")

    def press(self, key: str, step: str) -> None:
        self.page.keyboard.press(key)
        self.page.wait_for_function(f"Reveal.getCurrentSlide().id === '{step}'")

    def wait(self, condition: str) -> None:
        self.page.wait_for_function(f"(v => {condition})(Reveal.getCurrentSlide().querySelector('video'))")


@pytest.fixture(params=["folder", "file"])
def driven(request: pytest.FixtureRequest, browser: Any, decks: dict[str, Path]) -> Iterator[Driven]:
    opened = Driven(browser, decks[request.param])
    yield opened
    opened.context.close()
    assert opened.faults == []


def test_every_step_plays_in_turn_and_holds_its_last_still(driven: Driven) -> None:
    for number, step in enumerate(STEPS):
        if number:
            driven.press(("ArrowRight", "Space", "PageDown")[number % 3], step)
        assert driven.step == step
        driven.wait("!v.paused && v.currentTime > 0.05")
        driven.wait("v.ended")
        assert driven.video("currentTime") == pytest.approx(SECONDS[step], abs=0.001)
        assert driven.video("videoWidth") == SIZE[0]
        assert driven.video("error") is None
    driven.page.keyboard.press("ArrowRight")
    driven.page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    assert driven.step == STEPS[-1]


def test_back_shows_the_last_still_at_once_and_again_plays_it(driven: Driven) -> None:
    driven.press("ArrowRight", STEPS[1])
    driven.press("ArrowRight", STEPS[2])
    driven.press("ArrowLeft", STEPS[1])
    driven.wait("v.paused && v.currentTime === v.duration && !v.seeking")
    driven.page.keyboard.press("r")
    driven.wait("!v.paused && v.currentTime < v.duration")
    driven.page.keyboard.press("k")
    driven.wait("v.paused")
    driven.page.mouse.click(320, 200)
    driven.wait("!v.paused")
    driven.press("PageUp", STEPS[0])


def test_every_video_can_be_sought(driven: Driven) -> None:
    for step in STEPS:
        driven.page.evaluate(f"(i => Reveal.slide(i.h, i.v))(Reveal.getIndices(document.getElementById('{step}')))")
        driven.page.wait_for_function(f"Reveal.getCurrentSlide().id === '{step}'")
        driven.wait("v.readyState > 1")
        for share in (0.7, 0.2):
            driven.page.evaluate(
                f"(v => (v.pause(), v.currentTime = {share} * v.duration))"
                "(Reveal.getCurrentSlide().querySelector('video'))"
            )
            driven.wait(f"!v.seeking && Math.abs(v.currentTime - {share} * v.duration) < 0.05")


def test_scenes_are_reached_by_arrows_and_by_the_list(driven: Driven) -> None:
    driven.press("ArrowDown", "TheSquare-draw-it")
    driven.press("ArrowDown", "SquareToSquare-back")
    driven.press("ArrowUp", "TheSquare-draw-it")
    driven.page.keyboard.press("m")
    listed = driven.page.locator("#scenes a")
    assert listed.all_inner_texts() == ["Opening", "The square", "Square to square"]
    driven.page.keyboard.press("ArrowRight")
    assert driven.step == "TheSquare-draw-it", "keys are the list's while it is open"
    listed.get_by_text("Square to square").click()
    driven.page.wait_for_function("Reveal.getCurrentSlide().id === 'SquareToSquare-back'")
    assert not driven.page.locator("#scenes").is_visible()
    driven.press("ArrowLeft", "TheSquare-move-it")


def test_an_address_leads_to_its_step(browser: Any, decks: dict[str, Path]) -> None:
    there = Driven(browser, decks["folder"], "#/TheSquare-move-it")
    assert there.step == "TheSquare-move-it"
    there.wait("v.ended")
    there.context.close()
    assert there.faults == []


def test_the_overview_shows_all_last_stills(driven: Driven) -> None:
    driven.page.keyboard.press("o")
    driven.page.wait_for_function("Reveal.isOverview()")
    shown = driven.page.locator(".slides .still")
    assert shown.count() == len(STEPS)
    assert all(still.evaluate("i => i.naturalWidth") == SIZE[0] for still in shown.all())
    driven.page.keyboard.press("ArrowRight")
    driven.page.keyboard.press("Enter")
    driven.page.wait_for_function("!Reveal.isOverview()")
    assert driven.step == "TheSquare-draw-it"
    driven.wait("!v.paused")


def test_the_picture_and_what_is_around_it_have_one_colour(driven: Driven) -> None:
    from io import BytesIO

    from PIL import Image

    driven.press("ArrowRight", STEPS[1])
    driven.wait("v.ended")
    with Image.open(BytesIO(driven.page.screenshot())) as shot:
        around, inside = shot.convert("RGB").getpixel((300, 5)), shot.convert("RGB").getpixel((300, 100))
    assert around == inside
    assert max(abs(one - other) for one, other in zip(inside, BACKGROUND, strict=True)) <= 2


def test_speaker_notes_are_the_narration(driven: Driven) -> None:
    driven.press("ArrowRight", STEPS[1])
    with driven.context.expect_page() as opened:
        driven.page.keyboard.press("s")
    notes = opened.value.locator(".speaker-controls-notes .value")
    notes.get_by_text(SAID[STEPS[1]]).wait_for()
    opened.value.close()


def test_on_paper_there_are_the_last_stills_and_the_narration(driven: Driven, tmp_path: Path) -> None:
    pypdfium2 = pytest.importorskip("pypdfium2")
    paper = tmp_path / "stills.pdf"
    driven.page.emulate_media(media="print")
    assert driven.page.locator("#handout figure").count() == len(STEPS)
    assert not driven.page.locator(".reveal").is_visible()
    driven.page.pdf(path=paper, prefer_css_page_size=True)
    pages = pypdfium2.PdfDocument(paper)
    texts = [page.get_textpage().get_text_bounded() for page in pages]
    assert len(pages) == 2, "two stills to a page"
    assert all(" ".join(said.split()) in " ".join(" ".join(texts).split()) for said in SAID.values())
    images = [each for page in pages for each in page.get_objects(filter=[3])]
    assert len(images) == len(STEPS)
    pages.close()


def test_axe_finds_nothing(browser: Any, decks: dict[str, Path]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    opened = Driven(browser, decks["file"])
    for keys in ("", "m"):
        opened.page.keyboard.type(keys)
        found = axe.run(opened.page)
        assert found.violations_count == 0, found.generate_report()
    opened.context.close()
    assert opened.faults == []


def test_who_wants_no_motion_gets_stills_until_asking_for_it(browser: Any, decks: dict[str, Path]) -> None:
    calm = Driven(browser, decks["folder"], reduced_motion="reduce")
    calm.wait("v.paused && v.currentTime === v.duration")
    calm.press("ArrowRight", STEPS[1])
    calm.wait("v.paused && v.currentTime === v.duration")
    calm.page.keyboard.press("r")
    calm.wait("!v.paused")
    calm.context.close()
    assert calm.faults == []


def test_no_other_host_is_named(decks: dict[str, Path]) -> None:
    pages = [decks["file"], *(path for path in decks["folder"].parent.iterdir() if path.is_file())]
    assert {path.name for path in pages} >= {"stub.html", "index.html", "reveal.js", "deck.js", "reveal.css"}
    for path in pages:
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"(?:https?:)?//(?:[a-z0-9-]+\.)+[a-z]{2,}", re.sub(r"base64,[\w+/=]+", "", text)) == [], path
        styles = [text] if path.suffix == ".css" else re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
        assert not re.search(r"@import|url\((?!['\"]?(?:data:|#))", "".join(styles)), path
    assert "Copyright (C)" in decks["file"].read_text(encoding="utf-8")
    assert set(reveal()) == {"reveal.css", "reveal.js", "notes.js", "reveal-license.txt"}


def test_the_steps_are_cut_exactly(decks: dict[str, Path]) -> None:
    import av
    import numpy as np

    from renders.finish import COLOURS, colours, facts, top_atoms

    root = decks["file"].parent
    for scene in STORY:
        made = read_cut(root / "steps" / scene)
        with av.open(root / "clips" / f"{scene}.mp4") as container:
            whole = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
        pieces = []
        for slide, (name, _, _, count, said) in zip(made.slides, STORY[scene], strict=True):
            video = root / "steps" / scene / slide.video
            assert (slide.slug, slide.narration) == (name, said)
            assert facts(video) == ("h264", "yuv420p", SIZE, count, round(count / RATE, 3))
            assert slide.seconds == round(count / RATE, 3)
            assert colours(video) == COLOURS
            assert top_atoms(video).index("moov") < top_atoms(video).index("mdat")
            with av.open(video) as container:
                frames = list(container.decode(video=0))
                assert [round(frame.time * RATE, 3) for frame in frames] == list(range(count))
                pieces += [frame.to_ndarray(format="rgb24") for frame in frames]
        assert len(pieces) == len(whole)
        assert all(np.array_equal(one, other) for one, other in zip(pieces, whole, strict=True))


def test_a_step_without_a_key_frame_is_refused(decks: dict[str, Path], tmp_path: Path) -> None:
    from renders.finish import finish

    root = decks["file"].parent
    sections = root / "clips" / "raw" / "sections" / "TheSquare.json"
    right = sections.read_text(encoding="utf-8")
    sections.write_text(right.replace('"45"', '"46"').replace('"61"', '"60"'), encoding="utf-8")
    try:
        finish(root / "clips" / "raw" / "TheSquare.mp4", tmp_path)
    finally:
        sections.write_text(right, encoding="utf-8")
    with pytest.raises(ValueError, match="step 'move-it' does not begin with a key frame"):
        cut(tmp_path / "TheSquare.mp4", tmp_path / "steps", "TheSquare")
    assert not (tmp_path / "steps").exists()


def test_ink_reads_on_either_background() -> None:
    assert (ink("#10131A"), ink("#FAFAF7")) == ("#FFFFFF", "#000000")


def test_an_index_reads_back_as_it_was(decks: dict[str, Path]) -> None:
    made = read_cut(decks["file"].parent / "steps" / "TheSquare")
    assert isinstance(made, Cut)
    assert (made.name, made.size) == ("The square", SIZE)
    assert [slide.first for slide in made.slides] == ["first.png", "01-draw-it.png"]
