"""A real SLURM of one node on this machine: its own daemons, configuration and key, all in one folder."""

from __future__ import annotations

import contextlib
import getpass
import os
import re
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from programs import program

PACKAGES = "slurmctld slurmd slurm-client munge"
DAEMONS = ("slurmctld", "slurmd", "munged")
LONGEST = 60
"""Seconds after which daemons that do not answer have failed."""

CONF = """
ClusterName=test
SlurmctldHost={host}(127.0.0.1)
SlurmUser={user}
SlurmdUser={user}
AuthInfo=socket={folder}/munge.socket
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldPort={control}
SlurmdPort={node}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=1
JobAcctGatherParams=OverMemoryKill
AccountingStorageType=accounting_storage/none
MpiDefault=none
ReturnToService=2
MinJobAge=600
KillWait=1
MessageTimeout=2
SlurmdParameters=config_overrides
NodeName={host} NodeAddr=127.0.0.1 CPUs=2 RealMemory=8000 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=60 State=UP
"""


@contextlib.contextmanager
def one_node(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[bytes]]:
    """Start SLURM and munge on the loopback, and have all commands find them; give the queue's own process.

    A socket's path may have some hundred letters only, hence `folder` is to be a short one.
    """
    patch.setenv("PATH", f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}{os.pathsep}/usr/sbin")
    found = {name: program((name,), PACKAGES) for name in DAEMONS}
    _write(folder, found["slurmctld"])
    patch.setenv("SLURM_CONF", str(folder / "slurm.conf"))
    with contextlib.ExitStack() as running:
        _start(running, folder, found["munged"], ["--foreground", "--force", *_munge(folder)])
        _until(lambda: (folder / "munge.socket").exists(), folder)
        queue = _start(running, folder, found["slurmctld"], ["-D"])
        _start(running, folder, found["slurmd"], ["-D"])
        _until(lambda: "idle" in told(["sinfo", "--noheader", "--format=%t"]), folder)
        try:
            yield queue
        finally:
            if queue.poll() is None:
                told(["scancel", "--user", getpass.getuser()])  # what a test that failed has left


def told(command: Sequence[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def jobs() -> list[str]:
    """Return the numbers of the jobs that run."""
    return told(["squeue", "--noheader", "--states=running", "--format=%i"]).split()


def _write(folder: Path, control: str) -> None:
    for name in ("state", "spool", "bin"):
        (folder / name).mkdir(parents=True)
    (folder / "munge.key").write_bytes(secrets.token_bytes(1024))
    (folder / "munge.key").chmod(0o400)
    host = socket.gethostname().partition(".")[0]
    ports = dict(zip(("control", "node"), _free_ports(2), strict=True))
    text = CONF.format(host=host, user=getpass.getuser(), folder=folder, **ports)
    (folder / "slurm.conf").write_text(text, encoding="utf-8")
    version = re.search(r"(\d+)\.(\d+)", told([control, "-V"]))
    if version and int(version[1]) >= 23:  # older ones do not know the word
        (folder / "cgroup.conf").write_text("CgroupPlugin=disabled\n", encoding="utf-8")
    # Snakemake's plugin takes SLURM's variables from srun; an installed SLURM has its configuration at its own place.
    srun = folder / "bin" / "srun"
    srun.write_text(f'#!/bin/sh\nSLURM_CONF={folder}/slurm.conf exec {shutil.which("srun")} "$@"\n', encoding="utf-8")
    srun.chmod(0o755)


def _munge(folder: Path) -> list[str]:
    places = {"key-file": "munge.key", "socket": "munge.socket", "pid-file": "munge.pid", "seed-file": "munge.seed"}
    return [f"--{option}={folder / name}" for option, name in places.items()]


def _start(running: contextlib.ExitStack, folder: Path, daemon: str, options: list[str]) -> subprocess.Popen[bytes]:
    log = running.enter_context((folder / f"{Path(daemon).name}.log").open("wb"))
    process = subprocess.Popen([daemon, *options], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    running.callback(process.wait)
    running.callback(process.terminate)
    return process


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def _until(is_so: object, folder: Path) -> None:
    assert callable(is_so)
    end = time.monotonic() + LONGEST
    while not is_so():
        if time.monotonic() > end:
            logs = "\n".join(log.read_text(errors="replace")[-2000:] for log in folder.glob("*.log"))
            pytest.fail(f"SLURM does not come up on this machine:\n{logs}")
        time.sleep(0.1)
