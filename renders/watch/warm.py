"""The libraries that drawing needs, imported before anything is asked. Importing this imports none of our scenes."""

from __future__ import annotations

import gc
import os
import threading

# So small sums need no threads, and a process without any can be forked safely.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import manim  # noqa: F401
import numpy  # noqa: F401
import pydantic  # noqa: F401
import scipy.sparse  # noqa: F401
import tqdm
import typst  # noqa: F401
import yaml  # noqa: F401
from PIL import Image, ImageOps, PngImagePlugin  # noqa: F401

# tqdm's own is shared by processes, and would be left over when one of them is ended in the middle.
tqdm.tqdm.set_lock(threading.RLock())

# What is there by now stays: a process that is forked from this one need not look through it, nor copy it for that.
gc.collect()
gc.freeze()
