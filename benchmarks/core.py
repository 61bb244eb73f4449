"""The numbers: a convolution's result, its matrix and its gradients, beside SciPy.

The core gathers windows of 131,000 numbers at a time and multiplies them by the filters in one matrix product; for the
gradient by the image it does the same with flipped filters. What was tried besides is below: the fastest of 61 runs,
one thread of OpenBLAS on a 2.3 GHz Xeon that had other work too, glibc told to keep freed memory.

512×512, 3×3: ours 1.4 ms, SciPy's fastest 2.5 ms.

- Multiply and add a shifted image for each weight: 3.1 ms; in blocks of 64 rows 1.9 ms.
- NumPy's einsum over all windows: 4.6 ms.
- The filter as three separable ones (singular values): 5.7 ms, and whole numbers do not come out whole.
- Windows of other sizes: 16,000 numbers 3.3 ms, 524,000 2.0 ms, all at once 2.5 ms and nine times the image's memory.
- New memory for each block: 1.7 ms and more, as the system gives it.
- The gradient by the image scattered from results to pixels: 6.7 ms, gathered 1.5 ms. It is the faster way only with
  several times as many filters as channels, and is taken there (3 channels to 64 filters, 7×7 on 224×224: 8 times the
  time of output() gathered, 2.5 times scattered).

64 channels × 64 filters, 3×3 on 56×56: ours 5.3 ms, of which the product alone takes 3.4 ms.

- A product for each of the nine weights, of shifted copies: 6.3 ms. Of shifted views of flat padded rows: 5.0 ms, but
  for stride 1 only, with a padded copy and results to throw away. The same through BLAS's dgemm, which adds in place:
  5.7 ms.
- einsum told to optimize, which gathers all windows first: 4.5 ms, and 14 MB.
- Larger blocks: 4.9 to 5.4 ms.

On a machine whose cores are busy with other work, a second thread of OpenBLAS makes hundreds of milliseconds of these:
each thread waits for the other in each block. OPENBLAS_NUM_THREADS=1 prevents that.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median

import numpy as np
import scipy
from scipy import ndimage, signal

from benchmarks import cases, former, networks
from benchmarks.measure import Measure, Peer, Target
from benchmarks.table import figure
from benchmarks.timing import RUNS, ready, timed
from cnnmath import EXAMPLE, Convolution
from cnnmath.values import Floats, Gradients

Ways = dict[str, Callable[[], Floats]]

LARGE, LAYER = "512×512, 3×3", "64 channels × 64 filters, 3×3 on 56×56"


def measures() -> Iterator[Measure]:
    """Measure the core."""
    large, layer = cases.image(512), cases.layer()
    yield beside_scipy(f"output(), {LARGE}", large, RUNS)
    yield beside_scipy(f"output(), {LAYER}", layer, 7)
    yield small()
    yield matrix()
    for name, conv in ((LARGE, large), (LAYER, layer)):
        upstream = conv.output()
        yield beside_output(f"backward(), {name}", conv, upstream)
        if conv is large:
            yield beside_taps(f"backward(), {name}", conv, upstream)
        yield memory(f"memory beyond the result, output(), {name}", conv.output)
        yield memory(f"memory beyond the result, backward(), {name}", partial(conv.backward, upstream))
    yield from networks.measures(install=False)


def beside_scipy(name: str, conv: Convolution, runs: int) -> Measure:
    """Hold output() against the fastest of SciPy's ways to the same numbers."""
    ways = ways_of_scipy(conv)
    for way in ways.values():
        np.testing.assert_allclose(way(), conv.output(), rtol=1e-8, atol=1e-8)
    seconds = timed({"ours": ready(conv.output), **{way: ready(call) for way, call in ways.items()}}, runs)
    ours = seconds.pop("ours")
    fastest, *others = sorted(seconds, key=lambda way: median(seconds[way]))
    slower = ", ".join(f"{way} {figure([median(seconds[way])], 's')}" for way in others)
    peer = Peer(f"SciPy {scipy.__version__} {fastest}", seconds[fastest])
    return Measure(name, "s", ours, peer, Target(1.5), f"SciPy's slower ways: {slower}")


