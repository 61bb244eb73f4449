"""Follows jobs that run on other machines: shows what they say and where, and why the queue has ended one."""

from __future__ import annotations

import os
import queue
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from renders.following import STOPPED, show, stopped
from renders.journal import VARIABLE, Journal
from renders.making import MEDIA, counted, say, write_whole

EVERY = 1.0
"""Seconds after which the journal is looked at again, and a line of Snakemake's is taken for the last for now."""

#: What Snakemake's plugins say that tells a lecturer nothing; an indented line belongs to what it says of one job.
BOOKKEEPING = re.compile(
    r"\s|Using profile|SLURM run ID|Provided re|No SLURM account|No account was|Unable to guess|Cleaning up SLURM"
    r"|Job \S+ has been submitted|Submitted |Removing output|renders/|Trying to restart|Select jobs|MinJobAge"
    r"|'squeue' should work|--keep-incomplete mode"
)
SUBMITTED = re.compile(r"Job \S+ has been submitted with SLURM jobid (\d+) \(log: (.*)\)\.$")
LOG = re.compile(r"\s+log: (.*) \(check log file\(s\) for error details\)")
MESSAGE = re.compile(r"\s+message: (?!None$|Error in )(.*)")
CLIPS = re.compile(r"\s+output: renders/(?:clips|media/masters)/([\w-]+)\.\w+,")
ERROR = re.compile(r"\s*(?:message: )?Error in (?:rule|group) ")
STARTED = re.compile(r" {0,4}(?:local)?rule \w+:$")

#: What SLURM's words for the end of a job mean to whoever waits for it.
ENDS = {
    "TIMEOUT": "the queue killed it for time",
    "OUT_OF_MEMORY": "the queue killed it for memory",
    "NODE_FAIL": "its machine went down",
    "CANCELLED": "somebody cancelled it (scancel)",
    "PREEMPTED": "another job took its place",
    "BOOT_FAIL": "its machine did not start",
    "DEADLINE": "its deadline passed",
}
#: What the log of a job holds where SLURM only says that it failed.
TRACES = {
    "OUT_OF_MEMORY": re.compile(
        r"oom.kill|out.of.memory|exceeded .*memory limit|memory limit.*exceeded", re.IGNORECASE
    ),
    "TIMEOUT": re.compile(r"DUE TO TIME LIMIT"),
    "CANCELLED": re.compile(r"\*\*\* .* CANCELLED AT"),
}


class Ended:
    """Reads what Snakemake says of jobs that have failed, and says what became of them.

    `lost` tells whether any has ended by another fault than that of its scene.
    """

    def __init__(self, journal: Journal) -> None:
        """Know of no job yet."""
        self._journal = journal
        self._number: dict[str, str] = {}
        self.lost = False
        self._begin(failing=False)

    def _begin(self, failing: bool) -> None:
        self._failing = failing
        self._log, self._message = "", ""
        self._names: dict[str, None] = {}

    def take(self, line: str) -> Iterator[str]:
        """Take a line of Snakemake's; yield what is to be said of the job that it has told of before."""
        if submitted := SUBMITTED.match(line):
            self._number[submitted[2]] = submitted[1]
        if ERROR.match(line):
            if not (self._failing and line.startswith(" ")):
                yield from self.close()
            self._failing = True
        elif STARTED.match(line) or not line.startswith((" ", "\t")):
            yield from self.close()
        elif self._failing:
            self._keep(line)

    def _keep(self, line: str) -> None:
        if log := LOG.match(line):
            self._log = log[1]
        elif message := MESSAGE.match(line):
            self._message = message[1]
        elif clip := CLIPS.match(line):
            self._names[clip[1]] = None

    def close(self) -> Iterator[str]:
        """Yield what is to be said of a job that Snakemake has told of to the end."""
        if self._failing:
            yield from self._said()
        self._begin(failing=False)

    def _said(self) -> Iterator[str]:
        number = self._number.get(self._log, "")
        state, node = state_of(number) if number else ("", "")
        why = ENDS.get(cause(state, self._log), "")
        names = [name for name in self._names if name not in self._journal.done]
        if not why and names and self._journal.failed.issuperset(names):
            return  # the scene itself has said why
        self.lost = True
        if not self._log and "sbatch" in self._message:
            yield f"A job was not submitted. {self._message}"
            return
        node = node or next((self._journal.node_of[name] for name in self._names if name in self._journal.node_of), "")
        where = f" on {node}" if node else ""
        what = f" (SLURM's job {number}, {state})" if number else ""
        log = f" Its log: {self._log}" if self._log and not why else ""
        yield f"{', '.join(names or self._names) or 'A job'} ENDED{where}: {why or 'nobody has said why'}{what}.{log}"


