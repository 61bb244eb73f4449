"""What each sentence of the narration and each key figure claims, asked of the picture and of counts made by loops.

A sentence that matches none of these patterns is a fault: whoever writes a new one says here when it is true.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from reading import THEMES, Screen, bars, hue, read, rgb
from screen import Run, Shot
from storyboard import Numbers

from cnnmath import Convolution

_COUNTS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_NTH = ["first", "second", "third", "fourth"]


def number(word: str) -> int:
    """The number that a word or digits say."""
    return _COUNTS.index(word) if word in _COUNTS else int(word)


@dataclass
class Seen:
    """One step: what is said over it, what there is to see, and what there is to count."""

    run: Run
    shot: Shot
    conv: Convolution

    @cached_property
    def n(self) -> Numbers:
        return Numbers(self.conv)

    @cached_property
    def bare(self) -> Numbers:
        """Without padding."""
        return Numbers(replace(self.run.scene.convolution, padding=(0, 0)))

    @cached_property
    def screen(self) -> Screen:
        return read(self.shot, self.conv)

    @property
    def filters(self) -> int:
        return self.n.filters

    @property
    def first(self) -> list[int]:
        """The weights that meet pixels at the first stop."""
        return [w for w in self.n.row[0] if w >= 0]

    @property
    def window(self) -> int:
        """How many weights lie on the padded image."""
        return self.n.weights // self.n.filters

    def padded_stop(self, result: int) -> bool:
        """Whether the filter reaches over the edge."""
        return sum(w >= 0 for w in self.n.row[result]) < self.window

    @property
    def padded(self) -> bool:
        """Whether it does at any stop."""
        return any(map(self.padded_stop, range(self.n.results)))

    @property
    def dots(self) -> bool:
        """Whether dots say that something is left out."""
        return any(text.says and text.says in "…⋮" for text in self.shot.texts) or any(
            d.is_dots for d in self.shot.visible
        )

    @property
    def numeric(self) -> bool:
        """Whether weights stand there in numbers."""
        return all(bool(re.search(r"\d", text.says or "")) for text in self.shot.of_kind("weight"))

    @property
    def same_size(self) -> bool:
        return (self.n.result_rows, self.n.result_columns) == (self.n.image_rows, self.n.image_columns)

    @property
    def colours_differ(self) -> bool:
        """Whether no two weights on screen have one colour; read off the texts and the edges."""
        found: dict[tuple[int, ...], set[int]] = {}
        for text in self.shot.of_kind("weight"):
            assert text.key
            found.setdefault(tuple(np.round(text.fill[:3] * 255)), set()).add(int(text.key[1]))
        for (result, pixel), edges in self.screen.edges.items():
            for edge in edges:
                if (weight := self.n.row[result][pixel]) >= 0:
                    found.setdefault(tuple(np.round(edge.fill[:3] * 255)), set()).add(weight)
        return self.n.weights <= 16 and all(len(weights) == 1 for weights in found.values())

    @property
    def one_colour_a_filter(self) -> bool:
        """Whether the weights of a filter on screen have one colour, and other filters others."""
        look, size = THEMES[self.shot.theme], self.window
        texts = [(int(t.key[1]), t.fill[:3]) for t in self.shot.of_kind("weight") if t.key]
        right = all(np.abs(rgb(look.weights[w // size]) - fill).max() < 0.01 for w, fill in texts)
        return self.n.weights > 16 and right and hue(self.conv, self.n.weights - 1) == self.filters - 1

    @property
    def results_seen(self) -> int:
        return len({text.key for text in self.shot.of_kind("result")})

    def covered(self, result: int) -> bool:
        """Whether a result depends on every pixel."""
        return all(w >= 0 for w in self.n.row[result])

    @property
    def unseen_zeros(self) -> int:
        """How many pairs of a result and a pixel have no weight."""
        return self.n.zeros

    @property
    def twice(self) -> bool:
        """Whether any weight is on two of the edges that are drawn."""
        drawn = [self.n.row[r][p] for r, p in self.screen.edges if self.n.row[r][p] >= 0]
        return len(drawn) > len(set(drawn))

    @property
    def left_out_nodes(self) -> bool:
        pixels, results = self.screen.nodes
        return len(pixels) < self.n.pixels or len(results) < self.n.results

    @property
    def values(self) -> np.ndarray:
        return self.conv.image.ravel()

    def centred(self) -> bool:
        """Whether the middle of the filter comes to lie on every pixel, one after the other."""
        if self.n.rows % 2 == 0 or self.n.columns % 2 == 0 or self.n.places != self.n.image_rows * self.n.image_columns:
            return False
        middle = self.n.rows // 2 * self.n.columns + self.n.columns // 2
        return all(self.n.row[place][place] == middle for place in range(self.n.places))

    @property
    def whole_rows(self) -> list[int]:
        return [r for r in range(self.n.results) if not self.padded_stop(r)]


Claim = Callable[[Seen, "re.Match[str]"], bool]


def _always(seen: Seen, match: re.Match[str]) -> bool:
    return True


def _steps(seen: Seen) -> set[int]:
    """How far the filter moves, along the axes along which it moves."""
    stops = (seen.n.result_rows, seen.n.result_columns)
    moves = {step for step, many in zip(seen.conv.stride, stops, strict=True) if many > 1}
    return moves or {max(seen.conv.stride)}


def _ring(seen: Seen, match: re.Match[str]) -> bool:
    """The sides that are named are those that are padded, by so many rows."""
    (top, bottom), (left, right) = seen.conv.pads
    padded = {side for side, pad in (("above", top), ("below", bottom), ("left", left), ("right", right)) if pad}
    said = set(re.findall(r"above|below|left|right", match[0]))
    zeros_read = bool(seen.shot.of_kind("padding"))
    if "count as zero" not in match[0] and not zeros_read:
        return False
    if not said:
        rings = re.search(r"(a|\w+) rings? of", match[0])
        many = {top, bottom, left, right}
        return len(padded) == 4 and (rings is None or many == {1 if rings[1] == "a" else number(rings[1])})
    return said == padded


def _which_sides(seen: Seen) -> bool:
    """Whether the filter is no larger than the image, and smaller somewhere."""
    (rows, columns), (high, wide) = (seen.n.rows, seen.n.columns), (seen.n.image_rows, seen.n.image_columns)
    return rows <= high and columns <= wide and (rows, columns) != (high, wide)


def _many(seen: Seen, match: re.Match[str]) -> bool:
    return seen.n.results > 1


def _one(seen: Seen, match: re.Match[str]) -> bool:
    return seen.n.results == 1


_SHARED = r"(\w+) weights? (?:is|are) shared by (\w+) connections?( in the whole network)?"


def _dashed(seen: Seen) -> bool:
    """Whether just those edges are dashed whose weights are held at zero."""
    there = {place for place, edges in seen.screen.edges.items() if all(len(bars(edge)) > 1 for edge in edges)}
    pixels, results = seen.screen.nodes
    return there == {(r, p) for r in results for p in pixels if seen.n.row[r][p] < 0}


def _share(seen: Seen, match: re.Match[str], group: int) -> bool:
    """Whether so many weights are for so many connections, in the whole network where some of it is left out."""
    weights, connections, whole = (match[group + i] for i in range(3))
    counts = (number(weights), number(connections)) == (seen.n.weights, seen.n.taps)
    return counts and bool(whole) == seen.left_out_nodes


def _spelt(count: int) -> str:
    return _COUNTS[count] if count < len(_COUNTS) else str(count)


CLAIMS: list[tuple[str, Claim]] = [
    # The image
    (r"This is an image: a grid of pixels", lambda s, m: s.n.channels == 1 and s.n.pixels > 1),
    (
        r"This is an image: (\w+) channels, a grid of pixels for each",
        lambda s, m: s.n.channels == number(m[1]) > 1 and s.n.pixels > s.n.channels,
    ),
    (r"This is an image of one pixel", lambda s, m: s.n.pixels == 1),
    (
        r"This is an image of (\w+) channels, one pixel for each",
        lambda s, m: s.n.pixels == s.n.channels == number(m[1]),
    ),
    (
        r"(Each pixel|It|Each) has a brightness",
        lambda s, m: s.values.min() >= 0 and (m[1] == "It") == (s.n.pixels == 1),
    ),
    (r"(Each pixel|It|Each) has a value", lambda s, m: s.values.min() < 0 and (m[1] == "It") == (s.n.pixels == 1)),
    (
        r"Written down, its (\d+) numbers would be too small to read",
        lambda s, m: s.n.pixels == int(m[1]) and not s.shot.of_kind("pixel"),
    ),
    (
        r"Written down, its number would be too small to read",
        lambda s, m: s.n.pixels == 1 and not s.shot.of_kind("pixel"),
    ),
    (r"Their shades stand for them|A shade stands for it", lambda s, m: s.screen.shaded["pixel"] > 0),
    (
        r"To a computer, brightness is a number: the brighter the pixel, the larger the number",
        lambda s, m: 0 <= s.values.min() < s.values.max(),
    ),
    (r"To a computer, brightness is a number", lambda s, m: 0 <= s.values.min() == s.values.max()),
    (
        r"To a computer, every pixel is a number: red ones are above zero, blue ones are below zero",
        lambda s, m: s.values.min() < 0 < s.values.max(),
    ),
    (
        r"To a computer, every pixel is a number: blue ones are below zero",
        lambda s, m: s.values.min() < 0 >= s.values.max(),
    ),
    (
        r"What follows works with any numbers, so (each|the) pixel gets a letter as its name",
        lambda s, m: (
            (m[1] == "the") == (s.n.pixels == 1)
            and not any(re.search(r"\d", t.says or "") for t in s.shot.of_kind("pixel")[:9])
        ),
    ),
    (
        r"We keep the numbers and leave the shades out, so that colours can mean something else",
        lambda s, m: bool(s.shot.of_kind("pixel")) and not s.screen.shaded["pixel"],
    ),
    # The filter
    (r"The filter has a grid for every channel of the image", lambda s, m: s.filters == 1 < s.n.channels),
    (
        r"There are (\w+) filters, each with a grid for every channel of the image",
        lambda s, m: s.filters == number(m[1]) > 1 and s.n.channels > 1,
    ),
    (r"The filter is a smaller grid", lambda s, m: s.filters == 1 and _which_sides(s)),
    (r"There are (\w+) filters, each a smaller grid", lambda s, m: s.filters == number(m[1]) > 1 and _which_sides(s)),
    (r"(The filter is|There are \w+ filters, each) a single cell", lambda s, m: s.n.rows == s.n.columns == 1),
    (
        r"(The filter is|There are \w+ filters, each) a grid as large as the image",
        lambda s, m: (s.n.rows, s.n.columns) == (s.n.image_rows, s.n.image_columns),
    ),
    (
        r"(The filter is|There are \w+ filters, each) a grid of its own size",
        lambda s, m: s.n.rows > s.n.image_rows or s.n.columns > s.n.image_columns,
    ),
    (
        r"(The|Their|Its) cells? holds? (a weight|weights), and every weight has a colour of its own",
        lambda s, m: s.n.weights > 1 and s.colours_differ,
    ),
    (r"Its cell holds a weight, which has a colour of its own", lambda s, m: s.n.weights == 1),
    (
        r"(The|Their|Its) cells hold weights, too many for a colour each, so they share one",
        lambda s, m: s.filters == 1 and s.one_colour_a_filter,
    ),
    (
        r"(The|Their|Its) cells hold weights, too many for a colour each, so every filter has one",
        lambda s, m: s.filters > 1 and s.one_colour_a_filter,
    ),
    (r"One more number belongs to the filter: the bias, which is added at the end", lambda s, m: s.filters == 1),
    (r"One more number belongs to each filter: its bias, which is added at the end", lambda s, m: s.filters > 1),
    # Sliding
    (
        r"Lay the (first )?filter on (the image|a corner of the image|one end of the image|the image and its padding)",
        lambda s, m: (
            bool(m[1]) == (s.filters > 1)
            and ("padding" in m[2]) == s.padded_stop(0)
            and (m[2] != "the image" or s.n.places == 1)
            and ("one end" in m[2]) <= (1 in (s.n.image_rows, s.n.image_columns))
        ),
    ),
    (
        r"(Each|Its) weight covers one pixel",
        lambda s, m: len(s.first) == s.window and (m[1] == "Its") == (s.window == 1),
    ),
    (r"(Each|Its) weight covers one pixel or one zero of the padding", lambda s, m: 0 < len(s.first) < s.window),
    (
        r"(Each|Its) weight covers one zero of the padding",
        lambda s, m: not s.first and (m[1] == "Its") == (s.window == 1),
    ),
    (r"With the bias (they yield|it yields) one result", lambda s, m: (m[1] == "it yields") == (s.window == 1)),
    (r"Each channel has its own weights, and its products are its share", lambda s, m: s.n.channels > 1),
    (r"The shares and the bias add up to one result", lambda s, m: s.n.channels > 1),
    (
        r"There is no other place where it fits, so there is one result",
        lambda s, m: s.n.places == 1 and _steps(s) == {1},
    ),
    (
        r"It would move on by (?:(\w+) pixels?|(\w+) pixels? or (\w+) rows?), where it does not fit any "
        r"more, so there is "
        r"one result",
        lambda s, m: s.n.places == 1 and max(s.conv.stride) > 1,
    ),
    (r"Then it slides on", lambda s, m: _steps(s) == {1} and s.n.places > 1),
    (r"Then it slides on by (\w+) pixels at a time", lambda s, m: _steps(s) == {number(m[1])} and s.n.places > 1),
    (
        r"Then it slides on by (\w+) pixels? or (\w+) rows? at a time",
        lambda s, m: (number(m[2]), number(m[1])) == s.conv.stride and len(set(s.conv.stride)) == 2,
    ),
    (
        r"It stops in (\w+) places?, so there are (\w+) results( of this filter)?",
        lambda s, m: number(m[1]) == number(m[2]) == s.n.places and bool(m[3]) == (s.filters > 1),
    ),
    (
        r"The (\w+) filter has its own weights and its own bias",
        lambda s, m: m[1] in _NTH and s.shot.slug == f"filter-{_NTH.index(m[1]) + 1}",
    ),
    (
        r"Over the same image it gives a (\w+) plane of results",
        lambda s, m: m[1] in _NTH and len(s.shot.of_kind("result")) in (0, (_NTH.index(m[1]) + 1) * s.n.places),
    ),
    (r"Here is all of it: .*", lambda s, m: s.n.results == 1 == s.results_seen),
    (r"Here are all of them: .*", lambda s, m: s.n.results == s.results_seen > 1 and not s.dots),
    (
        r"Here are the first (one|\w+) and the last one: .*",
        lambda s, m: s.results_seen == number(m[1]) + 1 < s.n.results and s.dots,
    ),
    # The equations
    (r"How is this result worked out", _one),
    (r"Let us write it down", _one),
    (r"Each of these results is worked out in the same way", _many),
    (r"Let us write some of them down", lambda s, m: s.dots),
    (r"Let us write down how", lambda s, m: s.results_seen in (0, s.n.results)),
    (r"Here the filter meets only padding, which is zero and adds nothing", lambda s, m: _written(s) == [0]),
    (
        r"The bias alone is (the result|the first result|one result)",
        lambda s, m: _written(s) == [0] and _which(s, m[1]),
    ),
    (
        r"Weight times pixel: add the bias, and out comes (the result|the first result|one result)",
        lambda s, m: _written(s) == [1] and _which(s, m[1]),
    ),
    (
        r"Weight times pixel, weight times pixel: add the products, add the bias, and out comes (the "
        r".*result|one result)",
        lambda s, m: _written(s) == [2] and _which(s, m[1]),
    ),
    (
        r"Weight times pixel, weight times pixel, and so on: add the products, add the bias, and out comes (.*result)",
        lambda s, m: _written(s)[0] > 2 and _which(s, m[1]),
    ),
    (r"Padding is zero and adds nothing", lambda s, m: s.padded_stop(_result(s))),
    (r"The filter fits nowhere else, so this is the only sum", _one),
    (
        r"The filter slides on, and every stop gives another sum: other pixels, but the same weights",
        lambda s, m: s.n.places > 1 and not s.padded,
    ),
    (
        r"The filter slides on, and every stop gives another sum: other pixels, but the same weights, as "
        r"far as they meet a "
        r"pixel",
        lambda s, m: s.n.places > 1 and s.padded,
    ),
    (
        r"Every filter gives another sum: the same pixels, but weights and a bias of its own",
        lambda s, m: s.filters > 1 == s.n.places,
    ),
    (r"The next filter has weights and a bias of its own", lambda s, m: s.filters > 1),
    (r"Look at the bias: it is the same in every line", lambda s, m: s.filters == 1 < s.n.results),
    (r"Look at the bias: in all lines of one filter it is the same", lambda s, m: s.filters > 1 < s.n.places),
    (r"(It|Look at the bias: it) is part of the filter, like the weights", lambda s, m: s.filters == 1),
    (r"(Look at the bias: e|E)very filter has its own, like the weights", lambda s, m: s.filters > 1),
    (
        r"Now put in numbers: turn every letter over and look at its value",
        lambda s, m: s.run.scene.notation == "letters",
    ),
    (r"Multiply, then add", lambda s, m: bool(s.shot.of_kind("product")) or not any(s.n.lengths())),
    (
        r"(Each|The) line works out to one number: the result at that stop",
        lambda s, m: (
            (m[1] == "The") == (len({round(float(t.middle[1]), 1) for t in s.shot.texts if t.says in ("=", "≈")}) == 1)
        ),
    ),
    (r"And here are the products again, each weight with its pixel", lambda s, m: s.run.scene.notation == "numbers"),
    (
        r"The letters say the same for any image and any filter, so back we go to letters",
        lambda s, m: s.run.scene.notation == "letters",
    ),
    (
        r"Without the boxes the lines? becomes? short: a weight next to a pixel means that they are multiplied",
        lambda s, m: not any(t.says == "·" for t in s.shot.texts),
    ),
    (
        r"Without the boxes the lines? becomes? short: a dot between a weight and a pixel means that they "
        r"are multiplied",
        lambda s, m: any(t.says == "·" for t in s.shot.texts) or not any(s.n.lengths()),
    ),
    (
        r"And all the lines together are one: image convolved with filters?, plus (bias|biases), gives "
        r"the result",
        lambda s, m: s.n.results > 1 and (m[1] == "bias") == (s.filters == 1),
    ),
    (
        r"The star means: (at every place, )?(filter and|each filter and its) window are multiplied and added up",
        lambda s, m: bool(m[1]) == (s.n.results > s.filters) and (m[2] == "filter and") == (s.filters == 1),
    ),
    (r"And the whole line says: image convolved with filter, plus bias, gives the result", _one),
    # The network
    (r"Unroll the image: (every|the) pixel becomes an input neuron", lambda s, m: (m[1] == "the") == (s.n.pixels == 1)),
    (r"(Every|The) result becomes an output neuron", lambda s, m: (m[1] == "The") == (s.n.results == 1)),
    (r"Dots stand for those that are not shown", lambda s, m: s.left_out_nodes and s.dots),
    (
        r"The (first )?sum connects (\w+) pixels? with the (first )?result",
        lambda s, m: number(m[2]) == len(s.first) and bool(m[1]) == bool(m[3]) == (s.n.results > 1),
    ),
    (r"(Each|Its) weight becomes a connection", lambda s, m: (m[1] == "Its") == (len(s.first) == 1) and s.first != []),
    (
        r"The (?:first )?sum has no pixel, only the bias: nothing is connected with the (?:first )?result",
        lambda s, m: not s.first,
    ),
    (
        r"Every sum draws its own connections, always with the same weights",
        lambda s, m: s.filters == 1 and not s.padded and s.n.results > 1,
    ),
    (
        r"Every sum draws its own connections, with those of the weights that meet a pixel",
        lambda s, m: s.filters == 1 and s.padded,
    ),
    (r"Every sum draws its own connections, with the weights of its filter", lambda s, m: s.filters > 1),
    (
        r"Here every connection has a weight of its own: (\w+) weights? for (\w+) connections?( in the whole network)?",
        lambda s, m: not s.n.shared and _share(s, m, 1) and bool(m[3]) == s.left_out_nodes,
    ),
    (r"None is shared", lambda s, m: not s.n.shared),
    (r"Equal colour means equal weight: " + _SHARED, lambda s, m: _share(s, m, 1) and s.colours_differ and s.twice),
    (r"Each of these weights is drawn once here, but " + _SHARED, lambda s, m: _share(s, m, 1) and not s.twice),
    (
        r"Look at one weight after the other(, then at one filter after the other)?: " + _SHARED,
        lambda s, m: _share(s, m, 2) and s.n.weights > 16 and (not m[1] or s.filters > 1),
    ),
    # The matrix
    (r"Back to the grids", _always),
    (r"Now let every result have a row, and every pixel a column", _always),
    (
        r"(The filter's|The first filter)( first| only)?(?: position)? unrolls into the (first|only) row: a "
        r"weight where it "
        r"covers a pixel, a zero elsewhere",
        lambda s, m: (
            bool(s.first)
            and not s.covered(0)
            and (m[3] == "only") == (s.n.results == 1)
            and (m[1] == "The first filter") == (s.filters > 1 == s.n.places)
        ),
    ),
    (
        r"(The filter's|The first filter)( first| only)?(?: position)? unrolls into the (first|only) row: a "
        r"weight for every "
        r"pixel, for it covers them all",
        lambda s, m: s.covered(0),
    ),
    (
        r"(The filter's|The first filter)( first| only)?(?: position)? unrolls into the (first|only) row: "
        r"all zeros, for it "
        r"covers only padding",
        lambda s, m: not s.first,
    ),
    (
        r"(Each of the|The) other positions? makes a row of its own",
        lambda s, m: s.filters == 1 and (m[1] == "The") == (s.n.results == 2),
    ),
    (
        r"(Each of the|The) other filters? makes a row of its own, with weights of its own",
        lambda s, m: s.n.places == 1 and (m[1] == "The") == (s.filters == 2),
    ),
    (r"Every position of every filter makes a row of its own", lambda s, m: s.filters > 1 < s.n.places),
    (
        r"(The|A filter's) weights stay the same; their columns change",
        lambda s, m: not s.padded and s.n.places > 1 and (m[1] == "The") == (s.filters == 1),
    ),
    (
        r"(The|A filter's) weights that meet a pixel stay the same; their columns change",
        lambda s, m: s.padded and s.n.places > 1 and (m[1] == "The") == (s.filters == 1),
    ),
    (
        r"(?:Grey zeros stand|The grey zero stands) for (pixels|a pixel) that the filter does not touch",
        lambda s, m: (m[1] == "a pixel") == (s.unseen_zeros == 1),
    ),
    (
        r"(They are|It is) untrainable: (they stay|it stays) zero",
        lambda s, m: (m[2] == "it stays") == (s.unseen_zeros == 1),
    ),
    (
        r"Every (coloured )?entry has a weight of its own, which can be trained",
        lambda s, m: not s.n.shared and bool(m[1]) == (s.n.zeros > 0),
    ),
    (r"None is shared here", lambda s, m: not s.n.shared),
    (r"Entries of one colour are one shared weight", lambda s, m: s.n.shared and s.colours_differ),
    (r"All copies of a weight share its value", lambda s, m: s.n.shared),
    (r"They can be trained, but they must stay equal", lambda s, m: s.n.shared),
    (r"Now multiply: the matrix times the pixels, plus the biases, gives the results", _always),
    (
        r"(Row by row: e|E|Take the first row: e)ach entry times the pixel of its column, all added up",
        lambda s, m: (m[1] == "E") == (s.n.results == 1) or m[1].startswith("Take"),
    ),
    (r"(Those are the equations|That is the equation) that we know", lambda s, m: s.covered(0)),
    (
        r"The grey zeros? takes? part, but adds? nothing",
        lambda s, m: ("zeros" in m[0]) == (s.n.zeros > 1) and s.n.zeros > 0,
    ),
    (
        r"Leave out the terms? with (?:the )?grey zeros?, and the equations? that we know (?:is|are) back",
        lambda s, m: (
            s.n.zeros > 0 and not any(t.key and t.key[0] == "zero" for line in s.screen.sums().values() for t in line)
        ),
    ),
    (
        r"So one matrix product works out (the result|all the results at once)",
        lambda s, m: (m[1] == "the result") == (s.n.results == 1),
    ),
    (r"That is the whole convolution", _always),
    # From the matrix to the network
    (r"Put each pixel above its column, and each result beside its row", _always),
    (r"We leave the bias aside", lambda s, m: not s.shot.of_kind("bias")),
    (r"Every column becomes an input neuron, every row an output neuron", _always),
    (r"Here are some of them; dots stand for the others", lambda s, m: s.left_out_nodes and s.dots),
    (r"Take the (first|only) row", lambda s, m: (m[1] == "only") == (s.n.results == 1)),
    (
        r"Each weight stretches from its column's pixel to its row's result",
        lambda s, m: (
            {p for r, p in s.screen.edges if r == 0} == {p for p, w in enumerate(s.n.row[0]) if w >= 0} != set()
        ),
    ),
    (
        r"Each weight whose pixel is shown stretches from its column's pixel to its row's result",
        lambda s, m: 0 < len({p for r, p in s.screen.edges if r == 0}) < s.n.lengths([0])[0],
    ),
    (r"The (?:first|only) row holds no weight, so nothing is connected with its result", lambda s, m: not s.first),
    (r"Row by row, all the weights become connections", _many),
    (r"It is the only row, so all the weights are connections now", _one),
    (r"No zero is left, so nothing of the matrix stays behind", lambda s, m: s.n.zeros == 0),
    (
        r"(Zeros do|The zero does) not become (?:connections|a connection): (?:they stay|it stays) behind",
        lambda s, m: (m[1] == "Zeros do") == (s.n.zeros > 1) and s.n.zeros > 0,
    ),
    # The dense network
    (
        r"What if the zeros? became (connections|a connection), too",
        lambda s, m: (m[1] == "connections") == (s.n.zeros > 1),
    ),
    (r"(Each|It) stretches from its pixel to its result", lambda s, m: (m[1] == "It") == (s.n.zeros == 1)),
    (
        r"All the other zeros do the same, until every pixel (shown )?is connected with every result(?: shown)?",
        lambda s, m: (
            bool(m[1]) == s.left_out_nodes and len(s.screen.edges) == len(s.screen.nodes[0]) * len(s.screen.nodes[1])
        ),
    ),
    (
        r"(Every filter|The filter|At every stop every filter|At every stop the filter) touches every "
        r"pixel, so there is no zero "
        r"to become a connection",
        lambda s, m: (
            s.n.zeros == 0
            and ("every filter" in m[1].lower()) == (s.filters > 1)
            and m[1].startswith("At") == (s.n.places > 1)
        ),
    ),
    (r"The network is dense already", lambda s, m: s.n.zeros == 0),
    (
        r"Drawn like this, it is a dense layer: all (\d+) possible connections are there",
        lambda s, m: len(s.screen.edges) == int(m[1]) == s.n.entries,
    ),
    (
        r"Drawn like this, it is a dense layer: all (\d+) possible connections belong to it, of which some are drawn",
        lambda s, m: len(s.screen.edges) < int(m[1]) == s.n.entries,
    ),
    (
        r"The (\w+) grey ones are untrainable: they stay zero, whatever the network learns",
        lambda s, m: number(m[1]) == s.n.zeros > 1,
    ),
    (r"The grey one is untrainable: it stays zero, whatever the network learns", lambda s, m: s.n.zeros == 1),
    (
        r"(But all \w+ connections|The other \w+) share (\w+) weights?",
        lambda s, m: (
            s.n.shared
            and number(m[2]) == s.n.weights
            and m[1] == (f"The other {_spelt(s.n.taps)}" if s.n.zeros else f"But all {_spelt(s.n.taps)} connections")
        ),
    ),
    (r"That is what makes the layer a convolution", lambda s, m: s.n.shared),
    (r"The one connection has a weight of its own", lambda s, m: s.n.entries == 1),
    (r"Every connection has a weight of its own", lambda s, m: not s.n.shared and s.n.zeros == 0),
    (r"A filter that covers the whole image makes a dense layer", lambda s, m: not s.n.shared and s.n.zeros == 0),
    (r"The other (\w+) can be trained", lambda s, m: number(m[1]) == s.n.taps > 1 and s.n.zeros > 0),
    (
        r"(Each|The other one) has a weight of its own: none is shared here",
        lambda s, m: not s.n.shared and (m[1] == "Each") == (s.n.taps > 1),
    ),
    (
        r"Take colours and names away, and it is every textbook's diagram: two layers, fully connected",
        lambda s, m: not s.shot.symbols,
    ),
    (r"A convolution is a special case", _always),
    (r"Only some of them are drawn", lambda s, m: len(s.screen.edges) < s.n.lengths([0])[0]),
    (r"First rule: the dashed one is zero and stays zero", lambda s, m: _dashed(s) and s.n.zeros == 1),
    (
        r"First rule: the (\d+) dashed weights are zero and stay zero",
        lambda s, m: int(m[1]) == s.n.zeros and _dashed(s),
    ),
    (
        r"And it is our convolution, too: no weight is held at zero, and none is shared",
        lambda s, m: s.n.zeros == 0 and not s.n.shared,
    ),
    (
        r"The other (?:weight is|(\d+) weights are) left to learn; none is shared here",
        lambda s, m: not s.n.shared and (int(m[1]) if m[1] else 1) == s.n.taps,
    ),
    (
        r"(Second rule: the other|A convolution is a special case: the) (\d+) are shared, so only "
        r"(?:one weight is|(\d+) "
        r"weights are) left to learn",
        lambda s, m: (
            s.n.shared
            and int(m[2]) == s.n.taps
            and (int(m[3]) if m[3] else 1) == s.n.weights
            and m[1].startswith("Second") == (s.n.zeros > 0)
        ),
    ),
    (r"Here is our convolution again", lambda s, m: bool(s.shot.symbols)),
    # Padding
    (
        r"This filter stops on every pixel as it is: the result is (\d+) by (\d+), just as the image",
        lambda s, m: (
            (int(m[1]), int(m[2])) == (s.bare.result_rows, s.bare.result_columns) == (s.n.image_rows, s.n.image_columns)
        ),
    ),
    (
        r"The filter must stay inside the image, so the result is smaller: only (\d+) by (\d+)",
        lambda s, m: (
            (int(m[1]), int(m[2])) == (s.bare.result_rows, s.bare.result_columns)
            and s.bare.places < s.n.image_rows * s.n.image_columns
        ),
    ),
    (
        r"(A larger|The) filter has little room: it (fits|stops) only (once|twice|(\w+) times)",
        lambda s, m: (
            s.bare.places == {"once": 1, "twice": 2}.get(m[3], number(m[4]) if m[4] else 0)
            and (m[2] == "fits")
            <= (Numbers(replace(s.run.scene.convolution, padding=(0, 0), stride=(1, 1))).places == s.bare.places)
        ),
    ),
    (r"It is stuck on (\S+)", lambda s, m: s.bare.places == 1 and m[1] in {t.says for t in s.shot.of_kind("pixel")}),
    (
        r"The result is (\d+) by (\d+)",
        lambda s, m: (int(m[1]), int(m[2])) == (s.bare.result_rows, s.bare.result_columns),
    ),
    (r"So we lay (.*) the image: zero padding", _ring),
    (r"The dashed cells are not pixels", _always),
    (
        r"The first stop is all inside the image, and (?:out comes the first result|the result is (\S+))",
        lambda s, m: not s.padded_stop(0),
    ),
    (r"Later stops reach over the edge", lambda s, m: s.padded or s.n.results == 1),
    (r"Now the first stop is all on the padding", lambda s, m: not s.first),
    (
        r"Now the filter can (stand over the edge|centre on (\S+)|centre on the first pixel)",
        lambda s, m: s.padded_stop(0),
    ),
    (
        r"The zeros add nothing to the sum, and (?:out comes the first result|the result is (\S+))",
        lambda s, m: s.padded_stop(0) and (m[1] is None or m[1] in {t.says for t in s.shot.of_kind("result")}),
    ),
    (
        r"One stop after the other: every pixel has its own result, and the size is kept",
        lambda s, m: s.centred() and s.same_size,
    ),
    (r"One stop after the other: the result is as large as the image", lambda s, m: s.same_size),
    (r"One stop after the other: there are more results than without padding", lambda s, m: s.n.places > s.bare.places),
    (
        r"One stop after the other: there (?:is|are) still (\w+) results?",
        lambda s, m: number(m[1]) == s.n.places == s.bare.places,
    ),
    (r"And the matrix", _always),
    (r"It has a column for each pixel, but none for the zeros of the padding", _always),
    (
        r"At the first stop no weight lies on the padding, so all of them stand in the row",
        lambda s, m: not s.padded_stop(0),
    ),
    (r"At the first stop every weight lies on the padding", lambda s, m: not s.first),
    (r"None meets a pixel, so the row has only zeros", lambda s, m: not s.first),
    (
        r"At the first stop (\w+) weights? lies? on the padding, so only (\w+) stands? in the row",
        lambda s, m: number(m[1]) == s.window - len(s.first) > 0 and number(m[2]) == len(s.first),
    ),
    (r"Every stop makes a row", _always),
    (r"Where the filter reaches over the edge, the weights on the padding drop out of it", _always),
    (
        r"No row contains the whole filter: at every stop a part of it lies on the padding",
        lambda s, m: not s.whole_rows,
    ),
    (
        r"Every row contains the whole filter: no stop reaches the padding",
        lambda s, m: len(s.whole_rows) == s.n.results,
    ),
    (
        r"Only row (\S+) contains the whole filter(?:: there it never touches the padding)?",
        lambda s, m: len(s.whole_rows) == 1,
    ),
    (
        r"Only rows (.*) and (\S+) contain the whole filter(?:: there it never touches the padding)?",
        lambda s, m: len(m[1].split(", ")) + 1 == len(s.whole_rows) < s.n.results,
    ),
    (
        r"(\d+) of the (\d+) rows contains? the whole filter(?:: there it never touches the padding)?",
        lambda s, m: (int(m[1]), int(m[2])) == (len(s.whole_rows), s.n.results),
    ),
    (
        r"Without padding, (it|they) would be the whole matrix",
        lambda s, m: (
            (m[1] == "it") == (len(s.whole_rows) == 1)
            and [[*s.n.row[r]] for r in sorted(s.whole_rows)] == rows_without_padding(s.run.scene.convolution)
        ),
    ),
    # Opening and credits
    (r"This film follows the post CNNs from different viewpoints by Matthew Kleinsmith", _always),
    (r"Its author learned from Jeremy Howard's course and from Michael Nielsen's book", _always),
]


def rows_without_padding(conv: Convolution) -> list[list[int]]:
    """The matrix of the same filter on the image alone, by loops: the weight of each entry, −1 for a zero."""
    (channels, height, width), (filters, _, tall, wide) = conv.image.shape, conv.kernel.shape
    down, across = ((n - 1) * gap for n, gap in zip((tall, wide), conv.dilation, strict=True))
    rows = []
    for which in range(filters):
        for top in range(0, height - down, conv.stride[0]):
            for left in range(0, width - across, conv.stride[1]):
                row = [-1] * (channels * height * width)
                for weight, (c, y, x) in enumerate(np.ndindex(channels, tall, wide)):
                    place = top + y * conv.dilation[0], left + x * conv.dilation[1]
                    row[(c * height + place[0]) * width + place[1]] = which * channels * tall * wide + weight
                rows.append(row)
    return rows


def _written(seen: Seen) -> list[int]:
    """How many products the first sum that is written has."""
    return [sum(w >= 0 for w in seen.n.row[_result(seen)])]


def _result(seen: Seen) -> int:
    """Whose sum is written first: of all that stand there the one on the highest line."""
    texts = [text for text in seen.shot.of_kind("result") if text.key]
    top = max(float(text.middle[1]) for text in texts)
    # Digits are not equally high: those of one line stand within half a letter of it.
    return min(int(text.key[1]) for text in texts if top - float(text.middle[1]) < text.height / 2)  # type: ignore[index]


def _which(seen: Seen, said: str) -> bool:
    """Whether a result is called what it is."""
    result = _result(seen)
    return said == ("the result" if seen.n.results == 1 else "the first result" if result == 0 else "one result")


FIGURES: list[tuple[str, Claim]] = [
    (
        r"(?:(\d+) channels × )?(\d+) × (\d+) = (\d+) pixels?",
        lambda s, m: (
            (int(m[1] or 1), int(m[2]), int(m[3])) == (s.n.channels, s.n.image_rows, s.n.image_columns)
            and int(m[4]) == s.n.pixels
        ),
    ),
    (
        r"(\d+) weights? \+ (\d+) bias(?:es)? = (\d+) numbers to learn",
        lambda s, m: (int(m[1]), int(m[2]), int(m[3])) == (s.n.weights, s.filters, s.n.weights + s.filters),
    ),
    (
        r"(\d+) × (\d+) image, (\d+) × (\d+) result",
        lambda s, m: (
            [int(m[i]) for i in range(1, 5)] == [s.n.image_rows, s.n.image_columns, s.n.result_rows, s.n.result_columns]
        ),
    ),
    (
        r"(\d+) results, each a sum of (?:(\d+) to )?(\d+) products? and (the|a) bias",
        lambda s, m: (
            int(m[1]) == s.n.results > 1
            and int(m[3]) == max(s.n.lengths())
            and int(m[2] or m[3]) == min(s.n.lengths())
            and (m[4] == "the") == (s.filters == 1)
        ),
    ),
    (r"1 result, (\d+) products?", lambda s, m: s.n.lengths() == [int(m[1])]),
    (
        r"(\d+) (shared )?weights?, (\d+) connections?",
        lambda s, m: (int(m[1]), int(m[3])) == (s.n.weights, s.n.taps) and bool(m[2]) == s.n.shared,
    ),
    (
        r"(\d+) coloured entr(?:y|ies), (but only )?(\d+) (shared )?weights?",
        lambda s, m: (int(m[1]), int(m[3])) == (s.n.taps, s.n.weights) and bool(m[2]) == bool(m[4]) == s.n.shared,
    ),
    (r"(\d+) untrainable zeros?", lambda s, m: int(m[1]) == s.n.zeros),
    (
        r"(\d+) entr(?:y|ies) = (?:(\d+) copies of )?(\d+) weights?(?: \+ (\d+) untrainable zeros?|(, no zeros))",
        lambda s, m: (
            int(m[1]) == s.n.entries
            and bool(m[2]) == s.n.shared
            and bool(m[5]) == (s.n.zeros == 0)
            and int(m[4] or 0) == s.n.zeros
            and (int(m[2] or m[3]), int(m[3])) == (s.n.taps, s.n.weights if s.n.shared else s.n.taps)
        ),
    ),
    (
        r"(\d+) copies of (\d+) weights?, (\d+) untrainable zeros?",
        lambda s, m: (int(m[1]), int(m[2]), int(m[3])) == (s.n.taps, s.n.weights, s.n.zeros),
    ),
    (
        r"(\d+) entr(?:y is a|ies are) connections?, (no|\d+) zeros? (?:is|are) left over",
        lambda s, m: (int(m[1]), number(m[2])) == (s.n.taps, s.n.zeros),
    ),
    (
        r"(\d+) connections?: (\d+) (share (\d+) weights?|can be trained), (\d+) stays? zero",
        lambda s, m: (
            (int(m[1]), int(m[2]), int(m[5])) == (s.n.entries, s.n.taps, s.n.zeros)
            and int(m[4] or 0) == (s.n.weights if s.n.shared else 0)
        ),
    ),
    (
        r"(\d+) connections? share (\d+) weights?, none stays zero",
        lambda s, m: (int(m[1]), int(m[2])) == (s.n.entries, s.n.weights) and s.n.shared and not s.n.zeros,
    ),
    (
        r"(\d+) connections?, (each )?with (?:a|its own) weight(?: of its own)?",
        lambda s, m: (
            int(m[1]) == s.n.entries
            and bool(m[2]) == (s.n.entries > 1)
            and (s.run.name == "FamiliarDiagram" or not s.n.shared)
        ),
    ),
    (r"(\d+) weights? held at zero, (\d+) left", lambda s, m: (int(m[1]), int(m[2])) == (s.n.zeros, s.n.taps)),
    (
        r"(\d+) connections?, (\d+) weights?",
        lambda s, m: (int(m[1]), int(m[2])) == (s.n.entries, s.n.taps) and not s.n.shared,
    ),
    (r"(\d+) weights? instead of (\d+)", lambda s, m: (int(m[1]), int(m[2])) == (s.n.weights, s.n.entries)),
    (r"(\d+) terms in every sum, one for each pixel", lambda s, m: int(m[1]) == s.n.pixels),
    (r"(\d+) products in a sum, and the bias", lambda s, m: int(m[1]) in s.n.lengths()),
]


def sentences(narration: str) -> list[str]:
    """Its sentences, without their ends."""
    return [part for part in re.split(r"[.?!](?:\s+|$)", narration) if part]


def said_faults(run: Run, pages: list[tuple[Shot, Any, Convolution]]) -> list[str]:
    """Sentences and key figures that nobody stands behind, and those that are not true of what is there."""
    found = []
    for shot, _, conv in pages:
        seen = Seen(run, shot, conv)
        figures = sorted(shot.of_kind("figure"), key=lambda text: -float(text.middle[1]))
        figure = " ".join(text.says or "" for text in figures)
        said = [(CLAIMS, sentence) for sentence in sentences(shot.narration)] + ([(FIGURES, figure)] if figure else [])
        for claims, sentence in said:
            matching = [(claim, match) for text, claim in claims if (match := re.fullmatch(text, sentence))]
            if not matching:
                found.append(f"{shot}: nobody says when this is true (tests/scenes/claims.py): {sentence}")
            elif not any(claim(seen, match) for claim, match in matching):
                found.append(f"{shot}: this is not true here: {sentence}")
    return found
