"""Clips without Python: a lecture file in YAML lists them, each with a name, a scene, an image and a filter.

Such a file becomes a Python file of scenes below renders/media/lectures, one subclass a clip, which the recipe renders
and plain manim previews. Every mistake in it is found before that, all of them at once, each one line.

    python -m renders.lecture FILE

document     the file as YAML: what it says, and on which lines
names, layer, entry   what a clip may say: its name and scene, what makes its convolution, all of it
reading      the clips of a file, or all its mistakes
clips        a clip that was asked for, and its Python
scene_files  what is made of a file: its scenes for manim, its jobs for the recipe
faults       mistakes, and how they are said
"""

from renders.lecture.clips import LectureClip
from renders.lecture.faults import Fault, LectureError
from renders.lecture.names import RESERVED
from renders.lecture.reading import lines_of_names, read, refused
from renders.lecture.scene_files import ROOT, SCENE_FILES, lecture_jobs, scene_file, write_scenes

__all__ = [
    "RESERVED",
    "ROOT",
    "SCENE_FILES",
    "Fault",
    "LectureClip",
    "LectureError",
    "lecture_jobs",
    "lines_of_names",
    "read",
    "refused",
    "scene_file",
    "write_scenes",
]
