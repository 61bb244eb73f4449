"""From scores to probabilities, and what the loss says of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

import numpy as np
from manim import Create, FadeIn, FadeOut, LaggedStart, ReplacementTransform, Transform, VMobject

from scenes._mobjects.flights import Flight, plan
from scenes._mobjects.motion import SECOND_HALF, Moves, fly, grow_from, swap
from scenes._pictures.output_table import OutputTable
from scenes._stage.viewpoint import Viewpoint
from scenes._words import outputs as said
from scenes._words.outputs import Outputs

MOST_CLASSES, LARGEST_SCORE, LONGEST_NAME = 10, 50, 12


class OutputLayer(Viewpoint):
    """Softmax makes probabilities of scores, and the loss is large where the true class has a small one."""

    scores: ClassVar[Sequence[float]] = (1, 3, 2)
    """One for each class. They stand there in numbers."""
    truth: ClassVar[int] = 0
    """Which class is the true one, from 0."""
    labels: ClassVar[Sequence[str] | None] = ("cat", "dog", "bird")
    """What the classes are called; None numbers them, as it does if there is another number of classes than these."""

    def construct(self) -> None:
        """Softmax step by step, then the loss."""
        self.scored()
        self.powers()
        self.add_up()
        self.divide()
        self.answer()
        self.loss()
        self.learn()

    def check(self) -> None:
        """Read the scores, their names and the true class, and limit them."""
        super().check()
        name, given = type(self).__name__, np.asarray(self.scores, dtype=float)
        if given.ndim != 1 or len(given) < 2 or not np.isfinite(given).all():
            raise ValueError(f"{name}.scores must be at least two numbers in a row; got {self.scores!r}")
        self.limit("classes", len(given), MOST_CLASSES)
        if np.abs(given).max() > LARGEST_SCORE:
            worst = given[np.abs(given).argmax()]
            raise ValueError(f"{name} shows scores from −{LARGEST_SCORE} to {LARGEST_SCORE}; got {worst:g}")
        if not 0 <= self.truth < len(given):
            raise ValueError(f"{name}.truth must be one of the classes 0 to {len(given) - 1}; got {self.truth}")
        labels = self.labels
        if labels is OutputLayer.labels and labels is not None and len(labels) != len(given):
            labels = None
        names = said.names_of(len(given), labels)
        if len(names) != len(given):
            raise ValueError(f"{name}.labels must name {len(given)} classes; got {len(names)}: {', '.join(names)}")
        wrong = [one for one in names if not one.strip() or len(one) > LONGEST_NAME]
        if wrong:
            raise ValueError(f"{name}.labels must have 1 to {LONGEST_NAME} characters each; got {wrong[0]!r}")
        self.outputs = Outputs(tuple(given.tolist()), names, self.truth)

    def shown(self) -> str:
        """What a refusal says that the scene was given."""
        return f"the scores {', '.join(f'{score:g}' for score in self.outputs.scores)}"

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        self.table = OutputTable(self.outputs, powers=True)
        yield self.table
        yield from (
            OutputTable(one, powers=False, widest=self.outputs) for one in (self.outputs, self.outputs.grown[-1])
        )

    def scored(self) -> None:
        """Classes and their scores."""
        table = self.table
        self.show_title("The output layer")
        self.step("scores", said.scores())
        rows = zip(table.labels, table.scores, strict=True)
        self.play(LaggedStart(*(FadeIn(part) for pair in rows for part in pair), lag_ratio=0.1), run_time=1.6)

    def powers(self) -> None:
        """e to the power of each score."""
        self.step("powers", said.powers())
        table = self.table
        for pace, (cell, line) in enumerate(zip(table.scores, table.powers, strict=True)):
            run = 1.0 if not pace else 0.5 if len(table.scores) < 5 else 0.3
            self.play(
                fly(cell.symbol, line[0]), *(FadeIn(line[k], rate_func=SECOND_HALF) for k in (1, 2)), run_time=run
            )
            self.add(line)

    def add_up(self) -> None:
        """Their sum."""
        self.step("sum", said.summed(self.outputs))
        table = self.table
        self.play(Create(table.rules[0]), run_time=0.5)
        self.play(FadeIn(table.total), run_time=0.8)

    def divide(self) -> None:
        """Each divided by the sum: a bar."""
        self.step("divide", said.divided())
        table = self.table
        for index, (bar, share) in enumerate(zip(table.bars, table.probabilities, strict=True)):
            run = 1.2 if not index else 0.6 if len(table.bars) < 5 else 0.35
            full = bar.share
            start = bar.copy()
            start.filled.stretch_to_fit_width(1e-3).move_to(bar.track.get_left())
            self.play(FadeIn(start), run_time=0.4 * run)
            flight = Flight(table.powers[index][-1], share, copied=True)
            value = FadeIn(share) if index else plan([flight], self.mobjects, run)
            self.play(start.grow(full), value, run_time=run)
            self.remove(start)
            self.add(bar)
        self.play(Create(table.rules[1]), FadeIn(table.whole), run_time=0.8)
        self.settle(table)

    def answer(self) -> None:
        """The largest one."""
        self.step("answer", said.answer(self.outputs))
        self.frame = self.table.mark(self.outputs.answer)
        self.play(FadeIn(self.frame), run_time=0.8)

    def loss(self) -> None:
        """The true class, and minus the logarithm of its probability."""
        self.step("loss", said.loss(self.outputs))
        old, self.end = self.table, OutputTable(self.outputs, powers=False, widest=self.outputs.grown[-1])
        new = self.end
        leaving = (*old.powers, old.total, old.whole, old.rules)
        self.play(*self.new_title("The loss"), *map(FadeOut, (*leaving, self.frame)), run_time=0.8)
        pairs = [pair for k in self.outputs.classes for pair in zip(old.cells(k), new.cells(k), strict=True)]
        self.play(*(ReplacementTransform(*pair) for pair in pairs), run_time=1.2)
        self.settle(*(part for _, part in pairs))
        self.frame = new.mark(self.outputs.truth)
        self.play(FadeIn(self.frame), run_time=0.6)
        self.play(FadeIn(new.plot), FadeIn(new.word), Create(new.curve), FadeIn(new.formula), run_time=1.2)
        share = new.bars[self.outputs.truth].filled
        self.play(grow_from(new.point, share.get_right()), run_time=1.0)
        self.play(*self.new_figure(said.loss_figure(self.outputs)), run_time=0.6)
        self.settle(new, self.frame)

    def learn(self) -> None:
        """The true class's score grows."""
        self.step("learn", said.learned(self.outputs))
        table, truth = self.end, self.outputs.truth
        for pace, grown in enumerate(self.outputs.grown):
            then = OutputTable(grown, powers=False, widest=self.outputs)
            run = 1.4 if not pace else 0.9
            moves: Moves = [bar.grow(share) for bar, share in zip(table.bars, grown.shares, strict=True)]
            moves.append(table.point.animate.move_to(table.point_of(grown)))
            moves.append(Transform(table.scores[truth].box, then.scores[truth].box))
            score = then.scores[truth].symbol.move_to(table.scores[truth].box)
            moves += swap(table.scores[truth].symbol, score)
            for old, new in zip(table.probabilities, then.probabilities, strict=True):
                moves += swap(old, new.move_to(old).align_to(old, np.array([-1.0, 0.0, 0.0])))
            self.play(*moves, *self.new_figure(said.loss_figure(grown)), run_time=run)
            table.scores[truth] = then.scores[truth]
            table.probabilities = then.probabilities
        self.settle(OutputTable(self.outputs.grown[-1], powers=False, widest=self.outputs), self.frame)
