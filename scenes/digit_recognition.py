"""A trained network reads handwritten digits, and shows what each of its layers makes of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from manim import Create, FadeIn, FadeOut, LaggedStart, ReplacementTransform, VGroup, VMobject
from manim import Line as Stroke

from cnnmath import digits
from cnnmath.layers import Sequential
from scenes._look.frame import frame
from scenes._look.theme import theme
from scenes._mobjects.motion import FIRST_HALF, LATE, SECOND_HALF, swap
from scenes._mobjects.shaded import Reveal
from scenes._pictures.learned import LearnedPicture
from scenes._pictures.recognition import ReadingPicture, bright_around
from scenes._stage.viewpoint import TICK, Viewpoint
from scenes._stories.choosing_digits import choose
from scenes._words import recognition as said
from scenes._words.recognition import SHOWN, Reading

MOST_FILTERS, MOST_CLASSES, MOST_DIGITS, MOST_SIDE = 6, 10, 6, 16
"""Of a network; of images; and rows or columns of an image."""


class DigitRecognition(Viewpoint):
    """A convolution looks for strokes, pooling keeps the strongest, and a dense layer makes probabilities of them."""

    network: ClassVar[Sequential | str | Path | None] = None
    """A network, or a file that `Sequential.save` wrote; None stands for the one that is kept in `cnnmath.digits`."""
    images: ClassVar[Any] = None
    """Images that it reads, (N, rows, columns): the first one slowly. None stands for some of the test's."""
    labels: ClassVar[Any] = None
    """What they are."""

    def construct(self) -> None:
        """One digit slowly, layer by layer; more of them fast; then how the network came to be."""
        self.show_title("Reading a digit")
        self.digit()
        self.filters()
        self.looks()
        self.activation()
        self.pooling()
        self.scores()
        self.answer()
        if len(self.readings) > 1:
            self.others()
        self.learned()

    # Parameters

    def check(self) -> None:
        """Read the network and the digits."""
        super().check()
        network = self._network()
        self._check_layers(network)
        self.unseen = network is digits.NETWORK and self.images is None
        images, labels = self._digits(network)
        try:
            self.readings = [Reading(network, image, label) for image, label in zip(images, labels, strict=True)]
        except ValueError as error:
            raise ValueError(f"{type(self).__name__} cannot read these images: {error}") from error
        classes = len(self.readings[0].probabilities)
        self.limit("classes", classes, MOST_CLASSES)
        if not all(0 <= label < classes for label in labels):
            raise ValueError(f"{type(self).__name__} has labels from 0 to {classes - 1}; got {[*map(int, labels)]}")
        self.reading = self.readings[0]

    def _network(self) -> Sequential:
        given = self.network
        if given is None:
            return digits.NETWORK
        if isinstance(given, str | Path):
            return Sequential.load(self._found(Path(given)))
        if not isinstance(given, Sequential):
            raise TypeError(f"{type(self).__name__} reads with a Sequential or a file of one; got {given!r}")
        return given

    def _found(self, file: Path) -> Path:
        """A relative path counts from the current folder, or from that of the scene's own file."""
        own = getattr(sys.modules.get(type(self).__module__), "__file__", None)
        folders = [Path.cwd(), *([Path(own).resolve().parent] if own else [])]
        for folder in folders:
            if (folder / file).exists():
                return folder / file
        raise FileNotFoundError(f"{file}: there is no such file; expected a network that Sequential.save wrote")

    def _check_layers(self, network: Sequential) -> None:
        if [type(layer) for layer in network.layers] != [*SHOWN]:
            expected = ", ".join(kind.__name__ for kind in SHOWN)
            got = ", ".join(type(layer).__name__ for layer in network.layers)
            raise ValueError(f"{type(self).__name__} shows a network of {expected}; got {got}")
        filters, channels, *_ = network.layers[0].kernel.shape  # type: ignore[attr-defined]
        self.limit("channels", channels, 1)
        self.limit("filters of a network", filters, MOST_FILTERS)

    def _digits(self, network: Sequential) -> tuple[Any, list[int]]:
        """The images and what they are."""
        if self.images is None:
            return choose(network, *digits.TEST)
        images, labels = np.asarray(self.images, dtype=float), [*np.ravel(self.labels)]
        images = images.reshape(-1, *images.shape[-2:])
        if self.labels is None or len(images) != len(labels):
            raise ValueError(
                f"{type(self).__name__} takes a label for each of {len(images)} images; "
                f"got {'none' if self.labels is None else len(labels)}"
            )
        self.limit("images", len(images), MOST_DIGITS)
        self.limit("rows or columns of an image", max(images.shape[1:]), MOST_SIDE)
        return images, [int(label) for label in labels]

    def shown(self) -> str:
        """What a refusal says that the scene was given."""
        return f"images of shape {self.reading.image.shape[1:]} with {self.reading.network!r}"

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        yield ReadingPicture(self.reading)
        if self.unseen:
            yield LearnedPicture(digits.HISTORY, said.accuracies(digits.HISTORY))

    # One digit

    def digit(self) -> None:
        """The image."""
        self.step("digit", said.digit(self.unseen))
        self.picture = picture = ReadingPicture(self.reading)
        stage = frame()
        share = 0.9 * min(stage.stage_height, stage.stage_width) / max(picture.image.height, picture.image.width)
        large = picture.image.copy().scale(share).move_to((0, stage.stage_middle, 0))
        self.play(FadeIn(large), run_time=1.0)
        self.wait(1.0)
        self.play(ReplacementTransform(large, picture.image), FadeIn(picture.truth, rate_func=LATE), run_time=1.4)

    def filters(self) -> None:
        """The filters go over the image, and their maps fill."""
        self.step("filters", said.filters(self.reading.network))
        picture, maps = self.picture, self.picture.maps[0]
        names = picture.names
        self.play(
            LaggedStart(*(FadeIn(part) for part in picture.filters), lag_ratio=0.2),
            FadeIn(names["filters"]),
            run_time=1.2,
        )
        self.play(*map(FadeIn, maps.borders), FadeIn(names["maps"]), run_time=0.5)
        size = self.reading.maps[0][0].size
        window = picture.window(0)
        places = [picture.window(result).get_center() for result in range(size)]
        planes = len(picture.filters)
        cells = [[maps.cells[plane * size + k] for plane in range(planes)] for k in range(size)]
        self.play(Reveal(window, places, cells), run_time=4.0)
        self.play(FadeOut(window), run_time=0.4)
        self._settle("filters")

    def looks(self) -> None:
        """Where each filter fits best."""
        self.step("looks", said.looks(self.reading.network))
        picture, size = self.picture, self.reading.maps[0][0].size
        frames: VGroup | None = None
        for which, kernel in enumerate(picture.filters):
            best = self.reading.best(which)
            cell = picture.maps[0].cells[best]
            goal = VGroup(bright_around(kernel.cells), bright_around([cell]), picture.window(best % size))
            self.play(ReplacementTransform(frames, goal) if frames else FadeIn(goal), run_time=0.6)
            self.wait(0.8)
            frames = goal
        if frames:
            self.play(FadeOut(frames), run_time=0.4)
        self._settle("filters")

    def activation(self) -> None:
        """The maps without what is below zero."""
        self.step("activation", said.activated(self.reading))
        old, new = self.picture.maps[:2]
        self.play(
            ReplacementTransform(old.copy(), new), FadeIn(self.picture.names["ReLU"], rate_func=LATE), run_time=1.6
        )
        self._settle("activation")

    def pooling(self) -> None:
        """The winner of each window moves on."""
        self.step("pooling", said.pooled(self.reading))
        _, old, new = self.picture.maps
        winners = self.reading.pooling.winners.ravel().tolist()
        moves = [
            ReplacementTransform(old.cells[winner].copy(), cell)
            for winner, cell in zip(winners, new.cells, strict=True)
        ]
        self.play(*map(FadeIn, new.borders), FadeIn(self.picture.names["pooled"]), run_time=0.5)
        self.play(LaggedStart(*moves, lag_ratio=0.05), run_time=2.2)
        self._settle("pooling")

    def scores(self) -> None:
        """A column, a dense layer, a bar for each class."""
        self.step("scores", said.scores(self.reading))
        picture = self.picture
        pooled, strip = picture.maps[2], picture.strip
        moves = [ReplacementTransform(a.copy(), b) for a, b in zip(pooled.cells, strip.cells, strict=True)]
        self.play(LaggedStart(*moves, lag_ratio=0.03), run_time=2.2)
        self.play(FadeIn(VGroup(*strip.borders)), *map(FadeIn, picture.classes), run_time=0.5)
        fan = VGroup(
            *(
                Stroke(cell.get_right(), digit.get_left() + np.array([-0.06, 0, 0]), stroke_width=0.6)
                for cell in strip.cells
                for digit in picture.classes
            )
        ).set_stroke(theme().line, opacity=0.5)
        self.play(Create(fan, lag_ratio=0), run_time=1.2)
        tracks = [FadeIn(bar.track) for bar in picture.bars]
        fills = [bar.filled for bar in picture.bars]
        self.play(*tracks, FadeOut(fan, rate_func=SECOND_HALF), run_time=0.7)
        starts = [fill.copy().stretch_to_fit_width(1e-3).align_to(fill, np.array([-1.0, 0, 0])) for fill in fills]
        grows = [ReplacementTransform(start, fill) for start, fill in zip(starts, fills, strict=True)]
        self.play(*grows, *(FadeIn(glyph, rate_func=LATE) for glyph in picture.numbers), run_time=1.4)
        self._settle("scores")

    def answer(self) -> None:
        """The longest bar."""
        self.step("answer", said.answer(self.reading))
        self.marked = self.picture.row(self.reading.guess)
        self.play(FadeIn(self.marked), *self.new_figure(said.answer_figure(self.reading)), run_time=1.0)

    # More of them

    def others(self) -> None:
        """More digits, each at once through all layers."""
        self.step("others", said.others(self.readings[1:]))
        self.play(*self.new_title("More digits"), run_time=0.8)
        for reading in self.readings[1:]:
            self._read(reading)
            self.wait(0.9)

    def _read(self, reading: Reading) -> None:
        """Another digit takes the place of the one before."""
        picture = self.picture
        old_truth, picture.truth = picture.truth, picture.truth_of(reading)
        numbers, picture.numbers = picture.numbers, [picture.number_of(reading, k) for k in range(len(picture.bars))]
        picture.image.recolour(reading.image)
        for shaded, values in zip(picture.maps, reading.maps, strict=True):
            shaded.recolour(values)
        picture.strip.recolour(reading.column)
        marked = picture.row(reading.guess)
        self.play(
            *(bar.grow(share) for bar, share in zip(picture.bars, reading.probabilities, strict=True)),
            *(move for old, new in zip(numbers, picture.numbers, strict=True) for move in swap(old, new)),
            *swap(old_truth, picture.truth),
            *swap(self.marked, marked),
            *self.new_figure(said.answer_figure(reading)),
            run_time=0.8,
        )
        self.marked = marked
        self._settle("scores", marked)

    # How it came to be

    def learned(self) -> None:
        """The filters and the accuracy from epoch to epoch; of a network without a history, its figures."""
        network = self.reading.network
        if not self.unseen:
            self.step("network", said.known(network))
            self.play(*self.new_title("The whole network"), *self.new_figure(self._figure_of()), run_time=1.0)
            return
        history = digits.HISTORY
        self.step("training", said.training(history))
        accuracies = said.accuracies(history)
        gone = [FadeOut(part, rate_func=FIRST_HALF) for part in self.mobjects if part is not self._title]
        learned = LearnedPicture(history, accuracies)
        self._figure = None
        self.play(*gone, *self.new_title("How it learned"), FadeIn(learned, rate_func=SECOND_HALF), run_time=1.4)
        self.settle(learned)
        curve, dot = learned.curve(1), learned.dot(0)
        self.add(dot)
        self.wait(0.6)
        for epoch in range(1, history.epochs + 1):
            learned.at_epoch(epoch)
            self.remove(curve, dot)
            curve, dot = learned.curve(epoch), learned.dot(epoch)
            self.add(curve, dot)
            self.wait(2 * TICK)
        self.play(*self.new_figure(self._figure_of()), run_time=0.8)

    def _figure_of(self) -> str:
        """How large the network is, and how many digits it reads rightly."""
        if self.images is None:
            images, labels = digits.TEST
        else:
            images = np.stack([reading.image for reading in self.readings])
            labels = np.array([reading.label for reading in self.readings])
        network = self.reading.network
        share = network.evaluate(images, labels).accuracy
        return said.accuracy_figure(network, share, len(labels), self.unseen)

    def _settle(self, until: str, *others: VMobject) -> None:
        """Leave nothing but what stands after a step."""
        picture, order = self.picture, ("filters", "activation", "pooling", "scores")
        reached = order.index(until)
        parts: list[VMobject] = [picture.image, picture.truth, *picture.filters, picture.maps[0]]
        parts += [picture.names["filters"], picture.names["maps"]]
        for k, kind in ((1, "ReLU"), (2, "pooled")):
            if reached >= k:
                parts += [picture.maps[k], picture.names[kind]]
        if reached == len(order) - 1:
            parts += [picture.strip, *picture.bars, *picture.classes, *picture.numbers]
        self.settle(*parts, *others)
