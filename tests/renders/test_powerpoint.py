"""The PowerPoint deck: opened with python-pptx, and turned into pictures by LibreOffice."""

import io
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import av
import numpy as np
import pypdfium2
import pytest
from lxml import etree
from made_clips import BACKGROUND, RATE, SIZE, STORY, make_story
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_MEDIA_TYPE
from programs import OFFICE, program

from renders import powerpoint
from renders.cut import Cut, cut
from renders.finish import COLOURS, colours, facts

TOLD = [(scene, *step) for scene, steps in STORY.items() for step in steps]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Cut], list[Path], Path]:
    """The cuts, their folders and the deck."""
    folder = tmp_path_factory.mktemp("powerpoint")
    here = Path.cwd()
    os.chdir(folder)
    try:
        folders = [folder / "steps" / scene for scene in STORY]
        cuts = [cut(clip, at, at.name) for clip, at in zip(make_story(folder / "clips").values(), folders, strict=True)]
        powerpoint.write(cuts, folders, folder / "stub.pptx", "A stub of a film")
    finally:
        os.chdir(here)
    return cuts, folders, folder / "stub.pptx"


def films(deck: Path) -> list:
    """The one film of each slide."""
    found = [
        [shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.MEDIA]
        for slide in Presentation(str(deck)).slides
    ]
    assert all(len(each) == 1 for each in found)
    return [each for (each,) in found]


def blob(shape, relation: str) -> bytes:
    """The file that one of a shape's relations leads to: its film."""
    names = {shape.part.rels[r].reltype.rpartition("/")[2]: r for r in shape._element.xpath(".//@r:embed | .//@r:link")}
    return shape.part.related_part(names[relation]).blob


def test_every_step_is_a_slide_filled_by_its_film(made: tuple[list[Cut], list[Path], Path]) -> None:
    cuts, folders, path = made
    deck = Presentation(str(path))
    assert deck.core_properties.title == "A stub of a film"
    assert (deck.slide_width, deck.slide_height) == (12_192_000, 6_858_000)
    files = [(folder / s.video, folder / s.first) for c, folder in zip(cuts, folders, strict=True) for s in c.slides]
    assert len(deck.slides) == len(TOLD) == len(files)
    for film, (video, first) in zip(films(path), files, strict=True):
        assert film.media_type == PP_MEDIA_TYPE.MOVIE
        assert (film.left, film.top, film.width, film.height) == (0, 0, deck.slide_width, deck.slide_height)
        assert blob(film, "video") == blob(film, "media") == video.read_bytes()
        assert film.poster_frame.blob == first.read_bytes()
        assert facts(video)[:2] == ("h264", "yuv420p")


def test_the_poster_is_the_films_first_picture(made: tuple[list[Cut], list[Path], Path]) -> None:
    _, _, path = made
    for film in films(path):
        with av.open(io.BytesIO(blob(film, "video"))) as container:
            first = next(container.decode(video=0)).to_ndarray(format="rgb24").astype(int)
        poster = np.asarray(Image.open(io.BytesIO(film.poster_frame.blob)).convert("RGB")).astype(int)
        assert np.abs(first - poster).mean() < 3


