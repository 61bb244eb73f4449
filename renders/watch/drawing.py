"""What a process does once: import our modules as they are now, and draw a still or film a clip.

Imports no manim and none of our scenes by itself: where processes are forked, the first is there already, and the
others must not be.
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from PIL import Image

from renders.making import is_full, put, reason, whole
from renders.watch.asked import COMPILED, FOLDER, Answer, Asked, Failed, Made, Steps

if TYPE_CHECKING:
    from manim import Scene

ROOT = Path(__file__).resolve().parents[2]


class NotThereError(ValueError):
    """What is asked for is not there: no line of anybody's is at fault. `steps` are those that are, if it is a step."""

    def __init__(self, message: str, steps: tuple[str, ...] = ()) -> None:
        """Say what is asked for, and what there is."""
        super().__init__(message)
        self.steps = steps


def answer(asked: Asked, tell: Callable[[Answer], None]) -> None:
    """Draw what is asked and tell it, or tell what went wrong.

    A still is told before the scene has checked whether all of it can be read, since that takes a third of the time;
    what the check refuses is told after it. Where drawing fails, a refusal says better why. Which steps come after the
    one that is asked for is found out last.
    """
    # One picture is drawn, then the process ends: there is nothing to tidy up for.
    gc.disable()
    sys.pycache_prefix, sys.dont_write_bytecode = str(COMPILED.resolve()), False
    from manim import tempconfig

    with tempconfig({"verbosity": "WARNING"}):
        try:
            scene = load(asked)
            _recall(asked)
            try:
                tell(film(scene, asked) if asked.clip else draw(scene, asked))
            except Exception:
                check(scene, asked)
                raise
            if not asked.clip:
                check(scene, asked)
            if asked.step:
                tell(Steps(_all_steps(scene, asked)))
            _keep(asked)
        except BaseException as error:
            if isinstance(error, NotThereError) and error.steps:
                tell(Steps(error.steps))
            tell(failed(error, asked))


def _recall(asked: Asked) -> None:
    """Take over the outlines of texts from the last answer."""
    if ours := sys.modules.get("scenes._fast"):
        ours.recall(FOLDER / f"{asked.name}.outlines")


def _keep(asked: Asked) -> None:
    """Keep the outlines of texts for the next answer."""
    ours = sys.modules.get("scenes._fast")
    if ours and (kept := ours.kept()):
        with whole(FOLDER / f"{asked.name}.outlines") as (unfinished,):
            unfinished.write_bytes(kept)


def load(asked: Asked) -> type[Scene]:
    """Import the scene. Raises ValueError if its file has none of that name, and says which it has."""
    importlib.invalidate_caches()
    if not asked.file and not asked.lecture:
        from renders.request import own_jobs

        (job,) = own_jobs([asked.scene])
        return _named(asked.scene, importlib.import_module(f"scenes.{job.module}"), job.file)
    file = Path(asked.file)
    if asked.lecture:
        from renders.lecture import lecture_jobs, scene_file

        lecture_jobs(Path(asked.lecture), ask_scenes=False)
        file = ROOT / scene_file(Path(asked.lecture))
    return _named(asked.scene, _imported(file), asked.lecture or asked.file)


def _imported(file: Path) -> ModuleType:
    """Import a Python file as manim does: by its path, with its folder in front of Python's path."""
    if not file.is_file():
        raise FileNotFoundError(f"{file}: there is no such file; expected a Python file of scenes")
    sys.path.insert(0, str(file.resolve().parent))
    spec = importlib.util.spec_from_file_location(file.stem, file)
    if spec is None or spec.loader is None:
        raise ValueError(f"{file} is no Python file; expected one of scenes")
    module = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = module
    spec.loader.exec_module(module)
    return module


def _named(name: str, module: ModuleType, file: str) -> type[Scene]:
    from manim import Scene

    known = {
        key: value
        for key, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, Scene) and value.__module__ == module.__name__
    }
    if name not in known:
        raise NotThereError(f"{file} has no scene {name!r}; it has {', '.join(known) or 'none'}")
    return known[name]


def draw(scene: type[Scene], asked: Asked) -> Made:
    """Draw the last still, or that of the step that is asked for."""
    kept: list[Any] = []
    settings = {"save_last_frame": True, "quality": "medium_quality"}
    drawn = _run(_until(scene, asked.step, skip=False), asked, settings, kept.append)
    steps = _steps(drawn, asked)
    target = FOLDER / f"{asked.name}.png"
    with whole(target) as (unfinished,):
        Image.fromarray(kept[-1]).convert("RGB").save(unfinished, compress_level=1)
    return Made(target, steps)


def film(scene: type[Scene], asked: Asked) -> Made:
    """Film the clip as `manim -ql` does, or the step that is asked for alone."""
    filmed = _run(_until(scene, asked.step, skip=True), asked, {"quality": "low_quality"})
    target = FOLDER / f"{asked.name}.mp4"
    steps = _steps(filmed, asked)
    with whole(target) as (unfinished,):
        put(filmed.renderer.file_writer.movie_file_path, unfinished)
    return Made(target, steps, clip=True)


