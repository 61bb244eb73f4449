"""The page in a real browser with the network off, opened from disk and from a server."""

import functools
import io
import re
import threading
from collections.abc import Callable, Iterator
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from made_clips import RATE, STORY, make_clip, make_story
from made_transparent import ORANGE, make_transparent
from PIL import Image
from playwright.sync_api import Browser, Page

from cnnmath import EXAMPLE
from renders.captions import read_captions
from renders.finish import facts, finish
from renders.formats import page_files
from renders.handout import handout
from renders.loop import loop, loops, whole_clip
from renders.loop_frames import Size
from renders.page import Given, write_page
from renders.themes import DARK

pytestmark = pytest.mark.slow

CLIPS = Path("renders", "clips")
SCENES = tuple(STORY)
LOOPS = ["TheSquare-01-draw-it.webp", "TheSquare-02-move-it.webp"]
PARTS = dict(zip(SCENES, ("", *["A part of it"] * (len(SCENES) - 1)), strict=True))
BOTH = ("Opening", "TheSquare")
"""The scenes that there is a light clip of, too."""
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
SLOWLY = "(video) => { video.playbackRate = 0.1; }"
"""On a busy machine a clip of three seconds would be over before it is looked at."""
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with clips of one and of two themes, with and without other formats."""
    folder = tmp_path_factory.mktemp("a page #1")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        make_story(CLIPS)
        for scene in BOTH:
            finish(CLIPS / "raw" / f"{scene}.mp4", CLIPS, f"{scene}-light")
        make_transparent("TheSquare", (".webm",))
        loop(whole_clip(CLIPS / "TheSquare.mp4"), CLIPS / "TheSquare.webp", (Size(320, 5),))
        loops(CLIPS / "TheSquare.mp4", CLIPS / "TheSquare-webp")
        handout(CLIPS / "TheSquare.mp4", CLIPS / "TheSquare.pdf", "The square", "")
        page = {
            scene: {
                "lesson": f"What <{scene}> teaches.",
                "part": PARTS[scene],
                "files": page_files(scene, [DARK], [], CLIPS),
            }
            for scene in SCENES
        }
        write_page(Path("renders", "page", "index.html"), "A stub of a film", page)
    return folder / "renders" / "page"


@pytest.fixture
def opened(folder: Path, browser: Browser) -> Iterator[Open]:
    """Open the page, in a reader's settings; at the end nothing was complained about and nothing asked of a host."""
    said: list[str] = []
    asked: list[str] = []
    contexts = []

    def open_(address: str = "", **settings: Any) -> Page:
        offline = not address
        context = browser.new_context(**({"color_scheme": "dark", "offline": offline} | settings))
        contexts.append(context)
        context.set_default_timeout(90_000)  # other tests may keep the cores busy
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address or (folder / "index.html").as_uri())
        page.wait_for_function("[...document.querySelectorAll('video')].every((video) => video.readyState > 0)")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert said == []
    here = ((folder.as_uri()), "data:", "http://127.0.0.1:")
    assert [url for url in asked if not url.startswith(here)] == []


def state(page: Page, scene: str) -> dict[str, Any]:
    """What a clip does now: time, whether it is paused, its file, its caption and its current step."""
    found: dict[str, Any] = page.evaluate(
        """(scene) => {
            const clip = document.getElementById(scene), video = clip.querySelector("video");
            const step = clip.querySelector("[aria-current]");
            return {time: video.currentTime, paused: video.paused, seeking: video.seeking, duration: video.duration,
                    file: video.currentSrc.split("/").pop(), poster: video.poster.split("/").pop(),
                    caption: clip.querySelector(".caption").textContent,
                    step: step ? step.innerText.replace(/\\s+/g, " ").trim() : null};
        }""",
        scene,
    )
    return found


