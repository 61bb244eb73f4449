"""Starts Snakemake and shows what it and its jobs say, here or on other machines, less its bookkeeping."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from renders.making import MEDIA, counted, write_whole

#: The exit code after Ctrl-C, as shells have it.
STOPPED = 130

#: What is asked for, a file for each request: a command line holds no thousand names.
REQUESTS = MEDIA / "requests"

#: How the lines of Snakemake begin that tell a lecturer nothing.
BOOKKEEPING = re.compile(
    r"\s*$|Assuming unrestricted|Building DAG|Using shell|Provided cores|Rules claiming|Job stats|job +count|-----"
    r"|(?:clip|transparent|encoded|loops?|handout|page|film\w*|steps|deck\w*|powerpoint\w*|all|total) +\d|Select jobs"
    r"|Execute \d|\[.*\d\d:\d\d:\d\d|Finished jobid|Exiting because|RuleException|CalledProcessError|Command 'set"
    r"|Complete log|Elapsed time|WorkflowError|At least one job"
)

#: How Snakemake counts its jobs.
STEPS = re.compile(r"(\d+) steps \(")


class Where(NamedTuple):
    """Snakemake's options that say where jobs run, and how many at once; whether that is on other machines,
    and how often what was lost there is tried again."""

    options: list[str]
    is_far: bool = False
    retries: int = 0


def snakemake(targets: Sequence[str], config: Mapping[str, str], where: Where) -> list[str]:
    """Return Snakemake's command line: go on after a failure and after an interrupt, no lock that outlives a kill."""
    asked = json.dumps({key: value for key, value in config.items() if value}, sort_keys=True)
    request = REQUESTS / f"{hashlib.sha256(asked.encode()).hexdigest()[:32]}.json"
    write_whole(request, asked)
    command = [sys.executable, "-m", "snakemake", "--snakefile", "renders/Snakefile", *where.options]
    # What a job far away says of its end stands among what it says of its rule. And all that it leaves is whole: where
    # one of several clips fails, the others stay.
    quiet = ["host", "reason"] if where.is_far else ["rules", "host", "reason"]
    options = [
        "--nolock",
        "--rerun-incomplete",
        "--keep-going",
        *(["--keep-incomplete"] if where.is_far else []),
        "--quiet",
    ]
    return [*command, *options, *quiet, "--configfile", request.as_posix(), "--", *targets]


def follow(command: Sequence[str], thing: str) -> int:
    """Run Snakemake and show what it says, less its bookkeeping, its jobs counted as `thing`; return its exit code.

    It speaks on stderr alone. Its jobs speak on stdout, which passes by here: mixed into one pipe, a job's line could
    end up behind half a line of bookkeeping.
    """
    sys.stdout.flush()
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8", errors="replace"
    ) as process:
        assert process.stderr is not None
        try:
            for line in process.stderr:
                show(line, thing)
        except KeyboardInterrupt:  # Snakemake got it as well and stops its jobs
            process.communicate()
            return stopped()
    return process.returncode


def show(line: str, thing: str) -> None:
    """Show a line of Snakemake's unless it tells a lecturer nothing."""
    if not BOOKKEEPING.match(line):
        print(STEPS.sub(lambda steps: f"{counted(int(steps[1]), thing)} (", line), end="", flush=True)


def stopped() -> int:
    """Say that it was stopped; return the exit code."""
    print("\nStopped. The same command goes on with the clips that are missing.", file=sys.stderr)
    return STOPPED
