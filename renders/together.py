"""Reads the lecture files of one call, and finds what two of them may not both have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from renders.course import Lecture
from renders.lecture import Fault, LectureError, lecture_jobs, lines_of_names
from renders.owners import check
from renders.request import Job, pick


class CourseError(Exception):
    """Lecture files that cannot be rendered, or not together: all their mistakes, a line each."""


def read_course(files: Sequence[Path], names: Sequence[str], ask_scenes: bool = True) -> tuple[Lecture, ...]:
    """Return the lectures of these files that hold a named clip, and of each the named ones; all for no name.

    Raises CourseError with the mistakes of all files, or with all clips whose files would be those of another lecture;
    ValueError for a name that is in none of them.
    """
    read, mistakes = [], []
    for file in files:
        try:
            read.append((file, lecture_jobs(file, ask_scenes)))
        except LectureError as error:
            mistakes.append(str(error))
    _refuse(mistakes)
    _refuse(list(_taken_twice(read)))
    picked = {job.scene for job in pick(names, [job for _, jobs in read for job in jobs])}
    lectures = [Lecture(file, tuple(job for job in jobs if job.scene in picked), jobs) for file, jobs in read]
    lectures = [lecture for lecture in lectures if lecture.jobs]
    for lecture in lectures:
        try:
            check(lecture.file, lecture.jobs, lecture.all_jobs)
        except LectureError as error:
            mistakes.append(str(error))
    _refuse(mistakes)
    return tuple(lectures)


def _refuse(mistakes: Sequence[str]) -> None:
    if mistakes:
        raise CourseError("\n".join(mistakes))


def _taken_twice(read: Sequence[tuple[Path, Sequence[Job]]]) -> Iterator[str]:
    """Yield a line for each clip whose name another file has given to another clip. The very same clip is one."""
    first: dict[str, tuple[Path, Job]] = {}
    for file, jobs in read:
        for job in jobs:
            other, its = first.setdefault(job.scene.casefold(), (file, job))
            if its.entry != job.entry:
                where = f"{other}:{lines_of_names(other)[its.scene]}"
                message = f"is taken by the clip in {where}; expected another one"
                fault = Fault(lines_of_names(file)[job.scene], f"clip {job.scene}", "name", message)
                yield str(LectureError(file, [fault]))
