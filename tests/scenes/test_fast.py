"""The fast renderer draws the pixels that manim draws; and manim is still the one that it was written for."""

from __future__ import annotations

import copy
import hashlib
import importlib
import inspect
import logging
import os
import threading
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from manim import (
    Animation,
    AnimationGroup,
    Arc,
    Camera,
    Circle,
    Dot,
    FadeOut,
    ImageMobject,
    Line,
    Rectangle,
    RoundedRectangle,
    Scene,
    Square,
    Star,
    Transform,
    VGroup,
    VMobject,
    Write,
    logger,
    tempconfig,
)
from manim._config.output import OutputSpec
from manim._config.utils import ManimConfig
from manim.manager import Manager
from manim.mobject.mobject import Mobject
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene.scene_file_writer import SceneFileWriter
from manim.scene.section import Section
from manim.scene.video_segment_encoder import VideoSegmentEncoder
from manim.utils.bezier import interpolate
from manim.utils.family import extract_mobject_family_members

from scenes import _fast
from scenes._fast.camera import RedrawCamera
from scenes._film import FILM
from scenes._mobjects.text import symbol, words
from scenes._stage.viewpoint import Viewpoint

EXAMPLES = 2000 if os.environ.get("SEARCH") == "long" else 60
SMALL = {"pixel_width": 284, "pixel_height": 160, "frame_rate": 5}

Frames = list[str]


def frames(scene: type[Scene], stock: bool, monkeypatch: pytest.MonkeyPatch, folder: Path, **options: Any) -> Frames:
    """Hash every frame that a scene hands to the encoder."""
    monkeypatch.setenv(_fast.STOCK, "1" if stock else "")
    found: Frames = []
    dry = {"dry_run": True, "disable_caching": True, "progress_bar": "none", "media_dir": str(folder)}
    with tempconfig({**dry, "background_color": "#10131A", **SMALL, **options}):
        shown = scene()
        writer: Any = shown.renderer.file_writer  # type: ignore[union-attr]
        taken = type(writer).write_frame

        def write_frame(pixels: np.ndarray, *, repeat: int = 1) -> None:
            found.extend([hashlib.sha1(pixels.tobytes()).hexdigest()] * repeat)
            taken(writer, pixels, repeat=repeat)

        writer.write_frame = write_frame
        shown.render()
        assert isinstance(writer, _fast.FastWriter) is not stock
    return found


def same(scene: type[Scene], monkeypatch: pytest.MonkeyPatch, folder: Path, **options: Any) -> int:
    """Compare all frames of a scene, and count the different ones among them."""
    ours = frames(scene, False, monkeypatch, folder, **options)
    stock = frames(scene, True, monkeypatch, folder, **options)
    assert len(ours) == len(stock) > 0
    assert [index for index, pair in enumerate(zip(ours, stock, strict=True)) if pair[0] != pair[1]] == []
    return len(set(stock))


