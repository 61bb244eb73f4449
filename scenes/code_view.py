"""The convolution as code that runs: a loop in NumPy, a layer in PyTorch and one in Keras."""

from __future__ import annotations

from collections.abc import Iterator

from manim import FadeIn, FadeOut, LaggedStart, VGroup, VMobject

from scenes._mobjects.code import Code
from scenes._mobjects.motion import SECOND_HALF, Moves, swap
from scenes._pictures.code_stage import CodeStage
from scenes._stage.viewpoint import Viewpoint
from scenes._words import listings as said
from scenes._words.listings import working

_FEW = 9
"""Up to so many places are shown one by one."""
_TORCH = (
    ("in_channels=", "in"),
    ("out_channels=", "out"),
    ("kernel_size=", "kernel"),
    ("stride=", "stride"),
    ("padding=", "padding"),
    ("dilation=", "window"),
    ("layer.weight.shape", "kernel"),
)
_KERAS = (
    ("layers.ZeroPadding2D(", "padding"),
    ("filters=", "out"),
    ("kernel_size=", "kernel"),
    ("strides=", "stride"),
    ("dilation_rate=", "window"),
    ("layer.kernel.shape", "kernel"),
)
"""How arguments begin, and what they are about."""


class CodeView(Viewpoint):
    """A convolution is a few lines of code: a loop over places, or one layer of PyTorch or Keras."""

    notation = "numbers"

    def construct(self) -> None:
        """The loop line by line, then the layers argument by argument."""
        self.open()
        self.first()
        self.others()
        self.layer("torch", 1, said.torch(self.convolution), _TORCH)
        self.layer("keras", 2, said.keras(self.convolution), _KERAS)

    def check(self) -> None:
        """The layers of the libraries pad both sides alike, and Keras has no stride with a dilation."""
        super().check()
        conv, name = self.convolution, type(self).__name__
        if any(before != after for before, after in conv.pads):
            raise ValueError(f"{name} shows padding that is the same on both sides; got {conv.pads}")
        if conv.stride != (1, 1) and conv.dilation != (1, 1):
            raise ValueError(
                f"{name} shows a stride or a dilation, as Keras does; got stride {conv.stride} and dilation "
                f"{conv.dilation}"
            )

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        self.stage = CodeStage(self.subject)
        yield from (VGroup(self.stage, self.stage.code(which)) for which in range(3))

    def open(self) -> None:
        """Filter, image and the place of the result; then the lines."""
        stage = self.stage
        self.show_title("The code view")
        self.step("code", said.code(self.convolution))
        stage.result.blank()
        places = [cell.box for cell in stage.result.cells]
        self.play(FadeIn(stage.filter), FadeIn(stage.image), *map(FadeIn, places), run_time=1.0)
        self.code = stage.code(0)
        self.play(LaggedStart(*map(FadeIn, self.code.lines), lag_ratio=0.5), run_time=2.0)

    def first(self) -> None:
        """The first place: the slice, then the sum."""
        self.step("first", said.first(self.convolution))
        part, out = working(self.code.texts)
        self.mark: VMobject = self.code.mark(*part)
        self.window = self.stage.window(0)
        self.play(FadeIn(self.mark), run_time=0.5)
        self.play(FadeIn(self.window), run_time=0.8)
        self.wait(1.0)
        self.play(*self.move("mark", self.code.mark(*out)), run_time=0.6)
        self.goal = self.stage.goal(0)
        self.play(FadeIn(self.goal), *self.appear(0), run_time=1.0)

    def others(self) -> None:
        """The other places, one by one, or in rows where there are many."""
        self.step("others", said.others(self.convolution))
        rest = range(1, self.convolution.counts.results)
        few = len(rest) < _FEW
        for result in rest if few else ():
            self.play(
                *self.move("window", self.stage.window(result)),
                *self.move("goal", self.stage.goal(result)),
                *self.appear(result, late=True),
                run_time=1.0 if result < 3 else 0.7,
            )
        if not few:
            every = [move for result in rest for move in self.appear(result)]
            self.play(*self.move("window", self.stage.window(rest[-1])), *self.move("goal", self.stage.goal(rest[-1])))
            self.play(LaggedStart(*every, lag_ratio=0.05), run_time=3.0)
        self.play(*map(FadeOut, (self.mark, self.window, self.goal)), run_time=0.6)
        self.settle(self.stage, self.code)

    def move(self, name: str, new: VMobject) -> Moves:
        """A frame leaves, and the next one comes."""
        old = getattr(self, name)
        setattr(self, name, new)
        return swap(old, new)

    def appear(self, result: int, late: bool = False) -> Moves:
        """A result comes into its cell."""
        grid = self.stage.result
        cell = grid.cells[result]
        if cell.label:
            return [FadeIn(cell.symbol, scale=0.5, **({"rate_func": SECOND_HALF} if late else {}))]
        return [cell.box.animate.set_fill(grid.shades[id(cell)])]

    def layer(self, slug: str, which: int, narration: str, arguments: tuple[tuple[str, str], ...]) -> None:
        """A layer of a library: its arguments one after the other, then the shape of its weights."""
        self.step(slug, narration)
        stage, old = self.stage, self.code
        self.code = new = stage.code(which)
        self.play(*swap(old, new), run_time=1.0)
        conv = self.convolution
        absent = {"padding": not any(map(sum, conv.pads)), "window": conv.dilation == (1, 1)}
        lit: VMobject | None = None
        for start, what in arguments:
            if absent.get(what):
                continue
            pair = VGroup(new.find(_argument(new, start)), stage.about(what))
            self.play(*swap(lit, pair), run_time=0.8)
            self.wait(0.5)
            lit = pair
        assert lit is not None
        self.play(FadeOut(lit), *(self.new_figure(said.figure(self.convolution)) if which == 2 else []), run_time=0.6)
        self.settle(stage, new)


def _argument(code: Code, start: str) -> str:
    """An argument with its value, as it stands in a line."""
    line = next(text for text in code.texts if start in text)
    at = end = line.index(start)
    depth = 0
    for end in range(at, len(line)):
        depth += (line[end] == "(") - (line[end] == ")")
        if depth < 0 or (depth == 0 and line[end] == ","):
            return line[at:end]
    return line[at : end + 1]
