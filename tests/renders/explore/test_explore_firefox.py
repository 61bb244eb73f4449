"""In Firefox the page has the core's numbers too, lights up, learns, reads a digit, and complains about nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from bidi import Firefox
from programs import FIREFOX, program

from cnnmath import EXAMPLE, Convolution, digits, softmax

pytestmark = pytest.mark.slow

CHANCE = np.random.default_rng(7)
STATES = {
    "the post's": EXAMPLE,
    "stride and padding": Convolution(CHANCE.integers(0, 10, (5, 6)), CHANCE.integers(-4, 5, (3, 2)), 1, 2, (1, 2)),
    "channels": Convolution(CHANCE.integers(0, 10, (3, 4, 4)), CHANCE.integers(-4, 5, (2, 3, 2, 2)), [1, -2]),
    "the largest": Convolution(CHANCE.integers(0, 10, (3, 8, 8)), CHANCE.integers(-4, 5, (2, 3, 5, 5)), [0.5, 2]),
}


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory, file: Path) -> Iterator[Firefox]:
    browser = Firefox(program(FIREFOX, "firefox-esr"), tmp_path_factory.mktemp("firefox"))
    try:
        browser.open(file)
        yield browser
    finally:
        browser.close()
    assert browser.faults == []


@pytest.mark.parametrize("conv", STATES.values(), ids=list(STATES))
def test_numbers_and_what_lights_up_are_the_cores(firefox: Firefox, conv: Convolution) -> None:
    state = {name: getattr(conv, name).tolist() for name in ("image", "kernel", "bias")}
    state |= {"stride": list(conv.stride), "padding": [list(side) for side in conv.pads]}
    show = f"explore.state = {json.dumps(state)}; await explore.settled();"
    found = firefox.do(f"{show} return {{...explore.values, digit: null}};")
    np.testing.assert_allclose(found["output"], conv.output().ravel(), rtol=1e-9, atol=1e-9)
    assert [tuple(tap) for tap in found["taps"]] == conv.taps.tolist()
    chosen = firefox.do("explore.select('weight:1'); await explore.settled(); return explore.lit;")
    assert "weight:1" in chosen
    taps = {int(name.removeprefix("tap:")) for name in chosen if name.startswith("tap:")}
    assert taps == set(np.flatnonzero(conv.taps["weight"] == 1).tolist())


def test_a_digit_is_read_as_the_core_does(firefox: Firefox) -> None:
    ink = digits.TEST.images[0][0]
    script = f"explore.digit = {json.dumps(ink.ravel().tolist())}; await explore.settled();"
    found = firefox.do(f"{script} return explore.values.digit.shares;")
    np.testing.assert_allclose(found, softmax(digits.NETWORK(ink).logits), rtol=1e-9, atol=1e-9)


def test_it_is_used_by_its_buttons(firefox: Firefox) -> None:
    press = "[...document.querySelectorAll('button')].find((one) => one.textContent.trim() === 'learn').click();"
    shown = firefox.do(
        f"{press} await explore.settled(); return document.querySelector('[data-view=learning]') !== null;"
    )
    assert shown
