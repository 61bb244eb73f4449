"""manim.cfg and its light twin, and what every tracked file must keep out."""

import configparser
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def read(name: str) -> dict[str, dict[str, str]]:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string((ROOT / name).read_text(encoding="utf-8"))
    return {section: dict(parser[section]) for section in parser.sections()}


def test_the_two_configurations_differ_in_the_background_alone() -> None:
    dark, light = read("manim.cfg"), read("scenes/light.cfg")
    assert dark["CLI"].pop("background_color") == "#10131A"
    assert light["CLI"].pop("background_color") == "#FAFAF7"
    assert dark == light


def test_manim_writes_to_the_ignored_folder() -> None:
    assert Path(read("manim.cfg")["CLI"]["media_dir"]) == Path("renders/media")
    assert "renders/media/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-models.txt", "requirements-test.txt"])
def test_every_pinned_package_has_a_hash_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z])", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).strip())
    assert len(entries) > 3
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []
    assert not re.search(r"://|index-url|find-links", text)


def test_what_builds_source_packages_is_pinned() -> None:
    lines = (ROOT / "requirements-build.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert len(pins) > 5
    assert [line for line in pins if not re.fullmatch(r"[a-z-]+==[0-9.]+", line)] == []


def test_the_rendering_pins_are_among_the_test_pins() -> None:
    def pins(name: str) -> set[str]:
        """Names and versions; where a package is wanted may differ."""
        return set(re.findall(r"^[a-z][\w.-]*==[\w.]+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))

    assert pins("requirements.txt") < pins("requirements-test.txt")
    # Those of the extra come on top of these, and are in the tests as they are.
    assert pins("requirements-models.txt") < pins("requirements-test.txt") - pins("requirements.txt")


def test_no_tracked_file_of_the_recipe_holds_an_absolute_path_or_a_host() -> None:
    own = ["Makefile", ".ci", "renders", "manim.cfg", "scenes/light.cfg", "pyproject.toml", "requirements*.txt"]
    own += ["lectures/*.yaml", "lectures/*.py"]
    listed = subprocess.run(["git", "ls-files", "-z", *own], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git clone")
    # `make watch` serves a page to this machine, at an address that is made when it starts; w3.org is SVG's name.
    foreign = re.compile(r"https?:(?!//(?:\{|www\.w3\.org/))|/(?:home|Users|work|root|opt|tmp)/|[A-Z]:\\")
    # The text of a licence is somebody else's, and stays as it is.
    names = [name for name in listed.stdout.split("\0") if name and "/LICENSE" not in name]
    assert "renders/setup.sh" in names
    found = [name for name in names if foreign.search((ROOT / name).read_text(encoding="utf-8"))]
    assert found == []