def cause(state: str, log: str) -> str:
    """Return the word for the end of a job: the queue's own, or what the job's log has a trace of."""
    if state and state not in ("FAILED", "COMPLETED", "CANCELLED"):
        return state
    try:
        text = Path(log).read_text(encoding="utf-8", errors="replace") if log else ""
    except OSError:
        text = ""
    return next((name for name, trace in TRACES.items() if trace.search(text)), state)


def state_of(number: str) -> tuple[str, str]:
    """Return SLURM's word for the state of a job, and its node; blanks where it has forgotten the job."""
    for command in (
        ["squeue", "--noheader", "--states=all", "--format=%T|%N", "--jobs", number],
        ["sacct", "--noheader", "-X", "--parsable2", "--format=State,NodeList", "--jobs", number],
    ):
        told = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
        if "|" in told:
            state, _, node = told.splitlines()[0].partition("|")
            return state.split()[0], node
    return "", ""


def follow_far(command: Callable[[int, frozenset[str]], list[str]], thing: str, retries: int) -> int:
    """Run Snakemake, show what it and its jobs say, its jobs counted as `thing`; return its exit code.

    What the queue has lost is submitted again, up to `retries` times: not by Snakemake, which would render all clips of
    a job again and those too that fail by a fault of their own. `command` makes its command line, given the number of
    the attempt and the clips that need not be tried again.
    """
    runs = MEDIA / "journal"
    runs.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=runs, prefix="run-", ignore_cleanup_errors=True) as folder:
        run, jobs = Path(folder, "said").absolute(), Path(folder, "profile").absolute()
        journal = Journal(run)
        write_whole(jobs / "config.yaml", "keep-going: true\n")
        # In a job of several clips one that fails stops no other.
        variables = {**os.environ, VARIABLE: str(run), "SNAKEMAKE_PROFILE": str(jobs)}
        for attempt in range(1, retries + 2):
            code, lost = _once(command(attempt, frozenset(journal.failed)), thing, journal, variables)
            if code in (0, STOPPED) or not lost or attempt > retries:
                return code
            say(f"What the queue has lost is submitted again ({attempt} of {counted(retries, 'time')}).")
    return code


def _once(command: Sequence[str], thing: str, journal: Journal, variables: Mapping[str, str]) -> tuple[int, bool]:
    """Run Snakemake once; return its exit code, and whether the queue has lost a job."""
    ended = Ended(journal)
    sys.stdout.flush()
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        env=variables,
    ) as process:
        assert process.stderr is not None
        told = time.monotonic()
        try:
            for line in _lines(process.stderr):
                if not line or time.monotonic() - told > EVERY:
                    _tell(journal)
                    told = time.monotonic()
                for said in ended.take(line) if line else ended.close():
                    say(said)
                if line and not BOOKKEEPING.match(line):
                    show(line, thing)
        except KeyboardInterrupt:  # Snakemake got it as well and takes its jobs out of the queue
            process.communicate()
            return stopped(), False
    return process.returncode, ended.lost


def _lines(stream: IO[str]) -> Iterator[str]:
    """Yield the lines of a stream, and a blank when there has been none for a while, and at the end."""
    waiting: queue.Queue[str] = queue.Queue()

    def read() -> None:
        for line in stream:
            waiting.put(line)
        waiting.put("")

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    while reader.is_alive() or not waiting.empty():
        try:
            yield waiting.get(timeout=EVERY)
        except queue.Empty:
            yield ""
    yield ""


def _tell(journal: Journal) -> None:
    """Say what jobs have said."""
    for said in journal.new():
        say(f"[{said.node}] {said.text.strip()}")
