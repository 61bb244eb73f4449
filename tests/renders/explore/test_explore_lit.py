"""What is lit in each view, read off the page, is what cnnmath's taps say belongs together."""

import pytest
from driven import SEARCH, Entry, Open, Page, convolution_of, entries
from hypothesis import given
from hypothesis import strategies as st

from cnnmath import Convolution

pytestmark = pytest.mark.slow

VIEWS = ("image", "equations", "matrix", "network")
Things = set[str]


def of_weight(conv: Convolution, weight: int) -> Things:
    taps = [(index, pixel) for index, (_, pixel, own) in enumerate(conv.taps.tolist()) if own == weight]
    return {f"weight:{weight}", *(f"tap:{index}" for index, _ in taps), *(f"pixel:{pixel}" for _, pixel in taps)}


def of_pixel(conv: Convolution, pixel: int) -> Things:
    taps = [(index, result, weight) for index, (result, own, weight) in enumerate(conv.taps.tolist()) if own == pixel]
    lit = {f"pixel:{pixel}"}
    for index, result, weight in taps:
        lit |= {f"tap:{index}", f"result:{result}", f"weight:{weight}"}
    return lit


def of_result(conv: Convolution, result: int) -> Things:
    lit = {f"result:{result}", f"added:{result}", f"bias:{conv.result_place(result)[0]}"}
    for index, (own, pixel, weight) in enumerate(conv.taps.tolist()):
        lit |= {f"tap:{index}", f"pixel:{pixel}", f"weight:{weight}"} if own == result else set()
    for own, position, weight in conv.padding_taps.tolist():
        lit |= {f"padding:{position}", f"weight:{weight}"} if own == result else set()
    return lit


def of_tap(conv: Convolution, tap: int) -> Things:
    result, pixel, weight = conv.taps[tap].tolist()
    return {f"tap:{tap}", f"result:{result}", f"pixel:{pixel}", f"weight:{weight}"}


def of_zero(conv: Convolution, result: int, pixel: int) -> Things:
    return {f"zero:{result}:{pixel}", f"result:{result}", f"pixel:{pixel}"}


def shown(conv: Convolution) -> dict[str, Things]:
    """What each view has: all of these and nothing else can be lit there."""
    counts = conv.counts
    some = {
        "pixel": {f"pixel:{index}" for index in range(counts.pixels)},
        "result": {f"result:{index}" for index in range(counts.results)},
        "weight": {f"weight:{index}" for index in range(counts.weights)},
        "bias": {f"bias:{index}" for index in range(len(conv.bias))},
        "added": {f"added:{index}" for index in range(counts.results)},
        "tap": {f"tap:{index}" for index in range(counts.taps)},
        "padding": {f"padding:{position}" for position in set(conv.padding_taps["position"].tolist())},
    }
    zeros = {f"zero:{row}:{column}" for row, column in zip(*(conv.sharing < 0).nonzero(), strict=True)}
    small = counts.entries <= 640
    return {
        "image": some["pixel"] | some["padding"] | some["weight"] | some["bias"] | some["result"],
        "equations": some["result"] | some["tap"] | some["added"],
        "matrix": some["pixel"] | some["result"] | some["tap"] | zeros | (some["added"] if small else set()),
        "network": some["pixel"] | some["result"] | some["tap"] | zeros,
    }


def lit(page: Page) -> dict[str, Things]:
    """What says that it is lit, by view."""
    found = page.do(
        "return Object.fromEntries(given.map((view) => [view, [...document.querySelectorAll("
        "`[data-view=${view}] [data-lit]`)].map((element) => element.dataset.is)]));",
        list(VIEWS),
    )
    return {view: set(things) for view, things in found.items()}


def holds(page: Page, conv: Convolution, expected: Things) -> None:
    found, there = lit(page), shown(conv)
    # Long lists of equations come in pages, of which one is there.
    names = page.page.locator("[data-view=equations] [role=rowheader]").evaluate_all(
        "all => all.map(e => e.dataset.is)"
    )
    results = {int(name.partition(":")[2]) for name in names}
    here = {f"tap:{index}" for index, result in enumerate(conv.taps["result"].tolist()) if result in results}
    there["equations"] &= here | {f"{kind}:{result}" for kind in ("result", "added") for result in results}
    for view in VIEWS:
        assert found[view] == expected & there[view], view


