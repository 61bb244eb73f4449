"""What is absurd is refused before it costs anything: in one short line, with little memory."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lecture_files import SOUND, clip

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]
MEGABYTES = 300
"""So much more memory than its libraries take may be asked for to refuse anything."""

ASK = """
import json, resource, sys
from importlib import import_module
from pathlib import Path
from renders.lecture import LectureError, read
from renders.lecture.names import MODULES

for module in {*MODULES.values()}:
    import_module(f"scenes.{module}")
folder, texts, most = Path(sys.argv[1]), json.load(sys.stdin), int(sys.argv[2])
used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + most, used + most))
said = {}
for name, text in texts.items():
    file = folder / "my.yaml"
    file.write_text(text, encoding="utf-8")
    try:
        read(file)
    except LectureError as error:
        said[name] = str(error)
json.dump(said, sys.stdout)
"""
"""Reads lecture files and asks the scenes, while no more memory is to be had."""

LARGE = Path("large.png")
MANY = [[1] * 70] * 70
CASES: dict[str, tuple[str, str]] = {
    "padding": (clip(padding=2000), "clip Edges: scene: Edges shows at most 1296 cells with padding; got "),
    "more padding": (clip(padding=6000), "clip Edges: scene: Edges shows at most 1296 cells with padding; got "),
    "most padding": (clip(padding=10**6), "clip Edges: scene: Edges shows at most 1296 cells with padding; got "),
    "too much padding": (clip(padding=10**9), "padding: must be whole numbers of at most 1,000,000; got 1000000000"),
    "no padding at all": (clip(padding=10**400), "padding: must be whole numbers of at most 1,000,000; got "),
    "a stride": (clip(stride=10**30), "stride: must be whole numbers of at most 1,000,000; got 1000"),
    "a dilation": (clip(dilation=[1, 10**300]), "dilation: must be whole numbers of at most 1,000,000; got [1, 1000"),
    "digits": (SOUND.replace("[[1, -1]]", f"[[{'1' * 5000}]]"), "kernel: must hold numbers of at most 400 "),
    "digits as a stride": (SOUND + f"  stride: {'1' * 5000}\n", "stride: must be whole numbers of at most 1,000,000"),
    "a large number": (clip(bias=10**398), "bias: must hold numbers that fit 64-bit floats; got a larger one"),
    "a fraction": (SOUND.replace("-1]]", f"{'9' * 390}/3]]"), "kernel: must hold numbers; got '9999"),
    "a long fraction": (SOUND.replace("-1]]", f"1/{'9' * 5000}]]"), "kernel: must hold numbers of at most 400 char"),
    "a name": (clip(name="A" * 10_000), "clip 1: name: expected at most 100 characters, for files are called"),
    "a wrong name": (clip(name="ä" * 10_000), "clip 1: name: expected a Python name of ASCII letters"),
    "a scene": (clip(scene="A" * 100_000), "scene: unknown scene 'AAAA"),
    "a notation": (clip(notation="A" * 100_000), "notation: expected 'letters' or 'numbers'; got 'AAAA"),
    "a key": (clip(**{"k" * 1000: 1}), "kkk...: unknown key"),
    "a path": (clip(image="p" * 5000), "image: expected a path of at most 1,000 characters; got 5,000"),
    "an image": (clip(image=MANY), "scene: Edges shows at most 1024 pixels; got 4900"),
    "a large image": (clip(image=[[1] * 200] * 200), "image: must hold at most 16,384 numbers; got more"),
    "a kernel": (clip(image=MANY, kernel=[[1] * 35] * 35), "scene: Edges shows at most 1024 pixels; got 4900"),
    "many filters": (clip(kernel=[[[[1]]]] * 4000), "scene: Edges shows at most 4 filters; got 4000"),
    "a picture": (clip(image={"path": str(LARGE), "size": 100_000}), "image.size: must be at most 4096 pixels, rows t"),
    "a large picture": (clip(image=str(LARGE)), "image: large.png has 12000 rows of 15000 pixels; expected at"),
    "levels": (clip(image={"path": str(LARGE), "size": 3, "levels": 10**300}), "levels must be at most 65536"),
    "aliases": (SOUND + "  bias: [&a [" + "1," * 1000 + "], &b [" + "*a," * 1000 + "]]\n", "expected at most 500,000"),
    "few aliases": (clip(image=None) + "  image: [&a [" + "1," * 300 + "], " + "*a," * 300 + "]\n", "image: must hold"),
}  # fmt: skip


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What is said of each case."""
    pytest.importorskip("resource")
    if not Path("/proc/self/statm").exists():
        pytest.skip("how much memory is in use can only be asked where there is /proc")
    from PIL import Image

    folder = tmp_path_factory.mktemp("absurd")
    Image.new("1", (15000, 12000)).save(folder / LARGE)
    done = subprocess.run(
        [sys.executable, "-c", ASK, str(folder), str(MEGABYTES << 20)],
        cwd=ROOT,
        input=json.dumps({name: text for name, (text, _) in CASES.items()}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {name: text.replace(f"{folder}/", "") for name, text in json.loads(done.stdout).items()}


@pytest.mark.parametrize("name", CASES)
def test_it_is_refused_in_one_short_line(said: dict[str, str], name: str) -> None:
    (line,) = said[name].splitlines()
    assert CASES[name][1] in line
    assert len(line) < 700