def ways_of_scipy(conv: Convolution) -> Ways:
    """Give SciPy's ways to the result of a 3×3 filter; it knows planes only, so that channels are added up."""
    padded = any(map(any, conv.pads))
    mode, inside = ("same", np.s_[:]) if padded else ("valid", np.s_[:, 1:-1, 1:-1])
    flipped = conv.kernel[:, :, ::-1, ::-1]

    def planes(correlate: Callable[[Floats, Floats], Floats]) -> Floats:
        sums = []
        for filter_, number in zip(conv.kernel, conv.bias, strict=True):
            total = correlate(conv.image[0], filter_[0])
            for plane, weights in zip(conv.image[1:], filter_[1:], strict=True):
                total += correlate(plane, weights)
            total += number
            sums.append(total)
        return np.stack(sums) if len(sums) > 1 else sums[0][None]

    def at_once(convolve: Callable[..., Floats]) -> Floats:
        image = np.pad(conv.image, ((0, 0), *conv.pads))
        total: Floats = convolve(image[None], flipped, mode="valid", axes=(2, 3)).sum(axis=1)
        total += conv.bias[:, None, None]
        return total

    return {
        "ndimage.correlate": lambda: planes(lambda plane, kernel: ndimage.correlate(plane, kernel, mode="constant"))[
            inside
        ],
        "signal.correlate2d": lambda: planes(lambda plane, kernel: signal.correlate2d(plane, kernel, mode)),
        "signal.correlate": lambda: planes(lambda plane, kernel: signal.correlate(plane, kernel, mode)),
        "signal.fftconvolve": lambda: at_once(signal.fftconvolve),
        "signal.oaconvolve": lambda: at_once(signal.oaconvolve),
    }


def small() -> Measure:
    """Hold the film's own convolution against the former way: what large ones gain must not be lost on small ones."""
    seconds = timed({"ours": ready(EXAMPLE.output), "former": ready(lambda: former.output(EXAMPLE))}, calls=500)
    peer = Peer("our former way", seconds["former"])
    return Measure("output(), 3×3, 2×2, the film's", "s", seconds["ours"], peer, Target(1))


def matrix() -> Measure:
    """Time the sparse matrix of a convolution that has not yet worked out its taps."""
    seconds = timed({"ours": lambda: partial(cases.image(224).weight_matrix, sparse=True)})
    return Measure("sparse matrix, 224×224, 3×3, taps included", "s", seconds["ours"], None, Target(0.1, "ours"))


def beside_output(name: str, conv: Convolution, upstream: Floats) -> Measure:
    """Hold the gradients by image, kernel and bias against the way forward."""
    seconds = timed({"ours": ready(lambda: conv.backward(upstream)), "forward": ready(conv.output)})
    return Measure(name, "s", seconds["ours"], Peer("our output()", seconds["forward"]), Target(3))


def beside_taps(name: str, conv: Convolution, upstream: Floats) -> Measure:
    """Hold the gradients against the former way over an array of taps that is there already."""
    assert conv.taps.size
    ways = {"ours": lambda: conv.backward(upstream), "former": lambda: former.backward(conv, upstream)}
    seconds = timed({way: ready(call) for way, call in ways.items()}, runs=7)
    return Measure(name, "s", seconds["ours"], Peer("our former way, taps known", seconds["former"]))


def memory(name: str, call: Callable[[], Floats | Gradients]) -> Measure:
    """Take the most memory that a call holds at once, less what it gives back. NumPy reports its own to Python."""
    call()
    tracemalloc.start()
    try:
        result = call()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    given = sum(part.nbytes for part in result) if isinstance(result, Gradients) else result.nbytes
    return Measure(name, "MB", [(peak - given) / 1e6], None, Target(3, "ours"))
