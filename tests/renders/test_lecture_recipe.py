"""Lecture files through the recipe: on a copy of the project with two small scenes, and the sample as it ships."""

import re
from pathlib import Path
from urllib.parse import quote

import av
import numpy as np
import pytest
import stub_film
from PIL import Image
from stub_film import Done, clip_files, copied, run, stub_project

from renders import lecture
from renders.finish import facts

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:.*:DeprecationWarning:av")]

SCENE = """
from manim import RIGHT, Scene, Square
class NAME(Scene):
    def setup(self):
        if self.convolution.image.size > 8:
            raise ValueError(f"{type(self).__name__} shows at most 8 pixels; got {self.convolution.image.size}")
    def construct(self):
        self.add(Square())
        self.wait(self.convolution.output_shape[2])
"""

LECTURE = """
- name: Wide
  scene: One
  image: picture.png
  kernel: [[1, 2]]
- name: Narrow
  scene: Two
  image: [[1, 2], [3, 4]]
  kernel: [[1, 2]]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    made = stub_project(tmp_path / "the project", SCENE)
    return copied(made, "scenes/__init__.py", "scenes/_look", "scenes/_words")


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """A lecture file with a picture, in a folder whose name a shell or YAML might take apart."""
    folder = tmp_path / "my talks: 'a' #2"
    folder.mkdir()
    Image.new("L", (3, 2), 255).save(folder / "picture.png")
    (folder / "talk one.yaml").write_text(LECTURE, encoding="utf-8")
    return folder / "talk one.yaml"


def render(project: Path, talk: Path, *options: str, folder: Path | None = None) -> Done:
    return run(project, "renders", "--quality", "l", "--lecture", str(talk), *options, folder=folder)


def planned(project: Path, talk: Path) -> list[str]:
    """The clips that Snakemake would render, by a dry run."""
    return stub_film.planned(project, f"lecture={quote(str(talk))}")


def rendered(done: Done) -> list[str]:
    assert done.returncode == 0, done.stdout + done.stderr
    return stub_film.rendered(done)


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_what_is_rendered_again_and_what_is_not(project: Path, talk: Path) -> None:
    assert rendered(render(project, Path(talk.name), folder=talk.parent)) == ["Narrow", "Wide"]
    folder = project / "renders" / "clips"
    assert sorted(path.name for path in folder.iterdir()) == clip_files("Narrow", "Wide")
    assert [facts(folder / f"{name}.mp4").seconds for name in ("Narrow", "Wide")] == [1, 2]

    replaced(talk, "\n- name: Narrow", "\n# a remark\n- name: Narrow")
    assert planned(project, talk) == []
    replaced(talk, "[[1, 2], [3, 4]]", "[[1, 2], [3, 5]]")
    assert rendered(render(project, talk)) == ["Narrow"]
    Image.new("L", (3, 2), 0).save(talk.parent / "picture.png")
    assert rendered(render(project, talk, "--scenes", "Wide")) == ["Wide"]
    replaced(project / "scenes" / "two.py", "Square()", "Square() ")
    assert planned(project, talk) == ["Narrow"]


def test_mistakes_and_unknown_clips_render_nothing(project: Path, talk: Path) -> None:
    replaced(talk, "[[1, 2], [3, 4]]", "[[1, 2, 3], [4, 5, 6], [7, 8, 9]]")
    replaced(talk, "picture.png", "no.png")
    done = render(project, talk)
    assert done.returncode == 2
    first, *lines = done.stderr.splitlines()
    assert first == "render: nothing is rendered; correct these in the lecture file:"
    assert lines == [
        f"{talk}:4: clip Wide: image: {talk.parent / 'no.png'}: there is no such file; expected a picture",
        f"{talk}:7: clip Narrow: scene: Narrow shows at most 8 pixels; got 9",
    ]
    talk.write_text(LECTURE, encoding="utf-8")
    done = render(project, talk, "--scenes", "One")
    assert done.returncode == 2
    assert done.stdout == f"Checking {talk}.\n", "said before it is done"
    assert done.stderr == "render: unknown scene One; expected any of Wide, Narrow\n"
    assert not (project / "renders" / "clips").exists()


def test_a_clip_of_another_lecture_is_never_overwritten(project: Path, talk: Path) -> None:
    """Neither file renders a clip of the other's name; a lecture that has been moved goes on with its own clips."""
    assert rendered(render(project, talk, "--scenes", "Narrow")) == ["Narrow"]
    clip = project / "renders" / "clips" / "Narrow.mp4"
    before = clip.read_bytes()

    other = talk.with_name("other.yaml")
    other.write_text(LECTURE.replace("[[1, 2], [3, 4]]", "[[5, 6], [7, 8]]"), encoding="utf-8")
    done = render(project, other)
    assert done.returncode == 2
    (first, line) = done.stderr.splitlines()
    assert first.startswith("render: nothing is rendered")
    assert line == (
        f"{other}:6: clip Narrow: name: renders/clips holds the clip of this name of {talk}:6, which would be "
        "overwritten; expected another name in one of the two files, or that clip to be deleted first"
    )
    assert clip.read_bytes() == before
    assert not clip.with_name("Wide.mp4").exists()
    by_hand = run(project, "snakemake", "--snakefile", "renders/Snakefile", "--cores", "1", "--config", "quality=l",
                  f"lecture={quote(str(other))}")  # fmt: skip
    assert by_hand.returncode != 0
    assert f"{talk}:6, which would be overwritten" in by_hand.stdout + by_hand.stderr

    moved = talk.rename(talk.with_name("renamed.yaml"))
    assert rendered(render(project, moved, "--scenes", "Narrow")) == [], "the clip is as it was"
    replaced(moved, "[[1, 2], [3, 4]]", "[[1, 2], [3, 5]]")
    assert rendered(render(project, moved, "--scenes", "Narrow")) == ["Narrow"]