def drawn(data: st.DataObject, count: int) -> int:
    return data.draw(st.integers(0, count - 1))


@SEARCH
@given(entry=entries(most_side=4, most_filter=3), data=st.data())
def test_what_is_chosen_lights_up_in_every_view(shared: Page, entry: Entry, data: st.DataObject) -> None:
    shared.show(entry)
    conv = convolution_of(entry)
    counts = conv.counts
    weight, pixel, result = (drawn(data, count) for count in (counts.weights, counts.pixels, counts.results))
    chosen = [
        (f"weight:{weight}", of_weight(conv, weight)),
        (f"pixel:{pixel}", of_pixel(conv, pixel)),
        (f"result:{result}", of_result(conv, result)),
    ]
    if counts.taps:
        tap = drawn(data, counts.taps)
        chosen.append((f"tap:{tap}", of_tap(conv, tap)))
    zeros = list(zip(*(conv.sharing < 0).nonzero(), strict=True))
    if zeros:
        row, column = zeros[drawn(data, len(zeros))]
        chosen.append((f"zero:{row}:{column}", of_zero(conv, row, column)))
    for thing, expected in chosen:
        shared.do("explore.select(given);", thing)
        holds(shared, conv, expected)
    shared.do("explore.select(null);")
    assert all(not things for things in lit(shared).values())


@pytest.mark.parametrize("view", VIEWS)
def test_pointing_lights_and_focus_stays(opened: Open, view: str) -> None:
    page = opened()
    conv = Convolution([[2, 7, 1], [8, 4, 9], [3, 0, 6]], [[2, -3], [4, -2]], 5)
    thing, expected = {
        "image": ("weight:1", of_weight(conv, 1)),
        "equations": ("tap:5", of_tap(conv, 5)),
        "matrix": ("zero:1:0", of_zero(conv, 1, 0)),
        "network": ("result:2", of_result(conv, 2)),
    }[view]
    page.cell(thing, view).first.hover()
    holds(page, conv, expected)
    page.page.mouse.move(2, 2)
    assert not any(lit(page).values())
    if view == "network":
        page.page.locator("[data-view=network] svg").focus()
    page.cell(thing, view).first.click()
    page.page.mouse.move(2, 2)
    holds(page, conv, expected)
    page.page.keyboard.press("Escape")
    assert not any(lit(page).values())


def test_an_edge_is_pointed_at_where_it_runs(opened: Open) -> None:
    page = opened()
    box = page.page.locator("[data-view=network] svg").bounding_box()
    path = page.page.evaluate("(() => { explore.select('tap:0'); })()")
    assert path is None
    line = page.page.locator("[data-view=network] .lit line").bounding_box()
    page.page.keyboard.press("Escape")
    page.page.mouse.move(line["x"] + line["width"] / 2, line["y"] + line["height"] / 2)
    assert box
    assert page.do("return explore.chosen;") == "tap:0"


def test_the_sweep_goes_from_result_to_result(opened: Open) -> None:
    page = opened(reduced_motion="reduce")
    conv = Convolution([[2, 7, 1], [8, 4, 9], [3, 0, 6]], [[2, -3], [4, -2]], 5)
    for result in range(4):
        page.press("step forward")
        holds(page, conv, of_result(conv, result))
        frame = page.page.locator("[data-view=image] .frame").bounding_box()
        covered = [page.cell(f"pixel:{pixel}").bounding_box() for pixel in conv.pixels_seen(result).tolist()]
        assert abs(frame["x"] - min(cell["x"] for cell in covered)) < 1
        assert abs(frame["y"] - min(cell["y"] for cell in covered)) < 1
        assert abs(frame["x"] + frame["width"] - max(cell["x"] + cell["width"] for cell in covered)) < 1
    page.press("step back")
    holds(page, conv, of_result(conv, 2))
    page.press("play")
    page.page.wait_for_function("explore.chosen === 'result:3'")
    page.page.get_by_role("button", name="play", exact=True).wait_for()  # it ends by itself


def test_play_can_be_paused(opened: Open) -> None:
    page = opened()
    page.press("play")
    page.page.wait_for_function("explore.chosen === 'result:1'")
    page.press("pause")
    before = page.do("return explore.chosen;")
    page.page.wait_for_timeout(1800)
    assert page.do("return explore.chosen;") == before
