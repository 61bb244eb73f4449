"""PyTorch's side, run by a Python that has it: `pytorch_worker.py FOLDER`, with cases as FOLDER/*.npz.

Writes beside each case what comes out, then its version, then answers lines "case forward" and "case backward" with the
seconds that the work took.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch


class Case:
    """A convolution in double precision, as ours: its way forward and its way back."""

    def __init__(self, path: Path) -> None:
        """Load image, kernel, bias, padding and the gradient at the result."""
        with np.load(path) as arrays:
            self.padding = int(arrays["padding"])
            self.upstream = torch.from_numpy(arrays["upstream"])[None]
            self.inputs = [torch.from_numpy(arrays[name]) for name in ("image", "kernel", "bias")]
        for values in self.inputs:
            values.requires_grad_()

    def result(self) -> Any:
        """Give the result, with what autograd needs."""
        image, kernel, bias = self.inputs
        return torch.nn.functional.conv2d(image[None], kernel, bias, padding=self.padding)

    def forward(self) -> float:
        """Time the result, without what autograd needs."""
        with torch.no_grad():
            return seconds(self.result)

    def backward(self) -> float:
        """Time the gradients of a result that is there."""
        result = self.result()
        return seconds(lambda: torch.autograd.grad(result, self.inputs, self.upstream))

    def write(self, path: Path) -> None:
        """Write the result and the gradients, for a comparison."""
        result = self.result()
        parts = result[0], *torch.autograd.grad(result, self.inputs, self.upstream)
        np.savez(path, *(part.detach().numpy() for part in parts))


def seconds(call: Callable[[], object]) -> float:
    """Time one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def main(folder: Path) -> None:
    """Do as the lines say, until they end."""
    cases = {path.stem: Case(path) for path in sorted(folder.glob("*.npz"))}
    for name, case in cases.items():
        case.write(folder / f"{name}-torch.npz")
    print(f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads", flush=True)
    for line in sys.stdin:
        name, direction = line.split()
        print(getattr(cases[name], direction)(), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