def _steps(drawn: Any, asked: Asked) -> tuple[str, ...]:
    """Give the steps that were drawn. Raises NotThereError if the one that was asked for is not among them."""
    steps = tuple(drawn.steps_begun)
    if asked.step and asked.step not in steps:
        has = ", ".join(steps) or "none"
        raise NotThereError(f"{asked.scene} has no step {asked.step!r}; it has {has}", steps)
    return steps


def _all_steps(scene: type[Scene], asked: Asked) -> tuple[str, ...]:
    """Go through the whole scene, without looking at it."""
    settings = {"save_last_frame": True, "quality": "low_quality"}
    return tuple(_run(_until(scene, "", skip=False), asked, settings, lambda still: None).steps_begun)


def _run(scene: type[Scene], asked: Asked, settings: dict[str, Any], keep: Callable[[Any], None] | None = None) -> Any:
    """Render a scene into the folder of this one answer; only the outlines of texts are kept for the next.

    `keep` takes the still: manim takes longer over making its file small than some scenes do over drawing it.
    """
    _settle(asked, settings)
    drawn: Any = scene()
    if keep:
        drawn.renderer.file_writer.save_image = keep
    drawn.render()
    return drawn


def _settle(asked: Asked, settings: dict[str, Any]) -> None:
    """Set manim's configuration."""
    from manim import config

    folders = ("video_dir", "images_dir", "partial_movie_dir", "tex_dir", "text_dir")
    own = {"media_dir": str(FOLDER), **{name: str(Path(asked.work, name)) for name in folders}}
    config.digest_file(ROOT / asked.look.config)
    config.update({**own, "verbosity": "WARNING", "progress_bar": "none", "disable_caching": True, **settings})
    config.pixel_width, config.pixel_height = asked.look.pixels(config.pixel_height)


def check(scene: type[Scene], asked: Asked) -> None:
    """Let a scene of ours say whether it can show its convolution; raises ValueError if it cannot.

    Of a clip of a lecture file that is a LectureError: the mistake is in no line of Python.
    """
    if not hasattr(scene, "check_picture"):
        return
    _settle(asked, {"dry_run": True})
    try:
        scene().setup()
    except (ValueError, TypeError) as error:
        if not asked.lecture:
            raise
        from renders.lecture import refused

        raise refused(Path(asked.lecture), asked.scene, str(error)) from error


def _until(scene: type[Scene], step: str, skip: bool) -> type[Scene]:
    """Give a scene without the check of its pictures, for that comes later, which ends with a step if one is named.

    With `skip` the steps before it are not filmed.
    """
    from manim.utils.exceptions import EndSceneEarlyException

    begun: list[str] = []

    def next_section(self: Any, name: str = "unnamed", *args: Any, **kwargs: Any) -> None:
        if step and begun[-1:] == [step]:
            raise EndSceneEarlyException
        begun.append(name)
        if step and skip and name != step:
            kwargs["skip_animations"] = True
        scene.next_section(self, name, *args, **kwargs)

    own: dict[str, Any] = {"__module__": scene.__module__, "__qualname__": scene.__qualname__, "__doc__": scene.__doc__}
    own |= {"next_section": next_section, "steps_begun": begun}
    if hasattr(scene, "check_picture"):
        own["check_picture"] = lambda self, picture: None
    return type(scene.__name__, (scene,), own)


def failed(error: BaseException, asked: Asked) -> Failed:
    """Say an error: first what it is, then where in the user's own lines it came up, the innermost first, then all.

    Where no line of Python is at fault, only what it is.
    """
    lecture = sys.modules.get("renders.lecture")
    if isinstance(error, (NotThereError, *([lecture.LectureError] if lecture else []))):
        return Failed(str(error))
    if is_full(error):
        return Failed(reason(error))
    *before, last = traceback.format_exception_only(error)
    own = [frame for frame in reversed(traceback.extract_tb(error.__traceback__)) if _is_own(frame.filename, asked)]
    lines = "".join(f"{_shown(frame.filename)}:{frame.lineno} in {frame.name}\n    {frame.line}\n" for frame in own)
    return Failed(last.strip(), "".join(before) + lines, "".join(traceback.format_exception(error)))


def _is_own(name: str, asked: Asked) -> bool:
    """Whether a file is one that the user edits: a scene, the numbers behind it, or a file in the folder of theirs."""
    path = Path(name).resolve()
    return asked.folder in path.parents or any(ROOT / folder in path.parents for folder in ("scenes", "cnnmath"))


def _shown(name: str) -> str:
    """Give a path as it is seen from the current folder, where it is in there."""
    path = Path(name).resolve()
    return path.relative_to(Path.cwd()).as_posix() if Path.cwd() in path.parents else str(path)
