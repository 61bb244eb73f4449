"""How long the core takes, side by side with SciPy: `python -m benchmarks.core`."""

import platform
import time
from collections.abc import Callable
from statistics import median

import numpy as np
import scipy
from scipy.signal import correlate2d

from cnnmath import Convolution

RUNS = 15


def main() -> None:
    """Print the median, the fastest and the slowest of several runs of each."""
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, SciPy {scipy.__version__}; {RUNS} runs")
    print(f"{'':<44}{'median':>12}{'fastest':>12}{'slowest':>12}")
    for name, call in calls().items():
        times = measure(call)
        print(f"{name:<44}" + "".join(f"{1e3 * f(times):>9.2f} ms" for f in (median, min, max)))


def calls() -> dict[str, Callable[[], object]]:
    """Give what is measured, by name. A fresh convolution has not yet worked out its taps."""
    large, middle = layer(512), layer(224)
    upstream = middle.output()
    middle.backward(upstream)  # Its taps are worked out from here on.
    return {
        "output(), 512×512, 3×3": large.output,
        "scipy.signal.correlate2d, 512×512, 3×3": lambda: correlate2d(large.image[0], large.kernel[0, 0], "valid"),
        "taps, 224×224, 3×3": lambda: layer(224).taps,
        "weight_matrix(sparse=True), taps included": lambda: layer(224).weight_matrix(sparse=True),
        "weight_matrix(sparse=True), taps known": lambda: middle.weight_matrix(sparse=True),
        "output(), 224×224, 3×3": middle.output,
        "backward(), 224×224, 3×3, taps included": lambda: layer(224).backward(upstream),
        "backward(), 224×224, 3×3, taps known": lambda: middle.backward(upstream),
    }


def layer(size: int) -> Convolution:
    """Make a convolution of a square image with a 3×3 filter, without padding."""
    random = np.random.default_rng(0)
    return Convolution(random.normal(size=(size, size)), random.normal(size=(3, 3)))


def measure(call: Callable[[], object]) -> list[float]:
    """Time several runs, in seconds, after one that is not counted."""
    call()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return times


if __name__ == "__main__":
    main()
