"""A lecture through a real SLURM: its daemons run on this machine's loopback for as long as these tests."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from one_node import jobs, one_node, told
from stub_film import copied, environment, interruptible, run, stub_project

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("slurm"),
    pytest.mark.filterwarnings("ignore:.*:DeprecationWarning:av"),
]

# The scene Two waits until the test opens its gate, so that its job can be killed in the middle.
SCENE = """
import time
from pathlib import Path
from manim import RIGHT, MathTypst, Scene
class NAME(Scene):
    def construct(self):
        if self.convolution.bias[0] == FAILS:
            raise ValueError("got FAILS, expected less")
        held = []
        while self.convolution.bias[0] == EATS and len(held) < 40:
            held.append(b"x" * 100_000_000)
            time.sleep(0.1)
        formula = MathTypst(f"alpha + {self.convolution.bias[0]:.0f}")
        self.next_section("show")
        self.add_subcaption("A formula.", duration=0.4)
        self.add(formula)
        self.wait(0.4)
        while "NAME" == "Two" and not Path("gate").exists():
            time.sleep(0.1)
        self.next_section("move")
        self.play(formula.animate.shift(RIGHT), run_time=self.convolution.bias[0] / 5)
"""
LONGEST = 300
"""Seconds after which a cluster that has not got on has failed."""
FAILS, EATS = 7, 8
"""The bias of a clip that fails, and of one that takes more memory than its job may."""
SCENE = SCENE.replace("FAILS", str(FAILS)).replace("EATS", str(EATS))
CLIP = """
- name: NAME
  scene: SCENE
  image: [[1, 2], [3, 4]]
  kernel: [[1, 2]]
  bias: BIAS
"""
QUICK = """
slurm-init-seconds-before-status-checks: 1
seconds-between-status-checks: 1
groups: ["clip=clips"]
group-components: ["clips=2"]
"""
# The plugin asks how its jobs are at longer and longer intervals. Python imports a module of this name when it starts.
IMPATIENT = """
import asyncio

plainly = asyncio.sleep
asyncio.sleep = lambda delay, result=None: plainly(min(delay, 1), result)
"""
CLIPS = {"A": "One", "B": "One", "C": "Two", "D": "Two"}


@pytest.fixture(scope="module")
def slurm() -> Iterator[subprocess.Popen[bytes]]:
    with (
        tempfile.TemporaryDirectory(prefix="slurm", dir="/tmp") as folder,
        pytest.MonkeyPatch.context() as patch,
        one_node(Path(folder), patch) as queue,
    ):
        yield queue


def lecture(project: Path, **biases: int) -> Path:
    file = project / "talk.yaml"
    clips = ((name, str(bias)) for name, bias in biases.items())
    each = (CLIP.replace("NAME", name).replace("SCENE", CLIPS[name]).replace("BIAS", bias) for name, bias in clips)
    file.write_text("".join(each), encoding="utf-8")
    return file


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A stub project with a profile of its own, which asks more often than the one that comes with the project."""
    made = copied(stub_project(tmp_path / "project", SCENE), "scenes/__init__.py", "scenes/_look", "scenes/_words")
    (made / "sitecustomize.py").write_text(IMPATIENT, encoding="utf-8")
    own = made / "own" / "config.yaml"
    own.parent.mkdir()
    own.write_text((made / "renders/profiles/slurm/config.yaml").read_text(encoding="utf-8") + QUICK, encoding="utf-8")
    return made


def frames(video: Path) -> list[np.ndarray]:
    with av.open(str(video)) as film:
        return [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]


def wait_until(is_so: Callable[[], object], running: subprocess.Popen[bytes], said: Path) -> None:
    end = time.monotonic() + LONGEST
    while not is_so():
        assert running.poll() is None, said.read_text()
        assert time.monotonic() < end, f"{said.read_text()}\n{told(['squeue', '--states=all'])}"
        time.sleep(0.2)


