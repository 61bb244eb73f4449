"""Several lecture files in one call, without rendering any."""

from pathlib import Path

import pytest

from renders import owners
from renders.course import Lecture, as_word, check_names, jobs_of, lecture_files, of_word
from renders.lecture import scene_files
from renders.request import Job
from renders.together import CourseError, read_course

CLIP = """
- name: NAME
  scene: TheFilter
  image: [[1, 2], [3, 4]]
  kernel: [[BIAS, 2]]
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project, whose folder is the current one."""
    for module in (owners, scene_files):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lecture(file: str, **clips: str) -> Path:
    """Write a lecture file with clips of these names, and a weight of each."""
    path = Path(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(CLIP.replace("NAME", name).replace("BIAS", bias) for name, bias in clips.items()))
    return path


@pytest.mark.parametrize(
    ("given", "files"),
    [
        ("", []),
        ("  a.yaml ", ["a.yaml"]),
        ("a.yaml b.yml  c.yaml", ["a.yaml", "b.yml", "c.yaml"]),
        ("my talk.yaml b 2.yaml", ["my talk.yaml", "b 2.yaml"]),
        ("a.yaml b.yaml ./a.yaml", ["a.yaml", "b.yaml"]),
        ("one.yaml two.yaml", ["one.yaml two.yaml"]),
        ("not-there.yaml", ["not-there.yaml"]),
        ("week*/l.yaml a.yaml", ["week1/l.yaml", "week2/l.yaml", "a.yaml"]),
        ("[x].yaml", ["[x].yaml"]),
    ],
)
def test_lecture_files_stand_with_blanks_between(given: str, files: list[str]) -> None:
    for name in ("one.yaml two.yaml", "week2/l.yaml", "week1/l.yaml", "[x].yaml"):
        lecture(name)
    assert [file.as_posix() for file in lecture_files(given)] == files


def test_a_pattern_that_fits_no_file_is_a_mistake() -> None:
    with pytest.raises(ValueError, match=r"course/\*\.yaml fits no file"):
        lecture_files("a.yaml course/*.yaml")


def test_clips_are_picked_from_all_lectures() -> None:
    files = [lecture("a.yaml", One="1", Two="2"), lecture("b.yaml", Three="3"), lecture("c.yaml", Two="2")]
    read = read_course(files, [], ask_scenes=False)
    assert [[job.scene for job in each.jobs] for each in read] == [["One", "Two"], ["Three"], ["Two"]]
    assert [job.scene for job in jobs_of(read)] == ["One", "Two", "Three"], "the very same clip is made once"
    read = read_course(files, ["Three", "One"], ask_scenes=False)
    assert [(each.name, [job.scene for job in each.jobs]) for each in read] == [("a", ["One"]), ("b", ["Three"])]
    with pytest.raises(ValueError, match="unknown scene Four; expected any of One, Two, Three"):
        read_course(files, ["Four", "One"], ask_scenes=False)


def test_the_mistakes_of_all_files_come_at_once() -> None:
    files = [lecture("a.yaml", One="x"), lecture("b.yaml", Three="3"), lecture("c.yaml", Two="y")]
    with pytest.raises(CourseError) as raised:
        read_course(files, [], ask_scenes=False)
    assert [line.partition(":")[0] for line in str(raised.value).splitlines()] == ["a.yaml", "c.yaml"]


def test_two_files_may_not_call_two_clips_the_same() -> None:
    files = [lecture("a.yaml", Other="1", One="1"), lecture("week 2/b.yaml", Three="3", one="2")]
    with pytest.raises(CourseError) as raised:
        read_course(files, [], ask_scenes=False)
    assert str(raised.value) == (
        "week 2/b.yaml:7: clip one: name: is taken by the clip in a.yaml:7; expected another one"
    )


def test_two_files_of_one_name_make_clips_but_no_films() -> None:
    read = read_course([lecture("w1/talk.yaml", One="1"), lecture("w2/Talk.yaml", Two="2")], [], ask_scenes=False)
    assert len({job.file for job in jobs_of(read)}) == 2
    with pytest.raises(ValueError, match=r"w1/talk\.yaml and w2/Talk\.yaml have one name, .* film makes of them"):
        check_names(read, "film")
    check_names(read[:1], "film")


def test_where_lectures_are_is_one_plain_word_each() -> None:
    job = Job("One", "one", "one.py")
    read = [Lecture(Path("/a 'b': #{2}.yaml"), (job,), (job,)), Lecture(Path("/ü/c.yaml"), (job,), (job,))]
    assert as_word(read).isascii()
    assert of_word(as_word(read)) == tuple(each.file for each in read)
    assert of_word("") == ()