def colour_at(page: Page, scene: str, place: tuple[int, int]) -> np.ndarray:
    """The colour on the screen where the clip has the pixel `place`, as x and y of 320 by 180."""
    video = page.locator(f"#{scene} video")
    video.scroll_into_view_if_needed()
    page.mouse.move(0, 0)
    shot = np.asarray(Image.open(io.BytesIO(video.screenshot())).convert("RGB")).astype(int)
    width = shot.shape[1] - 2  # less the border
    return np.asarray(shot[1 + place[1] * width // 320, 1 + place[0] * width // 320])


# In the browser


def test_every_video_plays_and_seeks(opened: Open, folder: Path) -> None:
    page = opened()
    for scene in SCENES:
        seconds = facts(folder / "clips" / f"{scene}.mp4").seconds
        assert state(page, scene)["duration"] == pytest.approx(seconds, abs=0.05)
        assert state(page, scene)["paused"], "nothing starts by itself"
        video = page.locator(f"#{scene} video")
        video.evaluate("(video) => video.play()")
        page.wait_for_function("(scene) => document.querySelector(`#${scene} video`).currentTime > 0.2", arg=scene)
        video.evaluate("(video) => { video.pause(); video.currentTime = 1.01; }")
        page.wait_for_function("(scene) => !document.querySelector(`#${scene} video`).seeking", arg=scene)
        assert state(page, scene)["time"] == pytest.approx(1.01, abs=0.01)


def test_a_step_jumps_there_and_plays_on(opened: Open) -> None:
    page = opened()
    start = STORY["TheSquare"][0][3] / RATE
    page.locator("#TheSquare video").evaluate(SLOWLY)
    page.get_by_role("link", name="Move it").click()
    page.wait_for_function("document.querySelector('#TheSquare video').currentTime > 1.55")
    now = state(page, "TheSquare")
    assert not now["paused"]
    assert start < now["time"] < start + 1
    assert now["step"] == "0:02 Move it"
    page.get_by_role("link", name="Draw it").click()
    page.wait_for_function("document.querySelector('#TheSquare video').currentTime < 1.4")
    page.wait_for_function("document.querySelector('#TheSquare [aria-current]').innerText.includes('Draw')")
    # Only one plays at a time.
    page.locator("#Opening video").evaluate("(video) => video.play()")
    page.wait_for_function("document.querySelector('#TheSquare video').paused")


def test_captions_show_below_the_picture_and_can_be_put_away(opened: Open, folder: Path) -> None:
    page = opened()
    for scene in SCENES:
        video = page.locator(f"#{scene} video")
        for start, end, text, _ in read_captions(folder / "clips" / f"{scene}.srt"):
            video.evaluate("(video, time) => { video.currentTime = time; }", (start + end) / 2000)
            caption = page.locator(f"#{scene} .caption")
            page.wait_for_function(
                "([scene, text]) => document.querySelector(`#${scene} .caption`).textContent === text",
                arg=[scene, text],
            )
            assert caption.is_visible()
    button = page.get_by_role("button", name="Captions")
    assert button.get_attribute("aria-pressed") == "true", "on by default"
    button.click()
    assert not page.locator("#TheSquare .caption").is_visible()
    button.click()
    assert page.locator("#TheSquare .caption").is_visible()


def test_captions_are_in_the_picture_when_it_fills_the_screen(opened: Open) -> None:
    page = opened()
    video = page.locator("#TheSquare video")
    assert video.evaluate("(video) => video.textTracks[0].mode") == "hidden"
    page.mouse.click(5, 5)
    video.evaluate("(video) => video.requestFullscreen()")
    page.wait_for_function("document.querySelector('#TheSquare video').textTracks[0].mode === 'showing'")
    page.evaluate("document.exitFullscreen()")
    page.wait_for_function("document.querySelector('#TheSquare video').textTracks[0].mode === 'hidden'")


def test_little_motion_shows_the_stills_of_the_steps(opened: Open) -> None:
    page = opened(reduced_motion="reduce")
    assert page.get_by_text("Your system asks for little motion").is_visible()
    slug, _, (x, y), count, _ = STORY["TheSquare"][0]
    page.get_by_role("link", name="Draw it").click()
    page.wait_for_function(
        "(time) => { const v = document.querySelector('#TheSquare video'); return v.currentTime > time && !v.seeking }",
        arg=count / RATE - 0.05,
    )
    now = state(page, "TheSquare")
    assert (now["paused"], now["step"]) == (True, f"0:00 {slug.replace('-', ' ').capitalize()}")
    assert abs(colour_at(page, "TheSquare", (x + 20, y + 20)) - ORANGE).max() < 12, "the square has arrived"
    assert not opened().get_by_text("Your system asks for little motion").is_visible()


def test_the_readers_theme_chooses_page_and_clips(opened: Open) -> None:
    page = opened(color_scheme="light")
    files = {scene: state(page, scene)["file"] for scene in SCENES}
    assert files == {scene: f"{scene}{'-light' if scene in BOTH else ''}.mp4" for scene in SCENES}
    assert state(page, "TheSquare")["poster"] == "TheSquare-light-still.png"
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(250, 250, 247)"
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.querySelector('#TheSquare video').currentSrc.endsWith('/TheSquare.mp4')")
    assert page.evaluate(ground) == "rgb(16, 19, 26)"
    assert state(page, "TheSquare")["poster"] == "TheSquare-still.png"


def test_it_is_used_with_the_keyboard_alone(opened: Open) -> None:
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "clips"
    page.get_by_role("link", name="Move it").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('#TheSquare video').currentTime > 1.5")
    page.locator("#TheSquare summary").focus()
    page.keyboard.press("Enter")
    copy = page.locator("#TheSquare .copy").nth(0)
    copy.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('#said').textContent === 'Copied'")
    page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), {id: 'pasted'}))")
    page.locator("#pasted").focus()
    page.keyboard.press("Control+V")
    assert page.locator("#pasted").input_value() == "The square: What <TheSquare> teaches."


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("settings", [{}, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing(opened: Open, scheme: str, settings: dict[str, Any]) -> None:
    page = opened(color_scheme=scheme, **settings)
    for details in page.locator("details").all():
        details.locator("summary").click()
    page.get_by_role("link", name="Move it").click()
    page.wait_for_selector("#TheSquare [aria-current]")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert len(found.response["passes"]) > 25
    assert found.response["incomplete"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing stands out to the side"


def test_a_webm_lets_the_background_through(opened: Open, browser: Browser, folder: Path, tmp_path: Path) -> None:
    file = (folder / "clips" / "TheSquare-transparent.webm").as_uri()
    shown = tmp_path / "slide.html"
    shown.write_text(
        f'<!doctype html><body style="margin:0;background:#c81e3c"><video src="{file}" muted></video>', encoding="utf-8"
    )
    page = browser.new_page()
    page.goto(shown.as_uri())
    page.evaluate(
        """() => new Promise((done) => {
            const video = document.querySelector("video");
            video.onseeked = () => requestAnimationFrame(() => requestAnimationFrame(done));
            video.currentTime = 1.2;
        })"""
    )
    pixels = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB")).astype(int)
    page.close()
    assert abs(pixels[5, 5] - (200, 30, 60)).max() <= 2
    assert abs(pixels[50, 50] - ORANGE).max() <= 8
    assert abs(pixels[130, 130] - np.mean([ORANGE, (200, 30, 60)], axis=0)).max() <= 10, "half of each"


def test_it_works_from_a_server_too(opened: Open, folder: Path) -> None:
    class Silent(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Silent, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        page = opened(f"http://127.0.0.1:{server.server_port}/index.html")
        page.locator("#TheSquare video").evaluate(SLOWLY)
        page.locator("#TheSquare video").evaluate("(video) => video.play()")
        page.wait_for_function("document.querySelector('#TheSquare .caption').textContent === 'A square.'")
        page.context.close()
    finally:
        server.shutdown()
        server.server_close()


# The page as a file


def text_of(folder: Path) -> str:
    return (folder / "index.html").read_text(encoding="utf-8")


def test_every_file_that_is_named_is_there_and_no_other_host(folder: Path) -> None:
    text = text_of(folder)
    named = {unquote(unescape(name)) for name in re.findall(r'(?:href|src|srcset|poster)="([^"#]+)', text)}
    named = {name for name in named if not name.startswith("data:")}
    assert len(named) > 20
    assert [name for name in named if not (folder / name).is_file()] == []
    assert sorted(path.name for path in (folder / "clips" / "TheSquare-webp").iterdir()) == LOOPS
    assert sorted(path.name for path in (folder / "clips").iterdir()) == sorted(
        name for scene in SCENES for name in page_files(scene, [DARK], [], folder / "clips")
    )
    assert not re.search(r"//[a-z0-9-]+\.[a-z]", re.sub(r"(?m)^\s*//.*$", "", text))


def test_only_files_that_were_made_are_offered(folder: Path) -> None:
    text = text_of(folder)
    offered = dict(re.findall(r'<article id="(\w+)"(.*?)</article>', text, re.DOTALL))
    links = {scene: set(re.findall(r'href="clips/([^"#]+)" download', part)) for scene, part in offered.items()}
    assert links["SquareToSquare"] == {f"SquareToSquare{end}" for end in (".mp4", ".vtt", ".srt", "-still.png")}
    more = {"TheSquare.webp", "TheSquare.pdf", "TheSquare-transparent.webm", "TheSquare-light.mp4"}
    assert more | {f"TheSquare-webp/{name}" for name in LOOPS} < links["TheSquare"]
    for (_, _, _, _, said), name in zip(STORY["TheSquare"], LOOPS, strict=True):
        assert any(f": {said}]({name})" in unescape(part) for part in re.findall(r"<code>(.*?)</code>", text))
    for scene, part in offered.items():
        names = {link.rpartition("/")[2] for link in links[scene]}
        snippets = " ".join(map(unescape, re.findall(r"<code>(.*?)</code>", part, re.DOTALL)))
        for name in re.findall(rf"\b{scene}[\w-]*\.(?!mp4\b)\w+", snippets):
            assert name in names, name
    assert "&lt;source src=&#34;TheSquare-light.mp4&#34;" in text


def test_a_page_made_again_drops_what_is_no_longer_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders of loops, too."""
    monkeypatch.chdir(folder.parents[1])
    target = Path("renders", "again", "index.html")
    for files in (["Opening.mp4", "TheSquare-webp"], ["Opening.mp4"]):
        write_page(target, "A stub", {"Opening": {"lesson": "", "part": "", "files": files}})
        assert sorted(path.name for path in (target.parent / "clips").iterdir()) == files


def test_it_says_what_a_clip_teaches_and_all_that_is_said(folder: Path) -> None:
    text = unescape(text_of(folder))
    for scene, steps in STORY.items():
        assert f"What <{scene}> teaches." in text
        for slug, *_, said in steps:
            assert slug.replace("-", " ").capitalize() in text
            assert f"<p>{said}</p>" in text


def test_a_clip_without_a_video_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match=r"One has One\.srt; expected an \.mp4"):
        write_page(Path("index.html"), "A stub", {"One": {"lesson": "", "part": "", "files": ["One.srt"]}})
    assert list(tmp_path.iterdir()) == []


def test_captions_that_somebody_has_edited_are_offered_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    make_clip("TheSquare", STORY["TheSquare"], CLIPS)
    edited = CLIPS / "TheSquare.srt"
    edited.write_text(edited.read_text(encoding="utf-8").replace("A square.", "A & B:\n\n<square>."), encoding="utf-8")
    page: dict[str, Given] = {
        "TheSquare": {"lesson": "", "part": "", "files": page_files("TheSquare", [DARK], [], CLIPS)},
    }
    write_page(Path("renders", "page", "index.html"), "A stub of a film", page)
    offered = Path("renders", "page", "clips", "TheSquare")
    assert "\nA & B:\n<square>.\n\n2\n" in offered.with_suffix(".srt").read_text(encoding="utf-8")
    assert "\nA &amp; B:\n&lt;square&gt;.\n\n00:" in offered.with_suffix(".vtt").read_text(encoding="utf-8")


def test_the_contents_follow_the_parts(opened: Open) -> None:
    page = opened()
    contents = page.locator("nav[aria-label='All clips']")
    assert contents.locator("h2").all_inner_texts() == ["A part of it"]
    lists = contents.locator("ol")
    assert lists.count() == 2
    assert lists.nth(1).get_attribute("aria-label") == "A part of it"
    named = [lists.nth(i).locator("a").evaluate_all("(links) => links.map((a) => a.hash.slice(1))") for i in (0, 1)]
    assert named == [[scene for scene in SCENES if PARTS[scene] == part] for part in ("", "A part of it")]


def test_it_links_the_page_to_explore(opened: Open) -> None:
    page = opened()
    page.get_by_role("link", name="Explore").click()
    page.wait_for_function("window.explore !== undefined")
    assert page.evaluate("window.explore.values.output") == EXAMPLE.output().ravel().tolist()
