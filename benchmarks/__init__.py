"""How long the project's parts take, beside what does the same work: `make bench`, or `python -m benchmarks`.

A group is a module here with a function `measures()` that yields a `Measure` for each row of the table; `groups.py`
lists them. What they all hold to:

- Both sides do the same work, and take turns, so that what else the machine does falls on both.
- Each side has one run that is not counted. What a user pays anew each time (the taps of a new convolution, the start
  of a process) is made anew for every run.
- A figure is the median of several runs, and the fastest and the slowest stand beside it. Every run is in the file.
- The other side is named with its version; where it cannot run, its row says why.
"""
