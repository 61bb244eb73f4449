"""Follows jobs that run on other machines: shows what they say and where, and why the queue has ended one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from renders.following import show, stopped
from renders.journal import VARIABLE, Journal
from renders.making import MEDIA, say

EVERY = 1.0
"""Seconds after which the journal is looked at again."""

#: What Snakemake's plugins say that tells a lecturer nothing; an indented line belongs to what it says of one job.
BOOKKEEPING = re.compile(
    r"\s|Using profile|SLURM run ID|Provided re|No SLURM account|No account was|Unable to guess|Cleaning up SLURM"
    r"|Job \S+ has been submitted|Submitted |Removing output|renders/|Trying to restart|Select jobs|MinJobAge"
    r"|'squeue' should work"
)
SUBMITTED = re.compile(r"Job \S+ has been submitted with SLURM jobid (\d+) \(log: (.*)\)\.$")
LOG = re.compile(r"\s+log: (.*) \(check log file\(s\) for error details\)")
MESSAGE = re.compile(r"\s+message: (?!None$|Error in )(.*)")
CLIPS = re.compile(r"\s+output: renders/(?:clips|media/masters)/([\w-]+)\.\w+,")
AGAIN = "Trying to restart job"

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
    """Reads what Snakemake says of jobs that have failed, and says what became of them."""

    def __init__(self, journal: Journal) -> None:
        """Know of no job yet."""
        self._journal = journal
        self._number: dict[str, str] = {}
        self._log, self._message = "", ""
        self._names: list[str] = []

    def take(self, line: str) -> Iterator[str]:
        """Take a line of Snakemake's; yield what is to be said of jobs that have ended with the line before."""
        if submitted := SUBMITTED.match(line):
            self._number[submitted[2]] = submitted[1]
        if log := LOG.match(line):
            self._log = log[1]
        elif message := MESSAGE.match(line):
            self._message = message[1]
        elif self._log and (clip := CLIPS.match(line)):
            self._names.append(clip[1])
        elif not line.startswith((" ", "\t")) and (self._log or self._message):
            yield from self._said(again=line.startswith(AGAIN))
            self._log, self._message, self._names = "", "", []

    def _said(self, again: bool) -> Iterator[str]:
        if not self._log:
            yield f"A job was not submitted: {self._message}"
            return
        names = list(dict.fromkeys(self._names))
        number = self._number.get(self._log, "")
        state, node = state_of(number) if number else ("", "")
        why = ENDS.get(cause(state, self._log), "")
        if not why and (not names or any(name in self._journal.failed for name in names)):
            return
        missing = [name for name in names if name not in self._journal.done] or names
        node = node or next((self._journal.node_of[name] for name in names if name in self._journal.node_of), "")
        where = f" on {node}" if node else ""
        what = f" (SLURM's job {number}, {state})" if number else ""
        then = ". It is submitted again" if again else f". Its log: {self._log}"
        yield f"{', '.join(missing)} ENDED{where}: {why or 'it failed'}{what}{then}."


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


def follow_far(command: Sequence[str], thing: str) -> int:
    """Run Snakemake, show what it and its jobs say, its jobs counted as `thing`; return its exit code."""
    runs = MEDIA / "journal"
    runs.mkdir(parents=True, exist_ok=True)
    sys.stdout.flush()
    with tempfile.TemporaryDirectory(dir=runs, ignore_cleanup_errors=True) as folder:
        run = Path(folder, "run").absolute()
        journal = Journal(run)
        ended = Ended(journal)
        over = threading.Event()
        teller = threading.Thread(target=_tell, args=(journal, over))
        teller.start()
        try:
            with subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                env={**os.environ, VARIABLE: str(run)},
            ) as process:
                assert process.stderr is not None
                try:
                    for line in process.stderr:
                        for said in ended.take(line):
                            say(said)
                        if not BOOKKEEPING.match(line):
                            show(line, thing)
                except KeyboardInterrupt:  # Snakemake got it as well and takes its jobs out of the queue
                    process.communicate()
                    return stopped()
        finally:
            over.set()
            teller.join()
            shutil.rmtree(run, ignore_errors=True)
    return process.returncode


def _tell(journal: Journal, over: threading.Event) -> None:
    """Say what jobs say until all is over, and what they have said last."""
    while True:
        last = over.wait(EVERY)
        for said in journal.new():
            say(f"[{said.node}] {said.text.strip()}")
        if last:
            return