def test_a_lecture_on_a_cluster_is_that_of_one_machine(
    slurm: subprocess.Popen[bytes], project: Path, tmp_path: Path
) -> None:
    talk = lecture(project, A=1, B=2, C=3, D=4)
    options = ["renders", "--quality", "l", "--lecture", str(talk)]
    said = tmp_path / "said"
    with said.open("w") as out:
        command = [sys.executable, "-m", *options, "--profile", "own"]
        with subprocess.Popen(command, cwd=project, env=environment(project), stdout=out, stderr=out) as running:
            try:
                wait_until(lambda: re.search(r"\] [CD]: rendering", said.read_text()) and jobs(), running, said)
                killed = jobs()[-1]
                subprocess.run(["scancel", killed], check=True)
                wait_until(lambda: f"SLURM's job {killed}," in said.read_text(), running, said)
                (project / "gate").touch()
                running.wait(LONGEST)
            finally:
                running.kill()
    text = said.read_text()
    assert running.returncode == 0, text
    assert f"ENDED on {os.uname().nodename.partition('.')[0]}: somebody cancelled it" in text
    assert "What the queue has lost is submitted again (1 of 2 times)." in text

    clips = project / "renders" / "clips"
    far = {name: frames(clips / f"{name}.mp4") for name in CLIPS}
    words = {name: (clips / f"{name}.srt").read_text(encoding="utf-8") for name in CLIPS}
    for file in clips.iterdir():
        file.unlink()
    here = run(project, *options)
    assert here.returncode == 0, here.stdout + here.stderr
    for name in CLIPS:
        near = frames(clips / f"{name}.mp4")
        assert len(near) == len(far[name]) > 6
        assert all(np.array_equal(one, other) for one, other in zip(near, far[name], strict=True)), name
        assert (clips / f"{name}.srt").read_text(encoding="utf-8") == words[name]


def test_a_clip_that_fails_and_a_job_that_is_killed_say_why_and_where(
    slurm: subprocess.Popen[bytes], project: Path
) -> None:
    own = project / "own" / "config.yaml"
    text = own.read_text(encoding="utf-8").replace("retries: 2", "retries: 0").replace("clips=2", "clips=1")
    own.write_text(text, encoding="utf-8")
    talk = lecture(project, A=FAILS, B=EATS, C=1)
    (project / "gate").touch()
    done = run(project, "renders", "--quality", "l", "--lecture", str(talk), "--profile", "own")
    assert done.returncode != 0
    node = os.uname().nodename.partition(".")[0]
    assert f"[{node}] A FAILED. manim said:" in done.stdout
    assert "ValueError: got 7, expected less" in done.stdout
    assert "A ENDED" not in done.stdout, "that is said once"
    assert f"B ENDED on {node}: the queue killed it for memory (SLURM's job " in done.stdout
    assert "2 of 3 clips missing: A, B" in done.stderr


def test_ctrl_c_takes_jobs_out_of_the_queue_and_the_same_command_goes_on(
    slurm: subprocess.Popen[bytes], project: Path, tmp_path: Path
) -> None:
    """Two clips have jobs that run until the gate opens, others wait; then film, slides and page are made of them."""
    own = project / "own" / "config.yaml"
    own.write_text(own.read_text(encoding="utf-8").replace("clips=2", "clips=1"), encoding="utf-8")
    talk = lecture(project, A=1, C=2, D=3)
    command = interruptible("renders", "film", "--quality", "l", "--lecture", str(talk), "--profile", "own")
    said = tmp_path / "said"
    with (
        said.open("w") as out,
        subprocess.Popen(
            command, cwd=project, env=environment(project), stdout=out, stderr=out, start_new_session=True
        ) as running,
    ):
        try:
            wait_until(lambda: re.search(r"\] [CD]: rendering", said.read_text()) and jobs(), running, said)
            os.killpg(running.pid, signal.SIGINT)
            assert running.wait(LONGEST) == 130, said.read_text()
        finally:
            running.kill()
    assert "Stopped. The same command goes on" in said.read_text()
    end = time.monotonic() + LONGEST
    while told(["squeue", "--noheader", "--states=pending,running,completing"]):
        assert time.monotonic() < end, told(["squeue", "--states=all"])
        time.sleep(0.2)

    (project / "gate").touch()
    for what in ("film", "slides", "page"):
        done = run(project, "renders", what, "--quality", "l", "--lecture", str(talk), "--profile", "own")
        assert done.returncode == 0, done.stdout + done.stderr
    clips = project / "renders" / "clips"
    film = frames(project / "renders" / "film" / "talk.mp4")
    assert len(film) == sum(len(frames(clips / f"{name}.mp4")) for name in "ACD")
    assert (project / "renders" / "slides" / "talk" / "index.html").is_file()
    assert "talk" in (project / "renders" / "page" / "index.html").read_text(encoding="utf-8")


def test_a_queue_that_is_down_renders_nothing(slurm: subprocess.Popen[bytes], project: Path) -> None:
    """The last test here: it stops the queue."""
    slurm.terminate()
    slurm.wait()
    done = run(project, "renders", "--quality", "l", "--profile", "slurm")
    assert done.returncode == 2
    assert done.stderr.startswith("render: SLURM ")
    assert "nothing is submitted" in done.stderr
    assert not (project / "renders" / "clips").exists()
