"""Where jobs run that do not run here: a profile says so to Snakemake, and is looked at before anything is planned."""

from __future__ import annotations

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from renders.following import Where
from renders.needs import memory, most_minutes
from renders.request import QUALITIES

PROFILES = Path(__file__).parent / "profiles"
CONFIGS = ("config.v9+.yaml", "config.yaml")
"""What Snakemake reads in a profile's folder; it takes the first that is there."""
HERE = ("local", "dryrun", "touch")
"""The executors that come with Snakemake, and need no queue."""
OURS = ("slurm", "cluster-generic")
"""The plugins that `requirements-cluster.txt` pins."""
PATIENCE = 60
"""Seconds to wait for SLURM to answer."""
INSTALL = ".venv/bin/python -m pip install --no-deps "
SHARED = dict(zip(QUALITIES, (16, 12, 8, 5, 3), strict=True))
"""How many clips make a job that is worth its time in a queue, by quality: such a job asks for about half an hour."""


class Profile(NamedTuple):
    """A profile of Snakemake's: where it is, what it is called, and what it says."""

    folder: Path
    says: dict[str, Any]

    @property
    def executor(self) -> str:
        """Snakemake's name for what runs the jobs."""
        return str(self.says.get("executor", "local"))

    def where(self, quality: str, jobs: str) -> Where:
        """Return what says where jobs run; what is in the profile stays."""
        options = ["--profile", str(self.folder), *(["--jobs", jobs] if jobs else [])]
        if not jobs and not {"jobs", "cores", "j"} & self.says.keys():
            options += ["--jobs", "100"]
        if "groups" not in self.says and self.executor not in HERE:
            options += ["--groups", "clip=clips", "transparent=clips", "--group-components", f"clips={SHARED[quality]}"]
        if self.executor == "slurm" and "slurm-status-command" not in self.says:
            options += ["--slurm-status-command", "sacct" if _keeps_accounts() else "squeue"]
        if self.executor in HERE:
            return Where(options)
        retries = self.says.get("retries", self.says.get("restart-times", 0))
        return Where([*options, "--retries", "0"], True, int(retries))

    def account(self) -> list[str]:
        """Return the options by which SLURM knows who asks, and for which machines, if the profile says so."""
        given = self.says.get("default-resources", {})
        pairs = given.items() if isinstance(given, dict) else (str(each).partition("=")[::2] for each in given)
        known = {"slurm_account": "--account", "slurm_partition": "--partition", "qos": "--qos"}
        return [f"{known[key]}={value}" for key, value in pairs if key in known]


def read_profile(given: str) -> Profile:
    """Return the profile of that name, or in that folder.

    Raises ValueError if there is none, and for one that Snakemake cannot read or whose plugin is not installed.
    """
    path = PROFILES / given if (PROFILES / given).is_dir() else Path(given).expanduser()
    folder = path.parent if path.is_file() else path
    file = next((folder / name for name in CONFIGS if (folder / name).is_file()), None)
    if file is None:
        known = ", ".join(sorted(each.name for each in PROFILES.iterdir() if each.is_dir()))
        raise ValueError(f"unknown profile {given}; expected {known}, or the path to a folder with a config.yaml")
    try:
        says = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ValueError(f"{file} is no YAML: {' '.join(str(error).split())}") from error
    if not isinstance(says, dict):
        raise ValueError(f"{file} holds no options; expected lines such as executor: slurm")
    profile = Profile(folder.resolve(), says)
    _check_plugin(profile)
    return profile


def _check_plugin(profile: Profile) -> None:
    name = profile.executor
    if name not in HERE and find_spec(f"snakemake_executor_plugin_{name.replace('-', '_')}") is None:
        what = "--require-hashes -r requirements-cluster.txt" if name in OURS else f"snakemake-executor-plugin-{name}"
        raise ValueError(
            f"the profile {profile.folder.name} wants Snakemake's plugin {name}, which is not installed; "
            f"install it with: {INSTALL}{what}"
        )


def check_queue(profile: Profile, quality: str) -> None:
    """Raise ValueError unless SLURM is there, answers, and would take the job of a clip from this profile."""
    if profile.executor != "slurm":
        return
    if shutil.which("sbatch") is None:
        raise ValueError("SLURM's command sbatch is not on this machine; expected one from which jobs are submitted")
    needs = [f"--mem={memory(quality)}", f"--time={most_minutes(quality)}", "--ntasks=1"]
    try:
        answer = subprocess.run(
            ["sbatch", "--test-only", *needs, *profile.account(), "--wrap", "true"],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ValueError(f"SLURM has not answered for {PATIENCE} s; nothing is submitted") from error
    if answer.returncode != 0:
        said = " ".join(answer.stderr.replace("sbatch: error: ", "").replace("allocation failure: ", "").split())
        raise ValueError(f"SLURM takes no job now; nothing is submitted. sbatch says: {said}")


def _keeps_accounts() -> bool:
    """Whether SLURM remembers its jobs in a database; where it does not, squeue knows the last ones."""
    told = subprocess.run(["scontrol", "show", "config"], capture_output=True, text=True, check=False).stdout
    return any(line.startswith("AccountingStorageType") and "slurmdbd" in line for line in told.splitlines())
