"""Lecture files from the command line, where the scenes are asked too."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from lecture_files import clip, clips

from renders.lecture.__main__ import main

ROOT = Path(__file__).resolve().parents[3]


def ask(folder: Path, text: str, *command: str) -> subprocess.CompletedProcess[str]:
    (folder / "my.yaml").write_text(text, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", *command, "my.yaml"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", [("renders.lecture",), ("renders", "--lecture")])
def test_what_a_scene_cannot_show_is_said_with_all_else_before_anything_renders(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    large = [[1] * 40] * 40
    text = clip(image=large, kernel=[[1, 2], [3, 4]], scene="MatrixView") + clip(name="Other", colour=1)
    text += clip(name="Padded", scene="ZeroPadding") + clip(name="a b", image=large, scene="EquationView")
    done = ask(tmp_path, text, *command)
    assert done.returncode == 2
    assert done.stdout in ("", "Checking my.yaml.\n")
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("my.yaml")]
    found = [line.split(": ")[:3] for line in lines]
    assert found == [
        ["my.yaml:2", "clip Edges", "scene"],
        ["my.yaml:9", "clip Other", "colour"],
        ["my.yaml:11", "clip Padded", "scene"],
        ["my.yaml:14", "clip a b", "name"],
        ["my.yaml:15", "clip a b", "scene"],
    ]
    assert "at most" in lines[0]
    assert len(done.stderr.splitlines()) - len(lines) == (1 if "--lecture" in command else 0)
    assert [path.name for path in tmp_path.iterdir()] == ["my.yaml"]


def test_a_classic_is_shown_with_numbers_of_ones_own(tmp_path: Path) -> None:
    own = clip(scene="Strides", image=[[3, 1, 4, 2, 5]] * 5, kernel=[[1, -1, 2]] * 3, stride=2, notation="numbers")
    (made,) = clips(tmp_path, own)
    assert (made.scene, made.convolution.stride) == ("Strides", (2, 2))
    # The first clip is sound: nothing is said of it.
    wrong = own + clip(name="Other", scene="Strides") + clip(name="strides", scene="TransposedStrides")
    said = ask(tmp_path, wrong, "renders.lecture").stderr
    assert "clip Edges" not in said
    assert 'clip Other: scene: Other works in numbers; got the notation "letters"' in said
    assert "clip strides: name: Strides is a clip of the project; expected a name of its own" in said
    assert "clip strides: scene: unknown scene 'TransposedStrides'; expected any of Neuron, TheImage, " in said


def test_a_lecture_is_looked_for_at_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME" if os.name != "nt" else "USERPROFILE", str(tmp_path))
    (tmp_path / "my.yaml").write_text("- 1", encoding="utf-8")
    assert main(["~/my.yaml"]) == 2
    assert capsys.readouterr().err.startswith(f"{tmp_path / 'my.yaml'}:1: clip 1: expected a mapping")
    assert main(["  "]) == 2
    assert capsys.readouterr().err == "lecture: expected a lecture file: make lecture LECTURE=my_lecture.yaml\n"
