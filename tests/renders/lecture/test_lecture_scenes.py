"""The scenes that are made of a lecture file, and the jobs of the recipe."""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lecture_files import clip, clips

from cnnmath import Convolution
from renders.lecture import LectureClip, LectureError, lecture_jobs, scene_file, scene_files, write_scenes
from renders.lecture.names import MODULES
from renders.lessons import lesson

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    "convolution",
    [
        Convolution([[1, 2, 3], [4, 5, 6]], [[1, -1]]),
        Convolution([[0.1, 2e-17], [1e300, 1 / 3]], [[1 / 9]], bias=0.5, stride=(1, 2), padding=(1, 0)),
        Convolution(np.arange(12).reshape(3, 2, 2), np.arange(12).reshape(2, 3, 1, 2), bias=[1, 2], padding="same"),
        Convolution(np.arange(25).reshape(5, 5), np.arange(4).reshape(2, 2), dilation=(1, 3), stride=2),
        Convolution([[[1, 2]]], np.arange(4).reshape(4, 1, 1, 1)),
    ],
)
def test_a_clips_python_is_the_same_convolution(convolution: Convolution) -> None:
    source = LectureClip("Mine", "TheScene", convolution, "numbers").source()
    base = type("TheScene", (), {})
    named: dict[str, Any] = {
        "cnnmath": sys.modules["cnnmath"],
        "scenes": type("Scenes", (), {"TheScene": base}),
    }
    exec(source, named)
    made = named["Mine"].convolution
    assert issubclass(named["Mine"], base)
    assert named["Mine"].notation == "numbers"
    for key in ("image", "kernel", "bias"):
        assert np.array_equal(getattr(made, key), getattr(convolution, key)), key
    for key in ("stride", "padding", "dilation"):
        assert getattr(made, key) == getattr(convolution, key), key


@pytest.mark.parametrize("scene", MODULES)
def test_a_clip_far_too_large_is_written_before_it_is_refused(scene: str) -> None:
    """`make watch` asks the scene later: no taps are made for its sentence, for which there is no memory."""
    conv = Convolution([[1, 2]], [[1, 2]], padding=10**6)
    assert f"class Mine(scenes.{scene})" in LectureClip("Mine", scene, conv, "numbers").source()


@pytest.mark.parametrize(
    ("name", "file"), [("a.yaml", "a_clips.py"), ("My talk 2.1.yml", "My_talk_2_1_clips.py"), ("für", "f_r_clips.py")]
)
def test_the_scene_file_has_a_name_that_python_takes(name: str, file: str) -> None:
    assert scene_file(Path("folder", name)) == Path("renders/media/lectures", file)


def test_the_scene_file_is_whole_and_written_only_when_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scene_files, "ROOT", tmp_path)
    made = clips(tmp_path, clip(name="Convolution") + clip(name="Other"))
    path = tmp_path / 'it\'s a "talk".yaml'
    file = tmp_path / write_scenes(path, made)
    compile(file.read_text(encoding="utf-8"), file, "exec")
    assert [part.name for part in file.parent.iterdir()] == [file.name]
    before = file.stat().st_mtime_ns, file.stat().st_ino
    write_scenes(path, made)
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == before
    write_scenes(path, made[:1])
    assert "Other" not in file.read_text(encoding="utf-8")


def test_a_job_changes_with_its_own_entry_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scene_files, "ROOT", tmp_path)
    path = tmp_path / "my.yaml"

    def jobs(text: str) -> list[tuple[str, ...]]:
        path.write_text(text, encoding="utf-8")
        return list(lecture_jobs(path, ask_scenes=False))

    old = jobs(clip() + clip(name="Other"))
    new = jobs("# a remark\n" + clip() + clip(name="Other", bias=1))
    assert [job[:2] for job in old] == [job[:2] for job in new]
    assert old[0] == new[0]
    assert old[1][2] != new[1][2], "a job that waits renders what it was planned with"
    assert old[1][3] != new[1][3]
    assert "class Other" in (tmp_path / old[1][2]).read_text(encoding="utf-8")
    path.write_text(clip(stride=0), encoding="utf-8")
    kept = (tmp_path / scene_file(path)).read_bytes()
    with pytest.raises(LectureError):
        lecture_jobs(path, ask_scenes=False)
    assert (tmp_path / scene_file(path)).read_bytes() == kept


def test_the_page_says_of_a_clip_what_is_true_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In numbers no letter is promised; in letters it is the scene's own sentence."""
    monkeypatch.setattr(scene_files, "ROOT", tmp_path)
    path = tmp_path / "my.yaml"
    path.write_text(
        clip(scene="TheImage", notation="numbers") + clip(name="Other", scene="TheImage")
        + clip(name="Third", scene="FilterSliding", kernel=[[1, 2, 3], [4, 5, 6]]),
        encoding="utf-8",
    )  # fmt: skip
    (tmp_path / "scenes").symlink_to(ROOT / "scenes")
    assert [lesson(job, tmp_path) for job in lecture_jobs(path, ask_scenes=False)] == [
        "An image is a grid of numbers, one for each pixel.",
        "An image is a grid of numbers, and a letter can stand for each of them.",
        "The filter fits in the image once, and gives one result.",
    ]