@pytest.mark.slow
@pytest.mark.parametrize("clip", FILM, ids=lambda clip: clip.scene)
def test_every_frame_of_every_scene_is_manims(clip: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    scene = getattr(importlib.import_module(f"scenes.{clip.module}"), clip.scene)
    assert same(scene, monkeypatch, tmp_path) > 10


def test_a_light_and_a_transparent_background(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from scenes.the_filter import TheFilter

    assert same(TheFilter, monkeypatch, tmp_path, background_color="#FAFAF7") > 10
    assert same(TheFilter, monkeypatch, tmp_path, background_opacity=0.0) > 10


class Mixed(Viewpoint):
    """What our scenes do not have: strokes behind, gradients, curves that leave the frame, updaters, pixel images."""

    def construct(self) -> None:
        ring = Circle(0.8, color="#E69F00", stroke_width=9).set_stroke("#444444", 20, background=True)
        shaded = Square(1.3, fill_opacity=0.6).set_fill(["#FF0000", "#00FF00"]).shift([2, 0.3, 0])
        star = Star(7, color="#56B4E9", stroke_width=5, fill_opacity=0.3).shift([-2.2, 0.4, 0])
        rounded = RoundedRectangle(0.3, width=3, height=1.1, fill_opacity=0.4).shift([0, -1, 0])
        follower = Dot([0, 1, 0], radius=0.3).add_updater(lambda dot: dot.move_to(ring.get_top()))
        self.add(ring, shaded, star, rounded, follower, symbol("A").shift([2, 0.3, 0]))
        self.play(ring.animate.shift([1.5, 0.4, 0]), Transform(star, Arc(2, stroke_width=12)), run_time=1)
        self.wait(0.5)
        self.play(shaded.animate.shift([9, 0, 0]).rotate(1), Write(words("a line of words").shift([0, 2, 0])))
        picture = ImageMobject(np.arange(48, dtype=np.uint8).reshape(4, 4, 3) * 5).scale(20)
        self.add(picture)
        self.play(picture.animate.shift([1, 1, 0]), FadeOut(rounded, shift=[0, -3, 0]), run_time=1)
        self.remove(picture)
        follower.clear_updaters()
        self.play(VGroup(ring, star).animate.set_stroke(width=1).set_z_index(-1), follower.animate.scale(3), run_time=1)


@pytest.mark.filterwarnings("ignore:'mode' parameter for changing data types:DeprecationWarning")
def test_what_our_scenes_do_not_draw(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert same(Mixed, monkeypatch, tmp_path) > 10


# Pictures drawn at random: shapes that move, fade and change places, against a camera that draws all anew.

numbers = st.floats(-4.5, 4.5, allow_nan=False, width=32)
shares = st.sampled_from([0.0, 0.02, 0.3, 1.0])


@st.composite
def shapes(draw: st.DrawFn) -> VMobject:
    kind = draw(st.sampled_from(["rectangle", "circle", "line", "star", "bent", "letter"]))
    made: VMobject
    if kind == "rectangle":
        made = Rectangle(width=draw(st.floats(0.1, 6)), height=draw(st.floats(0.1, 3)))
    elif kind == "circle":
        made = Circle(draw(st.floats(0.05, 2)))
    elif kind == "line":
        made = Line([draw(numbers), draw(numbers), 0], [draw(numbers), draw(numbers), 0.5])
    elif kind == "star":
        made = Star(5, outer_radius=draw(st.floats(0.2, 2)))
    elif kind == "bent":
        corners = [[draw(numbers), draw(numbers), 0.0] for _ in range(4)]
        made = VMobject().set_points_smoothly(np.array(corners))
    else:
        made = symbol("B", size=draw(st.floats(0.3, 2)))
    made.shift([draw(numbers), draw(numbers), 0])
    made.set_fill("#56B4E9", draw(shares)).set_stroke("#E69F00", draw(st.sampled_from([0, 2, 7])), draw(shares))
    if draw(st.booleans()) and kind != "line":
        made.rotate(draw(st.floats(0, 3)))
    return made.set_z_index(draw(st.integers(-1, 1)))


@st.composite
def films(draw: st.DrawFn) -> list[list[VMobject]]:
    """Lists of mobjects, each made of the one before by a few changes."""
    now = draw(st.lists(shapes(), min_size=1, max_size=7))
    film = [list(now)]
    for _ in range(draw(st.integers(1, 4))):
        now = list(now)
        change = draw(st.sampled_from(["add", "remove", "swap", "move", "fade", "nothing"]))
        place = draw(st.integers(0, max(len(now) - 1, 0)))
        if change == "add" or not now:
            now.insert(place, draw(shapes()))
        elif change == "remove":
            now.pop(place)
        elif change == "swap":
            now.append(now.pop(place))
        elif change == "move":
            now[place] = now[place].copy().shift([draw(numbers), draw(numbers), 0])
        elif change == "fade":
            now[place] = now[place].copy().set_opacity(draw(shares))
        film.append(now)
    return film


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(film=films(), static=st.integers(0, 3))
def test_pictures_drawn_at_random(film: list[list[VMobject]], static: int) -> None:
    with tempconfig({"background_color": "#10131A", **SMALL}):
        ours = RedrawCamera()
        for shown in film:
            below, above = shown[:static], shown[static:]
            stock = Camera()
            if below:
                stock.capture_mobjects(below)
                assert ours.set_static(below)
            if above or not below:
                stock.capture_mobjects(above)
                before = ours.pixel_array.copy()
                bands = ours.show(above, bool(below))
                assert bands is not None
                assert np.array_equal(ours.pixel_array, stock.pixel_array)
                changed = np.flatnonzero((before != ours.pixel_array).any((1, 2)))
                told = {row for top, bottom in bands for row in range(top, bottom)}
                assert set(changed.tolist()) <= told


def test_a_copy_is_a_deep_copy() -> None:
    group = VGroup(Square(), Circle(), symbol("A")).set_fill(["#FF0000", "#00FF00"])
    group.target = group[0]
    _fast.quick_copies(True)
    ours = copy.deepcopy(group)
    _fast.quick_copies(False)
    stock = copy.deepcopy(group)
    _fast.quick_copies(True)
    assert ours.target is ours[0]
    for one, other, source in zip(ours.get_family(), stock.get_family(), group.get_family(), strict=True):
        assert type(one) is type(other)
        assert vars(one).keys() == vars(other).keys()
        for name, value in vars(one).items():
            if isinstance(value, np.ndarray):
                assert np.array_equal(value, vars(other)[name])
                assert not np.shares_memory(value, vars(source)[name])
            elif isinstance(value, list | dict):
                assert value is not vars(source)[name]


class Plain(Viewpoint):
    """Two sections of three animations."""

    def construct(self) -> None:
        square = Square(1, fill_opacity=0.7)
        self.add(square)
        for slug in ("first", "second"):
            self.step(slug, "Something moves.")
            self.play(square.animate.shift([1, 0.5, 0]), run_time=1)
            self.play(square.animate.scale(1.4), run_time=0.4)


def rendered(
    stock: bool,
    caching: bool,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    scene: type[Scene] = Plain,
    **options: Any,
) -> Path:
    """Render without loss, and give the video."""
    monkeypatch.setenv(_fast.STOCK, "1" if stock else "")
    with tempconfig(
        {
            "media_dir": str(folder),
            "disable_caching": not caching,
            "progress_bar": "none",
            "background_color": "#10131A",
            "video_encoder_options": {"preset": "ultrafast", "crf": "0"},
            # Rows of whole blocks, which are converted in part.
            **SMALL,
            "pixel_width": 320,
            "pixel_height": 180,
            **options,
        }
    ):
        scene().render()
    (file,) = (path for path in folder.rglob(f"{scene.__name__}.mp4"))
    return file


def decoded(file: Path) -> tuple[np.ndarray, list[int]]:
    """Give the frames of a video, and which of them can be shown without others."""
    with av.open(str(file)) as video:
        found = list(video.decode(video=0))
    return np.array([frame.to_ndarray() for frame in found]), [i for i, f in enumerate(found) if f.key_frame]


def test_a_section_is_encoded_in_one_go(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ours, starts = decoded(rendered(False, False, tmp_path / "ours", monkeypatch))
    stock, stock_starts = decoded(rendered(True, False, tmp_path / "stock", monkeypatch))
    assert np.array_equal(ours, stock)
    # A section can be cut out and jumped to; an animation within it cannot.
    assert len(starts) == 2
    assert set(starts) < set(stock_starts)


@pytest.mark.parametrize("stock", [False, True])
def test_a_preview_of_some_animations_ends(stock: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`manim -n 0,1` ends in the middle of a step, `manim -n 1,3` in that of the next."""
    whole, _ = decoded(rendered(stock, False, tmp_path / "whole", monkeypatch))
    for some in ((0, 1), (1, 3)):
        first, last = some
        options = {"from_animation_number": first, "upto_animation_number": last}
        file = rendered(stock, False, tmp_path / str(first), monkeypatch, **options)
        frames, _ = decoded(file)
        assert 0 < len(frames) < len(whole)
        assert "Something moves." in file.with_suffix(".srt").read_text(encoding="utf-8")
        if first == 0:
            assert np.array_equal(frames, whole[: len(frames)])


class Clumsy(Plain):
    """A scene whose last still cannot be held."""

    def still(self, seconds: float) -> None:
        """Stumble over the second step."""
        if self.time > 2:
            raise RuntimeError("stumbled")
        super().still(seconds)


def test_no_encoder_is_left_waiting_when_the_end_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = threading.active_count()
    with pytest.raises(RuntimeError, match="stumbled"):
        rendered(False, False, tmp_path, monkeypatch, Clumsy)
    assert threading.active_count() <= before
    assert not list(tmp_path.rglob("Clumsy.mp4"))


def test_that_the_cache_is_off_is_said_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    heard: list[str] = []
    listener = logging.Handler()
    listener.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    logger.addHandler(listener)
    level = logger.level
    logger.setLevel("INFO")
    try:
        rendered(False, False, tmp_path, monkeypatch)
    finally:
        logger.removeHandler(listener)
        logger.setLevel(level)
    assert heard.count("Caching disabled.") <= 1
    assert any("File ready" in message for message in heard)


def test_with_manims_cache_the_file_is_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ours = rendered(False, True, tmp_path / "ours", monkeypatch)
    assert ours.read_bytes() == rendered(True, True, tmp_path / "stock", monkeypatch).read_bytes()
    made = ours.stat().st_mtime_ns
    parts = {path: path.stat().st_mtime_ns for path in (tmp_path / "ours").rglob("partial_movie_files/*/*.mp4")}
    assert len(parts) > 2
    rendered(False, True, tmp_path / "ours", monkeypatch)
    assert parts == {path: path.stat().st_mtime_ns for path in parts}
    assert ours.stat().st_mtime_ns > made


# What the measures take the place of, or rely on. A manim that changes one of these may need other measures, or none:
# read what has changed, hold the measures to it (the tests above), and then write down the new sum.
RELIED_ON = {
    "drawing": (
        [
            Camera.capture_mobjects,
            Camera.get_mobjects_to_display,
            Camera.display_multiple_vectorized_mobjects,
            Camera.display_multiple_non_background_colored_vmobjects,
            Camera.display_vectorized,
            Camera.set_cairo_context_path,
            Camera.set_cairo_context_color,
            Camera.apply_fill,
            Camera.apply_stroke,
            Camera.get_cairo_context,
            VMobject.get_subpath_split_indices_from_points,
            VMobject.consider_points_equals_2d,
            extract_mobject_family_members,
        ],
        "6fa9e28150ae008a",
    ),
    "frames": (
        [
            CairoRenderer.play,
            CairoRenderer.update_frame,
            CairoRenderer.render,
            CairoRenderer.get_frame,
            CairoRenderer.add_frame,
            CairoRenderer.freeze_current_frame,
            CairoRenderer.save_static_frame_data,
            CairoRenderer.scene_finished,
            Scene.begin_animations,
            Scene.play_internal,
        ],
        "58b00771171c4294",
    ),
    "files": (
        [
            SceneFileWriter.next_section,
            SceneFileWriter.add_partial_movie_file,
            SceneFileWriter.begin_animation,
            SceneFileWriter.end_animation,
            SceneFileWriter.write_frame,
            SceneFileWriter.finish,
            SceneFileWriter.open_partial_movie_stream,
            SceneFileWriter.close_partial_movie_stream,
            VideoSegmentEncoder,
        ],
        "2b0883872be90660",
    ),
    "mended": (
        [
            Manager.add_subcaption,
            ManimConfig.get_dir,
            OutputSpec,
            Section,
            SceneFileWriter.write_subcaption_file,
            SceneFileWriter.combine_to_section_videos,
            SceneFileWriter._concat_manifest_bytes,
            SceneFileWriter.combine_files,
        ],
        "cb712392d2e228f1",
    ),
    "mobjects": (
        [
            Mobject.__deepcopy__,
            Mobject.get_family,
            Mobject.family_members_with_points,
            VMobject.generate_rgbas_array,
            VMobject.get_points_defining_boundary,
            VMobject.get_anchors,
            Mobject.get_critical_point,
            Mobject.get_extremum_along_dim,
            Transform.get_all_families_zipped,
            Transform.interpolate_submobject,
            Transform.begin,
            Animation.interpolate_mobject,
            Animation.get_sub_alpha,
            Mobject.interpolate,
            VMobject.interpolate_color,
            interpolate,
            AnimationGroup.begin,
        ],
        "fd5438b11a6d4c55",
    ),
}


@pytest.mark.parametrize("part", RELIED_ON)
def test_manim_is_the_one_that_this_was_written_for(part: str) -> None:
    things, known = RELIED_ON[part]
    now = hashlib.sha256("".join(inspect.getsource(thing) for thing in things).encode()).hexdigest()[:16]
    assert now == known
