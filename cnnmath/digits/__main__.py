"""Train the network that reads the digits, and write it down: `python -m cnnmath.digits [FOLDER]`."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from cnnmath.digits._data import FOLDER
from cnnmath.digits._network import write


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, write, and say how well the network does; without a folder the files go where they are loaded from."""
    parser = argparse.ArgumentParser(prog="python -m cnnmath.digits", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="where to write (default: the package)")
    history = write(parser.parse_args(arguments).folder)
    assert history.validation_accuracy is not None
    print(
        f"{history.epochs} epochs: {history.accuracy[-1]:.1%} of the digits that it learned from, "
        f"{history.validation_accuracy[-1]:.1%} of those that it never saw"
    )


if __name__ == "__main__":
    main()