def test_a_clip_is_previewed_with_plain_manim(project: Path, talk: Path) -> None:
    done = run(project, "renders.lecture", str(talk))
    assert done.returncode == 0, done.stderr
    commands = re.findall(r"^  manim -pql (\S+) (\w+)$", done.stdout, re.MULTILINE)
    assert [name for _, name in commands] == ["Wide", "Narrow"]
    file, name = commands[1]
    shown = run(project, "manim", "-ql", "-s", file, name)
    assert shown.returncode == 0, shown.stdout + shown.stderr
    assert list((project / "renders" / "media" / "images").rglob("Narrow*.png"))


OWN = """
from cnnmath import Convolution
from scenes import TheImage, load_image

class MyPhoto(TheImage):
    convolution = Convolution(load_image(PICTURE, size=(8, 8)), [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    notation = "numbers"
"""


def test_the_sample_is_rendered_and_decoded(tmp_path: Path) -> None:
    """One of its clips as a film, all of them up to their last still."""
    project = copied(tmp_path / "project", "renders", "cnnmath", "scenes", "lectures", "manim.cfg", "requirements.txt")
    sample = Path("lectures", "sample.yaml")
    assert rendered(render(project, sample, "--scenes", "SobelFilter")) == ["SobelFilter"]
    video = project / "renders" / "clips" / "SobelFilter.mp4"
    with av.open(str(video)) as film:
        frames = [frame.to_ndarray(format="gray")[::6, ::6] for frame in film.decode(video=0)]
    assert len(frames) == facts(video).frames > 100
    assert np.ptp(frames[-1].astype(int)) > 150
    assert len({frame.tobytes() for frame in frames}) > 30
    assert "-->" in video.with_suffix(".srt").read_text(encoding="utf-8")
    with Image.open(video.with_suffix(".png")) as sheet:
        assert sheet.width > 500

    names = re.findall(r"^- name: (\w+)$", (project / sample).read_text(encoding="utf-8"), re.MULTILINE)
    assert planned(project, sample) == sorted({*names} - {"SobelFilter"})
    own = tmp_path / "anywhere" / "my_lecture.py"
    own.parent.mkdir()
    own.write_text(OWN.replace("PICTURE", repr(str(project / "lectures" / "face.png"))), encoding="utf-8")
    for file, scenes in ((lecture.scene_file(sample), names), (own, ["MyPhoto"])):
        shown = run(project, "manim", "-ql", "-s", str(file), *scenes)
        assert shown.returncode == 0, shown.stdout + shown.stderr
    for name in (*names, "MyPhoto"):
        (still,) = (project / "renders" / "media" / "images").rglob(f"{name}_*.png")
        with Image.open(still) as picture:
            assert np.ptp(np.asarray(picture.convert("L")).astype(int)) > 150, name


def test_each_of_several_lectures_has_a_film_and_slides_of_its_own(project: Path, talk: Path) -> None:
    other = talk.with_name("b{r}aces.yaml")
    other.write_text(
        "\n- name: Third" + LECTURE.partition("- name: Wide")[2].partition("\n- name")[0], encoding="utf-8"
    )
    targets = [f"renders/film/{name}.mp4" for name in ("talk one", "b{r}aces")]
    targets += [f"renders/slides/{name}{end}" for name in ("talk one", "b{r}aces") for end in ("", ".html", ".pptx")]
    said = stub_film.dry_run(project, f"lecture={quote(str(talk))} {quote(str(other))}", targets=tuple(targets))
    rules = sorted(re.findall(r"^(?:local)?rule (\w+):", said, re.MULTILINE))
    twice = [f"{kind}{number}" for kind in ("deck", "deck_in_one_file", "film", "powerpoint") for number in ("", "_2")]
    assert rules == sorted([*["clip"] * 3, *["steps"] * 3, *twice])