def test_no_poster_is_blank(
    made: tuple[list[Cut], list[Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (title, *_), (folder, *_), _ = made
    monkeypatch.chdir(tmp_path)
    begun = shutil.copytree(folder, tmp_path / "Opening")
    Image.new("RGB", SIZE, BACKGROUND).save(begun / "first.png")
    powerpoint.write([title], [begun], tmp_path / "blank.pptx", "It begins with nothing")
    (film,) = films(tmp_path / "blank.pptx")
    assert film.poster_frame.blob == (begun / title.slides[0].last).read_bytes()


def test_titles_notes_and_background(made: tuple[list[Cut], list[Path], Path]) -> None:
    cuts, _, path = made
    titles = []
    for slide, (_, _, _, _, _, said) in zip(Presentation(str(path)).slides, TOLD, strict=True):
        titles.append(slide.shapes.title.text)
        assert slide.shapes.title.top + slide.shapes.title.height < 0
        assert slide.notes_slide.notes_text_frame.text == said
        assert f"#{slide.background.fill.fore_color.rgb}" == cuts[0].background
        (picture,) = (shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.MEDIA)
        assert picture._element.nvPicPr.cNvPr.get("descr") == said
    assert titles == [
        "Opening: Title",
        "The square: Draw it",
        "The square: Move it",
        "Square to square: Back",
    ]


def test_a_film_starts_by_itself_and_the_next_key_goes_on(made: tuple[list[Cut], list[Path], Path]) -> None:
    _, _, path = made
    for slide, film, (*_, count, _) in zip(Presentation(str(path)).slides, films(path), TOLD, strict=True):
        element = slide.element
        assert [etree.QName(child).localname for child in element] == ["cSld", "clrMapOvr", "timing"]
        (command,) = element.xpath(".//p:cmd")
        assert command.get("cmd") == "playFrom(0.0)"
        assert {target.get("spid") for target in element.xpath(".//p:spTgt")} == {str(film.shape_id)}
        assert len(element.xpath(".//p:video//p:spTgt")) == 1
        assert element.xpath(".//p:cmd//p:cTn")[0].get("dur") == str(round(count / RATE * 1000))
        assert element.xpath(".//p:cTn[@nodeType='afterEffect']"), "after what was before it: nobody has to click"
        assert not element.xpath(".//p:cTn[@nodeType='clickEffect']")
        numbers = [node.get("id") for node in element.xpath(".//p:cTn")]
        assert len(set(numbers)) == len(numbers)


def test_scenes_are_sections(made: tuple[list[Cut], list[Path], Path]) -> None:
    _, _, path = made
    deck = Presentation(str(path))
    sections = [e for e in deck.part._element.iter() if etree.QName(e).localname == "section"]
    assert [section.get("name") for section in sections] == ["Opening", "The square", "Square to square"]
    listed = [[slide.get("id") for slide in section[0]] for section in sections]
    assert [len(each) for each in listed] == [len(steps) for steps in STORY.values()]
    assert [i for each in listed for i in each] == [str(slide.slide_id) for slide in deck.slides]
    assert etree.QName(deck.part._element[-1]).localname == "extLst"


def test_the_same_steps_give_the_same_file(made: tuple[list[Cut], list[Path], Path], tmp_path: Path) -> None:
    cuts, folders, path = made
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        powerpoint.write(cuts, folders, tmp_path / "again.pptx", "A stub of a film")
    finally:
        os.chdir(here)
    assert (tmp_path / "again.pptx").read_bytes() == path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None


def test_large_films_are_scaled_down(
    made: tuple[list[Cut], list[Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cuts, folders, _ = made
    monkeypatch.setattr(powerpoint, "MOST_LINES", 90)
    monkeypatch.chdir(tmp_path)
    powerpoint.write(cuts, folders, tmp_path / "small.pptx", "Small")
    for number, (film, (*_, count, _)) in enumerate(zip(films(tmp_path / "small.pptx"), TOLD, strict=True)):
        video = tmp_path / f"{number}.mp4"
        video.write_bytes(blob(film, "video"))
        assert facts(video) == ("h264", "yuv420p", (160, 90), count, round(count / RATE, 3))
        assert colours(video) == COLOURS
        with Image.open(io.BytesIO(film.poster_frame.blob)) as poster:
            assert poster.size == (160, 90)
        with av.open(video) as container:
            last = list(container.decode(video=0))[-1].to_ndarray(format="rgb24")
        assert np.abs(last[5, 155].astype(int) - (16, 19, 26)).max() < 6


def test_a_portrait_film_gets_portrait_slides() -> None:
    assert powerpoint._slide_size((1080, 1920)) == (6_858_000, 12_192_000)
    assert powerpoint._slide_size((720, 720)) == (12_192_000, 12_192_000)


@pytest.mark.slow
def test_libreoffice_shows_each_slide_as_its_poster(made: tuple[list[Cut], list[Path], Path], tmp_path: Path) -> None:
    office = program(OFFICE, "libreoffice-impress-nogui")
    cuts, folders, path = made
    settings = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, settings, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pages = pypdfium2.PdfDocument(tmp_path / "stub.pdf")
    posters = [folder / slide.first for cut, folder in zip(cuts, folders, strict=True) for slide in cut.slides]
    assert len(pages) == len(posters)
    for page, poster in zip(pages, posters, strict=True):
        shown = page.render(scale=SIZE[0] / page.get_width()).to_pil().convert("RGB").resize(SIZE)
        with Image.open(poster) as still:
            gap = np.abs(np.asarray(shown).astype(int) - np.asarray(still.convert("RGB")).astype(int))
        assert gap.mean() < 3
        assert gap[:, 300:].max() <= 3, "the background"
    pages.close()
