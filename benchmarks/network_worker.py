"""PyTorch's side of a whole network, run by a Python that has it: `network_worker.py FOLDER`, with network.npz in it.

Writes torch.npz with the logits and the weights after an epoch, then its version, then answers lines "forward" and
"epoch" with the seconds that the work took.
"""

import sys
import time
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import torch


class Case:
    """The network of cnnmath.digits and the digits, in double precision, with one thread."""

    def __init__(self, path: Path) -> None:
        """Load the weights and the digits."""
        with np.load(path) as arrays:
            numbers = {name: torch.from_numpy(arrays[name]) for name in arrays.files}
        self.all, self.images, self.labels = numbers["all"], numbers["images"], numbers["labels"]
        self.rate, self.batch_size = float(numbers["rate"]), int(numbers["batch_size"])
        first, last = torch.nn.Conv2d(1, 4, 3), torch.nn.Linear(36, 10)
        self.network = torch.nn.Sequential(first, torch.nn.ReLU(), torch.nn.MaxPool2d(2), torch.nn.Flatten(), last)
        self.network.double()
        with torch.no_grad():
            first.weight.copy_(numbers["0.kernel"])
            first.bias.copy_(numbers["0.bias"])
            last.weight.copy_(numbers["4.weights"])
            last.bias.copy_(numbers["4.bias"])

    def forward(self) -> Any:
        """Give the logits of all digits, without what autograd needs."""
        with torch.no_grad():
            return self.network(self.all)

    def evaluate(self, network: Any) -> tuple[float, float]:
        """Measure loss and accuracy on the digits that are learned from."""
        with torch.no_grad():
            logits = network(self.images)
            loss = torch.nn.functional.cross_entropy(logits, self.labels)
            return float(loss), float((logits.argmax(1) == self.labels).double().mean())

    def epoch(self) -> Any:
        """Train a copy of the network for an epoch, measured before and after it."""
        network = deepcopy(self.network)
        optimizer = torch.optim.SGD(network.parameters(), lr=self.rate)
        self.evaluate(network)
        for start in range(0, len(self.labels), self.batch_size):
            chosen = slice(start, start + self.batch_size)
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(network(self.images[chosen]), self.labels[chosen]).backward()
            optimizer.step()
        self.evaluate(network)
        return network

    def write(self, path: Path) -> None:
        """Write what comes out, for a comparison."""
        first, *_, last = self.epoch()
        np.savez(
            path,
            logits=self.forward().numpy(),
            **{"0.kernel": first.weight.detach().numpy(), "0.bias": first.bias.detach().numpy()},
            **{"4.weights": last.weight.detach().numpy(), "4.bias": last.bias.detach().numpy()},
        )


def main(folder: Path) -> None:
    """Do as the lines say, until they end."""
    torch.set_num_threads(1)
    case = Case(folder / "network.npz")
    case.write(folder / "torch.npz")
    print(f"PyTorch {torch.__version__}, 1 thread", flush=True)
    for line in sys.stdin:
        start = time.perf_counter()
        getattr(case, line.strip())()
        print(time.perf_counter() - start, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
